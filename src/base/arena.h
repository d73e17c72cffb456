/* SPDX-License-Identifier: ISC */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "base/text.h"

/* Memory for things that live and die together: taken bit by bit, freed whole. */
struct arena {
	struct arena_block *first;
	size_t bytes; /* taken from the system so far */
};

/* Zeroed, aligned for any object; never NULL (a fault when memory is out). */
void *arena_take(struct arena *, size_t n);
char *arena_string(struct arena *, struct text); /* a copy with a NUL */
struct text arena_text(struct arena *, struct text);
void arena_free(struct arena *);
/* All of it may be taken anew; what was there is gone. */
void arena_reset(struct arena *);

#endif
