/* SPDX-License-Identifier: ISC */
/*
 * The ClientHello of DTLS, in one record: RFC 6347 sections 4.1 and 4.2.2, RFC 9147.
 * What comes in pieces is made one by dtlsflow.c. 1.3 offers itself in a hello of 1.2.
 */
#include "decode/hello.h"

enum { HANDSHAKE = 22 };

/* 1.0, 1.2, and what OpenSSL sent before there was a standard. */
static bool
is_version(uint16_t version)
{
	return version == 0xfeff || version == 0xfefd || version == 0x0100;
}

enum decoded
dtls_decode(struct cursor c, const struct context *ctx)
{
	uint8_t type = cur_u8(&c);
	uint16_t version = cur_u16(&c);

	if (cur_ok(&c) && (type != HANDSHAKE || !is_version(version)))
		return DECODED_NOT_MINE;
	cur_skip(&c, 2 + 6); /* epoch, sequence number */
	struct cursor record = cur_block16(&c);
	if (!cur_ok(&c))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	if (cur_u8(&record) != CLIENT_HELLO)
		return DECODED_NOT_MINE;
	uint32_t length = cur_u24(&record);
	cur_skip(&record, 2); /* sequence number of the message */
	uint32_t from = cur_u24(&record), here = cur_u24(&record);
	if (from != 0 || here != length) /* a piece alone */
		return cur_ok(&record) ? DECODED_SHORT : DECODED_BAD;
	struct cursor body = cur_take(&record, length);
	if (!cur_ok(&record))
		return DECODED_BAD;
	return hello_read(body, HELLO_DTLS, ctx);
}
