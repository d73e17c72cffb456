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

/* A tunnel: seen where somebody has taken the TLS off (MS-SSTP 3.2.4.1). */
static const char sstp[] = "SSTP_DUPLEX_POST ";

/*
 * RFC 9110, RFC 5789, RFC 4918, RFC 3253, RFC 5323, RFC 3744, RFC 4791; events
 * of UPnP (Device Architecture 2.0 section 4); Microsoft's for RPC, BITS,
 * Configuration Manager and SSTP. Not SSDP's M-SEARCH and NOTIFY.
 */
static const char *const methods[] = { "GET ", "POST ", "HEAD ", "PUT ", "CONNECT ",
	"OPTIONS ", "DELETE ", "PATCH ", "TRACE ", "PROPFIND ", "PROPPATCH ", "MKCOL ",
	"COPY ", "MOVE ", "LOCK ", "UNLOCK ", "REPORT ", "SEARCH ", "RPC_IN_DATA ",
	"RPC_OUT_DATA ", "BITS_POST ", "CCM_POST ", "ACL ", "MKCALENDAR ", "SUBSCRIBE ",
	"UNSUBSCRIBE ", sstp };

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

/* The size in front of a chunk. */
static bool
chunk_size(struct text line, uint64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < line.len && hex_value(line.s[i]) >= 0; i++)
		if (*n <= SKIP_MAX)
			*n = *n * 16 + (uint64_t)hex_value(line.s[i]);
	return line.len > 0 && hex_value(line.s[0]) >= 0 && *n <= SKIP_MAX;
}

/*
 * Moves behind a body in chunks and the fields behind it (RFC 9112 section 7.1), as far
 * as it is there: to where the line of the next chunk is not whole. False: it is none.
 */
static bool
skip_chunks(struct text *rest, struct stream_rest *left)
{
	struct text line, at = *rest;
	uint64_t n;

	left->inside = true;
	for (;;) {
		bool whole = field_line(&at, &line);
		if (whole && line.len == 0) /* behind the chunk before */
			whole = field_line(&at, &line);
		if (!whole)
			break;
		if (!chunk_size(line, &n))
			return false;
		if (n == 0) {
			if (!fields_whole(at))
				break;
			while (field_line(&at, &line) && line.len > 0)
				;
			left->inside = false;
			*rest = at;
			return true;
		}
		size_t here = n < at.len ? (size_t)n : at.len;
		at = (struct text){ at.s + here, at.len - here };
		*rest = at;
		left->skip = (uint32_t)(n - here);
	}
	left->unread = rest->len;
	return true;
}

/* Says what a request tells; `rest` moves behind it, and `left` is what is not there.
 */
static bool
say_request(struct text *rest, const char *method, const struct context *ctx,
    struct stream_rest *left)
{
	struct text target;
	struct field f;
	struct text length = { NULL, 0 };
	bool host = false, pieces = false;
	char buf[VALUE_MAX] UNSET;

	if (!field_line(rest, &target) || !is_request_line(target))
		return false;
	if (method == sstp)
		say_peer(ctx, FACT_HIDDEN_SSTP);
	while (field_next(rest, &f, buf)) {
		if (text_is_word(f.name, "host")) {
			host = host || f.value.len > 0;
			say(ctx, FACT_HTTP_HOST, ctx->seen.src_ip, f.value);
		} else if (text_is_word(f.name, "user-agent")) {
			say(ctx, FACT_HTTP_USER_AGENT, ctx->seen.src_ip, f.value);
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
		say(ctx, FACT_HTTP_HOST, ctx->seen.src_ip, authority(target, method));
	if (!pieces)
		left->skip = skip_body(rest, length);
	else if (!skip_chunks(rest, left))
		left->skip = UINT32_MAX;
	return true;
}

/* Old clients end a body with an empty line (RFC 9112 section 2.2). */
static void
skip_empty_line(struct text *t)
{
	if (t->len > 1 && t->s[0] == '\r' && t->s[1] == '\n')
		*t = (struct text){ t->s + 2, t->len - 2 };
}

/* Requests sent ahead, without waiting for the answer, and how the last one goes on. */
static void
read_on(struct text rest, struct stream_rest left, const struct context *ctx)
{
	const char *method = NULL;

	while (!left.inside && left.skip == 0) {
		skip_empty_line(&rest);
		if (begins_request(rest, &method) < 1 || !fields_whole(rest))
			break;
		if (!say_request(&rest, method, ctx, &left))
			return;
	}
	if (!left.inside && rest.len > 0 && begins_request(rest, &method) >= 0)
		left.unread = rest.len;
	if (ctx->rest != NULL && left.skip <= SKIP_MAX &&
	    (left.unread == 0 || !ctx->cut))
		*ctx->rest = left;
}

/* What follows is of a body in chunks. */
static enum decoded
go_on(struct text rest, const struct context *ctx)
{
	struct stream_rest left = { 0 };
	size_t all = rest.len;

	if (!skip_chunks(&rest, &left))
		return DECODED_NOT_MINE;
	if (rest.len == all)
		return ctx->cut ? DECODED_NOT_MINE : DECODED_SHORT;
	read_on(rest, left, ctx);
	return DECODED;
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
	struct stream_rest left = { 0 };

	if (ctx->inside)
		return go_on(text_from(c), ctx);
	if (cur_peek(&c, 0) == '\r' && cur_left(&c) == 1)
		return DECODED_SHORT;
	struct text rest = text_from(c);
	skip_empty_line(&rest);
	struct text first = rest;
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
	bool whole = fields_whole(rest);
	if (!full && !whole)
		return DECODED_SHORT;

	if (answer == 1) {
		say_response(rest, ctx);
		return DECODED;
	}
	if (!say_request(&rest, method, ctx, &left))
		return DECODED_SHORT;
	if (whole)
		read_on(rest, left, ctx);
	return DECODED;
}
