/* SPDX-License-Identifier: ISC */
#include "decode/dnsname.h"
#include "unit/decode/heard.h"

#define HEADER "\x12\x34\1\0\0\1\0\0\0\0\0\0"

static const char query[] = HEADER "\3www\7example\3com\0\0\1\0\1";

TEST(a_dns_query_says_the_name_it_asks_for)
{
	static struct heard h;

	hear(&h, dns_decode, query, sizeof query - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "dns.query 192.0.2.7 www.example.com\n");
}

TEST(a_dns_answer_or_update_says_nothing)
{
	static const char answer[] = "\x12\x34\x81\x80\0\1\0\0\0\0\0\0\1a\0\0\1\0\1";
	static const char update[] = "\x12\x34\x28\0\0\1\0\0\0\0\0\0\1a\0\0\6\0\1";
	static struct heard h;

	hear(&h, dns_decode, answer, sizeof answer - 1);
	EQ(h.how, DECODED_NOT_MINE);
	hear(&h, dns_decode, update, sizeof update - 1);
	EQ(h.how, DECODED_NOT_MINE);
	SAME(h.text, "");
}

TEST(names_are_printed_as_tshark_prints_them)
{
	static const char odd[] = HEADER "\6a\t\n\033.b\0\0\1\0\1";
	static const char root[] = HEADER "\0\0\2\0\1";
	static struct heard h;

	hear(&h, dns_decode, odd, sizeof odd - 1);
	SAME(h.text, "dns.query 192.0.2.7 a\\t\\n\\033.b\n");
	hear(&h, dns_decode, root, sizeof root - 1);
	SAME(h.text, "dns.query 192.0.2.7 <Root>\n");
}

TEST(pointers_that_go_round_end_the_message)
{
	static const char itself[] = HEADER "\300\014\0\1\0\1";
	static const char each_other[] = HEADER "\1a\300\020\1b\300\014\0\1\0\1";
	static struct heard h;

	hear(&h, dns_decode, itself, sizeof itself - 1);
	EQ(h.how, DECODED_BAD);
	hear(&h, dns_decode, each_other, sizeof each_other - 1);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(a_name_over_255_bytes_is_refused)
{
	char bytes[12 + 5 * 64 + 5] = HEADER;
	static struct heard h;

	for (size_t i = 12; i < 12 + 5 * 64; i++)
		bytes[i] = (i - 12) % 64 == 0 ? 63 : 'x';
	hear(&h, dns_decode, bytes, sizeof bytes);
	EQ(h.how, DECODED_BAD);
}

TEST(names_equal_but_for_letters_have_one_hash)
{
	struct dns_name a, b;
	struct cursor upper = cur_over("\1A\5LOCAL", 9);
	struct cursor lower = cur_over("\1a\5local", 9);
	struct cursor message = upper;

	OK(dns_name_read(&upper, message, &a));
	message = lower;
	OK(dns_name_read(&lower, message, &b));
	OK(dns_name_hash(&a, 0) == dns_name_hash(&b, 0));
	OK(dns_name_hash(&a, 2) != dns_name_hash(&b, 0));
}

TEST(dns_over_tcp_reads_each_message_that_is_whole)
{
	static const char two[] = "\0\023" HEADER "\1a\0\0\1\0\1"
	                          "\0\023" HEADER "\1b\0\0\1\0\1"
	                          "\0\023" HEADER;
	static struct heard h;
	struct context ctx = heard_context(NULL);

	hear(&h, dns_tcp_decode, two, sizeof two - 1);
	EQ(h.how, DECODED);
	SAME(h.text, "dns.query 192.0.2.7 a\ndns.query 192.0.2.7 b\n");
	cut_everywhere(dns_tcp_decode, two, 21, &ctx, true);
}

TEST(dns_cut_anywhere_says_nothing)
{
	struct context ctx = heard_context(NULL);

	cut_everywhere(dns_decode, query, sizeof query - 1, &ctx, false);
}
