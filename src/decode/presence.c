/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/huge.h"
#include "base/time.h"
#include "decode/walk.h"

/*
 * Addresses that are active now: an open table, doubled while the capacity allows.
 * A look-up goes on to the first free place, for at most WINDOW of them; when all
 * of these are taken the longest silent goes out and is told. Nothing is ever
 * removed but by being replaced, so there are no gaps to step over.
 */
enum { WINDOW = 32, FIRST = 1 << 12 };

struct entry {
	uint64_t hash; /* 0: free */
	int64_t first, last;
	uint64_t packets;
	uint32_t capture;
	uint16_t vlan;
	uint8_t ttl;
	uint8_t kind; /* of the network address */
	uint8_t has_mac;
	uint8_t mac[6], ip[16];
};

struct presences {
	struct entry *table;
	size_t size, most, used; /* size and most: powers of two */
	uint64_t seed;
};

struct presences *
presences_new(size_t most)
{
	struct presences *p = must_alloc(1, sizeof *p);

	p->size = FIRST;
	for (p->most = FIRST; p->most * 2 <= most;)
		p->most *= 2;
	p->table = huge_alloc(p->size, sizeof *p->table);
	if (getrandom(&p->seed, sizeof p->seed, 0) < 0)
		p->seed = 1;
	return p;
}

void
presences_free(struct presences *p)
{
	huge_free(p->table, p->size, sizeof *p->table);
	free(p);
}

static void
tell(struct entry *e, const struct presence_sink *out)
{
	struct presence was = {
		.vlan = e->vlan,
		.ttl = e->ttl,
		.capture = e->capture,
		.first = e->first,
		.last = e->last,
		.packets = e->packets,
	};

	if (e->has_mac) {
		was.mac.kind = ADDR_MAC;
		memcpy(was.mac.b, e->mac, sizeof e->mac);
	}
	was.ip.kind = e->kind;
	memcpy(was.ip.b, e->ip, sizeof e->ip);
	out->take(out->state, &was);
}

static struct entry *
at(const struct presences *p, uint64_t hash, unsigned step)
{
	return &p->table[((hash >> 1) + step) & (p->size - 1)];
}

static void
grow(struct presences *p)
{
	struct entry *old = p->table;
	size_t n = p->size;

	p->size *= 2;
	p->table = huge_alloc(p->size, sizeof *p->table);
	for (size_t i = 0; i < n; i++) {
		unsigned step = 0;
		if (old[i].hash == 0)
			continue;
		while (at(p, old[i].hash, step)->hash != 0)
			step++;
		*at(p, old[i].hash, step) = old[i];
	}
	huge_free(old, n, sizeof *old);
}

/* A place for a newcomer: free, or made so. */
static struct entry *
place(struct presences *p, uint64_t hash, uint64_t *evicted,
    const struct presence_sink *out)
{
	if (p->used * 5 >= p->size * 3 && p->size < p->most)
		grow(p);
	struct entry *oldest = at(p, hash, 0);
	for (unsigned step = 0; step < WINDOW; step++) {
		struct entry *e = at(p, hash, step);
		if (e->hash == 0) {
			p->used++;
			return e;
		}
		if (e->last < oldest->last)
			oldest = e;
	}
	tell(oldest, out);
	(*evicted)++;
	return oldest;
}

static bool
same(const struct entry *e, const struct sighting *s, uint8_t kind)
{
	return e->vlan == s->vlan && e->kind == kind && e->capture == s->capture &&
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
	__builtin_prefetch(at(p, hash, 0));
	return hash;
}

void
presences_touch(struct presences *p, const struct sighting *s, uint64_t hash,
    uint64_t *evicted, const struct presence_sink *out)
{
	uint8_t kind = kind_of(s);
	bool has_mac = s->src_mac.kind == ADDR_MAC && !addr_is_multicast(s->src_mac) &&
	    !addr_is_unspecified(s->src_mac);

	if (!has_mac && kind == ADDR_NONE)
		return;
	struct entry *e = at(p, hash, 0);
	unsigned step = 0;
	while (e->hash != 0 && step < WINDOW && !(e->hash == hash && same(e, s, kind)))
		e = at(p, hash, ++step);
	if (e->hash == 0 || step == WINDOW) {
		e = place(p, hash, evicted, out);
		*e = (struct entry){ .hash = hash,
			.first = s->time,
			.last = s->time,
			.capture = s->capture,
			.vlan = s->vlan,
			.kind = kind,
			.has_mac = has_mac };
		memcpy(e->mac, s->src_mac.b, sizeof e->mac);
		if (kind != ADDR_NONE)
			memcpy(e->ip, s->src_ip.b, sizeof e->ip);
	} else if (s->time - e->first >= HOUR || e->first - s->time >= HOUR) {
		tell(e, out);
		e->first = e->last = s->time;
		e->packets = 0;
		e->ttl = 0;
	}
	if (s->time < e->first)
		e->first = s->time;
	if (s->time > e->last)
		e->last = s->time;
	if (s->ttl > e->ttl)
		e->ttl = s->ttl;
	e->packets++;
}

void
presences_finish(struct presences *p, const struct presence_sink *out)
{
	for (size_t i = 0; i < p->size; i++)
		if (p->table[i].hash != 0) {
			tell(&p->table[i], out);
			p->table[i].hash = 0;
		}
}
