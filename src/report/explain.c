/* SPDX-License-Identifier: ISC */
/* One device and every piece of evidence, for a person who must stand up for it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/links.h"
#include "report/view.h"

/* All that was heard, the strongest first. */
struct chain {
	struct view *v;
	struct writer *to;
	const struct device *device;
	struct said *list;
	bool *told;
	size_t n;
};

/* The share of all devices that a word has before anything is heard. */
static double
at_first(const struct view *v, enum attribute a, struct text word)
{
	size_t n, n_values;
	const struct knowledge *k = v->report.matter->knowledge;
	const struct hypothesis *h = knowledge_hypotheses(k, &n);
	const struct text *values = knowledge_values(k, a, &n_values);
	double share = 0;

	for (size_t i = 0; i < n; i++)
		if (text_equal(values[h[i].at[a]], word))
			share += h[i].prior;
	return share;
}

static void
marginal_line(struct view *v, struct writer *w, enum attribute a,
    const struct marginal *m)
{
	bool decided = m->value.len > 0;
	struct text word = decided ? m->value : m->leading;

	putf(w, "  %-8s ", attribute_name(a));
	if (word.len == 0) {
		put(w, "undecided\n");
		return;
	}
	putf(w, decided ? "%s, p %.4f" : "undecided; %s leads, p %.4f",
	    spell_text(v, word), decided ? m->p : m->leading_p);
	if ((unsigned)a < JOINT_ATTRIBUTES)
		putf(w, ", at first %.4f", at_first(v, a, word));
	put_char(w, '\n');
}

/* Each of several behind one address, and what tells it from the others. */
static void
members(struct view *v, struct writer *w, const struct belief *b)
{
	if (b->n_members > 0)
		put(w, "\nSeveral devices behind this address; none is averaged\n");
	for (size_t i = 0; i < b->n_members; i++) {
		const struct member *m = &b->members[i];
		struct device one = { .belief = m->belief };
		putf(w, "  %zu. %s, p %.4f\n          %s\n", i + 1, spell_what(v, &one),
		    how_surely(&one), m->words);
		if (m->key != FACT_NONE)
			putf(w, "          %s is %s, %s to %s\n", fact_name(m->key),
			    spell_value(v, m->key, m->value),
			    spell_time(v, v->zone, m->first),
			    spell_time(v, v->zone, m->last));
	}
}

/* A version from one to another; NULL: open at that end. */
static void
range(struct writer *w, const char *min, const char *max)
{
	if (min == NULL)
		putf(w, "up to %s", max != NULL ? max : "any");
	else if (max == NULL)
		putf(w, "%s or later", min);
	else if (strcmp(min, max) == 0)
		put(w, min);
	else
		putf(w, "%s to %s", min, max);
}

static void
says(struct view *v, struct writer *w, const struct claim *c)
{
	putf(w, "%s ", attribute_name(c->attribute));
	if (c->attribute == ATTR_VERSION) {
		range(w, c->min, c->max);
		return;
	}
	for (size_t i = 0; i < c->n; i++)
		putf(w, "%s%s", i > 0 ? " or " : "", spell_text(v, c->values[i]));
}

/* Where a person can look it up: the capture, the frame, the decoder. */
static void
where(struct chain *t, const struct evidence *e)
{
	const struct report *r = &t->v->report;
	struct writer *w = t->to;

	putf(w, "          seen in %s, %s", spell_where(t->v, e),
	    spell_time(t->v, t->v->zone, e->first));
	if (e->count > 1)
		putf(w, "; %u times until %s", e->count,
		    spell_time(t->v, t->v->zone, e->last));
	if (r->heard_by != NULL)
		putf(w, "; decoder %s", r->heard_by(e->decoder).name);
	put_char(w, '\n');
}

/* Of something else than what the device is taken for, or that it is not that. */
static bool
speaks_against(const struct belief *b, const struct said *s)
{
	const struct claim *c = s->claim;
	const struct marginal *m = c->attribute == ATTR_VENDOR ? &b->vendor
	    : c->attribute == ATTR_OS                          ? &b->os
	    : c->attribute == ATTR_KIND                        ? &b->kind
	                                                       : NULL;
	struct text is = { "", 0 };
	bool same = false;

	if (m != NULL)
		is = m->value.len > 0 ? m->value : m->leading;
	if (is.len == 0)
		return s->weight < 0;
	for (size_t i = 0; i < c->n; i++)
		same = same || text_equal(c->values[i], is);
	return (s->weight < 0) == same;
}

static bool
is_together(const struct said *a, const struct said *b)
{
	return a->evidence == b->evidence && a->mac == b->mac && a->row == b->row &&
	    a->counted == b->counted;
}

/* What one piece of evidence says by one row: its claims, then why. */
static void
tell(struct chain *t, size_t at, bool against)
{
	const struct said *s = &t->list[at];
	const struct evidence *e = s->evidence;
	struct writer *w = t->to;

	for (size_t i = at; i < t->n; i++) {
		const struct said *one = &t->list[i];
		if (t->told[i] || !is_together(one, s) ||
		    (s->counted && speaks_against(&t->device->belief, one) != against))
			continue;
		t->told[i] = true;
		putf(w, "  %c%5.2f  ", one->weight < 0 ? '-' : '+', fabs(one->weight));
		says(t->v, w, one->claim);
		put_char(w, '\n');
	}
	putf(w, "          because %s is %s\n",
	    e == NULL ? "the link-layer address" : fact_name(e->key),
	    e == NULL ? spell_addr(t->v, t->device->macs[s->mac])
	              : spell_value(t->v, e->key, e->value));
	if (e != NULL)
		where(t, e);
	putf(w, "          row %s (%s), family %s, %s\n", s->row->id, s->row->source,
	    s->row->family,
	    s->counted       ? "counted"
	        : s->is_past ? "not counted: it had ended when what excludes it came"
	                     : "not counted: another is stronger");
}

/* What counts and speaks so; or, of both sides, what does not count. */
static size_t
section(struct chain *t, const char *title, bool counted, bool against)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct said *s = &t->list[i];
		if (t->told[i] || s->counted != counted ||
		    (counted && speaks_against(&t->device->belief, s) != against))
			continue;
		if (n++ == 0)
			putf(t->to, "\n%s\n", title);
		tell(t, i, against);
	}
	return n;
}

static void
take(void *state, const struct said *s)
{
	struct chain *t = state;

	if ((t->n & (t->n - 1)) == 0)
		t->list = must_grow(t->list, t->n > 0 ? t->n * 2 : 1, sizeof *t->list);
	t->list[t->n++] = *s;
}

static void
head(struct view *v, struct writer *w, const struct device *d)
{
	putf(w, "%s: %s\n", spell_device(v, d), spell_what(v, d));
	for (size_t i = 0; i < d->n_macs; i++)
		putf(w, "  %-8s %s\n", "address", spell_addr(v, d->macs[i]));
	for (size_t i = 0; i < d->n_ips; i++)
		putf(w, "  %-8s %s\n", "address", spell_addr(v, d->ips[i]));
	putf(w, "  %-8s %s to %s\n", "seen", spell_time(v, v->zone, d->first_seen),
	    spell_instant(v, v->zone, d->last_seen));
}

/* Versions that it had. */
static void
past(struct view *v, struct writer *w, const struct device *d)
{
	for (size_t i = 0; i < d->n_past; i++) {
		putf(w, "  %-8s ", "before");
		range(w, d->past[i].min, d->past[i].max);
		putf(w, ", last heard %s\n", spell_time(v, v->zone, d->past[i].last));
	}
}

static void
believed(struct view *v, struct writer *w, const struct device *d)
{
	const struct belief *b = &d->belief;

	marginal_line(v, w, ATTR_VENDOR, &b->vendor);
	marginal_line(v, w, ATTR_OS, &b->os);
	marginal_line(v, w, ATTR_KIND, &b->kind);
	if (b->range.min.n > 0 || b->range.max.n > 0)
		putf(w, "  %-8s %s\n", "version", spell_version(v, b));
	past(v, w, d);
	marginal_line(v, w, ATTR_MODEL, &b->model);
}

/* What persons said of it, beside what the wire says. */
static void
told_lines(struct view *v, struct writer *w, const struct device *d)
{
	for (size_t i = 0; i < d->n_told; i++) {
		const struct told *one = d->told[i];
		putf(w, "  %-8s %s is %s, by %s on %s (corrections, line %u)", "told",
		    attribute_name(one->attribute), spell_text(v, one->value),
		    one->by != NULL ? spell_somebody(v, one->by) : "a person",
		    spell_day(v, v->zone, one->date), one->line);
		if (one->reason != NULL)
			putf(w, ": %s", spell_words(v, one->reason));
		put_char(w, '\n');
	}
}

static void
apps(struct view *v, struct writer *w, const struct device *d)
{
	for (size_t i = 0; i < d->n_apps; i++) {
		const struct app *a = &d->apps[i];
		putf(w, "  %-8s %s: %s, %s to %s\n", "app", spell_text(v, a->name),
		    a->speaks ? "it named itself; it or its service was heard"
		        : a->contacts > 1
		        ? spell(v, "its service was contacted %u times", a->contacts)
		        : "its service was contacted once",
		    spell_time(v, v->zone, a->first), spell_time(v, v->zone, a->last));
	}
}

static void
links(struct view *v, struct writer *w, const struct device *d)
{
	if (d->n_links > 0)
		put(w, "\nOne device, several addresses\n");
	for (size_t i = 0; i < d->n_links; i++)
		putf(w, "  %s\n          %s\n", spell_link(v, d->links[i]),
		    spell_link_why(v, d->links[i]));
}

/* What speaks for it, what speaks against, and what was heard besides. */
static void
evidence(struct view *v, struct writer *w, const struct device *d)
{
	const struct case_file *c = v->report.matter;
	struct chain t = { .v = v, .to = w, .device = d };

	belief_explain(c->knowledge, d, c->as_of, take, &t);
	t.told = must_alloc(t.n + 1, sizeof *t.told);
	bool several = d->belief.several;
	(void)section(&t, several ? "For one of them or another" : "For", true, false);
	if (section(&t, "Against", true, true) == 0 && !several)
		put(w, "\nAgainst\n  nothing\n");
	(void)section(&t, "Heard as well, and not counted", false, false);
	put(w,
	    "\nA weight is the natural logarithm of a likelihood ratio: 2.3 makes a "
	    "claim ten\ntimes as likely. Of one family only the strongest counts. At "
	    "first: its share of all\ndevices, before anything was heard.\n");
	free(t.told);
	free(t.list);
}

void
report_explain(const struct report *r, size_t device, struct writer *w)
{
	struct view *v = view_new(r); /* which walks through all, for pseudonyms */
	const struct device *d = view_device(v, device);

	if (r->synthetic)
		put(w, "SYNTHETIC: this capture was made, not seen on a network.\n\n");
	head(v, w, d);
	believed(v, w, d);
	told_lines(v, w, d);
	if (d->belief.conflict)
		put(w, "  conflict two families of evidence say different things\n");
	if (d->hides != 0)
		putf(w, "  hidden   %s: names that were not seen prove nothing\n",
		    spell_hidden(v, d));
	apps(v, w, d);
	members(v, w, &d->belief);
	links(v, w, d);
	if (d->n_apps > 0)
		put(w,
		    "\nTo contact the service of an app is not to have the app: a page "
		    "that embeds it\ndoes the same.\n");
	evidence(v, w, d);
	view_free(v);
}
