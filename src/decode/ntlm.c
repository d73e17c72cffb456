/* SPDX-License-Identifier: ISC */
/* NTLM: MS-NLMP sections 2.2.1 (messages) and 2.2.2 (their structures). */
#include "decode/ntlm.h"

#include <string.h>

enum message { NEGOTIATE = 1, CHALLENGE = 2, AUTHENTICATE = 3 };

enum flag { FLAG_UNICODE = 0x00000001, FLAG_VERSION = 0x02000000 };

enum av { AV_END = 0, AV_NB_COMPUTER = 1, AV_NB_DOMAIN = 2, AV_DNS_COMPUTER = 3 };

enum { PAIRS_MAX = 32 };

/* Surrogates are left out: no name of a computer has any. */
void
line_utf16(struct line *l, struct cursor c)
{
	while (cur_left(&c) >= 2) {
		uint32_t unit = cur_u16le(&c);
		if (unit == 0)
			return;
		if (unit < 0xd800 || unit > 0xdfff)
			line_utf8(l, unit);
	}
}

/* A field points into the message: length, room, offset. Section 2.2.1. */
static struct cursor
field(struct cursor *c, struct cursor message)
{
	size_t length = cur_u16le(c);

	cur_skip(c, 2);
	size_t offset = cur_u32le(c);
	cur_skip(&message, offset);
	return cur_take(&message, length);
}

static void
say_string(const struct context *ctx, enum fact_key key, struct cursor value,
    bool unicode)
{
	char buf[256];
	struct line l = line_over(buf, sizeof buf);

	if (unicode)
		line_utf16(&l, value);
	else
		line_put(&l, text_unpadded(text_from(value)));
	say(ctx, key, ctx->seen.src_ip, line_text(&l));
}

/* Section 2.2.2.10: major, minor, build; all zero where there is none. */
static void
say_version(const struct context *ctx, struct cursor *c)
{
	char buf[16];
	struct line l = line_over(buf, sizeof buf);
	unsigned major = cur_u8(c), minor = cur_u8(c), build = cur_u16le(c);

	cur_skip(c, 3);                /* reserved */
	unsigned revision = cur_u8(c); /* MS-NLMP 2.2.2.10: 15; some leave it 0 */
	if (!cur_ok(c) || major == 0 || (revision != 15 && revision != 0))
		return;
	line_number(&l, major);
	line_char(&l, '.');
	line_number(&l, minor);
	line_char(&l, '.');
	line_number(&l, build);
	say(ctx, FACT_NTLM_OS_VERSION, ctx->seen.src_ip, line_text(&l));
}

/* Section 2.2.2.1: what the server says of itself. */
static void
say_target(const struct context *ctx, struct cursor info)
{
	for (unsigned i = 0; i < PAIRS_MAX && cur_left(&info) >= 4; i++) {
		uint16_t id = cur_u16le(&info);
		size_t length = cur_u16le(&info);
		struct cursor value = cur_take(&info, length);
		if (id == AV_END)
			return;
		if (id == AV_NB_COMPUTER)
			say_string(ctx, FACT_NTLM_COMPUTER, value, true);
		else if (id == AV_NB_DOMAIN)
			say_string(ctx, FACT_NTLM_DOMAIN, value, true);
		else if (id == AV_DNS_COMPUTER)
			say_string(ctx, FACT_NTLM_DNS_COMPUTER, value, true);
	}
}

/* From the bytes NTLMSSP and NUL on; spent when they are not there. */
static struct cursor
find_message(struct cursor c)
{
	static const struct text signature = { "NTLMSSP", 8 };

	for (; cur_left(&c) >= signature.len; cur_skip(&c, 1))
		if (cur_peek(&c, 0) == 'N' && text_starts(text_from(c), signature))
			return c;
	cur_skip(&c, signature.len);
	return c;
}

static void
say_authenticate(struct cursor c, struct cursor message, const struct context *ctx)
{
	cur_skip(&c, 4 * 8); /* responses, domain, user */
	struct cursor workstation = field(&c, message);
	cur_skip(&c, 8); /* session key */
	uint32_t flags = cur_u32le(&c);
	if (!cur_ok(&c))
		return;
	say_string(ctx, FACT_NTLM_COMPUTER, workstation, (flags & FLAG_UNICODE) != 0);
	if (flags & FLAG_VERSION)
		say_version(ctx, &c);
}

void
ntlm_say(struct cursor bytes, const struct context *ctx)
{
	struct cursor message = find_message(bytes), c = message;
	uint32_t flags;

	cur_skip(&c, 8);
	switch (cur_u32le(&c)) {
	case NEGOTIATE:
		flags = cur_u32le(&c);
		cur_skip(&c, 2 * 8); /* domain, workstation */
		if (flags & FLAG_VERSION)
			say_version(ctx, &c);
		break;
	case CHALLENGE:
		cur_skip(&c, 8); /* name of the target */
		flags = cur_u32le(&c);
		cur_skip(&c, 8 + 8); /* challenge, reserved */
		say_target(ctx, field(&c, message));
		if (flags & FLAG_VERSION)
			say_version(ctx, &c);
		break;
	case AUTHENTICATE:
		say_authenticate(c, message, ctx);
		break;
	}
}

/* RFC 4648 section 4, as far as it goes; the padding ends it. */
static void
line_base64(struct line *l, struct text t)
{
	static const char digits[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789+/";
	uint32_t bits = 0;
	unsigned have = 0;

	for (size_t i = 0; i < t.len; i++) {
		const char *digit = memchr(digits, t.s[i], sizeof digits - 1);
		if (digit == NULL)
			return;
		bits = bits << 6 | (uint32_t)(digit - digits);
		have += 6;
		if (have >= 8) {
			have -= 8;
			line_char(l, (char)(bits >> have & 0xff));
		}
	}
}

void
ntlm_say_field(struct text value, const struct context *ctx)
{
	char buf[VALUE_MAX / 4 * 3];
	struct line l = line_over(buf, sizeof buf);
	struct context only = *ctx;
	size_t blank = text_find(value, ' ', 0);
	struct text scheme = { value.s, blank };

	if (blank == value.len ||
	    (!text_is_word(scheme, "ntlm") && !text_is_word(scheme, "negotiate")))
		return;
	line_base64(&l, text_trim((struct text){ value.s + blank, value.len - blank }));
	only.wanted = (struct fact_set){ 0 };
	if (wants(ctx, FACT_NTLM_OS_VERSION))
		fact_set_add(&only.wanted, FACT_NTLM_OS_VERSION);
	if (wants(ctx, FACT_NTLM_COMPUTER))
		fact_set_add(&only.wanted, FACT_NTLM_COMPUTER);
	struct text message = line_text(&l);
	ntlm_say(cur_over(message.s, message.len), &only);
}
