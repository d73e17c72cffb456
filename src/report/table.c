/* SPDX-License-Identifier: ISC */
#include "report/table.h"

#include "report/unicode.h"

enum { GAP = 2 };

void
table_begin(struct table *t, struct arena *arena)
{
	*t = (struct table){ .arena = arena };
	t->last = &t->first;
}

void
table_column(struct table *t, const char *title, unsigned least)
{
	if (t->n == TABLE_COLUMNS)
		return;
	t->titles[t->n] = title;
	t->least[t->n++] = least;
}

struct table_row *
table_row(struct table *t)
{
	struct table_row *row = arena_take(t->arena, sizeof *row);

	*t->last = row;
	t->last = &row->next;
	return row;
}

void
table_heading(struct table *t, const char *words, enum style style)
{
	struct table_row *row = table_row(t);

	row->cells[1] = words;
	row->style[1] = style;
}

static void
put_text_styled(struct writer *w, struct text t, enum style style, bool colour)
{
	static const char *const codes[] = { "", "1", "2", "1;31", "33", "32", "36",
		"35" };

	if (!colour || style == STYLE_NONE || t.len == 0) {
		put_text(w, t);
		return;
	}
	putf(w, "\033[%sm%.*s\033[0m", codes[style], (int)t.len, t.s);
}

void
put_styled(struct writer *w, const char *s, enum style style, bool colour)
{
	put_text_styled(w, text_of(s), style, colour);
}

static void
put_blanks(struct writer *w, size_t n)
{
	static const char blanks[] = "                                ";

	for (; n >= sizeof blanks; n -= sizeof blanks - 1)
		put_bytes(w, blanks, sizeof blanks - 1);
	put_bytes(w, blanks, n);
}

/* The first `n` bytes; what follows them and `skip` more is the rest. */
static struct text
cut(struct text *rest, size_t n, size_t skip)
{
	struct text line = { rest->s, n };

	*rest = (struct text){ rest->s + n + skip, rest->len - n - skip };
	return line;
}

/*
 * Cuts the next line off: at a line end, else at the last blank that fits, else
 * where the width ends. Always moves on by a character at least.
 */
static struct text
line_next(struct text *rest, unsigned width)
{
	struct text whole = { rest->s, text_find(*rest, '\n', 0) };
	size_t blank = 0, columns = 0;

	for (size_t i = 0, all = text_columns(whole); all > width && i < whole.len;) {
		size_t at = i, skip = 0;
		unsigned c = char_columns(utf8_next(whole, &i));
		if (whole.s[at] == ' ' && columns <= width)
			blank = at;
		columns += c;
		if (columns <= width || at == 0)
			continue;
		at = blank > 0 ? blank : at;
		while (at + skip < rest->len && rest->s[at + skip] == ' ')
			skip++;
		return cut(rest, at, skip);
	}
	return cut(rest, whole.len, whole.len < rest->len);
}

void
put_wrapped(struct writer *w, const char *s, unsigned width, unsigned indent)
{
	struct text rest = text_of(s);
	unsigned room = width > indent + 20 ? width - indent : 20;

	for (bool first = true; rest.len > 0; first = false) {
		if (!first)
			put_blanks(w, indent);
		put_text(w, line_next(&rest, room));
		put_char(w, '\n');
	}
}

/* The widest line of a cell. */
static unsigned
cell_columns(const char *cell)
{
	struct text rest = text_of(cell), line;
	size_t widest = 0;

	while (text_split(&rest, '\n', &line))
		if (text_columns(line) > widest)
			widest = text_columns(line);
	return (unsigned)widest;
}

/* What each column would like, then less for the widest until all of it fits. */
static void
widths(const struct table *t, unsigned room, unsigned out[TABLE_COLUMNS])
{
	unsigned sum = 0;

	for (size_t c = 0; c < t->n; c++) {
		out[c] = cell_columns(t->titles[c]);
		if (t->usual[c] > out[c])
			out[c] = t->usual[c];
		for (const struct table_row *r = t->first; r != NULL; r = r->next)
			if (r->cells[0] != NULL && r->cells[c] != NULL &&
			    cell_columns(r->cells[c]) > out[c])
				out[c] = cell_columns(r->cells[c]);
		sum += out[c] + (c > 0 ? GAP : 0);
	}
	while (sum > room) {
		size_t widest = TABLE_COLUMNS;
		for (size_t c = 0; c < t->n; c++)
			if (out[c] > t->least[c] &&
			    (widest == TABLE_COLUMNS || out[c] > out[widest]))
				widest = c;
		if (widest == TABLE_COLUMNS)
			return;
		out[widest]--;
		sum--;
	}
}

static void
row_print(const struct table *t, const struct table_row *r, struct writer *w,
    bool colour)
{
	struct text rest[TABLE_COLUMNS];
	bool more = true;

	for (size_t c = 0; c < t->n; c++)
		rest[c] = text_of(r->cells[c] == NULL ? "" : r->cells[c]);
	while (more) {
		size_t blanks = 2;
		more = false;
		for (size_t c = 0; c < t->n; c++) {
			struct text line = line_next(&rest[c], t->width[c]);
			size_t columns = text_columns(line);
			if (line.len > 0) {
				put_blanks(w, blanks);
				put_text_styled(w, line, r->style[c], colour);
				blanks = 0;
			}
			if (t->width[c] > columns)
				blanks += t->width[c] - columns;
			blanks += GAP;
			more = more || rest[c].len > 0;
		}
		put_char(w, '\n');
	}
}

static void
table_start(struct table *t, struct writer *w, unsigned width, bool colour)
{
	struct table_row titles = { .next = NULL };

	widths(t, width > 2 ? width - 2 : 0, t->width);
	for (size_t c = 0; c < t->n; c++) {
		titles.cells[c] = t->titles[c];
		titles.style[c] = STYLE_DIM;
	}
	row_print(t, &titles, w, colour);
	t->begun = true;
}

void
table_print(struct table *t, struct writer *w, unsigned width, bool colour)
{
	if (!t->begun)
		table_start(t, w, width, colour);
	for (const struct table_row *r = t->first; r != NULL; r = r->next) {
		if (r->cells[0] != NULL) {
			row_print(t, r, w, colour);
			continue;
		}
		put_char(w, '\n');
		put_styled(w, r->cells[1], r->style[1], colour);
		put_char(w, '\n');
	}
	t->first = NULL;
	t->last = &t->first;
}
