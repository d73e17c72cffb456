/* SPDX-License-Identifier: ISC */
/*
 * EAP, RFC 3748, and Wi-Fi Simple Configuration inside it (Wi-Fi Alliance, Wi-Fi
 * Simple Configuration Technical Specification 2.0, sections 7 and 12).
 */
#include "decode/eap.h"

#include "decode/line.h"

enum { REQUEST = 1, RESPONSE = 2, FAILURE = 4 };

enum method { IDENTITY = 1, NOTIFICATION, NAK, EXPANDED = 254 };

enum { WFA = 0x00372a, SIMPLE_CONFIG = 1, MORE_FRAGMENTS = 1, HAS_LENGTH = 2 };

/* What an enrollee says in its first message, by the number of the attribute. */
static const struct {
	uint16_t number;
	enum fact_key key;
} attributes[] = {
	{ 0x1011, FACT_EAP_WPS_DEVICE_NAME },
	{ 0x1021, FACT_EAP_WPS_MANUFACTURER },
	{ 0x1023, FACT_EAP_WPS_MODEL },
	{ 0x1024, FACT_EAP_WPS_MODEL_NUMBER },
};

enum { ATTRIBUTE_MESSAGE_TYPE = 0x1022, ATTRIBUTE_DEVICE_TYPE = 0x1054, M1 = 4 };

bool
eap_is_anonymous(struct text identity)
{
	static const char *const words[] = { "", "anonymous", "anon", "anonym",
		"anonymous_identity" };
	struct text user = { identity.s, text_find(identity, '@', 0) };

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (text_is_word(user, words[i]))
			return true;
	return false;
}

/*
 * RFC 3748 section 5.1: options may stand behind a NUL. A NUL in front is of a name
 * that is encrypted or a pseudonym of the SIM methods: nothing to read.
 */
static void
say_identity(const struct context *ctx, struct addr who, struct cursor c)
{
	struct text identity = text_from(c);

	identity.len = text_find(identity, '\0', 0);
	say(ctx,
	    eap_is_anonymous(identity) ? FACT_EAP_ANONYMOUS_IDENTITY
	                               : FACT_EAP_IDENTITY,
	    who, identity);
}

static void
say_number(const struct context *ctx, enum fact_key key, struct addr who, unsigned n)
{
	char buf[12];
	struct line l = line_over(buf, sizeof buf);

	line_number(&l, n);
	say(ctx, key, who, line_text(&l));
}

static void
say_list(const struct context *ctx, enum fact_key key, struct addr who, struct cursor c)
{
	char buf[4 * UINT8_MAX];
	struct line l = line_over(buf, sizeof buf);

	line_list(&l, c, 1, ',');
	say(ctx, key, who, line_text(&l));
}

/* Category and subcategory, the maker of the list between: `1-0050f204-1`. */
static void
say_device_type(const struct context *ctx, struct addr who, struct cursor c)
{
	char buf[32];
	struct line l = line_over(buf, sizeof buf);

	line_number(&l, cur_u16(&c));
	line_char(&l, '-');
	line_hex(&l, cur_take(&c, 4));
	line_char(&l, '-');
	line_number(&l, cur_u16(&c));
	if (cur_ok(&c))
		say(ctx, FACT_EAP_WPS_DEVICE_TYPE, who, line_text(&l));
}

static bool
is_first_message(struct cursor c)
{
	while (cur_left(&c) > 0) {
		uint16_t number = cur_u16(&c);
		struct cursor value = cur_block16(&c);
		if (number == ATTRIBUTE_MESSAGE_TYPE)
			return cur_u8(&value) == M1;
	}
	return false;
}

/* The message of which an enrollee's own description is a part. */
static void
say_enrollee(const struct context *ctx, struct addr who, struct cursor c)
{
	cur_skip(&c, 1); /* operation */
	uint8_t flags = cur_u8(&c);
	if (flags & HAS_LENGTH)
		cur_skip(&c, 2);
	if (!is_first_message(c))
		return;
	while (cur_left(&c) > 0) {
		uint16_t number = cur_u16(&c);
		struct cursor value = cur_block16(&c);
		if (!cur_ok(&value))
			return;
		if (number == ATTRIBUTE_DEVICE_TYPE)
			say_device_type(ctx, who, value);
		for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
			struct text t = text_from(value);
			if (attributes[i].number != number)
				continue;
			t.len = text_find(t, '\0', 0); /* some pad with NUL */
			say(ctx, attributes[i].key, who, text_trim(t));
		}
	}
}

static void
say_method(const struct context *ctx, struct addr who, uint8_t method, struct cursor c)
{
	if (method == EXPANDED) {
		uint32_t vendor = cur_u24(&c), type = cur_u32(&c);
		if (vendor == WFA && type == SIMPLE_CONFIG)
			say_enrollee(ctx, who, c);
	}
	say_number(ctx, FACT_EAP_METHOD, who, method);
}

enum decoded
eap_read(struct cursor c, const struct context *ctx, struct addr who)
{
	uint8_t code = cur_u8(&c);

	cur_skip(&c, 1); /* identifier */
	size_t length = cur_u16(&c);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (code < REQUEST || code > FAILURE)
		return DECODED_NOT_MINE;
	if (length < 4)
		return DECODED_BAD;
	if (length - 4 > cur_left(&c))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	struct cursor message = cur_take(&c, length - 4);
	if (code != RESPONSE || cur_left(&message) == 0)
		return DECODED;
	uint8_t method = cur_u8(&message);
	if (method == IDENTITY)
		say_identity(ctx, who, message);
	else if (method == NAK)
		say_list(ctx, FACT_EAP_WANTED, who, message);
	else if (method != NOTIFICATION)
		say_method(ctx, who, method, message);
	return DECODED;
}
