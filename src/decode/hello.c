/* SPDX-License-Identifier: ISC */
/*
 * The ClientHello. RFC 8446 section 4.1.2, RFC 6066 section 3 (server name), RFC 7301
 * (ALPN), RFC 8422 (groups, point formats), RFC 9001 section 8.2 and RFC 9000 section
 * 18 (transport parameters), RFC 9849 (encrypted hellos), RFC 9147 (DTLS).
 */
#include "decode/hello.h"

#include "base/unset.h"
#include "decode/cache.h"
#include "decode/ja.h"
#include "decode/line.h"
#include "decode/varint.h"

enum {
	EXT_SERVER_NAME = 0,
	EXT_GROUPS = 10,
	EXT_POINT_FORMATS = 11,
	EXT_SIGNATURES = 13,
	EXT_ALPN = 16,
	EXT_VERSIONS = 43,
	EXT_TRANSPORT = 57,
	EXT_ECH = 0xfe0d,
	EXT_TRANSPORT_DRAFT = 0xffa5, /* draft-ietf-quic-tls-13 to -32 */
	EXT_ESNI = 0xffce             /* draft-ietf-tls-esni-02 to -05 */
};

/* Those of DTLS count down: 0xfeff is 1.0, 0xfefd 1.2, 0xfefc 1.3. */
static uint16_t
highest_version(struct cursor versions, const struct hello *h)
{
	uint16_t best = 0;

	while (cur_left(&versions) >= 2) {
		uint16_t n = cur_u16(&versions);
		if (is_grease(n))
			continue;
		if (best == 0 || (h->over == HELLO_DTLS ? n < best : n > best))
			best = n;
	}
	return best == 0 ? h->version : best;
}

/* What else the hello says, beside what fingerprints are made of. */
struct words {
	struct cursor server_name, protocols, transport;
	bool ech;  /* another hello is inside, or the form of it */
	bool esni; /* the name is inside */
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
		h->version = highest_version(inner(cur_block8(&body)), h);
		break;
	case EXT_TRANSPORT:
	case EXT_TRANSPORT_DRAFT:
		w->transport = body;
		break;
	case EXT_ECH:
		w->ech = true;
		break;
	case EXT_ESNI:
		w->esni = true;
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
	if (h->over == HELLO_DTLS)
		(void)cur_block8(&c); /* cookie, RFC 6347 section 4.2.1 */
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
	char buf[1024] UNSET;
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

/* Google's, as Wireshark names it: what UAID was before TLS. */
enum { TRANSPORT_USER_AGENT = 0x3129 };

/* RFC 9000 section 18.1: sent to keep servers tolerant. */
static bool
is_reserved(uint64_t id)
{
	return id >= 27 && (id - 27) % 31 == 0;
}

/*
 * The ids in the order sent, in hexadecimal. Clients put reserved ids, drawn at
 * random, in places drawn at random: they are left out, and one word tells of them.
 */
static void
say_transport(const struct context *ctx, struct cursor list)
{
	char buf[1024] UNSET;
	struct line l = line_over(buf, sizeof buf);
	bool reserved = false;

	while (cur_left(&list) > 0) {
		uint64_t id = cur_varint(&list);
		struct cursor value = cur_block_varint(&list);
		if (!cur_ok(&list))
			return;
		if (id == TRANSPORT_USER_AGENT)
			say_bytes(ctx, FACT_QUIC_USER_AGENT, ctx->seen.src_ip, value);
		if (is_reserved(id)) {
			reserved = true;
			continue;
		}
		if (l.len > 0)
			line_char(&l, ',');
		line_hex_number(&l, id);
	}
	if (reserved)
		line_word(&l, l.len > 0 ? ",grease" : "grease");
	say(ctx, FACT_QUIC_TRANSPORT_PARAMETERS, ctx->seen.src_ip, line_text(&l));
}

/* RFC 7858 section 3.1, RFC 9250 section 4.1.1, and the ports of its drafts. */
static bool
is_dns(const struct context *ctx, enum hello_over over, struct cursor protocols)
{
	uint16_t port = ctx->seen.dst_port;

	if (over == HELLO_TLS)
		return port == 853;
	while (over == HELLO_QUIC && cur_left(&protocols) > 0) {
		struct cursor name = cur_block8(&protocols);
		if (cur_u8(&name) == 'd' && cur_u8(&name) == 'o' &&
		    cur_u8(&name) == 'q')
			return true;
	}
	return over == HELLO_QUIC && (port == 853 || port == 784 || port == 8853);
}

/*
 * What this hello keeps from us. RFC 9849 section 6.2: clients send the extension of
 * encrypted hellos with nothing inside as well, so that nobody can tell. Then the
 * name is the true one; knowledge has the names behind which others hide.
 */
static void
say_hidden(const struct context *ctx, enum hello_over over, const struct words *w)
{
	struct addr from = ctx->seen.src_ip;
	char address[ADDR_TEXT];
	bool named = cur_left(&w->server_name) > 0;
	struct text server = named ? text_from(w->server_name)
	                           : text_of(addr_print(ctx->seen.dst_ip, address));

	if (!named)
		say(ctx, FACT_TLS_SERVER_ADDRESS, from, server);
	if (is_dns(ctx, over, w->protocols))
		say(ctx, over == HELLO_QUIC ? FACT_HIDDEN_DOQ : FACT_HIDDEN_DOT, from,
		    server);
	if (w->ech && named)
		say(ctx, FACT_HIDDEN_ECH, from, server);
	else if (w->esni)
		say(ctx, FACT_HIDDEN_ECH, from, text_of("-"));
}

static void
say_ja3(const struct context *ctx, const struct hello *h)
{
	char buf[VALUE_MAX] UNSET, hex[DIGEST_TEXT];
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

static bool
part_digest(const struct context *ctx, struct ja4 *ja, enum ja4_part part,
    char hex[DIGEST_TEXT])
{
	char buf[VALUE_MAX / 2] UNSET;
	struct line l = line_over(buf, sizeof buf);
	uint64_t hash = ja4_hash(ja, part, cache_seed(ctx->cache));

	if (ctx->cache != NULL && cache_find(ctx->cache, hash, hex))
		return true;
	ja4_put(&l, ja, part);
	if (l.cut || !digest_hex(DIGEST_SHA256_12, line_text(&l), hex))
		return false;
	if (ctx->cache != NULL)
		cache_keep(ctx->cache, hash, hex);
	return true;
}

/* Adds _ and the digest of a part, or zeros for one that is empty. */
static bool
put_digest(const struct context *ctx, struct line *l, struct ja4 *ja,
    enum ja4_part part)
{
	char hex[DIGEST_TEXT] = "000000000000";

	if (!ja4_is_empty(ja, part) && !part_digest(ctx, ja, part, hex))
		return false;
	line_char(l, '_');
	line_word(l, hex);
	return true;
}

static void
say_ja4(const struct context *ctx, const struct hello *h)
{
	char buf[VALUE_MAX] UNSET;
	struct line l = line_over(buf, sizeof buf);
	struct ja4 ja UNSET;

	if (!ja4_read(&ja, h))
		return;
	ja4_put_a(&l, &ja, h);
	size_t n = l.len;
	if (!put_digest(ctx, &l, &ja, JA4_B) || !put_digest(ctx, &l, &ja, JA4_C))
		return;
	say(ctx, FACT_TLS_JA4, ctx->seen.src_ip, line_text(&l));

	if (!wants(ctx, FACT_TLS_JA4_R))
		return;
	l.len = n;
	line_char(&l, '_');
	ja4_put(&l, &ja, JA4_B);
	line_char(&l, '_');
	ja4_put(&l, &ja, JA4_C);
	say(ctx, FACT_TLS_JA4_R, ctx->seen.src_ip, line_text(&l));
}

enum decoded
hello_read(struct cursor c, enum hello_over over, const struct context *ctx)
{
	struct hello h = { .over = (char)over };
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
	if (over == HELLO_QUIC)
		say_transport(ctx, w.transport);
	say_hidden(ctx, over, &w);
	return DECODED;
}
