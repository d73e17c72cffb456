/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"
#include "unit/decode/wire.h"

#define CLIENT "\0\0\x5e\0\x53\7" /* RFC 7042 */
#define POINT "\0\0\x5e\0\x53\1"
#define ALL "\xff\xff\xff\xff\xff\xff"

/* A probe request with an empty SSID and one rate, and its check sequence. */
#define PROBE                                \
	"\x40\0\0\0" ALL CLIENT ALL "\x10\0" \
	"\0\0"                               \
	"\1\1\x82"
#define PROBE_FCS "\x0c\xbf\x36\xf7"
#define SAID "wifi.probe 00:00:5e:00:53:07 0,1\n"

/* What one frame makes the walk say. */
static struct decode_counts
on_air(struct heard *h, uint32_t link, const void *bytes, size_t n)
{
	static const struct decode_options options = { .max_addresses = 64,
		.max_flows = 64 };
	struct decode *d = decode_new(&options);
	struct fact_sink out = { .take = heard_take, .state = h };
	uint8_t *copy = malloc(n + (n == 0)); /* the sanitizer sees its end */
	struct presence_sink was = { 0 };

	h->len = 0;
	h->text[0] = '\0';
	if (copy == NULL)
		abort();
	if (n > 0)
		memcpy(copy, bytes, n);
	struct frame f = { .bytes = cur_over(copy, n),
		.length = (uint32_t)n,
		.link = link,
		.number = 1 };
	decode_frame(d, &f, &out, &was);
	struct decode_counts counts = decode_counts(d);
	decode_free(d);
	free(copy);
	return counts;
}

#define ON_AIR(h, link, literal) on_air(h, link, literal, sizeof(literal) - 1)

/* Nothing is said, and nothing read past the end, wherever the header is cut. */
#define SILENT_BEFORE(link, literal, header)                          \
	do {                                                          \
		static struct heard cut_heard;                        \
		for (size_t len = 0; len < (header) + 24; len++) {    \
			(void)on_air(&cut_heard, link, literal, len); \
			SAME(cut_heard.text, "");                     \
		}                                                     \
	} while (0)

TEST(radiotap_flags_stand_behind_all_presence_words_and_the_time)
{
	static struct heard h;
	/* Three words: the time is where it is aligned. Two: four bytes further. */
	static const char three[] = "\0\0\x19\0"
	                            "\3\0\0\x80"
	                            "\0\0\0\x80"
	                            "\0\0\0\0"
	                            "\1\2\3\4\5\6\7\x08"
	                            "\x10" PROBE "\xde\xad\xbe\xef";
	static const char two[] = "\0\0\x19\0"
	                          "\3\0\0\x80"
	                          "\0\0\0\0"
	                          "\xff\xff\xff\xff"
	                          "\1\2\3\4\5\6\7\x08"
	                          "\x10" PROBE "\xde\xad\xbe\xef";

	EQ(ON_AIR(&h, LINK_IEEE802_11_RADIOTAP, three).wifi_bad, 0);
	SAME(h.text, SAID);
	EQ(ON_AIR(&h, LINK_IEEE802_11_RADIOTAP, two).wifi_bad, 0);
	SAME(h.text, SAID);
	SILENT_BEFORE(LINK_IEEE802_11_RADIOTAP, three, 0x19);
}

TEST(a_frame_that_was_received_with_errors_is_counted_and_not_read)
{
	static struct heard h;
	static const char tap[] = "\0\0\x9\0"
	                          "\2\0\0\0"
	                          "\x50" PROBE "\0\0\0\0";
	static const char ppi[] = "\0\0\x20\0"
	                          "\x69\0\0\0"
	                          "\2\0\x14\0"
	                          "\0\0\0\0\0\0\0\0"
	                          "\5\0"
	                          "\0\0\0\0\0\0\0\0\0\0" PROBE "\0\0\0\0";

	EQ(ON_AIR(&h, LINK_IEEE802_11_RADIOTAP, tap).wifi_bad, 1);
	SAME(h.text, "");
	EQ(ON_AIR(&h, LINK_PPI, ppi).wifi_bad, 1);
	SAME(h.text, "");
}

TEST(radiotap_of_a_wrong_length_or_version_is_counted)
{
	static struct heard h;

	EQ(ON_AIR(&h, LINK_IEEE802_11_RADIOTAP, "\1\0\x8\0\0\0\0\0" PROBE).wifi_bad, 1);
	EQ(ON_AIR(&h, LINK_IEEE802_11_RADIOTAP, "\0\0\7\0\0\0\0\0" PROBE).wifi_bad, 1);
	EQ(ON_AIR(&h, LINK_IEEE802_11_RADIOTAP, "\0\0\xff\0\0\0\0\0" PROBE).wifi_bad,
	    1);
	/* Flags are promised, and the header ends before them. */
	EQ(ON_AIR(&h, LINK_IEEE802_11_RADIOTAP, "\0\0\x8\0\2\0\0\0" PROBE).wifi_bad, 1);
	SAME(h.text, "");
}

TEST(a_check_sequence_of_which_nothing_is_known_is_one_if_it_is_right)
{
	static struct heard h;

	(void)ON_AIR(&h, LINK_IEEE802_11, PROBE);
	SAME(h.text, SAID);
	(void)ON_AIR(&h, LINK_IEEE802_11, PROBE PROBE_FCS);
	SAME(h.text, SAID);
	(void)ON_AIR(&h, LINK_IEEE802_11, PROBE "\3\2\1\6"); /* an element */
	SAME(h.text, "wifi.probe 00:00:5e:00:53:07 0,1,3\n");
}

#define ZEROS_8 "\0\0\0\0\0\0\0\0"
#define AVS_REST ZEROS_8 ZEROS_8 ZEROS_8 ZEROS_8 ZEROS_8 ZEROS_8 ZEROS_8

TEST(avs_by_its_magic_number_and_length)
{
	static struct heard h;
	static const char good[] = "\x80\x21\x10\1"
	                           "\0\0\0\x40" AVS_REST PROBE;

	EQ(ON_AIR(&h, LINK_IEEE802_11_AVS, good).wifi_bad, 0);
	SAME(h.text, SAID);
	/* Some write it under the number of Prism. */
	EQ(ON_AIR(&h, LINK_IEEE802_11_PRISM, good).wifi_bad, 0);
	SAME(h.text, SAID);
	SILENT_BEFORE(LINK_IEEE802_11_AVS, good, 64);
	EQ(ON_AIR(&h, LINK_IEEE802_11_AVS,
	       "\x80\x21\x10\1"
	       "\0\0\0\x3f" AVS_REST PROBE)
	        .wifi_bad,
	    1);
	EQ(ON_AIR(&h, LINK_IEEE802_11_AVS,
	       "\x80\x21\x10\1"
	       "\0\1\0\0" AVS_REST PROBE)
	        .wifi_bad,
	    1);
	EQ(ON_AIR(&h, LINK_IEEE802_11_AVS,
	       "\x80\x22\x10\1"
	       "\0\0\0\x40" AVS_REST PROBE)
	        .wifi_bad,
	    1);
	SAME(h.text, "");
}

TEST(prism_in_either_order_of_bytes)
{
	static struct heard h;
	static const char little[] = "\x44\0\0\0"
	                             "\x18\0\0\0" ZEROS_8 ZEROS_8 PROBE;
	static const char big[] = "\0\0\0\x44"
	                          "\0\0\0\x18" ZEROS_8 ZEROS_8 PROBE;

	EQ(ON_AIR(&h, LINK_IEEE802_11_PRISM, little).wifi_bad, 0);
	SAME(h.text, SAID);
	EQ(ON_AIR(&h, LINK_IEEE802_11_PRISM, big).wifi_bad, 0);
	SAME(h.text, SAID);
	SILENT_BEFORE(LINK_IEEE802_11_PRISM, little, 24);
	EQ(ON_AIR(&h, LINK_IEEE802_11_PRISM,
	       "\x45\0\0\0"
	       "\x18\0\0\0" ZEROS_8 ZEROS_8 PROBE)
	        .wifi_bad,
	    1);
	EQ(ON_AIR(&h, LINK_IEEE802_11_PRISM,
	       "\x44\0\0\0"
	       "\x17\0\0\0" ZEROS_8 ZEROS_8 PROBE)
	        .wifi_bad,
	    1);
	SAME(h.text, "");
}

TEST(ppi_says_the_link_and_whether_there_is_a_check_sequence)
{
	static struct heard h;
	/* An odd field before, aligned; then the common one. */
	static const char good[] = "\0\1\x2c\0"
	                           "\x69\0\0\0"
	                           "\x30\x75\5\0"
	                           "abcde\0\0\0"
	                           "\2\0\x14\0" ZEROS_8 "\1\0" ZEROS_8 "\0\0" PROBE
	                           "\xde\xad\xbe\xef";

	EQ(ON_AIR(&h, LINK_PPI, good).wifi_bad, 0);
	SAME(h.text, SAID);
	SILENT_BEFORE(LINK_PPI, good, 0x2c);
	EQ(ON_AIR(&h, LINK_PPI,
	       "\0\0\x8\0"
	       "\x69\0\1\0" PROBE)
	        .link_unknown,
	    1);
	EQ(ON_AIR(&h, LINK_PPI,
	       "\1\0\x8\0"
	       "\x69\0\0\0" PROBE)
	        .wifi_bad,
	    1);
	EQ(ON_AIR(&h, LINK_PPI,
	       "\0\0\7\0"
	       "\x69\0\0\0" PROBE)
	        .wifi_bad,
	    1);
	SAME(h.text, "");
}

/* A subframe of an A-MSDU: a DNS query, for a name of one letter. */
static void
put_subframe(struct writer *w, const char *name, bool last)
{
	size_t at = w->len;

	put_bytes(w, POINT CLIENT, 12);
	put_u16(w, 8 + 20 + 8 + 27);
	put_bytes(w, "\xaa\xaa\3\0\0\0\x08\0", 8);
	wire_ip4(w, 17, 1, 0, 8 + 27);
	wire_udp(w, 40000, 53, 27);
	put_bytes(w, "\x12\x34\1\0\0\1\0\0\0\0\0\0\1", 13);
	put_bytes(w, name, 1);
	put_bytes(w, "\7example\0\0\1\0\1", 13);
	while (!last && (w->len - at) % 4 != 0)
		put_u8(w, 0);
}

TEST(each_frame_of_an_aggregate_is_read)
{
	static struct heard h;
	static const char want[] = "dns.query 10.0.0.2 a.example\n"
	                           "dns.query 10.0.0.2 b.example\n";
	struct writer w;

	writer_to_memory(&w);
	put_bytes(&w,
	    "\x88\1\0\0" POINT CLIENT POINT "\0\0"
	    "\x80\0",
	    26);
	put_subframe(&w, "a", false);
	size_t first = w.len;
	put_subframe(&w, "b", true);
	(void)on_air(&h, LINK_IEEE802_11, w.buf, w.len);
	SAME(h.text, want);
	/* The second is cut: the first stands. */
	(void)on_air(&h, LINK_IEEE802_11, w.buf, first + 20);
	OK(strstr(h.text, "a.example") != NULL);
	OK(strstr(h.text, "b.example") == NULL);
	EQ(writer_close(&w), 0);
}

TEST(what_is_encrypted_is_counted)
{
	static struct heard h;

	EQ(ON_AIR(&h, LINK_IEEE802_11,
	       "\x88\x41\0\0" POINT CLIENT POINT "\0\0"
	       "\0\0" ZEROS_8)
	        .wifi_protected,
	    1);
	SAME(h.text, "");
}
