/* SPDX-License-Identifier: ISC */
#include "base/pool.h"

#include "base/err.h"
#include "base/huge.h"

static size_t
piece_room(unsigned piece)
{
	return (size_t)1 << (PIECE_BITS + piece);
}

uint32_t
pool_add(struct pool *p)
{
	size_t at = p->n + piece_room(0);

	if (p->n >= UINT32_MAX)
		FAULT("a pool has no more numbers");
	if ((at & (at - 1)) == 0) { /* the pieces there are have no room */
		unsigned piece = (unsigned)__builtin_ctzll(at) - PIECE_BITS;
		p->pieces[piece] = huge_alloc(piece_room(piece), p->size);
	}
	return (uint32_t)p->n++;
}

void
pool_free(struct pool *p)
{
	for (unsigned i = 0; i < PIECES; i++)
		huge_free(p->pieces[i], piece_room(i), p->size);
	*p = (struct pool){ .size = p->size };
}

/* What was used; beyond that a piece is no memory yet. */
size_t
pool_bytes(const struct pool *p)
{
	return p->n * p->size;
}
