/* SPDX-License-Identifier: ISC */
/*
 * JA3 as published by Salesforce, and JA4 (the TLS client fingerprint alone) as
 * published by FoxIO under a BSD licence.
 */
#include "decode/ja.h"

#include "base/hash.h"

enum { EXT_SERVER_NAME = 0, EXT_ALPN = 16 };

static void
list_add(struct ja_list *list, uint16_t n)
{
	if (list->len < JA_LIST_MAX)
		list->n[list->len++] = n;
	else
		list->cut = true;
}

/* The next that is not GREASE. */
static bool
next_word(struct cursor *c, uint16_t *n)
{
	while (cur_left(c) >= 2) {
		*n = cur_u16(c);
		if (!is_grease(*n))
			return true;
	}
	return false;
}

/* The next type of extension that is not GREASE. */
static bool
next_extension(struct cursor *c, uint16_t *type)
{
	while (cur_left(c) >= 4) {
		*type = cur_u16(c);
		(void)cur_block16(c);
		if (!is_grease(*type))
			return true;
	}
	return false;
}

static void
put_dashed(struct line *l, bool *first, uint32_t n)
{
	if (!*first)
		line_char(l, '-');
	line_number(l, n);
	*first = false;
}

static void
put_words(struct line *l, struct cursor c)
{
	bool first = true;

	for (uint16_t n; next_word(&c, &n);)
		put_dashed(l, &first, n);
}

void
ja3_put(struct line *l, const struct hello *h)
{
	struct cursor extensions = h->extensions;
	bool first = true;

	line_number(l, h->legacy_version);
	line_char(l, ',');
	put_words(l, h->ciphers);
	line_char(l, ',');
	for (uint16_t type; next_extension(&extensions, &type);)
		put_dashed(l, &first, type);
	line_char(l, ',');
	put_words(l, h->groups);
	line_char(l, ',');
	line_list(l, h->formats, 1, '-');
}

static const char *
version_name(uint16_t version)
{
	switch (version) {
	case 0x0304:
		return "13";
	case 0x0303:
		return "12";
	case 0x0302:
		return "11";
	case 0x0301:
		return "10";
	case 0x0300:
		return "s3";
	case 0x0002:
		return "s2";
	case 0xfeff:
		return "d1";
	case 0xfefd:
		return "d2";
	case 0xfefc:
		return "d3";
	default:
		return "00";
	}
}

static bool
is_alphanumeric(unsigned c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z');
}

/* First and last byte of the first protocol, or of its hexadecimal form. */
static void
put_protocol(struct line *l, struct cursor c)
{
	size_t n = cur_left(&c);

	if (n == 0) {
		line_word(l, "00");
		return;
	}
	unsigned first = cur_peek(&c, 0), last = cur_peek(&c, n - 1);
	bool plain = is_alphanumeric(first) && is_alphanumeric(last);
	line_char(l, plain ? (char)first : hex_digit(first >> 4));
	line_char(l, plain ? (char)last : hex_digit(last));
}

static void
put_count(struct line *l, size_t n)
{
	unsigned shown = n > 99 ? 99 : (unsigned)n;

	line_char(l, (char)('0' + shown / 10));
	line_char(l, (char)('0' + shown % 10));
}

static void
put_hex_list(struct line *l, const struct ja_list *list)
{
	size_t size = list->len > 0 ? list->len * 5 - 1 : 0; /* c02b,c02f */

	l->cut = l->cut || list->cut || size > l->cap - l->len;
	if (l->cut)
		return;
	char *at = l->s + l->len;
	for (size_t i = 0; i < list->len; i++) {
		uint16_t n = list->n[i];
		at[0] = hex_digit(n >> 12);
		at[1] = hex_digit(n >> 8);
		at[2] = hex_digit(n >> 4);
		at[3] = hex_digit(n);
		if (i + 1 < list->len)
			at[4] = ',';
		at += 5;
	}
	l->len += size;
}

/* By insertion: a few dozen, nearly sorted at times, at most JA_LIST_MAX. */
static void
list_sort(struct ja_list *list)
{
	for (size_t i = 1; i < list->len; i++) {
		uint16_t n = list->n[i];
		size_t at = i;
		for (; at > 0 && list->n[at - 1] > n; at--)
			list->n[at] = list->n[at - 1];
		list->n[at] = n;
	}
}

static void
list_words(struct ja_list *list, struct cursor c)
{
	list->len = list->count = 0;
	list->cut = false;
	for (uint16_t n; next_word(&c, &n); list->count++)
		list_add(list, n);
}

/* All but server name and ALPN, which part a tells of; those are counted. */
static void
list_extensions(struct ja_list *list, struct cursor c)
{
	list->len = list->count = 0;
	list->cut = false;
	for (uint16_t type; next_extension(&c, &type); list->count++)
		if (type != EXT_SERVER_NAME && type != EXT_ALPN)
			list_add(list, type);
}

bool
ja4_read(struct ja4 *ja, const struct hello *h)
{
	list_words(&ja->ciphers, h->ciphers);
	list_extensions(&ja->extensions, h->extensions);
	list_words(&ja->signatures, h->signatures);
	return !ja->ciphers.cut && !ja->extensions.cut && !ja->signatures.cut;
}

void
ja4_put_a(struct line *l, const struct ja4 *ja, const struct hello *h)
{
	line_char(l, h->over);
	line_word(l, version_name(h->version));
	line_char(l, h->has_server_name ? 'd' : 'i');
	put_count(l, ja->ciphers.count);
	put_count(l, ja->extensions.count);
	put_protocol(l, h->protocol);
}

bool
ja4_is_empty(const struct ja4 *ja, enum ja4_part part)
{
	return (part == JA4_B ? ja->ciphers.len : ja->extensions.len) == 0;
}

void
ja4_put(struct line *l, struct ja4 *ja, enum ja4_part part)
{
	struct ja_list *list = part == JA4_B ? &ja->ciphers : &ja->extensions;

	list_sort(list);
	put_hex_list(l, list);
	if (part == JA4_C && ja->signatures.len > 0) {
		line_char(l, '_');
		put_hex_list(l, &ja->signatures);
	}
}

uint64_t
ja4_hash(const struct ja4 *ja, enum ja4_part part, uint64_t seed)
{
	const struct ja_list *list = part == JA4_B ? &ja->ciphers : &ja->extensions;
	uint64_t sum = part;

	for (size_t i = 0; i < list->len; i++)
		sum += hash_mix(seed + list->n[i], seed);
	if (part == JA4_C)
		sum = hash_bytes(ja->signatures.n,
		    ja->signatures.len * sizeof *ja->signatures.n, sum);
	return hash_mix(sum, seed ^ list->len);
}
