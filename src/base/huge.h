/* SPDX-License-Identifier: ISC */
#ifndef BASE_HUGE_H
#define BASE_HUGE_H

#include <stddef.h>

/*
 * Zeroed memory for large tables that are looked up at random: in huge pages where
 * the kernel gives them, so that a look-up misses one cache line and not the page
 * table too. From 2 MiB on; smaller ones come from calloc. Never NULL.
 */
void *huge_alloc(size_t n, size_t size);
void huge_free(void *, size_t n, size_t size); /* with the same numbers; NULL is fine */
/* Asks for huge pages where memory of malloc's is large enough to have some. */
void huge_advise(void *, size_t bytes);

#endif
