/* SPDX-License-Identifier: ISC */
/*
 * Cisco Discovery Protocol, versions 1 and 2: Cisco, "Cisco Discovery Protocol
 * (CDP)" frame formats. It is not forwarded, so all of it is about its sender.
 */
#include "decode/decode.h"
#include "decode/line.h"

enum tlv {
	TLV_DEVICE_ID = 1,
	TLV_ADDRESSES = 2,
	TLV_CAPABILITIES = 4,
	TLV_VERSION = 5,
	TLV_PLATFORM = 6
};

enum { NLPID = 1, NLPID_IP = 0xcc, IEEE_802_2 = 2, ADDRESSES_MAX = 16, HEAD = 4 };

static const char *const capabilities[] = { "router", "transparent-bridge",
	"source-route-bridge", "switch", "host", "igmp", "repeater", "phone", "remote",
	"cvta", "two-port-relay" };

static void
say_text(const struct context *ctx, enum fact_key key, struct cursor value)
{
	say(ctx, key, ctx->seen.src_mac, text_unpadded(text_from(value)));
}

static void
say_capabilities(const struct context *ctx, struct cursor value)
{
	char buf[160];
	struct line l = line_over(buf, sizeof buf);

	line_bits(&l, cur_u32(&value), capabilities,
	    sizeof capabilities / sizeof capabilities[0]);
	say(ctx, FACT_CDP_CAPABILITIES, ctx->seen.src_mac, line_text(&l));
}

/* By the name of the protocol: IPv4 has an NLPID, IPv6 is behind SNAP. */
static struct addr
address_of(unsigned kind, struct cursor protocol, struct cursor bytes)
{
	static const struct text snap6 = { "\xaa\xaa\3\0\0\0\x86\xdd", 8 };

	if (kind == NLPID && cur_u8(&protocol) == NLPID_IP)
		return addr_read(&bytes, ADDR_IP4);
	if (kind == IEEE_802_2 && text_equal(text_from(protocol), snap6))
		return addr_read(&bytes, ADDR_IP6);
	return (struct addr){ 0 };
}

/* A count, and of each the protocol's name and the address behind lengths. */
static void
say_addresses(const struct context *ctx, struct cursor value)
{
	char buf[ADDR_TEXT];
	uint32_t count = cur_u32(&value);

	for (unsigned i = 0; i < count && i < ADDRESSES_MAX; i++) {
		uint8_t kind = cur_u8(&value);
		struct cursor protocol = cur_block8(&value);
		struct cursor bytes = cur_block16(&value);
		struct addr ip = address_of(kind, protocol, bytes);
		if (ip.kind == ADDR_NONE || addr_is_unspecified(ip))
			continue;
		say(ctx, FACT_CDP_ADDRESS, ctx->seen.src_mac,
		    text_of(addr_print(ip, buf)));
	}
}

static void
say_tlv(const struct context *ctx, unsigned type, struct cursor value)
{
	switch ((enum tlv)type) {
	case TLV_DEVICE_ID:
		say_text(ctx, FACT_CDP_DEVICE_ID, value);
		break;
	case TLV_ADDRESSES:
		say_addresses(ctx, value);
		break;
	case TLV_CAPABILITIES:
		say_capabilities(ctx, value);
		break;
	case TLV_VERSION:
		say_text(ctx, FACT_CDP_VERSION, value);
		break;
	case TLV_PLATFORM:
		say_text(ctx, FACT_CDP_PLATFORM, value);
		break;
	}
}

enum decoded
cdp_decode(struct cursor c, const struct context *ctx)
{
	uint8_t version = cur_u8(&c);

	cur_skip(&c, 1 + 2); /* time to live, checksum */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (version != 1 && version != 2)
		return DECODED_BAD;
	while (cur_left(&c) > 0) {
		unsigned type = cur_u16(&c), length = cur_u16(&c);
		if (cur_ok(&c) && length < HEAD)
			return DECODED_BAD;
		struct cursor value = cur_take(&c, length - HEAD);
		if (!cur_ok(&c))
			return ctx->cut ? DECODED_SHORT : DECODED_BAD;
		say_tlv(ctx, type, value);
	}
	return DECODED;
}
