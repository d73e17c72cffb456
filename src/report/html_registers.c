/* SPDX-License-Identifier: ISC */
/* The registers of a report: exceptions, what became of devices, sources. */
#include "report/html.h"
#include "report/registers.h"

/* Whom it excuses, and with which device where that is said, too. */
static void
excused_cell(struct page *page, const struct exception *e)
{
	struct view *v = page->v;

	html(page, "<tr><th scope=\"row\"><bdi>%s</bdi>",
	    e->person != NULL           ? spell_person(v, e->person)
	        : e->identifier != NULL ? spell_identifier(v, e->identifier)
	                                : "everybody");
	if (e->person != NULL && e->identifier != NULL)
		html(page, " <span class=\"soft\">with <bdi>%s</bdi></span>",
		    spell_identifier(v, e->identifier));
	html(page, "</th>");
}

static void
exception_row(struct page *page, const struct tally *t, const struct exception *e)
{
	struct view *v = page->v;
	const struct zone *zone = t->directive->zone;

	excused_cell(page, e);
	html(page,
	    "<td data-is=\"Ground\">%s</td><td data-is=\"Approver\"><bdi>%s</bdi></td>"
	    "<td data-is=\"Mitigation\">%s</td><td data-is=\"From\">%s</td>"
	    "<td data-is=\"Until\">%s</td><td data-is=\"State\">%s</td></tr>\n",
	    spell_words(v, e->ground),
	    e->approver != NULL ? spell_person(v, e->approver)
	                        : spell_somebody(v, e->approver_text),
	    spell_words(v, e->mitigation), spell_day(v, zone, e->from),
	    spell_day(v, zone, e->until), exception_state(v, e));
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
		if (!exception_is_of(e, t->directive))
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

static void
done_cell(struct page *page, const char *title, const struct deed *d)
{
	struct view *v = page->v;

	if (d == NULL) {
		html(page,
		    "<td data-is=\"%s\"><span class=\"soft\">not on record"
		    "</span></td>",
		    title);
		return;
	}
	html(page, "<td data-is=\"%s\">%s, by <bdi>%s</bdi>", title,
	    spell_day(v, v->zone, d->date), spell_somebody(v, d->by));
	if (d->kind == DEED_WIPING)
		html(page, "<br><span class=\"soft\">%s: %s%s%s</span>", d->level,
		    spell_words(v, d->technique), d->tool != NULL ? "; " : "",
		    spell_words(v, d->tool));
	html(page, "</td>");
}

static void
disposal_row(struct page *page, const struct people *p, const struct deed *d)
{
	struct custody thing = { .identifier = d->identifier, .type = d->type };
	struct view *v = page->v;

	html(page,
	    "<tr><th scope=\"row\">%s</th><td data-is=\"Device\"><span class=\"soft\">"
	    "%s</span> <bdi>%s</bdi></td><td data-is=\"How\">%s</td><td "
	    "data-is=\"To\"><bdi>%s</bdi></td><td data-is=\"When\">%s</td>",
	    spell_words(v, d->id), identifier_type_name(d->type),
	    spell_custody(v, &thing), d->how, spell_somebody(v, d->to),
	    spell_day(v, v->zone, d->date));
	done_cell(page, "Examined", deed_before(p, d, DEED_EXAMINATION));
	done_cell(page, "Wiped", deed_before(p, d, DEED_WIPING));
	html(page, "</tr>\n");
}

/* The fields of the certificates, under their numbers. */
static void
disposals(struct page *page, const struct people *p)
{
	size_t rows = 0;

	for (size_t i = 0; p != NULL && i < p->n_deeds; i++) {
		const struct deed *d = &p->deeds[i];
		if (!is_disposal(page->v, d))
			continue;
		if (rows++ == 0)
			html(page,
			    "<h3>Register of disposals</h3>\n<table class=\"cards\">\n"
			    "<caption>Every disposal on record, with the number of "
			    "its certificate</caption>\n<thead><tr><th scope=\"col\">"
			    "Certificate</th><th scope=\"col\">Device</th><th "
			    "scope=\"col\">How</th><th scope=\"col\">To</th><th "
			    "scope=\"col\">When</th><th scope=\"col\">Examined</th>"
			    "<th scope=\"col\">Wiped</th></tr></thead>\n<tbody>\n");
		disposal_row(page, p, d);
	}
	if (rows > 0)
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
	disposals(page, people);
	html(page, "</section>\n");
}
