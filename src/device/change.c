/* SPDX-License-Identifier: ISC */
/*
 * An IP address without a link-layer address of its own, behind a router, goes from
 * device to device as leases do. What contradicts what was said before, and only
 * begins when that has ended, is the next one's: it starts anew; and so does what
 * another leased when the one before did so no more. What goes to and fro is no change
 * but several devices behind one address (several.c).
 */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "device/register.h"

enum { SAYINGS_MAX = 256, PERIODS_MAX = 64 };

struct remark {
	const struct value *value;
	int64_t first, last;
};

static int
saying_order(const void *left, const void *right)
{
	const struct remark *a = left, *b = right;
	size_t n = a->value->len < b->value->len ? a->value->len : b->value->len;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last < b->last ? -1 : 1;
	if (a->value->key != b->value->key)
		return a->value->key < b->value->key ? -1 : 1;
	int order = memcmp(a->value->s, b->value->s, n);
	return order != 0
	    ? order
	    : (a->value->len > b->value->len) - (a->value->len < b->value->len);
}

static bool
is_name(const struct value *v)
{
	enum fact_keep keep = fact_keep((enum fact_key)v->key);

	return (keep == KEEP_NAME || keep == KEEP_ID) && !v->is_default;
}

static bool
contradict(const struct remark *a, const struct remark *b)
{
	if (a->value->key == b->value->key && is_name(a->value) && is_name(b->value))
		return a->value != b->value;
	for (size_t i = 0; i < a->value->n_rows; i++)
		for (size_t j = 0; j < b->value->n_rows; j++) {
			struct heard x = { .row = a->value->rows[i] };
			struct heard y = { .row = b->value->rows[j] };
			if (strcmp(x.row->family, y.row->family) == 0 &&
			    tells_siblings(&x) && rows_exclude(&x, &y))
				return true;
		}
	return false;
}

/* One value may have several items: they are put together. */
static size_t
note(struct remark *out, size_t n, const struct value *v, int64_t first, int64_t last)
{
	for (size_t i = 0; i < n; i++) {
		if (out[i].value != v)
			continue;
		out[i].first = first < out[i].first ? first : out[i].first;
		out[i].last = last > out[i].last ? last : out[i].last;
		return n;
	}
	if (n == SAYINGS_MAX)
		return n;
	out[n] = (struct remark){ v, first, last };
	return n + 1;
}

static size_t
sayings_of(const struct register_ *r, const struct group *g,
    struct remark out[SAYINGS_MAX])
{
	size_t n = 0;

	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->items;
		     i != NOBODY; i = item_at(r, i)->next) {
			const struct item *item = item_at(r, i);
			const struct value *v = value_at(r, item->value);
			if (v->n_rows > 0 || is_name(v))
				n = note(out, n, v, sight_at(r, item->sight)->time,
				    item->last);
		}
	if (n > 1)
		qsort(out, n, sizeof *out, saying_order);
	return n;
}

static int
lease_order(const void *left, const void *right, void *state)
{
	const struct endpoint *a = endpoint_at(state, *(const uint32_t *)left);
	const struct endpoint *b = endpoint_at(state, *(const uint32_t *)right);

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->last > b->last) - (a->last < b->last);
}

/* When each lessee after the first came, if those before it had gone. */
static size_t
lessees(struct register_ *r, uint32_t *by, size_t n, int64_t begins[PERIODS_MAX])
{
	int64_t last = INT64_MAX;
	size_t found = 0;

	if (n > 1)
		qsort_r(by, n, sizeof *by, lease_order, r);
	for (size_t i = 0; i < n && found < PERIODS_MAX; i++) {
		const struct endpoint *e = endpoint_at(r, by[i]);
		if (e->first > last)
			begins[found++] = e->first;
		last = i == 0 || e->last > last ? e->last : last;
	}
	return found;
}

/* Where each period after the first begins. */
static size_t
periods(const struct remark *s, size_t n, const int64_t *leases, size_t n_leases,
    int64_t begins[PERIODS_MAX])
{
	size_t found = 0, start = 0, lease = 0;

	for (size_t i = 0; i < n && found < PERIODS_MAX; i++) {
		bool changed = false, still = false;
		for (; lease < n_leases && leases[lease] <= s[i].first &&
		     found < PERIODS_MAX;
		     start = i)
			begins[found++] = leases[lease++];
		for (size_t j = start; j < i; j++) {
			bool against = contradict(&s[i], &s[j]);
			changed |= against && s[j].last < s[i].first;
			still |= against && s[j].last >= s[i].first;
		}
		if (changed && !still && found < PERIODS_MAX) {
			begins[found++] = s[i].first;
			start = i;
		}
	}
	while (lease < n_leases && found < PERIODS_MAX)
		begins[found++] = leases[lease++];
	return found;
}

static void
widen_by(struct group *g, int64_t first, int64_t last)
{
	if (first >= g->until || last < g->from)
		return;
	first = first > g->from ? first : g->from;
	last = last < g->until ? last : g->until - 1;
	g->first = first < g->first ? first : g->first;
	g->last = last > g->last ? last : g->last;
}

/* When the address was in use within the period. */
static void
measure(const struct register_ *r, struct group *g)
{
	struct saying few[FEW_SAYINGS], *said;
	size_t n;

	g->first = INT64_MAX;
	g->last = INT64_MIN;
	said = group_sayings(r, g, few, &n);
	for (size_t i = 0; i < n; i++)
		widen_by(g, said[i].first, said[i].last);
	if (said != few)
		free(said);
	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->stays;
		     i != NOBODY; i = stay_at(r, i)->next)
			widen_by(g, stay_at(r, i)->first, stay_at(r, i)->last);
}

void
group_part(struct register_ *r, uint32_t *leased_by, size_t n_leases)
{
	struct remark sayings[SAYINGS_MAX];
	int64_t begins[PERIODS_MAX], leases[PERIODS_MAX];
	struct group whole = r->groups[r->n_groups - 1];
	size_t n = sayings_of(r, &whole, sayings);
	size_t n_lessees = lessees(r, leased_by, n_leases, leases);
	size_t more = n > 1 || n_lessees > 0
	    ? periods(sayings, n, leases, n_lessees, begins)
	    : 0;

	if (more == 0)
		return;
	groups_reserve(r, more);
	r->n_groups--;
	for (size_t i = 0; i <= more; i++) {
		struct group *g = &r->groups[r->n_groups];
		*g = whole;
		g->from = i == 0 ? TIME_NONE : begins[i - 1];
		g->until = i == more ? INT64_MAX : begins[i];
		measure(r, g);
		/* Who leased it may not have been heard. */
		r->n_groups += g->first <= g->last;
	}
}
