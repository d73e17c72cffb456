/* SPDX-License-Identifier: ISC */
#include "fact/known.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/huge.h"
#include "base/time.h"

enum { WAYS = 2, TAGS = 13, FIRST_BUCKETS = 1 << 11, GROWTH = 4, LINE = 64 };

struct entry {
	uint64_t who;   /* hash of the address and its place, 0: free */
	uint32_t since; /* hour of capture time */
	uint32_t tags[TAGS];
};
_Static_assert(sizeof(struct entry) == LINE, "one cache line an address");

struct known {
	struct entry *table;
	size_t buckets, most;
	size_t used;
	uint64_t seed;
	/* Of whom the last fact spoke, and where: the facts of a frame come together.
	 */
	struct entry *last;
	struct addr subject, from;
	uint16_t vlan;
};

struct known *
known_new(size_t most)
{
	struct known *k = must_alloc(1, sizeof *k);

	k->buckets = FIRST_BUCKETS;
	k->most = most / WAYS;
	k->table = huge_alloc(k->buckets * WAYS, sizeof *k->table);
	if (getrandom(&k->seed, sizeof k->seed, 0) < 0)
		k->seed = 1;
	return k;
}

void
known_free(struct known *k)
{
	if (k != NULL)
		huge_free(k->table, k->buckets * WAYS, sizeof *k->table);
	free(k);
}

static struct entry *
bucket(const struct known *k, uint64_t who)
{
	return k->table + (who >> 1 & (k->buckets - 1)) * WAYS;
}

static void
grow(struct known *k)
{
	struct entry *old = k->table;
	size_t n = k->buckets * WAYS;

	k->buckets *= GROWTH;
	k->table = huge_alloc(k->buckets * WAYS, sizeof *k->table);
	for (size_t i = 0; i < n; i++) {
		if (old[i].who == 0)
			continue;
		struct entry *to = bucket(k, old[i].who);
		*(to->who != 0 ? to + 1 : to) = old[i];
	}
	huge_free(old, n, sizeof *old);
}

/* The line of an address, fresh when it had none. */
static struct entry *
line(struct known *k, uint64_t who, uint32_t hour)
{
	struct entry *b = bucket(k, who), *to = &b[0];

	if (b[0].who == who || b[1].who == who)
		return &b[b[0].who != who];
	if (b[0].who != 0 && (b[1].who == 0 || b[1].since < b[0].since))
		to = &b[1];
	if (to->who == 0)
		k->used++;
	memset(to, 0, sizeof *to);
	to->who = who;
	to->since = hour;
	if (k->used <= k->buckets || k->buckets >= k->most)
		return to;
	grow(k);
	b = bucket(k, who);
	return &b[b[0].who != who];
}

/* The address of which it is said, at the place where it is said. */
static uint64_t
who_of(const struct known *k, const struct addr *subject, const struct sighting *s)
{
	uint64_t who = hash_bytes(subject, sizeof *subject, k->seed);

	return hash_mix(who, hash_bytes(&s->src_mac, 7, s->vlan)) | 1;
}

/* Most facts speak of the sender's IP address, or of its MAC while it has none. */
void
known_expect(const struct known *k, const struct sighting *s)
{
	bool by_mac = s->src_ip.kind == ADDR_NONE || addr_is_unspecified(s->src_ip);
	const struct entry *b = bucket(k,
	    who_of(k, by_mac ? &s->src_mac : &s->src_ip, s));

	__builtin_prefetch(b);
	__builtin_prefetch(b + 1);
}

static struct entry *
line_of(struct known *k, const struct fact *f, uint32_t hour)
{
	const struct sighting *s = f->seen;

	if (k->last == NULL || k->vlan != s->vlan ||
	    !addr_equal(k->subject, f->subject) || !addr_equal(k->from, s->src_mac)) {
		k->last = line(k, who_of(k, &f->subject, s), hour);
		k->subject = f->subject;
		k->from = s->src_mac;
		k->vlan = s->vlan;
	}
	return k->last;
}

bool
known_news(struct known *k, const struct fact *f)
{
	const struct sighting *s = f->seen;
	uint64_t what = hash_bytes(f->value.s, f->value.len, k->seed ^ f->key);
	uint32_t hour = (uint32_t)(s->time / HOUR);
	uint32_t tag = (uint32_t)(what >> 32);

	tag += tag == 0;
	struct entry *e = line_of(k, f, hour);
	if (e->since != hour) {
		memset(e->tags, 0, sizeof e->tags);
		e->since = hour;
	}
	for (unsigned i = 0; i < TAGS; i++)
		if (e->tags[i] == tag)
			return false;
	memmove(e->tags + 1, e->tags, sizeof e->tags - sizeof e->tags[0]);
	e->tags[0] = tag;
	return true;
}
