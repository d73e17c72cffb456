/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/pool.h"
#include "base/slots.h"
#include "base/time.h"
#include "decode/walk.h"

/*
 * Addresses that are active now, in the order in which they came, and a table to
 * find them by. When there are as many as may be, of the next few the one silent
 * longest goes out and is told.
 */
enum { EVICT_OF = 32 };

struct entry {
	int64_t first, last;
	uint64_t packets;
	uint32_t hash, capture;
	uint16_t vlan;
	uint8_t ttl;
	uint8_t kind; /* of the network address */
	uint8_t link; /* kind of the link-layer address */
	uint8_t mac[6], ip[16];
};

struct presences {
	struct pool entries;
	struct slots slots;
	size_t most, hand; /* hand: where the next eviction looks */
	uint64_t seed;
};

struct presences *
presences_new(size_t most)
{
	struct presences *p = must_alloc(1, sizeof *p);

	p->entries.size = sizeof(struct entry);
	p->most = most;
	if (getrandom(&p->seed, sizeof p->seed, 0) < 0)
		p->seed = 1;
	return p;
}

void
presences_free(struct presences *p)
{
	pool_free(&p->entries);
	slots_free(&p->slots);
	free(p);
}

static struct entry *
entry_at(const struct presences *p, uint32_t i)
{
	return pool_at(&p->entries, i, sizeof(struct entry));
}

static void
tell(const struct entry *e, const struct presence_sink *out)
{
	struct presence was = {
		.vlan = e->vlan,
		.ttl = e->ttl,
		.capture = e->capture,
		.first = e->first,
		.last = e->last,
		.packets = e->packets,
	};

	was.mac.kind = e->link;
	if (e->link != ADDR_NONE)
		memcpy(was.mac.b, e->mac, sizeof e->mac);
	was.ip.kind = e->kind;
	memcpy(was.ip.b, e->ip, sizeof e->ip);
	out->take(out->state, &was);
}

/* Makes room among as many as may be. */
static uint32_t
evict(struct presences *p, const struct presence_sink *out)
{
	uint32_t oldest = (uint32_t)(p->hand % p->entries.n);

	for (unsigned i = 0; i < EVICT_OF; i++) {
		uint32_t at = (uint32_t)(p->hand++ % p->entries.n);
		if (entry_at(p, at)->last < entry_at(p, oldest)->last)
			oldest = at;
	}
	tell(entry_at(p, oldest), out);
	slots_remove(&p->slots, entry_at(p, oldest)->hash, oldest);
	return oldest;
}

static bool
same(const struct entry *e, const struct sighting *s, uint8_t link, uint8_t kind)
{
	return e->vlan == s->vlan && e->kind == kind && e->link == link &&
	    e->capture == s->capture &&
	    memcmp(e->mac, s->src_mac.b, sizeof e->mac) == 0 &&
	    (kind == ADDR_NONE || memcmp(e->ip, s->src_ip.b, sizeof e->ip) == 0);
}

/* Of the network address; none when it is nobody's. */
static uint8_t
kind_of(const struct sighting *s)
{
	return addr_is_multicast(s->src_ip) || addr_is_unspecified(s->src_ip)
	    ? ADDR_NONE
	    : s->src_ip.kind;
}

uint64_t
presences_expect(const struct presences *p, const struct sighting *s)
{
	uint8_t kind = kind_of(s);
	uint64_t a = 0, b = 0, mac = 0;

	memcpy(&mac, s->src_mac.b, 6);
	if (kind != ADDR_NONE) {
		memcpy(&a, s->src_ip.b, 8);
		memcpy(&b, s->src_ip.b + 8, 8);
	}
	uint64_t hash = hash_mix(a ^ p->seed, b ^ kind);
	hash = hash_mix(hash, mac ^ (uint64_t)s->vlan << 48) | 1;
	slots_expect(&p->slots, hash);
	return hash;
}

static uint32_t
find(const struct presences *p, const struct sighting *s, uint64_t hash, uint8_t link,
    uint8_t kind)
{
	size_t at;
	uint32_t i = slots_first(&p->slots, hash, &at);

	while (i != SLOT_NONE && !same(entry_at(p, i), s, link, kind))
		i = slots_next(&p->slots, hash, &at);
	return i;
}

static struct entry *
enter(struct presences *p, const struct sighting *s, uint64_t hash, uint8_t link,
    uint8_t kind, uint64_t *evicted, const struct presence_sink *out)
{
	bool full = p->entries.n >= p->most;
	uint32_t i = full ? evict(p, out) : pool_add(&p->entries);
	struct entry *e = entry_at(p, i);

	*evicted += full;
	slots_add(&p->slots, hash, i);
	*e = (struct entry){ .hash = (uint32_t)hash,
		.first = s->time,
		.last = s->time,
		.capture = s->capture,
		.vlan = s->vlan,
		.kind = kind,
		.link = link };
	memcpy(e->mac, s->src_mac.b, sizeof e->mac);
	if (kind != ADDR_NONE)
		memcpy(e->ip, s->src_ip.b, sizeof e->ip);
	return e;
}

void
presences_touch(struct presences *p, const struct sighting *s, uint64_t hash,
    uint64_t *evicted, const struct presence_sink *out)
{
	uint8_t kind = kind_of(s);
	uint8_t link = s->src_mac.kind;

	if (!addr_is_link(s->src_mac) || addr_is_multicast(s->src_mac) ||
	    addr_is_unspecified(s->src_mac))
		link = ADDR_NONE;
	if (link == ADDR_NONE && kind == ADDR_NONE)
		return;
	uint32_t i = find(p, s, hash, link, kind);
	struct entry *e = i != SLOT_NONE ? entry_at(p, i)
	                                 : enter(p, s, hash, link, kind, evicted, out);
	if (s->time - e->first >= HOUR || e->first - s->time >= HOUR) {
		tell(e, out);
		e->first = e->last = s->time;
		e->packets = 0;
		e->ttl = 0;
	}
	if (s->time < e->first)
		e->first = s->time;
	if (s->time > e->last)
		e->last = s->time;
	e->ttl = ttl_more(e->ttl, ttl_of_way(s));
	e->packets++;
}

void
presences_finish(struct presences *p, const struct presence_sink *out)
{
	for (uint32_t i = 0; i < p->entries.n; i++)
		tell(entry_at(p, i), out);
	pool_free(&p->entries);
	slots_free(&p->slots);
}
