/* SPDX-License-Identifier: ISC */
#include "unit/decode/ear.h"

static void
put_query(struct writer *w)
{
	wire_udp(w, 40000, 53, 27);
	put_bytes(w, "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00", 12);
	put_bytes(w,
	    "\x01"
	    "a\x07"
	    "example\x00\x00\x01\x00\x01",
	    15);
}

enum { QUERY = 8 + 27 };

/* An inner Ethernet frame or IP packet with a DNS query in it. */
static void
put_inner_ip(struct writer *w)
{
	wire_ip4(w, 17, 1, 0, QUERY);
	put_query(w);
}

static void
put_inner(struct writer *w)
{
	put_bytes(w, "\x02\x00\x00\x00\x00\x0a\x02\x00\x00\x00\x00\x0b\x08\x00", 14);
	put_inner_ip(w);
}

static void
expect_query(const struct writer *w, uint32_t link, const char *mac)
{
	struct ear e = ear_new();

	ear_hear(&e, link, w);
	EQ(e.heard.facts, 1);
	SAME(e.heard.value, "a.example");
	SAME(e.heard.subject, "10.0.0.2");
	SAME(e.heard.mac, mac);
	decode_free(e.d);
}

/* The outer packet: Ethernet, IPv4 and, for UDP, its header. */
static void
put_outer(struct writer *w, uint8_t proto)
{
	wire_ethernet(w, 0x0800);
	put_u16(w, 0x4500);
	put_u16(w, 0); /* as with segmentation offload: all that is there */
	put_bytes(w, "\x00\x01\x00\x00\x40", 5);
	put_u8(w, proto);
	put_bytes(w, "\x00\x00\xc0\x00\x02\x01\xc0\x00\x02\x02", 10);
}

#define TUNNEL(sentence, proto, port, header, length, put_inside, mac) \
	TEST(sentence)                                                 \
	{                                                              \
		struct writer w;                                       \
                                                                       \
		writer_to_memory(&w);                                  \
		put_outer(&w, proto);                                  \
		if ((port) != 0) {                                     \
			put_u16(&w, 50000);                            \
			put_u16(&w, port);                             \
			put_u32(&w, 0);                                \
		}                                                      \
		put_bytes(&w, header, length);                         \
		put_inside(&w);                                        \
		expect_query(&w, LINK_ETHERNET, mac);                  \
		(void)writer_close(&w);                                \
	}

TUNNEL(the_device_of_vxlan_is_the_inner_one, 17, 4789, "\x08\0\0\0\0\0\x2a\0", 8,
    put_inner, "02:00:00:00:00:0b")
TUNNEL(what_vxlan_reserves_is_ignored, 17, 4789, "\x88\x80\0\7\0\0\x2a\1", 8, put_inner,
    "02:00:00:00:00:0b")
TUNNEL(the_device_of_geneve_is_the_inner_one, 17, 6081,
    "\x01\0\x65\x58\0\0\x2a\0\0\0\0\0", 12, put_inner, "02:00:00:00:00:0b")
TUNNEL(the_device_of_gtp_is_the_inner_one, 17, 2152,
    "\x34\xff\0\0\0\0\0\1\0\0\0\x85\x01\0\0\0", 16, put_inner_ip, "")
TUNNEL(a_next_header_of_gtp_counts_only_with_its_flag, 17, 2152,
    "\x32\xff\0\0\0\0\0\1\0\5\0\x85", 12, put_inner_ip, "")
TUNNEL(the_device_of_capwap_is_the_inner_one, 17, 5247, "\0\x10\0\0\0\0\0\0", 8,
    put_inner, "02:00:00:00:00:0b")
TUNNEL(the_device_of_tzsp_is_the_inner_one, 17, 37008, "\1\0\0\1\x0a\1\xff\1", 8,
    put_inner, "02:00:00:00:00:0b")
TUNNEL(the_device_of_l2tp_is_the_inner_one, 17, 1701, "\0\2\0\1\0\2\xff\3\0\x21", 10,
    put_inner_ip, "")
TUNNEL(what_the_bits_of_l2tp_announce_is_passed_over, 17, 1701,
    "\x4a\2\0\x40\0\1\0\2\0\0\0\0\0\2xx\x21", 17, put_inner_ip, "")
TUNNEL(the_device_of_erspan_two_is_the_inner_one, 47, 0,
    "\x10\0\x88\xbe\0\0\0\1\x10\0\0\0\0\0\0\0", 16, put_inner, "02:00:00:00:00:0b")
TUNNEL(the_device_of_erspan_three_is_the_inner_one, 47, 0,
    "\x10\0\x22\xeb\0\0\0\1\x20\0\0\0\0\0\0\0\0\0\0\0", 20, put_inner,
    "02:00:00:00:00:0b")
TUNNEL(the_device_of_gre_with_a_key_is_the_inner_one, 47, 0, "\x20\0\x08\0\0\0\0\7", 8,
    put_inner_ip, "")
TUNNEL(the_device_of_ip_in_ip_is_the_inner_one, 4, 0, "", 0, put_inner_ip, "")

TEST(tags_labels_and_sessions_are_walked_through)
{
	static const struct {
		uint16_t type;
		const char *bytes;
		size_t n;
	} layers[] = {
		{ 0x88a8, "\x00\x64\x81\x00\x00\x14\x08\x00", 8 },
		{ 0x8847, "\x00\x01\x00\x40\x00\x02\x01\x40", 8 },
		{ 0x8864, "\x11\x00\x00\x01\x00\x39\x00\x21", 8 },
		{ 0x0041, "\xaa\xaa\x03\x00\x00\x00\x08\x00", 8 },
	};

	for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
		struct writer w;
		writer_to_memory(&w);
		wire_ethernet(&w, layers[i].type);
		put_bytes(&w, layers[i].bytes, layers[i].n);
		put_inner_ip(&w);
		expect_query(&w, LINK_ETHERNET, "02:00:00:00:00:02");
		(void)writer_close(&w);
	}
}

TEST(other_links_carry_the_same_packet)
{
	struct writer w;

	writer_to_memory(&w);
	put_inner_ip(&w);
	expect_query(&w, LINK_RAW, "");
	w.len = 0;
	put_bytes(&w, "\x02\0\0\0", 4);
	put_inner_ip(&w);
	expect_query(&w, LINK_NULL, "");
	w.len = 0;
	put_bytes(&w, "\0\0\0\1\0\6\2\0\0\0\0\2\0\0\x08\0", 16);
	put_inner_ip(&w);
	expect_query(&w, LINK_LINUX_SLL, "02:00:00:00:00:02");
	w.len = 0;
	put_bytes(&w, "\x08\0\0\0\0\0\0\1\0\1\0\6\2\0\0\0\0\2\0\0", 20);
	put_inner_ip(&w);
	expect_query(&w, LINK_LINUX_SLL2, "02:00:00:00:00:02");
	w.len = 0; /* 802.2, as in captures on all interfaces */
	put_bytes(&w, "\0\0\0\1\0\6\2\0\0\0\0\2\0\0\0\4", 16);
	put_bytes(&w, "\xaa\xaa\3\0\0\0\x08\0", 8);
	put_inner_ip(&w);
	expect_query(&w, LINK_LINUX_SLL, "02:00:00:00:00:02");
	(void)writer_close(&w);
}

TEST(a_tunnel_in_a_tunnel_in_a_tunnel_ends)
{
	struct ear e = ear_new();
	struct writer w;

	writer_to_memory(&w);
	wire_ethernet(&w, 0x0800);
	for (unsigned i = 0; i < 200; i++)
		wire_ip4(&w, 4, 1, 0, 2000);
	ear_hear(&e, LINK_ETHERNET, &w);
	EQ(e.heard.facts, 0);
	(void)writer_close(&w);
	decode_free(e.d);
}

TEST(fragments_in_any_order_make_the_datagram)
{
	static const size_t cut[] = { 0, 8, 24, QUERY };
	static const unsigned order[] = { 2, 0, 1 };
	struct ear e = ear_new();
	struct writer whole, w;

	writer_to_memory(&whole);
	put_query(&whole);
	for (unsigned i = 0; i < 3; i++) {
		unsigned part = order[i];
		size_t n = cut[part + 1] - cut[part];
		writer_to_memory(&w);
		wire_ethernet(&w, 0x0800);
		wire_ip4(&w, 17, 7,
		    (uint16_t)(cut[part] / 8 | (part < 2 ? 0x2000u : 0)), n);
		put_bytes(&w, whole.buf + cut[part], n);
		EQ(e.heard.facts, 0);
		ear_hear(&e, LINK_ETHERNET, &w);
		(void)writer_close(&w);
	}
	EQ(e.heard.facts, 1);
	SAME(e.heard.value, "a.example");
	(void)writer_close(&whole);
	decode_free(e.d);
}

/* The bytes as an IP packet of protocol `proto` in two fragments of it. */
static void
hear_halves(struct ear *e, uint8_t proto, uint16_t id, const struct writer *whole)
{
	struct writer w;

	for (size_t at = 0, n = 24; at < whole->len; at += n, n = whole->len - 24) {
		writer_to_memory(&w);
		wire_ethernet(&w, 0x0800);
		wire_ip4(&w, proto, id, (uint16_t)(at / 8 | (at == 0 ? 0x2000u : 0)),
		    n);
		put_bytes(&w, whole->buf + at, n);
		ear_hear(e, LINK_ETHERNET, &w);
		(void)writer_close(&w);
	}
}

TEST(fragments_in_a_tunnel_of_fragments_make_the_datagram)
{
	struct ear e = ear_new();
	struct writer whole, w;

	writer_to_memory(&whole);
	put_query(&whole);
	for (size_t at = 0, n = 24; at < whole.len; at += n, n = whole.len - 24) {
		writer_to_memory(&w);
		wire_ip4(&w, 17, 7, (uint16_t)(at / 8 | (at == 0 ? 0x2000u : 0)), n);
		put_bytes(&w, whole.buf + at, n);
		hear_halves(&e, 4, (uint16_t)(100 + at), &w);
		(void)writer_close(&w);
	}
	EQ(e.heard.facts, 1);
	SAME(e.heard.value, "a.example");
	(void)writer_close(&whole);
	decode_free(e.d);
}

TEST(a_frame_in_pieces_of_capwap_is_read_when_the_last_has_come)
{
	static const char *const headers[] = { "\0\x10\0\xc0\x12\x34\0\x28",
		"\0\x10\0\x80\x12\x34\0\0" }; /* the second piece comes first */
	struct ear e = ear_new();
	struct writer whole, w;

	writer_to_memory(&whole);
	put_inner(&whole);
	for (unsigned i = 0; i < 2; i++) {
		size_t from = i == 0 ? 40 : 0, n = i == 0 ? whole.len - 40 : 40;
		EQ(e.heard.facts, 0);
		writer_to_memory(&w);
		put_outer(&w, 17);
		wire_udp(&w, 5247, 5247, 8 + n);
		put_bytes(&w, headers[i], 8);
		put_bytes(&w, whole.buf + from, n);
		ear_hear(&e, LINK_ETHERNET, &w);
		(void)writer_close(&w);
	}
	EQ(e.heard.facts, 1);
	SAME(e.heard.value, "a.example");
	SAME(e.heard.mac, "02:00:00:00:00:0b");
	(void)writer_close(&whole);
	decode_free(e.d);
}

TEST(an_address_is_present_once_an_hour)
{
	struct ear e = ear_new();
	struct fact_sink out = { .take = hear_fact, .state = &e.heard };
	struct presence_sink was = { hear_presence, &e.heard };
	struct writer w;

	writer_to_memory(&w);
	wire_ethernet(&w, 0x0800);
	put_inner_ip(&w);
	for (int64_t minute = 0; minute < 150; minute++) {
		struct frame f = { .bytes = cur_over(w.buf, w.len),
			.length = (uint32_t)w.len,
			.link = LINK_ETHERNET,
			.time = minute * INT64_C(60000000000) };
		decode_frame(e.d, &f, &out, &was);
	}
	EQ(e.heard.presences, 2);
	decode_finish(e.d, &was);
	EQ(e.heard.presences, 3);
	(void)writer_close(&w);
	decode_free(e.d);
}

/* The port alone is in the program: of whose service it is, knowledge says. */
TEST(opening_a_connection_to_a_push_service_is_said_once_and_an_answer_is_not)
{
	static const char to_apple[] =
	    "\2\0\0\0\0\1\2\0\0\0\0\2\x08\0\x45\0\0\x28\0\1\x40\0\x40\6\0\0"
	    "\300\0\2\7\x11\x39\x90\x14\x9c\x40\x14\x67\0\0\0\1\0\0\0\0\x50\2\xff\xff\0"
	    "\0\0\0";
	struct ear e = ear_new();
	struct writer w;

	writer_to_memory(&w);
	put_bytes(&w, to_apple, sizeof to_apple - 1);
	ear_hear(&e, LINK_ETHERNET, &w);
	EQ(e.heard.facts, 2); /* and the SYN itself */
	w.buf[47] = 0x12;     /* the same as a SYN-ACK from that port would have it */
	ear_hear(&e, LINK_ETHERNET, &w);
	EQ(e.heard.facts, 3);
	(void)writer_close(&w);
	decode_free(e.d);
}

TEST(a_random_bluetooth_address_is_present_as_what_it_is)
{
	static const char radio[] =
	    "\x25\xd0\0\0\xd6\xbe\x89\x8e\1\x0c\xd6\xbe\x89\x8e\x40\x09\7\0\0\0\0\xc2"
	    "\2\1\6\0\0\0";
	struct ear e = ear_new();
	struct writer w;
	struct presence_sink was = { hear_presence, &e.heard };

	writer_to_memory(&w);
	put_bytes(&w, radio, sizeof radio - 1);
	ear_hear(&e, LINK_BLUETOOTH_LE_LL_WITH_PHDR, &w);
	SAME(e.heard.subject, "c2:00:00:00:00:07");
	EQ(e.heard.facts, 2);
	decode_finish(e.d, &was);
	EQ(e.heard.presences, 1);
	EQ(decode_counts(e.d).bluetooth, 0);
	w.buf[9] = 0x04; /* the checksum was wrong */
	ear_hear(&e, LINK_BLUETOOTH_LE_LL_WITH_PHDR, &w);
	EQ(e.heard.facts, 2);
	EQ(decode_counts(e.d).bluetooth, 1);
	(void)writer_close(&w);
	decode_free(e.d);
}
