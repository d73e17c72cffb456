/* SPDX-License-Identifier: ISC */
/*
 * What tells two machines apart although something links them: identifiers of which
 * a machine has one, by turns. What an adapter or a dock says goes with the machine
 * that it hangs on; so an address that gave by turns what two others give, each its
 * own, is a device's of none of them.
 */
#include <string.h>

#include "device/link.h"

/* How far one looks for what two have in common. */
enum { GIVERS_MAX = 64 };

const struct clue *
same_clue(const struct linking *l, uint32_t group, uint32_t run)
{
	const struct linked *g = &l->groups[group];

	for (uint32_t i = 0; i < g->n_clues; i++)
		if (l->run_of[l->by_group[g->clues + i]] == run)
			return &l->clues[l->by_group[g->clues + i]];
	return NULL;
}

/* Of an identifier that a device announces, the key is written before it. */
static bool
is_same_key(const struct clue *c, const struct clue *d)
{
	if (c->kind != d->kind || c->key != d->key)
		return false;
	if (c->kind != CLUE_DEVICE_ID)
		return true;
	size_t n = text_find(c->text, '=', 0);
	return n == text_find(d->text, '=', 0) && n < c->text.len &&
	    memcmp(c->text.s, d->text.s, n) == 0;
}

enum apart
groups_differ(const struct linking *l, uint32_t a, uint32_t b, enum clue_kind kind)
{
	const struct linked *g = &l->groups[a], *h = &l->groups[b];
	enum apart found = NOT_APART;

	for (uint32_t i = 0; i < g->n_clues; i++) {
		uint32_t at = l->by_group[g->clues + i];
		if (l->clues[at].kind != kind)
			continue;
		if (same_clue(l, b, l->run_of[at]) != NULL)
			return NOT_APART;
		for (uint32_t j = 0; j < h->n_clues && found != BY_TURNS; j++) {
			uint32_t other = l->by_group[h->clues + j];
			if (is_same_key(&l->clues[at], &l->clues[other]))
				found = runs_meet(l, l->run_of[at], l->run_of[other])
				    ? BY_TURNS
				    : IN_SUCCESSION;
		}
	}
	return found;
}

bool
is_burned_in(const struct linking *l, uint32_t group)
{
	struct addr a = l->r->groups[group].address;

	return a.kind == ADDR_MAC && !addr_is_local_admin(a);
}

/* Decided to be what has an interface beside that of its radio. */
static bool
may_have_two(const struct linking *l, uint32_t group)
{
	static const char *const one[] = { "phone", "tablet", "watch" };
	struct text kind = register_device(l->r, group)->belief.kind.value;

	for (size_t i = 0; i < sizeof one / sizeof one[0]; i++)
		if (text_is(kind, one[i]))
			return false;
	return kind.len > 0;
}

bool
are_interfaces(struct linking *l, const struct clue *c, const struct clue *d)
{
	return c->is_defended && d->is_defended &&
	    (is_burned_in(l, c->group) || is_burned_in(l, d->group)) &&
	    (may_have_two(l, c->group) || may_have_two(l, d->group)) &&
	    groups_meet(l, c->group, d->group);
}

/* The address of the interface that a DUID was made at (RFC 8415, 11.2 and 11.4). */
static bool
duid_address(struct text hex, struct addr *a)
{
	bool with_time = hex.len == 28 && memcmp(hex.s, "0001", 4) == 0;
	bool without = hex.len == 20 && memcmp(hex.s, "0003", 4) == 0;

	*a = (struct addr){ .kind = ADDR_MAC };
	if (!with_time && !without)
		return false;
	for (size_t i = 0; i < 6; i++) {
		const char *byte = hex.s + hex.len - 12 + 2 * i;
		a->b[i] = (uint8_t)(hex_value(byte[0]) << 4 | hex_value(byte[1]));
	}
	return !addr_is_local_admin(*a) && !addr_is_multicast(*a);
}

bool
duid_is_of_another(const struct linking *l, uint32_t run)
{
	const struct clue *c = &l->clues[l->runs[run].start];
	struct addr made_at;

	if (c->kind != CLUE_DUID || !duid_address(c->text, &made_at))
		return false;
	for (uint32_t i = 0; i < l->runs[run].n; i++) {
		struct addr a = l->r->groups[c[i].group].address;
		if (!is_burned_in(l, c[i].group) || addr_equal(a, made_at))
			return false;
	}
	return true;
}

bool
are_two_machines(struct linking *l, uint32_t a, uint32_t b)
{
	static const enum clue_kind one_of_each[] = { CLUE_DUID, CLUE_DEVICE_ID,
		CLUE_MACHINE };

	for (size_t i = 0; i < sizeof one_of_each / sizeof one_of_each[0]; i++)
		if (groups_differ(l, a, b, one_of_each[i]) == BY_TURNS)
			return true;
	if (groups_differ(l, a, b, CLUE_NAME) != NOT_APART && groups_overlap(l, a, b))
		return true;
	return are_different_things(l, a, b);
}

/* One who gave the clue, and who is not the group itself. */
static uint32_t
another(const struct linking *l, const struct clue_run *run, uint32_t group)
{
	const struct clue *c = &l->clues[run->start];

	return c[0].group != group ? c[0].group : c[1].group;
}

/*
 * Whether others gave the one and others the other, and nobody but the group both: then
 * it goes to and fro between two machines, if nothing else may be the reason that the
 * two clues are not the same.
 */
static bool
part_the_others(struct linking *l, uint32_t group, uint32_t a, uint32_t b)
{
	const struct clue_run *x = &l->runs[a], *y = &l->runs[b];

	if (x->n < 2 || y->n < 2 || x->n > GIVERS_MAX || !runs_meet(l, a, b))
		return false;
	for (uint32_t i = 0; i < x->n; i++) {
		uint32_t other = l->clues[x->start + i].group;
		if (other != group && same_clue(l, other, b) != NULL)
			return false;
	}
	return is_same_key(&l->clues[x->start], &l->clues[y->start]) ||
	    are_different_things(l, another(l, x, group), another(l, y, group));
}

static bool
is_ones_own(const struct clue *c)
{
	return c->kind <= CLUE_NAME && c->kind != CLUE_ADDRESS;
}

static bool
goes_round(struct linking *l, uint32_t group)
{
	const struct linked *g = &l->groups[group];

	for (uint32_t i = 0; i < g->n_clues; i++) {
		uint32_t x = l->by_group[g->clues + i];
		if (!is_ones_own(&l->clues[x]))
			continue;
		for (uint32_t j = i + 1; j < g->n_clues; j++) {
			uint32_t y = l->by_group[g->clues + j];
			if (is_ones_own(&l->clues[y]) &&
			    part_the_others(l, group, l->run_of[x], l->run_of[y]))
				return true;
		}
	}
	return false;
}

void
shared_find(struct linking *l)
{
	for (uint32_t g = 0; g < l->r->n_groups; g++)
		if (l->groups[g].n_clues > 1)
			l->groups[g].is_shared = goes_round(l, g);
}
