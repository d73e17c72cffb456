/* SPDX-License-Identifier: ISC */
/*
 * HTTP/1: User-Agent and Host of requests, Server of responses. RFC 9110 (fields),
 * RFC 9112 (messages). Path, query, cookies and credentials are passed over.
 */
#include "decode/decode.h"
#include "decode/line.h"

/*
 * RFC 9110, RFC 5789, RFC 4918, RFC 3253, RFC 5323; Microsoft's for RPC, BITS and
 * Configuration Manager. Not SSDP's M-SEARCH and NOTIFY.
 */
static const char *const methods[] = { "GET ", "POST ", "HEAD ", "PUT ", "CONNECT ",
	"OPTIONS ", "DELETE ", "PATCH ", "TRACE ", "PROPFIND ", "PROPPATCH ", "MKCOL ",
	"COPY ", "MOVE ", "LOCK ", "UNLOCK ", "REPORT ", "SEARCH ", "RPC_IN_DATA ",
	"RPC_OUT_DATA ", "BITS_POST ", "CCM_POST " };

static const char response[] = "HTTP/1.";

/* -1: begins otherwise; 0: may yet become it; 1: begins so. */
static int
begins(struct text t, const char *word)
{
	struct text w = text_of(word);
	size_t n = t.len < w.len ? t.len : w.len;

	if (memcmp(t.s, w.s, n) != 0)
		return -1;
	return n == w.len;
}

/* The same for any method; *method is the one found. */
static int
begins_request(struct text t, const char **method)
{
	int best = -1;

	for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		int is = begins(t, methods[i]);
		if (is > best) {
			best = is;
			*method = methods[i];
		}
	}
	return best;
}

/* Cuts a line at LF, without it and a CR before it; false when none is whole. */
static bool
next_line(struct text *rest, struct text *line)
{
	size_t at = text_find(*rest, '\n', 0);

	if (at == rest->len)
		return false;
	*line = (struct text){ rest->s, at };
	if (at > 0 && rest->s[at - 1] == '\r')
		line->len--;
	*rest = (struct text){ rest->s + at + 1, rest->len - at - 1 };
	return true;
}

/* Whether the empty line after the fields is there. */
static bool
is_whole(struct text rest)
{
	struct text line;

	while (next_line(&rest, &line))
		if (line.len == 0)
			return true;
	return false;
}

struct field {
	struct text name, value;
};

static bool
is_folded(struct text rest)
{
	return rest.len > 0 && (rest.s[0] == ' ' || rest.s[0] == '\t');
}

/*
 * The next field; false at the empty line or where the bytes end. A folded value
 * (RFC 9112 section 5.2) is put together in buf, with a blank for each fold.
 */
static bool
next_field(struct text *rest, struct field *f, char buf[VALUE_MAX])
{
	struct text line;

	if (!next_line(rest, &line) || line.len == 0)
		return false;
	size_t colon = text_find(line, ':', 0);
	f->name = (struct text){ line.s, colon };
	f->value = (struct text){ NULL, 0 };
	if (colon < line.len)
		f->value = text_trim(
		    (struct text){ line.s + colon + 1, line.len - colon - 1 });
	if (!is_folded(*rest))
		return true;

	struct line whole = line_over(buf, VALUE_MAX);
	line_put(&whole, f->value);
	while (is_folded(*rest) && next_line(rest, &line)) {
		line_char(&whole, ' ');
		line_put(&whole, text_trim(line));
	}
	f->value = text_trim(line_text(&whole));
	return true;
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

/*
 * Moves behind a body whose length is stated and that is there whole (RFC 9112
 * section 6.3); what follows any other is not ours to read.
 */
static void
skip_body(struct text *rest, struct text length)
{
	size_t n = 0;

	for (size_t i = 0; i < length.len && n <= STREAM_MAX; i++) {
		bool digit = length.s[i] >= '0' && length.s[i] <= '9';
		n = digit ? n * 10 + (size_t)(length.s[i] - '0') : SIZE_MAX;
	}
	if (n > rest->len)
		n = rest->len;
	*rest = (struct text){ rest->s + n, rest->len - n };
}

/* Says what a request tells; `rest` moves behind it. */
static bool
say_request(struct text *rest, const char *method, const struct context *ctx)
{
	struct text target;
	struct field f;
	struct text length = { NULL, 0 };
	bool host = false, pieces = false;
	char buf[VALUE_MAX];

	if (!next_line(rest, &target) || !is_request_line(target))
		return false;
	while (next_field(rest, &f, buf)) {
		if (text_is_word(f.name, "host")) {
			host = host || f.value.len > 0;
			say(ctx, FACT_HTTP_HOST, ctx->seen.src_ip, f.value);
		} else if (text_is_word(f.name, "user-agent")) {
			say(ctx, FACT_HTTP_USER_AGENT, ctx->seen.src_ip, f.value);
		} else if (text_is_word(f.name, "content-length")) {
			length = f.value;
		} else if (text_is_word(f.name, "transfer-encoding")) {
			pieces = true;
		}
	}
	if (!host)
		say(ctx, FACT_HTTP_HOST, ctx->seen.src_ip, authority(target, method));
	skip_body(rest, pieces ? text_of("in pieces") : length);
	return true;
}

static void
say_response(struct text rest, const struct context *ctx)
{
	struct text line;
	struct field f;
	char buf[VALUE_MAX];

	(void)next_line(&rest, &line);
	while (next_field(&rest, &f, buf))
		if (text_is_word(f.name, "server"))
			say(ctx, FACT_HTTP_SERVER, ctx->seen.src_ip, f.value);
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
	int answer = begins(rest, response), ask = begins_request(rest, &method);
	if (answer < 0 && ask < 0)
		return DECODED_NOT_MINE;
	if (answer <= 0 && ask <= 0)
		return DECODED_SHORT;
	if (ask == 1 && next_line(&first, &line) && !is_request_line(line))
		return DECODED_NOT_MINE;
	/* No more will come of a cut frame or past the limit: take what is there. */
	if (!full && !is_whole(rest))
		return DECODED_SHORT;

	if (answer == 1) {
		say_response(rest, ctx);
		return DECODED;
	}
	if (!say_request(&rest, method, ctx))
		return DECODED_SHORT;
	/* Requests sent ahead, without waiting for the answer. */
	while (rest.len > 0 && begins_request(rest, &method) == 1 && is_whole(rest))
		if (!say_request(&rest, method, ctx))
			return DECODED;
	if (ctx->unread != NULL && !full && rest.len > 0 &&
	    begins_request(rest, &method) >= 0)
		*ctx->unread = rest.len;
	return DECODED;
}
