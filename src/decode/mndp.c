/* SPDX-License-Identifier: ISC */
/*
 * MikroTik's neighbour discovery: UDP port 5678, broadcast; type and length of 16
 * bits each (MikroTik, "Neighbor discovery"; layout as in Wireshark's list of
 * fields). A request is four empty bytes.
 */
#include "decode/decode.h"
#include "decode/line.h"

enum { HEAD = 4, REQUEST_MAX = 9, TLVS_MAX = 64 };

static const enum fact_key facts[] = {
	[5] = FACT_MNDP_IDENTITY,
	[7] = FACT_MNDP_VERSION,
	[8] = FACT_MNDP_PLATFORM,
	[11] = FACT_MNDP_SOFTWARE_ID,
	[12] = FACT_MNDP_BOARD,
};

enum decoded
mndp_decode(struct cursor c, const struct context *ctx)
{
	size_t length = cur_left(&c);

	cur_skip(&c, HEAD); /* two of a header, a number in sequence */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (length <= REQUEST_MAX && !ctx->cut)
		return DECODED;
	for (unsigned n = 0; n < TLVS_MAX && cur_left(&c) > 0; n++) {
		unsigned type = cur_u16(&c);
		struct cursor value = cur_block16(&c);
		if (!cur_ok(&c))
			return ctx->cut ? DECODED_SHORT : DECODED_BAD;
		if (type < sizeof facts / sizeof facts[0] && facts[type] != FACT_NONE)
			say(ctx, facts[type], ctx->seen.src_ip,
			    text_unpadded(text_from(value)));
	}
	return DECODED;
}
