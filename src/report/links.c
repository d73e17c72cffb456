/* SPDX-License-Identifier: ISC */
/* Links in words: which addresses are one device, how surely, and why. */
#include "report/links.h"

#include "report/table.h"

enum { LINKS_SHOWN = 40 };

static const char *
reason(struct view *v, const struct link_reason *r)
{
	if (r->key == FACT_NONE || r->value.len == 0 || r->key == FACT_DHCP_ADDRESS)
		return spell(v, "%s (%+.2f)", r->words, r->weight);
	return spell(v, "%s is %s: %s (%+.2f)", fact_name(r->key),
	    spell_value(v, r->key, r->value), r->words, r->weight);
}

const char *
spell_link_why(struct view *v, const struct link *l)
{
	const char *all = "";

	if (l->told != NULL && v->report.pseudonyms != NULL)
		return spell(v, "a person says so (links file, line %u).",
		    l->told->line);
	if (l->told != NULL)
		return spell(v, "%s says so, on %s (links file, line %u)%s%s.",
		    l->told->by != NULL ? spell_somebody(v, l->told->by) : "a person",
		    spell_day(v, v->zone, l->told->date), l->told->line,
		    l->told->reason != NULL ? ": " : "",
		    l->told->reason != NULL ? spell_words(v, l->told->reason) : "");
	for (size_t i = 0; i < l->n_reasons; i++)
		all = spell(v, "%s%s%s", all, i > 0 ? " " : "",
		    reason(v, &l->reasons[i]));
	return all;
}

const char *
spell_link(struct view *v, const struct link *l)
{
	const char *a = spell_addr(v, l->a), *b = spell_addr(v, l->b);

	switch (l->state) {
	case LINK_SAME:
		if (l->told != NULL)
			return spell(v, "%s and %s are one device", a, b);
		return spell(v, "%s and %s are one device, p %.3f", a, b, l->p);
	case LINK_SUGGESTED:
		return spell(v, "%s and %s are likely one device, p %.2f; not joined",
		    a, b, l->p);
	case LINK_DIFFERENT:
		break;
	}
	return spell(v, "%s and %s are two devices", a, b);
}

/* A suggestion concerns two devices: it is told at that of the earlier address. */
static bool
is_told_here(const struct device *d, const struct link *l)
{
	for (size_t i = 0; i < d->n_macs; i++)
		if (addr_equal(d->macs[i], l->a))
			return true;
	for (size_t i = 0; i < d->n_ips; i++)
		if (addr_equal(d->ips[i], l->a))
			return true;
	return false;
}

/* The device of this number when it has links; else it is not even made. */
static const struct device *
linked(const struct view *v, size_t i)
{
	if (v->devices == NULL && register_links(v->report.matter->devices, i) == 0)
		return NULL;
	return view_device(v, i);
}

size_t
links_count(const struct view *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n_devices; i++) {
		const struct device *d = linked(v, i);
		for (size_t k = 0; d != NULL && k < d->n_links; k++)
			n += is_told_here(d, d->links[k]);
	}
	return n;
}

void
links_print(struct view *v, struct writer *w, unsigned width)
{
	size_t shown = 0, all = links_count(v);

	for (size_t i = 0; i < v->n_devices && shown < LINKS_SHOWN; i++) {
		const struct device *d = linked(v, i);
		for (size_t k = 0; d != NULL && k < d->n_links; k++) {
			const struct link *l = d->links[k];
			if (!is_told_here(d, l) || shown == LINKS_SHOWN)
				continue;
			shown++;
			put(w, "  ");
			put_wrapped(w,
			    spell(v, "%s: %s", spell_link(v, l), spell_link_why(v, l)),
			    width, 4);
		}
	}
	if (all > shown)
		putf(w, "  and %zu more; `--json` lists all of them.\n", all - shown);
}
