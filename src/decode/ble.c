/* SPDX-License-Identifier: ISC */
/*
 * What a Bluetooth LE device advertises. Supplement to the Bluetooth Core
 * Specification, part A (the structures); Bluetooth Assigned Numbers; Apple's
 * Continuity messages as Martin et al., "Handoff All Your Privacy" (PoPETs 2019), and
 * Celosia and Cunche, "Discontinued Privacy" (PoPETs 2020), describe them; [MS-CDP]
 * section 2.2.2.2.3; Google Fast Pair Service, "Provider Advertising Signal".
 *
 * Of AirDrop and Find My only that the message is there: their payloads are made to
 * find people, and are not read.
 */
#include "decode/decode.h"
#include "decode/line.h"

enum structure {
	FLAGS = 0x01,
	SERVICES_SOME = 0x02,
	SERVICES_ALL = 0x03,
	NAME_SHORT = 0x08,
	NAME = 0x09,
	SERVICE_DATA = 0x16,
	APPEARANCE = 0x19,
	MANUFACTURER = 0xff
};

enum { MICROSOFT = 0x0006, APPLE = 0x004c, FAST_PAIR = 0xfe2c };

enum apple {
	OVERFLOW_AREA = 0x01,
	HOMEKIT = 0x06,
	PROXIMITY = 0x07,
	HEY_SIRI = 0x08,
	TETHERING_SOURCE = 0x0e,
	NEARBY_ACTION = 0x0f,
	NEARBY_INFO = 0x10
};

static void
say_hex(const struct context *ctx, enum fact_key key, struct cursor value)
{
	char buf[2 * UINT8_MAX];
	struct line l = line_over(buf, sizeof buf);

	line_hex(&l, value);
	if (cur_ok(&value))
		say(ctx, key, ctx->seen.src_mac, line_text(&l));
}

static void
say_number(const struct context *ctx, enum fact_key key, uint32_t n)
{
	char buf[12];
	struct line l = line_over(buf, sizeof buf);

	line_number(&l, n);
	say(ctx, key, ctx->seen.src_mac, line_text(&l));
}

static void
say_hex16(const struct context *ctx, enum fact_key key, uint16_t n)
{
	char buf[4];
	struct line l = line_over(buf, sizeof buf);

	line_hex16(&l, n);
	say(ctx, key, ctx->seen.src_mac, line_text(&l));
}

/* Core Specification, volume 6 part B section 1.3: the two highest bits tell. */
static void
say_address_type(const struct context *ctx)
{
	static const char *const random[] = { "non-resolvable", "resolvable", NULL,
		"static" };
	struct addr who = ctx->seen.src_mac;
	const char *type = who.kind == ADDR_BLE ? random[who.b[0] >> 6] : "public";

	if (type != NULL)
		say(ctx, FACT_BLE_ADDRESS_TYPE, who, text_of(type));
}

/* Status flags, what its user does, and flags of its radios: `1-b-1c`. */
static void
say_nearby_info(const struct context *ctx, struct cursor c)
{
	char buf[8];
	struct line l = line_over(buf, sizeof buf);
	uint8_t first = cur_u8(&c), data = cur_u8(&c);

	line_char(&l, hex_digit(first >> 4));
	line_char(&l, '-');
	line_char(&l, hex_digit(first));
	line_char(&l, '-');
	line_char(&l, hex_digit(data >> 4));
	line_char(&l, hex_digit(data));
	if (cur_ok(&c))
		say(ctx, FACT_BLE_APPLE_NEARBY, ctx->seen.src_mac, line_text(&l));
}

static void
say_apple_message(const struct context *ctx, uint8_t type, struct cursor c)
{
	switch (type) {
	case HOMEKIT:
		cur_skip(&c, 1 + 6); /* status, identifier */
		if (cur_left(&c) >= 2)
			say_number(ctx, FACT_BLE_HOMEKIT_CATEGORY, cur_u16le(&c));
		break;
	case PROXIMITY:
		cur_skip(&c, 1);
		say_hex(ctx, FACT_BLE_APPLE_MODEL, cur_take(&c, 2));
		break;
	case HEY_SIRI:
		cur_skip(&c, 2 + 1 + 1); /* of the voice: hash, noise, confidence */
		say_hex(ctx, FACT_BLE_APPLE_CLASS, cur_take(&c, 2));
		break;
	case TETHERING_SOURCE:
		cur_skip(&c, 1 + 1 + 1); /* version, flags, battery */
		if (cur_left(&c) >= 2)
			say_number(ctx, FACT_BLE_APPLE_CELLULAR, cur_u16(&c));
		break;
	case NEARBY_ACTION:
		cur_skip(&c, 1);
		say_hex(ctx, FACT_BLE_APPLE_ACTION, cur_take(&c, 1));
		break;
	case NEARBY_INFO:
		say_nearby_info(ctx, c);
		break;
	}
}

/* Messages of a type and a length; HomeKit has a subtype in its length's top bits. */
static void
say_apple(const struct context *ctx, struct cursor c)
{
	while (cur_left(&c) >= 2) {
		struct cursor number = c;
		uint8_t type = cur_u8(&c), length = cur_u8(&c);
		if (type == HOMEKIT)
			length &= 0x1f;
		struct cursor value = cur_take(&c, length);
		if (type != OVERFLOW_AREA && !cur_ok(&value))
			return;
		say_hex(ctx, FACT_BLE_APPLE_TYPE, cur_take(&number, 1));
		if (type == OVERFLOW_AREA) /* a bit field without a length */
			return;
		say_apple_message(ctx, type, value);
	}
}

/*
 * [MS-CDP] 2.2.2.2.3: scenario 1 and the type of the device in the low five bits of the
 * next byte, beside a version that documents and devices do not agree upon.
 */
static void
say_microsoft(const struct context *ctx, struct cursor c)
{
	uint8_t scenario = cur_u8(&c), type = cur_u8(&c) & 0x1f;

	if (cur_ok(&c) && scenario == 1)
		say_number(ctx, FACT_BLE_MICROSOFT_DEVICE, type);
}

static void
say_manufacturer(const struct context *ctx, struct cursor c)
{
	uint16_t company = cur_u16le(&c);

	if (!cur_ok(&c))
		return;
	say_hex16(ctx, FACT_BLE_COMPANY, company);
	if (company == APPLE)
		say_apple(ctx, c);
	else if (company == MICROSOFT)
		say_microsoft(ctx, c);
}

/* Three bytes name a model that waits to be paired; more are of an account. */
static void
say_service_data(const struct context *ctx, struct cursor c)
{
	uint16_t service = cur_u16le(&c);

	if (!cur_ok(&c))
		return;
	say_hex16(ctx, FACT_BLE_SERVICE, service);
	if (service == FAST_PAIR && cur_left(&c) == 3)
		say_hex(ctx, FACT_BLE_FAST_PAIR_MODEL, c);
}

static void
say_structure(const struct context *ctx, uint8_t type, struct cursor c)
{
	switch (type) {
	case FLAGS:
		if (cur_left(&c) > 0)
			say_number(ctx, FACT_BLE_FLAGS, cur_u8(&c));
		break;
	case SERVICES_SOME:
	case SERVICES_ALL:
		while (cur_left(&c) >= 2)
			say_hex16(ctx, FACT_BLE_SERVICE, cur_u16le(&c));
		break;
	case NAME_SHORT:
	case NAME: {
		struct text name = text_from(c);
		name.len = text_find(name, '\0', 0);
		say(ctx, FACT_BLE_NAME, ctx->seen.src_mac, name);
		break;
	}
	case SERVICE_DATA:
		say_service_data(ctx, c);
		break;
	case APPEARANCE:
		if (cur_left(&c) == 2)
			say_number(ctx, FACT_BLE_APPEARANCE, cur_u16le(&c));
		break;
	case MANUFACTURER:
		say_manufacturer(ctx, c);
		break;
	}
}

enum decoded
ble_decode(struct cursor c, const struct context *ctx)
{
	say_address_type(ctx);
	while (cur_left(&c) > 0) {
		struct cursor structure = cur_block8(&c);
		if (!cur_ok(&structure))
			return ctx->cut ? DECODED_SHORT : DECODED_BAD;
		if (cur_left(&structure) == 0)
			break; /* the rest is padding */
		uint8_t type = cur_u8(&structure);
		say_structure(ctx, type, structure);
	}
	return DECODED;
}
