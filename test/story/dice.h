/* SPDX-License-Identifier: ISC */
#ifndef STORY_DICE_H
#define STORY_DICE_H

#include <stdint.h>

#include "base/hash.h"
#include "base/text.h"

/*
 * Chance out of a seed (splitmix64). Every device and day has dice of its own,
 * so that a line added to the story leaves the rest of it as it was.
 */
struct dice {
	uint64_t state;
};

static inline struct dice
dice_for(uint64_t seed, struct text what, uint64_t n)
{
	return (struct dice){ hash_bytes(what.s, what.len, seed ^ n << 17) };
}

static inline uint64_t
dice_throw(struct dice *d)
{
	uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* From 0 to n - 1. */
static inline uint32_t
dice_below(struct dice *d, uint32_t n)
{
	return (uint32_t)((dice_throw(d) >> 32) * n >> 32);
}

static inline bool
dice_percent(struct dice *d, uint32_t percent)
{
	return dice_below(d, 100) < percent;
}

#endif
