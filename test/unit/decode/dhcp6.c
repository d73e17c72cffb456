/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

#define LL "\0\1\0\012\0\3\0\1\2\0\0\0\0\011" /* option 1: DUID-LL of ...:09 */
#define PEER "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\7"
#define LINK "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"
#define GIVEN "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x77"

static const char solicit[] = "\1\1\2\3" LL "\0\6\0\4\0\x17\0\x18";

static struct context
from(const char *ip)
{
	struct context ctx = heard_context(NULL);

	ctx.seen.src_ip = addr_of(ip);
	ctx.seen.dst_ip = addr_of("ff02::1:2");
	return ctx;
}

TEST(a_dhcpv6_client_is_its_frames_sender_on_its_own_link)
{
	static struct heard h;
	struct context ctx = from("fe80::7");

	hear_in(&h, dhcp6_decode, solicit, sizeof solicit - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "dhcpv6.message_type 02:00:00:00:00:07 1\n"
	    "dhcpv6.duid 02:00:00:00:00:07 00030001020000000009\n"
	    "dhcpv6.duid_type 02:00:00:00:00:07 3\n"
	    "dhcpv6.option_request 02:00:00:00:00:07 23,24\n"
	    "dhcpv6.options 02:00:00:00:00:07 1,6\n");
}

/* From a global address a router may stand between: the frame's sender is its. */
TEST(a_dhcpv6_client_from_afar_is_known_by_its_duid)
{
	static struct heard h;
	struct context ctx = from("2001:db8::9");

	hear_in(&h, dhcp6_decode, solicit, 18, &ctx);
	SAME(h.text,
	    "dhcpv6.message_type 02:00:00:00:00:09 1\n"
	    "dhcpv6.duid 02:00:00:00:00:09 00030001020000000009\n"
	    "dhcpv6.duid_type 02:00:00:00:00:09 3\n"
	    "dhcpv6.options 02:00:00:00:00:09 1\n");
	/* A DUID of a UUID has no address in it: what is left is the IP address. */
	hear_in(&h, dhcp6_decode, "\1\1\2\3\0\1\0\4\0\4\xaa\xbb", 12, &ctx);
	SAME(h.text,
	    "dhcpv6.message_type 2001:db8::9 1\n"
	    "dhcpv6.duid 2001:db8::9 0004aabb\n"
	    "dhcpv6.duid_type 2001:db8::9 4\n"
	    "dhcpv6.options 2001:db8::9 1\n");
}

TEST(an_address_that_is_valid_for_no_time_is_not_given)
{
	static struct heard h;
	struct context ctx = from("fe80::1");
	static const char reply[] = "\7\1\2\3\0\4\0\x20\0\0\0\1\0\5\0\x18" GIVEN
	                            "\0\0\0\0\0\0\0\0";
	static const char lasting[] = "\7\1\2\3\0\4\0\x20\0\0\0\1\0\5\0\x18" GIVEN
	                              "\0\0\0\0\0\0\0\1";

	ctx.seen.dst_ip = addr_of("fe80::7");
	ctx.seen.dst_mac = addr_of("02:00:00:00:00:08");
	hear_in(&h, dhcp6_decode, reply, sizeof reply - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text, "dhcpv6.message_type 02:00:00:00:00:08 7\n");
	hear_in(&h, dhcp6_decode, lasting, sizeof lasting - 1, &ctx);
	SAME(h.text,
	    "dhcpv6.message_type 02:00:00:00:00:08 7\n"
	    "dhcpv6.address 02:00:00:00:00:08 2001:db8::77\n");
}

TEST(a_relay_within_itself_for_ever_is_refused)
{
	static struct heard h;
	static char deep[40 * 38];
	struct context ctx = from("2001:db8::1");

	for (size_t i = 0; i < 40; i++) {
		size_t left = sizeof deep - (i + 1) * 38;
		char *at = deep + i * 38;
		memcpy(at, "\014\0" LINK PEER "\0\011", 36);
		at[36] = (char)(left >> 8);
		at[37] = (char)left;
	}
	hear_in(&h, dhcp6_decode, deep, sizeof deep, &ctx);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(a_dhcpv6_option_past_the_end_is_refused_and_what_was_before_it_stands)
{
	static struct heard h;
	struct context ctx = from("fe80::7");

	hear_in(&h, dhcp6_decode, "\1\1\2\3\0\6\0\2\0\x17\0\1\0\x20\0", 15, &ctx);
	EQ(h.how, DECODED_BAD);
	SAME(h.text,
	    "dhcpv6.message_type 02:00:00:00:00:07 1\n"
	    "dhcpv6.option_request 02:00:00:00:00:07 23\n"
	    "dhcpv6.options 02:00:00:00:00:07 6\n");
}

TEST(dhcpv6_cut_anywhere_says_nothing_false)
{
	struct context ctx = from("fe80::7");

	cut_everywhere(dhcp6_decode, solicit, sizeof solicit - 1, &ctx, false);
}
