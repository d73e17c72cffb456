/* SPDX-License-Identifier: ISC */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/cursor.h"

/*
 * A text is bytes that somebody else owns, with their length. What comes from
 * a packet is never a char *: it may hold a NUL, and it need not be UTF-8.
 */
struct text {
	const char *s;
	size_t len;
};

static inline struct text
text_of(const char *s)
{
	return (struct text){ s, strlen(s) };
}

/* The bytes of a cursor; empty when it is spent. */
static inline struct text
text_from(struct cursor c)
{
	return (struct text){ (const char *)c.at, cur_ok(&c) ? cur_left(&c) : 0 };
}

/* Whatever the locale. */
static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* By its first bytes: what a file is that is no text in UTF-8, and what to do; NULL:
 * it may be one. */
const char *text_is_other(struct text);
/* Case counts in text_is; ASCII letters fold in text_is_word. */
bool text_is(struct text, const char *);
bool text_equal(struct text, struct text);
bool text_is_word(struct text, const char *);
bool text_equal_word(struct text, struct text);
bool text_starts(struct text, struct text prefix);
bool text_ends(struct text, struct text suffix);
/* Index of the first byte c at or after from, or len. */
size_t text_find(struct text, char c, size_t from);
struct text text_trim(struct text);
/* Well-formed UTF-8 of RFC 3629: no surrogates, no overlong forms. */
bool text_is_utf8(struct text);
/* Takes this byte off the front, if it is there. */
bool text_accept(struct text *, char);
/* Cuts the next field at a separator byte; false when nothing is left. */
bool text_split(struct text *rest, char separator, struct text *field);
/* The value of a hexadecimal digit, in either case; -1 when it is none. */
static inline int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A decimal number without sign; false on anything else or on overflow. */
bool text_number(struct text, unsigned long long *out);

/*
 * The nearest of n words by edit distance (letters fold), or NULL when none is
 * near enough to be what somebody meant: at most a third of its length away.
 */
const char *text_nearest(struct text word, const char *const *words, size_t n);

#endif
