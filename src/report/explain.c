/* SPDX-License-Identifier: ISC */
/* One device and every piece of evidence, for a person who must stand up for it. */
#include <math.h>

#include "report/links.h"
#include "report/view.h"

struct telling {
	struct view *v;
	struct writer *to;
	const struct device *device;
	bool against; /* which half is told now */
	size_t told;
};

static void
marginal_line(struct view *v, struct writer *w, const char *what,
    const struct marginal *m)
{
	if (m->value.len > 0)
		putf(w, "  %-8s %s, p %.4f\n", what, spell_text(v, m->value), m->p);
	else if (m->leading.len > 0)
		putf(w, "  %-8s undecided; %s leads, p %.4f\n", what,
		    spell_text(v, m->leading), m->leading_p);
	else
		putf(w, "  %-8s undecided\n", what);
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

static void
says(struct view *v, struct writer *w, const struct claim *c)
{
	putf(w, "%s ", attribute_name(c->attribute));
	if (c->attribute == ATTR_VERSION) {
		putf(w, "%s to %s", c->min != NULL ? c->min : "any",
		    c->max != NULL ? c->max : "any");
		return;
	}
	for (size_t i = 0; i < c->n; i++)
		putf(w, "%s%s", i > 0 ? " or " : "", spell_text(v, c->values[i]));
}

/* Where a person can look it up: the capture, the frame, the decoder. */
static void
where(struct telling *t, const struct evidence *e)
{
	const struct report *r = &t->v->report;
	struct writer *w = t->to;

	put(w, "          seen in ");
	if (e->where.capture < r->n_inputs)
		putf(w, "%s, ", r->inputs[e->where.capture].name);
	putf(w, "frame %llu, %s", (unsigned long long)e->where.frame,
	    spell_time(t->v, t->v->zone, e->first));
	if (e->count > 1)
		putf(w, "; %u times until %s", e->count,
		    spell_time(t->v, t->v->zone, e->last));
	if (r->decoder_name != NULL)
		putf(w, "; decoder %s", r->decoder_name(e->decoder));
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

static void
tell(void *state, const struct said *s)
{
	struct telling *t = state;
	const struct evidence *e = s->evidence;
	struct writer *w = t->to;

	if (speaks_against(&t->device->belief, s) != t->against)
		return;
	if (t->told++ == 0)
		putf(w, "\n%s\n", t->against ? "Against" : "For");
	putf(w, "  %c%5.2f  ", s->weight < 0 ? '-' : '+', fabs(s->weight));
	says(t->v, w, s->claim);
	putf(w, "\n          because %s is %s\n",
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

void
report_explain(const struct report *r, size_t device, struct writer *w)
{
	struct view *v = view_new(r); /* which walks through all, for pseudonyms */
	const struct device *d = view_device(v, device);
	const struct case_file *c = r->matter;
	struct telling t = { .v = v, .to = w, .device = d };

	if (r->synthetic)
		put(w, "SYNTHETIC: this capture was made, not seen on a network.\n\n");
	putf(w, "%s: %s\n", spell_device(v, d), spell_what(v, d));
	for (size_t i = 0; i < d->n_macs; i++)
		putf(w, "  %-8s %s\n", "address", spell_addr(v, d->macs[i]));
	for (size_t i = 0; i < d->n_ips; i++)
		putf(w, "  %-8s %s\n", "address", spell_addr(v, d->ips[i]));
	putf(w, "  %-8s %s to %s\n", "seen", spell_time(v, v->zone, d->first_seen),
	    spell_instant(v, v->zone, d->last_seen));
	marginal_line(v, w, "vendor", &d->belief.vendor);
	marginal_line(v, w, "os", &d->belief.os);
	marginal_line(v, w, "kind", &d->belief.kind);
	if (d->belief.range.min.n > 0 || d->belief.range.max.n > 0)
		putf(w, "  %-8s %s\n", "version", spell_version(v, &d->belief));
	for (size_t i = 0; i < d->n_past; i++)
		putf(w, "  before   %s%s%s, last heard %s\n",
		    d->past[i].min != NULL ? d->past[i].min : "up to ",
		    d->past[i].min == NULL || d->past[i].max == NULL ||
		            text_is(text_of(d->past[i].min), d->past[i].max)
		        ? ""
		        : " to ",
		    d->past[i].max == NULL ? " or later"
		        : d->past[i].min != NULL &&
		            text_is(text_of(d->past[i].min), d->past[i].max)
		        ? ""
		        : d->past[i].max,
		    spell_time(v, v->zone, d->past[i].last));
	marginal_line(v, w, "model", &d->belief.model);
	for (size_t i = 0; i < d->n_told; i++) {
		const struct told *one = d->told[i];
		putf(w, "  told     %s is %s, by %s on %s (corrections, line %u)%s%s\n",
		    attribute_name(one->attribute), spell_text(v, one->value),
		    one->by != NULL ? spell_somebody(v, one->by) : "a person",
		    spell_day(v, v->zone, one->date), one->line,
		    one->reason != NULL ? ": " : "",
		    one->reason != NULL ? spell_words(v, one->reason) : "");
	}
	if (d->belief.conflict)
		put(w, "  conflict two families of evidence say different things\n");
	if (d->hides != 0)
		putf(w, "  hidden   %s: names that were not seen prove nothing\n",
		    spell_hidden(v, d));
	for (size_t i = 0; i < d->n_apps; i++)
		putf(w, "  app      %s: %s, %s to %s\n", spell_text(v, d->apps[i].name),
		    d->apps[i].speaks ? "it named itself; it or its service was heard"
		                      : spell(v, "its service was contacted %u times",
		                            d->apps[i].contacts),
		    spell_time(v, v->zone, d->apps[i].first),
		    spell_time(v, v->zone, d->apps[i].last));
	members(v, w, &d->belief);
	if (d->n_links > 0)
		put(w, "\nOne device, several addresses\n");
	for (size_t i = 0; i < d->n_links; i++)
		putf(w, "  %s\n          %s\n", spell_link(v, d->links[i]),
		    spell_link_why(v, d->links[i]));
	if (d->n_apps > 0)
		put(w,
		    "\nTo contact the service of an app is not to have the app: a page "
		    "that embeds it\ndoes the same.\n");
	belief_explain(c->knowledge, d, c->as_of, tell, &t);
	t.against = true;
	t.told = 0;
	belief_explain(c->knowledge, d, c->as_of, tell, &t);
	if (t.told == 0)
		put(w, "\nAgainst\n  nothing\n");
	put(w,
	    "\nA weight is the natural logarithm of a likelihood ratio: 2.3 makes a "
	    "claim "
	    "ten\ntimes as likely. Of one family only the strongest counts.\n");
	view_free(v);
}
