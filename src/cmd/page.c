/* SPDX-License-Identifier: ISC */
/* Receipts and certificates on one sheet of A4. */
#include "cmd/page.h"

#include "cmd/cmd.h"
#include "cmd/output.h"

static const char style[] =
    "@page{size:A4;margin:20mm}*{box-sizing:border-box}"
    "body{margin:0 auto;max-width:44rem;padding:2rem 1.5rem;color:#1b1f24;background:"
    "#fff;font:1rem/1.5 \"Source Sans 3\",\"Segoe UI\",Helvetica,Arial,\"Noto Sans\","
    "\"DejaVu Sans\",sans-serif}"
    "h1{font:600 1.8rem/1.2 \"Source Serif 4\",Charter,Georgia,\"Noto Serif\","
    "\"DejaVu Serif\",serif;margin:0 0 .4rem}"
    ".lead{margin:0 0 1.5rem}dl{display:grid;grid-template-columns:max-content "
    "1fr;column-gap:1.5rem;margin:0;"
    "border-top:1px solid #d4d9e0}"
    "dt,dd{margin:0;padding:.35rem 0;border-bottom:1px solid #d4d9e0;"
    "overflow-wrap:anywhere}dt{color:#59616c;padding-right:1.5rem}"
    ".sign{display:grid;grid-template-columns:1fr 1fr;gap:3rem;margin-top:5rem;"
    "break-inside:avoid}.sign p{margin:0;border-top:1px solid #1b1f24;"
    "padding-top:.3rem;font-size:.85rem}"
    "footer{margin-top:3rem;color:#59616c;font-size:.8rem;overflow-wrap:anywhere}"
    "code{font-family:ui-monospace,Menlo,Consolas,\"DejaVu Sans Mono\",monospace}";

static void
put_page(struct page *p, const char *title, const char *lead, const struct term *terms,
    size_t n, const char *left, const char *right)
{
	html(p,
	    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width\">\n"
	    "<title>%s</title>\n<style>",
	    title);
	put(p->w, style);
	html(p,
	    "</style>\n</head>\n<body>\n<h1>%s</h1>\n<p class=\"lead\">%s</p>\n<dl>\n",
	    title, lead);
	for (size_t i = 0; i < n; i++)
		if (terms[i].value != NULL && terms[i].value[0] != '\0')
			html(p, "<dt>%s</dt><dd>%s</dd>\n", terms[i].name,
			    terms[i].value);
	html(p, "</dl>\n<div class=\"sign\"><p>%s<br>Name, date, signature</p>", left);
	html(p, "<p>%s<br>Name, date, signature</p></div>\n", right);
}

void
page_write(struct event *e, const char *path, const char *title, const char *lead,
    const struct term *terms, size_t n, const struct written *w, const char *left,
    const char *right)
{
	struct page p = { .w = &e->page.w };
	char when[TIME_TEXT];

	e->failed = file_begin(e->command, path, &e->page) != EXIT_OK;
	if (!e->failed) {
		put_page(&p, title, lead, terms, n, left, right);
		html(&p,
		    "<footer>Entry %s of the ledger, written down by %s on %s (%s).<br>"
		    "Its hash: <code>%s</code><br>"
		    "<code>interdict verify</code> checks that the ledger still holds "
		    "it unchanged.</footer>\n</body>\n</html>\n",
		    event_text(e, "%llu", (unsigned long long)w->seq), w->actor,
		    event_when(e, w->time, when),
		    e->scan.zone != NULL ? zone_name(e->scan.zone) : "UTC", w->hash);
		e->failed = file_finish(e->command, &e->page) != EXIT_OK;
		e->has_page = !e->failed;
	}
	if (e->failed)
		(void)event_refuse(e, "nothing was written down");
}
