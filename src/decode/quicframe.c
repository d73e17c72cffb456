/* SPDX-License-Identifier: ISC */
#include "decode/quicframe.h"

#include "decode/varint.h"

enum { PADDING = 0, PING = 1, ACK = 2, ACK_ECN = 3, CRYPTO = 6, CLOSE = 0x1c };

/* Handshakes are no longer than STREAM_MAX; what is said to lie behind is nobody's. */
static bool
gather_at(struct gather *g, uint64_t at, struct cursor bytes)
{
	if (!cur_ok(&bytes))
		return false;
	return at >= STREAM_MAX || gather_add(g, (uint32_t)at, bytes);
}

/* RFC 9000 section 19.3 */
static void
skip_ack(struct cursor *c, bool ecn)
{
	(void)cur_varint(c); /* largest acknowledged */
	(void)cur_varint(c); /* delay */
	uint64_t ranges = cur_varint(c);
	(void)cur_varint(c); /* first range */
	for (; ranges > 0 && cur_ok(c); ranges--) {
		(void)cur_varint(c); /* gap */
		(void)cur_varint(c);
	}
	for (int counts = 0; ecn && counts < 3; counts++)
		(void)cur_varint(c);
}

/* RFC 9000 section 12.4, table 3: what an Initial packet may hold. */
static bool
ietf_frame(struct cursor *c, struct gather *g)
{
	uint64_t type = cur_varint(c), at;

	switch (type) {
	case PADDING:
	case PING:
		return true;
	case ACK:
	case ACK_ECN:
		skip_ack(c, type == ACK_ECN);
		return cur_ok(c);
	case CRYPTO:
		at = cur_varint(c);
		return gather_at(g, at, cur_block_varint(c));
	case CLOSE:
		(void)cur_varint(c); /* error */
		(void)cur_varint(c); /* frame type */
		(void)cur_block_varint(c);
		return cur_ok(c);
	default:
		return false;
	}
}

/*
 * Google's frames (the wire layout specification of gQUIC): STREAM 1FDOOOSS, ACK
 * 01NTLLMM, others by number; integers are big-endian from version Q039 on.
 */
enum { G_PING = 7, G_CRYPTO = 8 };
enum { CHLO = 0x43484c4f };
enum { G_STREAM = 0x80, G_ACK = 0x40, G_HANDSHAKE = 1 };

static uint64_t
number(struct cursor *c, size_t bytes, bool little)
{
	uint64_t n = 0;

	for (size_t i = 0; i < bytes; i++) {
		uint64_t byte = cur_u8(c);
		n = little ? n | byte << 8 * i : n << 8 | byte;
	}
	return n;
}

static bool
google_stream(struct cursor *c, uint8_t type, bool little, struct gather *g)
{
	size_t digits = type >> 2 & 7;
	uint64_t id = number(c, (type & 3u) + 1, little);
	uint64_t at = number(c, digits > 0 ? digits + 1 : 0, little);
	size_t len = (type & 0x20) != 0 ? (size_t)number(c, 2, little) : cur_left(c);
	struct cursor bytes = cur_take(c, len);
	struct cursor peek = bytes;

	/* The second hello, behind one that was refused, when that was not seen. */
	if (g->n == 0 && cur_u32(&peek) == CHLO)
		at = 0;
	return id == G_HANDSHAKE ? gather_at(g, at, bytes) : cur_ok(c);
}

static bool
google_ack(struct cursor *c, uint8_t type)
{
	static const uint8_t lengths[] = { 1, 2, 4, 6 };
	size_t largest = lengths[type >> 2 & 3], each = lengths[type & 3];

	cur_skip(c, largest + 2); /* and the delay */
	size_t blocks = (type & 0x20) != 0 ? cur_u8(c) : 0;
	cur_skip(c, each + blocks * (1 + each));
	size_t stamps = cur_u8(c);
	cur_skip(c, stamps > 0 ? 5 + (stamps - 1) * 3 : 0);
	return cur_ok(c);
}

static bool
google_frame(struct cursor *c, bool little, struct gather *g)
{
	uint8_t type = cur_u8(c);
	uint64_t at;

	if (type & G_STREAM)
		return google_stream(c, type, little, g);
	if (type & G_ACK)
		return google_ack(c, type);
	switch (type) {
	case PADDING:
	case G_PING:
		return true;
	case G_CRYPTO:
		at = cur_varint(c);
		return gather_at(g, at, cur_block_varint(c));
	default: /* G_CLOSE and the like: the handshake is over */
		return false;
	}
}

bool
quic_frames(struct cursor c, const struct quic_version *v, struct gather *g)
{
	bool ietf = v->dialect == QUIC_IETF || v->dialect == QUIC_TWO;
	bool little = v->dialect == QUIC_CLEAR && v->last < 0x51303339; /* Q039 */

	while (cur_left(&c) > 0)
		if (!(ietf ? ietf_frame(&c, g) : google_frame(&c, little, g)))
			return false;
	return true;
}
