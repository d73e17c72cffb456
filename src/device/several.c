/* SPDX-License-Identifier: ISC */
/*
 * Several things behind one address: a hotspot, address translation, a bridge, the
 * host of virtual machines. They are found by what cannot be true of one thing at one
 * time: frames of the address that came a hop further than its own (RFC 791, TTL),
 * and, inside one family within a day, rows that exclude each other (the SYNs of two
 * systems, the User-Agents of two). Each part then holds what may be true of its
 * thing, of whatever family (what asked for a lease as Windows is not what browsed as
 * Linux), and has a belief of its own; nothing is averaged.
 */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "device/belief.h"

static const double strong = 2.995732; /* ln 20 */

struct sides {
	const struct heard *by[PARTS_MAX];
	size_t n;
};

/* Rows that clash with each other, each with all before it: none, or at least two. */
static void
sides_find(const struct heard *list, size_t n, struct sides *s)
{
	for (size_t i = 0; i < n && s->n < PARTS_MAX; i++) {
		bool apart = s->n > 0;
		if (!tells_siblings(&list[i]))
			continue;
		for (size_t k = 0; k < s->n; k++)
			apart &= rows_clash(&list[i], s->by[k]);
		for (size_t j = i + 1; j < n && s->n == 0; j++)
			if (rows_clash(&list[i], &list[j])) {
				s->by[s->n++] = &list[i];
				break;
			}
		if (apart)
			s->by[s->n++] = &list[i];
	}
}

static struct part
part_of(const struct heard *list, size_t n, const struct heard *by, bool forwarded,
    bool both)
{
	struct part p = { must_alloc(n, sizeof *p.list), 0, by, forwarded };

	for (size_t i = 0; i < n; i++)
		if ((!both || list[i].is_forwarded == forwarded) &&
		    (by == NULL || !rows_oppose(&list[i], by)))
			p.list[p.n++] = list[i];
	return p;
}

/* Those that came by this hop, one or several among themselves. */
static size_t
parts_of_hop(const struct heard *list, size_t n, bool forwarded, bool both,
    struct part *parts, size_t room)
{
	struct part all = part_of(list, n, NULL, forwarded, both);
	struct sides sides = { .n = 0 };

	sides_find(all.list, all.n, &sides);
	if (sides.n < 2) {
		parts[0] = all;
		return 1;
	}
	size_t found = 0;
	for (size_t i = 0; i < sides.n && found < room; i++) {
		parts[found] = part_of(all.list, all.n, sides.by[i], forwarded, false);
		/* `by` must live as long as the list that it points into. */
		for (size_t k = 0; k < n; k++)
			if (list[k].row == sides.by[i]->row)
				parts[found].by = &list[k];
		found++;
	}
	free(all.list);
	return found;
}

static bool
is_looked_up(const struct heard *h)
{
	return strcmp(h->row->family, "names") == 0;
}

static bool
are_of_two_systems(const struct heard *x, const struct heard *y)
{
	const struct claim *a = row_claim(x->row, ATTR_OS),
	                   *b = row_claim(y->row, ATTR_OS);

	return a != NULL && b != NULL && a->weight >= strong && b->weight >= strong &&
	    !claims_share(a, b) && heard_within_a_day(x, y);
}

/*
 * Who looks up what one system alone asks for, and within a day what another alone
 * asks for, does so for many (a resolver, a gateway): what it is itself they do not
 * tell.
 */
size_t
heard_drop_names_of_many(struct heard *list, size_t n)
{
	bool many = false;
	size_t kept = 0;

	for (size_t i = 0; i < n && !many; i++)
		for (size_t j = i + 1; j < n && !many && is_looked_up(&list[i]); j++)
			many = is_looked_up(&list[j]) &&
			    are_of_two_systems(&list[i], &list[j]);
	if (!many)
		return n;
	for (size_t i = 0; i < n; i++)
		if (!is_looked_up(&list[i]))
			list[kept++] = list[i];
	return kept;
}

size_t
heard_parts(const struct heard *list, size_t n, struct part parts[PARTS_MAX])
{
	bool forwarded = false;

	for (size_t i = 0; i < n; i++)
		forwarded |= list[i].is_forwarded;
	if (!forwarded) {
		struct sides sides = { .n = 0 };
		sides_find(list, n, &sides);
		if (sides.n < 2)
			return 0;
		return parts_of_hop(list, n, false, false, parts, PARTS_MAX);
	}
	size_t found = parts_of_hop(list, n, false, true, parts, PARTS_MAX - 1);
	return found +
	    parts_of_hop(list, n, true, true, parts + found, PARTS_MAX - found);
}

void
parts_free(struct part *parts, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(parts[i].list);
}

/* The strongest that was said of it alone, when no clash tells it from the others. */
static const struct heard *
spokesman(const struct part *p)
{
	const struct heard *best = NULL;
	double most = 0;

	for (size_t i = 0; i < p->n; i++)
		for (size_t c = 0; c < p->list[i].row->n_claims; c++) {
			const struct heard *h = &p->list[i];
			double w = claim_weight(&h->row->claims[c], h->age);
			if (h->key != FACT_NONE && h->is_forwarded == p->is_forwarded &&
			    w > most) {
				best = h;
				most = w;
			}
		}
	return best;
}

void
part_member(const struct part *p, const struct belief *b, struct member *m)
{
	const struct heard *by = p->by != NULL ? p->by : spokesman(p);

	*m = (struct member){ .belief = *b, .first = TIME_NONE, .last = TIME_NONE };
	if (by != NULL && by->key != FACT_NONE) {
		m->key = by->key;
		m->value = by->value;
		m->first = by->first;
		m->last = by->last;
	}
	m->words = p->is_forwarded
	    ? "Its frames came a hop further than those of the address itself."
	    : p->by != NULL ? "It says what excludes the others, within a day of them."
	                    : "It is what speaks at the address itself.";
}

struct member
member_named(const struct belief *b, const struct label *l)
{
	return (struct member){ .belief = *b,
		.key = l->key,
		.value = l->value,
		.first = l->first,
		.last = l->last,
		.words = "It asked for its lease by this name while another did by "
		         "another." };
}

static const struct marginal *
marginal_of(const struct belief *b, unsigned i)
{
	const struct marginal *const all[] = { &b->vendor, &b->os, &b->kind, &b->model,
		&b->version };

	return all[i];
}

/* Decided where each decides the same, and as surely as the least sure of them. */
static struct marginal
agreed(const struct member *m, size_t n, unsigned attribute)
{
	struct marginal all = *marginal_of(&m[0].belief, attribute);

	for (size_t i = 0; i < n; i++) {
		const struct marginal *one = marginal_of(&m[i].belief, attribute);
		if (one->value.len == 0 || !text_equal_word(one->value, all.value))
			return (struct marginal){ .p = 0 };
		all.p = one->p < all.p ? one->p : all.p;
	}
	all.leading_p = all.p;
	return all;
}

void
members_join(const struct member *m, size_t n, struct belief *whole)
{
	bool conflict = false;

	for (size_t i = 0; i < n; i++)
		conflict |= m[i].belief.conflict;
	*whole = (struct belief){ .several = true,
		.members = m,
		.n_members = n,
		.vendor = agreed(m, n, 0),
		.os = agreed(m, n, 1),
		.kind = agreed(m, n, 2),
		.model = agreed(m, n, 3),
		.version = agreed(m, n, 4),
		.conflict = conflict };
	if (whole->version.value.len > 0)
		whole->range = m[0].belief.range;
}
