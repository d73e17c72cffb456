/* SPDX-License-Identifier: ISC */
#include "base/slots.h"

#include <stdlib.h>

#include "test.h"

static uint64_t
hash_of(uint32_t i)
{
	return i % 7 == 0 ? 42 : i * UINT64_C(0x9e3779b97f4a7c15); /* some collide */
}

static bool
has(const struct slots *s, uint32_t number)
{
	size_t at;

	for (uint32_t i = slots_first(s, hash_of(number), &at); i != SLOT_NONE;
	     i = slots_next(s, hash_of(number), &at))
		if (i == number)
			return true;
	return false;
}

TEST(what_was_added_is_found_over_many_doublings)
{
	struct slots s = { 0 };
	bool all = true;

	OK(!has(&s, 1));
	for (uint32_t i = 0; i < 5000; i++)
		slots_add(&s, hash_of(i), i);
	for (uint32_t i = 0; i < 5000; i++)
		all &= has(&s, i);
	OK(all);
	OK(!has(&s, 5001));
	EQ(s.n, 5000);
	slots_free(&s);
}

TEST(what_is_removed_takes_nothing_else_with_it)
{
	struct slots s = { 0 };
	bool right = true;

	for (uint32_t i = 0; i < 3000; i++)
		slots_add(&s, hash_of(i), i);
	for (uint32_t i = 0; i < 3000; i += 3)
		slots_remove(&s, hash_of(i), i);
	slots_remove(&s, hash_of(9999), 9999); /* never there */
	for (uint32_t i = 0; i < 3000; i++)
		right &= has(&s, i) == (i % 3 != 0);
	OK(right);
	EQ(s.n, 2000);
	slots_free(&s);
}

TEST(a_table_with_room_does_not_grow_on_the_way)
{
	struct slots s = { 0 };
	bool all = true;

	slots_reserve(&s, 5000);
	size_t cap = s.cap;
	for (uint32_t i = 0; i < 5000; i++)
		slots_add(&s, hash_of(i), i);
	for (uint32_t i = 0; i < 5000; i++)
		all &= has(&s, i);
	OK(all);
	EQ(s.cap, cap);
	slots_free(&s);
}
