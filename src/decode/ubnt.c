/* SPDX-License-Identifier: ISC */
/*
 * Ubiquiti's discovery: UDP port 10001, versions 1 and 2; type of 8, length of 16
 * bits. No document is public: the types are those on which several public readers
 * agree. A request has no types in it.
 */
#include "decode/decode.h"
#include "decode/line.h"

enum { TYPE_MAC_AND_IP = 0x02, TLVS_MAX = 64 };

static enum fact_key
fact_of(unsigned type, unsigned version)
{
	switch (type) {
	case 0x03:
		return FACT_UBNT_FIRMWARE;
	case 0x0b:
		return FACT_UBNT_HOSTNAME;
	case 0x0c:
		return FACT_UBNT_PLATFORM;
	case 0x14:
		return FACT_UBNT_MODEL;
	case 0x15:
		return version == 2 ? FACT_UBNT_PLATFORM : FACT_NONE;
	case 0x16:
		return version == 2 ? FACT_UBNT_FIRMWARE : FACT_NONE;
	default:
		return FACT_NONE;
	}
}

static void
say_address(const struct context *ctx, struct cursor value)
{
	char buf[ADDR_TEXT];
	struct addr mac = addr_read(&value, ADDR_MAC);
	struct addr ip = addr_read(&value, ADDR_IP4);

	if (mac.kind != ADDR_MAC || ip.kind != ADDR_IP4 || addr_is_unspecified(ip) ||
	    addr_is_unspecified(mac) || addr_is_multicast(mac))
		return;
	say(ctx, FACT_UBNT_ADDRESS, mac, text_of(addr_print(ip, buf)));
}

enum decoded
ubnt_decode(struct cursor c, const struct context *ctx)
{
	unsigned version = cur_u8(&c);

	cur_skip(&c, 1); /* command */
	struct cursor body = cur_block16(&c);
	if (version != 1 && version != 2)
		return cur_ok(&c) ? DECODED_NOT_MINE : DECODED_SHORT;
	if (!cur_ok(&c))
		return ctx->cut ? DECODED_SHORT : DECODED_NOT_MINE;
	for (unsigned n = 0; n < TLVS_MAX && cur_left(&body) > 0; n++) {
		unsigned type = cur_u8(&body);
		struct cursor value = cur_block16(&body);
		enum fact_key key = fact_of(type, version);
		if (!cur_ok(&body))
			return DECODED_BAD;
		if (type == TYPE_MAC_AND_IP)
			say_address(ctx, value);
		else if (key != FACT_NONE)
			say(ctx, key, ctx->seen.src_ip,
			    text_unpadded(text_from(value)));
	}
	return DECODED;
}
