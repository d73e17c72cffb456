/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

static const char reply[] = "\0\1\x08\0\6\4\0\2"
                            "\x02\0\0\0\0\7\300\0\2\7"
                            "\x02\0\0\0\0\1\300\0\2\1";
static const char probe[] = "\0\1\x08\0\6\4\0\1"
                            "\x02\0\0\0\0\7\0\0\0\0"
                            "\0\0\0\0\0\0\300\0\2\7";
static const char from_group[] = "\0\1\x08\0\6\4\0\1"
                                 "\x01\0\x5e\0\0\7\300\0\2\7"
                                 "\0\0\0\0\0\0\300\0\2\1";
static const char rarp[] = "\0\1\x08\0\6\4\0\3"
                           "\x02\0\0\0\0\7\300\0\2\7"
                           "\0\0\0\0\0\0\300\0\2\1";

enum { SIZE = 28 };

TEST(an_arp_reply_binds_the_senders_address_of_its_body)
{
	static struct heard h;

	hear(&h, arp_decode, reply, SIZE);
	EQ(h.how, DECODED);
	SAME(h.text, "arp.address 02:00:00:00:00:07 192.0.2.7\n");
}

TEST(an_arp_probe_binds_nothing_for_it_holds_nothing_yet)
{
	static struct heard h;

	hear(&h, arp_decode, probe, SIZE);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(arp_from_a_group_address_is_bad_and_rarp_is_another_protocol)
{
	static struct heard h;

	hear(&h, arp_decode, from_group, SIZE);
	EQ(h.how, DECODED_BAD);
	hear(&h, arp_decode, rarp, SIZE);
	EQ(h.how, DECODED_NOT_MINE);
	SAME(h.text, "");
}

TEST(arp_cut_anywhere_says_nothing_false)
{
	struct context ctx = heard_context(NULL);

	cut_everywhere(arp_decode, reply, SIZE, &ctx, false);
}
