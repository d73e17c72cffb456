/* SPDX-License-Identifier: ISC */
#ifndef BASE_SLOTS_H
#define BASE_SLOTS_H

#include <stddef.h>
#include <stdint.h>

/*
 * An open table of numbers, of things that live elsewhere: a place holds a number
 * beside 32 bits of its hash, so that a look-up touches no thing but the one that it
 * finds, and growing touches none. Doubled when two thirds are taken.
 *
 *	i = slots_first(&t, hash, &at);
 *	while (i != SLOT_NONE && the thing of number i is not the one)
 *		i = slots_next(&t, hash, &at);
 */
#define SLOT_NONE UINT32_MAX

struct slots {
	uint64_t *at; /* hash << 32 | number; all ones: free */
	size_t cap, n;
};

static inline uint32_t
slots_next(const struct slots *s, uint64_t hash, size_t *at)
{
	for (;; ++*at) {
		uint64_t place = s->at[*at & (s->cap - 1)];
		if (place == UINT64_MAX)
			return SLOT_NONE;
		if (place >> 32 == (uint32_t)hash) {
			++*at;
			return (uint32_t)place;
		}
	}
}

static inline uint32_t
slots_first(const struct slots *s, uint64_t hash, size_t *at)
{
	*at = (uint32_t)hash;
	return s->cap == 0 ? SLOT_NONE : slots_next(s, hash, at);
}

/* Fetches what a look-up will touch first. */
static inline void
slots_expect(const struct slots *s, uint64_t hash)
{
	if (s->cap > 0)
		__builtin_prefetch(&s->at[(uint32_t)hash & (s->cap - 1)]);
}

void slots_add(struct slots *, uint64_t hash, uint32_t number);
/* Room for so many, of a table that is empty: it need not grow on the way. */
void slots_reserve(struct slots *, size_t n);
void slots_remove(struct slots *, uint64_t hash, uint32_t number);
void slots_free(struct slots *);
size_t slots_bytes(const struct slots *);

#endif
