/* SPDX-License-Identifier: ISC */
/*
 * What persons say of two addresses. An address is whose it was at the date of the
 * word: an IP address goes from one to the next, and a link-layer address as it is
 * written may be a random one of Bluetooth LE as well. Of what was said of the same
 * two, by whatever addresses, the latest counts.
 */
#include <stdlib.h>

#include "base/time.h"
#include "device/link.h"

/* How near a stay is to a date: it was then, that day, before, or only afterwards. */
enum when { THEN, THAT_DAY, BEFORE, AFTERWARDS };

/* One of the two of a word. */
struct end {
	struct addr address;
	uint32_t word, group; /* NOBODY: nobody has the address */
	int64_t date;
	enum when when;
	int64_t away; /* from the date */
};

struct word {
	const struct told_link *told;
	uint32_t a, b;
};

static int
end_order(const void *left, const void *right)
{
	const struct end *x = left, *y = right;
	int order = addr_order(x->address, y->address);

	return order != 0 ? order : (x->word > y->word) - (x->word < y->word);
}

static void
is_there(struct end *e, uint32_t group, int64_t first, int64_t last)
{
	enum when when = first > e->date ? first - e->date < DAY ? THAT_DAY : AFTERWARDS
	    : last < e->date             ? BEFORE
	                                 : THEN;
	int64_t away = when == THEN ? 0
	    : when == BEFORE        ? e->date - last
	                            : first - e->date;

	if (e->group != NOBODY &&
	    (when > e->when || (when == e->when && away >= e->away)))
		return;
	e->group = group;
	e->when = when;
	e->away = away;
}

/* Of the group, within its time. */
static void
stays_at(const struct group *g, uint32_t number, struct end *e, int64_t first,
    int64_t last)
{
	first = first > g->from ? first : g->from;
	last = last < g->until ? last : g->until - 1;
	if (first <= last)
		is_there(e, number, first, last);
}

static size_t
lower_bound(const struct end *ends, size_t n, struct addr a)
{
	size_t low = 0;

	while (low < n) {
		size_t middle = (low + n) / 2;
		if (addr_order(ends[middle].address, a) < 0)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

static void
find_by_ip(const struct register_ *r, struct end *ends, size_t n)
{
	for (uint32_t g = 0; g < r->n_groups; g++)
		for (uint32_t m = 0; m < r->groups[g].n; m++) {
			const struct group *group = &r->groups[g];
			const struct endpoint *e = endpoint_at(r,
			    r->members[group->start + m]);
			size_t i = e->ip.kind == ADDR_NONE
			    ? n
			    : lower_bound(ends, n, e->ip);
			for (; i < n && addr_equal(ends[i].address, e->ip); i++) {
				stays_at(group, g, &ends[i], e->first, e->first);
				for (uint32_t s = e->stays; s != NOBODY;
				     s = stay_at(r, s)->next)
					stays_at(group, g, &ends[i],
					    stay_at(r, s)->first, stay_at(r, s)->last);
			}
		}
}

/* The groups are by address. */
static uint32_t
find_by_link(const struct register_ *r, struct addr a)
{
	size_t low = 0, high = r->n_groups;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (addr_order(r->groups[middle].address, a) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < r->n_groups && addr_equal(r->groups[low].address, a))
		return (uint32_t)low;
	if (a.kind != ADDR_MAC)
		return NOBODY;
	a.kind = ADDR_BLE;
	return find_by_link(r, a);
}

static bool
is_known(const struct register_ *r, const struct told_link *t)
{
	return r->as_of == TIME_NONE || t->date <= r->as_of;
}

/* Of which groups each word is, as far as both are there. */
static size_t
words_find(const struct register_ *r, struct word *words)
{
	struct end *ends = must_alloc(2 * r->n_told_links, sizeof *ends);
	size_t n = 0, kept = 0;

	for (uint32_t i = 0; i < r->n_told_links; i++) {
		const struct told_link *t = r->told_links[i];
		words[i] = (struct word){ t, NOBODY, NOBODY };
		if (!is_known(r, t))
			continue;
		ends[n++] = (struct end){ t->a, 2 * i, NOBODY, t->date, THEN, 0 };
		ends[n++] = (struct end){ t->b, 2 * i + 1, NOBODY, t->date, THEN, 0 };
	}
	if (n > 1)
		qsort(ends, n, sizeof *ends, end_order);
	find_by_ip(r, ends, n);
	for (size_t i = 0; i < n; i++) {
		struct word *w = &words[ends[i].word / 2];
		if (addr_is_link(ends[i].address))
			ends[i].group = find_by_link(r, ends[i].address);
		*(ends[i].word % 2 == 0 ? &w->a : &w->b) = ends[i].group;
	}
	free(ends);
	for (size_t i = 0; i < r->n_told_links; i++)
		if (words[i].a != NOBODY && words[i].b != NOBODY &&
		    words[i].a != words[i].b)
			words[kept++] = words[i];
	return kept;
}

static uint32_t
smaller(const struct word *w)
{
	return w->a < w->b ? w->a : w->b;
}

/* By the two, then by date: the last of each two counts. */
static int
word_order(const void *left, const void *right)
{
	const struct word *x = left, *y = right;
	uint32_t a = smaller(x), b = smaller(y);

	if (a == b) {
		a = x->a + x->b;
		b = y->a + y->b;
	}
	if (a != b)
		return a < b ? -1 : 1;
	if (x->told->date != y->told->date)
		return x->told->date < y->told->date ? -1 : 1;
	return (x->told->line > y->told->line) - (x->told->line < y->told->line);
}

static bool
is_overruled(const struct word *w, const struct word *end)
{
	return w + 1 < end && smaller(w) == smaller(w + 1) &&
	    w->a + w->b == w[1].a + w[1].b &&
	    (w->told->date < w[1].told->date || w->told->same != w[1].told->same);
}

void
told_take(struct linking *l,
    void (*take)(struct linking *, uint32_t a, uint32_t b, const struct told_link *))
{
	struct word *words;
	size_t n;

	if (l->r->n_told_links == 0)
		return;
	words = must_alloc(l->r->n_told_links, sizeof *words);
	n = words_find(l->r, words);
	if (n > 1)
		qsort(words, n, sizeof *words, word_order);
	for (size_t i = 0; i < n; i++)
		if (!is_overruled(&words[i], words + n))
			take(l, words[i].a, words[i].b, words[i].told);
	free(words);
}
