/* SPDX-License-Identifier: ISC */
#include "decode/cache.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"

enum { SLOTS = 4096 }; /* a power of two */

struct slot {
	uint64_t hash;
	char hex[DIGEST_TEXT]; /* empty: nothing is there */
};

struct decode_cache {
	uint64_t seed; /* strangers write these texts: they shall not aim at a slot */
	struct slot slots[SLOTS];
};

struct decode_cache *
decode_cache_new(void)
{
	struct decode_cache *cache = must_alloc(1, sizeof *cache);
	char hex[DIGEST_TEXT];

	if (getrandom(&cache->seed, sizeof cache->seed, 0) !=
	    (ssize_t)sizeof cache->seed)
		FAULT("no random bytes");
	/* The first use of a digest loads libcrypto's providers from files. */
	(void)digest_hex(DIGEST_MD5, text_of("warm"), hex);
	(void)digest_hex(DIGEST_SHA256_12, text_of("warm"), hex);
	return cache;
}

void
decode_cache_free(struct decode_cache *cache)
{
	free(cache);
}

uint64_t
cache_seed(const struct decode_cache *cache)
{
	return cache != NULL ? cache->seed : 0;
}

bool
cache_find(const struct decode_cache *cache, uint64_t hash, char hex[DIGEST_TEXT])
{
	const struct slot *slot = &cache->slots[hash & (SLOTS - 1)];

	if (slot->hash != hash || slot->hex[0] == '\0')
		return false;
	memcpy(hex, slot->hex, DIGEST_TEXT);
	return true;
}

void
cache_keep(struct decode_cache *cache, uint64_t hash, const char hex[DIGEST_TEXT])
{
	struct slot *slot = &cache->slots[hash & (SLOTS - 1)];

	slot->hash = hash;
	memcpy(slot->hex, hex, DIGEST_TEXT);
}

bool
cached_digest(struct decode_cache *cache, enum digest kind, struct text t,
    char hex[DIGEST_TEXT])
{
	if (cache == NULL || t.len == 0)
		return digest_hex(kind, t, hex);

	uint64_t hash = hash_bytes(t.s, t.len, cache->seed + kind);
	if (cache_find(cache, hash, hex))
		return true;
	if (!digest_hex(kind, t, hex))
		return false;
	cache_keep(cache, hash, hex);
	return true;
}
