/* SPDX-License-Identifier: ISC */
/*
 * STUN: RFC 8489 sections 5 and 14.14, SOFTWARE of either end. Servers of Teams send
 * attributes without padding, as RFC 3489 had them (length no multiple of four).
 */
#include "decode/decode.h"
#include "decode/line.h"

enum { COOKIE = 0x2112a442, SOFTWARE = 0x8022, ATTRIBUTES_MAX = 64, MESSAGES_MAX = 16 };

static enum decoded
message(struct cursor *c, const struct context *ctx)
{
	uint16_t type = cur_u16(c), length = cur_u16(c);
	uint32_t cookie = cur_u32(c);

	cur_skip(c, 12); /* transaction */
	if (!cur_ok(c))
		return DECODED_SHORT;
	if ((type & 0xc000) != 0 || cookie != COOKIE)
		return DECODED_NOT_MINE;
	struct cursor attributes = cur_take(c, length);
	if (!cur_ok(c))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	for (unsigned n = 0; n < ATTRIBUTES_MAX && cur_left(&attributes) > 0; n++) {
		unsigned kind = cur_u16(&attributes), size = cur_u16(&attributes);
		struct cursor value = cur_take(&attributes, size);
		if (length % 4 == 0)
			cur_skip(&attributes, -size % 4); /* section 14: padding */
		if (!cur_ok(&attributes))
			return DECODED_BAD;
		if (kind == SOFTWARE)
			say(ctx, FACT_STUN_SOFTWARE, ctx->seen.src_ip,
			    text_unpadded(text_from(value)));
	}
	return DECODED;
}

/* Over TCP several may come in one segment; what follows that is none is data. */
enum decoded
stun_decode(struct cursor c, const struct context *ctx)
{
	enum decoded first = message(&c, ctx);
	unsigned more = 0;

	while (first == DECODED && more++ < MESSAGES_MAX && cur_left(&c) > 0 &&
	    message(&c, ctx) == DECODED)
		continue;
	return first;
}
