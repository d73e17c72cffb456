/* SPDX-License-Identifier: ISC */
/* TLS hellos, field by field out of a row of hellos.tsv (RFC 8446, section 4.1). */
#include "story/talk.h"

/* The whole hello has this many bytes when it is padded (RFC 7685). */
enum { PADDED = 512 };

struct seeds {
	uint16_t grease[4]; /* RFC 8701: cipher, group, two extensions */
	unsigned extensions;
};

static void
random_bytes(struct writer *w, size_t n, struct dice *d)
{
	while (n-- > 0)
		put_u8(w, (uint8_t)(dice_throw(d) >> 56));
}

static uint16_t
grease(struct dice *d)
{
	unsigned b = dice_below(d, 16) << 4 | 0x0a;

	return (uint16_t)(b << 8 | b);
}

/* A length of two bytes before what came after `from`. */
static void
set16(struct writer *w, size_t from)
{
	size_t n = w->len - from - 2;

	w->buf[from] = (char)(n >> 8);
	w->buf[from + 1] = (char)n;
}

static size_t
open16(struct writer *w)
{
	put_u16(w, 0);
	return w->len - 2;
}

static void
put_codes(struct writer *w, const struct list *l, uint16_t grease_code)
{
	for (size_t i = 0; i < l->n; i++)
		put_u16(w,
		    text_is(l->item[i], "grease")
		        ? grease_code
		        : (uint16_t)list_number(l->item[i], 16));
}

static void
put_key_shares(struct writer *w, const struct hello *h, const struct seeds *s,
    struct dice *d)
{
	size_t all = open16(w);

	if (h->groups.n > 0 && text_is(h->groups.item[0], "grease")) {
		put_u16(w, s->grease[1]);
		put_block16(w, (struct text){ "", 1 });
	}
	put_u16(w, 0x001d); /* x25519 */
	put_u16(w, 32);
	random_bytes(w, 32, d);
	set16(w, all);
}

static void
put_alpn(struct writer *w, const struct list *l)
{
	size_t all = open16(w);

	for (size_t i = 0; i < l->n; i++) {
		put_u8(w, (uint8_t)l->item[i].len);
		put_text(w, l->item[i]);
	}
	set16(w, all);
}

static void
put_versions(struct writer *w, const struct hello *h, const struct seeds *s)
{
	put_u8(w, (uint8_t)(2 * h->versions.n));
	put_codes(w, &h->versions, s->grease[0]);
}

static void
put_server_name(struct writer *w, struct text host)
{
	size_t all = open16(w);

	put_u8(w, 0);
	put_block16(w, host);
	set16(w, all);
}

/* The body of one extension, by its number. */
static void
put_extension_body(struct writer *w, unsigned code, const struct hello *h,
    struct text host, const struct seeds *s, struct dice *d)
{
	size_t at;

	switch (code) {
	case 0x0000:
		put_server_name(w, host);
		break;
	case 0x0005: /* status_request: OCSP, no responders, no extensions */
		put_u8(w, 1);
		put_u32(w, 0);
		break;
	case 0x000a:
		at = open16(w);
		put_codes(w, &h->groups, s->grease[1]);
		set16(w, at);
		break;
	case 0x000b:
		put_u16(w, 0x0100);
		break;
	case 0x000d:
		at = open16(w);
		put_codes(w, &h->signatures, 0);
		set16(w, at);
		break;
	case 0x0010:
		put_alpn(w, &h->alpn);
		break;
	case 0x001b:
		put_u8(w, 2);
		put_u16(w, h->compression);
		break;
	case 0x002b:
		put_versions(w, h, s);
		break;
	case 0x002d:
		put_u16(w, 0x0101);
		break;
	case 0x0033:
		put_key_shares(w, h, s, d);
		break;
	case 0x4469: /* application settings: for h2 */
		put_bytes(w, "\0\3\2h2", 5);
		break;
	case 0xff01:
		put_u8(w, 0);
		break;
	default: /* 0012, 0017, 0023: empty */
		break;
	}
}

static void
put_extensions(struct writer *w, size_t start, const struct hello *h, struct text host,
    struct seeds *s, struct dice *d)
{
	size_t all = open16(w);

	for (size_t i = 0; i < h->extensions.n; i++) {
		struct text name = h->extensions.item[i];
		bool greased = text_is(name, "grease");
		unsigned code = greased ? s->grease[2 + (s->extensions++ & 1)]
		                        : list_number(name, 16);

		put_u16(w, (uint16_t)code);
		size_t body = open16(w);
		if (code == 0x0015) {
			while (w->len - start < PADDED)
				put_u8(w, 0);
		} else if (greased) {
			if (s->extensions > 1)
				put_u8(w, 0);
		} else
			put_extension_body(w, code, h, host, s, d);
		set16(w, body);
	}
	set16(w, all);
}

void
say_client_hello(struct writer *w, const struct hello *h, struct text host,
    struct dice *d)
{
	struct seeds s = { .extensions = 0 };

	for (size_t i = 0; i < 4; i++)
		s.grease[i] = grease(d);
	if (s.grease[2] == s.grease[3]) /* no extension twice */
		s.grease[3] ^= 0x1010;
	put_u8(w, 22);
	put_u16(w, 0x0301);
	size_t record = open16(w), start = w->len;
	put_u8(w, 1);
	put_u8(w, 0);
	size_t body = open16(w);
	put_u16(w, 0x0303);
	random_bytes(w, 32, d);
	put_u8(w, 32);
	random_bytes(w, 32, d);
	size_t ciphers = open16(w);
	put_codes(w, &h->ciphers, s.grease[0]);
	set16(w, ciphers);
	put_u16(w, 0x0100);
	put_extensions(w, start, h, host, &s, d);
	set16(w, body);
	set16(w, record);
}

void
say_server_hello(struct writer *w, struct text client_hello, struct dice *d)
{
	struct cursor c = cur_over(client_hello.s, client_hello.len);

	cur_skip(&c, 5 + 4 + 2 + 32);
	struct cursor session = cur_block8(&c);
	put_u8(w, 22);
	put_u16(w, 0x0303);
	size_t record = open16(w);
	put_u8(w, 2);
	put_u8(w, 0);
	size_t body = open16(w);
	put_u16(w, 0x0303);
	random_bytes(w, 32, d);
	put_u8(w, (uint8_t)cur_left(&session));
	put_text(w, text_from(session));
	put_u16(w, 0x1301);
	put_u8(w, 0);
	size_t extensions = open16(w);
	put_u32(w, 0x002b0002);
	put_u16(w, 0x0304);
	put_u32(w, 0x00330024);
	put_u32(w, 0x001d0020);
	random_bytes(w, 32, d);
	set16(w, extensions);
	set16(w, body);
	set16(w, record);
	put_bytes(w, "\x14\3\3\0\1\1", 6); /* change cipher spec, for old boxes */
}

void
say_sealed(struct writer *w, size_t n, struct dice *d)
{
	put_u8(w, 23);
	put_u16(w, 0x0303);
	put_u16(w, (uint16_t)n);
	random_bytes(w, n, d);
}
