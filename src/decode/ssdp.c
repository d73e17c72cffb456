/* SPDX-License-Identifier: ISC */
/*
 * SSDP: UPnP Device Architecture 2.0 section 1. An answer or an announcement is about
 * the device that sends it, a search about the one that searches.
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/field.h"
#include "decode/line.h"

enum kind { NOTHING, SEARCH, NOTIFY, ANSWER };

static enum kind
kind_of(struct text t)
{
	if (text_begins(t, "NOTIFY ") == 1)
		return NOTIFY;
	if (text_begins(t, "M-SEARCH ") == 1)
		return SEARCH;
	if (text_begins(t, "HTTP/1.") == 1)
		return ANSWER;
	return NOTHING;
}

/* Host of a URL, without user, port and path. */
static struct text
host_of(struct text url)
{
	static const struct text scheme = { "://", 3 };
	size_t colon = text_find(url, ':', 0), bracket;
	struct text host = { url.s + colon, url.len - colon };

	if (!text_starts(host, scheme))
		return (struct text){ NULL, 0 };
	host = (struct text){ host.s + scheme.len, host.len - scheme.len };
	host.len = text_find(host, '/', 0);
	size_t at = text_find(host, '@', 0);
	if (at < host.len)
		host = (struct text){ host.s + at + 1, host.len - at - 1 };
	bracket = text_find(host, ']', 0); /* RFC 3986 section 3.2.2: an IPv6 address */
	host.len = text_find(host, ':', bracket < host.len ? bracket : 0);
	return host;
}

/* Section 1.1.4: `uuid:X` or `uuid:X::type`. */
static struct text
uuid_of(struct text usn)
{
	static const struct text prefix = { "uuid:", 5 };

	if (!text_starts(usn, prefix))
		return (struct text){ NULL, 0 };
	usn = (struct text){ usn.s + prefix.len, usn.len - prefix.len };
	usn.len = text_find(usn, ':', 0);
	return usn;
}

/* A type, and no uuid, which stands in the USN. */
static bool
is_type(struct text t)
{
	return uuid_of(t).len == 0;
}

static void
say_field(const struct context *ctx, enum kind kind, const struct field *f)
{
	struct addr who = ctx->seen.src_ip;

	if (kind == SEARCH) {
		if (text_is_word(f->name, "user-agent"))
			say(ctx, FACT_SSDP_USER_AGENT, who, f->value);
		else if (text_is_word(f->name, "st"))
			say(ctx, FACT_SSDP_SEARCH, who, f->value);
		return;
	}
	if (text_is_word(f->name, "server"))
		say(ctx, FACT_SSDP_SERVER, who, f->value);
	else if (text_is_word(f->name, "location"))
		say(ctx, FACT_SSDP_LOCATION, who, host_of(f->value));
	else if (text_is_word(f->name, "usn"))
		say(ctx, FACT_SSDP_UUID, who, uuid_of(f->value));
	else if (text_is_word(f->name, kind == NOTIFY ? "nt" : "st") &&
	    is_type(f->value))
		say(ctx, FACT_SSDP_TYPE, who, f->value);
}

enum decoded
ssdp_decode(struct cursor c, const struct context *ctx)
{
	struct text rest = text_from(c), line;
	enum kind kind = kind_of(rest);
	struct field f;
	char buf[VALUE_MAX] UNSET;

	if (kind == NOTHING)
		return DECODED_NOT_MINE;
	if (!field_line(&rest, &line))
		return DECODED_SHORT;
	while (field_next(&rest, &f, buf))
		say_field(ctx, kind, &f);
	return DECODED;
}
