/* SPDX-License-Identifier: ISC */
/*
 * RADIUS: who came in where with which device and got which address. RFC 2865
 * (authentication), RFC 2866 (accounting), RFC 2869 and 3579 (EAP), RFC 3162 and 6911
 * (IPv6), RFC 3580 (802.1X), RFC 4372 (chargeable identity).
 *
 * All facts speak of the user's device. Passwords are not looked at.
 */
#include "decode/radius.h"

#include "decode/eap.h"
#include "decode/line.h"
#include "decode/station.h"

enum code {
	ACCESS_REQUEST = 1,
	ACCESS_ACCEPT,
	ACCESS_REJECT,
	ACCOUNTING_REQUEST,
	ACCOUNTING_RESPONSE,
	ACCESS_CHALLENGE = 11
};

enum attribute {
	USER_NAME = 1,
	NAS_IP_ADDRESS = 4,
	NAS_PORT = 5,
	FRAMED_IP_ADDRESS = 8,
	VENDOR_SPECIFIC = 26,
	CALLED_STATION_ID = 30,
	CALLING_STATION_ID = 31,
	NAS_IDENTIFIER = 32,
	ACCT_STATUS_TYPE = 40,
	ACCT_SESSION_ID = 44,
	NAS_PORT_TYPE = 61,
	CONNECT_INFO = 77,
	EAP_MESSAGE = 79,
	NAS_PORT_ID = 87,
	CHARGEABLE_USER_IDENTITY = 89,
	NAS_IPV6_ADDRESS = 95,
	FRAMED_IPV6_PREFIX = 97,
	FRAMED_IPV6_ADDRESS = 168
};

enum { HEADER = 20, LENGTH_MAX = 4096 };

enum form { TEXT, NUMBER, IP4, IP6 };

/* Attributes of which the value is the fact. */
static const struct {
	uint8_t type;
	enum fact_key key;
	enum form form;
} plain[] = {
	{ NAS_IP_ADDRESS, FACT_RADIUS_NAS_ADDRESS, IP4 },
	{ NAS_IPV6_ADDRESS, FACT_RADIUS_NAS_ADDRESS, IP6 },
	{ NAS_IDENTIFIER, FACT_RADIUS_NAS_IDENTIFIER, TEXT },
	{ NAS_PORT, FACT_RADIUS_NAS_PORT, NUMBER },
	{ NAS_PORT_ID, FACT_RADIUS_NAS_PORT_ID, TEXT },
	{ NAS_PORT_TYPE, FACT_RADIUS_NAS_PORT_TYPE, NUMBER },
	{ CALLING_STATION_ID, FACT_RADIUS_CALLING_STATION_ID, TEXT },
	{ CALLED_STATION_ID, FACT_RADIUS_CALLED_STATION_ID, TEXT },
	{ ACCT_STATUS_TYPE, FACT_RADIUS_STATUS, NUMBER },
	{ ACCT_SESSION_ID, FACT_RADIUS_SESSION, TEXT },
	{ CONNECT_INFO, FACT_RADIUS_CONNECT_INFO, TEXT },
};

/* False at the end, or at an attribute against RFC 2865 section 5: then spent. */
static bool
next_attribute(struct cursor *c, uint8_t *type, struct cursor *value)
{
	if (cur_left(c) == 0)
		return false;
	*type = cur_u8(c);
	size_t length = cur_u8(c);
	if (length < 2) {
		cur_skip(c, SIZE_MAX);
		return false;
	}
	*value = cur_take(c, length - 2);
	return cur_ok(c);
}

/* The first attribute of a type; empty without one. */
static struct cursor
attribute(struct cursor c, uint8_t wanted)
{
	struct cursor value;
	uint8_t type;

	while (next_attribute(&c, &type, &value))
		if (type == wanted)
			return value;
	return (struct cursor){ 0 };
}

/* An attribute that is an address; of another length it is none. */
static struct addr
address_of(struct cursor value, enum addr_kind kind)
{
	if (cur_left(&value) != addr_len(kind))
		return (struct addr){ 0 };
	return addr_read(&value, kind);
}

/* RFC 2865 section 5.8: all ones and all ones but the last are wishes, not addresses.
 */
static struct addr
framed_ip4(struct cursor value)
{
	struct addr ip = address_of(value, ADDR_IP4);

	if (addr_is_unspecified(ip) || addr_is_multicast(ip) || ip.b[0] >= 240)
		return (struct addr){ 0 };
	return ip;
}

/* A prefix of a single address (RFC 3162 section 2.3); a longer one is a network's. */
static struct addr
framed_prefix(struct cursor value)
{
	cur_skip(&value, 1);
	uint8_t bits = cur_u8(&value);

	return bits == 128 ? addr_read(&value, ADDR_IP6) : (struct addr){ 0 };
}

/* The kind of port, or 0. */
static uint32_t
port_type(struct cursor attributes)
{
	struct cursor kind = attribute(attributes, NAS_PORT_TYPE);

	return cur_u32(&kind);
}

static struct addr
vendor_mac(struct cursor c)
{
	struct cursor value;
	uint8_t type;

	while (next_attribute(&c, &type, &value)) {
		struct addr mac = { 0 };
		if (type == VENDOR_SPECIFIC)
			mac = radius_vendor_mac(value);
		if (mac.kind == ADDR_MAC)
			return mac;
	}
	return (struct addr){ 0 };
}

/*
 * The user's device: by its link-layer address where it is told, else by the address
 * that it is given, else by the one that it calls from (a VPN client's).
 */
static struct addr
user_of(struct cursor attributes)
{
	struct text calling = text_from(attribute(attributes, CALLING_STATION_ID));
	struct addr who = station_caller(calling, port_type(attributes));

	if (who.kind == ADDR_NONE)
		who = vendor_mac(attributes);
	if (who.kind == ADDR_NONE)
		who = framed_ip4(attribute(attributes, FRAMED_IP_ADDRESS));
	if (who.kind == ADDR_NONE)
		who = address_of(attribute(attributes, FRAMED_IPV6_ADDRESS), ADDR_IP6);
	if (who.kind == ADDR_NONE &&
	    (!addr_parse(text_trim(calling), &who) || who.kind == ADDR_MAC))
		who = (struct addr){ 0 };
	if (addr_is_multicast(who) || addr_is_unspecified(who))
		return (struct addr){ 0 };
	return who;
}

static void
say_plain(const struct context *ctx, struct addr user, uint8_t type,
    struct cursor value)
{
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
		char buf[ADDR_TEXT], ip[ADDR_TEXT];
		struct line l = line_over(buf, sizeof buf);
		struct text t = text_from(value);
		if (plain[i].type != type)
			continue;
		if (plain[i].form == TEXT) {
			t.len = text_find(t, '\0', 0);
			say(ctx, plain[i].key, user, text_trim(t));
			continue;
		}
		if (plain[i].form == NUMBER && cur_left(&value) == 4)
			line_number(&l, cur_u32(&value));
		else if (plain[i].form == IP4)
			line_word(&l, addr_print(address_of(value, ADDR_IP4), ip));
		else if (plain[i].form == IP6)
			line_word(&l, addr_print(address_of(value, ADDR_IP6), ip));
		say(ctx, plain[i].key, user, line_text(&l));
	}
}

static void
say_address(const struct context *ctx, struct addr user, struct addr ip)
{
	char buf[ADDR_TEXT];

	if (ip.kind != ADDR_NONE && !addr_is_unspecified(ip))
		say(ctx, FACT_RADIUS_ADDRESS, user, text_of(addr_print(ip, buf)));
}

/* RFC 4372 section 2.1: a NUL alone asks for one. */
static void
say_chargeable(const struct context *ctx, struct addr user, struct cursor value)
{
	if (cur_left(&value) > 1 || cur_peek(&value, 0) != 0)
		say_bytes(ctx, FACT_RADIUS_CHARGEABLE_USER_IDENTITY, user, value);
}

static void
say_attribute(const struct context *ctx, struct addr user, uint32_t port, uint8_t type,
    struct cursor value)
{
	say_plain(ctx, user, type, value);
	switch (type) {
	case USER_NAME:
		say_bytes(ctx,
		    eap_is_anonymous(text_from(value)) ? FACT_RADIUS_ANONYMOUS_USER_NAME
		                                       : FACT_RADIUS_USER_NAME,
		    user, value);
		break;
	case CALLED_STATION_ID:
		say(ctx, FACT_RADIUS_SSID, user, station_ssid(text_from(value), port));
		break;
	case FRAMED_IP_ADDRESS:
		say_address(ctx, user, framed_ip4(value));
		break;
	case FRAMED_IPV6_ADDRESS:
		say_address(ctx, user, address_of(value, ADDR_IP6));
		break;
	case FRAMED_IPV6_PREFIX:
		say_address(ctx, user, framed_prefix(value));
		break;
	case CHARGEABLE_USER_IDENTITY:
		say_chargeable(ctx, user, value);
		break;
	case VENDOR_SPECIFIC:
		radius_vendor_say(ctx, user, value);
		break;
	}
}

/* RFC 3579 section 3.1: a message longer than an attribute is in several. */
static void
read_eap(struct cursor c, const struct context *ctx, struct addr user)
{
	char buf[LENGTH_MAX];
	struct line l = line_over(buf, sizeof buf);
	struct cursor value;
	uint8_t type;

	while (next_attribute(&c, &type, &value))
		if (type == EAP_MESSAGE)
			line_put(&l, text_from(value));
	struct text message = line_text(&l);
	if (message.len > 0)
		(void)eap_read(cur_over(message.s, message.len), ctx, user);
}

static bool
is_known(uint8_t code)
{
	return (code >= ACCESS_REQUEST && code <= ACCOUNTING_RESPONSE) ||
	    code == ACCESS_CHALLENGE;
}

enum decoded
radius_decode(struct cursor c, const struct context *ctx)
{
	size_t all = cur_left(&c);
	uint8_t code = cur_u8(&c), type;

	cur_skip(&c, 1); /* identifier */
	size_t length = cur_u16(&c);
	cur_skip(&c, 16); /* authenticator */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (!is_known(code) || length < HEADER || length > LENGTH_MAX)
		return DECODED_NOT_MINE;
	if (length > all && !ctx->cut)
		return DECODED_BAD; /* RFC 2865 section 3: silently discarded */
	struct cursor attributes = cur_take(&c,
	    length > all ? all - HEADER : length - HEADER);
	struct cursor rest = attributes, value;
	struct addr user = user_of(attributes);
	uint32_t port = port_type(attributes);
	while (next_attribute(&rest, &type, &value))
		say_attribute(ctx, user, port, type, value);
	if (code == ACCESS_REQUEST)
		read_eap(attributes, ctx, user);
	if (cur_ok(&rest) && length <= all)
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_BAD;
}
