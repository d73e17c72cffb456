/* SPDX-License-Identifier: ISC */
#include "base/huge.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/err.h"

#define HUGE ((size_t)2 * 1024 * 1024)

/*
 * The address sanitizer sees the ends of what malloc gives, and what can be reached
 * from it; of a mapping of ours it sees neither.
 */
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#define HUGE_FROM SIZE_MAX
#else
#define HUGE_FROM HUGE
#endif

void
huge_advise(void *p, size_t bytes)
{
	size_t before = (HUGE - ((uintptr_t)p & (HUGE - 1))) & (HUGE - 1);

	if (bytes >= HUGE_FROM && bytes - HUGE_FROM >= before)
		(void)madvise((char *)p + before, (bytes - before) & ~(HUGE - 1),
		    MADV_HUGEPAGE);
}

static size_t
rounded(size_t n, size_t size)
{
	if (size > 0 && n > (SIZE_MAX / 2) / size)
		FAULT("a table larger than memory");
	return (n * size + HUGE - 1) & ~(HUGE - 1);
}

void *
huge_alloc(size_t n, size_t size)
{
	size_t bytes = rounded(n, size);

	if (n * size < HUGE_FROM)
		return must_alloc(n, size);
	char *map = mmap(NULL, bytes + HUGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (map == MAP_FAILED)
		FAULT("out of memory");
	size_t before = (HUGE - ((uintptr_t)map & (HUGE - 1))) & (HUGE - 1);
	if (before > 0)
		(void)munmap(map, before);
	if (before < HUGE)
		(void)munmap(map + before + bytes, HUGE - before);
	(void)madvise(map + before, bytes, MADV_HUGEPAGE);
	return map + before;
}

void
huge_free(void *p, size_t n, size_t size)
{
	if (p == NULL)
		return;
	if (n * size < HUGE_FROM)
		free(p);
	else
		(void)munmap(p, rounded(n, size));
}
