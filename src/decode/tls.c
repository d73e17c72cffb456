/* SPDX-License-Identifier: ISC */
/* TLS over TCP, as far as the ClientHello: its records. RFC 8446 section 5.1. */
#include "base/unset.h"
#include "decode/hello.h"
#include "decode/line.h"

enum { CHANGE_CIPHER_SPEC = 20, HANDSHAKE = 22 };

enum {
	RECORD_HEADER = 5,
	RECORD_MAX = 16384 + 2048, /* RFC 5246 section 6.2.3; TLS 1.3 allows less */
};

/* Moves past a record and gives its body; NOT_MINE unless it is of that type. */
static enum decoded
next_record(struct cursor *c, uint8_t type, struct cursor *body)
{
	if (cur_left(c) == 0)
		return DECODED_SHORT;
	if (cur_peek(c, 0) != type)
		return DECODED_NOT_MINE;
	if (cur_left(c) > 1 && cur_peek(c, 1) != 3)
		return DECODED_NOT_MINE;
	if (cur_left(c) > 2 && cur_peek(c, 2) > 4)
		return DECODED_NOT_MINE;
	if (cur_left(c) < RECORD_HEADER)
		return DECODED_SHORT;
	cur_skip(c, RECORD_HEADER - 2);
	size_t len = cur_u16(c);
	if (len == 0 || len > RECORD_MAX)
		return DECODED_NOT_MINE;
	/* What has come of a record that is not whole yet is enough to look at. */
	bool whole = len <= cur_left(c);
	*body = cur_take(c, whole ? len : cur_left(c));
	return whole ? DECODED : DECODED_SHORT;
}

/*
 * Puts the handshake message together that begins in `body` and goes on in the
 * records that follow; clients of late send it in several, and those who hide from
 * censors cut its header as well.
 */
static enum decoded
join(struct cursor c, struct cursor body, struct line *joined)
{
	size_t need = HANDSHAKE_HEADER;

	while (joined->len < need) {
		if (cur_left(&body) == 0) {
			enum decoded how = next_record(&c, HANDSHAKE, &body);
			if (how != DECODED)
				return how == DECODED_NOT_MINE ? DECODED_BAD : how;
		}
		size_t want = need - joined->len, left = cur_left(&body);
		line_put(joined, text_from(cur_take(&body, want < left ? want : left)));
		if (joined->len == HANDSHAKE_HEADER) {
			struct cursor length = cur_over(joined->s + 1, 3);
			need += cur_u24(&length);
		}
		if (need > joined->cap)
			return DECODED_BAD;
	}
	return DECODED;
}

/* A hello in several records. Apart, for its buffer costs what few hellos need. */
static enum decoded
decode_joined(struct cursor c, struct cursor body, const struct context *ctx)
{
	char buf[STREAM_MAX] UNSET;
	struct line joined = line_over(buf, sizeof buf);
	enum decoded how = join(c, body, &joined);

	if (how != DECODED)
		return how;
	struct cursor message = cur_over(joined.s, joined.len);
	cur_skip(&message, HANDSHAKE_HEADER);
	return hello_read(message, HELLO_TLS, ctx);
}

enum decoded
tls_decode(struct cursor c, const struct context *ctx)
{
	struct cursor body = { 0 };

	/* RFC 8446 appendix D.4: before a second hello, for middleboxes' sake. */
	if (cur_peek(&c, 0) == CHANGE_CIPHER_SPEC) {
		enum decoded how = next_record(&c, CHANGE_CIPHER_SPEC, &body);
		if (how != DECODED)
			return how;
	}
	enum decoded how = next_record(&c, HANDSHAKE, &body);
	if (how == DECODED_NOT_MINE)
		return how;
	struct cursor message = body;
	if (cur_left(&message) > 0 && cur_peek(&message, 0) != CLIENT_HELLO)
		return DECODED_NOT_MINE;
	if (how == DECODED_SHORT)
		return how;
	cur_skip(&message, 1);
	size_t need = cur_u24(&message) + HANDSHAKE_HEADER;
	if (cur_ok(&message) && need > STREAM_MAX)
		return DECODED_BAD;
	if (!cur_ok(&message) || need > cur_left(&body))
		return decode_joined(c, body, ctx);
	return hello_read(cur_take(&message, need - HANDSHAKE_HEADER), HELLO_TLS, ctx);
}
