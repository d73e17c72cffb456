/* SPDX-License-Identifier: ISC */
#ifndef DECODE_CACHE_H
#define DECODE_CACHE_H

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

#endif
