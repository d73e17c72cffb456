/* SPDX-License-Identifier: ISC */
#include "base/slots.h"

#include <string.h>

#include "base/huge.h"

enum { FIRST = 1024 };

static void
put(struct slots *s, uint64_t place)
{
	size_t at = place >> 32 & (s->cap - 1);

	while (s->at[at] != UINT64_MAX)
		at = (at + 1) & (s->cap - 1);
	s->at[at] = place;
}

static void
make(struct slots *s, size_t cap)
{
	s->cap = cap;
	s->at = huge_alloc(s->cap, sizeof *s->at);
	memset(s->at, 0xff, s->cap * sizeof *s->at);
}

static void
grow(struct slots *s)
{
	struct slots old = *s;

	make(s, old.cap > 0 ? old.cap * 2 : FIRST);
	for (size_t i = 0; i < old.cap; i++)
		if (old.at[i] != UINT64_MAX)
			put(s, old.at[i]);
	huge_free(old.at, old.cap, sizeof *old.at);
}

void
slots_reserve(struct slots *s, size_t n)
{
	size_t cap = FIRST;

	while (n * 3 >= cap * 2)
		cap *= 2;
	make(s, cap);
}

void
slots_add(struct slots *s, uint64_t hash, uint32_t number)
{
	if (s->n * 3 >= s->cap * 2)
		grow(s);
	put(s, hash << 32 | number);
	s->n++;
}

/* What stands behind the gap and may move forward into it does. */
void
slots_remove(struct slots *s, uint64_t hash, uint32_t number)
{
	uint64_t gone = hash << 32 | number;
	size_t mask = s->cap - 1, gap = (uint32_t)hash & mask;

	if (s->cap == 0)
		return;
	while (s->at[gap] != gone) {
		if (s->at[gap] == UINT64_MAX)
			return;
		gap = (gap + 1) & mask;
	}
	for (size_t at = (gap + 1) & mask; s->at[at] != UINT64_MAX;
	     at = (at + 1) & mask) {
		size_t home = s->at[at] >> 32 & mask;
		if (((at - home) & mask) >= ((at - gap) & mask)) {
			s->at[gap] = s->at[at];
			gap = at;
		}
	}
	s->at[gap] = UINT64_MAX;
	s->n--;
}

void
slots_free(struct slots *s)
{
	huge_free(s->at, s->cap, sizeof *s->at);
	*s = (struct slots){ 0 };
}

size_t
slots_bytes(const struct slots *s)
{
	return s->cap * sizeof *s->at;
}
