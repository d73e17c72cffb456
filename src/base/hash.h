/* SPDX-License-Identifier: ISC */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/text.h"

/*
 * A fast 64-bit mix of bytes for tables in memory: the folded 64x64 multiply of
 * Wang Yi's wyhash family. Not for anything that must resist forgery; a table
 * that strangers fill takes a seed of its own from getrandom.
 */
static inline uint64_t
hash_mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide m = (wide)(a ^ UINT64_C(0x9e3779b97f4a7c15)) *
	    (b ^ UINT64_C(0xd1b54a32d192ed03));

	return (uint64_t)m ^ (uint64_t)(m >> 64);
}

static inline uint64_t
hash_bytes(const void *bytes, size_t n, uint64_t seed)
{
	const uint8_t *p = bytes;
	uint64_t h = seed ^ n, a, b;

	for (; n >= 16; n -= 16, p += 16) {
		memcpy(&a, p, 8);
		memcpy(&b, p + 8, 8);
		h = hash_mix(a ^ h, b);
	}
	a = b = 0;
	if (n >= 8) {
		memcpy(&a, p, 8);
		p += 8;
		n -= 8;
	}
	if (n > 0)
		memcpy(&b, p, n);
	return hash_mix(a ^ h, b ^ UINT64_C(0x8bb84b93962eacc9));
}

/* Of texts that text_equal_word() takes for one, the same. */
static inline uint64_t
hash_word(struct text t, uint64_t seed)
{
	uint64_t h = seed ^ t.len;

	for (size_t i = 0; i < t.len; i++)
		h = hash_mix(h, (uint8_t)t.s[i] | 0x20u);
	return h;
}

#endif
