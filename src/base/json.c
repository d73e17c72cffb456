/* SPDX-License-Identifier: ISC */
#include "base/json.h"

#include <math.h>
#include <string.h>

#include "base/eight.h"

static void
before(struct json *j)
{
	uint32_t bit = UINT32_C(1) << (j->depth & 31);

	if (j->after_key)
		j->after_key = false;
	else if (j->comma & bit)
		put_char(j->to, ',');
	j->comma |= bit;
}

void
json_open(struct json *j, char bracket)
{
	before(j);
	put_char(j->to, bracket);
	j->depth++;
	j->comma &= ~(UINT32_C(1) << (j->depth & 31));
}

void
json_close(struct json *j, char bracket)
{
	j->depth--;
	put_char(j->to, bracket);
}

/* Bytes that stand for themselves inside a string. */
static inline bool
plain(uint8_t c)
{
	return (c >= 0x20) & (c < 0x7f) & (c != '"') & (c != '\\');
}

static bool
all_plain(uint64_t w)
{
	return (eight_below(w, ' ') | eight_are(w, 0x7f) | eight_beyond(w) |
	           eight_are(w, '"') | eight_are(w, '\\')) == 0;
}

static size_t
utf8_length(struct text t, size_t i)
{
	uint8_t c = (uint8_t)t.s[i];
	size_t n = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

	if (n > t.len - i || !text_is_utf8((struct text){ t.s + i, n }))
		return 0;
	return n;
}

static void
escaped(struct writer *to, struct text t)
{
	for (size_t i = 0; i < t.len;) {
		size_t run = i;
		while (run + 8 <= t.len && all_plain(eight_at(t.s + run)))
			run += 8;
		while (run < t.len && plain((uint8_t)t.s[run]))
			run++;
		put_bytes(to, t.s + i, run - i);
		if ((i = run) == t.len)
			break;
		uint8_t c = (uint8_t)t.s[i];
		if (c == '"' || c == '\\') {
			put_char(to, '\\');
			put_char(to, (char)c);
		} else if (c == '\n') {
			put(to, "\\n");
		} else if (c == '\t') {
			put(to, "\\t");
		} else if (c < 0x80) {
			putf(to, "\\u%04x", c);
		} else {
			size_t n = utf8_length(t, i);
			if (n > 0)
				put_bytes(to, t.s + i, n);
			else
				put(to, "\xef\xbf\xbd");
			i += n > 0 ? n : 1;
			continue;
		}
		i++;
	}
}

void
json_key(struct json *j, const char *key)
{
	before(j);
	put_char(j->to, '"');
	escaped(j->to, text_of(key));
	put(j->to, "\":");
	j->after_key = true;
}

void
json_string(struct json *j, struct text t)
{
	before(j);
	put_char(j->to, '"');
	escaped(j->to, t);
	put_char(j->to, '"');
}

void
json_cstring(struct json *j, const char *s)
{
	if (s == NULL)
		json_null(j);
	else
		json_string(j, text_of(s));
}

void
json_uint(struct json *j, uint64_t n)
{
	before(j);
	put_number(j->to, n);
}

void
json_int(struct json *j, int64_t n)
{
	before(j);
	if (n < 0)
		put_char(j->to, '-');
	put_number(j->to, n < 0 ? (uint64_t)0 - (uint64_t)n : (uint64_t)n);
}

void
json_real(struct json *j, double x, int digits)
{
	before(j);
	if (isfinite(x))
		put_real(j->to, x, (unsigned)digits);
	else
		put(j->to, "null");
}

void
json_bool(struct json *j, bool b)
{
	before(j);
	put(j->to, b ? "true" : "false");
}

void
json_null(struct json *j)
{
	before(j);
	put(j->to, "null");
}

void
json_raw(struct json *j, struct text t)
{
	before(j);
	put_text(j->to, t);
}

void
json_line(struct json *j)
{
	put_char(j->to, '\n');
	*j = json_over(j->to);
}

void
json_event(struct json *j, const char *type, int64_t at)
{
	char when[TIME_TEXT];

	json_open(j, '{');
	if (at != TIME_NONE) {
		json_key(j, "timestamp");
		json_cstring(j, time_print(at, when));
	}
	json_key(j, "event_type");
	json_cstring(j, type);
	json_key(j, type);
	json_open(j, '{');
}

void
json_event_end(struct json *j)
{
	json_close(j, '}');
	json_close(j, '}');
	json_line(j);
}
