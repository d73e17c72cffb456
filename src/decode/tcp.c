/* SPDX-License-Identifier: ISC */
/*
 * The signature of a SYN or SYN-ACK, in the notation that p0f 3 documents:
 * ver:ittl:olen:mss:wsize,scale:olayout:quirks:pclass. RFC 9293 (header, options),
 * RFC 7323 (window scale, timestamps), RFC 2018 (SACK), RFC 3168 (ECN).
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/line.h"

enum { FIN = 0x01, SYN = 0x02, RST = 0x04, PSH = 0x08, ACK = 0x10, URG = 0x20 };
enum { ECN_FLAGS = 0x1c0 }; /* NS of RFC 3540, CWR, ECE */

enum { OPT_END, OPT_NOP, OPT_MSS, OPT_SCALE, OPT_SACK_OK, OPT_SACK, OPT_TIMESTAMP = 8 };

enum { SCALE_MAX = 14 }; /* RFC 7323 section 2.3 */

/* In the order in which they are printed. */
enum quirk {
	QUIRK_DF,
	QUIRK_ID,
	QUIRK_NO_ID,
	QUIRK_ECN,
	QUIRK_RESERVED,
	QUIRK_FLOW,
	QUIRK_ZERO_SEQ,
	QUIRK_ACK_NUMBER,
	QUIRK_ZERO_ACK,
	QUIRK_URGENT_POINTER,
	QUIRK_URG,
	QUIRK_PUSH,
	QUIRK_ZERO_TS,
	QUIRK_PEER_TS,
	QUIRK_PADDING,
	QUIRK_SCALE,
	QUIRK_BAD,
	QUIRKS
};

static const char *const quirk_names[QUIRKS] = { "df", "id+", "id-", "ecn", "0+",
	"flow", "seq-", "ack+", "ack-", "uptr+", "urgf+", "pushf+", "ts1-", "ts2+",
	"opt+", "exws", "bad" };

struct signature {
	unsigned version, ttl, ip_options;
	unsigned headers; /* bytes of both headers with their options */
	unsigned mss, window, scale;
	uint32_t timestamp;
	uint32_t quirks; /* 1 << enum quirk */
	bool syn_only, payload;
};

static void
note(struct signature *s, enum quirk q, bool is)
{
	if (is)
		s->quirks |= UINT32_C(1) << q;
}

/* False when it is no IP header, or one of a fragment. */
static bool
read_ip4(struct signature *s, struct cursor c)
{
	unsigned header = (cur_u8(&c) & 15U) * 4;
	unsigned tos = cur_u8(&c);
	cur_skip(&c, 2); /* length */
	unsigned id = cur_u16(&c), fragment = cur_u16(&c);
	s->ttl = cur_u8(&c);
	bool df = (fragment & 0x4000) != 0;

	s->version = 4;
	s->ip_options = header - 20;
	s->headers = header;
	note(s, QUIRK_ECN, (tos & 3) != 0);
	note(s, QUIRK_RESERVED, (fragment & 0x8000) != 0);
	note(s, QUIRK_DF, df);
	note(s, QUIRK_ID, df && id != 0);
	note(s, QUIRK_NO_ID, !df && id == 0);
	return cur_ok(&c) && header >= 20;
}

static bool
read_ip6(struct signature *s, struct cursor c)
{
	uint32_t word = cur_u32(&c);

	cur_skip(&c, 2 + 1); /* payload length, next header */
	s->ttl = cur_u8(&c);
	s->version = 6;
	s->headers = 40;
	note(s, QUIRK_FLOW, (word & 0xfffff) != 0);
	note(s, QUIRK_ECN, (word >> 20 & 3) != 0);
	return cur_ok(&c);
}

static bool
read_ip(struct signature *s, struct cursor ip)
{
	switch (cur_peek(&ip, 0) >> 4) {
	case 4:
		return read_ip4(s, ip);
	case 6:
		return read_ip6(s, ip);
	default:
		return false;
	}
}

/*
 * End of options: how many bytes follow it, and whether one of them is not zero.
 */
static void
read_padding(struct signature *s, struct cursor *c, struct line *layout)
{
	line_word(layout, "eol+");
	line_number(layout, (uint32_t)cur_left(c));
	while (cur_left(c) > 0)
		note(s, QUIRK_PADDING, cur_u8(c) != 0);
}

/* The body of an option with a length; `want` is the length it must have. */
static struct cursor
option_body(struct signature *s, struct cursor *c, unsigned want)
{
	unsigned len = cur_u8(c);

	note(s, QUIRK_BAD, len != want);
	return cur_take(c, want - 2); /* p0f reads on by the length that is right */
}

static void
read_timestamps(struct signature *s, struct cursor *c)
{
	struct cursor body = option_body(s, c, 10);

	if (!cur_ok(c))
		return;
	s->timestamp = cur_u32(&body);
	note(s, QUIRK_ZERO_TS, s->timestamp == 0);
	note(s, QUIRK_PEER_TS, s->syn_only && cur_u32(&body) != 0);
}

/* One option with a length; its kind has been read. */
static void
read_option(struct signature *s, struct cursor *c, unsigned kind, struct line *layout)
{
	struct cursor body;

	switch (kind) {
	case OPT_MSS:
		line_word(layout, "mss");
		body = option_body(s, c, 4);
		s->mss = cur_ok(c) ? cur_u16(&body) : s->mss;
		break;
	case OPT_SCALE:
		line_word(layout, "ws");
		body = option_body(s, c, 3);
		s->scale = cur_ok(c) ? cur_u8(&body) : s->scale;
		note(s, QUIRK_SCALE, s->scale > SCALE_MAX);
		break;
	case OPT_SACK_OK:
		line_word(layout, "sok");
		(void)option_body(s, c, 2);
		break;
	case OPT_TIMESTAMP:
		line_word(layout, "ts");
		read_timestamps(s, c);
		break;
	default: {
		unsigned len = cur_u8(c);
		unsigned least = kind == OPT_SACK ? 10 : 2;
		if (kind == OPT_SACK)
			line_word(layout, "sack");
		else {
			line_char(layout, '?');
			line_number(layout, kind);
		}
		cur_skip(c, len < least || len > 40 ? SIZE_MAX : len - 2);
	}
	}
}

enum { OPTIONS_MAX = 24 }; /* p0f looks no further */

static void
read_options(struct signature *s, struct cursor c, struct line *layout)
{
	for (unsigned n = 0; cur_left(&c) > 0 && n < OPTIONS_MAX; n++) {
		unsigned kind = cur_u8(&c);
		if (n > 0)
			line_char(layout, ',');
		if (kind == OPT_END)
			read_padding(s, &c, layout);
		else if (kind == OPT_NOP)
			line_word(layout, "nop");
		else
			read_option(s, &c, kind, layout);
	}
	note(s, QUIRK_BAD, !cur_ok(&c) || cur_left(&c) > 0);
}

/* The first of these by which the window divides, as `mss*N` or `mtu*N`. */
static void
put_window(struct line *l, const struct signature *s)
{
	unsigned ts = s->timestamp != 0 ? 12 : 0;
	bool six = s->version == 6;
	/* Zero: does not apply here. Some stacks count the timestamp option in. */
	const struct {
		unsigned unit;
		const char *name;
	} units[] = {
		{ s->mss, "mss" },
		{ ts > 0 ? s->mss - ts : 0, "mss" },
		{ 1500 - 40, "mss" },
		{ 1500 - 40 - 12, "mss" },
		{ six ? 1500 - 60 : 0, "mss" },
		{ six ? 1500 - 60 - 12 : 0, "mss" },
		{ s->mss + 40, "mtu" },
		{ s->mss + s->headers, "mtu" },
		{ six ? s->mss + 60 : 0, "mtu" },
		{ 1500, "mtu" },
	};

	if (s->window == 0 || s->mss < 100) {
		line_number(l, s->window);
		return;
	}
	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (units[i].unit == 0 || s->window % units[i].unit != 0)
			continue;
		line_word(l, units[i].name);
		line_char(l, '*');
		line_number(l, s->window / units[i].unit);
		return;
	}
	line_number(l, s->window);
}

/* The TTL as seen, and how far below the nearest usual start it is. */
static void
put_ttl(struct line *l, unsigned ttl)
{
	enum { DISTANCE_MAX = 35 };
	unsigned start = ttl <= 32 ? 32 : ttl <= 64 ? 64 : ttl <= 128 ? 128 : 255;

	line_number(l, ttl);
	line_char(l, '+');
	if (start - ttl > DISTANCE_MAX)
		line_char(l, '?');
	else
		line_number(l, start - ttl);
}

static void
put_signature(struct line *l, const struct signature *s, struct text layout)
{
	bool first = true;

	line_number(l, s->version);
	line_char(l, ':');
	put_ttl(l, s->ttl);
	line_char(l, ':');
	line_number(l, s->ip_options);
	line_char(l, ':');
	line_number(l, s->mss);
	line_char(l, ':');
	put_window(l, s);
	line_char(l, ',');
	line_number(l, s->scale);
	line_char(l, ':');
	line_put(l, layout);
	line_char(l, ':');
	for (unsigned q = 0; q < QUIRKS; q++) {
		if ((s->quirks >> q & 1) == 0)
			continue;
		if (!first)
			line_char(l, ',');
		line_word(l, quirk_names[q]);
		first = false;
	}
	line_word(l, s->payload ? ":+" : ":0");
}

enum decoded
tcp_decode(struct cursor c, const struct context *ctx)
{
	char layout_text[128] UNSET, text[320] UNSET;
	struct line layout = line_over(layout_text, sizeof layout_text);
	struct line l = line_over(text, sizeof text);
	struct signature s = { 0 };

	cur_skip(&c, 2 + 2); /* ports */
	uint32_t sequence = cur_u32(&c), acknowledged = cur_u32(&c);
	unsigned flags = cur_u16(&c);
	unsigned header = (flags >> 12) * 4;
	s.window = cur_u16(&c);
	cur_skip(&c, 2); /* checksum */
	uint16_t urgent = cur_u16(&c);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if ((flags & SYN) == 0 || (flags & (FIN | RST)) != 0)
		return DECODED_NOT_MINE;
	if (header < 20)
		return DECODED_BAD;
	struct cursor options = cur_take(&c, header - 20);
	if (!cur_ok(&options))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	if (!read_ip(&s, ctx->ip))
		return DECODED_BAD;

	bool ack = (flags & ACK) != 0, urg = (flags & URG) != 0;
	s.headers += header;
	s.syn_only = !ack;
	s.payload = cur_left(&c) > 0;
	note(&s, QUIRK_ECN, (flags & ECN_FLAGS) != 0);
	note(&s, QUIRK_ZERO_SEQ, sequence == 0);
	note(&s, QUIRK_ZERO_ACK, ack && acknowledged == 0);
	note(&s, QUIRK_ACK_NUMBER, !ack && acknowledged != 0);
	note(&s, QUIRK_URG, urg);
	note(&s, QUIRK_URGENT_POINTER, !urg && urgent != 0);
	note(&s, QUIRK_PUSH, (flags & PSH) != 0);
	read_options(&s, options, &layout);
	put_signature(&l, &s, line_text(&layout));
	say(ctx, ack ? FACT_TCP_SYN_ACK : FACT_TCP_SYN, ctx->seen.src_ip,
	    line_text(&l));
	return DECODED;
}
