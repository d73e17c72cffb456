/* SPDX-License-Identifier: ISC */
/*
 * An OS is upgraded: the version that was heard last counts, and what a device was
 * before is kept as its history. A later claim of one family replaces an earlier one
 * that it excludes, when it is at least as strong and the earlier one was not heard
 * again; so two apps that speak of different versions side by side replace nothing.
 *
 * Another OS is installed, or an interface goes to another machine: what excludes the
 * new one and was never heard again since it came speaks no more of what is there now.
 * What comes back is no such change but two systems by turns, or several things.
 */
#include <string.h>

#include "base/time.h"
#include "device/belief.h"

static bool
share_os(const struct claim *a, const struct claim *b)
{
	if (a->n_given == 0 || b->n_given == 0)
		return true;
	for (size_t i = 0; i < a->n_given; i++)
		if (values_have(b->given, b->n_given, a->given[i]))
			return true;
	return false;
}

static bool
is_below(const char *max, const char *min)
{
	struct version a, b;

	return max != NULL && min != NULL && version_parse(text_of(max), &a) &&
	    version_parse(text_of(min), &b) && version_order(&a, &b) < 0;
}

static bool
replaces(const struct heard *later, const struct heard *h, const struct claim *old)
{
	if (later->first <= h->last || strcmp(later->row->family, h->row->family) != 0)
		return false;
	for (size_t c = 0; c < later->row->n_claims; c++) {
		const struct claim *new = &later->row->claims[c];
		if (new->attribute == ATTR_VERSION &&new->weight >= old->weight &&
		    share_os(new, old) &&
		    (is_below(old->max, new->min) || is_below(new->max, old->min)))
			return true;
	}
	return false;
}

/* As strongly as when they were heard. */
static bool
exclude(const struct heard *x, const struct heard *y)
{
	struct heard a = { .row = x->row }, b = { .row = y->row };

	return x->is_forwarded == y->is_forwarded && tells_siblings(&a) &&
	    tells_siblings(&b) && rows_exclude(&a, &b);
}

/*
 * The later one began when the other had ended, at least a day before: what is nearer
 * may be two things at a time (several.c), unless one is heard for a week without the
 * other. Both times are assumed.
 */
static bool
succeeds(const struct heard *later, const struct heard *h)
{
	return later->first > h->last &&
	    (later->first - h->last > DAY || later->last - h->last > 7 * DAY);
}

/* Whether a change began with this one: nothing that it excludes went on beside it. */
static bool
is_change(const struct heard *list, size_t n, const struct heard *l)
{
	bool changed = false;

	for (size_t i = 0; i < n; i++) {
		const struct heard *h = &list[i];
		if ((h->first > l->last || h->last < l->first) && !succeeds(l, h))
			continue;
		if (!exclude(l, h))
			continue;
		if (!succeeds(l, h))
			return false;
		changed |= strcmp(h->row->family, l->row->family) == 0;
	}
	return changed;
}

static void
leave_behind(struct heard *list, size_t n)
{
	for (size_t l = 0; l < n; l++) {
		if (list[l].key == FACT_NONE || !is_change(list, n, &list[l]))
			continue;
		for (size_t i = 0; i < n; i++)
			if (list[i].key != FACT_NONE && succeeds(&list[l], &list[i]) &&
			    exclude(&list[l], &list[i]))
				list[i].is_past = true;
	}
}

/* A change takes a day. */
static bool
may_change(const struct heard *list, size_t n)
{
	int64_t first = INT64_MAX, last = INT64_MIN;

	for (size_t i = 0; i < n; i++) {
		if (list[i].key == FACT_NONE)
			continue;
		first = list[i].last < first ? list[i].last : first;
		last = list[i].last > last ? list[i].last : last;
	}
	return n > 1 && first < last && last / 2 - first / 2 > DAY / 2;
}

void
heard_supersede(struct heard *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < list[i].row->n_claims && c < 8; c++) {
			const struct claim *claim = &list[i].row->claims[c];
			if (claim->attribute != ATTR_VERSION || claim->weight <= 0)
				continue;
			for (size_t j = 0; j < n; j++)
				if (replaces(&list[j], &list[i], claim))
					list[i].old |= (uint8_t)(1u << c);
		}
	if (may_change(list, n))
		leave_behind(list, n);
}

static bool
is_same(const struct past *p, const struct claim *c)
{
	return text_order(p->min, c->min) == 0 && text_order(p->max, c->max) == 0;
}

/* Into its place by time; of equals only the latest stays. */
static size_t
keep(struct past *out, size_t n, size_t room, const struct claim *c, int64_t last)
{
	struct past one = { c->min, c->max, last };

	for (size_t i = 0; i < n; i++)
		if (is_same(&out[i], c)) {
			if (last <= out[i].last)
				return n;
			memmove(&out[i], &out[i + 1], (--n - i) * sizeof *out);
		}
	size_t at = 0;
	while (at < n && out[at].last > last)
		at++;
	if (at == room)
		return n;
	n -= n == room;
	memmove(&out[at + 1], &out[at], (n - at) * sizeof *out);
	out[at] = one;
	return n + 1;
}

size_t
heard_past(const struct heard *list, size_t n, struct text os, struct past *out,
    size_t room)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < list[i].row->n_claims && c < 8; c++)
			if ((list[i].old >> c & 1) != 0 &&
			    version_fits(list[i].row, &list[i].row->claims[c], os))
				found = keep(out, found, room, &list[i].row->claims[c],
				    list[i].last);
	return found;
}
