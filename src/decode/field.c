/* SPDX-License-Identifier: ISC */
#include "decode/field.h"

#include "decode/line.h"

int
text_begins(struct text t, const char *word)
{
	struct text w = text_of(word);
	size_t n = t.len < w.len ? t.len : w.len;

	if (n > 0 && memcmp(t.s, w.s, n) != 0)
		return -1;
	return n == w.len;
}

int
text_begins_any(struct text t, const char *const *words, size_t n, const char **found)
{
	int best = -1;

	for (size_t i = 0; i < n; i++) {
		if (t.len > 0 && t.s[0] != words[i][0]) /* most of them */
			continue;
		int is = text_begins(t, words[i]);
		if (is > best) {
			best = is;
			*found = words[i];
		}
	}
	return best;
}

bool
field_line(struct text *rest, struct text *line)
{
	size_t at = text_find(*rest, '\n', 0);

	if (at == rest->len)
		return false;
	*line = (struct text){ rest->s, at };
	if (at > 0 && rest->s[at - 1] == '\r')
		line->len--;
	*rest = (struct text){ rest->s + at + 1, rest->len - at - 1 };
	return true;
}

bool
fields_whole(struct text rest)
{
	struct text line;

	while (field_line(&rest, &line))
		if (line.len == 0)
			return true;
	return false;
}

static bool
is_folded(struct text rest)
{
	return rest.len > 0 && (rest.s[0] == ' ' || rest.s[0] == '\t');
}

bool
field_next(struct text *rest, struct field *f, char buf[VALUE_MAX])
{
	struct text line;

	if (!field_line(rest, &line) || line.len == 0)
		return false;
	size_t colon = text_find(line, ':', 0);
	/* SIP allows blanks before the colon (RFC 3261 section 25.1, HCOLON). */
	f->name = text_trim((struct text){ line.s, colon });
	f->value = (struct text){ line.s + colon, 0 };
	if (colon < line.len)
		f->value = text_trim(
		    (struct text){ line.s + colon + 1, line.len - colon - 1 });
	if (!is_folded(*rest))
		return true;

	struct line whole = line_over(buf, VALUE_MAX);
	line_put(&whole, f->value);
	while (is_folded(*rest) && field_line(rest, &line)) {
		line_char(&whole, ' ');
		line_put(&whole, text_trim(line));
	}
	f->value = text_trim(line_text(&whole));
	return true;
}

uint32_t
skip_body(struct text *rest, struct text length)
{
	uint64_t n = 0;

	for (size_t i = 0; i < length.len && n <= SKIP_MAX; i++)
		n = is_digit(length.s[i]) ? n * 10 + (uint64_t)(length.s[i] - '0')
		                          : UINT32_MAX;
	size_t here = n < rest->len ? (size_t)n : rest->len;
	*rest = (struct text){ rest->s + here, rest->len - here };
	return n > SKIP_MAX ? UINT32_MAX : (uint32_t)(n - here);
}
