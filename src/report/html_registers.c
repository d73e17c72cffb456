/* SPDX-License-Identifier: ISC */
/* The registers of a report: exceptions, what became of devices, sources. */
#include <string.h>

#include "report/html.h"

static const char *
exception_state(struct page *page, const struct exception *e)
{
	const struct verdicts *all = page->v->report.verdicts;
	int64_t as_of = page->v->report.matter->as_of;

	if (e->from != TIME_NONE && as_of < e->from)
		return "not begun";
	if (e->until != TIME_NONE && as_of > e->until)
		return "ended";
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].exception == e)
			return "in force";
	return "no device rests on it";
}

static void
exception_row(struct page *page, const struct tally *t, const struct exception *e)
{
	struct view *v = page->v;
	const struct zone *zone = t->directive->zone;

	html(page, "<tr><th scope=\"row\"><bdi>%s</bdi></th>",
	    e->person != NULL ? spell_person(v, e->person)
	                      : spell_identifier(v, e->identifier));
	html(page,
	    "<td data-is=\"Ground\">%s</td><td data-is=\"Approver\"><bdi>%s</bdi></td>"
	    "<td data-is=\"Mitigation\">%s</td><td data-is=\"From\">%s</td>"
	    "<td data-is=\"Until\">%s</td><td data-is=\"State\">%s</td></tr>\n",
	    spell_words(v, e->ground),
	    e->approver != NULL ? spell_person(v, e->approver)
	                        : spell_somebody(v, e->approver_text),
	    spell_words(v, e->mitigation), spell_day(v, zone, e->from),
	    spell_day(v, zone, e->until), exception_state(page, e));
}

static void
next_to_end(struct page *page, const struct tally *t)
{
	size_t n;
	const struct exception *e = exceptions_next(page->v->report.verdicts,
	    t->directive, &n);

	if (e == NULL)
		return;
	html(page,
	    "<p>The next to end: <bdi>%s</bdi>, on %s. What it excuses is due again "
	    "then. "
	    "%zu excuse%s somebody now.</p>\n",
	    e->person != NULL           ? spell_person(page->v, e->person)
	        : e->identifier != NULL ? spell_identifier(page->v, e->identifier)
	                                : "everybody",
	    spell_day(page->v, t->directive->zone, e->until), n, n == 1 ? "s" : "");
}

void
html_exceptions(struct page *page, const struct tally *t)
{
	const struct people *people = page->v->report.matter->people;
	size_t rows = 0;

	html(page, "<h3>Register of exceptions</h3>\n");
	for (size_t i = 0; people != NULL && i < people->n_exceptions; i++) {
		const struct exception *e = &people->exceptions[i];
		if (e->directive == NULL || strcmp(e->directive, t->directive->id) != 0)
			continue;
		if (rows++ == 0)
			html(page,
			    "<table class=\"cards\">\n<caption>Every exception on "
			    "record "
			    "under this order</caption>\n<thead><tr><th scope=\"col\">"
			    "Person or device</th><th scope=\"col\">Ground</th><th "
			    "scope=\"col\">Approver</th><th scope=\"col\">Mitigation"
			    "</th><th scope=\"col\">From</th><th scope=\"col\">Until"
			    "</th><th "
			    "scope=\"col\">State</th></tr></thead>\n<tbody>\n");
		exception_row(page, t, e);
	}
	html(page, rows > 0 ? "</tbody>\n</table>\n" : "<p>None on record.</p>\n");
	next_to_end(page, t);
}

void
html_sources(struct page *page, const struct tally *t)
{
	const struct directive *d = t->directive;

	html(page, "<h3>Sources of the order</h3>\n");
	if (d->n_sources == 0) {
		html(page, "<p>The order names none.</p>\n");
		return;
	}
	html(page,
	    "<table class=\"cards\">\n<caption>Each claim with its source, the grade "
	    "of "
	    "the source, and whether it was confirmed</caption>\n<thead><tr><th "
	    "scope=\"col\">Claim</th><th scope=\"col\">Source</th><th "
	    "scope=\"col\">Grade"
	    "</th><th scope=\"col\">Confirmed</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < d->n_sources; i++) {
		const struct source *s = &d->sources[i];
		html(page,
		    "<tr><th scope=\"row\" class=\"claim\">%s</th><td "
		    "data-is=\"Source\">"
		    "%s%s<span class=\"url\">%s</span></td><td "
		    "data-is=\"Grade\">%s</td>"
		    "<td data-is=\"Confirmed\">%s</td></tr>\n",
		    spell_words(page->v, s->claim), spell_words(page->v, s->source),
		    s->url != NULL ? " " : "", spell_words(page->v, s->url),
		    grade_name(s->grade),
		    s->confirmed == CONFIRMED_NOT_SAID ? "not said"
		                                       : confirmed_name(s->confirmed));
	}
	html(page, "</tbody>\n</table>\n");
}

void
html_custody(struct page *page)
{
	const struct people *people = page->v->report.matter->people;
	size_t rows = 0;

	html(page, "<section id=\"custody\">\n<h2>Replacement and disposal</h2>\n");
	for (size_t i = 0; people != NULL && i < people->n_custody; i++) {
		const struct custody *c = &people->custody[i];
		if (c->event == CUSTODY_ISSUED)
			continue;
		if (rows++ == 0)
			html(page,
			    "<table class=\"cards\">\n<caption>What became of devices, "
			    "by "
			    "the custody file</caption>\n<thead><tr><th scope=\"col\">"
			    "Identifier</th><th scope=\"col\">Event</th><th "
			    "scope=\"col\">Person</th><th scope=\"col\">Ownership</th>"
			    "<th scope=\"col\">From</th><th scope=\"col\">Until</th>"
			    "</tr></thead>\n<tbody>\n");
		html(page,
		    "<tr><th scope=\"row\"><span class=\"soft\">%s</span> <bdi>%s</bdi>"
		    "</th><td data-is=\"Event\">%s</td><td data-is=\"Person\"><bdi>%s"
		    "</bdi></td><td data-is=\"Ownership\">%s</td><td "
		    "data-is=\"From\">%s"
		    "</td><td data-is=\"Until\">%s</td></tr>\n",
		    identifier_type_name(c->type), spell_custody(page->v, c),
		    custody_event_name(c->event), spell_person(page->v, c->person),
		    ownership_name(c->ownership),
		    spell_day(page->v, page->v->zone, c->from),
		    spell_day(page->v, page->v->zone, c->until));
	}
	if (rows == 0)
		html(page,
		    "<p>The custody file records no hand-in, replacement, release or "
		    "destruction.</p>\n");
	else
		html(page, "</tbody>\n</table>\n");
	html(page, "</section>\n");
}
