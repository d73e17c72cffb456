/* SPDX-License-Identifier: ISC */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/huge.h"

/*
 * Blocks double up to what the kernel can give in one piece: few page faults. The first
 * is small: there are arenas of a few words, hundreds of thousands of them.
 */
enum { BLOCK = 4 * 1024, BLOCK_MOST = 4 * 1024 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

static struct arena_block *
block_add(struct arena *a, size_t n)
{
	size_t usual = a->bytes < BLOCK ? BLOCK : a->bytes;

	usual = usual > BLOCK_MOST ? BLOCK_MOST : usual;
	size_t size = n > usual / 4 ? n + sizeof(struct arena_block) : usual;
	struct arena_block *b = huge_alloc(1, size);
	b->size = size - sizeof *b;
	a->bytes += size;
	if (a->first != NULL && size < usual) {
		b->next = a->first->next;
		a->first->next = b;
	} else {
		b->next = a->first;
		a->first = b;
	}
	return b;
}

/* `align` is a power of two. */
static void *
take(struct arena *a, size_t n, size_t align)
{
	struct arena_block *b = a->first;

	if (n > SIZE_MAX / 2)
		FAULT("an object larger than memory");
	size_t at = b != NULL ? (b->used + align - 1) & ~(align - 1) : 0;
	if (b == NULL || at > b->size || n > b->size - at) {
		b = block_add(a, n);
		at = b->used;
	}
	b->used = at + n;
	return b->bytes + at;
}

void *
arena_take(struct arena *a, size_t n)
{
	return take(a, n, alignof(max_align_t));
}

/* Strings need no alignment, and there are many. */
char *
arena_string(struct arena *a, struct text t)
{
	char *s = take(a, t.len + 1, 1);

	if (t.len > 0)
		memcpy(s, t.s, t.len);
	return s;
}

struct text
arena_text(struct arena *a, struct text t)
{
	return (struct text){ arena_string(a, t), t.len };
}

void
arena_free(struct arena *a)
{
	while (a->first != NULL) {
		struct arena_block *next = a->first->next;
		huge_free(a->first, 1, a->first->size + sizeof *a->first);
		a->first = next;
	}
	a->bytes = 0;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *kept = a->first;

	if (kept == NULL)
		return;
	a->first = kept->next;
	arena_free(a);
	memset(kept->bytes, 0, kept->used);
	kept->used = 0;
	kept->next = NULL;
	a->first = kept;
	a->bytes = kept->size + sizeof *kept;
}
