/* SPDX-License-Identifier: ISC */
/*
 * The register learns: which endpoint said what, and when it was there. A fact
 * that is known already costs three look-ups and changes two numbers.
 */
#include "device/register.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/digest.h"
#include "base/huge.h"
#include "base/time.h"
#include "device/hidden.h"
#include "device/pair.h"

enum { NOTHING = 64 * 1024 };

/* An endpoint's items are folded for the first time when there are so many of them. */
enum { ROOM = 5 };

/* So many are looked at for the one that was silent longest. */
enum { EVICT_OF = 32 };

/* Presence on either side of so short a silence is one stay. */
static const int64_t silence = 2 * HOUR;

struct register_ *
register_new(struct knowledge *k, size_t max_devices)
{
	struct register_ *r = must_alloc(1, sizeof *r);

	r->self = r;
	r->knowledge = k;
	r->sum = sha256_new();
	r->values.size = sizeof(struct value);
	r->endpoints.size = sizeof(struct endpoint);
	r->items.size = sizeof(struct item);
	r->sights.size = sizeof(struct sight);
	r->stays.size = sizeof(struct stayed);
	r->free_items = r->free_sights = r->free_stays = r->sight = NOBODY;
	/* A device has a few addresses: its MAC alone, with IPv4, with IPv6. */
	r->max_endpoints = max_devices > 0 ? max_devices * 4 : 16 * 1000 * 1000;
	r->nothing = must_alloc(NOTHING, sizeof *r->nothing);
	r->matched = must_alloc(ROWS_LATELY, sizeof *r->matched);
	r->last_time = r->as_of = TIME_NONE;
	if (getrandom(&r->seed, sizeof r->seed, GRND_NONBLOCK) != sizeof r->seed)
		r->seed = 0x5bd1e995;
	return r;
}

void
register_learnt(struct register_ *r)
{
	slots_free(&r->value_slots);
	slots_free(&r->endpoint_slots);
	free(r->nothing);
	free(r->matched);
	r->nothing = NULL;
	r->matched = NULL;
}

void
register_free(struct register_ *r)
{
	if (r == NULL)
		return;
	register_unsettle(r);
	pool_free(&r->values);
	pool_free(&r->endpoints);
	pool_free(&r->items);
	pool_free(&r->sights);
	pool_free(&r->stays);
	slots_free(&r->value_slots);
	slots_free(&r->endpoint_slots);
	free(r->nothing);
	free(r->matched);
	free(r->wanted);
	free(r->told_links);
	free(r->told);
	arena_free(&r->values_arena);
	sha256_free(r->sum);
	free(r);
}

void
register_want_host(struct register_ *r, struct text host)
{
	r->wanted = must_grow(r->wanted, r->n_wanted + 1, sizeof *r->wanted);
	r->wanted[r->n_wanted++] = arena_text(&r->values_arena, host);
	memset(r->nothing, 0, NOTHING * sizeof *r->nothing);
}

/* `.example.org` wants what is under it, and the domain itself. */
static bool
host_wanted(const struct register_ *r, struct text host)
{
	while (host.len > 0 && host.s[host.len - 1] == '.')
		host.len--;
	for (size_t i = 0; i < r->n_wanted; i++) {
		struct text want = r->wanted[i], end = host;
		bool under = want.len > 0 && want.s[0] == '.';
		if (under && host.len == want.len - 1)
			want = (struct text){ want.s + 1, want.len - 1 };
		if (under && host.len > want.len)
			end = (struct text){ host.s + host.len - want.len, want.len };
		if (text_equal_word(end, want))
			return true;
	}
	return false;
}

static bool
is_host(enum fact_key key)
{
	return key == FACT_TLS_SNI || key == FACT_HTTP_HOST || key == FACT_DNS_QUERY;
}

static const struct row *const *
rows_kept(struct register_ *r, const struct row *const *rows, size_t n)
{
	struct matched *m =
	    &r->matched[hash_bytes(rows, n * sizeof *rows, 0) % ROWS_LATELY];

	if (n == 0)
		return NULL;
	if (m->n != n || memcmp(m->rows, rows, n * sizeof *rows) != 0) {
		const struct row **copy = arena_take(&r->values_arena,
		    n * sizeof *copy);
		memcpy(copy, rows, n * sizeof *copy);
		*m = (struct matched){ copy, n };
	}
	return m->rows;
}

static uint32_t
value_new(struct register_ *r, enum fact_key key, struct text t, bool *kept)
{
	const struct row *rows[MATCHES_MAX];
	enum fact_keep keep = fact_keep(key);
	size_t n = keep == KEEP_USE ? 0 : knowledge_match(r->knowledge, key, t, rows);
	bool use = keep == KEEP_USE || (is_host(key) && host_wanted(r, t));

	*kept = n > 0 || use || keep == KEEP_NAME || keep == KEEP_ID;
	if (!*kept)
		return NOBODY;
	uint32_t i = pool_add(&r->values);
	struct value *v = value_at(r, i);
	*v = (struct value){ .s = arena_string(&r->values_arena, t),
		.rows = rows_kept(r, rows, n),
		.len = (uint32_t)t.len,
		.key = (uint16_t)key,
		.n_rows = (uint16_t)n,
		.hides = (uint8_t)rows_hide(rows, n),
		.use = use };
	for (size_t j = 0; j < n && keep == KEEP_NAME; j++)
		v->is_default |= rows[j]->is_default;
	return i;
}

/*
 * The number of a value, or NOBODY when no row matches it: of such a one only a
 * hash is remembered, for a while.
 */
uint32_t
value_number(struct register_ *r, enum fact_key key, struct text t)
{
	uint64_t hash = value_hash(r, key, t);
	bool kept;
	size_t at;

	for (uint32_t i = slots_first(&r->value_slots, hash, &at); i != SLOT_NONE;
	     i = slots_next(&r->value_slots, hash, &at)) {
		const struct value *v = value_at(r, i);
		if (v->key == key && v->len == t.len && memcmp(v->s, t.s, t.len) == 0)
			return i;
	}
	/* Of other facts every value is kept. */
	uint64_t *nothing = fact_keep(key) != KEEP_MATCH
	    ? NULL
	    : &r->nothing[hash >> 32 & (NOTHING - 1)];
	if (nothing != NULL && *nothing == hash)
		return NOBODY;
	uint32_t i = value_new(r, key, t, &kept);
	if (kept)
		slots_add(&r->value_slots, hash, i);
	else if (nothing != NULL)
		*nothing = hash;
	return i;
}

/* The number of a pair that is known, or NOBODY. */
static uint32_t
endpoint_find(const struct register_ *r, const struct addr *mac, const struct addr *ip,
    uint64_t hash)
{
	size_t at;

	for (uint32_t i = slots_first(&r->endpoint_slots, hash, &at); i != SLOT_NONE;
	     i = slots_next(&r->endpoint_slots, hash, &at)) {
		const struct endpoint *e = endpoint_at(r, i);
		if (addr_equal(e->mac, *mac) && addr_equal(e->ip, *ip))
			return i;
	}
	return NOBODY;
}

static void
sight_drop(struct register_ *r, uint32_t i)
{
	struct sight *s = sight_at(r, i);

	if (s->uses == UINT16_MAX || --s->uses > 0)
		return;
	s->peer = r->free_sights;
	r->free_sights = i;
	if (r->sight == i)
		r->sight = NOBODY;
}

static void
item_drop(struct register_ *r, uint32_t i)
{
	struct item *item = item_at(r, i);

	sight_drop(r, item->sight);
	item->endpoint = NOBODY;
	item->next = r->free_items;
	r->free_items = i;
}

/* What an endpoint said and where it was goes with it. */
static void
endpoint_empty(struct register_ *r, uint32_t i)
{
	struct endpoint *e = endpoint_at(r, i);

	for (uint32_t k = e->items, next; k != NOBODY; k = next) {
		next = item_at(r, k)->next;
		item_drop(r, k);
	}
	for (uint32_t k = e->stays, next; k != NOBODY; k = next) {
		next = stay_at(r, k)->next;
		stay_at(r, k)->next = r->free_stays;
		r->free_stays = k;
	}
}

/* Makes room in a full register: of the next few the one silent longest goes. */
static uint32_t
endpoint_evict(struct register_ *r)
{
	uint32_t oldest = (uint32_t)(r->hand % r->endpoints.n);

	for (size_t i = 0; i < EVICT_OF; i++) {
		uint32_t at = (uint32_t)(r->hand++ % r->endpoints.n);
		if (endpoint_at(r, at)->last < endpoint_at(r, oldest)->last)
			oldest = at;
	}
	const struct endpoint *e = endpoint_at(r, oldest);
	slots_remove(&r->endpoint_slots, pair_hash(r, &e->mac, &e->ip), oldest);
	endpoint_empty(r, oldest);
	r->evicted++;
	return oldest;
}

void
endpoint_widen(struct endpoint *e, int64_t time)
{
	if (time < e->first)
		e->first = time;
	if (time > e->last)
		e->last = time;
}

uint32_t
endpoint_number(struct register_ *r, struct addr mac, struct addr ip, int64_t time)
{
	struct pair who = pair_of(mac, ip);

	mac = who.mac;
	ip = who.ip;
	if (mac.kind == ADDR_NONE && ip.kind == ADDR_NONE)
		return NOBODY;
	uint32_t i = r->latest; /* the facts of a frame come together */
	if (i >= r->endpoints.n || !addr_equal(endpoint_at(r, i)->mac, mac) ||
	    !addr_equal(endpoint_at(r, i)->ip, ip)) {
		uint64_t hash = pair_hash(r, &mac, &ip);
		i = endpoint_find(r, &mac, &ip, hash);
		if (i == NOBODY) {
			bool full = r->endpoints.n >= r->max_endpoints;
			i = full ? endpoint_evict(r) : pool_add(&r->endpoints);
			*endpoint_at(r, i) = (struct endpoint){ .mac = mac,
				.ip = ip,
				.items = NOBODY,
				.stays = NOBODY,
				.room = ROOM,
				.first = time,
				.last = time,
				.reused = full };
			slots_add(&r->endpoint_slots, hash, i);
		}
	}
	endpoint_widen(endpoint_at(r, i), time);
	return r->latest = i;
}

static bool
is_same_sight(const struct register_ *r, const struct sighting *s, bool source)
{
	return r->sight != NOBODY && r->seen_source == source &&
	    memcmp(&r->seen, s, sizeof *s) == 0;
}

/* Where an item was said: one for all that a frame brings of one side. */
static uint32_t
sight_number(struct register_ *r, const struct sighting *s, bool source)
{
	const struct addr *mac = source ? &s->dst_mac : &s->src_mac;
	const struct addr *ip = source ? &s->dst_ip : &s->src_ip;

	if (!is_same_sight(r, s, source)) {
		uint32_t i = r->free_sights;
		if (i != NOBODY)
			r->free_sights = sight_at(r, i)->peer;
		else
			i = pool_add(&r->sights);
		*sight_at(r, i) = (struct sight){ .time = s->time,
			.frame = s->frame,
			.peer = endpoint_find(r, mac, ip, pair_hash(r, mac, ip)),
			.capture = (uint16_t)s->capture,
			.vlan = s->vlan,
			.src_port = s->src_port,
			.dst_port = s->dst_port,
			.proto = s->proto,
			.ttl = s->ttl };
		r->sight = i;
		r->seen = *s;
		r->seen_source = source;
	}
	struct sight *sight = sight_at(r, r->sight);
	if (sight->uses < UINT16_MAX)
		sight->uses++;
	return r->sight;
}

int
item_order(const void *left, const void *right, void *state)
{
	const struct register_ *r = state;
	const struct item *a = item_at(r, *(const uint32_t *)left);
	const struct item *b = item_at(r, *(const uint32_t *)right);
	const struct sight *x = sight_at(r, a->sight), *y = sight_at(r, b->sight);

	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	if (r->by_day && day_of(x->time) != day_of(y->time))
		return day_of(x->time) < day_of(y->time) ? -1 : 1;
	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return (x->frame > y->frame) - (x->frame < y->frame);
}

/* Of one value; for a store that must know what was known on a day, of one day. */
bool
items_fold_into(const struct register_ *r, const struct item *a, const struct item *b)
{
	return a->value == b->value &&
	    (!r->by_day ||
	        day_of(sight_at(r, a->sight)->time) ==
	            day_of(sight_at(r, b->sight)->time));
}

/* Makes one item of those of one value; the room doubles with what is left. */
static void
items_fold(struct register_ *r, struct endpoint *e)
{
	uint32_t *list = must_alloc(e->n_items, sizeof *list), n = 0;
	struct item *kept = NULL;

	for (uint32_t i = e->items; i != NOBODY; i = item_at(r, i)->next)
		list[n++] = i;
	qsort_r(list, n, sizeof *list, item_order, r);
	e->items = NOBODY;
	e->n_items = 0;
	for (uint32_t i = 0; i < n; i++) {
		struct item *item = item_at(r, list[i]);
		if (kept == NULL || !items_fold_into(r, kept, item)) {
			kept = item;
			item->next = e->items;
			e->items = list[i];
			e->n_items++;
			continue;
		}
		kept->count = item->count < UINT32_MAX - kept->count
		    ? kept->count + item->count
		    : UINT32_MAX;
		if (item->last > kept->last)
			kept->last = item->last;
		item_drop(r, list[i]);
	}
	while (e->n_items * 2 > UINT32_C(1) << e->room)
		e->room++;
	free(list);
}

void
item_learn(struct register_ *r, uint32_t endpoint, uint32_t value, const struct fact *f,
    bool source, int64_t last, uint32_t count)
{
	uint32_t i = r->free_items;

	if (i != NOBODY)
		r->free_items = item_at(r, i)->next;
	else
		i = pool_add(&r->items);
	struct endpoint *e = endpoint_at(r, endpoint);
	*item_at(r, i) = (struct item){ .last = last,
		.value = value,
		.endpoint = endpoint,
		.count = count,
		.next = e->items,
		.sight = sight_number(r, f->seen, source),
		.decoder = f->decoder,
		.is_source = source };
	e->items = i;
	e->hides |= value_at(r, value)->hides;
	if (++e->n_items >= UINT32_C(1) << e->room)
		items_fold(r, e);
}

static bool
is_client_key(enum fact_key key)
{
	switch (fact_keep(key)) {
	case KEEP_MATCH:
		return key != FACT_TCP_SYN_ACK && key != FACT_HTTP_SERVER;
	case KEEP_NAME:
	case KEEP_ID:
	case KEEP_USE:
		return true;
	case KEEP_SHOW:
	case KEEP_BIND:
		break;
	}
	return false;
}

static void
bind(struct register_ *r, const struct fact *f)
{
	struct addr ip;

	if (f->subject.kind != ADDR_MAC || !addr_parse(f->value, &ip) ||
	    ip.kind == ADDR_MAC)
		return;
	uint32_t i = endpoint_number(r, f->subject, ip, f->seen->time);
	if (i != NOBODY && endpoint_at(r, i)->ip.kind != ADDR_NONE)
		endpoint_at(r, i)->bound = true;
}

void
register_fact(struct register_ *r, const struct fact *f)
{
	enum fact_keep keep = fact_keep(f->key);
	bool source;

	if (f->seen->time > r->last_time)
		r->last_time = f->seen->time;
	if (keep == KEEP_BIND)
		bind(r, f);
	if (keep == KEEP_BIND || keep == KEEP_SHOW)
		return;
	uint32_t value = value_number(r, f->key, f->value);
	struct pair who = pair_of_fact(f, &source);
	bool client = is_client_key(f->key);
	if (value == NOBODY && !client)
		return;
	uint32_t i = endpoint_number(r, who.mac, who.ip, f->seen->time);
	if (i == NOBODY)
		return;
	struct endpoint *e = endpoint_at(r, i);
	e->client |= client;
	if (source)
		e->ttl = ttl_more(e->ttl, ttl_of_way(f->seen));
	if (value != NOBODY)
		item_learn(r, i, value, f, source, f->seen->time, 1);
}

void
stay_learn(struct register_ *r, struct endpoint *e, const struct presence *p)
{
	/* Hours come in order but for the last of several addresses. */
	for (uint32_t i = e->stays; i != NOBODY; i = stay_at(r, i)->next) {
		struct stayed *s = stay_at(r, i);
		if (s->vlan != p->vlan || p->first > s->last + silence ||
		    s->first > p->last + silence)
			continue;
		if (p->first < s->first)
			s->first = p->first;
		if (p->last > s->last)
			s->last = p->last;
		return;
	}
	uint32_t i = r->free_stays;
	if (i != NOBODY)
		r->free_stays = stay_at(r, i)->next;
	else
		i = pool_add(&r->stays);
	*stay_at(r, i) = (struct stayed){ p->first, p->last, e->stays, p->vlan };
	e->stays = i;
}

void
register_presence(struct register_ *r, const struct presence *p)
{
	uint32_t i = endpoint_number(r, p->mac, p->ip, p->first);

	if (p->last > r->last_time)
		r->last_time = p->last;
	if (i == NOBODY)
		return;
	struct endpoint *e = endpoint_at(r, i);
	if (p->last > e->last)
		e->last = p->last;
	e->ttl = ttl_more(e->ttl, p->ttl);
	stay_learn(r, e, p);
}

int64_t
register_last_time(const struct register_ *r)
{
	return r->last_time;
}

uint64_t
register_evicted(const struct register_ *r)
{
	return r->evicted;
}

size_t
register_bytes(const struct register_ *r)
{
	return sizeof *r + pool_bytes(&r->values) + pool_bytes(&r->endpoints) +
	    pool_bytes(&r->items) + pool_bytes(&r->sights) + pool_bytes(&r->stays) +
	    r->values_arena.bytes + r->settled.bytes + r->evidence.bytes +
	    r->beliefs.bytes + r->cap_asked * sizeof *r->asked +
	    (r->nothing != NULL ? NOTHING * sizeof *r->nothing : 0) +
	    slots_bytes(&r->value_slots) + slots_bytes(&r->endpoint_slots) +
	    r->cap_made * sizeof *r->made + r->n_members * sizeof *r->members +
	    r->n_groups * sizeof *r->groups;
}
