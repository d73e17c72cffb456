/* SPDX-License-Identifier: ISC */
#ifndef BASE_LATELY_H
#define BASE_LATELY_H

#include "base/arena.h"

/*
 * What is said over and over is kept once: of the texts kept lately, one for each of so
 * many hashes. A text that is not among them is kept anew; none is ever missed.
 */
enum { LATELY = 4096 };

struct lately {
	struct text at[LATELY];
};

/* The text with its nul, in the arena, which is the same each time. */
const char *lately_string(struct lately *, struct arena *, struct text);

#endif
