/* SPDX-License-Identifier: ISC */
#ifndef BASE_EIGHT_H
#define BASE_EIGHT_H

#include <stdint.h>
#include <string.h>

/*
 * Eight bytes of a text looked at as one word. An answer is 0 where none of the eight
 * is meant; else it has some of the high bits of the bytes set, those of which are
 * right up to the first that is meant.
 */
#define EIGHT_ONES UINT64_C(0x0101010101010101)
#define EIGHT_HIGH (EIGHT_ONES << 7)

static inline uint64_t
eight_at(const char *s)
{
	uint64_t w;

	memcpy(&w, s, sizeof w);
	return w;
}

/* That are c. */
static inline uint64_t
eight_are(uint64_t w, uint8_t c)
{
	w ^= EIGHT_ONES * c;
	return (w - EIGHT_ONES) & ~w & EIGHT_HIGH;
}

/* That are below c, of at most 0x80. */
static inline uint64_t
eight_below(uint64_t w, uint8_t c)
{
	return (w - EIGHT_ONES * c) & ~w & EIGHT_HIGH;
}

/* That are no ASCII. */
static inline uint64_t
eight_beyond(uint64_t w)
{
	return w & EIGHT_HIGH;
}

#endif
