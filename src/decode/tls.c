/* SPDX-License-Identifier: ISC */
/*
 * The ClientHello of TLS over TCP. RFC 8446 sections 4.1.2 and 5.1, RFC 6066
 * section 3 (server name), RFC 7301 (ALPN), RFC 8422 (groups, point formats).
 */
#include "decode/cache.h"
#include "decode/decode.h"
#include "decode/ja.h"
#include "decode/line.h"

enum { CHANGE_CIPHER_SPEC = 20, HANDSHAKE = 22, CLIENT_HELLO = 1 };

enum {
	EXT_SERVER_NAME = 0,
	EXT_GROUPS = 10,
	EXT_POINT_FORMATS = 11,
	EXT_SIGNATURES = 13,
	EXT_ALPN = 16,
	EXT_VERSIONS = 43
};

enum {
	RECORD_HEADER = 5,
	HANDSHAKE_HEADER = 4,
	RECORD_MAX = 16384 + 2048, /* RFC 5246 section 6.2.3; TLS 1.3 allows less */
};

/* Moves past a record and gives its body; NOT_MINE unless it is of that type. */
static enum decoded
next_record(struct cursor *c, uint8_t type, struct cursor *body)
{
	if (cur_left(c) == 0)
		return DECODED_SHORT;
	if (cur_peek(c, 0) != type)
		return DECODED_NOT_MINE;
	if (cur_left(c) > 1 && cur_peek(c, 1) != 3)
		return DECODED_NOT_MINE;
	if (cur_left(c) > 2 && cur_peek(c, 2) > 4)
		return DECODED_NOT_MINE;
	if (cur_left(c) < RECORD_HEADER)
		return DECODED_SHORT;
	cur_skip(c, RECORD_HEADER - 2);
	size_t len = cur_u16(c);
	if (len == 0 || len > RECORD_MAX)
		return DECODED_NOT_MINE;
	/* What has come of a record that is not whole yet is enough to look at. */
	bool whole = len <= cur_left(c);
	*body = cur_take(c, whole ? len : cur_left(c));
	return whole ? DECODED : DECODED_SHORT;
}

/*
 * Puts the handshake message together that begins in `body` and goes on in the
 * records that follow; clients of late send it in several.
 */
static enum decoded
join(struct cursor c, struct cursor body, size_t need, struct line *joined)
{
	line_put(joined, text_from(body));
	while (joined->len < need) {
		enum decoded how = next_record(&c, HANDSHAKE, &body);
		if (how == DECODED_NOT_MINE)
			return DECODED_BAD;
		if (how != DECODED)
			return how;
		size_t want = need - joined->len;
		line_put(joined,
		    text_from(cur_take(&body,
		        want < cur_left(&body) ? want : cur_left(&body))));
	}
	return joined->cut ? DECODED_BAD : DECODED;
}

static uint16_t
highest_version(struct cursor versions, uint16_t legacy)
{
	uint16_t best = 0;

	while (cur_left(&versions) >= 2) {
		uint16_t n = cur_u16(&versions);
		if (!is_grease(n) && n > best)
			best = n;
	}
	return best == 0 ? legacy : best;
}

/* What else the hello says, beside what fingerprints are made of. */
struct words {
	struct cursor server_name, protocols;
};

/* RFC 6066 section 3: the only type of name there is, is host_name, 0. */
static struct cursor
server_name(struct cursor body)
{
	struct cursor names = cur_block16(&body), none = { 0 };

	while (cur_left(&names) > 0) {
		uint8_t type = cur_u8(&names);
		struct cursor name = cur_block16(&names);
		if (type == 0 && cur_ok(&name))
			return name;
	}
	return none;
}

/* An extension that is broken inside tells nothing; the hello stands. */
static struct cursor
inner(struct cursor block)
{
	return cur_ok(&block) ? block : (struct cursor){ 0 };
}

static void
read_extension(uint16_t type, struct cursor body, struct hello *h, struct words *w)
{
	struct cursor list;

	switch (type) {
	case EXT_SERVER_NAME:
		h->has_server_name = true;
		w->server_name = server_name(body);
		break;
	case EXT_GROUPS:
		h->groups = inner(cur_block16(&body));
		break;
	case EXT_POINT_FORMATS:
		h->formats = inner(cur_block8(&body));
		break;
	case EXT_SIGNATURES:
		h->signatures = inner(cur_block16(&body));
		break;
	case EXT_ALPN:
		w->protocols = list = inner(cur_block16(&body));
		h->protocol = inner(cur_block8(&list));
		break;
	case EXT_VERSIONS:
		h->version = highest_version(inner(cur_block8(&body)), h->version);
		break;
	default:
		break;
	}
}

static bool
read_hello(struct cursor c, struct hello *h, struct words *w)
{
	h->legacy_version = h->version = cur_u16(&c);
	cur_skip(&c, 32);     /* random */
	(void)cur_block8(&c); /* session id */
	h->ciphers = cur_block16(&c);
	(void)cur_block8(&c); /* compression methods */
	if (cur_left(&c) == 0)
		return cur_ok(&c); /* SSL 3.0 knows no extensions */
	h->extensions = cur_block16(&c);

	struct cursor each = h->extensions;
	while (cur_left(&each) > 0) {
		uint16_t type = cur_u16(&each);
		read_extension(type, cur_block16(&each), h, w);
	}
	return cur_ok(&c) && cur_ok(&each);
}

static void
say_protocols(const struct context *ctx, struct cursor list)
{
	char buf[1024];
	struct line l = line_over(buf, sizeof buf);

	if (!wants(ctx, FACT_TLS_ALPN))
		return;
	while (cur_left(&list) > 0) {
		if (l.len > 0)
			line_char(&l, ',');
		line_put(&l, text_from(cur_block8(&list)));
	}
	if (cur_ok(&list))
		say(ctx, FACT_TLS_ALPN, ctx->seen.src_ip, line_text(&l));
}

static void
say_ja3(const struct context *ctx, const struct hello *h)
{
	char buf[VALUE_MAX], hex[DIGEST_TEXT];
	struct line l = line_over(buf, sizeof buf);

	if (!wants(ctx, FACT_TLS_JA3) && !wants(ctx, FACT_TLS_JA3_FULL))
		return;
	ja3_put(&l, h);
	struct text full = line_text(&l);
	if (full.len == 0 || !cached_digest(ctx->cache, DIGEST_MD5, full, hex))
		return;
	say(ctx, FACT_TLS_JA3, ctx->seen.src_ip, text_of(hex));
	say(ctx, FACT_TLS_JA3_FULL, ctx->seen.src_ip, full);
}

/* Adds _ and the digest of a part, or zeros for one that is empty. */
static bool
put_digest(const struct context *ctx, struct line *l, struct text part, bool empty)
{
	char hex[DIGEST_TEXT] = "000000000000";

	if (!empty && !cached_digest(ctx->cache, DIGEST_SHA256_12, part, hex))
		return false;
	line_char(l, '_');
	line_word(l, hex);
	return true;
}

static void
say_ja4(const struct context *ctx, const struct hello *h)
{
	char a[16], b[VALUE_MAX / 2], c[VALUE_MAX / 2], buf[VALUE_MAX];
	struct ja4 ja = {
		.a = line_over(a, sizeof a),
		.b = line_over(b, sizeof b),
		.c = line_over(c, sizeof c),
	};
	struct line l = line_over(buf, sizeof buf);

	ja4_put(&ja, h);
	if (ja.b.cut || ja.c.cut)
		return;
	line_put(&l, line_text(&ja.a));
	if (!put_digest(ctx, &l, line_text(&ja.b), ja.b.len == 0) ||
	    !put_digest(ctx, &l, line_text(&ja.c), ja.no_extensions))
		return;
	say(ctx, FACT_TLS_JA4, ctx->seen.src_ip, line_text(&l));

	if (!wants(ctx, FACT_TLS_JA4_R))
		return;
	l.len = ja.a.len;
	line_char(&l, '_');
	line_put(&l, line_text(&ja.b));
	line_char(&l, '_');
	line_put(&l, line_text(&ja.c));
	say(ctx, FACT_TLS_JA4_R, ctx->seen.src_ip, line_text(&l));
}

static enum decoded
decode_hello(struct cursor c, const struct context *ctx)
{
	struct hello h = { 0 };
	struct words w = { 0 };
	char buf[4];
	struct line version = line_over(buf, sizeof buf);

	if (!read_hello(c, &h, &w))
		return DECODED_BAD;
	line_hex16(&version, h.version);
	say_bytes(ctx, FACT_TLS_SNI, ctx->seen.src_ip, w.server_name);
	say_protocols(ctx, w.protocols);
	say(ctx, FACT_TLS_VERSION, ctx->seen.src_ip, line_text(&version));
	say_ja3(ctx, &h);
	say_ja4(ctx, &h);
	return DECODED;
}

/* A hello in several records. Apart, for its buffer costs what few hellos need. */
static enum decoded
decode_joined(struct cursor c, struct cursor body, size_t need,
    const struct context *ctx)
{
	char buf[STREAM_MAX];
	struct line joined = line_over(buf, sizeof buf);
	enum decoded how = join(c, body, need, &joined);

	if (how != DECODED)
		return how;
	struct cursor message = cur_over(joined.s, joined.len);
	cur_skip(&message, HANDSHAKE_HEADER);
	return decode_hello(message, ctx);
}

enum decoded
tls_decode(struct cursor c, const struct context *ctx)
{
	struct cursor body = { 0 };

	/* RFC 8446 appendix D.4: before a second hello, for middleboxes' sake. */
	if (cur_peek(&c, 0) == CHANGE_CIPHER_SPEC) {
		enum decoded how = next_record(&c, CHANGE_CIPHER_SPEC, &body);
		if (how != DECODED)
			return how;
	}
	enum decoded how = next_record(&c, HANDSHAKE, &body);
	if (how == DECODED_NOT_MINE)
		return how;
	struct cursor message = body;
	if (cur_left(&message) > 0 && cur_peek(&message, 0) != CLIENT_HELLO)
		return DECODED_NOT_MINE;
	if (how == DECODED_SHORT)
		return how;
	cur_skip(&message, 1);
	size_t need = cur_u24(&message) + HANDSHAKE_HEADER;
	if (cur_ok(&message) && need > STREAM_MAX)
		return DECODED_BAD;
	if (!cur_ok(&message)) /* even the header is in pieces: nobody's hello */
		return DECODED_BAD;
	if (need > cur_left(&body))
		return decode_joined(c, body, need, ctx);
	return decode_hello(cur_take(&message, need - HANDSHAKE_HEADER), ctx);
}
