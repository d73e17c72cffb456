/* SPDX-License-Identifier: ISC */
/* What each piece of a device's evidence says, for and against. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "device/belief.h"

struct sayings {
	struct said *list;
	size_t n, cap;
};

static void
add(struct sayings *s, const struct evidence *e, size_t mac, const struct row *row,
    struct age age)
{
	for (size_t i = 0; i < row->n_claims; i++) {
		if (s->n == s->cap) {
			s->cap = s->cap > 0 ? s->cap * 2 : 32;
			s->list = must_grow(s->list, s->cap, sizeof *s->list);
		}
		s->list[s->n++] = (struct said){ e, mac, row, &row->claims[i],
			claim_weight(&row->claims[i], age), false, true };
	}
}

static int
said_order(const void *left, const void *right)
{
	const struct said *a = left, *b = right;
	double x = fabs(a->weight), y = fabs(b->weight);

	if (x != y)
		return x > y ? -1 : 1;
	if (a->claim->attribute != b->claim->attribute)
		return a->claim->attribute < b->claim->attribute ? -1 : 1;
	int order = strcmp(a->row->id, b->row->id);
	if (order != 0 || (a->evidence != NULL && a->evidence == b->evidence))
		return order;
	if (a->evidence == NULL && b->evidence == NULL)
		return (a->mac > b->mac) - (a->mac < b->mac);
	if (a->evidence == NULL || b->evidence == NULL)
		return a->evidence == NULL ? -1 : 1;
	if (a->evidence->first != b->evidence->first)
		return a->evidence->first < b->evidence->first ? -1 : 1;
	return a->evidence < b->evidence ? -1 : 1;
}

static bool
same_values(const struct claim *a, const struct claim *b)
{
	if (a->attribute != b->attribute || a->n != b->n)
		return false;
	if (a->attribute == ATTR_VERSION)
		return true; /* of one family, the strongest is asked */
	for (size_t i = 0; i < a->n; i++)
		if (!text_equal_word(a->values[i], b->values[i]))
			return false;
	return true;
}

/* What the belief leaves out, since another row stands for it or it is of another. */
static void
leave_out(struct sayings *s)
{
	struct heard *list = must_alloc(s->n + 1, sizeof *list);

	for (size_t i = 0; i < s->n; i++)
		list[i] = (struct heard){ .row = s->list[i].row,
			.first = s->list[i].evidence != NULL
			    ? s->list[i].evidence->first
			    : 0,
			.last = s->list[i].evidence != NULL ? s->list[i].evidence->last
			                                    : 0 };
	size_t n = heard_sort(list, s->n);
	for (size_t i = 0; i < s->n; i++) {
		size_t at = 0;
		while (at < n && list[at].row != s->list[i].row)
			at++;
		s->list[i].counted = at < n;
	}
	free(list);
}

/* In order of strength, so what says the same as one before does not count. */
static void
count(struct sayings *s)
{
	for (size_t i = 0; i < s->n; i++) {
		s->list[i].counted &= !s->list[i].is_past;
		for (size_t j = 0; j < i && s->list[i].counted; j++)
			if (s->list[j].counted &&
			    strcmp(s->list[i].row->family, s->list[j].row->family) ==
			        0 &&
			    same_values(s->list[i].claim, s->list[j].claim))
				s->list[i].counted = false;
	}
}

/* Of one thing, what was before a change; several at a time each have their own. */
static void
mark_past(struct sayings *s, const struct evidence *e, size_t n_e)
{
	size_t room = 0, n = 0;

	for (size_t i = 0; i < n_e; i++)
		room += e[i].n_rows;
	struct heard *list = must_alloc(room + 1, sizeof *list);
	for (size_t i = 0; i < n_e; i++)
		for (size_t r = 0; r < e[i].n_rows; r++)
			list[n++] = (struct heard){ .row = e[i].rows[r],
				.first = e[i].first,
				.last = e[i].last,
				.key = e[i].key,
				.value = e[i].value };
	n = heard_sort(list, n);
	heard_supersede(list, n);
	for (size_t i = 0; i < s->n; i++)
		for (size_t h = 0; h < n && !s->list[i].is_past; h++)
			s->list[i].is_past = s->list[i].evidence != NULL &&
			    list[h].is_past && list[h].row == s->list[i].row;
	free(list);
}

void
belief_explain(struct knowledge *k, const struct device *d, int64_t as_of,
    void (*tell)(void *, const struct said *), void *state)
{
	struct sayings s = { NULL, 0, 0 };
	const struct row *rows[MATCHES_MAX];

	for (size_t m = 0; m < d->n_macs; m++) {
		size_t of_mac = knowledge_match_mac(k, d->macs[m], rows);
		for (size_t i = 0; i < of_mac; i++)
			add(&s, NULL, m, rows[i], (struct age){ 0, 0 });
	}
	size_t n;
	const struct evidence *e = device_evidence(d, &n);
	for (size_t i = 0; i < n; i++)
		for (size_t r = 0; r < e[i].n_rows; r++)
			add(&s, &e[i], 0, e[i].rows[r],
			    heard_age(e[i].last, d->last_seen, as_of));
	if (s.n > 1)
		qsort(s.list, s.n, sizeof *s.list, said_order);
	leave_out(&s);
	if (!d->belief.several)
		mark_past(&s, e, n);
	count(&s);
	for (size_t i = 0; i < s.n; i++)
		tell(state, &s.list[i]);
	free(s.list);
}
