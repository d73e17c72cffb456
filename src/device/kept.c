/* SPDX-License-Identifier: ISC */
/* What a register has learnt, for a store, and back. */
#include "device/kept.h"

#include <stdlib.h>

#include "device/register.h"

static struct kept_fact
fact_of(const struct register_ *r, const struct item *item)
{
	const struct value *v = value_at(r, item->value);
	struct kept_fact k = { .key = (enum fact_key)v->key,
		.value = { v->s, v->len },
		.last = item->last,
		.count = item->count,
		.decoder = item->decoder,
		.is_source = item->is_source };

	item_sighting(r, item, &k.where);
	return k;
}

/* Each value once: the first that said it, with the counts of all. */
static void
facts(const struct register_ *r, const struct endpoint *e, uint32_t **list,
    size_t *room, const struct kept_sink *to)
{
	size_t n = 0;

	if (*room < e->n_items) {
		*room = e->n_items * 2;
		*list = must_grow(*list, *room, sizeof **list);
	}
	for (uint32_t i = e->items; i != NOBODY; i = item_at(r, i)->next)
		(*list)[n++] = i;
	if (n > 1)
		qsort_r(*list, n, sizeof **list, item_order, r->self);
	for (size_t i = 0, end; i < n; i = end) {
		const struct item *first = item_at(r, (*list)[i]);
		struct kept_fact k = fact_of(r, first);
		for (end = i + 1; end < n; end++) {
			const struct item *more = item_at(r, (*list)[end]);
			if (!items_fold_into(r, first, more))
				break;
			k.count = more->count < UINT32_MAX - k.count
			    ? k.count + more->count
			    : UINT32_MAX;
			k.last = more->last > k.last ? more->last : k.last;
		}
		to->fact(to->state, &k);
	}
}

void
register_keep(const struct register_ *r, const struct kept_sink *to)
{
	uint32_t *list = NULL;
	size_t room = 0;

	for (size_t i = 0; i < r->endpoints.n; i++) {
		const struct endpoint *e = endpoint_at(r, (uint32_t)i);
		struct kept_endpoint k = { e->mac, e->ip, e->ttl, e->bound, e->client,
			e->first, e->last };
		to->endpoint(to->state, &k);
		facts(r, e, &list, &room, to);
		for (uint32_t s = e->stays; s != NOBODY; s = stay_at(r, s)->next) {
			const struct stayed *at = stay_at(r, s);
			struct kept_stay stay = { at->first, at->last, at->vlan };
			to->stay(to->state, &stay);
		}
	}
	free(list);
}

void
register_endpoints(const struct device *d,
    void (*take)(void *state, const struct addr *mac, const struct addr *ip),
    void *state)
{
	const struct group *g = d->group;

	for (uint32_t i = 0; i < g->n; i++) {
		const struct endpoint *e = endpoint_at(d->of,
		    d->of->members[g->start + i]);
		take(state, &e->mac, &e->ip);
	}
}

uint32_t
register_recall(struct register_ *r, const struct kept_endpoint *k, int64_t as_of)
{
	int64_t until = as_of == TIME_NONE ? INT64_MAX : as_of;

	if (k->first > until)
		return NOBODY;
	uint32_t i = endpoint_number(r, k->mac, k->ip, k->first);
	if (i == NOBODY)
		return NOBODY;
	struct endpoint *e = endpoint_at(r, i);
	if (k->last <= until)
		endpoint_widen(e, k->last); /* else by what is known of it by then */
	e->ttl = ttl_more(e->ttl, k->ttl);
	e->bound |= k->bound;
	e->client |= k->client;
	if (e->last > r->last_time)
		r->last_time = e->last;
	return i;
}

uint32_t
register_recall_value(struct register_ *r, enum fact_key key, struct text value)
{
	return value_number(r, key, value);
}

static bool
is_sight_of(const struct register_ *r, const struct sight *at, const struct sighting *s,
    bool source)
{
	if (at->time != s->time || at->frame != s->frame || at->capture != s->capture ||
	    at->vlan != s->vlan || at->src_port != s->src_port ||
	    at->dst_port != s->dst_port || at->proto != s->proto || at->ttl != s->ttl)
		return false;
	if (at->peer == NOBODY)
		return true;
	const struct endpoint *peer = endpoint_at(r, at->peer);
	return addr_equal(peer->mac, source ? s->dst_mac : s->src_mac) &&
	    addr_equal(peer->ip, source ? s->dst_ip : s->src_ip);
}

/*
 * A store has the facts of an address by value, not frame by frame: what one frame said
 * is to stand on one sight again.
 */
static void
sight_again(struct register_ *r, const struct endpoint *e, const struct kept_fact *k)
{
	enum { MOST = 16 };
	uint32_t i = e->items;

	for (unsigned n = 0; i != NOBODY && n < MOST; n++, i = item_at(r, i)->next) {
		const struct item *item = item_at(r, i);
		if (item->is_source != k->is_source ||
		    !is_sight_of(r, sight_at(r, item->sight), &k->where, k->is_source))
			continue;
		r->sight = item->sight;
		r->seen = k->where;
		r->seen_source = k->is_source;
		return;
	}
}

void
register_recall_fact(struct register_ *r, uint32_t endpoint, uint32_t value,
    const struct kept_fact *k, int64_t as_of)
{
	struct fact f = { k->key, k->value, { .kind = ADDR_NONE }, k->decoder,
		&k->where };

	if (endpoint == NOBODY || value == NOBODY ||
	    (as_of != TIME_NONE && k->where.time > as_of))
		return;
	/* Of a day that had not ended by then, what was said first is known. */
	int64_t last = as_of != TIME_NONE && k->last > as_of ? k->where.time : k->last;
	endpoint_widen(endpoint_at(r, endpoint), last);
	sight_again(r, endpoint_at(r, endpoint), k);
	item_learn(r, endpoint, value, &f, k->is_source, last, k->count);
}

void
register_recall_stay(struct register_ *r, uint32_t endpoint, const struct kept_stay *k,
    int64_t as_of)
{
	struct presence p = { .vlan = k->vlan, .first = k->first, .last = k->last };

	if (as_of != TIME_NONE && p.last > as_of)
		p.last = as_of;
	if (endpoint == NOBODY || p.first > p.last)
		return;
	endpoint_widen(endpoint_at(r, endpoint), p.last);
	stay_learn(r, endpoint_at(r, endpoint), &p);
}

void
register_recall_last(struct register_ *r, int64_t last, int64_t as_of)
{
	if (last > r->last_time && (as_of == TIME_NONE || last <= as_of))
		r->last_time = last;
}

void
register_by_day(struct register_ *r)
{
	r->by_day = true;
}
