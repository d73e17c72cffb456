/* SPDX-License-Identifier: ISC */
#include "decode/cache.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"
#include "decode/line.h"

enum { SLOTS = 4096 }; /* a power of two */

struct slot {
	uint64_t hash;
	size_t len; /* 0: empty */
	char hex[DIGEST_TEXT];
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

bool
cached_digest(struct decode_cache *cache, enum digest kind, struct text t,
    char hex[DIGEST_TEXT])
{
	if (cache == NULL || t.len == 0)
		return digest_hex(kind, t, hex);

	uint64_t hash = hash_bytes(t.s, t.len, cache->seed + kind);
	struct slot *slot = &cache->slots[hash & (SLOTS - 1)];
	if (slot->hash != hash || slot->len != t.len) {
		slot->len = 0;
		if (!digest_hex(kind, t, slot->hex))
			return false;
		slot->hash = hash;
		slot->len = t.len;
	}
	struct line l = line_over(hex, DIGEST_TEXT);
	line_put(&l, (struct text){ slot->hex, DIGEST_TEXT });
	return true;
}
