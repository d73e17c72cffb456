/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

enum { FIXED = 240, MESSAGE = 600, SNAME_AT = 44, FILE_AT = 108 };

/* A BOOTP header of a client 02:00:00:00:00:07, its cookie, and options. */
struct message {
	uint8_t bytes[MESSAGE];
	size_t len;
};

static void
put_at(struct message *m, size_t at, const void *bytes, size_t n)
{
	memcpy(m->bytes + at, bytes, n);
}

static struct message
message(char op, const char *options, size_t n)
{
	struct message m = { .len = FIXED + n };

	put_at(&m, 0, (char[]){ op, 1, 6, 0 }, 4);
	put_at(&m, 28, "\2\0\0\0\0\7", 6);
	put_at(&m, 236, "\x63\x82\x53\x63", 4);
	put_at(&m, FIXED, options, n);
	return m;
}

static const char discover[] = "\x35\1\1"
                               "\x37\6\1\x79\3\6\x0f\x77"
                               "\x39\2\5\xdc"
                               "\x3d\7\1\2\0\0\0\0\7"
                               "\0\0" /* padding between options is allowed */
                               "\x0c\x0c"
                               "Lucas-iPhone"
                               "\x3c\011MSFT 5.0\0"
                               "\x32\4\300\0\2\7"
                               "\xff"
                               "\x0c\4late"; /* what is behind the end, is not there */

TEST(a_discover_tells_what_its_client_is)
{
	static struct heard h;
	struct message m = message(1, discover, sizeof discover - 1);

	hear(&h, dhcp4_decode, m.bytes, m.len);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "dhcp.message_type 02:00:00:00:00:07 1\n"
	    "dhcp.parameters 02:00:00:00:00:07 1,121,3,6,15,119\n"
	    "dhcp.vendor_class 02:00:00:00:00:07 MSFT 5.0\n"
	    "dhcp.hostname 02:00:00:00:00:07 Lucas-iPhone\n"
	    "dhcp.client_id 02:00:00:00:00:07 01020000000007\n"
	    "dhcp.max_size 02:00:00:00:00:07 1500\n"
	    "dhcp.requested_address 02:00:00:00:00:07 192.0.2.7\n"
	    "dhcp.options 02:00:00:00:00:07 53,55,57,61,12,60,50\n");
}

TEST(an_ack_binds_the_address_to_the_client_it_speaks_of)
{
	static const char options[] = "\x35\1\5\x36\4\300\0\2\1\x33\4\0\0\x0e\x10\xff";
	static struct heard h;
	struct message m = message(2, options, sizeof options - 1);

	put_at(&m, 16, "\300\0\2\7", 4); /* yiaddr */
	hear(&h, dhcp4_decode, m.bytes, m.len);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "dhcp.message_type 02:00:00:00:00:07 5\n"
	    "dhcp.server 02:00:00:00:00:07 192.0.2.1\n"
	    "dhcp.address 02:00:00:00:00:07 192.0.2.7\n"
	    "dhcp.lease_time 02:00:00:00:00:07 3600\n");
}

TEST(an_offer_binds_nothing)
{
	static const char options[] = "\x35\1\2\xff";
	static struct heard h;
	struct message m = message(2, options, sizeof options - 1);

	put_at(&m, 16, "\300\0\2\7", 4);
	hear(&h, dhcp4_decode, m.bytes, m.len);
	SAME(h.text, "dhcp.message_type 02:00:00:00:00:07 2\n");
}

TEST(options_overflow_into_file_and_then_sname)
{
	static const char options[] = "\x34\1\3\x35\1\1\xff";
	static struct heard h;
	struct message m = message(1, options, sizeof options - 1);

	put_at(&m, FILE_AT, "\x0c\2ab\xff\x0c\1x", 8);
	put_at(&m, SNAME_AT, "\x39\2\5\xdc\xff", 5);
	hear(&h, dhcp4_decode, m.bytes, m.len);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "dhcp.message_type 02:00:00:00:00:07 1\n"
	    "dhcp.hostname 02:00:00:00:00:07 ab\n"
	    "dhcp.max_size 02:00:00:00:00:07 1500\n"
	    "dhcp.options 02:00:00:00:00:07 52,53,12,57\n");
}

TEST(an_option_in_pieces_is_one_value)
{
	static const char options[] = "\x0c\3one\x35\1\1\x0c\3two\xff";
	static struct heard h;
	struct message m = message(1, options, sizeof options - 1);

	hear(&h, dhcp4_decode, m.bytes, m.len);
	SAME(h.text,
	    "dhcp.message_type 02:00:00:00:00:07 1\n"
	    "dhcp.hostname 02:00:00:00:00:07 onetwo\n"
	    "dhcp.options 02:00:00:00:00:07 12,53,12\n");
}

TEST(an_fqdn_reads_the_same_in_both_encodings)
{
	static const char ascii[] = "\x51\x0c\0\0\0pc.a.test\xff";
	static const char wire[] = "\x51\x0d\4\0\0\2pc\1a\4test\0\xff";
	static struct heard h;
	struct message m = message(1, wire, sizeof wire - 1);

	hear(&h, dhcp4_decode, m.bytes, m.len);
	SAME(h.text,
	    "dhcp.fqdn 02:00:00:00:00:07 pc.a.test\n"
	    "dhcp.options 02:00:00:00:00:07 81\n");
	m = message(1, ascii, sizeof ascii - 1);
	hear(&h, dhcp4_decode, m.bytes, m.len);
	SAME(h.text,
	    "dhcp.fqdn 02:00:00:00:00:07 pc.a.test\n"
	    "dhcp.options 02:00:00:00:00:07 81\n");
}

TEST(user_classes_are_read_in_pieces_and_bare)
{
	static const char pieces[] = "\x4d\6\2ab\2cd\xff";
	static const char bare[] = "\x4d\4iPXE\xff";
	static struct heard h;
	struct message m = message(1, pieces, sizeof pieces - 1);

	hear(&h, dhcp4_decode, m.bytes, m.len);
	SAME(h.text,
	    "dhcp.user_class 02:00:00:00:00:07 ab,cd\n"
	    "dhcp.options 02:00:00:00:00:07 77\n");
	m = message(1, bare, sizeof bare - 1);
	hear(&h, dhcp4_decode, m.bytes, m.len);
	SAME(h.text,
	    "dhcp.user_class 02:00:00:00:00:07 iPXE\n"
	    "dhcp.options 02:00:00:00:00:07 77\n");
}

TEST(a_relay_tells_where_the_client_is_plugged_in)
{
	static const char options[] = "\x52\x0a\1\2\0\4\2\4\x0a\0\0\1\xff";
	static struct heard h;
	struct message m = message(1, options, sizeof options - 1);

	hear(&h, dhcp4_decode, m.bytes, m.len);
	SAME(h.text,
	    "dhcp.options 02:00:00:00:00:07 82\n"
	    "dhcp.relay_circuit 02:00:00:00:00:07 0004\n"
	    "dhcp.relay_remote 02:00:00:00:00:07 0a000001\n");
}

TEST(a_lease_query_is_not_the_clients_own_word)
{
	static const char options[] = "\x35\1\x0a\x37\2\1\3\xff";
	static struct heard h;
	struct message m = message(1, options, sizeof options - 1);

	hear(&h, dhcp4_decode, m.bytes, m.len);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(an_option_longer_than_its_message_is_bad)
{
	static const char options[] = "\x35\1\1\x0c\x20short";
	static struct heard h;
	struct message m = message(1, options, sizeof options - 1);

	hear(&h, dhcp4_decode, m.bytes, m.len);
	EQ(h.how, DECODED_BAD);
	SAME(h.text,
	    "dhcp.message_type 02:00:00:00:00:07 1\n"
	    "dhcp.options 02:00:00:00:00:07 53\n");
}

TEST(dhcp_cut_anywhere_reads_only_what_is_there)
{
	struct context ctx = heard_context(NULL);
	struct message m = message(1, discover, sizeof discover - 1);

	cut_everywhere(dhcp4_decode, m.bytes, m.len, &ctx, false);
}
