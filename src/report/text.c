/* SPDX-License-Identifier: ISC */
/* The answer on a terminal: who, what, how surely, what is due, since when. */
#include <stdio.h>
#include <string.h>

#include "report/links.h"
#include "report/table.h"
#include "report/view.h"

enum { WIDTH_UNKNOWN = 100, WIDTH_LEAST = 80, PERSONS_SHOWN = 40 };

struct out {
	struct view *v;
	struct writer *w;
	unsigned width;
	bool colour;
};

static const enum style standing_style[STANDINGS] = {
	[STANDS_FAILED] = STYLE_RED,
	[STANDS_DUE] = STYLE_YELLOW,
	[STANDS_UNDECIDED] = STYLE_BLUE,
	[STANDS_MET] = STYLE_GREEN,
	[STANDS_EXCEPTED] = STYLE_MAGENTA,
	[STANDS_NOT_COVERED] = STYLE_DIM,
};

static void
title(const struct out *o, const char *words)
{
	put_char(o->w, '\n');
	put_styled(o->w, words, STYLE_BOLD, o->colour);
	put_char(o->w, '\n');
}

static void
line(const struct out *o, const char *words)
{
	put(o->w, "  ");
	put_wrapped(o->w, words, o->width, 2);
}

static const char *
cell_device(const struct out *o, const struct device *d)
{
	struct view *v = o->v;
	const char *address = d->n_macs > 0 ? spell_addr(v, d->macs[0])
	    : d->n_ips > 0                  ? spell_addr(v, d->ips[0])
	                                    : "no address";

	if (d->n_macs > 1)
		address = spell(v, "%s\nand %zu more", address, d->n_macs - 1);
	if (o->width < WIDTH_UNKNOWN)
		return address;
	return spell(v, "%s\n%s", address, spell_device(v, d));
}

static const char *
cell_due(struct view *v, const struct verdict *verdict, const struct duty *d, bool wide)
{
	if (verdict->object == EXCEPTED && verdict->exception != NULL)
		return spell(v, "excused until\n%s",
		    verdict->exception->until == TIME_NONE
		        ? "further notice"
		        : spell_day(v, verdict->directive->zone,
		              verdict->exception->until));
	if (d == NULL)
		return "nothing";
	const char *due = spell_due(v, verdict->directive, d);
	return spell(v, "%s%s%s%s%s", verb_name(d->obligation->verb),
	    wide ? ": " : "\n", duty_state_name(d->state), due[0] == '\0' ? "" : "\n",
	    due);
}

static void
row_device(const struct out *o, struct table *t, const struct verdict *verdict)
{
	const struct device *d = view_device(o->v, verdict->device);
	const struct zone *zone = verdict->directive->zone;
	const struct duty *duty = verdict_urgent(verdict);
	enum style style = standing_style[verdict_standing(verdict)];
	struct table_row *r = table_row(t);

	r->cells[0] = cell_device(o, d);
	r->cells[1] = spell_holder(o->v, verdict);
	const char *hidden = spell_hidden(o->v, d);
	r->cells[2] = spell(o->v, "%s  %s%s%s", spell_what(o->v, d),
	    spell_p(o->v, how_surely(d)), hidden[0] != '\0' ? "\nhidden: " : "",
	    hidden);
	r->cells[3] = spell(o->v, "%s\np %s", object_state_name(verdict->object),
	    spell_p(o->v, verdict->p));
	r->cells[4] = cell_due(o->v, verdict, duty, o->width >= WIDTH_UNKNOWN);
	r->cells[5] = duty != NULL && duty->state == DUTY_FAILED
	    ? spell(o->v, "%s\nseen %s", spell_time(o->v, zone, duty->failed_since),
	          spell_day(o->v, zone, last_seen(o->v, d)))
	    : spell(o->v, "seen %s", spell_day(o->v, zone, last_seen(o->v, d)));
	r->style[3] = style;
	if (duty != NULL && duty->state == DUTY_FAILED)
		r->style[4] = r->style[5] = style;
	if (verdict->holder == NULL)
		r->style[1] = STYLE_DIM;
}

/* The heading of a group: its name and how many there are. */
static const char *
group_heading(struct view *v, enum standing s, size_t n)
{
	static const char *const words[STANDINGS] = {
		[STANDS_FAILED] = "FAILED",
		[STANDS_DUE] = "DUE",
		[STANDS_UNDECIDED] = "UNDECIDED",
		[STANDS_MET] = "COVERED, ALL MET",
		[STANDS_EXCEPTED] = "EXCEPTED",
		[STANDS_NOT_COVERED] = "NOT COVERED",
	};

	return spell(v, "%s (%zu)", words[s], n);
}

static bool
listed(const struct out *o, const struct verdict *v)
{
	return v->device != NO_DEVICE && verdict_shown(v, o->v->report.only) &&
	    (v->object != NOT_COVERED || o->v->report.only == ONLY_NOT_COVERED);
}

static void
table_of(const struct out *o, const struct tally *t)
{
	const struct verdict *list = o->v->report.verdicts->list;
	enum standing last = STANDS_FAILED;
	struct table table;
	bool wide = o->width >= WIDTH_UNKNOWN;
	bool hidden = o->v->report.pseudonyms != NULL;
	size_t shown = 0;

	table_begin(&table, &o->v->arena);
	table_column(&table, "DEVICE", wide ? 18 : 17);
	table_column(&table, "HOLDER", !wide ? 10 : hidden ? 15 : 12);
	table_column(&table, "WHAT IT IS, HOW SURELY", !wide ? 12 : hidden ? 13 : 16);
	table_column(&table, "VERDICT", 9);
	table_column(&table, "DUE", wide ? 17 : 10);
	table_column(&table, "SINCE", wide ? 16 : 10);
	for (size_t i = 0; i < o->v->n; i++) {
		const struct verdict *v = &list[o->v->order[i]];
		if (v->directive != t->directive || !listed(o, v))
			continue;
		enum standing s = verdict_standing(v);
		if (s != last || shown == 0)
			table_heading(&table, group_heading(o->v, s, t->standing[s]),
			    standing_style[s]);
		last = s;
		row_device(o, &table, v);
		view_walked(o->v);
		shown++;
	}
	put_char(o->w, '\n');
	if (shown > 0)
		table_print(&table, o->w, o->width, o->colour);
	else
		line(o, "No device to show.");
}

/* "Apple tablet 6, printer 3": what the order does not cover, by what it is. */
static void
not_covered(const struct out *o, const struct tally *t)
{
	enum { CLASSES = 24 };
	const struct verdict *list = o->v->report.verdicts->list;
	struct {
		const char *what;
		size_t n;
	} classes[CLASSES];
	size_t n = 0, others = 0;
	struct writer w;

	if (t->devices[NOT_COVERED] == 0 || o->v->report.only != ONLY_ALL)
		return;
	for (size_t i = t->first; i < t->first + t->n; i++) {
		if (list[i].device == NO_DEVICE || list[i].object != NOT_COVERED)
			continue;
		const struct device *d = view_device(o->v, list[i].device);
		struct text kind = d->belief.kind.value;
		const char *what = kind.len > 0 ? spell_text(o->v, kind)
		                                : "kind undecided";
		size_t k = 0;
		while (k < n && strcmp(classes[k].what, what) != 0)
			k++;
		if (k == CLASSES) {
			others++;
			continue;
		}
		if (k == n) {
			classes[n].what = what;
			classes[n++].n = 0;
		}
		classes[k].n++;
	}
	writer_to_memory(&w);
	putf(&w, "Not covered (%zu): ", t->devices[NOT_COVERED]);
	for (size_t k = 0; k < n; k++)
		putf(&w, "%s%s\u00a0%zu", k > 0 ? ", " : "", classes[k].what,
		    classes[k].n); /* a line never breaks before its number */
	if (others > 0)
		putf(&w, ", others %zu", others);
	put(&w, ". `--only not-covered` lists them.");
	put_char(o->w, '\n');
	line(o, spell_text(o->v, writer_text(&w)));
	(void)writer_close(&w);
}

static void
row_person(const struct out *o, struct table *table, const struct verdict *v)
{
	const struct duty *duty = verdict_urgent(v);
	struct table_row *r = table_row(table);

	r->cells[0] = spell_person(o->v, v->holder);
	r->cells[1] = v->denial == NULL
	    ? "nothing declared"
	    : spell(o->v, "declared: %s", spell_words(o->v, v->denial->text));
	r->cells[2] = cell_due(o->v, v, duty, true);
	r->style[2] = duty != NULL && duty->state == DUTY_FAILED ? STYLE_RED
	                                                         : STYLE_NONE;
}

static void
persons_without(const struct out *o, const struct tally *t)
{
	const struct verdict *list = o->v->report.verdicts->list;
	struct table table;
	size_t shown = 0;

	if (t->persons_without == 0 ||
	    (o->v->report.only != ONLY_ALL && o->v->report.only != ONLY_UNDECIDED))
		return;
	title(o,
	    spell(o->v, "Persons in scope of whom no device was seen (%zu)",
	        t->persons_without));
	table_begin(&table, &o->v->arena);
	table_column(&table, "PERSON", 16);
	table_column(&table, "DECLARED", 16);
	table_column(&table, "DUE", 12);
	for (size_t i = 0; i < o->v->n && shown < PERSONS_SHOWN; i++) {
		const struct verdict *v = &list[o->v->order[i]];
		if (v->directive != t->directive || v->device != NO_DEVICE)
			continue;
		row_person(o, &table, v);
		shown++;
	}
	table_print(&table, o->w, o->width, o->colour);
	if (t->persons_without > shown)
		line(o,
		    spell(o->v, "and %zu more; `--csv` lists all of them.",
		        t->persons_without - shown));
}

static void
total(const struct out *o, enum standing s, size_t n, const char *more)
{
	static const char *const words[STANDINGS] = {
		[STANDS_FAILED] = "failed",
		[STANDS_DUE] = "due",
		[STANDS_UNDECIDED] = "undecided",
		[STANDS_MET] = "met",
		[STANDS_EXCEPTED] = "excepted",
		[STANDS_NOT_COVERED] = "not covered",
	};

	putf(o->w, "  %7zu  ", n);
	put_styled(o->w, words[s], n > 0 ? standing_style[s] : STYLE_DIM, o->colour);
	put(o->w, more);
	put_char(o->w, '\n');
}

static void
totals(const struct out *o, const struct tally *t)
{
	size_t whether = t->devices[OBJECT_UNDECIDED];
	size_t devices = 0;

	for (size_t i = 0; i < 4; i++)
		devices += t->devices[i];
	title(o, spell(o->v, "Totals under %s", t->directive->id));
	putf(o->w, "  %7zu  device%s judged, %zu of them covered\n", devices,
	    devices == 1 ? "" : "s", t->devices[COVERED]);
	total(o, STANDS_FAILED, t->standing[STANDS_FAILED], "");
	total(o, STANDS_DUE, t->standing[STANDS_DUE], "");
	total(o, STANDS_MET, t->standing[STANDS_MET], "");
	total(o, STANDS_UNDECIDED, t->standing[STANDS_UNDECIDED],
	    spell(o->v, ": %zu whether covered, %zu whether met", whether,
	        t->standing[STANDS_UNDECIDED] - whether));
	total(o, STANDS_EXCEPTED, t->standing[STANDS_EXCEPTED], "");
	total(o, STANDS_NOT_COVERED, t->standing[STANDS_NOT_COVERED], "");
	if (t->gone_in_use > 0)
		line(o,
		    spell(o->v,
		        "%zu on record as handed in, replaced, released or destroyed, "
		        "and in use all the same.",
		        t->gone_in_use));
	if (t->scope_unknown > 0)
		line(o,
		    spell(o->v,
		        "%zu undecided for want of a known holder, owner or place: "
		        "custody or the site file can say that.",
		        t->scope_unknown));
	if (t->unknown_holder > 0)
		line(o,
		    spell(o->v, "%zu covered or undecided without a known holder.",
		        t->unknown_holder));
	if (t->holder_left > 0)
		line(o,
		    spell(o->v,
		        "%zu of a holder who left, and not handed in: they are in "
		        "nobody's hands.",
		        t->holder_left));
	if (t->persons_contradicted > 0)
		line(o,
		    spell(o->v,
		        "%zu declared to hold none, and a device of theirs was seen: "
		        "both stand.",
		        t->persons_contradicted));
}

/* What ends next, so that nobody is taken by surprise. */
static void
exceptions(const struct out *o, const struct tally *t)
{
	size_t n;
	const struct exception *e = exceptions_next(o->v->report.verdicts, t->directive,
	    &n);

	if (e == NULL)
		return;
	line(o,
	    spell(o->v, "The next exception to end: %s, on %s (%s); %zu in force.",
	        e->person != NULL           ? spell_person(o->v, e->person)
	            : e->identifier != NULL ? spell_identifier(o->v, e->identifier)
	                                    : "everybody",
	        spell_day(o->v, t->directive->zone, e->until),
	        spell_words(o->v, e->ground), n));
}

static void
order(const struct out *o, const struct tally *t)
{
	const struct directive *d = t->directive;

	title(o,
	    spell(o->v, "%s: %s (%s)", d->id, d->title == NULL ? "" : d->title,
	        status_name(d->status)));
	line(o,
	    spell(o->v, "as of %s",
	        spell_instant(o->v, d->zone, o->v->report.matter->as_of)));
	if (d->status != STATUS_IN_FORCE)
		line(o,
		    spell(o->v, "Its status is %s: nothing is due under it.",
		        status_name(d->status)));
	table_of(o, t);
	not_covered(o, t);
	persons_without(o, t);
	totals(o, t);
	exceptions(o, t);
}

static void
row_bare(const struct out *o, struct table *t, const struct device *d)
{
	struct table_row *r = table_row(t);

	r->cells[0] = cell_device(o, d);
	r->cells[1] = spell_what(o->v, d);
	r->cells[2] = spell_p(o->v, how_surely(d));
	r->cells[3] = spell_time(o->v, o->v->zone, d->first_seen);
	r->cells[4] = spell_time(o->v, o->v->zone, last_seen(o->v, d));
}

enum { PART = 1024 };

/*
 * Without an order: what is there. In parts, each in an arena of its own, so that the
 * listing of a large network does not stand in memory as a whole.
 */
static void
devices_only(const struct out *o)
{
	struct table table;

	title(o,
	    spell(o->v, "Devices (%zu), times in %s", o->v->n_devices,
	        o->v->zone != NULL ? zone_name(o->v->zone) : "UTC"));
	if (o->v->n_devices == 0) {
		line(o, "No device to show.");
		return;
	}
	struct arena kept = o->v->arena;
	o->v->arena = (struct arena){ NULL, 0 };
	table_begin(&table, &o->v->arena);
	table_column(&table, "DEVICE", 18);
	table_column(&table, "WHAT IT IS", 16);
	table_column(&table, "HOW SURELY", 4);
	table_column(&table, "FIRST SEEN", 10);
	table_column(&table, "LAST SEEN", 10);
	if (o->v->n_devices > PART)
		table.usual[1] = 30; /* of later parts */
	for (size_t i = 0; i < o->v->n_devices; i++) {
		row_bare(o, &table, view_device(o->v, i));
		view_walked(o->v);
		if (i % PART != PART - 1)
			continue;
		table_print(&table, o->w, o->width, o->colour);
		arena_reset(&o->v->arena);
	}
	table_print(&table, o->w, o->width, o->colour);
	arena_free(&o->v->arena);
	o->v->arena = kept;
}

static void
coverage(const struct out *o)
{
	const struct site *site = o->v->report.matter->site;

	title(o, "Coverage and blind spots");
	if (site == NULL)
		line(o,
		    "No site file: which segments are official, and which a sensor "
		    "sees, "
		    "is not known.");
	for (size_t i = 0; site != NULL && i < site->n_coverage; i++) {
		const struct coverage *c = &site->coverage[i];
		const char *name = spell_words(o->v, c->segment->name);
		if (c->since == TIME_NONE)
			line(o, spell(o->v, "%s: no sensor", name));
		else
			line(o,
			    spell(o->v, "%s: a sensor since %s%s%s", name,
			        spell_time(o->v, o->v->zone, c->since),
			        c->until == TIME_NONE ? "" : " until ",
			        spell_time(o->v, o->v->zone, c->until)));
	}
	for (size_t i = 0; i < o->v->report.n_inputs; i++) {
		const struct input *in = &o->v->report.inputs[i];
		if (in->damage != NULL)
			line(o,
			    strstr(in->damage, in->name) != NULL
			        ? spell_words(o->v, in->damage)
			        : spell(o->v, "%s: %s", in->name,
			              spell_words(o->v, in->damage)));
	}
	for (size_t i = 0; i < o->v->report.n_blind_spots; i++)
		line(o, spell_words(o->v, o->v->report.blind_spots[i].text));
}

/* The device that somebody will ask about first: the most pressing one shown. */
static const char *
example_address(const struct out *o)
{
	const struct verdict *list = o->v->report.verdicts->list;

	if (o->v->report.pseudonyms != NULL)
		return "ADDRESS";
	for (size_t i = 0; i < o->v->n; i++) {
		const struct verdict *v = &list[o->v->order[i]];
		const struct device *d = listed(o, v) ? view_device(o->v, v->device)
		                                      : NULL;
		if (d != NULL && d->n_macs > 0)
			return spell_addr(o->v, d->macs[0]);
	}
	return "ADDRESS";
}

/* " --store", and which one where it is not the usual one. */
static const char *
spell_store(const struct out *o)
{
	const char *store = o->v->report.store;

	return strcmp(store, "interdict.db") == 0
	    ? " --store"
	    : spell(o->v, " --store=%s", spell_text(o->v, text_of(store)));
}

static void
explain_hint(const struct out *o)
{
	const char *capture = "CAPTURE";

	if (o->v->report.store != NULL) {
		putf(o->w, "  interdict explain %s%s\n", example_address(o),
		    spell_store(o));
		line(o,
		    "    shows every piece of evidence behind a verdict, for and "
		    "against.");
		return;
	}
	/* Papers are inputs of a store too, and have no frames. */
	for (size_t i = o->v->report.n_inputs; i > 0; i--)
		if (o->v->report.inputs[i - 1].frames > 0 &&
		    strcmp(o->v->report.inputs[i - 1].name, "-") != 0)
			capture = spell_text(o->v,
			    text_of(o->v->report.inputs[i - 1].name));

	putf(o->w, "  interdict explain %s %s%s\n", example_address(o), capture,
	    o->v->report.n_inputs > 1 ? " ..." : "");
	line(o, "    shows every piece of evidence behind a verdict, for and against.");
}

static void
next_steps(const struct out *o)
{
	bool live = o->v->report.live, page = o->v->summary.n > 0 && !o->v->report.page;

	if (!live && !page && o->v->n_devices == 0)
		return;
	title(o, "Next");
	if (live)
		line(o,
		    "--explain shows every piece of evidence behind a verdict, too.");
	else if (o->v->n_devices > 0)
		explain_hint(o);
	if (page && o->v->report.store != NULL)
		line(o,
		    spell(o->v,
		        "interdict report --to DIR%s writes the signed report for the "
		        "authority.",
		        spell_store(o)));
	else if (page)
		line(o, "--html FILE writes the report for the authority.");
}

static void
links(const struct out *o)
{
	size_t n = links_count(o->v);

	if (n == 0)
		return;
	title(o,
	    spell(o->v, "One device, several addresses (%zu link%s)", n,
	        n == 1 ? "" : "s"));
	links_print(o->v, o->w, o->width);
}

void
report_text(const struct report *r, struct writer *w)
{
	struct out o = { view_new(r), w, r->width == 0 ? WIDTH_UNKNOWN : r->width,
		r->colour };

	if (o.width < WIDTH_LEAST)
		o.width = WIDTH_LEAST;
	if (r->synthetic)
		put_styled(w,
		    "SYNTHETIC: this capture was made, not seen on a network.\n",
		    STYLE_BOLD, r->colour);
	for (size_t i = 0; i < o.v->summary.n; i++)
		order(&o, &o.v->summary.tallies[i]);
	if (o.v->summary.n == 0)
		devices_only(&o);
	links(&o);
	coverage(&o);
	next_steps(&o);
	view_free(o.v);
}
