/* SPDX-License-Identifier: ISC */
#include "decode/gather.h"
#include "decode/quicframe.h"
#include "decode/quicseal.h"
#include "unit/decode/heard.h"

#define RANDOM "0123456789abcdef0123456789abcdef"
/* server name, versions, encrypted hello, transport parameters: 3, 27, 4, 0x2ab2, 58 */
#define EXTENSIONS                                                                   \
	"\0\x3b\0\0\0\016\0\014\0\0\011a.example\0\x2b\0\3\2\3\4\xfe\x0d\0\2\0\0"    \
	"\0\x39\0\x18\3\2\x45\xc0\x1b\0\4\4\x80\0\xff\xff\x6a\xb2\0\x3a\2\1\2\x80\0" \
	"\x71\x27"                                                                   \
	"\0"
#define BODY "\3\3" RANDOM "\0\0\2\x13\1\1\0" EXTENSIONS

static const char hello[] = "\1\0\0\x66" BODY;

TEST(a_quic_hello_tells_its_version_and_parameters)
{
	static struct heard h;
	struct context ctx = heard_context(NULL);

	ctx.version = 0x6b3343cf;
	hear_in(&h, quic_decode, hello, sizeof hello - 1, &ctx);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "tls.sni 192.0.2.7 a.example\n") != NULL);
	OK(strstr(h.text, "tls.ja4_r 192.0.2.7 q13d010400_1301_002b,0039,fe0d\n") !=
	    NULL);
	OK(strstr(h.text,
	       "quic.transport_parameters 192.0.2.7 03,04,2ab2,7127,grease\n") != NULL);
	OK(strstr(h.text, "quic.version 192.0.2.7 6b3343cf\n") != NULL);
	OK(strstr(h.text, "hidden.ech 192.0.2.7 a.example\n") != NULL);
}

TEST(a_quic_hello_cut_anywhere_waits)
{
	struct context ctx = heard_context(NULL);

	cut_everywhere(quic_decode, hello, sizeof hello - 1, &ctx, true);
}

TEST(keys_of_initial_packets_are_those_of_the_documents)
{
	static const char dcid[] = "\x83\x94\xc8\xf0\x3e\x51\x57\x08";
	struct quic_seal *s = quic_seal_new();
	struct quic_keys k;

	/* RFC 9001 appendix A.1 */
	OK(quic_keys_derive(s, quic_version_find(1), cur_over(dcid, 8), &k));
	OK(memcmp(k.key,
	       "\x1f\x36\x96\x13\xdd\x76\xd5\x46\x77\x30\xef\xcb\xe3\xb1\xa2\x2d",
	       16) == 0);
	OK(memcmp(k.iv, "\xfa\x04\x4b\x2f\x42\xa3\xfd\x3b\x46\xfb\x25\x5c", 12) == 0);
	OK(memcmp(k.hp,
	       "\x9f\x50\x44\x9e\x04\xa0\xe8\x10\x28\x3a\x1e\x99\x33\xad\xed\xd2",
	       16) == 0);
	/* RFC 9369 appendix A.1 */
	OK(quic_keys_derive(s, quic_version_find(0x6b3343cf), cur_over(dcid, 8), &k));
	OK(memcmp(k.key,
	       "\x8b\x1a\x0b\xc1\x21\x28\x42\x90\xa2\x9e\x09\x71\xb5\xcd\x04\x5d",
	       16) == 0);
	OK(memcmp(k.iv, "\x91\xf7\x3e\x23\x51\xd8\xfa\x91\x66\x0e\x90\x9f", 12) == 0);
	OK(memcmp(k.hp,
	       "\x45\xb9\x5e\x15\x23\x5d\x6f\x45\xa6\xb1\x9c\xbc\xb0\x29\x4b\xa9",
	       16) == 0);
	quic_seal_free(s);
}

static bool
gathers(const char *frames, size_t n, uint32_t version, const char *want)
{
	static struct gather g;

	g.n = 0;
	if (!quic_frames(cur_over(frames, n), quic_version_find(version), &g))
		return false;
	struct cursor got = gather_ready(&g);
	return cur_left(&got) == strlen(want) &&
	    memcmp(got.at, want, strlen(want)) == 0;
}

#define FRAMES(literal) literal, sizeof(literal) - 1

TEST(frames_are_put_in_order_and_what_came_first_stays)
{
	OK(gathers(FRAMES("\6\2\2cd\0\1\6\0\3abX\2\7\0\1\0\1\1\6\4\1e"), 1, "abcde"));
	OK(gathers(FRAMES("\3\7\0\0\0\1\1\1\6\0\2ab\x1c\0\0\1x"), 1, "ab"));
	OK(gathers(FRAMES("\6\1\1b"), 1, ""));
	/* Google's: an acknowledgement, then CRYPTO; STREAM 1 and another stream */
	OK(gathers(FRAMES("\x40\1\0\0\1\0\x08\0\2ab"), 0x51303530, "ab"));
	OK(gathers(FRAMES("\xa0\1\0\2ab\xa0\3\0\1x\x84\1\0\2cd"), 0x51303433, "abcd"));
	/* before Q039 numbers are little-endian */
	OK(gathers(FRAMES("\xa0\1\2\0ab\xa4\1\2\0\1\0c"), 0x51303335, "abc"));
}

TEST(frames_that_an_initial_may_not_have_are_refused)
{
	OK(!gathers(FRAMES("\6\0\4abc"), 1, ""));
	OK(!gathers(FRAMES("\x08\0\2ab"), 1, ""));
	OK(!gathers(FRAMES("\2\0\0\x7f\xff"), 1, ""));
}

TEST(a_chlo_tells_name_and_user_agent_and_waits_for_its_end)
{
	static const char chlo[] = "CHLO\2\0\0\0SNI\0\2\0\0\0UAID\5\0\0\0a.C/1";
	static struct heard h;
	struct context ctx = heard_context(NULL);

	ctx.version = 0x51303433;
	hear_in(&h, gquic_decode, chlo, sizeof chlo - 1, &ctx);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "tls.sni 192.0.2.7 a.\nquic.user_agent 192.0.2.7 C/1\n"
	    "quic.version 192.0.2.7 51303433\n");
	cut_everywhere(gquic_decode, chlo, sizeof chlo - 1, &ctx, true);
}
