/* SPDX-License-Identifier: ISC */
#include "base/cursor.h"

#include "test.h"

TEST(a_read_past_the_end_gives_zero_and_stays_spent)
{
	static const uint8_t bytes[] = { 0x12, 0x34, 0x56 };
	struct cursor c = cur_over(bytes, sizeof bytes);

	EQ(cur_u16(&c), 0x1234);
	EQ(cur_u16(&c), 0); /* one byte is left: refused, not half read */
	OK(!cur_ok(&c));
	EQ(cur_left(&c), 0);
	EQ(cur_u8(&c), 0);
}

TEST(a_block_cannot_reach_outside_its_parent)
{
	static const uint8_t bytes[] = { 5, 'a', 'b' };
	struct cursor c = cur_over(bytes, sizeof bytes);
	struct cursor block = cur_block8(&c);

	OK(!cur_ok(&block));
	OK(!cur_ok(&c));
	EQ(cur_left(&block), 0);
}

TEST(both_byte_orders_read_their_own)
{
	static const uint8_t bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	struct cursor big = cur_over(bytes, sizeof bytes);
	struct cursor little = big;

	EQ(cur_u64(&big), 0x0102030405060708);
	EQ(cur_u64le(&little), 0x0807060504030201);
	OK(cur_ok(&big) && cur_ok(&little));
}
