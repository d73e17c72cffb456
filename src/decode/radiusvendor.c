/* SPDX-License-Identifier: ISC */
/*
 * What access servers tell of the user's device in attributes of their vendors (RFC
 * 2865 section 5.26):
 *
 * Cisco-AVPair: the device sensor's dhcp-option, http-tlv, lldp-tlv and cdp-tlv, a type
 * and a length of two bytes each before the value (Cisco IOS XE Security Configuration
 * Guide, "Device Sensor"); dc-device-name of its classifier; mdm-tlv of AnyConnect's
 * ACIDex (Cisco ASA Series VPN CLI Configuration Guide, "AnyConnect Identity
 * Extensions"). Aruba: ArubaOS User Guide, "RADIUS Server VSAs". Ruckus: SmartZone
 * RADIUS guide. Juniper ERX: Broadband Subscriber Management, "Juniper Networks VSAs",
 * 26-55, 26-56. 3GPP: TS 29.061 section 16.4.7.
 */
#include "decode/dhcp4.h"
#include "decode/line.h"
#include "decode/radius.h"
#include "decode/station.h"

enum vendor {
	CISCO = 9,
	JUNIPER_ERX = 4874,
	THE_3GPP = 10415,
	ARUBA = 14823,
	RUCKUS = 25053
};

enum { CISCO_AVPAIR = 1, ERX_DHCP_OPTIONS = 55, ERX_DHCP_MAC = 56 };

enum { HTTP_USER_AGENT = 1 };

/* Texts of which the value is the fact. */
static const struct {
	uint16_t vendor;
	uint8_t type;
	enum fact_key key;
} texts[] = {
	{ THE_3GPP, 20, FACT_RADIUS_DEVICE_IMEI }, /* 3GPP-IMEISV */
	{ ARUBA, 5, FACT_RADIUS_SSID },            /* Aruba-Essid-Name */
	{ ARUBA, 12, FACT_RADIUS_DEVICE_TYPE },    /* Aruba-Device-Type */
	{ ARUBA, 16, FACT_RADIUS_DEVICE_IMEI },    /* Aruba-Mdps-Device-Imei */
	{ ARUBA, 20, FACT_RADIUS_DEVICE_TYPE },    /* Aruba-Mdps-Device-Product */
	{ ARUBA, 21, FACT_RADIUS_DEVICE_VERSION }, /* Aruba-Mdps-Device-Version */
	{ ARUBA, 22, FACT_RADIUS_DEVICE_SERIAL },  /* Aruba-Mdps-Device-Serial */
	{ RUCKUS, 3, FACT_RADIUS_SSID },           /* Ruckus-SSID */
};

/* The same for what stands behind a name in a Cisco-AVPair. */
static const struct {
	const char *name;
	enum fact_key key;
} pairs[] = {
	{ "cisco-wlan-ssid=", FACT_RADIUS_SSID },
	{ "ssid=", FACT_RADIUS_SSID },
	{ "dc-device-name=", FACT_RADIUS_DEVICE_TYPE },
	{ "mdm-tlv=device-platform=", FACT_RADIUS_DEVICE_PLATFORM },
	{ "mdm-tlv=device-platform-version=", FACT_RADIUS_DEVICE_VERSION },
	{ "mdm-tlv=device-type=", FACT_RADIUS_DEVICE_TYPE },
};

/* What a switch heard of the neighbour at its port: texts of LLDP and CDP by type. */
static const struct {
	const char *name;
	uint16_t type;
	enum fact_key key;
} neighbour[] = {
	{ "cdp-tlv=", 1, FACT_CDP_DEVICE_ID },
	{ "cdp-tlv=", 5, FACT_CDP_VERSION },
	{ "cdp-tlv=", 6, FACT_CDP_PLATFORM },
	{ "lldp-tlv=", 5, FACT_LLDP_SYSTEM_NAME },
	{ "lldp-tlv=", 6, FACT_LLDP_SYSTEM_DESCRIPTION },
};

/* True of a pair of that name; the rest of it in value. */
static bool
is_pair(struct cursor pair, const char *name, struct cursor *value)
{
	if (!text_starts(text_from(pair), text_of(name)))
		return false;
	cur_skip(&pair, strlen(name));
	*value = pair;
	return true;
}

/* The next attribute of the vendor's own; RFC 2865 section 5.26 recommends the form. */
static bool
next_own(struct cursor *c, uint8_t *type, struct cursor *value)
{
	if (cur_left(c) == 0)
		return false;
	*type = cur_u8(c);
	size_t length = cur_u8(c);
	if (length < 2)
		return false;
	*value = cur_take(c, length - 2);
	return cur_ok(c);
}

struct addr
radius_vendor_mac(struct cursor c)
{
	uint32_t vendor = cur_u32(&c);
	struct cursor value;
	struct addr mac;
	struct text rest;
	uint8_t type;

	while (next_own(&c, &type, &value)) {
		bool told = (vendor == CISCO && type == CISCO_AVPAIR &&
		                is_pair(value, "mdm-tlv=device-mac=", &value)) ||
		    (vendor == JUNIPER_ERX && type == ERX_DHCP_MAC);
		if (told && station_mac(text_from(value), &mac, &rest) &&
		    mac.kind == ADDR_MAC)
			return mac;
	}
	return (struct addr){ 0 };
}

/* A type and a length of two bytes each, then the value. */
static bool
read_tlv(struct cursor *c, uint16_t *type, struct cursor *value)
{
	*type = cur_u16(c);
	*value = cur_block16(c);
	return cur_ok(c);
}

static void
say_neighbour(const struct context *ctx, struct addr user, struct cursor pair)
{
	struct cursor value, inner;
	uint16_t type;

	for (size_t i = 0; i < sizeof neighbour / sizeof neighbour[0]; i++)
		if (is_pair(pair, neighbour[i].name, &value) &&
		    read_tlv(&value, &type, &inner) && type == neighbour[i].type)
			say(ctx, neighbour[i].key, user,
			    text_unpadded(text_from(inner)));
}

static void
say_pair(const struct context *ctx, struct addr user, struct cursor pair)
{
	struct cursor value, inner;
	uint16_t type;

	if (is_pair(pair, "dhcp-option=", &value)) {
		if (read_tlv(&value, &type, &inner) && type <= UINT8_MAX)
			dhcp4_option(ctx, user, (uint8_t)type, inner);
		return;
	}
	if (is_pair(pair, "http-tlv=", &value)) {
		if (read_tlv(&value, &type, &inner) && type == HTTP_USER_AGENT)
			say_bytes(ctx, FACT_HTTP_USER_AGENT, user, inner);
		return;
	}
	say_neighbour(ctx, user, pair);
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		if (is_pair(pair, pairs[i].name, &value))
			say(ctx, pairs[i].key, user, text_trim(text_from(value)));
}

/* Options of DHCPv4 as they were in the message. */
static void
say_dhcp_options(const struct context *ctx, struct addr user, struct cursor c)
{
	while (cur_left(&c) > 0) {
		uint8_t code = cur_u8(&c);
		struct cursor value = cur_block8(&c);
		if (cur_ok(&value))
			dhcp4_option(ctx, user, code, value);
	}
}

void
radius_vendor_say(const struct context *ctx, struct addr user, struct cursor c)
{
	uint32_t vendor = cur_u32(&c);
	struct cursor value;
	uint8_t type;

	while (next_own(&c, &type, &value)) {
		if (vendor == CISCO && type == CISCO_AVPAIR)
			say_pair(ctx, user, value);
		if (vendor == JUNIPER_ERX && type == ERX_DHCP_OPTIONS)
			say_dhcp_options(ctx, user, value);
		for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
			if (texts[i].vendor == vendor && texts[i].type == type)
				say(ctx, texts[i].key, user,
				    text_trim(text_from(value)));
	}
}
