/* SPDX-License-Identifier: ISC */
/*
 * The discovery of Dahua and of those who sell its devices under their own names:
 * UDP port 37810, a header of 32 bytes with DHIP in it, then JSON (RFC 8259). No
 * document is public; the layout is that of messages in public code. A search is the
 * installer's tool; only client.notifyDevInfo comes from a device.
 */
#include "decode/decode.h"
#include "decode/line.h"

enum { MAGIC = 0x44484950, TOKENS_MAX = 512 };

static const struct {
	const char *name;
	enum fact_key key;
} wanted[] = {
	{ "Manufacturer", FACT_DHIP_MANUFACTURER },
	{ "DeviceType", FACT_DHIP_MODEL },
	{ "DeviceClass", FACT_DHIP_CLASS },
	{ "SerialNo", FACT_DHIP_SERIAL },
	{ "Version", FACT_DHIP_FIRMWARE },
};

/* The next string, without its quotes and as it is written; what follows it. */
static bool
next_string(struct text *t, struct text *s, char *after)
{
	size_t at = text_find(*t, '"', 0), end;

	if (at == t->len)
		return false;
	for (end = at + 1; end < t->len && t->s[end] != '"'; end++)
		end += t->s[end] == '\\';
	if (end >= t->len)
		return false;
	*s = (struct text){ t->s + at + 1, end - at - 1 };
	*t = text_trim((struct text){ t->s + end + 1, t->len - end - 1 });
	*after = t->len > 0 ? t->s[0] : '\0';
	return true;
}

/* The next member whose value is a string. */
static bool
next_member(struct text *t, struct text *name, struct text *value)
{
	char after;

	for (unsigned n = 0; n < TOKENS_MAX && next_string(t, name, &after); n++) {
		if (after != ':')
			continue;
		struct text rest = text_trim((struct text){ t->s + 1, t->len - 1 });
		if (rest.len > 0 && rest.s[0] == '"')
			return next_string(t, value, &after);
	}
	return false;
}

/* Section 7 of RFC 8259: all that stands behind a backslash in these messages. */
static void
say_string(const struct context *ctx, enum fact_key key, struct text t)
{
	char buf[256];
	struct line l = line_over(buf, sizeof buf);

	for (size_t i = 0; i < t.len; i++) {
		bool escaped = t.s[i] == '\\' && i + 1 < t.len &&
		    (t.s[i + 1] == '/' || t.s[i + 1] == '"' || t.s[i + 1] == '\\');
		i += escaped;
		line_char(&l, t.s[i]);
	}
	say(ctx, key, ctx->seen.src_ip, text_trim(line_text(&l)));
}

static bool
is_answer(struct text t)
{
	struct text name, value;

	while (next_member(&t, &name, &value))
		if (text_is(name, "method"))
			return text_is(value, "client.notifyDevInfo");
	return false;
}

static void
say_device(struct text t, const struct context *ctx)
{
	struct text name, value;
	struct addr mac = { 0 }, ip = { 0 };
	char address[ADDR_TEXT];

	while (next_member(&t, &name, &value)) {
		if (text_is(name, "mac"))
			(void)addr_parse(value, &mac);
		else if (text_is(name, "IPAddress") && ip.kind == ADDR_NONE)
			(void)addr_parse(value, &ip);
		for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
			if (text_is(name, wanted[i].name))
				say_string(ctx, wanted[i].key, value);
	}
	if (mac.kind == ADDR_MAC && ip.kind == ADDR_IP4 && !addr_is_unspecified(ip))
		say(ctx, FACT_DHIP_ADDRESS, mac, text_of(addr_print(ip, address)));
}

enum decoded
dhip_decode(struct cursor c, const struct context *ctx)
{
	cur_skip(&c, 4);
	uint32_t magic = cur_u32(&c);
	cur_skip(&c, 8);
	size_t length = cur_u32le(&c);
	cur_skip(&c, 12);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (magic != MAGIC)
		return DECODED_NOT_MINE;
	struct text t = text_from(cur_take(&c, length));
	if (!cur_ok(&c))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	if (is_answer(t))
		say_device(t, ctx);
	return DECODED;
}
