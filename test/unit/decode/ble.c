/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

static struct context
advertiser(enum addr_kind kind, uint8_t first)
{
	struct context ctx = heard_context(NULL);

	ctx.seen.src_mac = (struct addr){ (uint8_t)kind, { first, 0, 0, 0, 0, 7 } };
	ctx.seen.src_ip = (struct addr){ 0 };
	return ctx;
}

TEST(the_top_bits_of_a_random_address_tell_its_kind)
{
	static struct heard h;
	struct context fixed = advertiser(ADDR_BLE, 0xc0);
	struct context private = advertiser(ADDR_BLE, 0x40);
	struct context once = advertiser(ADDR_BLE, 0);
	struct context public = advertiser(ADDR_MAC, 0xc0);

	hear_in(&h, ble_decode, "", 0, &fixed);
	SAME(h.text, "ble.address_type c0:00:00:00:00:07 static\n");
	hear_in(&h, ble_decode, "", 0, &private);
	SAME(h.text, "ble.address_type 40:00:00:00:00:07 resolvable\n");
	hear_in(&h, ble_decode, "", 0, &once);
	SAME(h.text, "ble.address_type 00:00:00:00:00:07 non-resolvable\n");
	hear_in(&h, ble_decode, "", 0, &public);
	SAME(h.text, "ble.address_type c0:00:00:00:00:07 public\n");
}

TEST(of_airdrop_and_find_my_only_the_type_is_said)
{
	static struct heard h;
	struct context ctx = advertiser(ADDR_BLE, 0x40);
	static const char data[] = "\x0f\xff\x4c\0\5\5secre\x12\3ret";

	hear_in(&h, ble_decode, data, sizeof data - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "ble.address_type 40:00:00:00:00:07 resolvable\n"
	    "ble.company 40:00:00:00:00:07 004c\n"
	    "ble.apple_type 40:00:00:00:00:07 05\n"
	    "ble.apple_type 40:00:00:00:00:07 12\n");
}

TEST(an_apple_message_past_its_structure_ends_the_reading)
{
	static struct heard h;
	struct context ctx = advertiser(ADDR_BLE, 0x40);
	static const char data[] = "\x08\xff\x4c\0\x08\x0f\0\0\0";

	hear_in(&h, ble_decode, data, sizeof data - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "ble.address_type 40:00:00:00:00:07 resolvable\n"
	    "ble.company 40:00:00:00:00:07 004c\n");
}

TEST(advertisements_cut_anywhere_say_nothing_false)
{
	struct context ctx = advertiser(ADDR_BLE, 0x40);
	static const char data[] =
	    "\2\1\x1a\x0a\xff\x4c\0\x10\5\x1b\x1c\1\2\3\4\x09pen";

	cut_everywhere(ble_decode, data, sizeof data - 1, &ctx, false);
}
