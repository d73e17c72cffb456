/* SPDX-License-Identifier: ISC */
/*
 * The CHLO of Google's QUIC before TLS: "QUIC Crypto", a tag, the number of pairs, and
 * for each a tag and where its value ends; then the values. Little-endian throughout.
 */
#include "decode/decode.h"
#include "decode/line.h"

/* Tags as they stand on the wire, read most significant byte first. */
enum { CHLO = 0x43484c4f, SNI = 0x534e4900, UAID = 0x55414944 };

enum { PAIRS_MAX = 128 };

static void
say_version(const struct context *ctx)
{
	char buf[8];
	struct line version = line_over(buf, sizeof buf);

	line_hex16(&version, ctx->version >> 16);
	line_hex16(&version, ctx->version & 0xffff);
	say(ctx, FACT_QUIC_VERSION, ctx->seen.src_ip, line_text(&version));
}

/* Where the values of all pairs end; spent when the list is broken. */
static size_t
values_end(struct cursor pairs, unsigned n)
{
	size_t end = 0;

	for (unsigned i = 0; i < n; i++) {
		cur_skip(&pairs, 4);
		size_t next = cur_u32le(&pairs);
		if (next < end)
			return SIZE_MAX;
		end = next;
	}
	return end;
}

enum decoded
gquic_decode(struct cursor c, const struct context *ctx)
{
	uint32_t message = cur_u32(&c);
	unsigned n = cur_u16le(&c);
	size_t at = 0;

	cur_skip(&c, 2); /* padding */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (message != CHLO)
		return DECODED_NOT_MINE;
	struct cursor pairs = cur_take(&c, n * (size_t)8);
	if (n > PAIRS_MAX)
		return DECODED_BAD;
	if (!cur_ok(&c))
		return DECODED_SHORT;
	size_t end = values_end(pairs, n);
	if (end > STREAM_MAX)
		return DECODED_BAD;
	if (end > cur_left(&c))
		return DECODED_SHORT;
	while (cur_left(&pairs) > 0) {
		uint32_t tag = cur_u32(&pairs);
		size_t to = cur_u32le(&pairs);
		struct cursor value = cur_take(&c, to - at);
		at = to;
		if (tag == SNI)
			say_bytes(ctx, FACT_TLS_SNI, ctx->seen.src_ip, value);
		else if (tag == UAID)
			say_bytes(ctx, FACT_QUIC_USER_AGENT, ctx->seen.src_ip, value);
	}
	say_version(ctx);
	return DECODED;
}
