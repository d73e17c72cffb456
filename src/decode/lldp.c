/* SPDX-License-Identifier: ISC */
/*
 * LLDP: IEEE 802.1AB-2016 section 8; of the media endpoint's extensions, its
 * inventory (ANSI/TIA-1057 section 10.2.6). A frame never passes a bridge, so all of
 * it is about the station that sent it.
 */
#include "decode/decode.h"
#include "decode/line.h"

enum tlv {
	TLV_END = 0,
	TLV_CHASSIS_ID = 1,
	TLV_SYSTEM_NAME = 5,
	TLV_SYSTEM_DESCRIPTION = 6,
	TLV_CAPABILITIES = 7,
	TLV_MANAGEMENT_ADDRESS = 8,
	TLV_ORGANISATION = 127
};

enum { CHASSIS_MAC = 4, CHASSIS_NETWORK = 5 };
enum { FAMILY_IP4 = 1, FAMILY_IP6 = 2 }; /* IANA address family numbers */
enum { OUI_TIA = 0x0012bb, MED_CAPABILITIES = 1, TLVS_MAX = 128 };

/* Section 8.5.8.1, from the lowest bit. */
static const char *const capabilities[] = { "other", "repeater", "bridge",
	"access-point", "router", "telephone", "docsis", "station", "c-vlan", "s-vlan",
	"two-port-relay" };

/* ANSI/TIA-1057 section 10.2.6: subtypes of the inventory. */
static const enum fact_key inventory[] = {
	[5] = FACT_LLDP_MED_HARDWARE,
	[6] = FACT_LLDP_MED_FIRMWARE,
	[7] = FACT_LLDP_MED_SOFTWARE,
	[8] = FACT_LLDP_MED_SERIAL,
	[9] = FACT_LLDP_MED_MANUFACTURER,
	[10] = FACT_LLDP_MED_MODEL,
	[11] = FACT_LLDP_MED_ASSET,
};

static void
say_text(const struct context *ctx, enum fact_key key, struct cursor value)
{
	say(ctx, key, ctx->seen.src_mac, text_unpadded(text_from(value)));
}

static struct addr
network_address(struct cursor c)
{
	uint8_t family = cur_u8(&c);

	if (family == FAMILY_IP4)
		return addr_read(&c, ADDR_IP4);
	if (family == FAMILY_IP6)
		return addr_read(&c, ADDR_IP6);
	return (struct addr){ 0 };
}

static void
say_address(const struct context *ctx, enum fact_key key, struct addr a)
{
	char buf[ADDR_TEXT];

	if (a.kind != ADDR_NONE)
		say(ctx, key, ctx->seen.src_mac, text_of(addr_print(a, buf)));
}

static void
say_chassis(const struct context *ctx, struct cursor value)
{
	uint8_t subtype = cur_u8(&value);

	if (subtype == CHASSIS_MAC)
		say_address(ctx, FACT_LLDP_CHASSIS_ID, addr_read(&value, ADDR_MAC));
	else if (subtype == CHASSIS_NETWORK)
		say_address(ctx, FACT_LLDP_CHASSIS_ID, network_address(value));
	else
		say_text(ctx, FACT_LLDP_CHASSIS_ID, value);
}

/* What is enabled, of what the system could do. */
static void
say_capabilities(const struct context *ctx, struct cursor value)
{
	char buf[128];
	struct line l = line_over(buf, sizeof buf);

	cur_skip(&value, 2);
	line_bits(&l, cur_u16(&value), capabilities,
	    sizeof capabilities / sizeof capabilities[0]);
	say(ctx, FACT_LLDP_CAPABILITIES, ctx->seen.src_mac, line_text(&l));
}

static void
say_med(const struct context *ctx, struct cursor value)
{
	uint8_t subtype = cur_u8(&value);

	if (subtype == MED_CAPABILITIES) {
		char buf[4];
		struct line l = line_over(buf, sizeof buf);
		cur_skip(&value, 2);
		line_number(&l, cur_u8(&value));
		if (cur_ok(&value))
			say(ctx, FACT_LLDP_MED_CLASS, ctx->seen.src_mac, line_text(&l));
	} else if (subtype < sizeof inventory / sizeof inventory[0]) {
		say_text(ctx, inventory[subtype], value);
	}
}

static void
say_tlv(const struct context *ctx, unsigned type, struct cursor value)
{
	switch ((enum tlv)type) {
	case TLV_CHASSIS_ID:
		say_chassis(ctx, value);
		break;
	case TLV_SYSTEM_NAME:
		say_text(ctx, FACT_LLDP_SYSTEM_NAME, value);
		break;
	case TLV_SYSTEM_DESCRIPTION:
		say_text(ctx, FACT_LLDP_SYSTEM_DESCRIPTION, value);
		break;
	case TLV_CAPABILITIES:
		say_capabilities(ctx, value);
		break;
	case TLV_MANAGEMENT_ADDRESS:
		say_address(ctx, FACT_LLDP_MANAGEMENT_ADDRESS,
		    network_address(cur_block8(&value)));
		break;
	case TLV_ORGANISATION:
		if (cur_u24(&value) == OUI_TIA)
			say_med(ctx, value);
		break;
	case TLV_END:
		break;
	}
}

enum decoded
lldp_decode(struct cursor c, const struct context *ctx)
{
	/* Section 8.2: the chassis comes first, and its length is never 0. */
	if (cur_left(&c) >= 2 && cur_peek(&c, 0) >> 1 != TLV_CHASSIS_ID)
		return DECODED_BAD;
	for (unsigned n = 0; n < TLVS_MAX; n++) {
		unsigned head = cur_u16(&c);
		struct cursor value = cur_take(&c, head & 0x1ff);
		if (!cur_ok(&c))
			return ctx->cut ? DECODED_SHORT : DECODED_BAD;
		if (head >> 9 == TLV_END)
			return DECODED;
		say_tlv(ctx, head >> 9, value);
	}
	return DECODED_BAD;
}
