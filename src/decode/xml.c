/* SPDX-License-Identifier: ISC */
/* XML 1.0 (fifth edition), as far as xml.h says. */
#include "decode/xml.h"

static void
skip(struct text *t, size_t n)
{
	n = n < t->len ? n : t->len;
	t->s += n;
	t->len -= n;
}

static bool
starts(struct text t, const char *with)
{
	return text_starts(t, text_of(with));
}

/* Where `word` begins, or the length. */
static size_t
find_word(struct text t, const char *word)
{
	size_t at = text_find(t, word[0], 0);

	while (at < t.len) {
		if (starts((struct text){ t.s + at, t.len - at }, word))
			return at;
		at = text_find(t, word[0], at + 1);
	}
	return t.len;
}

static bool
ends_name(char c)
{
	return c == '>' || c == '/' || c == '<' || (c >= '\0' && c <= ' ');
}

/* The name of a tag at its `<` or `</`, without its prefix; t moves behind it. */
static struct text
tag_name(struct text *t)
{
	struct text name = { t->s, 0 };

	while (name.len < t->len && !ends_name(name.s[name.len]))
		name.len++;
	skip(t, name.len);
	size_t colon = text_find(name, ':', 0);
	if (colon < name.len)
		skip(&name, colon + 1);
	return name;
}

/* Behind the `>` of a tag, past its attributes; false when it has no content. */
static bool
skip_attributes(struct text *t)
{
	char quote = '\0', before = '\0';

	for (; t->len > 0; skip(t, 1)) {
		char c = t->s[0];
		if (quote != '\0') {
			quote = c == quote ? '\0' : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '>') {
			skip(t, 1);
			return before != '/';
		}
		before = c;
	}
	return false;
}

/* Section 2.3: blanks are ends of lines too. */
static struct text
without_blanks(struct text t)
{
	while (t.len > 0 && (unsigned char)t.s[0] <= ' ')
		skip(&t, 1);
	while (t.len > 0 && (unsigned char)t.s[t.len - 1] <= ' ')
		t.len--;
	return t;
}

/* The text up to the next tag; CDATA whole (section 2.7). */
static void
take_text(struct text *t, struct xml_element *e)
{
	static const char cdata[] = "<![CDATA[";

	e->literal = starts(*t, cdata);
	if (e->literal) {
		skip(t, sizeof cdata - 1);
		e->raw = (struct text){ t->s, find_word(*t, "]]>") };
		skip(t, e->raw.len + 3);
	} else {
		e->raw = (struct text){ t->s, text_find(*t, '<', 0) };
		skip(t, e->raw.len);
	}
	e->raw = without_blanks(e->raw);
}

bool
xml_next(struct xml *x, struct xml_element *e)
{
	struct text *t = &x->rest;

	for (;;) {
		skip(t, text_find(*t, '<', 0) + 1);
		if (t->len == 0)
			return false;
		if (starts(*t, "!--")) {
			skip(t, find_word(*t, "-->"));
			continue;
		}
		if (t->s[0] == '/' || t->s[0] == '!' || t->s[0] == '?')
			continue;
		e->name = tag_name(t);
		if (e->name.len == 0 || !skip_attributes(t))
			continue;
		take_text(t, e);
		if (!starts(*t, "</"))
			continue; /* it has elements in it */
		struct text close = { t->s + 2, t->len - 2 };
		if (text_equal(tag_name(&close), e->name))
			return true;
	}
}

/* A reference by number (section 4.1): the digits, with x before those of base 16. */
static bool
by_number(struct text t, uint32_t *out)
{
	uint32_t base = 10, n = 0;

	if (t.len > 0 && (t.s[0] == 'x' || t.s[0] == 'X')) {
		base = 16;
		skip(&t, 1);
	}
	if (t.len == 0 || t.len > 7)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		char c = t.s[i];
		uint32_t digit = c >= '0' && c <= '9' ? (uint32_t)(c - '0')
		    : c >= 'a' && c <= 'f'            ? (uint32_t)(c - 'a') + 10
		    : c >= 'A' && c <= 'F'            ? (uint32_t)(c - 'A') + 10
		                                      : 99;
		if (digit >= base)
			return false;
		n = n * base + digit;
	}
	*out = n;
	return n > 0 && n < 0x110000 && (n < 0xd800 || n > 0xdfff);
}

/* The character that an entity stands for; section 4.6 has the five of a name. */
static bool
entity(struct text name, uint32_t *out)
{
	static const struct {
		const char *name;
		char means;
	} known[] = { { "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
		{ "apos", '\'' } };

	if (name.len > 1 && name.s[0] == '#')
		return by_number((struct text){ name.s + 1, name.len - 1 }, out);
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (text_is(name, known[i].name)) {
			*out = (uint32_t)known[i].means;
			return true;
		}
	return false;
}

void
xml_put(struct line *l, const struct xml_element *e)
{
	for (struct text t = e->raw; t.len > 0;) {
		size_t end = t.s[0] == '&' ? text_find(t, ';', 0) : t.len;
		uint32_t c;
		if (t.s[0] == '&' && !e->literal && end < t.len &&
		    entity((struct text){ t.s + 1, end - 1 }, &c)) {
			line_utf8(l, c);
			skip(&t, end + 1);
		} else {
			line_char(l, t.s[0]);
			skip(&t, 1);
		}
	}
}
