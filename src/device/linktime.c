/* SPDX-License-Identifier: ISC */
/* When addresses were in use, and what was said at one time. */
#include <stdlib.h>

#include "device/link.h"

static int
span_order(const void *left, const void *right)
{
	const struct span_of_time *a = left, *b = right;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->last > b->last) - (a->last < b->last);
}

/* The stays of a group put together; of one that was never present, first to last. */
static void
spans_find(struct linking *l, uint32_t number)
{
	const struct register_ *r = l->r;
	const struct group *g = &r->groups[number];
	struct linked *k = &l->groups[number];
	size_t n = 0, kept = 0;

	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->stays;
		     i != NOBODY; i = stay_at(r, i)->next)
			n++;
	k->spans = arena_take(&l->arena, (n + 1) * sizeof *k->spans);
	n = 0;
	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->stays;
		     i != NOBODY; i = stay_at(r, i)->next) {
			const struct stayed *s = stay_at(r, i);
			if (s->first < g->until && s->last >= g->from)
				k->spans[n++] = (struct span_of_time){ s->first,
					s->last };
		}
	if (n == 0)
		k->spans[n++] = (struct span_of_time){ g->first, g->last };
	qsort(k->spans, n, sizeof *k->spans, span_order);
	for (size_t i = 0; i < n; i++) {
		struct span_of_time *last = &k->spans[kept > 0 ? kept - 1 : 0];
		if (kept == 0 || k->spans[i].first > last->last)
			k->spans[kept++] = k->spans[i];
		else if (k->spans[i].last > last->last)
			last->last = k->spans[i].last;
	}
	k->n_spans = kept;
}

static const struct linked *
in_use(struct linking *l, uint32_t group)
{
	if (l->groups[group].n_spans == 0)
		spans_find(l, group);
	return &l->groups[group];
}

bool
groups_overlap(struct linking *l, uint32_t a, uint32_t b)
{
	const struct linked *x = in_use(l, a), *y = in_use(l, b);

	for (size_t i = 0, j = 0; i < x->n_spans && j < y->n_spans;) {
		if (x->spans[i].last < y->spans[j].first)
			i++;
		else if (y->spans[j].last < x->spans[i].first)
			j++;
		else
			return true;
	}
	return false;
}

static bool
meets_one(const struct register_ *r, const struct group *g, const struct stayed *at)
{
	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->stays;
		     i != NOBODY; i = stay_at(r, i)->next) {
			const struct stayed *s = stay_at(r, i);
			if (s->vlan == at->vlan && s->first <= at->last &&
			    at->first <= s->last)
				return true;
		}
	return false;
}

bool
groups_meet(const struct linking *l, uint32_t a, uint32_t b)
{
	const struct register_ *r = l->r;
	const struct group *g = &r->groups[a];

	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->stays;
		     i != NOBODY; i = stay_at(r, i)->next)
			if (meets_one(r, &r->groups[b], stay_at(r, i)))
				return true;
	return false;
}

/* Somebody comes or goes; who comes at the instant at which another goes was there. */
struct turn {
	int64_t at;
	int by;
};

static int
turn_order(const void *left, const void *right)
{
	const struct turn *a = left, *b = right;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->by < b->by) - (a->by > b->by);
}

unsigned
most_at_once(struct linking *l, const struct clue_run *run)
{
	const struct clue *c = &l->clues[run->start];
	size_t n = 0;
	unsigned most = 0;
	int now = 0;

	for (uint32_t i = 0; i < run->n; i++)
		n += in_use(l, c[i].group)->n_spans;
	struct turn *turns = must_alloc(2 * n, sizeof *turns);
	n = 0;
	for (uint32_t i = 0; i < run->n; i++) {
		const struct linked *g = &l->groups[c[i].group];
		for (size_t s = 0; s < g->n_spans && !g->is_shared; s++) {
			turns[n++] = (struct turn){ g->spans[s].first, 1 };
			turns[n++] = (struct turn){ g->spans[s].last, -1 };
		}
	}
	if (n > 1)
		qsort(turns, n, sizeof *turns, turn_order);
	for (size_t i = 0; i < n; i++) {
		now += turns[i].by;
		most = now > (int)most ? (unsigned)now : most;
	}
	free(turns);
	return most;
}

bool
runs_meet(const struct linking *l, uint32_t a, uint32_t b)
{
	const struct clue_run *x = &l->runs[a], *y = &l->runs[b];

	return x->first <= y->last && y->first <= x->last;
}
