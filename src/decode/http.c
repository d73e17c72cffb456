/* SPDX-License-Identifier: ISC */
/*
 * HTTP/1: User-Agent and Host of requests, Server of responses. RFC 9110 (fields),
 * RFC 9112 (messages). Path, query, cookies and credentials are passed over; of an NTLM
 * message among these the computer and its system are said.
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/field.h"
#include "decode/ntlm.h"
#include "decode/upnp.h"

/*
 * RFC 9110, RFC 5789, RFC 4918, RFC 3253, RFC 5323, RFC 3744, RFC 4791; events
 * of UPnP (Device Architecture 2.0 section 4); Microsoft's for RPC, BITS and
 * Configuration Manager. Not SSDP's M-SEARCH and NOTIFY.
 */
static const char *const methods[] = { "GET ", "POST ", "HEAD ", "PUT ", "CONNECT ",
	"OPTIONS ", "DELETE ", "PATCH ", "TRACE ", "PROPFIND ", "PROPPATCH ", "MKCOL ",
	"COPY ", "MOVE ", "LOCK ", "UNLOCK ", "REPORT ", "SEARCH ", "RPC_IN_DATA ",
	"RPC_OUT_DATA ", "BITS_POST ", "CCM_POST ", "ACL ", "MKCALENDAR ", "SUBSCRIBE ",
	"UNSUBSCRIBE " };

static const char response[] = "HTTP/1.";

static int
begins_request(struct text t, const char **method)
{
	return text_begins_any(t, methods, sizeof methods / sizeof methods[0], method);
}

/*
 * The authority of a CONNECT or of an absolute target (RFC 9112 section 3.2),
 * without a user name or password that stands in it.
 */
static struct text
authority(struct text line, const char *method)
{
	static const struct text scheme = { "://", 3 };
	size_t from = strlen(method);
	struct text target = { line.s + from, line.len - from };

	target.len = text_find(target, ' ', 0);
	if (strcmp(method, "CONNECT ") != 0) {
		size_t colon = text_find(target, ':', 0);
		struct text tail = { target.s + colon, target.len - colon };
		if (target.len == 0 || target.s[0] == '/' || !text_starts(tail, scheme))
			return (struct text){ NULL, 0 };
		target = (struct text){ tail.s + 3, tail.len - 3 };
	}
	size_t end = text_find(target, '/', 0);
	target.len = end;
	target.len = text_find(target, '?', 0);
	size_t at = text_find(target, '@', 0);
	if (at < target.len)
		return (struct text){ target.s + at + 1, target.len - at - 1 };
	return target;
}

/* A request line: METHOD target HTTP/1.x. RTSP and SIP share the methods. */
static bool
is_request_line(struct text line)
{
	static const struct text version = { " HTTP/1.", 8 };
	struct text tail = line;

	if (line.len < 9)
		return false;
	tail.s += line.len - 9;
	tail.len = 9;
	return text_starts(tail, version);
}

/* The size in front of a chunk; more than there may be stays so. */
static bool
chunk_size(struct text line, size_t *n)
{
	*n = 0;
	for (size_t i = 0; i < line.len && hex_value(line.s[i]) >= 0; i++)
		if (*n <= STREAM_MAX)
			*n = *n * 16 + (size_t)hex_value(line.s[i]);
	return line.len > 0 && hex_value(line.s[0]) >= 0;
}

/* The same of a body in chunks and the fields behind it, RFC 9112 section 7.1. */
static void
skip_chunks(struct text *rest)
{
	struct text line;
	size_t n;

	while (field_line(rest, &line) && chunk_size(line, &n) && n < rest->len) {
		*rest = (struct text){ rest->s + n, rest->len - n };
		if (!field_line(rest, &line))
			break;
		if (n > 0)
			continue;
		while (line.len > 0 && field_line(rest, &line))
			;
		return;
	}
	*rest = (struct text){ NULL, 0 };
}

/*
 * A request that a proxy passed on (RFC 9110 7.6.3, RFC 7239) tells nothing of whom it
 * came from. It may name a client; but so may anybody who would have another suspected.
 * Its facts are the unspecified address's, which is nobody's.
 */
static bool
is_passed_on(struct text fields)
{
	struct field f;
	char buf[VALUE_MAX] UNSET;

	while (field_next(&fields, &f, buf))
		if (text_is_word(f.name, "via") ||
		    text_is_word(f.name, "x-forwarded-for") ||
		    text_is_word(f.name, "forwarded"))
			return true;
	return false;
}

/* Says what a request tells; `rest` moves behind it. */
static bool
say_request(struct text *rest, const char *method, const struct context *ctx)
{
	struct text target;
	struct field f;
	struct text length = { NULL, 0 };
	bool host = false, pieces = false;
	char buf[VALUE_MAX] UNSET;

	if (!field_line(rest, &target) || !is_request_line(target))
		return false;
	struct addr client = is_passed_on(*rest) ? (struct addr){ .kind = ADDR_IP4 }
	                                         : ctx->seen.src_ip;
	while (field_next(rest, &f, buf)) {
		if (text_is_word(f.name, "host")) {
			host = host || f.value.len > 0;
			say(ctx, FACT_HTTP_HOST, client, f.value);
		} else if (text_is_word(f.name, "user-agent")) {
			say(ctx, FACT_HTTP_USER_AGENT, client, f.value);
		} else if (text_is_word(f.name, "authorization") ||
		    text_is_word(f.name, "proxy-authorization")) {
			ntlm_say_field(f.value, ctx);
		} else if (text_is_word(f.name, "content-length")) {
			length = f.value;
		} else if (text_is_word(f.name, "transfer-encoding")) {
			pieces = true;
		}
	}
	if (!host)
		say(ctx, FACT_HTTP_HOST, client, authority(target, method));
	if (pieces)
		skip_chunks(rest);
	else
		skip_body(rest, length);
	return true;
}

/* What begins with `<` behind the fields, or behind the size of its first chunk. */
static struct text
body_of(struct text rest)
{
	struct text line, body = rest;

	if (rest.len > 0 && rest.s[0] != '<' && field_line(&body, &line) &&
	    line.len <= 8)
		return body;
	return rest;
}

static void
say_response(struct text rest, const struct context *ctx)
{
	struct text line;
	struct field f;
	char buf[VALUE_MAX] UNSET;

	(void)field_line(&rest, &line);
	while (field_next(&rest, &f, buf))
		if (text_is_word(f.name, "server"))
			say(ctx, FACT_HTTP_SERVER, ctx->seen.src_ip, f.value);
		else if (text_is_word(f.name, "www-authenticate") ||
		    text_is_word(f.name, "proxy-authenticate"))
			ntlm_say_field(f.value, ctx);
	rest = body_of(rest);
	if (upnp_is_description(rest))
		upnp_say(rest, ctx);
}

enum decoded
http_decode(struct cursor c, const struct context *ctx)
{
	const char *method = NULL;
	struct text line;
	bool full = ctx->cut || cur_left(&c) >= STREAM_MAX;

	/* Old clients end a body with an empty line (RFC 9112 section 2.2). */
	if (cur_peek(&c, 0) == '\r' && cur_left(&c) == 1)
		return DECODED_SHORT;
	if (cur_peek(&c, 0) == '\r' && cur_peek(&c, 1) == '\n')
		cur_skip(&c, 2);
	struct text rest = text_from(c), first = rest;
	if (rest.len == 0)
		return DECODED_SHORT;
	if (rest.s[0] < 'A' || rest.s[0] > 'Z') /* most of what is offered */
		return DECODED_NOT_MINE;
	int answer = text_begins(rest, response), ask = begins_request(rest, &method);
	if (answer < 0 && ask < 0)
		return DECODED_NOT_MINE;
	if (answer <= 0 && ask <= 0)
		return DECODED_SHORT;
	if (ask == 1 && field_line(&first, &line) && !is_request_line(line))
		return DECODED_NOT_MINE;
	/* No more will come of a cut frame or past the limit: take what is there. */
	if (!full && !fields_whole(rest))
		return DECODED_SHORT;

	if (answer == 1) {
		say_response(rest, ctx);
		return DECODED;
	}
	if (!say_request(&rest, method, ctx))
		return DECODED_SHORT;
	/* Requests sent ahead, without waiting for the answer. */
	while (rest.len > 0 && begins_request(rest, &method) == 1 && fields_whole(rest))
		if (!say_request(&rest, method, ctx))
			return DECODED;
	if (ctx->unread != NULL && !full && rest.len > 0 &&
	    begins_request(rest, &method) >= 0)
		*ctx->unread = rest.len;
	return DECODED;
}
