/* SPDX-License-Identifier: ISC */
/* All that a group said, of each value once. */
#include <stdlib.h>
#include <string.h>

#include "device/register.h"

static int
saying_order(const void *left, const void *right)
{
	const struct saying *a = left, *b = right;

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->item > b->item) - (a->item < b->item);
}

static bool
in_order(const struct saying *s, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (s[i - 1].value >= s[i].value)
			return false;
	return true;
}

static uint64_t
frame_of(const struct register_ *r, const struct saying *s)
{
	return sight_at(r, item_at(r, s->item)->sight)->frame;
}

/* The same value of several endpoints becomes one, with the first's place. */
static size_t
fold(const struct register_ *r, struct saying *s, size_t n)
{
	size_t kept = 0;

	if (!in_order(s, n))
		qsort(s, n, sizeof *s, saying_order);
	for (size_t i = 0; i < n; i++) {
		struct saying *last = kept > 0 ? &s[kept - 1] : NULL;
		if (last == NULL || last->value != s[i].value) {
			s[kept++] = s[i];
			continue;
		}
		last->count = s[i].count < UINT32_MAX - last->count
		    ? last->count + s[i].count
		    : UINT32_MAX;
		if (s[i].last > last->last)
			last->last = s[i].last;
		if (s[i].first == last->first && frame_of(r, &s[i]) < frame_of(r, last))
			last->item = s[i].item;
	}
	return kept;
}

/*
 * What was said in the time: of a value is known when it was said first and last, by
 * anybody who had the address, and of all between nothing.
 */
static size_t
within(struct saying *s, size_t n, struct span_of_time own)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		bool first = s[i].first >= own.first && s[i].first < own.last;
		bool last = s[i].last >= own.first && s[i].last < own.last;
		if (!first && !last)
			continue;
		s[kept] = s[i];
		s[kept].count = first && last ? s[i].count : 1;
		if (!first)
			s[kept].first = s[i].last;
		if (!last)
			s[kept].last = s[i].first;
		kept++;
	}
	return kept;
}

struct saying *
group_sayings(const struct register_ *r, const struct group *g,
    struct saying few[FEW_SAYINGS], size_t *n)
{
	struct saying *all = few;
	size_t cap = FEW_SAYINGS;

	*n = 0;
	for (uint32_t m = 0; m < g->n; m++) {
		struct span_of_time own = window_of(r, g, m);
		size_t start = *n;
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->items;
		     i != NOBODY; i = item_at(r, i)->next) {
			const struct item *item = item_at(r, i);
			if (*n == cap) {
				cap *= 2;
				struct saying *more = must_alloc(cap, sizeof *more);
				memcpy(more, all, *n * sizeof *all);
				if (all != few)
					free(all);
				all = more;
			}
			all[(*n)++] = (struct saying){ sight_at(r, item->sight)->time,
				item->last, item->value, i, item->count };
		}
		if (own.first != TIME_NONE || own.last != INT64_MAX)
			*n = start +
			    within(all + start, fold(r, all + start, *n - start), own);
	}
	*n = fold(r, all, *n);
	return all;
}
