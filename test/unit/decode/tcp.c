/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

/* 192.0.2.7 to 192.0.2.1; the fields that tell are written out. */
#define IP4(tos, id, fragment, ttl) \
	"\x45" tos "\0\x40" id fragment ttl "\6\0\0\300\0\2\7\300\0\2\1"
#define TCP(seq, ack, offset, flags, window) \
	"\xc0\0\1\xbb" seq ack offset flags window "\0\0\0\0"

enum { HEADER4 = 20, HEADER6 = 40 };

static void
hear_packet(struct heard *h, const char *packet, size_t n, size_t header)
{
	struct context ctx = heard_context(NULL);

	ctx.ip = cur_over(packet, n);
	hear_in(h, tcp_decode, packet + header, n - header, &ctx);
}

TEST(a_linux_syn_reads_as_p0f_writes_it)
{
	static const char syn[] = IP4("\0", "\x12\x34", "\x40\0", "\x40")
	    TCP("\0\0\0\1", "\0\0\0\0", "\xa0", "\2",
	        "\xfa\xf0") "\2\4\5\xb4\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7";
	static struct heard h;

	hear_packet(&h, syn, sizeof syn - 1, HEADER4);
	EQ(h.how, DECODED);
	SAME(h.text,
	    "tcp.syn 192.0.2.7 4:64+0:0:1460:mss*44,7:mss,sok,ts,nop,ws:df,id+:0\n");
}

TEST(an_apple_syn_is_padded_and_its_answer_is_told_apart)
{
	static const char syn[] = IP4("\0", "\0\0", "\x40\0", "\x3d")
	    TCP("\0\0\0\1", "\0\0\0\0", "\xb0", "\xc2",
	        "\xff\xff") "\2\4\5\xb4\1\3\3\6\1\1\x08\x0a\0\0\0\1\0\0\0\0\4\2\0\0";
	static const char answer[] = IP4("\0", "\0\0", "\0\0", "\x80")
	    TCP("\0\0\0\1", "\0\0\0\2", "\x60", "\x12", "\x20\0") "\2\4\5\xb4";
	static struct heard h;

	hear_packet(&h, syn, sizeof syn - 1, HEADER4);
	SAME(h.text,
	    "tcp.syn 192.0.2.7 4:61+3:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:"
	    "df,ecn:0\n");
	hear_packet(&h, answer, sizeof answer - 1, HEADER4);
	SAME(h.text, "tcp.syn_ack 192.0.2.7 4:128+0:0:1460:8192,0:mss:id-:0\n");
}

TEST(ipv6_shows_its_flow_label_and_a_payload)
{
	static const char syn[] =
	    "\x60\0\x12\x34\0\x19\6\xff"
	    "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\7"
	    "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1" TCP("\0\0\0\0", "\0\0\0\0", "\x60",
	        "\2", "\x70\x80") "\2\4\5\xa0x";
	static struct heard h;

	hear_packet(&h, syn, sizeof syn - 1, HEADER6);
	EQ(h.how, DECODED);
	SAME(h.text, "tcp.syn 192.0.2.7 6:255+0:0:1440:mss*20,0:mss:flow,seq-:+\n");
}

TEST(quirks_and_broken_options_are_noted)
{
	static const char odd[] = IP4("\2", "\0\0", "\x80\0", "\x14")
	    TCP("\0\0\0\1", "\0\0\0\1", "\x70", "\x2a", "\4\0") "\x03\3\x0f\x22\2\0\1\2"
	                                                        "\xff\1\0\0";
	static struct heard h;

	hear_packet(&h, odd, sizeof odd - 1, HEADER4);
	SAME(h.text,
	    "tcp.syn 192.0.2.7 4:20+12:0:0:1024,15:ws,?34,eol+2:"
	    "id-,ecn,0+,ack+,urgf+,pushf+,opt+,exws:+\n");
}

TEST(an_option_longer_than_the_header_is_bad_but_told)
{
	static const char bad[] = IP4("\0", "\0\1", "\x40\0", "\x40")
	    TCP("\0\0\0\1", "\0\0\0\0", "\x60", "\2", "\4\0") "\1\x08\x0a\0";
	static struct heard h;

	hear_packet(&h, bad, sizeof bad - 1, HEADER4);
	EQ(h.how, DECODED);
	SAME(h.text, "tcp.syn 192.0.2.7 4:64+0:0:0:1024,0:nop,ts:df,id+,bad:0\n");
}

TEST(segments_that_open_nothing_are_not_signed)
{
	static const char fin[] = IP4("\0", "\0\1", "\x40\0", "\x40")
	    TCP("\0\0\0\1", "\0\0\0\0", "\x50", "\3", "\4\0");
	static struct heard h;

	hear_packet(&h, fin, sizeof fin - 1, HEADER4);
	EQ(h.how, DECODED_NOT_MINE);
	SAME(h.text, "");
}

TEST(tcp_cut_anywhere_reads_only_what_is_there)
{
	static const char syn[] = IP4("\0", "\x12\x34", "\x40\0", "\x40")
	    TCP("\0\0\0\1", "\0\0\0\0", "\xa0", "\2",
	        "\xfa\xf0") "\2\4\5\xb4\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7";
	struct context ctx = heard_context(NULL);

	ctx.ip = cur_over(syn, sizeof syn - 1);
	cut_everywhere(tcp_decode, syn + HEADER4, sizeof syn - 1 - HEADER4, &ctx,
	    false);
}
