/* SPDX-License-Identifier: ISC */
#ifndef DECODE_LINE_H
#define DECODE_LINE_H

#include "base/addr.h"
#include "base/cursor.h"
#include "base/text.h"

/*
 * A text that a decoder builds in a buffer on its stack. What does not fit is
 * left out and marks the line cut; a cut line is never half said.
 */
struct line {
	char *s;
	size_t len, cap;
	bool cut;
};

static inline struct line
line_over(char *buffer, size_t cap)
{
	return (struct line){ buffer, 0, cap, false };
}

/* Empty when the line was cut: say() then drops it. */
static inline struct text
line_text(const struct line *l)
{
	return (struct text){ l->s, l->cut ? 0 : l->len };
}

static inline void
line_char(struct line *l, char c)
{
	if (l->len < l->cap)
		l->s[l->len++] = c;
	else
		l->cut = true;
}

static inline void
line_put(struct line *l, struct text t)
{
	if (t.len > l->cap - l->len) {
		l->cut = true;
		return;
	}
	if (t.len > 0)
		memcpy(l->s + l->len, t.s, t.len);
	l->len += t.len;
}

static inline void
line_word(struct line *l, const char *word)
{
	line_put(l, text_of(word));
}

static inline void
line_number(struct line *l, uint32_t n)
{
	char digits[10];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	line_put(l, (struct text){ digits + at, sizeof digits - at });
}

static inline char
hex_digit(unsigned nibble)
{
	return "0123456789abcdef"[nibble & 15];
}

/* A character as UTF-8, RFC 3629. */
static inline void
line_utf8(struct line *l, uint32_t c)
{
	if (c < 0x80) {
		line_char(l, (char)c);
		return;
	}
	if (c < 0x800) {
		line_char(l, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			line_char(l, (char)(0xe0 | c >> 12));
		} else {
			line_char(l, (char)(0xf0 | c >> 18));
			line_char(l, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		line_char(l, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	line_char(l, (char)(0x80 | (c & 0x3f)));
}

/* Up to its first NUL, and without blanks around: what a field of fixed length holds.
 */
static inline struct text
text_unpadded(struct text t)
{
	t.len = text_find(t, '\0', 0);
	return text_trim(t);
}

/* Names of the bits that are set, a comma between; a name of NULL has none. */
static inline void
line_bits(struct line *l, uint32_t bits, const char *const *names, size_t n)
{
	for (size_t i = 0, said = 0; i < n; i++) {
		if ((bits >> i & 1) == 0 || names[i] == NULL)
			continue;
		if (said++ > 0)
			line_char(l, ',');
		line_word(l, names[i]);
	}
}

/* Two digits a byte, lower case. */
static inline void
line_hex(struct line *l, struct cursor c)
{
	while (cur_left(&c) > 0) {
		unsigned byte = cur_u8(&c);
		line_char(l, hex_digit(byte >> 4));
		line_char(l, hex_digit(byte));
	}
}

/* As many pairs of digits as the number needs, at least one. */
static inline void
line_hex_number(struct line *l, uint64_t n)
{
	int shift = 56;

	while (shift > 0 && n >> shift == 0)
		shift -= 8;
	for (; shift >= 0; shift -= 8) {
		line_char(l, hex_digit((unsigned)(n >> (shift + 4))));
		line_char(l, hex_digit((unsigned)(n >> shift)));
	}
}

/* Four digits, lower case. */
static inline void
line_hex16(struct line *l, unsigned n)
{
	for (int shift = 12; shift >= 0; shift -= 4)
		line_char(l, hex_digit(n >> shift));
}

/* The numbers of a list of bytes or of 16-bit words, with a sign between. */
static inline void
line_list(struct line *l, struct cursor c, size_t width, char between)
{
	for (size_t start = l->len; cur_left(&c) >= width;) {
		if (l->len > start)
			line_char(l, between);
		line_number(l, width == 2 ? cur_u16(&c) : cur_u8(&c));
	}
}

#endif
