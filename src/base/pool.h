/* SPDX-License-Identifier: ISC */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include <stddef.h>
#include <stdint.h>

/*
 * Things of one size, by number; they never move. Each piece has room for twice as many
 * as the one before: a few things need little memory, many need few page faults.
 */
enum { PIECE_BITS = 10, PIECES = 33 - PIECE_BITS };

struct pool {
	char *pieces[PIECES];
	size_t size, n; /* of a thing; taken */
};

/* The number of a new one; it is zeroed. */
uint32_t pool_add(struct pool *);
/* All of them; the pool is empty then. */
void pool_free(struct pool *);
size_t pool_bytes(const struct pool *);

/* `size` is the pool's, as a constant. */
static inline void *
pool_at(const struct pool *p, uint32_t i, size_t size)
{
	uint64_t at = (uint64_t)i + (1 << PIECE_BITS);
	unsigned top = 63 - (unsigned)__builtin_clzll(at);

	return p->pieces[top - PIECE_BITS] + (at - (UINT64_C(1) << top)) * size;
}

#endif
