/* SPDX-License-Identifier: ISC */
#include "base/schema.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { SHOWN = 60 }; /* bytes of a wrong value that a message repeats */

static void tell(struct schema *, const struct yaml *, bool, const char *, va_list)
    PRINTF_LIKE(4, 0);

static void
tell(struct schema *s, const struct yaml *y, bool mistake, const char *format,
    va_list args)
{
	char line[512];

	(void)vsnprintf(line, sizeof line, format, args);
	if (!mistake)
		caution(s->to, s->file, y->line, y->column, "%s", line);
	else if (s->to->errors < YAML_MISTAKES)
		complain(s->to, s->file, y->line, y->column, "%s", line);
}

void
wrong(struct schema *s, const struct yaml *y, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(s, y, true, format, args);
	va_end(args);
}

void
doubtful(struct schema *s, const struct yaml *y, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(s, y, false, format, args);
	va_end(args);
}

/* As much of a text as a message repeats, cut between characters. */
static int
shown(struct text t)
{
	size_t n = t.len < SHOWN ? t.len : SHOWN;

	while (n > 0 && n < t.len && ((uint8_t)t.s[n] & 0xc0) == 0x80)
		n--;
	return (int)n;
}

static const char *
kind_name(enum yaml_kind kind)
{
	return kind == YAML_SCALAR ? "a word"
	    : kind == YAML_MAPPING ? "a mapping (key: value)"
	                           : "a list";
}

static bool
is_kind(struct schema *s, const struct yaml *y, const char *what, enum yaml_kind kind)
{
	if (y == NULL || y->bad)
		return false;
	if (y->kind == kind)
		return true;
	if (y->kind == YAML_SCALAR && y->scalar.len == 0 && !y->quoted)
		wrong(s, y, "%s: want %s, nothing is there", what, kind_name(kind));
	else
		wrong(s, y, "%s: want %s, this is %s", what, kind_name(kind),
		    kind_name(y->kind));
	return false;
}

bool
schema_mapping(struct schema *s, const struct yaml *y, const char *what,
    const char *const *keys, size_t n)
{
	if (!is_kind(s, y, what, YAML_MAPPING))
		return false;
	yaml_known(y, s->file, what, keys, n, s->to);
	return true;
}

bool
schema_sequence(struct schema *s, const struct yaml *y, const char *what)
{
	return is_kind(s, y, what, YAML_SEQUENCE);
}

size_t
schema_count(const struct yaml *y)
{
	size_t n = 0;

	if (y != NULL)
		for (const struct yaml *item = y->first; item != NULL;
		     item = item->next)
			n++;
	return n;
}

const struct yaml *
schema_need(struct schema *s, const struct yaml *mapping, const char *what,
    const char *key)
{
	const struct yaml *y = yaml_get(mapping, key);

	if (y == NULL)
		wrong(s, mapping, "%s lacks the key '%s'", what, key);
	return y;
}

bool
schema_scalar(struct schema *s, const struct yaml *y, const char *what)
{
	if (!is_kind(s, y, what, YAML_SCALAR))
		return false;
	if (y->scalar.len == 0)
		wrong(s, y, "%s: nothing is there", what);
	return y->scalar.len > 0;
}

/* What a text may not hold although an escape of YAML can write it. */
static bool
is_hidden(struct text t, size_t i)
{
	uint8_t c = (uint8_t)t.s[i], next = i + 1 < t.len ? (uint8_t)t.s[i + 1] : 0;
	uint8_t last = i + 2 < t.len ? (uint8_t)t.s[i + 2] : 0;

	return c < 0x20 || c == 0x7f || (c == 0xc2 && next < 0xa0) ||
	    (c == 0xef && next == 0xbb && last == 0xbf) ||
	    (c == 0xef && next == 0xbf && last >= 0xbe);
}

/* The length of a blank or line break at i, or 0. */
static size_t
blank(struct text t, size_t i)
{
	static const char *const blanks[] = { " ", "\t", "\n", "\r", "\xc2\x85",
		"\xe2\x80\xa8", "\xe2\x80\xa9" };
	struct text rest = { t.s + i, t.len - i };

	for (size_t n = 0; n < sizeof blanks / sizeof blanks[0]; n++)
		if (text_starts(rest, text_of(blanks[n])))
			return strlen(blanks[n]);
	return 0;
}

const char *
schema_text(struct schema *s, const struct yaml *y, const char *what)
{
	size_t n = 0;

	if (!schema_scalar(s, y, what))
		return NULL;
	char *out = arena_take(s->arena, y->scalar.len + 1);
	for (size_t i = 0; i < y->scalar.len;) {
		size_t skip = blank(y->scalar, i);
		if (skip > 0) {
			if (n > 0 && out[n - 1] != ' ')
				out[n++] = ' ';
			i += skip;
			continue;
		}
		if (is_hidden(y->scalar, i)) {
			wrong(s, y, "%s: a control character has no place here", what);
			return NULL;
		}
		out[n++] = y->scalar.s[i++];
	}
	if (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	if (n == 0)
		wrong(s, y, "%s: nothing is there", what);
	return n > 0 ? out : NULL;
}

int
schema_word(struct schema *s, const struct yaml *y, const char *what,
    const char *const *words, size_t n)
{
	char list[256] = "";
	size_t len = 0;

	if (!schema_scalar(s, y, what))
		return -1;
	for (size_t i = 0; i < n; i++)
		if (text_is(y->scalar, words[i]))
			return (int)i;
	for (size_t i = 0; i < n && len < sizeof list; i++) {
		const char *before = i == 0 ? "" : i + 1 == n ? " or " : ", ";
		int more = snprintf(list + len, sizeof list - len, "%s%s", before,
		    words[i]);
		len += more > 0 ? (size_t)more : 0;
	}
	const char *nearest = text_nearest(y->scalar, words, n);
	wrong(s, y, "%s: want %s, not '%.*s'%s%s%s", what, list, shown(y->scalar),
	    y->scalar.s, nearest != NULL ? ": do you mean '" : "",
	    nearest != NULL ? nearest : "", nearest != NULL ? "'?" : "");
	return -1;
}

bool
schema_yes(struct schema *s, const struct yaml *y, const char *what, bool absent)
{
	static const char *const words[] = { "yes", "no", "true", "false" };

	if (y == NULL || !schema_scalar(s, y, what))
		return absent;
	for (size_t i = 0; i < 4; i++)
		if (text_is(y->scalar, words[i]))
			return i % 2 == 0;
	(void)schema_word(s, y, what, words, 2);
	return absent;
}

bool
schema_number(struct schema *s, const struct yaml *y, const char *what,
    unsigned long long least, unsigned long long most, unsigned long long *out)
{
	if (!schema_scalar(s, y, what))
		return false;
	if (text_number(y->scalar, out) && *out >= least && *out <= most)
		return true;
	wrong(s, y, "%s: want a whole number from %llu to %llu, not '%.*s'", what,
	    least, most, shown(y->scalar), y->scalar.s);
	return false;
}

/* By whole numbers and one division, so that what is printed reads back equal. */
static bool
share_parse(struct text t, double *out)
{
	static const double scale[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };
	size_t point = text_find(t, '.', 0);
	struct text after = { t.s + point + 1, point < t.len ? t.len - point - 1 : 0 };
	unsigned long long whole, part = 0;

	if (!text_number((struct text){ t.s, point }, &whole) || whole > 1 ||
	    after.len > 6 || (point < t.len && !text_number(after, &part)))
		return false;
	*out = ((double)whole * scale[after.len] + (double)part) / scale[after.len];
	return *out > 0 && *out <= 1;
}

bool
schema_share(struct schema *s, const struct yaml *y, const char *what, double *out)
{
	if (!schema_scalar(s, y, what))
		return false;
	if (share_parse(y->scalar, out))
		return true;
	wrong(s, y, "%s: want a share above 0 and up to 1, such as 0.95, not '%.*s'",
	    what, shown(y->scalar), y->scalar.s);
	return false;
}

void
put_share(struct writer *w, double share)
{
	char buf[16];

	(void)snprintf(buf, sizeof buf, "%.6f", share);
	size_t n = strlen(buf);
	while (n > 4 && buf[n - 1] == '0')
		n--;
	put_bytes(w, buf, n);
}

static int
by_text(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

/* Any two equal ones, found without comparing each with each. */
static bool
has_double(const char **list, size_t n, const char **which)
{
	const char **sorted = must_alloc(n, sizeof(char *));
	bool found = false;

	memcpy(sorted, list, n * sizeof(char *));
	qsort(sorted, n, sizeof(char *), by_text);
	for (size_t i = 1; i < n && !found; i++)
		if (strcmp(sorted[i], sorted[i - 1]) == 0) {
			*which = sorted[i];
			found = true;
		}
	free(sorted);
	return found;
}

size_t
schema_texts(struct schema *s, const struct yaml *y, const char *what,
    const char ***out)
{
	size_t n = 0;
	const char *twice;

	if (!schema_sequence(s, y, what))
		return 0;
	const char **list = arena_take(s->arena, (schema_count(y) + 1) * sizeof *list);
	for (const struct yaml *item = y->first; item != NULL; item = item->next)
		if ((list[n] = schema_text(s, item, what)) != NULL)
			n++;
	if (y->first == NULL)
		wrong(s, y, "%s: the list is empty", what);
	if (n > 1 && has_double(list, n, &twice))
		wrong(s, y, "%s: '%.*s' stands twice", what, SHOWN, twice);
	*out = list;
	return n;
}

const struct zone *
schema_zone(struct schema *s, const struct yaml *y)
{
	char buf[ZONE_TEXT];

	if (!schema_scalar(s, y, "zone"))
		return NULL;
	const struct zone *z = zone_find(y->scalar);
	if (z != NULL)
		return z;
	const char *nearest = zone_nearest(y->scalar, buf);
	wrong(s, y, "zone: no time zone is called '%.*s'%s%s%s", shown(y->scalar),
	    y->scalar.s, nearest != NULL ? ": do you mean '" : ", want one such as ",
	    nearest != NULL ? nearest : "Europe/Moscow", nearest != NULL ? "'?" : "");
	return NULL;
}
