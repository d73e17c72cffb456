/* SPDX-License-Identifier: ISC */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { BLOCK = 64 * 1024 };

struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

void *
arena_take(struct arena *a, size_t n)
{
	struct arena_block *b = a->first;

	if (n > SIZE_MAX / 2)
		FAULT("an object larger than memory");
	n = (n + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (b == NULL || n > b->size - b->used) {
		size_t size = n > BLOCK / 4 ? n : BLOCK;
		b = must_alloc(1, sizeof *b + size);
		b->size = size;
		a->bytes += sizeof *b + size;
		if (a->first != NULL && size < BLOCK) {
			b->next = a->first->next;
			a->first->next = b;
		} else {
			b->next = a->first;
			a->first = b;
		}
	}
	void *p = b->bytes + b->used;
	b->used += n;
	return p;
}

char *
arena_string(struct arena *a, struct text t)
{
	char *s = arena_take(a, t.len + 1);

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
		free(a->first);
		a->first = next;
	}
	a->bytes = 0;
}
