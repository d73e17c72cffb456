/* SPDX-License-Identifier: ISC */
/*
 * DHCP over IPv6: what clients say of themselves, and what servers give them, also
 * when relays stand between. RFC 8415 (messages, options, relays), RFC 4649
 * (remote id), RFC 4704 (FQDN), RFC 5970 (client architecture), RFC 6939 (client
 * link-layer address), RFC 6355 (DUID by UUID), RFC 8520 (MUD URL).
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/dnsname.h"
#include "decode/line.h"

enum message {
	SOLICIT = 1,
	ADVERTISE,
	REQUEST,
	CONFIRM,
	RENEW,
	REBIND,
	REPLY,
	RELEASE,
	DECLINE,
	RECONFIGURE,
	INFORMATION_REQUEST,
	RELAY_FORWARD,
	RELAY_REPLY
};

enum option {
	OPT_CLIENT_ID = 1,
	OPT_SERVER_ID = 2,
	OPT_IA_NA = 3,
	OPT_IA_TA = 4,
	OPT_IA_ADDRESS = 5,
	OPT_REQUEST = 6,
	OPT_RELAY_MESSAGE = 9,
	OPT_USER_CLASS = 15,
	OPT_VENDOR_CLASS = 16,
	OPT_VENDOR_OPTIONS = 17,
	OPT_INTERFACE_ID = 18,
	OPT_REMOTE_ID = 37,
	OPT_FQDN = 39,
	OPT_CLIENT_ARCH = 61,
	OPT_LINK_ADDRESS = 79,
	OPT_MUD_URL = 112
};

enum { DUID_LLT = 1, DUID_EN = 2, DUID_LL = 3, ETHERNET = 1, IEEE_802 = 6 };

/* RFC 3315 section 5.5 let 32 relays stand in a row; RFC 8415 leaves eight. */
enum { RELAYS_MAX = 32 };

struct message6 {
	const struct context *ctx;
	uint8_t type;
	struct cursor options;
	struct addr peer, told; /* of the relay next to the client; its option 79 */
	bool relayed;
	struct addr client; /* of whom the message speaks */
};

/* False at the end, or where an option runs past it: the cursor is then spent. */
static bool
next_option(struct cursor *c, uint16_t *code, struct cursor *value)
{
	if (cur_left(c) == 0)
		return false;
	*code = cur_u16(c);
	*value = cur_block16(c);
	return cur_ok(c);
}

/* The first option of that code; empty when it was not sent. */
static struct cursor
option(struct cursor c, uint16_t wanted)
{
	struct cursor value;
	uint16_t code;

	while (next_option(&c, &code, &value))
		if (code == wanted)
			return value;
	return (struct cursor){ 0 };
}

/* Hardware type by the table of ARP, then the address (RFC 6939 section 4). */
static struct addr
hardware_address(struct cursor c)
{
	uint16_t type = cur_u16(&c);

	if ((type != ETHERNET && type != IEEE_802) || cur_left(&c) != 6)
		return (struct addr){ 0 };
	struct addr mac = addr_read(&c, ADDR_MAC);
	if (addr_is_multicast(mac) || addr_is_unspecified(mac))
		return (struct addr){ 0 };
	return mac;
}

/* The link-layer address of one of the client's interfaces: RFC 8415 11.2, 11.4. */
static struct addr
duid_address(struct cursor duid)
{
	uint16_t type = cur_u16(&duid);
	struct cursor hardware = duid;

	if (type == DUID_LL)
		return hardware_address(hardware);
	if (type != DUID_LLT)
		return (struct addr){ 0 };
	/* A time stands between the hardware type and the address. */
	uint16_t kind = cur_u16(&duid);
	cur_skip(&duid, 4);
	if ((kind != ETHERNET && kind != IEEE_802) || cur_left(&duid) != 6)
		return (struct addr){ 0 };
	return addr_read(&duid, ADDR_MAC);
}

/*
 * A frame from or to a link-local address crossed no router, so that its link-layer
 * address is the client's. Behind a relay it is what the relay saw (option 79), else
 * what the client's DUID was made of, else no more than the address it has.
 */
static struct addr
client_of(const struct message6 *m, bool from_client)
{
	const struct sighting *s = &m->ctx->seen;
	struct addr ip = from_client ? s->src_ip : s->dst_ip;
	struct addr mac = from_client ? s->src_mac : s->dst_mac;

	if (m->relayed) {
		ip = m->peer;
		mac = m->told;
	} else if (!addr_is_link_local(ip) || addr_is_multicast(mac))
		mac = (struct addr){ 0 };
	if (mac.kind == ADDR_NONE)
		mac = duid_address(option(m->options, OPT_CLIENT_ID));
	if (mac.kind == ADDR_MAC)
		return mac;
	if (ip.kind != ADDR_IP6 || addr_is_multicast(ip) || addr_is_unspecified(ip))
		return (struct addr){ 0 };
	return ip;
}

static void
say_hex(const struct message6 *m, enum fact_key key, struct cursor value)
{
	char buf[VALUE_MAX] UNSET;
	struct line l = line_over(buf, sizeof buf);

	if (!wants(m->ctx, key))
		return;
	line_hex(&l, value);
	say(m->ctx, key, m->client, line_text(&l));
}

static void
say_number(const struct message6 *m, enum fact_key key, uint32_t n)
{
	char buf[16];
	struct line l = line_over(buf, sizeof buf);

	line_number(&l, n);
	say(m->ctx, key, m->client, line_text(&l));
}

static void
say_words(const struct message6 *m, enum fact_key key, struct cursor words)
{
	char buf[VALUE_MAX] UNSET;
	struct line l = line_over(buf, sizeof buf);

	line_list(&l, words, 2, ',');
	say(m->ctx, key, m->client, line_text(&l));
}

static void
say_duid(const struct message6 *m)
{
	struct cursor duid = option(m->options, OPT_CLIENT_ID);

	if (cur_left(&duid) < 2)
		return;
	say_hex(m, FACT_DHCPV6_DUID, duid);
	uint16_t type = cur_u16(&duid);
	say_number(m, FACT_DHCPV6_DUID_TYPE, type);
	if (type == DUID_EN && cur_left(&duid) >= 4)
		say_number(m, FACT_DHCPV6_DUID_ENTERPRISE, cur_u32(&duid));
}

/* RFC 8415 21.16: an enterprise number, then texts behind a length each. */
static void
say_vendor(const struct message6 *m, struct cursor value)
{
	uint32_t enterprise = cur_u32(&value);

	if (!cur_ok(&value))
		return;
	say_number(m, FACT_DHCPV6_ENTERPRISE, enterprise);
	while (cur_left(&value) > 0)
		say_bytes(m->ctx, FACT_DHCPV6_VENDOR_CLASS, m->client,
		    cur_block16(&value));
}

/* RFC 4704 section 4: flags, then a name that may be partial. */
static void
say_fqdn(const struct message6 *m, struct cursor value)
{
	char buf[4 * DNS_NAME_MAX] UNSET;
	struct line l = line_over(buf, sizeof buf);
	struct dns_name name;

	cur_skip(&value, 1);
	if (cur_left(&value) == 0 || !dns_name_partial(&value, &name))
		return;
	if (name.len > 0)
		dns_name_print(&name, &l);
	say(m->ctx, FACT_DHCPV6_FQDN, m->client, line_text(&l));
}

/* What a client's options tell, in the order in which it sent them. */
static void
say_options(const struct message6 *m)
{
	struct cursor c = m->options, value;
	char buf[VALUE_MAX] UNSET;
	struct line codes = line_over(buf, sizeof buf);
	uint16_t code;

	while (next_option(&c, &code, &value)) {
		if (codes.len > 0)
			line_char(&codes, ',');
		line_number(&codes, code);
		switch (code) {
		case OPT_REQUEST:
			say_words(m, FACT_DHCPV6_OPTION_REQUEST, value);
			break;
		case OPT_VENDOR_CLASS:
			say_vendor(m, value);
			break;
		case OPT_USER_CLASS:
			while (cur_left(&value) > 0)
				say_bytes(m->ctx, FACT_DHCPV6_USER_CLASS, m->client,
				    cur_block16(&value));
			break;
		case OPT_VENDOR_OPTIONS:
			say_hex(m, FACT_DHCPV6_VENDOR_OPTIONS, value);
			break;
		case OPT_FQDN:
			say_fqdn(m, value);
			break;
		case OPT_CLIENT_ARCH:
			say_words(m, FACT_DHCPV6_CLIENT_ARCH, value);
			break;
		case OPT_MUD_URL:
			say_bytes(m->ctx, FACT_DHCPV6_MUD_URL, m->client, value);
			break;
		}
	}
	say(m->ctx, FACT_DHCPV6_OPTIONS, m->client, line_text(&codes));
}

/* RFC 8415 21.6: an address, how long it is preferred and how long it is valid. */
static void
say_address(const struct message6 *m, struct cursor value)
{
	struct addr ip = addr_read(&value, ADDR_IP6);
	char buf[ADDR_TEXT];

	cur_skip(&value, 4);
	uint32_t valid = cur_u32(&value);
	if (!cur_ok(&value) || valid == 0 || addr_is_unspecified(ip))
		return;
	say(m->ctx, FACT_DHCPV6_ADDRESS, m->client, text_of(addr_print(ip, buf)));
}

/* The addresses of an identity association, behind `skip` bytes of its own. */
static void
say_addresses(const struct message6 *m, struct cursor association, size_t skip)
{
	struct cursor value;
	uint16_t code;

	cur_skip(&association, skip);
	while (next_option(&association, &code, &value))
		if (code == OPT_IA_ADDRESS)
			say_address(m, value);
}

static void
say_server(const struct message6 *m)
{
	struct cursor c = m->options, value;
	uint16_t code;

	say_hex(m, FACT_DHCPV6_SERVER_DUID, option(m->options, OPT_SERVER_ID));
	if (m->type != REPLY) /* an advertisement binds nothing */
		return;
	while (next_option(&c, &code, &value))
		if (code == OPT_IA_NA)
			say_addresses(m, value, 12); /* id, T1, T2 */
		else if (code == OPT_IA_TA)
			say_addresses(m, value, 4); /* id */
}

/* Where each relay says that the client is, from the one next to the server. */
static void
say_relays(struct message6 *m, struct cursor c)
{
	for (unsigned n = 0; n < RELAYS_MAX && cur_left(&c) > 0; n++) {
		uint8_t type = cur_u8(&c);
		if (type != RELAY_FORWARD && type != RELAY_REPLY)
			return;
		cur_skip(&c, 1 + 16 + 16);
		say_hex(m, FACT_DHCPV6_RELAY_INTERFACE, option(c, OPT_INTERFACE_ID));
		say_hex(m, FACT_DHCPV6_RELAY_REMOTE, option(c, OPT_REMOTE_ID));
		c = option(c, OPT_RELAY_MESSAGE);
	}
}

/* Down to the client's own message; what is left is empty when there is none. */
static struct cursor
inmost(struct message6 *m, struct cursor c)
{
	for (unsigned n = 0; n < RELAYS_MAX; n++) {
		uint8_t type = cur_peek(&c, 0);
		if (type != RELAY_FORWARD && type != RELAY_REPLY)
			return c;
		cur_skip(&c, 1 + 1 + 16); /* type, hops, link address */
		m->peer = addr_read(&c, ADDR_IP6);
		m->told = hardware_address(option(c, OPT_LINK_ADDRESS));
		m->relayed = true;
		c = option(c, OPT_RELAY_MESSAGE);
	}
	return (struct cursor){ 0 };
}

/* False when an option ran past its end, at any depth. */
static bool
is_whole(struct cursor c)
{
	struct cursor value;
	uint16_t code;

	while (next_option(&c, &code, &value))
		;
	return cur_ok(&c);
}

static bool
is_client(uint8_t type)
{
	return type == INFORMATION_REQUEST || type == RELEASE || type == DECLINE ||
	    type == SOLICIT || (type >= REQUEST && type <= REBIND);
}

enum decoded
dhcp6_decode(struct cursor c, const struct context *ctx)
{
	struct message6 m = { .ctx = ctx };
	uint8_t outer = cur_peek(&c, 0);
	struct cursor inner = inmost(&m, c);

	if (cur_left(&c) < 4)
		return DECODED_SHORT;
	if (outer == 0 || outer > RELAY_REPLY)
		return DECODED_NOT_MINE; /* lease queries, failover: between servers */
	m.type = cur_u8(&inner);
	cur_skip(&inner, 3); /* transaction id */
	if (!cur_ok(&inner) || m.type == 0)
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	m.options = inner;
	m.client = client_of(&m, is_client(m.type));
	if (m.type <= INFORMATION_REQUEST)
		say_number(&m, FACT_DHCPV6_MESSAGE_TYPE, m.type);
	if (is_client(m.type)) {
		say_duid(&m);
		say_options(&m);
		say_relays(&m, c);
	} else if (m.type == ADVERTISE || m.type == REPLY)
		say_server(&m);
	if (is_whole(m.options))
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_BAD;
}
