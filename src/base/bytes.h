/* SPDX-License-Identifier: ISC */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stdint.h>

/* A set of bytes, a bit each. */
struct bytes {
	uint64_t bits[4];
};

static inline bool
bytes_has(const struct bytes *b, uint8_t c)
{
	return b->bits[c / 64] >> c % 64 & 1;
}

static inline void
bytes_add(struct bytes *b, uint8_t c)
{
	b->bits[c / 64] |= UINT64_C(1) << c % 64;
}

#endif
