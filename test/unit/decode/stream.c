/* SPDX-License-Identifier: ISC */
#include "unit/decode/ear.h"

static void
hear_segment_to(struct ear *e, uint16_t port, uint32_t seq, uint8_t flags,
    struct text bytes)
{
	struct writer w;

	writer_to_memory(&w);
	wire_ethernet(&w, 0x0800);
	wire_ip4(&w, 6, 1, 0, 20 + bytes.len);
	size_t header = w.len;
	wire_tcp(&w, seq, flags);
	w.buf[header + 2] = (char)(port >> 8);
	w.buf[header + 3] = (char)port;
	put_text(&w, bytes);
	ear_hear(e, LINK_ETHERNET, &w);
	(void)writer_close(&w);
}

static void
hear_segment(struct ear *e, uint32_t seq, uint8_t flags, struct text bytes)
{
	hear_segment_to(e, 80, seq, flags, bytes);
}

TEST(a_request_comes_together_from_late_and_overlapping_segments)
{
	static const char request[] =
	    "GET /secret HTTP/1.1\r\nHost: news.example\r\n\r\n";
	struct text all = { request, sizeof request - 1 };
	struct ear e = ear_new();

	hear_segment(&e, 0xfffffff0, 0x02, text_of("")); /* the numbers wrap */
	unsigned after_syn = e.heard.facts;
	uint32_t first = 0xfffffff1;
	hear_segment(&e, first + 30, 0x18, (struct text){ all.s + 30, all.len - 30 });
	hear_segment(&e, first + 5, 0x18, (struct text){ all.s + 5, 20 });
	hear_segment(&e, first + 18, 0x18, (struct text){ all.s + 18, 20 });
	EQ(e.heard.facts, after_syn);
	hear_segment(&e, first, 0x18, (struct text){ all.s, 10 });
	EQ(e.heard.facts, after_syn + 1);
	EQ(e.heard.key, FACT_HTTP_HOST);
	SAME(e.heard.value, "news.example");
	decode_free(e.d);
}

TEST(requests_sent_ahead_over_several_segments_are_all_read)
{
	static const char requests[] = "GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n"
	                               "GET /2 HTTP/1.1\r\nHost: b.example\r\n\r\n"
	                               "GET /3 HTTP/1.1\r\nHost: c.example\r\n\r\n"
	                               "GET /4 HTTP/1.1\r\nHost: d.example\r\n\r\n";
	struct text all = { requests, sizeof requests - 1 };

	for (size_t size = 1; size <= all.len; size++) {
		struct ear e = ear_new();
		hear_segment(&e, 0xffffffa0, 0x02, text_of("")); /* numbers wrap */
		unsigned after_syn = e.heard.facts;
		for (size_t at = 0; at < all.len; at += size) {
			size_t n = all.len - at < size ? all.len - at : size;
			hear_segment(&e, 0xffffffa1 + (uint32_t)at, 0x18,
			    (struct text){ all.s + at, n });
		}
		EQ(e.heard.facts, after_syn + 4);
		SAME(e.heard.value, "d.example");
		decode_free(e.d);
	}
}

/* All of it in segments of that size, the last one first when told to. */
static void
hear_stream(struct ear *e, struct text all, size_t size, bool last_first)
{
	uint32_t first = 0xffffffa1; /* numbers wrap */
	size_t last = (all.len - 1) / size * size;

	hear_segment(e, first - 1, 0x02, text_of(""));
	if (last_first)
		hear_segment(e, first + (uint32_t)last, 0x18,
		    (struct text){ all.s + last, all.len - last });
	for (size_t at = 0; at < (last_first ? last : all.len); at += size)
		hear_segment(e, first + (uint32_t)at, 0x18,
		    (struct text){ all.s + at, at == last ? all.len - at : size });
}

/* In the body stands what is no request, wherever a segment begins. */
TEST(a_request_behind_a_body_is_read_wherever_segments_end)
{
	static const char *const streams[] = {
		"POST /1 HTTP/1.1\r\nHost: a.example\r\nContent-Length: 37\r\n\r\n"
		"GET /0 HTTP/1.1\r\nHost: no.example\r\n\r\n"
		"GET /2 HTTP/1.1\r\nHost: b.example\r\n\r\n",
		"PUT /1 HTTP/1.1\r\nHost: a.example\r\n"
		"Transfer-Encoding: chunked\r\n\r\n"
		"25;ext=\"1\"\r\nGET /0 HTTP/1.1\r\nHost: no.example\r\n\r\n\r\n"
		"0c\r\nHTTP/1.1\r\n\r\n\r\n000\r\nTrailer: x\r\n\r\n"
		"GET /2 HTTP/1.1\r\nHost: b.example\r\n\r\n",
	};

	for (size_t i = 0; i < 2 * 2; i++) {
		struct text all = text_of(streams[i / 2]);
		for (size_t size = 1; size <= all.len; size++) {
			struct ear e = ear_new();
			hear_stream(&e, all, size, i % 2 != 0);
			EQ(e.heard.facts, 3); /* with the SYN */
			SAME(e.heard.value, "b.example");
			decode_free(e.d);
		}
	}
}

/* RFC 9112 section 6.3: nobody can tell where such a body ends, so each segment may
 * begin anew. */
TEST(a_body_of_no_length_hides_no_later_segment)
{
	static const char *const heads[] = {
		"POST / HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\nx",
		"POST / HTTP/1.1\r\nContent-Length: 7, 8\r\n\r\nx",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
		"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n",
	};

	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
		struct text head = text_of(heads[i]);
		struct ear e = ear_new();
		hear_segment(&e, 1, 0x18, head);
		EQ(e.heard.facts, 0);
		hear_segment(&e, 1 + (uint32_t)head.len, 0x18,
		    text_of("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n"));
		SAME(e.heard.value, "b.example");
		decode_free(e.d);
	}
}

TEST(a_message_of_sip_behind_a_body_is_read_wherever_segments_end)
{
	static const char messages[] =
	    "INVITE sip:b@a.example SIP/2.0\r\nUser-Agent: one\r\n\ttwo\r\n"
	    "l: 40\r\n\r\nREGISTER sip:a SIP/2.0\r\nUser-Agent: no\r\n"
	    "\r\nOPTIONS sip:a.example SIP/2.0\r\nUser-Agent: three\r\n four\r\n\r\n";
	struct text all = { messages, sizeof messages - 1 };

	for (size_t size = 1; size <= all.len; size++) {
		struct ear e = ear_new();
		hear_stream(&e, all, size, false);
		EQ(e.heard.facts, 3); /* with the SYN */
		SAME(e.heard.value, "three four");
		decode_free(e.d);
	}
}

TEST(protocols_of_lines_are_known_on_any_port)
{
	static const struct {
		const char *line, *value;
	} rows[] = {
		{ "SSH-2.0-OpenSSH_9.2\r\n", "SSH-2.0-OpenSSH_9.2" },
		{ "RTSP/1.0 200 OK\r\nServer: a/1\r\n\r\n", "a/1" },
		{ "PLAY rtsp://a/ RTSP/1.0\r\nUser-Agent: b/1\r\n\r\n", "b/1" },
		{ "SIP/2.0 200 OK\r\nServer: c/1\r\n\r\n", "c/1" },
		{ "\r\nREGISTER sip:a SIP/2.0\r\nUser-Agent: d/1\r\n\r\n", "d/1" },
		{ "GET / HTTP/1.1\r\nUser-Agent: e/1\r\n\r\n", "e/1" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct ear e = ear_new();
		hear_segment_to(&e, 12345, 1, 0x18, text_of(rows[i].line));
		EQ(e.heard.facts, 1);
		SAME(e.heard.value, rows[i].value);
		decode_free(e.d);
	}
}

/* Nothing is kept of them, and what comes behind is looked at anew. */
TEST(lines_that_only_begin_like_such_a_protocol_are_not_waited_for)
{
	static const char *const others[] = {
		"INFO {\"server_id\":\"a\"}\r\n", /* NATS */
		"SSHD is not here\r\n",
		"welcome\r\nSSH-2.0-x\r\n",
		"OPTIONS are many\r\n",
		"PLAY it again\r\n",
		"GET key\r\n",
	};

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		struct ear e = ear_new();
		struct text line = text_of(others[i]);
		hear_segment_to(&e, 12345, 1, 0x18, line);
		EQ(e.heard.facts, 0);
		hear_segment_to(&e, 12345, 1 + (uint32_t)line.len, 0x18,
		    text_of("SSH-2.0-x\r\n"));
		EQ(e.heard.facts, 1);
		decode_free(e.d);
	}
}

TEST(a_datagram_of_sip_is_known_on_any_port)
{
	static const char message[] =
	    "REGISTER sip:a SIP/2.0\r\nUser-Agent: d/1\r\n\r\n";
	struct ear e = ear_new();
	struct writer w;

	writer_to_memory(&w);
	wire_ethernet(&w, 0x0800);
	wire_ip4(&w, 17, 1, 0, 8 + sizeof message - 1);
	wire_udp(&w, 5070, 5080, sizeof message - 1);
	put_bytes(&w, message, sizeof message - 1);
	ear_hear(&e, LINK_ETHERNET, &w);
	EQ(e.heard.facts, 1);
	SAME(e.heard.value, "d/1");
	(void)writer_close(&w);
	decode_free(e.d);
}

TEST(what_ends_before_its_body_is_waited_for_no_longer)
{
	static const uint8_t ends[] = { 0x11, 0x14 };

	for (size_t i = 0; i < sizeof ends; i++) {
		struct ear e = ear_new();
		hear_segment(&e, 1, 0x18,
		    text_of("PUT / HTTP/1.1\r\nContent-Length: 9999\r\n\r\n"));
		hear_segment(&e, 41, 0x18, text_of("body"));
		hear_segment(&e, 45, ends[i], text_of(""));
		hear_segment(&e, 70, 0x18, /* another connection */
		    text_of("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n"));
		EQ(e.heard.facts, 1);
		SAME(e.heard.value, "b.example");
		decode_free(e.d);
	}
}

TEST(questions_over_tcp_are_read_wherever_segments_end)
{
	static const char questions[] =
	    "\0\x1b\1\2\1\0\0\1\0\0\0\0\0\0\1a\7example\0\0\1\0\1"
	    "\0\x1b\1\3\1\0\0\1\0\0\0\0\0\0\1b\7example\0\0\1\0\1"
	    "\0\x1b\1\4\1\0\0\1\0\0\0\0\0\0\1c\7example\0\0\1\0\1";
	struct text all = { questions, sizeof questions - 1 };

	for (size_t size = 1; size <= all.len; size++) {
		struct ear e = ear_new();
		hear_segment_to(&e, 53, 7, 0x02, text_of(""));
		unsigned after_syn = e.heard.facts;
		for (size_t at = 0; at < all.len; at += size) {
			size_t n = all.len - at < size ? all.len - at : size;
			hear_segment_to(&e, 53, 8 + (uint32_t)at, 0x18,
			    (struct text){ all.s + at, n });
		}
		EQ(e.heard.facts, after_syn + 3);
		SAME(e.heard.value, "c.example");
		decode_free(e.d);
	}
}

TEST(what_follows_a_request_may_come_before_it)
{
	static const char requests[] = "GET /1 HTTP/1.1\r\nHost: a.example\r\n\r\n"
	                               "GET /2 HTTP/1.1\r\nHost: b.example\r\n\r\n";
	struct text all = { requests, sizeof requests - 1 };
	struct ear e = ear_new();

	hear_segment(&e, 0, 0x02, text_of(""));
	unsigned after_syn = e.heard.facts;
	hear_segment(&e, 1 + 60, 0x18, (struct text){ all.s + 60, all.len - 60 });
	hear_segment(&e, 1, 0x18, (struct text){ all.s, 50 });
	EQ(e.heard.facts, after_syn + 1);
	SAME(e.heard.value, "a.example");
	hear_segment(&e, 1 + 45, 0x18, (struct text){ all.s + 45, 15 });
	EQ(e.heard.facts, after_syn + 2);
	SAME(e.heard.value, "b.example");
	decode_free(e.d);
}
