/* SPDX-License-Identifier: ISC */
/*
 * Management frames of IEEE 802.11-2020 (9.3.3, elements 9.4.2) and the WPS element
 * inside them (Wi-Fi Simple Configuration 2.0.8, clause 12). Signatures in the form
 * that the taxonomy of Gentry and Pennarun (2016) gives them: the numbers of the
 * elements in the order sent, vendor elements with their OUI and type, then the
 * capabilities in hexadecimal.
 *
 * The SSID of a probe request names a network that its owner has been in: it is
 * never said.
 */
#include "decode/decode.h"
#include "decode/line.h"
#include "decode/wifi_clients.h"

enum {
	ASSOCIATION_REQUEST = 0,
	REASSOCIATION_REQUEST = 2,
	PROBE_REQUEST = 4,
	PROBE_RESPONSE = 5,
	BEACON = 8
};

enum {
	EL_SSID = 0,
	EL_POWER = 33,
	EL_HT = 45,
	EL_EXTENDED = 127,
	EL_VHT = 191,
	EL_VENDOR = 221
};

enum {
	WPS_DEVICE_NAME = 0x1011,
	WPS_MANUFACTURER = 0x1021,
	WPS_MODEL_NAME = 0x1023,
	WPS_MODEL_NUMBER = 0x1024,
	WPS_UUID_E = 0x1047,
	WPS_PRIMARY_TYPE = 0x1054
};

/* The last of each element that the signature wants the inside of. */
struct seen {
	struct cursor ssid, power, ht, extended, vht, wps;
	bool has_extended;
};

static void
put_vendor(struct line *l, struct cursor c, struct seen *s)
{
	struct cursor oui = cur_take(&c, 3);
	struct cursor id = oui;
	uint32_t maker = cur_u24(&id);
	uint8_t type = cur_u8(&c);

	line_char(l, '(');
	line_hex(l, oui);
	line_char(l, ',');
	line_number(l, type);
	line_char(l, ')');
	if (maker == 0x0050f2 && type == 4)
		s->wps = c;
}

/* Numbers of the elements, in the order sent; ends at one that is cut. */
static bool
put_elements(struct line *l, struct cursor c, struct seen *s)
{
	for (size_t start = l->len; cur_left(&c) >= 2;) {
		uint8_t id = cur_u8(&c);
		struct cursor body = cur_block8(&c);
		if (!cur_ok(&c))
			return false;
		if (l->len > start)
			line_char(l, ',');
		line_number(l, id);
		switch (id) {
		case EL_SSID:
			s->ssid = body;
			break;
		case EL_POWER:
			if (cur_left(&body) == 2)
				s->power = body;
			break;
		case EL_HT:
			s->ht = body;
			break;
		case EL_EXTENDED:
			s->extended = body;
			s->has_extended = true;
			break;
		case EL_VHT:
			s->vht = body;
			break;
		case EL_VENDOR:
			if (cur_left(&body) >= 4)
				put_vendor(l, body, s);
			break;
		}
	}
	return true;
}

static void
put_field(struct line *l, const char *name, uint32_t value, int digits)
{
	line_char(l, ',');
	line_word(l, name);
	line_char(l, ':');
	for (int shift = digits * 4 - 4; shift >= 0; shift -= 4)
		line_char(l, hex_digit(value >> shift));
}

/* A value of an attribute of WPS; an empty cursor when there is none. */
static struct cursor
wps_find(struct cursor c, uint16_t wanted)
{
	while (cur_left(&c) >= 4) {
		uint16_t id = cur_u16(&c);
		struct cursor value = cur_block16(&c);
		if (!cur_ok(&c))
			break;
		if (id == wanted)
			return value;
	}
	return (struct cursor){ 0 };
}

/* Letters and digits; everything else as `_`, and at most 32 of it. */
static void
put_model(struct line *l, struct cursor name)
{
	if (cur_left(&name) == 0)
		return;
	line_word(l, ",wps:");
	for (unsigned n = 0; n < 32 && cur_left(&name) > 0; n++) {
		uint8_t c = cur_u8(&name);
		bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
		line_char(l, letter || (c >= '0' && c <= '9') ? (char)c : '_');
	}
}

static void
put_capabilities(struct line *l, struct seen *s)
{
	struct cursor ht = s->ht, vht = s->vht;

	if (cur_left(&ht) >= 2)
		put_field(l, "htcap", cur_u16le(&ht), 4);
	if (cur_left(&ht) >= 1 && cur_left(&s->ht) >= 3)
		put_field(l, "htagg", cur_u8(&ht), 2);
	if (cur_left(&ht) >= 4)
		put_field(l, "htmcs", cur_u32le(&ht), 8);
	if (cur_left(&vht) >= 4)
		put_field(l, "vhtcap", cur_u32le(&vht), 8);
	if (cur_left(&vht) >= 4)
		put_field(l, "vhtrxmcs", cur_u32le(&vht), 8);
	if (cur_left(&vht) >= 4)
		put_field(l, "vhttxmcs", cur_u32le(&vht), 8);
	if (cur_left(&s->power) == 2)
		put_field(l, "txpow", cur_u16le(&s->power), 4);
	if (s->has_extended) {
		line_word(l, ",extcap:");
		line_hex(l, s->extended);
	}
	put_model(l, wps_find(s->wps, WPS_MODEL_NAME));
}

/* Category, OUI and type of it, subcategory: as 10-0050f204-5. */
static void
say_type(const struct context *ctx, struct addr who, struct cursor c)
{
	char text[32];
	struct line l = line_over(text, sizeof text);

	if (cur_left(&c) != 8)
		return;
	line_number(&l, cur_u16(&c));
	line_char(&l, '-');
	line_hex(&l, cur_take(&c, 4));
	line_char(&l, '-');
	line_number(&l, cur_u16(&c));
	say(ctx, FACT_WIFI_WPS_TYPE, who, line_text(&l));
}

/* Some makers fill a name they do not know with a blank or a zero. */
static void
say_name(const struct context *ctx, enum fact_key key, struct addr who, struct cursor c)
{
	struct text t = text_from(c);

	while (t.len > 0 && t.s[t.len - 1] == '\0')
		t.len--;
	say(ctx, key, who, text_trim(t));
}

static void
say_wps(const struct context *ctx, struct addr who, struct cursor wps)
{
	char hex[33];
	struct line l = line_over(hex, sizeof hex);

	if (cur_left(&wps) == 0)
		return;
	say_name(ctx, FACT_WIFI_WPS_MANUFACTURER, who, wps_find(wps, WPS_MANUFACTURER));
	say_name(ctx, FACT_WIFI_WPS_MODEL, who, wps_find(wps, WPS_MODEL_NAME));
	say_name(ctx, FACT_WIFI_WPS_MODEL_NUMBER, who, wps_find(wps, WPS_MODEL_NUMBER));
	say_name(ctx, FACT_WIFI_WPS_DEVICE, who, wps_find(wps, WPS_DEVICE_NAME));
	say_type(ctx, who, wps_find(wps, WPS_PRIMARY_TYPE));
	struct cursor uuid = wps_find(wps, WPS_UUID_E);
	if (cur_left(&uuid) == 16)
		line_hex(&l, uuid);
	say(ctx, FACT_WIFI_WPS_UUID, who, line_text(&l));
}

static void
say_number(const struct context *ctx, enum fact_key key, struct addr who, unsigned n)
{
	char text[8];
	struct line l = line_over(text, sizeof text);

	line_hex16(&l, n);
	say(ctx, key, who, line_text(&l));
}

/*
 * With each association request the client's signature is whole, and with a probe
 * request behind one that is another than the last.
 */
static void
say_signature(const struct context *ctx, struct addr who, enum wifi_half which,
    struct text half)
{
	char text[32 + 2 * WIFI_HALF_MAX];
	struct line l = line_over(text, sizeof text);
	bool fresh = false;

	say(ctx, which == WIFI_PROBE ? FACT_WIFI_PROBE : FACT_WIFI_ASSOC, who, half);
	if (ctx->clients == NULL || half.len == 0 || half.len > WIFI_HALF_MAX)
		return;
	struct text other = wifi_clients_keep(ctx->clients, who, which, half, &fresh);
	if (other.len == 0 || (which == WIFI_PROBE && !fresh))
		return;
	line_word(&l, "wifi4|probe:");
	line_put(&l, which == WIFI_PROBE ? half : other);
	line_word(&l, "|assoc:");
	line_put(&l, which == WIFI_PROBE ? other : half);
	say(ctx, FACT_WIFI_SIGNATURE, who, line_text(&l));
}

/* A network of its own: not one of stations among themselves (IBSS), 9.4.1.4. */
static void
say_network(const struct context *ctx, struct addr who, unsigned capabilities,
    struct text elements, struct cursor ssid)
{
	struct cursor c = ssid;
	unsigned any = 0;

	say_number(ctx, FACT_WIFI_CAPABILITIES, who, capabilities);
	say(ctx, FACT_WIFI_ELEMENTS, who, elements);
	while (cur_left(&c) > 0)
		any |= cur_u8(&c);
	if (any != 0 && cur_left(&ssid) <= 32) /* a hidden one is empty or zeros */
		say_bytes(ctx, FACT_WIFI_SSID, who, ssid);
	if ((capabilities & 3) == 1)
		say(ctx, FACT_WIFI_ROLE, who, text_of("access-point"));
}

static enum decoded
elements_read(struct cursor c, const struct context *ctx, unsigned subtype,
    struct addr who, unsigned capabilities)
{
	char text[1024];
	struct line l = line_over(text, sizeof text);
	struct seen s = { .has_extended = false };

	if (!put_elements(&l, c, &s))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	put_capabilities(&l, &s);
	say_wps(ctx, who, s.wps);
	switch (subtype) {
	case PROBE_REQUEST:
		say_signature(ctx, who, WIFI_PROBE, line_text(&l));
		break;
	case ASSOCIATION_REQUEST:
	case REASSOCIATION_REQUEST:
		say_number(ctx, FACT_WIFI_CAPABILITIES, who, capabilities);
		say_signature(ctx, who, WIFI_ASSOC, line_text(&l));
		break;
	default:
		say_network(ctx, who, capabilities, line_text(&l), s.ssid);
	}
	return DECODED;
}

enum decoded
wifi_decode(struct cursor c, const struct context *ctx)
{
	unsigned control = cur_u8(&c), subtype = control >> 4, capabilities = 0;
	bool order = cur_u8(&c) & 0x80;

	if ((control & 0x0f) != 0)
		return DECODED_NOT_MINE;
	cur_skip(&c, 2 + 6); /* duration, receiver */
	struct addr who = addr_read(&c, ADDR_MAC);
	cur_skip(&c, 6 + 2 + (order ? 4 : 0)); /* BSSID, sequence, HT control */
	switch (subtype) {
	case PROBE_REQUEST:
		break;
	case ASSOCIATION_REQUEST:
	case REASSOCIATION_REQUEST:
		capabilities = cur_u16le(&c);
		cur_skip(&c, subtype == REASSOCIATION_REQUEST ? 2 + 6 : 2);
		break;
	case BEACON:
	case PROBE_RESPONSE:
		cur_skip(&c, 8 + 2); /* time, interval */
		capabilities = cur_u16le(&c);
		break;
	default:
		return DECODED_NOT_MINE;
	}
	if (!cur_ok(&c))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	if (addr_is_multicast(who) || addr_is_unspecified(who))
		return DECODED_BAD;
	return elements_read(c, ctx, subtype, who, capabilities);
}
