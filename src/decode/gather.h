/* SPDX-License-Identifier: ISC */
#ifndef DECODE_GATHER_H
#define DECODE_GATHER_H

#include "decode/decode.h"

/*
 * The first STREAM_MAX bytes of a message that comes in pieces: late, twice, or
 * overlapping. What came first stays; so an attacker who sends a piece twice in two
 * versions is read as most stacks read him.
 */
enum { GATHER_RANGES = 32 }; /* apart from each other; hellos are cut into a dozen */

struct gather_range {
	uint32_t from, to;
};

struct gather {
	unsigned n;
	struct gather_range have[GATHER_RANGES]; /* sorted, apart */
	uint8_t bytes[STREAM_MAX];
};

/* Copies what is new; `from` is the place of the first byte. False: too many gaps. */
bool gather_add(struct gather *, uint32_t from, struct cursor);

/* The bytes from the first on that are there without a gap. */
struct cursor gather_ready(const struct gather *);

/* Lets the first bytes go, there or not: they were read, or say nothing. */
void gather_shift(struct gather *, uint32_t by);

#endif
