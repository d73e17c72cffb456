/* SPDX-License-Identifier: ISC */
/* Bodies of entries: one object of strings, its keys sorted, no blanks (RFC 8785). */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "store/project.h"

static int
by_key(const void *a, const void *b)
{
	return strcmp(((const struct pair_of_text *)a)->key,
	    ((const struct pair_of_text *)b)->key);
}

void
body_put(struct writer *w, struct pair_of_text *pairs, size_t n)
{
	struct json j = json_over(w);

	qsort(pairs, n, sizeof *pairs, by_key);
	json_open(&j, '{');
	for (size_t i = 0; i < n; i++) {
		if (pairs[i].value.len == 0)
			continue;
		json_key(&j, pairs[i].key);
		json_string(&j, pairs[i].value);
	}
	json_close(&j, '}');
}

static unsigned
hex4(const char *s)
{
	unsigned n = 0;

	for (size_t i = 0; i < 4; i++) {
		char c = (char)(s[i] | 0x20);
		unsigned d = c >= 'a' ? (unsigned)(c - 'a') + 10 : (unsigned)(c - '0');
		n = n << 4 | (d & 15);
	}
	return n;
}

/* One escape of RFC 8259 at t.s[i], behind the backslash, as UTF-8; where it ends. */
static size_t
put_escape(struct writer *w, struct text t, size_t i)
{
	static const char names[] = "bfnrt", bytes[] = "\b\f\n\r\t";
	const char *name = strchr(names, t.s[i]);

	if (t.s[i] != 'u' || t.len - i < 5) {
		put_char(w,
		    name != NULL && t.s[i] != '\0' ? bytes[name - names] : t.s[i]);
		return i + 1;
	}
	uint32_t c = hex4(t.s + i + 1);
	i += 5;
	if (c >= 0xd800 && c < 0xdc00 && t.len - i >= 6) {
		c = 0x10000 + ((c & 0x3ff) << 10 | (hex4(t.s + i + 2) & 0x3ff));
		i += 6;
	}
	if (c < 0x80) {
		put_u8(w, (uint8_t)c);
		return i;
	}
	if (c >= 0x10000)
		put_u8(w, (uint8_t)(0xf0 | c >> 18));
	if (c >= 0x800)
		put_u8(w,
		    (uint8_t)(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3f) : 0xe0 | c >> 12));
	put_u8(w, (uint8_t)(c >= 0x800 ? 0x80 | (c >> 6 & 0x3f) : 0xc0 | c >> 6));
	put_u8(w, (uint8_t)(0x80 | (c & 0x3f)));
	return i;
}

/* A string, from its quote on; false where the text is no such object. */
static bool
string_next(struct text *rest, struct arena *arena, struct text *out)
{
	size_t i = 1;
	struct writer w;

	if (rest->len < 2 || rest->s[0] != '"')
		return false;
	writer_to_memory(&w);
	while (i < rest->len && rest->s[i] != '"') {
		size_t from = i;
		while (i < rest->len && rest->s[i] != '"' && rest->s[i] != '\\')
			i++;
		put_bytes(&w, rest->s + from, i - from);
		if (i + 1 < rest->len && rest->s[i] == '\\')
			i = put_escape(&w, *rest, i + 1);
	}
	*out = arena_text(arena, writer_text(&w));
	(void)writer_close(&w);
	if (i >= rest->len)
		return false;
	*rest = (struct text){ rest->s + i + 1, rest->len - i - 1 };
	return true;
}

bool
body_next(struct text *rest, struct arena *arena, struct pair_of_text *out)
{
	struct text key;

	if (rest->len < 2 || (rest->s[0] != '{' && rest->s[0] != ','))
		return false;
	*rest = (struct text){ rest->s + 1, rest->len - 1 };
	if (!string_next(rest, arena, &key) || rest->len < 2 || rest->s[0] != ':')
		return false;
	*rest = (struct text){ rest->s + 1, rest->len - 1 };
	out->key = arena_string(arena, key);
	return string_next(rest, arena, &out->value);
}

struct text
body_get(struct text body, const char *key, struct arena *arena)
{
	struct pair_of_text p;

	while (body_next(&body, arena, &p))
		if (strcmp(p.key, key) == 0)
			return p.value;
	return (struct text){ NULL, 0 };
}

/* By which field an entry of a kind is told from others; "" for all of it. */
static const struct {
	const char *kind, *field;
} keys[] = {
	{ "person", "id" },
	{ "directive", "id" },
	{ "site", "id" },
	{ "list", "id" },
	{ "custody", "" },
	{ "statement", "" },
	{ "exception", "" },
	{ "link", "" },
	{ "correction", "" },
	{ "item", "identifier" },
	{ "notice", "id" },
	{ "replacement", "" },
	{ "verdict", "id" },
	{ "baseline", "id" },
	{ "retention", "id" },
	{ "disposal", "id" },
	{ "examination", "" },
	{ "wiping", "" },
	{ "submission", "" },
};

struct text
project_key(struct text kind, struct text body, struct arena *arena)
{
	uint8_t sum[16];
	char hex[33];

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (!text_is(kind, keys[i].kind))
			continue;
		if (keys[i].field[0] != '\0')
			return body_get(body, keys[i].field, arena);
		(void)crypto_generichash(sum, sizeof sum, (const uint8_t *)body.s,
		    body.len, NULL, 0);
		return arena_text(arena, text_of(hex_print(sum, sizeof sum, hex)));
	}
	return (struct text){ NULL, 0 };
}
