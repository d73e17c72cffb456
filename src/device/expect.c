/* SPDX-License-Identifier: ISC */
/*
 * In a large network what the register knows of an address is not in the processor's
 * caches, and a fact would wait for memory three times in turn. Facts come in batches:
 * what all of one will touch is fetched at once, first the places in the tables, then
 * what stands in them.
 */
#include "device/pair.h"

static void
fetch(const void *thing, size_t size)
{
	for (size_t i = 0; i < size; i += 64)
		__builtin_prefetch((const char *)thing + i);
}

static void
fetch_endpoint(const struct register_ *r, uint64_t hash)
{
	size_t at;
	uint32_t i = slots_first(&r->endpoint_slots, hash, &at);

	if (i != SLOT_NONE)
		fetch(endpoint_at(r, i), sizeof(struct endpoint));
}

static bool
is_learnt(enum fact_key key)
{
	enum fact_keep keep = fact_keep(key);

	return keep != KEEP_BIND && keep != KEEP_SHOW;
}

void
register_expect(const struct register_ *r, const struct fact *facts, size_t n)
{
	uint64_t who[REGISTER_EXPECT], what[REGISTER_EXPECT];
	const struct fact *last = NULL; /* the facts of a frame come together */

	n = n < REGISTER_EXPECT ? n : REGISTER_EXPECT;
	for (size_t i = 0; i < n; i++) {
		const struct fact *f = &facts[i];
		if (!is_learnt(f->key))
			continue;
		what[i] = value_hash(r, f->key, f->value);
		slots_expect(&r->value_slots, what[i]);
		who[i] = 0;
		if (last != NULL && last->seen == f->seen &&
		    addr_equal(last->subject, f->subject))
			continue;
		bool source;
		struct pair p = pair_of_fact(f, &source);
		p = pair_of(p.mac, p.ip);
		who[i] = pair_hash(r, &p.mac, &p.ip);
		slots_expect(&r->endpoint_slots, who[i]);
		last = f;
	}
	for (size_t i = 0; i < n; i++) {
		size_t at;
		if (!is_learnt(facts[i].key))
			continue;
		if (who[i] != 0)
			fetch_endpoint(r, who[i]);
		uint32_t value = slots_first(&r->value_slots, what[i], &at);
		if (value != SLOT_NONE)
			fetch(value_at(r, value), sizeof(struct value));
	}
}

void
register_expect_presences(const struct register_ *r, const struct presence *p, size_t n)
{
	uint64_t who[REGISTER_EXPECT];

	n = n < REGISTER_EXPECT ? n : REGISTER_EXPECT;
	for (size_t i = 0; i < n; i++) {
		struct pair pair = pair_of(p[i].mac, p[i].ip);
		who[i] = pair_hash(r, &pair.mac, &pair.ip);
		slots_expect(&r->endpoint_slots, who[i]);
	}
	for (size_t i = 0; i < n; i++)
		fetch_endpoint(r, who[i]);
}

/* How many groups ahead: its endpoints, their newest items, and what these name. */
enum { AHEAD_ENDPOINTS = 12, AHEAD_ITEMS = 8, AHEAD_VALUES = 4 };

static void
fetch_items(const struct register_ *r, const struct group *g)
{
	for (uint32_t m = 0; m < g->n; m++) {
		uint32_t i = endpoint_at(r, r->members[g->start + m])->items;
		if (i != NOBODY)
			__builtin_prefetch(item_at(r, i));
	}
}

static void
fetch_values(const struct register_ *r, const struct group *g)
{
	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->items;
		     i != NOBODY; i = item_at(r, i)->next) {
			__builtin_prefetch(value_at(r, item_at(r, i)->value));
			__builtin_prefetch(sight_at(r, item_at(r, i)->sight));
		}
}

void
groups_expect(const struct register_ *r, size_t g)
{
	const struct group *all = r->groups;

	if (g + AHEAD_ENDPOINTS >= r->n_groups)
		return;
	const struct group *far = &all[g + AHEAD_ENDPOINTS];
	for (uint32_t m = 0; m < far->n; m++)
		fetch(endpoint_at(r, r->members[far->start + m]),
		    sizeof(struct endpoint));
	fetch_items(r, &all[g + AHEAD_ITEMS]);
	fetch_values(r, &all[g + AHEAD_VALUES]);
}
