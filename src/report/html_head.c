/* SPDX-License-Identifier: ISC */
/* The head of the page, and the few lines that an authority reads first. */
#include "report/html.h"

static void
style(struct page *page)
{
	html(page, "<style>\n");
	for (size_t i = 0; report_style[i] != NULL; i++) {
		put(page->w, report_style[i]);
		put_char(page->w, '\n');
	}
	html(page, "</style>\n");
}

static const char *
title_of(struct page *page)
{
	const struct summary *s = &page->v->summary;

	if (s->n == 0)
		return "Devices seen";
	if (s->n == 1 && s->tallies[0].directive->title != NULL)
		return spell_words(page->v, s->tallies[0].directive->title);
	if (s->n == 1)
		return s->tallies[0].directive->id;
	return spell(page->v, "Report under %zu orders", s->n);
}

static void
date_term(struct page *page, const char *term, const struct directive *d, int64_t at)
{
	if (at != TIME_NONE)
		html_term(page, term, spell_day(page->v, d->zone, at));
}

static void
order_terms(struct page *page, const struct directive *d)
{
	struct view *v = page->v;

	html(page, "<dl class=\"meta\" aria-label=\"The order %s\">\n", d->id);
	html_term(page, "Order",
	    v->summary.n > 1 && d->title != NULL
	        ? spell(v, "%s: %s", d->id, spell_words(v, d->title))
	        : d->id);
	html_term(page, "Status", status_name(d->status));
	html_term(page, "Issuer", spell_words(v, d->authority.issuer));
	html_term(page, "Instrument", spell_words(v, d->authority.instrument));
	html_term(page, "Legal basis", spell_words(v, d->authority.legal_basis));
	date_term(page, "Issued", d, d->authority.issued);
	date_term(page, "Effective", d, d->authority.effective);
	date_term(page, "Reported", d, d->authority.reported);
	html_term(page, "Supersedes", d->supersedes);
	html(page,
	    "<div class=\"wide\"><dt>Object</dt><dd>%s; purpose: %s</dd></div>\n"
	    "<div class=\"wide\"><dt>SHA-256 of its text</dt><dd><code>%s</code></dd>"
	    "</div>\n</dl>\n",
	    d->object_text, purpose_name(d->purpose), d->digest);
}

static void
report_terms(struct page *page)
{
	const struct report *r = &page->v->report;
	const struct site *site = r->matter->site;

	html(page, "<dl class=\"meta\" aria-label=\"This report\">\n");
	html_term(page, "Reporting body",
	    site != NULL && site->name != NULL ? site->name
	                                       : "not named in a site file");
	html_term(page, "As of",
	    spell_instant(page->v, page->v->zone, r->matter->as_of));
	html_term(page, "As of, UTC", spell_time(page->v, NULL, r->matter->as_of));
	html_term(page, "Devices seen", spell(page->v, "%zu", page->v->n_devices));
	if (r->pseudonyms != NULL)
		html_term(page, "Names", "replaced by keyed pseudonyms");
	if (r->withhold)
		html_term(page, "Withheld", "sites, segments and their addresses");
	html_filing(page);
	html(page, "</dl>\n");
}

void
html_head(struct page *page)
{
	const char *title = title_of(page);

	html(page,
	    "<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"robots\" content=\"noindex\">\n"
	    "<meta name=\"generator\" content=\"interdict\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
	    "&#39;none"
	    "&#39;; style-src &#39;unsafe-inline&#39;\">\n"
	    "<title>%s: report as of %s</title>\n",
	    title, spell_time(page->v, page->v->zone, page->v->report.matter->as_of));
	style(page);
	html(page, "</head>\n<body>\n<main>\n<header>\n");
	if (page->v->report.synthetic)
		html(page,
		    "<p class=\"banner\"><strong>Synthetic.</strong> The capture "
		    "behind "
		    "this report was made by a generator, not seen on a network. No "
		    "person and no device in it exists.</p>\n");
	html(page, "<p class=\"kicker\">Report to the authority</p>\n<h1>%s</h1>\n",
	    title);
	report_terms(page);
	for (size_t i = 0; i < page->v->summary.n; i++)
		order_terms(page, page->v->summary.tallies[i].directive);
	html(page, "</header>\n");
}

static const char *
are(size_t n)
{
	return n == 1 ? "is" : "are";
}

static const char *
have(size_t n)
{
	return n == 1 ? "has" : "have";
}

static void
lead(struct page *page, const struct tally *t, size_t judged)
{
	size_t covered = t->devices[COVERED];

	if (covered == 0 && t->standing[STANDS_UNDECIDED] == 0) {
		html(page,
		    "<p class=\"lead\"><strong>Nil return.</strong> Of %zu devices "
		    "seen, "
		    "none %s the order, and none is undecided. This speaks of what "
		    "the sensors cover, no more.</p>\n",
		    judged,
		    t->devices[EXCEPTED] > 0 ? "without an exception falls under"
		                             : "falls under");
		return;
	}
	html(page,
	    "<p class=\"lead\">Of %zu devices seen, <strong>%zu %s covered</strong> by "
	    "the order. ",
	    judged, covered, are(covered));
	if (covered > 0)
		html(page, "%zu %s failed it, %zu %s still due, %zu %s met it. ",
		    t->standing[STANDS_FAILED], have(t->standing[STANDS_FAILED]),
		    t->standing[STANDS_DUE], are(t->standing[STANDS_DUE]),
		    t->standing[STANDS_MET], have(t->standing[STANDS_MET]));
	html(page, "<strong>%zu %s undecided</strong>. %zu %s excepted.</p>\n",
	    t->standing[STANDS_UNDECIDED], are(t->standing[STANDS_UNDECIDED]),
	    t->devices[EXCEPTED], are(t->devices[EXCEPTED]));
}

static void
figure_row(struct page *page, const struct tally *t, size_t judged, enum standing s,
    const char *means)
{
	double share = judged == 0 ? 0 : (double)t->standing[s] / (double)judged;

	html(page,
	    s == STANDS_UNDECIDED ? "<tr class=\"apart\"><th scope=\"row\">"
	                          : "<tr><th scope=\"row\">");
	html_standing(page, s);
	html(page, "</th><td class=\"big\">%zu</td><td class=\"share\">",
	    t->standing[s]);
	html_bar(page, share);
	html(page, "</td><td class=\"soft\">%s</td></tr>\n", means);
}

static void
asides(struct page *page, const struct tally *t)
{
	html(page, "<ul class=\"asides\">\n");
	if (t->persons_without > 0)
		html(page,
		    "<li><strong>%zu</strong> person%s in scope of whom no device was "
		    "seen: they may hold none, or hold one that no sensor saw.</li>\n",
		    t->persons_without, t->persons_without == 1 ? "" : "s");
	if (t->gone_in_use > 0)
		html(page,
		    "<li><strong>%zu</strong> on record as handed in, replaced, "
		    "released or destroyed, and in use all the same.</li>\n",
		    t->gone_in_use);
	if (t->scope_unknown > 0)
		html(page,
		    "<li><strong>%zu</strong> undecided for want of a known holder, "
		    "owner or place: custody or the site file can say that.</li>\n",
		    t->scope_unknown);
	if (t->unknown_holder > 0)
		html(page,
		    "<li><strong>%zu</strong> covered or undecided whose holder is not "
		    "known.</li>\n",
		    t->unknown_holder);
	if (t->holder_left > 0)
		html(page,
		    "<li><strong>%zu</strong> of a holder who left, and not handed in: "
		    "they are in nobody's hands.</li>\n",
		    t->holder_left);
	if (t->persons_contradicted > 0)
		html(page,
		    "<li><strong>%zu</strong> declared to hold none, and a device of "
		    "theirs was seen. Both statements stand, side by side.</li>\n",
		    t->persons_contradicted);
	html(page,
	    "<li>What no sensor covers is not in these numbers: see "
	    "<a href=\"#coverage\">coverage and blind spots</a>.</li>\n</ul>\n");
}

void
html_summary(struct page *page, const struct tally *t)
{
	size_t judged = 0;

	for (size_t i = 0; i < 4; i++)
		judged += t->devices[i];
	html(page, "<section class=\"summary\">\n<h2>Summary%s%s</h2>\n",
	    page->v->summary.n > 1 ? ": " : "",
	    page->v->summary.n > 1 ? t->directive->id : "");
	lead(page, t, judged);
	html(page,
	    "<table class=\"figures\">\n<caption>Devices by where they stand under "
	    "the order</caption>\n<thead><tr><th scope=\"col\">State</th><th "
	    "scope=\"col\" class=\"num\">Devices</th><th scope=\"col\">Share</th><th "
	    "scope=\"col\">Meaning</th></tr></thead>\n<tbody>\n");
	figure_row(page, t, judged, STANDS_FAILED,
	    "covered, and a duty was not met in time");
	figure_row(page, t, judged, STANDS_DUE,
	    "covered, and a duty is open but in time");
	figure_row(page, t, judged, STANDS_MET, "covered, and every duty is met");
	figure_row(page, t, judged, STANDS_EXCEPTED,
	    "covered, and excused by the register of exceptions");
	figure_row(page, t, judged, STANDS_NOT_COVERED,
	    "not of the order's object or scope");
	figure_row(page, t, judged, STANDS_UNDECIDED,
	    spell(page->v,
	        "%zu whether covered, %zu covered but not whether met; never counted "
	        "as compliant",
	        t->devices[OBJECT_UNDECIDED],
	        t->standing[STANDS_UNDECIDED] - t->devices[OBJECT_UNDECIDED]));
	html(page, "</tbody>\n</table>\n");
	asides(page, t);
	html(page, "</section>\n");
}
