/* SPDX-License-Identifier: ISC */
/* RFC 8259, strictly, and nothing kept but what was asked for. */
#include "import/jsonscan.h"

#include <stdlib.h>
#include <string.h>

#include "base/eight.h"
#include "base/err.h"
#include "import/hex.h"

enum { BUCKETS = 32, NOBODY = 0, NO_PICK = -1 };

/* A node is an object in which known keys stand, or a value that is picked. */
struct node {
	const char *name;
	size_t len;
	int pick;               /* number of the path that ends here, or NO_PICK */
	uint8_t next;           /* of the same bucket of its parent */
	uint8_t first[BUCKETS]; /* of children, by hash */
	bool has_children;
};

struct scan_keys {
	struct node nodes[SCAN_KEYS]; /* 0: nobody; 1: the outermost object */
	size_t n, n_picks;
};

struct scan {
	const char *at, *end, *start;
	const struct scan_keys *keys;
	struct pick *picks;
	struct scan_error *error;
	unsigned depth;
	bool met[SCAN_KEYS]; /* objects with known keys that were there already */
};

static unsigned
bucket_of(const char *s, size_t len)
{
	return len == 0
	    ? 0
	    : ((unsigned)len * 5 + (uint8_t)s[0] * 3 + (uint8_t)s[len - 1]) % BUCKETS;
}

static uint8_t
child_of(const struct scan_keys *k, uint8_t parent, const char *s, size_t len)
{
	uint8_t i = k->nodes[parent].first[bucket_of(s, len)];

	while (i != NOBODY &&
	    (k->nodes[i].len != len || memcmp(k->nodes[i].name, s, len) != 0))
		i = k->nodes[i].next;
	return i;
}

static uint8_t
child_new(struct scan_keys *k, uint8_t parent, const char *s, size_t len)
{
	uint8_t i = child_of(k, parent, s, len);
	uint8_t *bucket = &k->nodes[parent].first[bucket_of(s, len)];

	if (i != NOBODY)
		return i;
	if (k->n == SCAN_KEYS)
		FAULT("more keys than a scanner has room for");
	i = (uint8_t)k->n++;
	k->nodes[i] = (struct node){ s, len, NO_PICK, *bucket, { 0 }, false };
	*bucket = i;
	k->nodes[parent].has_children = true;
	return i;
}

struct scan_keys *
scan_keys_new(const char *const *paths, size_t n)
{
	struct scan_keys *k = must_alloc(1, sizeof *k);

	k->n = 2;
	k->n_picks = n;
	k->nodes[1].pick = NO_PICK;
	for (size_t i = 0; i < n; i++) {
		struct text rest = text_of(paths[i]), part;
		uint8_t at = 1;
		while (text_split(&rest, '/', &part))
			at = child_new(k, at, part.s, part.len);
		k->nodes[at].pick = (int)i;
	}
	return k;
}

void
scan_keys_free(struct scan_keys *k)
{
	free(k);
}

static bool
wrong(struct scan *s, const char *what)
{
	if (s->error->what == NULL)
		*s->error = (struct scan_error){ what, (size_t)(s->at - s->start) };
	return false;
}

static void
blanks(struct scan *s)
{
	while (s->at < s->end &&
	    (*s->at == ' ' || *s->at == '\t' || *s->at == '\n' || *s->at == '\r'))
		s->at++;
}

/* Four hexadecimal digits; -1 when they are none. */
static long
hex4(const char *s, const char *end)
{
	long n = 0;

	if (end - s < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		int digit = hex_value(s[i]);
		if (digit < 0)
			return -1;
		n = n * 16 + digit;
	}
	return n;
}

/* Behind the backslash; a surrogate wants its second half, and NUL is no text. */
static bool
escape(struct scan *s)
{
	if (s->at == s->end)
		return wrong(s, "the string does not end");
	char c = *s->at;
	if (c != 'u') {
		if (c == '\0' || strchr("\"\\/bfnrt", c) == NULL)
			return wrong(s, "no such escape");
		s->at++;
		return true;
	}
	long n = hex4(s->at + 1, s->end);
	if (n <= 0 || (n >= 0xdc00 && n < 0xe000))
		return wrong(s, n == 0 ? "a NUL in a string" : "no such escape");
	s->at += 5;
	if (n < 0xd800 || n >= 0xdc00)
		return true;
	if (s->end - s->at < 6 || s->at[0] != '\\' || s->at[1] != 'u')
		return wrong(s, "half of a character");
	n = hex4(s->at + 2, s->end);
	if (n < 0xdc00 || n >= 0xe000)
		return wrong(s, "half of a character");
	s->at += 6;
	return true;
}

/* True when one of eight bytes is a quote, a backslash or a control. */
static bool
has_special(const char *s)
{
	uint64_t w = eight_at(s);

	return (eight_are(w, '"') | eight_are(w, '\\') | eight_below(w, ' ')) != 0;
}

/* At the opening quote; out->raw is what stands between. */
static bool
string(struct scan *s, struct pick *out)
{
	const char *start = ++s->at;

	out->escaped = false;
	for (;;) {
		while (s->end - s->at >= 8 && !has_special(s->at))
			s->at += 8;
		if (s->at == s->end)
			return wrong(s, "the string does not end");
		uint8_t c = (uint8_t)*s->at;
		if (c == '"')
			break;
		if (c < ' ')
			return wrong(s, "a control character in a string");
		s->at++;
		if (c != '\\')
			continue;
		out->escaped = true;
		if (!escape(s))
			return false;
	}
	out->raw = (struct text){ start, (size_t)(s->at++ - start) };
	out->type = PICK_STRING;
	return true;
}

static bool
digits(struct scan *s)
{
	const char *start = s->at;

	while (s->at < s->end && *s->at >= '0' && *s->at <= '9')
		s->at++;
	return s->at > start;
}

static bool
number(struct scan *s)
{
	if (*s->at == '-')
		s->at++;
	const char *start = s->at;
	if (!digits(s) || (*start == '0' && s->at - start > 1))
		return wrong(s, "no such number");
	if (s->at < s->end && *s->at == '.') {
		s->at++;
		if (!digits(s))
			return wrong(s, "no such number");
	}
	if (s->at < s->end && (*s->at | 32) == 'e') {
		s->at++;
		if (s->at < s->end && (*s->at == '+' || *s->at == '-'))
			s->at++;
		if (!digits(s))
			return wrong(s, "no such number");
	}
	return true;
}

static bool
word(struct scan *s, const char *name)
{
	size_t n = strlen(name);

	if ((size_t)(s->end - s->at) < n || memcmp(s->at, name, n) != 0)
		return wrong(s, "want a value");
	s->at += n;
	return true;
}

static bool value(struct scan *, uint8_t node, struct pick *);

/* array := "[" [ value { "," value } ] "]" */
static bool
array(struct scan *s)
{
	struct pick element;

	s->at++;
	blanks(s);
	if (s->at < s->end && *s->at == ']') {
		s->at++;
		return true;
	}
	for (;;) {
		if (!value(s, NOBODY, &element))
			return false;
		blanks(s);
		if (s->at == s->end || (*s->at != ',' && *s->at != ']'))
			return wrong(s, "want a comma or ] here");
		if (*s->at++ == ']')
			return true;
	}
}

/* What was picked from an object that stands here again is not there any more. */
static void
forget(struct scan *s, uint8_t node)
{
	const struct node *n = &s->keys->nodes[node];

	for (unsigned b = 0; b < BUCKETS; b++)
		for (uint8_t i = n->first[b]; i != NOBODY; i = s->keys->nodes[i].next) {
			if (s->keys->nodes[i].pick != NO_PICK)
				s->picks[s->keys->nodes[i].pick].type = PICK_NONE;
			if (s->keys->nodes[i].has_children)
				forget(s, i);
		}
}

static size_t
put_utf8(char *to, unsigned long c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		to[0] = (char)(0xe0 | c >> 12);
		to[1] = (char)(0x80 | (c >> 6 & 0x3f));
		to[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	to[0] = (char)(0xf0 | c >> 18);
	to[1] = (char)(0x80 | (c >> 12 & 0x3f));
	to[2] = (char)(0x80 | (c >> 6 & 0x3f));
	to[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* One escape behind its backslash: how many bytes of s it took. It was checked. */
static size_t
unescape(const char *s, const char *end, char *to, size_t *made)
{
	static const char plain[] = "bfnrt", meant[] = "\b\f\n\r\t";

	if (*s == 'u') {
		unsigned long c = (unsigned long)hex4(s + 1, end);
		size_t took = 5;
		if (c >= 0xd800 && c < 0xdc00 && end - s >= 11) {
			unsigned long low = (unsigned long)hex4(s + 7, end);
			c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
			took = 11;
		}
		*made = put_utf8(to, c);
		return took;
	}
	const char *known = strchr(plain, *s);
	*to = known != NULL ? meant[known - plain] : *s;
	*made = 1;
	return 1;
}

/* Nobody writes a name with escapes that it does not need; but it is the same name. */
static uint8_t
known_name(const struct scan_keys *k, uint8_t node, const struct pick *name)
{
	char plain[64];
	size_t n = 0, made;
	const char *s = name->raw.s, *end = s + name->raw.len;

	if (!name->escaped)
		return child_of(k, node, s, name->raw.len);
	while (s < end) {
		if (n + 4 > sizeof plain)
			return NOBODY;
		if (*s != '\\') {
			plain[n++] = *s++;
			continue;
		}
		s++;
		s += unescape(s, end, plain + n, &made);
		n += made;
	}
	return child_of(k, node, plain, n);
}

static bool
member(struct scan *s, uint8_t node)
{
	struct pick name = { 0 }, one = { 0 };
	uint8_t child = NOBODY;

	blanks(s);
	if (s->at == s->end || *s->at != '"')
		return wrong(s, "want a name in quotes here");
	if (!string(s, &name))
		return false;
	if (node != NOBODY)
		child = known_name(s->keys, node, &name);
	blanks(s);
	if (s->at == s->end || *s->at != ':')
		return wrong(s, "want a colon here");
	s->at++;
	if (child != NOBODY && s->keys->nodes[child].has_children) {
		if (s->met[child])
			forget(s, child);
		s->met[child] = true;
	}
	if (!value(s, child, &one))
		return false;
	if (child != NOBODY && s->keys->nodes[child].pick != NO_PICK)
		s->picks[s->keys->nodes[child].pick] = one;
	return true;
}

/* object := "{" [ string ":" value { "," string ":" value } ] "}" */
static bool
object(struct scan *s, uint8_t node)
{
	s->at++;
	blanks(s);
	if (s->at < s->end && *s->at == '}') {
		s->at++;
		return true;
	}
	for (;;) {
		if (!member(s, node))
			return false;
		blanks(s);
		if (s->at == s->end || (*s->at != ',' && *s->at != '}'))
			return wrong(s, "want a comma or } here");
		if (*s->at++ == '}')
			return true;
	}
}

/* value := object | array | string | number | "true" | "false" | "null" */
static bool
value(struct scan *s, uint8_t node, struct pick *out)
{
	bool good;

	blanks(s);
	const char *start = s->at;
	if (s->at == s->end)
		return wrong(s, "want a value");
	out->escaped = false;
	switch (*s->at) {
	case '"':
		return string(s, out);
	case '{':
	case '[':
		out->type = *s->at == '{' ? PICK_OBJECT : PICK_ARRAY;
		if (++s->depth > SCAN_DEPTH)
			return wrong(s, "too deeply nested");
		good = *start == '{' ? object(s, node) : array(s);
		s->depth--;
		break;
	case 't':
		out->type = PICK_TRUE;
		good = word(s, "true");
		break;
	case 'f':
		out->type = PICK_FALSE;
		good = word(s, "false");
		break;
	case 'n':
		out->type = PICK_NULL;
		good = word(s, "null");
		break;
	default:
		out->type = PICK_NUMBER;
		if (*s->at != '-' && (*s->at < '0' || *s->at > '9'))
			return wrong(s, "want a value");
		good = number(s);
	}
	out->raw = (struct text){ start, (size_t)(s->at - start) };
	return good;
}

/* One value that begins with this bracket, and nothing behind it. */
static bool
whole(struct scan *s, struct text t, char bracket, uint8_t node)
{
	struct pick all;

	*s->error = (struct scan_error){ 0 };
	if (!text_is_utf8(t))
		return wrong(s, "bytes that are no UTF-8");
	blanks(s);
	if (s->at == s->end || *s->at != bracket)
		return wrong(s,
		    bracket == '{' ? "want an object: {" : "want an array: [");
	if (!value(s, node, &all))
		return false;
	blanks(s);
	return s->at == s->end || wrong(s, "more behind the end");
}

static struct scan
scan_over(const struct scan_keys *keys, struct text t, struct pick *picks,
    struct scan_error *error)
{
	if (t.len == 0)
		t.s = "";
	return (struct scan){ .at = t.s,
		.end = t.s + t.len,
		.start = t.s,
		.keys = keys,
		.picks = picks,
		.error = error };
}

static const struct scan_keys no_keys;

bool
scan_object(const struct scan_keys *keys, struct text t, struct pick *picks,
    struct scan_error *error)
{
	struct scan s = scan_over(keys, t, picks, error);

	memset(picks, 0, keys->n_picks * sizeof *picks);
	return whole(&s, t, '{', 1);
}

bool
scan_array(struct text t, struct scan_error *error)
{
	struct scan s = scan_over(&no_keys, t, NULL, error);

	return whole(&s, t, '[', NOBODY);
}

bool
scan_each(struct text *rest, struct pick *element)
{
	struct scan_error error = { 0 };
	struct scan s = scan_over(&no_keys, *rest, NULL, &error);

	/* at first the bracket, then the comma behind the element before */
	blanks(&s);
	if (s.at == s.end || (*s.at != '[' && *s.at != ','))
		return false;
	s.at++;
	blanks(&s);
	if (s.at == s.end || *s.at == ']' || !value(&s, NOBODY, element))
		return false;
	*rest = (struct text){ s.at, (size_t)(s.end - s.at) };
	return true;
}

struct text
pick_text(struct arena *arena, const struct pick *p)
{
	if (p->type != PICK_STRING && p->type != PICK_NUMBER)
		return (struct text){ "", 0 };
	if (!p->escaped)
		return p->raw;
	char *to = arena_take(arena, p->raw.len + 1);
	size_t n = 0, made;
	const char *end = p->raw.s + p->raw.len;
	for (const char *s = p->raw.s; s < end;) {
		if (*s != '\\') {
			to[n++] = *s++;
			continue;
		}
		s++;
		s += unescape(s, end, to + n, &made);
		n += made;
	}
	return (struct text){ to, n };
}
