/* SPDX-License-Identifier: ISC */
#include "fact/known.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/time.h"

enum { WAYS = 4, FIRST_BUCKETS = 1 << 10 };

struct entry {
	uint64_t hash; /* 0: free */
	int64_t said;
};

struct known {
	struct entry *table;
	size_t buckets, most;
	uint64_t seed;
};

struct known *
known_new(size_t most)
{
	struct known *k = must_alloc(1, sizeof *k);

	k->buckets = FIRST_BUCKETS;
	k->most = most / WAYS;
	k->table = must_alloc(k->buckets * WAYS, sizeof *k->table);
	if (getrandom(&k->seed, sizeof k->seed, 0) < 0)
		k->seed = 1;
	return k;
}

void
known_free(struct known *k)
{
	if (k != NULL)
		free(k->table);
	free(k);
}

static struct entry *
bucket(struct known *k, uint64_t hash)
{
	return k->table + (hash >> 1 & (k->buckets - 1)) * WAYS;
}

static void
grow(struct known *k)
{
	struct entry *old = k->table;
	size_t n = k->buckets * WAYS;

	k->buckets *= 2;
	k->table = must_alloc(k->buckets * WAYS, sizeof *k->table);
	for (size_t i = 0; i < n; i++) {
		if (old[i].hash == 0)
			continue;
		struct entry *to = bucket(k, old[i].hash);
		while (to->hash != 0)
			to++;
		*to = old[i];
	}
	free(old);
}

static bool
news(struct known *k, const struct fact *f, uint64_t where, int64_t interval)
{
	uint64_t hash = hash_bytes(f->value.s, f->value.len, k->seed);

	hash = hash_mix(hash ^ f->key,
	    hash_bytes(&f->subject, sizeof f->subject, hash));
	hash = hash_mix(hash, where) | 1;
	for (;;) {
		struct entry *b = bucket(k, hash), *oldest = b;
		for (unsigned i = 0; i < WAYS; i++) {
			if (b[i].hash == hash) {
				int64_t age = f->seen->time - b[i].said;
				if (age < interval && age > -interval)
					return false;
				b[i].said = f->seen->time;
				return true;
			}
			if (oldest->hash != 0 &&
			    (b[i].hash == 0 || b[i].said < oldest->said))
				oldest = &b[i];
		}
		if (oldest->hash != 0 && k->buckets < k->most) {
			grow(k);
			continue;
		}
		*oldest = (struct entry){ hash, f->seen->time };
		return true;
	}
}

bool
known_news(struct known *k, const struct fact *f)
{
	return news(k, f, hash_bytes(&f->seen->src_mac, 7, f->seen->vlan), HOUR);
}

bool
known_first(struct known *k, const struct fact *f)
{
	return news(k, f, 0, INT64_MAX);
}
