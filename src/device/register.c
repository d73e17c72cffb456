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
#include "base/hash.h"
#include "base/huge.h"
#include "base/time.h"

enum { CHUNK = 32 * 1024, SLOTS_MIN = 1024, NOTHING = 64 * 1024 };

/* Presence on either side of so short a silence is one stay. */
static const int64_t silence = 2 * HOUR;

void *
pool_at(const struct pool *p, size_t i)
{
	return (char *)p->chunks[i / CHUNK] + i % CHUNK * p->size;
}

static uint32_t
pool_add(struct pool *p)
{
	if (p->n % CHUNK == 0) {
		if (p->n / CHUNK == p->cap) {
			p->cap = p->cap > 0 ? p->cap * 2 : 16;
			p->chunks = must_grow(p->chunks, p->cap, sizeof *p->chunks);
		}
		p->chunks[p->n / CHUNK] = huge_alloc(CHUNK, p->size);
	}
	if (p->n >= NOBODY)
		FAULT("a pool has no more numbers");
	return (uint32_t)p->n++;
}

static void
pool_free(struct pool *p)
{
	for (size_t i = 0; i * CHUNK < p->n; i++)
		huge_free(p->chunks[i], CHUNK, p->size);
	free(p->chunks);
}

static size_t
pool_bytes(const struct pool *p)
{
	return (p->n + CHUNK - 1) / CHUNK * CHUNK * p->size + p->cap * sizeof(void *);
}

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
	r->stays.size = sizeof(struct stayed);
	/* A device has a few addresses: its MAC alone, with IPv4, with IPv6. */
	r->max_endpoints = max_devices > 0 ? max_devices * 4 : 16 * 1000 * 1000;
	r->nothing = must_alloc(NOTHING, sizeof *r->nothing);
	r->last_time = r->as_of = TIME_NONE;
	if (getrandom(&r->seed, sizeof r->seed, GRND_NONBLOCK) != sizeof r->seed)
		r->seed = 0x5bd1e995;
	return r;
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
	pool_free(&r->stays);
	huge_free(r->value_slots, r->value_cap, sizeof *r->value_slots);
	huge_free(r->endpoint_slots, r->endpoint_cap, sizeof *r->endpoint_slots);
	huge_free(r->item_slots, r->item_cap, sizeof *r->item_slots);
	free(r->nothing);
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

/* A table of numbers at most half full; `hash_at` gives the hash of one. */
static void
slots_grow(struct register_ *r, uint32_t **slots, size_t *cap, size_t n,
    uint64_t (*hash_at)(const struct register_ *, uint32_t))
{
	if (n * 2 < *cap)
		return;
	size_t bigger = *cap > 0 ? *cap * 2 : SLOTS_MIN;
	uint32_t *table = huge_alloc(bigger, sizeof *table);
	for (size_t i = 0; i < bigger; i++)
		table[i] = NOBODY;
	for (uint32_t i = 0; i < n; i++) {
		size_t at = hash_at(r, i) & (bigger - 1);
		while (table[at] != NOBODY)
			at = (at + 1) & (bigger - 1);
		table[at] = i;
	}
	huge_free(*slots, *cap, sizeof **slots);
	*slots = table;
	*cap = bigger;
}

static uint64_t
value_hash(const struct register_ *r, uint32_t i)
{
	const struct value *v = value_at(r, i);

	return hash_bytes(v->s, v->len, r->seed ^ v->key);
}

static bool
is_host(enum fact_key key)
{
	return key == FACT_TLS_SNI || key == FACT_HTTP_HOST || key == FACT_DNS_QUERY;
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
	const struct row **copy = arena_take(&r->values_arena, n * sizeof *copy);
	memcpy(copy, rows, n * sizeof *copy);
	*v = (struct value){ arena_string(&r->values_arena, t), copy, (uint32_t)t.len,
		(uint16_t)key, (uint16_t)n, use, false };
	for (size_t j = 0; j < n && keep == KEEP_NAME; j++)
		v->is_default |= rows[j]->is_default;
	return i;
}

/*
 * The number of a value, or NOBODY when no row matches it: of such a one only a
 * hash is remembered, for a while.
 */
static uint32_t
value_number(struct register_ *r, enum fact_key key, struct text t)
{
	uint64_t hash = hash_bytes(t.s, t.len, r->seed ^ key);
	bool kept;

	slots_grow(r, &r->value_slots, &r->value_cap, r->values.n, value_hash);
	size_t at = hash & (r->value_cap - 1);
	for (; r->value_slots[at] != NOBODY; at = (at + 1) & (r->value_cap - 1)) {
		const struct value *v = value_at(r, r->value_slots[at]);
		if (v->key == key && v->len == t.len && memcmp(v->s, t.s, t.len) == 0)
			return r->value_slots[at];
	}
	uint64_t *nothing = &r->nothing[hash >> 32 & (NOTHING - 1)];
	if (*nothing == hash)
		return NOBODY;
	uint32_t i = value_new(r, key, t, &kept);
	if (kept)
		r->value_slots[at] = i;
	else
		*nothing = hash;
	return i;
}

static uint64_t
pair_hash(const struct register_ *r, const struct addr *mac, const struct addr *ip)
{
	return hash_bytes(ip, sizeof *ip, hash_bytes(mac, sizeof *mac, r->seed));
}

static uint64_t
endpoint_hash(const struct register_ *r, uint32_t i)
{
	const struct endpoint *e = endpoint_at(r, i);

	return pair_hash(r, &e->mac, &e->ip);
}

/*
 * Of an address that is nobody's: broadcast, multicast, unspecified; loopback where
 * there are link-layer addresses (on a loopback link it is the machine itself).
 */
static struct addr
somebody(struct addr a, bool on_a_link)
{
	bool loopback = (a.kind == ADDR_IP4 && a.b[0] == 127) ||
	    (a.kind == ADDR_IP6 && a.b[15] == 1 &&
	        memcmp(a.b, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15) == 0);

	if (addr_is_multicast(a) || addr_is_unspecified(a) || (loopback && on_a_link))
		return (struct addr){ .kind = ADDR_NONE };
	return a;
}

static uint32_t
endpoint_number(struct register_ *r, struct addr mac, struct addr ip, int64_t time)
{
	mac = somebody(mac, true);
	ip = somebody(ip, mac.kind != ADDR_NONE);
	if (mac.kind == ADDR_NONE && ip.kind == ADDR_NONE)
		return NOBODY;
	if (r->latest < r->endpoints.n) { /* the facts of a frame come together */
		struct endpoint *e = endpoint_at(r, r->latest);
		if (addr_equal(e->mac, mac) && addr_equal(e->ip, ip)) {
			if (time < e->first)
				e->first = time;
			if (time > e->last)
				e->last = time;
			return r->latest;
		}
	}
	slots_grow(r, &r->endpoint_slots, &r->endpoint_cap, r->endpoints.n,
	    endpoint_hash);
	size_t at = pair_hash(r, &mac, &ip) & (r->endpoint_cap - 1);
	for (; r->endpoint_slots[at] != NOBODY; at = (at + 1) & (r->endpoint_cap - 1)) {
		uint32_t i = r->endpoint_slots[at];
		struct endpoint *e = endpoint_at(r, i);
		if (!addr_equal(e->mac, mac) || !addr_equal(e->ip, ip))
			continue;
		if (time < e->first)
			e->first = time;
		if (time > e->last)
			e->last = time;
		return r->latest = i;
	}
	if (r->endpoints.n >= r->max_endpoints) {
		r->evicted++;
		return NOBODY;
	}
	uint32_t i = pool_add(&r->endpoints);
	*endpoint_at(r, i) = (struct endpoint){ .mac = mac,
		.ip = ip,
		.items = NOBODY,
		.stays = NOBODY,
		.first = time,
		.last = time };
	r->endpoint_slots[at] = i;
	return r->latest = i;
}

static uint64_t
item_mix(const struct register_ *r, uint32_t endpoint, uint32_t value)
{
	return hash_mix((uint64_t)endpoint << 32 | value, r->seed);
}

static uint64_t
item_hash(const struct register_ *r, uint32_t i)
{
	const struct item *item = item_at(r, i);

	return item_mix(r, item->endpoint, item->value);
}

/* Where an item was said: kept of the first. */
static void
item_where(struct register_ *r, struct item *item, const struct fact *f, bool source)
{
	const struct sighting *s = f->seen;

	item->frame = s->frame;
	item->capture = (uint16_t)s->capture;
	item->vlan = s->vlan;
	item->src_port = s->src_port;
	item->dst_port = s->dst_port;
	item->decoder = f->decoder;
	item->proto = s->proto;
	item->ttl = s->ttl;
	item->is_source = source;
	(void)r;
}

/* The other side of a frame, when it is known as an endpoint already. */
static uint32_t
peer_number(struct register_ *r, const struct sighting *s, bool source)
{
	struct addr mac = source ? s->dst_mac : s->src_mac;
	struct addr ip = source ? s->dst_ip : s->src_ip;

	if (r->endpoint_cap == 0)
		return NOBODY;
	size_t at = pair_hash(r, &mac, &ip) & (r->endpoint_cap - 1);
	for (; r->endpoint_slots[at] != NOBODY; at = (at + 1) & (r->endpoint_cap - 1)) {
		const struct endpoint *e = endpoint_at(r, r->endpoint_slots[at]);
		if (addr_equal(e->mac, mac) && addr_equal(e->ip, ip))
			return r->endpoint_slots[at];
	}
	return NOBODY;
}

static void
item_learn(struct register_ *r, uint32_t endpoint, uint32_t value, const struct fact *f,
    bool source)
{
	int64_t time = f->seen->time;

	slots_grow(r, &r->item_slots, &r->item_cap, r->items.n, item_hash);
	size_t at = item_mix(r, endpoint, value) & (r->item_cap - 1);
	for (; r->item_slots[at] != NOBODY; at = (at + 1) & (r->item_cap - 1)) {
		struct item *item = item_at(r, r->item_slots[at]);
		if (item->endpoint != endpoint || item->value != value)
			continue;
		item->count += item->count < UINT32_MAX;
		if (time > item->last)
			item->last = time;
		if (time < item->first) {
			item->first = time;
			item_where(r, item, f, source);
		}
		return;
	}
	uint32_t i = pool_add(&r->items);
	struct endpoint *e = endpoint_at(r, endpoint);
	struct item *item = item_at(r, i);
	*item = (struct item){ .first = time,
		.last = time,
		.value = value,
		.endpoint = endpoint,
		.count = 1,
		.next = e->items,
		.peer = peer_number(r, f->seen, source) };
	item_where(r, item, f, source);
	e->items = i;
	r->item_slots[at] = i;
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

/* The MAC of which a fact speaks beside an IP: of the side that has it. */
static struct addr
mac_beside(const struct fact *f, bool *source)
{
	*source = addr_equal(f->subject, f->seen->src_ip);
	if (*source)
		return f->seen->src_mac;
	if (addr_equal(f->subject, f->seen->dst_ip))
		return f->seen->dst_mac;
	return (struct addr){ .kind = ADDR_NONE };
}

void
register_fact(struct register_ *r, const struct fact *f)
{
	enum fact_keep keep = fact_keep(f->key);
	struct addr mac = f->subject, ip = { .kind = ADDR_NONE };
	bool source = addr_equal(f->subject, f->seen->src_mac);

	if (f->seen->time > r->last_time)
		r->last_time = f->seen->time;
	if (keep == KEEP_BIND)
		bind(r, f);
	if (keep == KEEP_BIND || keep == KEEP_SHOW)
		return;
	uint32_t value = value_number(r, f->key, f->value);
	if (f->subject.kind != ADDR_MAC) {
		ip = f->subject;
		mac = mac_beside(f, &source);
	}
	bool client = is_client_key(f->key);
	if (value == NOBODY && !client)
		return;
	uint32_t i = endpoint_number(r, mac, ip, f->seen->time);
	if (i == NOBODY)
		return;
	struct endpoint *e = endpoint_at(r, i);
	e->client |= client;
	if (source && f->seen->ttl > e->ttl)
		e->ttl = f->seen->ttl;
	if (value != NOBODY)
		item_learn(r, i, value, f, source);
}

static void
stay(struct register_ *r, struct endpoint *e, const struct presence *p)
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
	uint32_t i = pool_add(&r->stays);
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
	if (p->ttl > e->ttl)
		e->ttl = p->ttl;
	stay(r, e, p);
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
	    pool_bytes(&r->items) + pool_bytes(&r->stays) + r->values_arena.bytes +
	    r->settled.bytes + NOTHING * sizeof *r->nothing +
	    (r->value_cap + r->endpoint_cap + r->item_cap) * sizeof(uint32_t) +
	    r->n_members * sizeof *r->members + r->n_groups * sizeof *r->groups;
}
