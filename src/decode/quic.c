/* SPDX-License-Identifier: ISC */
/*
 * The ClientHello that the CRYPTO frames of QUIC carry, without records. RFC 9001
 * section 4; quicflow.c has opened the packets and put it together.
 */
#include "decode/hello.h"
#include "decode/line.h"

enum decoded
quic_decode(struct cursor c, const struct context *ctx)
{
	char buf[8];
	struct line version = line_over(buf, sizeof buf);
	uint8_t type = cur_u8(&c);

	if (cur_ok(&c) && type != CLIENT_HELLO)
		return DECODED_NOT_MINE;
	size_t need = cur_u24(&c);
	if (cur_ok(&c) && need > STREAM_MAX - HANDSHAKE_HEADER)
		return DECODED_BAD;
	struct cursor body = cur_take(&c, need);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	enum decoded how = hello_read(body, HELLO_QUIC, ctx);
	if (how == DECODED) {
		line_hex16(&version, ctx->version >> 16);
		line_hex16(&version, ctx->version & 0xffff);
		say(ctx, FACT_QUIC_VERSION, ctx->seen.src_ip, line_text(&version));
	}
	return how;
}
