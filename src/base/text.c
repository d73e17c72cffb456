/* SPDX-License-Identifier: ISC */
#include "base/text.h"

#include <limits.h>
#include <stdint.h>

#include "base/eight.h"

static char
fold(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool
text_equal(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}

bool
text_is(struct text t, const char *s)
{
	return text_equal(t, text_of(s));
}

bool
text_equal_word(struct text a, struct text b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (fold(a.s[i]) != fold(b.s[i]))
			return false;
	return true;
}

bool
text_is_word(struct text t, const char *s)
{
	return text_equal_word(t, text_of(s));
}

bool
text_starts(struct text t, struct text prefix)
{
	return t.len >= prefix.len &&
	    text_equal((struct text){ t.s, prefix.len }, prefix);
}

bool
text_ends(struct text t, struct text suffix)
{
	return t.len >= suffix.len &&
	    text_equal((struct text){ t.s + t.len - suffix.len, suffix.len }, suffix);
}

size_t
text_find(struct text t, char c, size_t from)
{
	if (from >= t.len)
		return t.len;
	const char *hit = memchr(t.s + from, c, t.len - from);
	return hit == NULL ? t.len : (size_t)(hit - t.s);
}

struct text
text_trim(struct text t)
{
	while (t.len > 0 && (t.s[0] == ' ' || t.s[0] == '\t')) {
		t.s++;
		t.len--;
	}
	while (t.len > 0 &&
	    (t.s[t.len - 1] == ' ' || t.s[t.len - 1] == '\t' || t.s[t.len - 1] == '\r'))
		t.len--;
	return t;
}

/* The first byte from `i` on that is not ASCII, or one not much before it. */
static size_t
skip_ascii(struct text t, size_t i)
{
	while (i + 8 <= t.len && eight_beyond(eight_at(t.s + i)) == 0)
		i += 8;
	return i;
}

bool
text_is_utf8(struct text t)
{
	size_t i = skip_ascii(t, 0);

	while (i < t.len) {
		uint8_t c = (uint8_t)t.s[i++];
		if (c < 0x80)
			continue;
		size_t more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
		if (c < 0xc2 || c > 0xf4 || more > t.len - i)
			return false;
		uint8_t first = (uint8_t)t.s[i];
		if ((c == 0xe0 && first < 0xa0) || (c == 0xed && first > 0x9f) ||
		    (c == 0xf0 && first < 0x90) || (c == 0xf4 && first > 0x8f))
			return false;
		for (; more > 0; more--)
			if (((uint8_t)t.s[i++] & 0xc0) != 0x80)
				return false;
	}
	return true;
}

bool
text_accept(struct text *t, char c)
{
	if (t->len == 0 || t->s[0] != c)
		return false;
	t->s++;
	t->len--;
	return true;
}

bool
text_split(struct text *rest, char separator, struct text *field)
{
	if (rest->s == NULL)
		return false;
	size_t at = text_find(*rest, separator, 0);
	*field = (struct text){ rest->s, at };
	if (at == rest->len)
		*rest = (struct text){ NULL, 0 };
	else
		*rest = (struct text){ rest->s + at + 1, rest->len - at - 1 };
	return true;
}

bool
text_number(struct text t, unsigned long long *out)
{
	unsigned long long n = 0;

	if (t.len == 0)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] < '0' || t.s[i] > '9')
			return false;
		unsigned digit = (unsigned)(t.s[i] - '0');
		if (n > (ULLONG_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

enum { WORD_MAX = 48 };

/*
 * Levenshtein's distance, with two letters that changed places as one change;
 * words over WORD_MAX are far from all.
 */
static size_t
distance(struct text a, struct text b)
{
	size_t rows[3][WORD_MAX + 1];

	if (a.len > WORD_MAX || b.len > WORD_MAX)
		return WORD_MAX;
	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			char x = fold(a.s[i - 1]), y = fold(b.s[j - 1]);
			size_t best = above[j - 1] + (x != y);
			if (above[j] + 1 < best)
				best = above[j] + 1;
			if (row[j - 1] + 1 < best)
				best = row[j - 1] + 1;
			if (i > 1 && j > 1 && x == fold(b.s[j - 2]) &&
			    y == fold(a.s[i - 2]) &&
			    rows[(i + 1) % 3][j - 2] + 1 < best)
				best = rows[(i + 1) % 3][j - 2] + 1;
			row[j] = best;
		}
	}
	return rows[a.len % 3][b.len];
}

const char *
text_nearest(struct text word, const char *const *words, size_t n)
{
	const char *nearest = NULL;
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < n; i++) {
		struct text w = text_of(words[i]);
		size_t d = distance(word, w);
		size_t longest = w.len > word.len ? w.len : word.len;
		if (d < best && d * 3 <= longest + 1) {
			best = d;
			nearest = words[i];
		}
	}
	return nearest;
}

const char *
text_is_other(struct text t)
{
	static const char capture[] = "a capture of packets: `interdict scan` reads it";
	static const char sheet[] =
	    "a spreadsheet or an archive (ZIP): export it as CSV";
	static const struct {
		const char *bytes;
		size_t n;
		const char *what;
	} magics[] = {
		{ "\xff\xfe", 2, "UTF-16: save the file as UTF-8" },
		{ "\xfe\xff", 2, "UTF-16: save the file as UTF-8" },
		{ "\x1f\x8b", 2, "packed by gzip: unpack it first" },
		{ "\x28\xb5\x2f\xfd", 4, "packed by zstd: unpack it first" },
		{ "\xd4\xc3\xb2\xa1", 4, capture },
		{ "\xa1\xb2\xc3\xd4", 4, capture },
		{ "\x4d\x3c\xb2\xa1", 4, capture },
		{ "\xa1\xb2\x3c\x4d", 4, capture },
		{ "\x0a\x0d\x0d\x0a", 4, capture },
		{ "PK\x03\x04", 4, sheet },
		{ "%PDF-", 5, "a PDF: what is wanted is a text" },
		{ "SQLite format 3", 16, "a database: what is wanted is a text" },
	};

	for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
		if (text_starts(t, (struct text){ magics[i].bytes, magics[i].n }))
			return magics[i].what;
	return NULL;
}
