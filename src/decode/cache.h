/* SPDX-License-Identifier: ISC */
#ifndef DECODE_CACHE_H
#define DECODE_CACHE_H

#include <stdint.h>

#include "decode/digest.h"

/*
 * Digests of texts seen before. A network of a thousand devices has a few
 * hundred hellos, and a digest costs more than the rest of their decoding. Fixed
 * in size (about 200 KiB); a newcomer takes the place of the one it falls on.
 */
struct decode_cache;

/* Made before the sandbox closes: libcrypto reads its configuration here. */
struct decode_cache *decode_cache_new(void);
void decode_cache_free(struct decode_cache *);

/* digest_hex through the cache, or without one when it is NULL. */
bool cached_digest(struct decode_cache *, enum digest, struct text,
    char hex[DIGEST_TEXT]);

/* By a hash, made with the seed, of what the text would be made of; not NULL. */
uint64_t cache_seed(const struct decode_cache *);
bool cache_find(const struct decode_cache *, uint64_t hash, char hex[DIGEST_TEXT]);
void cache_keep(struct decode_cache *, uint64_t hash, const char hex[DIGEST_TEXT]);

#endif
