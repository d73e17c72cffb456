/* SPDX-License-Identifier: ISC */
#include "unit/decode/heard.h"

static void
hear_text(struct heard *h, const char *text)
{
	hear(h, http_decode, text, strlen(text));
}

TEST(a_request_says_host_and_user_agent_and_nothing_else)
{
	static struct heard h;

	hear_text(&h,
	    "GET /secret?q=1 HTTP/1.1\r\nhost:  a.example \r\nCookie: x=1\r\n"
	    "USER-AGENT: Mozilla/5.0 (iPhone)\r\n\r\n");
	EQ(h.how, DECODED);
	SAME(h.text,
	    "http.host 192.0.2.7 a.example\n"
	    "http.user_agent 192.0.2.7 Mozilla/5.0 (iPhone)\n");
}

TEST(a_target_tells_the_host_where_no_field_does)
{
	static struct heard h;

	hear_text(&h, "GET http://me:word@b.example:8080/path HTTP/1.0\r\n\r\n");
	SAME(h.text, "http.host 192.0.2.7 b.example:8080\n");
	hear_text(&h, "CONNECT c.example:443 HTTP/1.1\r\n\r\n");
	SAME(h.text, "http.host 192.0.2.7 c.example:443\n");
	hear_text(&h, "GET http://d.example?q HTTP/1.0\n\n");
	SAME(h.text, "http.host 192.0.2.7 d.example\n");
	hear_text(&h, "GET /?u=http://e.example/ HTTP/1.0\n\n");
	SAME(h.text, "");
}

TEST(who_asks_for_events_of_upnp_is_a_client_too)
{
	static struct heard h;

	hear_text(&h,
	    "SUBSCRIBE /e HTTP/1.1\r\nHost: a.example\r\nUser-Agent: u\r\n\r\n");
	SAME(h.text, "http.host 192.0.2.7 a.example\nhttp.user_agent 192.0.2.7 u\n");
	hear_text(&h, "SUBSCRIBE sip:x SIP/2.0\r\nUser-Agent: u\r\n\r\n");
	EQ(h.how, DECODED_NOT_MINE);
}

TEST(a_tunnel_of_sstp_is_said)
{
	static struct heard h;

	hear_text(&h,
	    "SSTP_DUPLEX_POST /sra_{BA195980-CD49-458b-9E23-C84EE0ADCD75}/ HTTP/1.1\r\n"
	    "Host: a.example\r\nContent-Length: 18446744073709551615\r\n\r\n");
	EQ(h.how, DECODED);
	SAME(h.text,
	    "hidden.sstp 192.0.2.7 192.0.2.1\nhttp.host 192.0.2.7 a.example\n");
}

TEST(a_folded_value_is_one_value)
{
	static struct heard h;

	hear_text(&h, "GET / HTTP/1.1\nUser-Agent: one\n\t two\n  three\nX: y\n\n");
	EQ(h.how, DECODED);
	SAME(h.text, "http.user_agent 192.0.2.7 one two three\n");
}

TEST(a_response_says_its_server)
{
	static struct heard h;

	hear_text(&h, "HTTP/1.1 200 OK\r\nServer: nginx/1.2 \r\n\r\nServer: no");
	EQ(h.how, DECODED);
	SAME(h.text, "http.server 192.0.2.7 nginx/1.2\n");
}

TEST(requests_sent_ahead_are_read_too)
{
	static struct heard h;

	hear_text(&h,
	    "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: b\r\n\r\n"
	    "GET /3 HTTP/1.1\r\nHost: c\r\n");
	EQ(h.how, DECODED);
	SAME(h.text, "http.host 192.0.2.7 a\nhttp.host 192.0.2.7 b\n");
	hear_text(&h,
	    "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n"
	    "GET /2 HTTP/1.1\r\nHost: b\r\n\r\n");
	SAME(h.text, "http.host 192.0.2.7 a\n");
	hear_text(&h,
	    "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx=1"
	    "GET /2 HTTP/1.1\r\nHost: b\r\n\r\n");
	SAME(h.text, "http.host 192.0.2.7 a\nhttp.host 192.0.2.7 b\n");
}

TEST(protocols_that_borrow_the_words_of_http_are_not_taken_for_it)
{
	static const char *const others[] = {
		"NOTIFY * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n\r\n",
		"M-SEARCH * HTTP/1.1\r\n\r\n",
		"OPTIONS rtsp://a RTSP/1.0\r\nUser-Agent: x\r\n\r\n",
		"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"GETTING",
		"\x16\3\1",
	};
	static struct heard h;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		hear_text(&h, others[i]);
		EQ(h.how, DECODED_NOT_MINE);
		SAME(h.text, "");
	}
}

TEST(fields_that_never_end_are_read_at_the_limit)
{
	static char bytes[STREAM_MAX];
	static struct heard h;
	static const char start[] = "GET / HTTP/1.1\r\nHost: a\r\nX: ";

	memset(bytes, 'x', sizeof bytes);
	memcpy(bytes, start, sizeof start - 1);
	hear(&h, http_decode, bytes, sizeof bytes - 1);
	EQ(h.how, DECODED_SHORT);
	hear(&h, http_decode, bytes, sizeof bytes);
	EQ(h.how, DECODED);
	SAME(h.text, "http.host 192.0.2.7 a\n");
}

TEST(a_value_over_4_kib_is_dropped)
{
	static char bytes[VALUE_MAX + 100];
	static struct heard h;
	static const char start[] = "GET / HTTP/1.1\r\nUser-Agent: ";

	memset(bytes, 'x', sizeof bytes);
	memcpy(bytes, start, sizeof start - 1);
	memcpy(bytes + sizeof bytes - 4, "\r\n\r\n", 4);
	hear(&h, http_decode, bytes, sizeof bytes);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(http_cut_anywhere_waits)
{
	static const char whole[] =
	    "\r\nGET / HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\n c\r\n\r\n";
	struct context ctx = heard_context(NULL);

	cut_everywhere(http_decode, whole, sizeof whole - 1, &ctx, true);
}
