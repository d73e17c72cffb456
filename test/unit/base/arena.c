/* SPDX-License-Identifier: ISC */
#include "base/arena.h"

#include <string.h>

#include "test.h"

static bool
is_zero(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != 0)
			return false;
	return true;
}

TEST(an_arena_that_was_reset_gives_zeroed_memory_again)
{
	struct arena a = { NULL, 0 };

	for (int round = 0; round < 3; round++) {
		bool zero = true;
		for (size_t i = 1; i < 2000; i++) {
			char *p = arena_take(&a, i);
			zero &= is_zero(p, i);
			memset(p, 0xa5, i);
		}
		OK(zero);
		arena_reset(&a);
	}
	OK(a.bytes < 8U * 1024 * 1024);
	arena_free(&a);
	EQ(a.bytes, 0);
}

TEST(an_object_larger_than_a_block_has_one_of_its_own)
{
	struct arena a = { NULL, 0 };
	char *small = arena_take(&a, 10), *large = arena_take(&a, 9U * 1024 * 1024);

	small[9] = large[9U * 1024 * 1024 - 1] = 'x';
	OK(is_zero(large, 4096));
	arena_free(&a);
}
