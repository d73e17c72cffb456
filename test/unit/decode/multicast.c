/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

#define GROUP6 "\xff\2\0\0\0\0\0\0\0\0\0\0\0\0\0\xfb"
#define SOLICITED "\xff\2\0\0\0\0\0\0\0\0\0\1\xff\1\2\3"

static const char report6[] = "\217\0\0\0\0\0\0\2\4\1\0\1" GROUP6 GROUP6 "aux!"
                              "\4\0\0\0" SOLICITED;
static const char report4[] = "\x22\0\0\0\0\0\0\2\4\1\0\1\340\0\0\xfb\300\0\2\1aux!"
                              "\3\0\0\0\340\0\0\xfc";

TEST(a_joined_group_is_said_and_the_group_of_an_address_is_not)
{
	static struct heard h;
	struct context ctx = heard_context(NULL);

	ctx.seen.ttl = 1;
	ctx.seen.src_ip = addr_of("fe80::7");
	hear_in(&h, mld_decode, report6, sizeof report6 - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text, "mld.group fe80::7 ff02::fb\n");
	ctx.seen.src_ip = addr_of("::");
	hear_in(&h, mld_decode, report6, sizeof report6 - 1, &ctx);
	SAME(h.text, "mld.group 02:00:00:00:00:07 ff02::fb\n");
}

TEST(a_listener_report_through_a_router_is_refused)
{
	static struct heard h;
	struct context ctx = heard_context(NULL);

	ctx.seen.ttl = 64;
	hear_in(&h, mld_decode, report6, sizeof report6 - 1, &ctx);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(leaving_a_group_is_not_joining_it)
{
	static struct heard h;

	hear(&h, igmp_decode, report4, sizeof report4 - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "igmp.group 192.0.2.7 224.0.0.251\n");
	hear(&h, igmp_decode, "\x17\0\0\0\340\0\0\xfb", 8);
	EQ(h.how, DECODED_NOT_MINE);
	SAME(h.text, "");
}

TEST(multicast_reports_cut_anywhere_say_nothing_false)
{
	struct context ctx = heard_context(NULL);

	ctx.seen.ttl = 1;
	cut_everywhere(mld_decode, report6, sizeof report6 - 1, &ctx, false);
	cut_everywhere(igmp_decode, report4, sizeof report4 - 1, &ctx, false);
}
