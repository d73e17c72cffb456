/* SPDX-License-Identifier: ISC */
/* The look of the page: sober, for screen and A4; colour never says a thing alone. */
#include "report/html.h"

#define SANS                                                                     \
	"\"Source Sans 3\",\"Source Sans Pro\",\"Segoe UI\",\"Helvetica Neue\"," \
	"Helvetica,Arial,\"Noto Sans\",\"DejaVu Sans\",sans-serif"
#define SERIF                                                                  \
	"\"Source Serif 4\",\"Source Serif Pro\",Charter,\"Iowan Old Style\"," \
	"\"Palatino Linotype\",Georgia,\"Noto Serif\",\"DejaVu Serif\",serif"
#define MONO                                                                     \
	"ui-monospace,\"SF Mono\",\"Cascadia Mono\",Menlo,Consolas,\"Noto Sans " \
	"Mono\","                                                                \
	"\"DejaVu Sans Mono\",monospace"

const char *const report_style[] = {
	":root{--ink:#1b1f24;--soft:#59616c;--rule:#d4d9e0;--paper:#fff;--wash:#f4f6f8;"
	"--accent:#1f3a5f;--failed:#a3161b;--due:#8a5200;--undecided:#3b4f8a;--met:#"
	"1d6a3a;"
	"--excepted:#644080;--none:#626a75}",
	"@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#a3abb6;"
	"--rule:#363d47;--paper:#15181c;--wash:#1e2329;--accent:#a9c4e8;--failed:#"
	"ff8f8a;"
	"--due:#f0b35e;--undecided:#a9b9f2;--met:#7fd09b;--excepted:#cda9ea;--none:#"
	"9aa2ad}}",
	"*{box-sizing:border-box}",
	"html{-webkit-text-size-adjust:100%}",
	"body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 " SANS
	"}",
	"main{max-width:62rem;margin:0 auto;padding:2.5rem 1.5rem 4rem}",
	"h1,h2,h3{font-family:" SERIF
	";line-height:1.2;text-wrap:balance;font-weight:600}",
	"h1{font-size:2.3rem;margin:.1em 0 .7em;letter-spacing:-.01em}",
	"h2{font-size:1.5rem;margin:3rem 0 .9rem;padding-top:.7rem;"
	"border-top:2px solid var(--accent)}",
	"h3{font-size:1.15rem;margin:2.2rem 0 .5rem}",
	"h4{font-size:.95rem;margin:1.2rem 0 .3rem}",
	"p,ul,ol{max-width:46rem}",
	"li{margin:.25em 0}",
	"a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:"
	"1px}",
	"code,.id{font-family:" MONO ";font-size:.82em}code{overflow-wrap:anywhere}",
	"th code,.id{white-space:nowrap}th code{font-weight:400}",
	".t,td[data-is$=seen],td[data-is=From],td[data-is=Until]{white-space:nowrap}",
	".soft{color:var(--soft);font-weight:400}",
	".note{color:var(--soft);font-size:.9rem}",
	".kicker{margin:0;color:var(--accent);font-weight:600;font-size:.8rem;"
	"letter-spacing:.09em;text-transform:uppercase}",
	".banner{max-width:none;margin:0 0 2rem;padding:.7rem 1rem;border:2px dashed "
	"var(--due);background:var(--wash)}",
	".banner "
	"strong{color:var(--due);text-transform:uppercase;letter-spacing:.05em}",
	".lead{font:1.25rem/1.5 " SERIF ";max-width:44rem;margin:.5rem 0 1.5rem}",
	"dl.meta{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr))"
	";"
	"gap:.7rem 2rem;margin:0;padding:1rem 0;border-top:1px solid var(--rule)}",
	"dl.meta .wide{grid-column:1/-1}",
	"dt{font-size:.75rem;color:var(--soft);letter-spacing:.02em}",
	"dd{margin:0;overflow-wrap:anywhere}bdi{overflow-wrap:anywhere}",
	"nav{margin:2.5rem 0 0;font-size:.92rem}",
	"nav ol{display:flex;flex-wrap:wrap;gap:.2rem 1.6rem;list-style:none;margin:0;"
	"padding:.8rem 0;max-width:none;border:solid var(--rule);border-width:1px 0}",
	"nav li{margin:0}",
	"table{width:100%;border-collapse:collapse;margin:.6rem 0 "
	"1.6rem;font-size:.9rem;"
	"font-variant-numeric:tabular-nums;line-height:1.4}",
	"caption{text-align:left;color:var(--soft);font-size:.82rem;padding:0 0 .4rem}",
	"th,td{text-align:left;vertical-align:top;padding:.45rem .8rem .45rem 0;"
	"border-bottom:1px solid var(--rule)}",
	"th:last-child,td:last-child{padding-right:0}",
	"thead "
	"th{font-size:.75rem;font-weight:600;color:var(--soft);vertical-align:bottom;"
	"border-bottom:1.5px solid var(--ink);padding-top:0}",
	"tbody th{font-weight:600}",
	"th.claim{font-weight:400;max-width:24rem}",
	".num,.big{text-align:right;white-space:nowrap}",
	".big{font-size:1.35rem;line-height:1.2;font-weight:600}",
	".figures th[scope=row]{width:8rem}",
	".figures td{vertical-align:middle}.figures th{vertical-align:middle}",
	".figures .apart th,.figures .apart td{border-top:1.5px solid var(--undecided);"
	"border-bottom:1.5px solid var(--undecided);background:var(--wash)}",
	".figures .apart th{padding-left:.5rem}.figures tbody th{padding-left:.5rem}",
	".share{width:24%;min-width:6rem;vertical-align:middle}",
	".bar{display:block;height:.55rem;background:var(--wash);border:1px solid "
	"var(--rule)}",
	".bar span{display:block;height:100%;background:var(--accent)}",
	".st{display:inline-block;white-space:nowrap;font-weight:600;font-size:.82rem;"
	"line-height:1.35;padding:0 .45em;border:1px solid "
	"currentColor;border-radius:2px}",
	".st::before{margin-right:.4em;font-family:" MONO "}",
	".st.failed{color:var(--paper);background:var(--failed);border-color:var(--"
	"failed)}",
	".st.failed::before{content:\"\\00d7\"}",
	".st.due{color:var(--due)}.st.due::before{content:\"!\"}",
	".st.undecided{color:var(--undecided);border-style:dashed}"
	".st.undecided::before{content:\"?\"}",
	".st.met{color:var(--met)}.st.met::before{content:\"\\2713\"}",
	".st.excepted{color:var(--excepted);border-style:double;border-width:3px;"
	"line-height:1.15}.st.excepted::before{content:\"\\00a7\"}",
	".st.none{color:var(--none);border-color:transparent;padding:0}"
	".st.none::before{content:\"\\2013\"}",
	".asides{padding-left:1.1rem}",
	".blind{border-left:4px solid var(--undecided);background:var(--wash);"
	"padding:.7rem 1rem .7rem 2rem;margin:1rem 0;max-width:none}",
	".pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));"
	"gap:0 2.5rem;align-items:start}",
	"figure{margin:1rem 0 2rem}",
	"figcaption{color:var(--soft);font-size:.85rem;max-width:46rem}",
	"svg{display:block;width:100%;height:auto;font-family:" SANS "}",
	"svg .grid{stroke:var(--rule)}",
	"svg .tick{fill:var(--soft);font-size:11px}",
	"svg .mark{fill:var(--failed);font-size:12px;font-weight:600}",
	"svg .seen,.key.seen{fill:var(--accent);opacity:.28}",
	"svg .still{fill:none;stroke:var(--accent);stroke-width:2.2}",
	"svg .baseline{stroke:var(--soft);stroke-dasharray:2 4}",
	"svg .deadline{stroke:var(--failed);stroke-width:1.6}",
	"svg .after{fill:var(--failed);opacity:.07}",
	".key{display:inline-block;width:1.4em;height:.7em;vertical-align:-.02em}",
	".key.still{border-top:2.5px solid "
	"var(--accent);height:.2em;vertical-align:.25em}",
	".key.seen{background:var(--accent)}",
	".declared q{font-family:" SERIF "}",
	".url{overflow-wrap:anywhere;color:var(--soft)}",
	"article.device{border-top:1px solid var(--rule);margin-top:2.4rem;"
	"scroll-margin-top:1rem}",
	"article.device h3{margin-top:1.1rem}",
	"article.device h3 .id{font-weight:400;color:var(--soft);margin-left:.5em}",
	"article.device dl.meta{border:0;padding:.2rem 0 .6rem}",
	"article.brief{margin-top:1.4rem}",
	".verdict{border-left:3px solid var(--rule);padding-left:1rem;margin:.8rem 0}",
	".verdict p{margin:.3rem 0}",
	".reason{margin:.2rem 0}",
	".reasons,.custody{margin:.2rem 0;padding-left:1.1rem}",
	"td .reasons{font-size:.95em}td .reasons li{margin:0 0 .2em}",
	".belief{max-width:40rem}.belief td,.belief th{padding-top:.25rem;"
	"padding-bottom:.25rem}",
	".evidence{font-size:.84rem}",
	".evidence td:first-child{max-width:17rem}",
	".uncounted{color:var(--soft)}",
	"@media screen and (max-width:44rem){main{padding:1.2rem 1rem 3rem}"
	"h1{font-size:1.75rem}.lead{font-size:1.1rem}",
	".cards thead{position:absolute;width:1px;height:1px;overflow:hidden;"
	"clip-path:inset(50%)}",
	".cards,.cards caption,.cards tbody,.cards tr,.cards th,.cards "
	"td{display:block}",
	".cards tr{border:1px solid var(--rule);padding:.5rem .8rem;margin:0 0 .7rem}",
	".cards th,.cards td{border:0;padding:.2rem 0;max-width:none!important}",
	".cards td.num{text-align:left;white-space:normal}",
	".cards td:empty{display:none}.cards td,.cards "
	"th{white-space:normal!important}",
	"figure.burndown,table:not(.cards):not(.figures){overflow-x:auto}"
	"table:not(.cards):not(.figures){display:block}svg{min-width:34rem}",
	".cards td{position:relative;padding-left:7.2rem!important;min-height:1.5rem}"
	".cards td::before{content:attr(data-is);position:absolute;left:0;width:6.8rem;"
	"font-size:.78rem;color:var(--soft)}",
	".figures thead{display:none}.figures tr{display:grid;grid-template-columns:"
	"8rem 3rem 1fr;align-items:center;border-bottom:1px solid var(--rule);"
	"padding:.35rem 0}",
	".figures th,.figures td{border:0!important;padding:0 .4rem 0 "
	"0;min-width:0;width:auto"
	"!important}.figures td:last-child{grid-column:1/-1}.figures .apart{background:"
	"var(--wash);border-top:1.5px solid var(--undecided)}}",
	/* Paper: everything that the screen has but the bars, in a third of the room.
	 */
	"@page{size:A4;margin:12mm 11mm 13mm}",
	"@media print{:root{--ink:#000;--soft:#444;--rule:#bbb;--paper:#fff;"
	"--wash:#f3f4f6;--accent:#1f3a5f;--failed:#a3161b;--due:#8a5200;"
	"--undecided:#3b4f8a;--met:#1d6a3a;--excepted:#644080;--none:#555}",
	"*{-webkit-print-color-adjust:exact;print-color-adjust:exact}",
	"body{font-size:7.6pt;line-height:1.25}main{max-width:none;padding:0}"
	"nav{display:none}.banner{margin-bottom:1rem;padding:.4rem .8rem}",
	"h1{font-size:19pt;margin-bottom:.4em}"
	"h2{font-size:12.5pt;margin:11pt 0 4pt;padding-top:4pt}"
	"h3{font-size:9.5pt;margin:7pt 0 2pt}h4{font-size:8.5pt;margin:5pt 0 1pt}",
	"p,ul,ol,figcaption,.lead,.belief{max-width:none}p{margin:3pt 0}"
	"ul,ol{margin:2pt 0}li{margin:1pt 0}figure{margin:4pt 0 6pt}",
	".lead{font-size:10.5pt;line-height:1.35;margin:3pt 0 7pt}.big{font-size:11pt}"
	".note,caption,dt,figcaption,.st{font-size:6.8pt}thead th{font-size:6.5pt}",
	"table{font-size:6.8pt;line-height:1.18;margin:2pt 0 5pt}"
	"caption{padding:0 0 1pt}"
	"th,td,.belief td,.belief th{padding:1.1pt 5pt 1.1pt 0}",
	".evidence{font-size:6pt}.evidence td:first-child{max-width:none}"
	".evidence td,.evidence th{padding:.5pt 3pt .5pt 0}"
	".evidence td[data-is=Family],.evidence td[data-is=Where]{white-space:nowrap}",
	".blind{padding:3pt 6pt 3pt 14pt;margin:4pt 0}",
	"article.device{margin-top:6pt}article.device h3{margin-top:3pt}"
	"article.brief{margin-top:5pt}",
	"dl.meta,article.device dl.meta{display:flex;flex-wrap:wrap;gap:0 11pt;"
	"padding:1pt 0 2pt}dl.meta>div{display:flex;align-items:baseline}"
	"dl.meta dt{margin-right:3pt}dl.meta .wide{flex-basis:100%}",
	".verdict{margin:2pt 0;padding-left:6pt;border-left-width:2pt}"
	".verdict p{margin:1pt 0}.verdict>.reasons{columns:2;column-gap:14pt}"
	".verdict>.reasons,.custody{font-size:6.8pt}.reason,.reasons{margin:0}"
	".reasons,.custody,.asides{padding-left:9pt}td .reasons li{margin:0}",
	/* What it is, in one line; each number stands by its word. */
	".belief{width:auto;margin:1pt 0 3pt}"
	".belief thead,.belief .share,.belief caption{display:none}"
	".belief tbody{display:flex;flex-wrap:wrap;gap:0 14pt}.belief tr{display:flex}"
	".belief th,.belief td{border:0}",
	"h2,h3,h4,caption{break-after:avoid}",
	".device dl.meta{break-before:avoid;break-inside:avoid}",
	"tr,figure,.figures,.belief,dl.meta>div,.banner,.blind{break-inside:avoid}",
	"thead{display:table-header-group}",
	"#devices{break-before:page}a{color:inherit;text-decoration:none}"
	"p,li{orphans:3;widows:3}}",
	NULL,
};
