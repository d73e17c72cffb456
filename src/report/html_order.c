/* SPDX-License-Identifier: ISC */
/* What the page says of one order: duties, who holds what, registers, sources. */
#include <stdlib.h>
#include <string.h>

#include "report/html.h"

/* "from issued, by 10 business days after issued" */
static void
put_clocks(struct page *page, const struct obligation *o)
{
	const struct {
		const char *word;
		const struct when *when;
	} clocks[] = { { "from", &o->from }, { "before", &o->before }, { "by", &o->by },
		{ "every", &o->every } };
	const char *between = "";

	for (size_t i = 0; i < sizeof clocks / sizeof *clocks; i++) {
		if (!clocks[i].when->given)
			continue;
		html(page, "%s%s %s", between, clocks[i].word, clocks[i].when->written);
		between = ", ";
	}
	if (o->by_table)
		html(page, "%sby the table of the order", between);
	if (o->until_zero)
		html(page, " until none is left");
}

void
html_obligations(struct page *page, const struct tally *t)
{
	const struct directive *d = t->directive;

	if (d->n_obligations == 0)
		return;
	html(page,
	    "<h3>Obligations</h3>\n<table class=\"cards\">\n<caption>How many covered "
	    "or excepted "
	    "devices "
	    "meet each obligation</caption>\n<thead><tr><th "
	    "scope=\"col\">Obligation</th>"
	    "<th scope=\"col\">Force</th><th scope=\"col\">When</th><th scope=\"col\" "
	    "class=\"num\">Failed</th><th scope=\"col\" class=\"num\">Due</th><th "
	    "scope=\"col\" class=\"num\">Met</th><th scope=\"col\" class=\"num\">"
	    "Undecided</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < d->n_obligations; i++) {
		const struct obligation *o = &d->obligations[i];
		html(page,
		    "<tr><th scope=\"row\">%s</th><td data-is=\"Force\">%s</td>"
		    "<td data-is=\"When\">",
		    verb_name(o->verb), modality_name(o->modality));
		put_clocks(page, o);
		html(page, "</td>");
		html(page,
		    "<td class=\"num\" data-is=\"Failed\">%zu</td>"
		    "<td class=\"num\" data-is=\"Due\">%zu</td>"
		    "<td class=\"num\" data-is=\"Met\">%zu</td>"
		    "<td class=\"num\" data-is=\"Undecided\">%zu</td></tr>\n",
		    t->duties[i][DUTY_FAILED], t->duties[i][DUTY_DUE],
		    t->duties[i][DUTY_MET], t->duties[i][DUTY_UNDECIDED]);
	}
	html(page, "</tbody>\n</table>\n");
}

/* Counts by a word: kinds of devices, or sites of their holders. */
enum { CLASSES = 24 };
struct class_count {
	const char *word;
	size_t seen, covered, undecided, excepted;
};

static struct class_count *
class_of(struct class_count *list, size_t *n, const char *word)
{
	size_t i = 0;

	while (i < *n && strcmp(list[i].word, word) != 0)
		i++;
	if (i == CLASSES - 1 && i == *n)
		word = "others";
	if (i == CLASSES)
		i = CLASSES - 1;
	else if (i == *n)
		list[(*n)++] = (struct class_count){ .word = word };
	return &list[i];
}

static int
by_seen(const void *a, const void *b)
{
	const struct class_count *x = a, *y = b;

	if (x->seen != y->seen)
		return x->seen < y->seen ? 1 : -1;
	return strcmp(x->word, y->word);
}

static void
classes_print(struct page *page, struct class_count *list, size_t n,
    const char *caption, const char *what)
{
	qsort(list, n, sizeof *list, by_seen);
	html(page,
	    "<table>\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th><th "
	    "scope=\"col\" class=\"num\">Seen</th><th scope=\"col\" class=\"num\">"
	    "Covered</th><th scope=\"col\" class=\"num\">Excepted</th><th "
	    "scope=\"col\" "
	    "class=\"num\">Undecided</th></tr></thead>\n<tbody>\n",
	    caption, what);
	for (size_t i = 0; i < n; i++)
		html(page,
		    "<tr><th scope=\"row\">%s</th><td class=\"num\" "
		    "data-is=\"Seen\">%zu"
		    "</td><td class=\"num\" data-is=\"Covered\">%zu</td><td "
		    "class=\"num\" "
		    "data-is=\"Excepted\">%zu</td><td class=\"num\" "
		    "data-is=\"Undecided\">"
		    "%zu</td></tr>\n",
		    list[i].word, list[i].seen, list[i].covered, list[i].excepted,
		    list[i].undecided);
	html(page, "</tbody>\n</table>\n");
}

static void
class_add(struct class_count *c, const struct verdict *v)
{
	c->seen++;
	c->covered += v->object == COVERED;
	c->excepted += v->object == EXCEPTED;
	c->undecided += v->object == OBJECT_UNDECIDED;
}

void
html_population(struct page *page, const struct tally *t)
{
	const struct verdict *list = page->v->report.verdicts->list;
	struct class_count kinds[CLASSES], sites[CLASSES];
	size_t n_kinds = 0, n_sites = 0;

	for (size_t i = t->first; i < t->first + t->n; i++) {
		const struct verdict *v = &list[i];
		if (v->device == NO_DEVICE)
			continue;
		struct text kind = view_device(page->v, v->device)->belief.kind.value;
		class_add(class_of(kinds, &n_kinds,
		              kind.len > 0 ? spell_text(page->v, kind)
		                           : "kind undecided"),
		    v);
		if (v->holder != NULL && v->holder->site != NULL &&
		    v->holder->site[0] != '\0')
			class_add(class_of(sites, &n_sites,
			              spell_place(page->v, v->holder->site)),
			    v);
		view_walked(page->v);
	}
	html(page, "<h3>Population</h3>\n<div class=\"pair\">\n");
	classes_print(page, kinds, n_kinds, "Devices seen, by kind", "Kind");
	if (n_sites > 0)
		classes_print(page, sites, n_sites,
		    "Devices with a known holder, by the holder's site", "Site");
	html(page, "</div>\n");
}

static void
person_cell(struct page *page, const struct verdict *verdict)
{
	struct view *v = page->v;
	const struct person *p = verdict->holder;

	if (p == NULL) {
		html(page, "<th scope=\"row\" class=\"soft\"><bdi>%s</bdi></th>",
		    spell_holder(v, verdict));
		return;
	}
	html(page, "<th scope=\"row\"><bdi>%s</bdi><br><span class=\"soft\">%s",
	    spell_person(v, p), v->report.pseudonyms == NULL ? p->id : "");
	for (size_t i = 0; i < p->n_groups; i++)
		html(page, "%s%s",
		    i == 0 && v->report.pseudonyms != NULL ? ""
		        : i == 0                           ? " · "
		                                           : ", ",
		    spell_words(v, p->groups[i]));
	html(page, "</span></th>");
}

static void
person_row(struct page *page, const struct verdict *v)
{
	const struct device *d = view_device(page->v, v->device);

	html(page, "<tr>");
	person_cell(page, v);
	html(page, "<td data-is=\"Device\">%s<br>", spell_what(page->v, d));
	html_device_link(page, d);
	html(page, "</td><td data-is=\"Ownership\">%s</td><td data-is=\"Verdict\">",
	    v->custody == NULL ? "not known" : ownership_name(v->custody->ownership));
	html_standing(page, verdict_standing(v));
	html(page,
	    "<br><span class=\"soft\">p&nbsp;%s</span></td><td "
	    "data-is=\"Due\">",
	    spell_p(page->v, v->p));
	if (v->object == EXCEPTED && v->exception != NULL)
		html(page, "excused: %s<br><span class=\"soft\">until %s</span>",
		    spell_words(page->v, v->exception->ground),
		    spell_day(page->v, v->directive->zone, v->exception->until));
	else
		html_due(page, v, verdict_urgent(v));
	html(page, "</td><td data-is=\"Last seen\">%s</td></tr>\n",
	    spell_time(page->v, v->directive->zone, last_seen(page->v, d)));
}

enum { PERSON_ROWS = 2000 };

static void
rows_left(struct page *page, size_t all)
{
	html(page,
	    "<p class=\"note\">Of %zu the %u most pressing stand here, to keep the "
	    "page readable; <code>--json</code> and <code>--csv</code> hold all of "
	    "them.</p>\n",
	    all, (unsigned)PERSON_ROWS);
}

void
html_people(struct page *page, const struct tally *t)
{
	const struct verdict *list = page->v->report.verdicts->list;
	size_t rows = 0;

	html(page, "<h3>Who holds what</h3>\n");
	struct arena kept = view_lines_begin(page->v);
	for (size_t i = 0; i < page->v->n; i++) {
		const struct verdict *v = &list[page->v->order[i]];
		if (v->directive != t->directive || v->device == NO_DEVICE ||
		    v->object == NOT_COVERED)
			continue;
		if (rows++ == PERSON_ROWS)
			break;
		if (rows == 1)
			html(page,
			    "<table class=\"cards\">\n<caption>Covered, excepted and "
			    "undecided devices and their holders, the most pressing "
			    "first</caption>\n<thead><tr><th scope=\"col\">Person</th>"
			    "<th scope=\"col\">Device</th><th scope=\"col\">Ownership"
			    "</th><th scope=\"col\">Verdict</th><th scope=\"col\">Most "
			    "urgent duty</th><th scope=\"col\">Last seen</th></tr>"
			    "</thead>\n<tbody>\n");
		person_row(page, v);
		view_line_done(page->v);
	}
	view_lines_end(page->v, kept);
	if (rows == 0)
		html(page, "<p>No device is covered, excepted or undecided.</p>\n");
	else
		html(page, "</tbody>\n</table>\n");
	if (rows > PERSON_ROWS)
		rows_left(page,
		    t->devices[COVERED] + t->devices[EXCEPTED] +
		        t->devices[OBJECT_UNDECIDED]);
}

/* What was declared beside what was seen; neither is corrected by the other. */
void
html_declared(struct page *page, const struct tally *t)
{
	const struct verdict *list = page->v->report.verdicts->list;
	size_t rows = 0;

	for (size_t i = t->first; i < t->first + t->n; i++) {
		const struct verdict *v = &list[i];
		if (v->device == NO_DEVICE || v->denial == NULL ||
		    v->object == NOT_COVERED)
			continue;
		if (rows++ == 0)
			html(page,
			    "<h3>Declared and seen</h3>\n<table class=\"cards "
			    "declared\">\n<caption>Two statements side by side; "
			    "neither "
			    "overwrites the other</caption>\n<thead><tr><th scope=\""
			    "col\">Person</th><th scope=\"col\">Was declared</th><th "
			    "scope=\"col\">Was seen</th></tr></thead>\n<tbody>\n");
		const struct device *d = view_device(page->v, v->device);
		html(page, "<tr>");
		person_cell(page, v);
		html(page,
		    "<td data-is=\"Was declared\"><q>%s</q><br><span class=\"soft\">on "
		    "%s, by %s</span></td><td data-is=\"Was seen\">%s (%s)<br>",
		    spell_words(page->v, v->denial->text),
		    spell_day(page->v, t->directive->zone, v->denial->date),
		    spell_somebody(page->v, v->denial->by), spell_what(page->v, d),
		    spell_p(page->v, how_surely(d)));
		html_device_link(page, d);
		html(page, " <span class=\"soft\">last seen %s</span></td></tr>\n",
		    spell_time(page->v, t->directive->zone, last_seen(page->v, d)));
		view_walked(page->v);
	}
	if (rows > 0)
		html(page, "</tbody>\n</table>\n");
}

void
html_persons_without(struct page *page, const struct tally *t)
{
	const struct verdict *list = page->v->report.verdicts->list;
	size_t rows = 0;

	html(page, "<h3>In scope, nothing seen</h3>\n");
	if (t->persons_without == 0) {
		html(page, "<p>Nobody, or no roster was given.</p>\n");
		return;
	}
	html(page,
	    "<table class=\"cards\">\n<caption>Persons in scope of whom no device was "
	    "seen (%zu)</caption>\n<thead><tr><th scope=\"col\">Person</th><th "
	    "scope=\"col\">Declared</th><th scope=\"col\">Duty</th></tr></thead>\n"
	    "<tbody>\n",
	    t->persons_without);
	for (size_t i = 0; i < page->v->n && rows < PERSON_ROWS; i++) {
		const struct verdict *v = &list[page->v->order[i]];
		if (v->directive != t->directive || v->device != NO_DEVICE)
			continue;
		rows++;
		html(page, "<tr>");
		person_cell(page, v);
		html(page, "<td data-is=\"Declared\">");
		if (v->denial != NULL)
			html(page, "<q>%s</q> <span class=\"soft\">%s</span>",
			    spell_words(page->v, v->denial->text),
			    spell_day(page->v, t->directive->zone, v->denial->date));
		else
			html(page, "<span class=\"soft\">nothing</span>");
		html(page, "</td><td data-is=\"Duty\">");
		html_due(page, v, verdict_urgent(v));
		html(page, "</td></tr>\n");
	}
	html(page, "</tbody>\n</table>\n");
	if (t->persons_without > rows)
		rows_left(page, t->persons_without);
}
