/* SPDX-License-Identifier: ISC */
#include "decode/cache.h"
#include "unit/decode/heard.h"

/*
 * A hello made by hand: GREASE in every list, server name, groups,
 * point formats, signature algorithms, ALPN, versions.
 */
#define RANDOM "0123456789abcdef0123456789abcdef"
#define CIPHERS "\0\012\x0a\x0a\x13\1\x13\2\xc0\x2f\0\x35"
#define SERVER_NAME "\0\0\0\016\0\014\0\0\011a.example"
#define GROUPS "\0\012\0\010\0\6\x1a\x1a\0\x1d\0\x17"
#define FORMATS "\0\013\0\2\1\0"
#define SIGNATURES "\0\015\0\010\0\6\4\3\x08\4\4\1"
#define ALPN "\0\020\0\016\0\014\2h2\010http/1.1"
#define VERSIONS "\0\x2b\0\7\6\x2a\x2a\3\4\3\3"
#define GREASE "\xfa\xfa\0\0"
#define EXTENSIONS "\0\x51" GREASE SERVER_NAME GROUPS FORMATS SIGNATURES ALPN VERSIONS
#define BODY "\3\3" RANDOM "\0" CIPHERS "\1\0" EXTENSIONS
#define BODY_LEN "\0\0\x84"

static const char hello[] = "\x16\3\1\0\x88\1" BODY_LEN BODY;

static const char told[] =
    "tls.sni 192.0.2.7 a.example\n"
    "tls.alpn 192.0.2.7 h2,http/1.1\n"
    "tls.version 192.0.2.7 0304\n"
    "tls.ja3 192.0.2.7 0ba35e3541baae998a2af0d8f498a0c3\n"
    "tls.ja3_full 192.0.2.7 771,4865-4866-49199-53,0-10-11-13-16-43,29-23,0\n"
    "tls.ja4 192.0.2.7 t13d0406h2_a6c5de254295_0d385148b956\n"
    "tls.ja4_r 192.0.2.7 t13d0406h2_0035,1301,1302,c02f_000a,000b,000d,002b_0403,0804,"
    "0401\n";

TEST(a_hello_is_told_with_its_fingerprints)
{
	static struct heard h;

	hear(&h, tls_decode, hello, sizeof hello - 1);
	EQ(h.how, DECODED);
	SAME(h.text, told);
}

TEST(a_hello_in_small_records_is_the_same_hello)
{
	static struct heard h;
	static char bytes[8 * sizeof hello];
	size_t n = 0;

	/* Records of one byte each after the first, which holds 1 to 4 of the header.
	 */
	for (size_t first = 1; first <= 4; first++) {
		n = 0;
		for (size_t i = 5; i < sizeof hello - 1;) {
			size_t take = i == 5 ? first : 1;
			memcpy(bytes + n, "\x16\3\1\0", 4);
			bytes[n + 4] = (char)take;
			memcpy(bytes + n + 5, hello + i, take);
			n += 5 + take;
			i += take;
		}
		hear(&h, tls_decode, bytes, n);
		EQ(h.how, DECODED);
		SAME(h.text, told);
	}
}

TEST(a_second_hello_may_follow_a_change_of_cipher)
{
	static struct heard h;
	static char bytes[6 + sizeof hello] = "\x14\3\3\0\1\1";

	memcpy(bytes + 6, hello, sizeof hello);
	hear(&h, tls_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED);
	SAME(h.text, told);
}

TEST(digests_from_the_cache_are_the_same)
{
	static struct heard h;
	struct context ctx = heard_context(NULL);

	ctx.cache = decode_cache_new();
	for (int i = 0; i < 3; i++) {
		hear_in(&h, tls_decode, hello, sizeof hello - 1, &ctx);
		SAME(h.text, told);
	}
	decode_cache_free(ctx.cache);
}

TEST(a_hello_without_extensions_has_zeros_for_them)
{
	static const char old[] = "\x16\3\0\0\x2d\1\0\0\x29\3\0" RANDOM
	                          "\0\0\2\0\x35\1\0";
	static struct heard h;

	hear(&h, tls_decode, old, sizeof old - 1);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "tls.ja3_full 192.0.2.7 768,53,,,\n") != NULL);
	OK(strstr(h.text, "tls.ja4_r 192.0.2.7 ts3i010000_0035_\n") != NULL);
	OK(strstr(h.text, "_000000000000\n") != NULL);
}

TEST(a_protocol_of_odd_bytes_shows_in_hexadecimal)
{
	static const char odd[] = "\x16\3\1\0\x38\1\0\0\x34\3\3" RANDOM
	                          "\0\0\2\0\x35\1\0\0\011\0\020\0\5\0\3\2\xab\xcd";
	static struct heard h;

	hear(&h, tls_decode, odd, sizeof odd - 1);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "tls.ja4_r 192.0.2.7 t12i0101ad_0035_\n") != NULL);
}

TEST(other_records_and_messages_are_not_taken_for_hellos)
{
	static const char *const others[] = { "\x17\3\3", "\x16\2", "\x16\3\5",
		"\x16\3\1\1\1\2", "GET " };
	static struct heard h;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		size_t n = i == 3 ? 6 : strlen(others[i]);
		hear(&h, tls_decode, others[i], n);
		EQ(h.how, DECODED_NOT_MINE);
	}
}

TEST(a_list_that_leaves_its_hello_makes_it_bad)
{
	static struct heard h;
	static char bytes[sizeof hello];

	memcpy(bytes, hello, sizeof hello);
	bytes[sizeof hello - 1 - 9] = 1; /* an extension longer than what is left */
	hear(&h, tls_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED_BAD);
	SAME(h.text, "");
}

TEST(tls_cut_anywhere_waits)
{
	struct context ctx = heard_context(NULL);

	cut_everywhere(tls_decode, hello, sizeof hello - 1, &ctx, true);
}

#define ECH "\xfe\x0d\0\1\0"
#define ESNI "\xff\xce\0\1\0"

TEST(a_hello_to_a_resolver_or_with_a_hidden_name_says_so)
{
	static const char unnamed[] = "\x16\3\1\0\x34\1\0\0\x30\3\3" RANDOM
	                              "\0\0\2\x13\1\1\0\0\5" ESNI;
	static const char named[] = "\x16\3\1\0\x46\1\0\0\x42\3\3" RANDOM
	                            "\0\0\2\x13\1\1\0\0\x17" SERVER_NAME ECH;
	static struct heard h;
	struct context ctx = heard_context(NULL);

	ctx.seen.dst_port = 853;
	hear_in(&h, tls_decode, unnamed, sizeof unnamed - 1, &ctx);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "hidden.dot 192.0.2.7 192.0.2.1\n") != NULL);
	OK(strstr(h.text, "tls.server_address 192.0.2.7 192.0.2.1\n") != NULL);
	OK(strstr(h.text, "hidden.ech 192.0.2.7 -\n") != NULL);
	hear_in(&h, tls_decode, named, sizeof named - 1, &ctx);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "hidden.dot 192.0.2.7 a.example\n") != NULL);
	OK(strstr(h.text, "hidden.ech 192.0.2.7 a.example\n") != NULL);
	OK(strstr(h.text, "tls.server_address") == NULL);
}
