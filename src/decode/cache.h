/* SPDX-License-Identifier: ISC */
#ifndef DECODE_CACHE_H
#define DECODE_CACHE_H
struct decode_cache;
struct decode_cache *decode_cache_new(void);
void decode_cache_free(struct decode_cache *);
#endif
