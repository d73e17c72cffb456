/* SPDX-License-Identifier: ISC */
/*
 * DHCP over IPv4: what clients say of themselves, and what servers give them.
 * RFC 2131 (message), RFC 2132 (options), RFC 3396 (long options), RFC 3046
 * (relay), RFC 4702 (FQDN).
 */
#include "decode/dhcp4.h"

#include "base/bytes.h"
#include "base/unset.h"
#include "decode/dnsname.h"
#include "decode/line.h"

enum { BOOTREQUEST = 1, BOOTREPLY = 2, COOKIE = 0x63825363 };

enum { DHCPACK = 5, DHCPLEASEQUERY = 10 };

enum {
	OPT_PAD = 0,
	OPT_LEASE_TIME = 51,
	OPT_OVERLOAD = 52,
	OPT_MESSAGE_TYPE = 53,
	OPT_SERVER = 54,
	OPT_RELAY = 82,
	OPT_END = 255
};

enum form { TEXT, HEX, BYTES, WORDS, NUMBER, ADDRESS, NAME, CLASSES };

/* What a client's options become, in the order in which they are said. */
static const struct {
	uint8_t code;
	enum fact_key key;
	enum form form;
} client_options[] = {
	{ OPT_MESSAGE_TYPE, FACT_DHCP_MESSAGE_TYPE, NUMBER },
	{ 55, FACT_DHCP_PARAMETERS, BYTES },
	{ 60, FACT_DHCP_VENDOR_CLASS, TEXT },
	{ 77, FACT_DHCP_USER_CLASS, CLASSES },
	{ 12, FACT_DHCP_HOSTNAME, TEXT },
	{ 81, FACT_DHCP_FQDN, NAME },
	{ 61, FACT_DHCP_CLIENT_ID, HEX },
	{ 57, FACT_DHCP_MAX_SIZE, NUMBER },
	{ 50, FACT_DHCP_REQUESTED_ADDRESS, ADDRESS },
	{ OPT_SERVER, FACT_DHCP_SERVER, ADDRESS },
	{ 93, FACT_DHCP_CLIENT_ARCH, WORDS },
	{ 43, FACT_DHCP_VENDOR_OPTIONS, HEX },
	{ 124, FACT_DHCP_VIVENDOR_CLASS, HEX },
};

/* The places that hold options, in the order of RFC 3396 section 5. */
enum { IN_OPTIONS, IN_FILE, IN_SNAME, AREAS };

struct message {
	struct cursor area[AREAS];
	struct addr client;
	struct addr given; /* yiaddr */
	char *joined;      /* VALUE_MAX bytes: an option sent in pieces */
	/* Codes that were sent, and those in pieces: all, until they are listed. */
	struct bytes sent, again;
};

static const struct bytes any_code = { { UINT64_MAX, UINT64_MAX, UINT64_MAX,
    UINT64_MAX } };

/* False at the end of the area, which is spent when it ended amiss. */
static bool
next_option(struct cursor *area, uint8_t *code, struct cursor *value)
{
	do {
		if (cur_left(area) == 0)
			return false;
		*code = cur_u8(area);
	} while (*code == OPT_PAD);
	if (*code == OPT_END)
		return false; /* what follows is padding, whatever it holds */
	*value = cur_block8(area);
	return cur_ok(area);
}

/*
 * The value of an option; empty when it was not sent. One that comes several
 * times is one value in pieces (RFC 3396 section 5).
 */
static struct cursor
option(const struct message *m, uint8_t wanted)
{
	struct cursor found = { 0 }, value;
	struct line joined = line_over(m->joined, VALUE_MAX);
	unsigned pieces = 0;
	uint8_t code;

	for (int i = 0; i < AREAS && bytes_has(&m->sent, wanted); i++) {
		struct cursor area = m->area[i];
		while (next_option(&area, &code, &value)) {
			if (code != wanted)
				continue;
			if (!bytes_has(&m->again, wanted))
				return value;
			line_put(&joined, text_from(value));
			if (pieces++ == 0)
				found = value;
		}
	}
	if (pieces < 2)
		return found;
	return cur_over(joined.s, joined.cut ? 0 : joined.len);
}

/* Texts end at a NUL: MSFT 5.0 sends one, and RFC 2132 section 2 warns of it. */
static void
put_string(struct line *l, struct cursor c)
{
	struct text t = text_from(c);

	t.len = text_find(t, '\0', 0);
	line_put(l, t);
}

/* RFC 4702 section 2: the E bit tells wire form from the old ASCII. */
static void
put_fqdn(struct line *l, struct cursor c)
{
	uint8_t flags = cur_u8(&c);
	struct dns_name name;

	cur_skip(&c, 2);
	if ((flags & 0x04) == 0)
		put_string(l, c);
	else if (dns_name_partial(&c, &name))
		dns_name_print(&name, l);
}

/*
 * RFC 3004: pieces behind a length each. Windows, iPXE and others send the bare
 * text, so what does not divide into pieces is taken for one.
 */
static void
put_classes(struct line *l, struct cursor c)
{
	struct cursor check = c;
	bool bare = false;

	while (cur_left(&check) > 0) {
		struct cursor piece = cur_block8(&check);
		if (cur_left(&piece) == 0)
			bare = true;
	}
	if (bare || !cur_ok(&check)) {
		put_string(l, c);
		return;
	}
	for (bool first = true; cur_left(&c) > 0; first = false) {
		if (!first)
			line_char(l, ',');
		put_string(l, cur_block8(&c));
	}
}

static void
put_number_of(struct line *l, struct cursor c)
{
	size_t width = cur_left(&c);

	if (width == 1)
		line_number(l, cur_u8(&c));
	else if (width == 2)
		line_number(l, cur_u16(&c));
	else if (width == 4)
		line_number(l, cur_u32(&c));
}

static void
put_form(struct line *l, enum form form, struct cursor c)
{
	char buf[ADDR_TEXT];

	switch (form) {
	case TEXT:
		put_string(l, c);
		break;
	case HEX:
		line_hex(l, c);
		break;
	case BYTES:
		line_list(l, c, 1, ',');
		break;
	case WORDS:
		line_list(l, c, 2, ',');
		break;
	case NUMBER:
		put_number_of(l, c);
		break;
	case ADDRESS:
		if (cur_left(&c) == 4)
			line_word(l, addr_print(addr_read(&c, ADDR_IP4), buf));
		break;
	case NAME:
		put_fqdn(l, c);
		break;
	case CLASSES:
		put_classes(l, c);
		break;
	}
}

static void
say_option(const struct message *m, const struct context *ctx, uint8_t code,
    enum fact_key key, enum form form)
{
	char buf[VALUE_MAX] UNSET;

	if (!wants(ctx, key))
		return;
	struct cursor value = option(m, code);
	if (cur_left(&value) == 0)
		return;
	struct line l = line_over(buf, sizeof buf);
	put_form(&l, form, value);
	say(ctx, key, m->client, line_text(&l));
}

void
dhcp4_option(const struct context *ctx, struct addr client, uint8_t code,
    struct cursor value)
{
	for (size_t i = 0; i < sizeof client_options / sizeof client_options[0]; i++) {
		char buf[VALUE_MAX] UNSET;
		struct line l = line_over(buf, sizeof buf);
		if (client_options[i].code != code ||
		    !wants(ctx, client_options[i].key))
			continue;
		put_form(&l, client_options[i].form, value);
		say(ctx, client_options[i].key, client, line_text(&l));
	}
}

/* The codes of all options as sent; false when an area ended amiss. */
static bool
list_options(struct message *m, struct line *l)
{
	bool whole = true;

	m->sent = m->again = (struct bytes){ { 0 } };
	for (int i = 0; i < AREAS; i++) {
		struct cursor area = m->area[i], value;
		uint8_t code;
		while (next_option(&area, &code, &value)) {
			if (l->len > 0)
				line_char(l, ',');
			line_number(l, code);
			bytes_add(bytes_has(&m->sent, code) ? &m->again : &m->sent,
			    code);
		}
		whole = whole && cur_ok(&area);
	}
	return whole;
}

static void
say_relay(const struct message *m, const struct context *ctx)
{
	static const enum fact_key keys[] = {
		[1] = FACT_DHCP_RELAY_CIRCUIT,
		[2] = FACT_DHCP_RELAY_REMOTE,
	};
	struct cursor value = option(m, OPT_RELAY);

	while (cur_left(&value) > 0) {
		char buf[2 * UINT8_MAX];
		struct line l = line_over(buf, sizeof buf);
		uint8_t code = cur_u8(&value);
		struct cursor sub = cur_block8(&value);
		if (code >= sizeof keys / sizeof keys[0] || !cur_ok(&sub))
			continue;
		line_hex(&l, sub);
		say(ctx, keys[code], m->client, line_text(&l));
	}
}

static void
say_client(const struct message *m, const struct context *ctx, const struct line *codes)
{
	for (size_t i = 0; i < sizeof client_options / sizeof client_options[0]; i++)
		say_option(m, ctx, client_options[i].code, client_options[i].key,
		    client_options[i].form);
	say(ctx, FACT_DHCP_OPTIONS, m->client, line_text(codes));
	say_relay(m, ctx);
}

static void
say_server(const struct message *m, const struct context *ctx)
{
	struct cursor type = option(m, OPT_MESSAGE_TYPE);
	char buf[ADDR_TEXT];

	say_option(m, ctx, OPT_MESSAGE_TYPE, FACT_DHCP_MESSAGE_TYPE, NUMBER);
	say_option(m, ctx, OPT_SERVER, FACT_DHCP_SERVER, ADDRESS);
	/* An offer binds nothing; the answer to an INFORM has no address. */
	if (cur_u8(&type) != DHCPACK || addr_is_unspecified(m->given))
		return;
	say(ctx, FACT_DHCP_ADDRESS, m->client, text_of(addr_print(m->given, buf)));
	say_option(m, ctx, OPT_LEASE_TIME, FACT_DHCP_LEASE_TIME, NUMBER);
}

/*
 * Of whom the message speaks: chaddr. Where that is no Ethernet address (PPP,
 * InfiniBand), a client's own frame tells, unless a relay sent it on.
 */
static struct addr
client_of(struct cursor chaddr, uint8_t hardware, uint8_t len, bool direct,
    const struct context *ctx)
{
	struct addr mac = addr_read(&chaddr, ADDR_MAC);

	if ((hardware == 1 || hardware == 6) && len == 6 && !addr_is_unspecified(mac))
		return mac;
	return direct ? ctx->seen.src_mac : (struct addr){ 0 };
}

/* RFC 2132 section 9.3: 1 is file, 2 is sname, 3 is both. */
static void
overload(struct message *m, struct cursor sname, struct cursor file)
{
	struct cursor value = option(m, OPT_OVERLOAD);
	uint8_t where = cur_u8(&value);

	if (where & 1)
		m->area[IN_FILE] = file;
	if (where & 2)
		m->area[IN_SNAME] = sname;
}

enum decoded
dhcp4_decode(struct cursor c, const struct context *ctx)
{
	char joined[VALUE_MAX] UNSET, list[VALUE_MAX] UNSET;
	struct line codes = line_over(list, sizeof list);
	struct message m = { .joined = joined, .sent = any_code, .again = any_code };
	uint8_t op = cur_u8(&c), hardware = cur_u8(&c), len = cur_u8(&c);

	if (op != BOOTREQUEST && op != BOOTREPLY)
		return DECODED_NOT_MINE;
	cur_skip(&c, 1 + 4 + 2 + 2 + 4); /* hops, xid, secs, flags, ciaddr */
	m.given = addr_read(&c, ADDR_IP4);
	cur_skip(&c, 4); /* siaddr */
	bool relayed = cur_u32(&c) != 0;
	struct cursor chaddr = cur_take(&c, 16);
	struct cursor sname = cur_take(&c, 64), file = cur_take(&c, 128);
	uint32_t cookie = cur_u32(&c);

	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (cookie != COOKIE)
		return DECODED_NOT_MINE; /* BOOTP of RFC 951 tells nothing */
	m.client = client_of(chaddr, hardware, len, op == BOOTREQUEST && !relayed, ctx);
	m.area[IN_OPTIONS] = cur_rest(&c);
	overload(&m, sname, file);

	bool whole = list_options(&m, &codes);
	struct cursor type = option(&m, OPT_MESSAGE_TYPE);
	/* From RFC 4388 on: what servers and relays ask each other of a client. */
	if (cur_u8(&type) >= DHCPLEASEQUERY)
		return DECODED;
	if (op == BOOTREQUEST)
		say_client(&m, ctx, &codes);
	else
		say_server(&m, ctx);
	if (whole)
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_BAD;
}
