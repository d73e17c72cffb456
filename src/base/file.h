/* SPDX-License-Identifier: ISC */
/* Whole files into an arena, of at most `limit` bytes. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

/* For what a person wrote: false with a complaint. */
bool file_read(struct arena *, const char *file, size_t limit, struct text *,
    struct complaints *);
/* For what is ours: -1 with why. */
int file_text(struct arena *, const char *file, size_t limit, struct text *,
    struct err *);

#endif
