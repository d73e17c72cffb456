/* SPDX-License-Identifier: ISC */
/* Tables that people keep: RFC 4180, and what spreadsheets make of it. */
#include "base/csv.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/eight.h"

enum { COLUMNS_MAX = 64, CELLS_MAX = 256 };

struct cell {
	struct text text;
	unsigned line, column;
};

struct reader {
	struct arena *arena;
	const char *file;
	struct complaints *complaints;
	struct text t;
	size_t at;
	unsigned line, column; /* of the byte at `at` */
	struct cell cells[CELLS_MAX];
	size_t n; /* cells of the record; those over CELLS_MAX are only counted */
};

const char *
csv_quote(struct text t, char buf[CSV_QUOTE])
{
	size_t n = 0, characters = 0;

	while (n < t.len && characters < 60) {
		size_t next = n + 1;
		while (next < t.len && ((uint8_t)t.s[next] & 0xc0) == 0x80)
			next++;
		if (next - n > 4)
			break;
		n = next;
		characters++;
	}
	if (n > 0)
		memcpy(buf, t.s, n);
	for (size_t i = 0; i < n; i++)
		if ((uint8_t)buf[i] < ' ' || buf[i] == 0x7f)
			buf[i] = ' ';
	memcpy(buf + n, n < t.len ? "..." : "", n < t.len ? 4 : 1);
	return buf;
}

static bool
is_end(const struct reader *r)
{
	return r->at >= r->t.len;
}

static char
peek(const struct reader *r, size_t ahead)
{
	return r->at + ahead < r->t.len ? r->t.s[r->at + ahead] : '\0';
}

/* Where a line ends: its length, 0 elsewhere. */
static size_t
line_end(const struct reader *r)
{
	if (peek(r, 0) == '\n')
		return 1;
	return peek(r, 0) == '\r' && peek(r, 1) == '\n' ? 2 : 0;
}

static void
step(struct reader *r)
{
	uint8_t c = (uint8_t)r->t.s[r->at++];

	if (c == '\n') {
		r->line++;
		r->column = 1;
	} else if (is_end(r) || ((uint8_t)peek(r, 0) & 0xc0) != 0x80) {
		r->column++;
	}
}

/* The line and column of the first byte that is no UTF-8, or of a control. */
static bool
well_formed(struct reader *r)
{
	while (!is_end(r)) {
		uint8_t c = (uint8_t)peek(r, 0);
		size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
		struct text one = { r->t.s + r->at, n };
		if (n > r->t.len - r->at || !text_is_utf8(one)) {
			complain(r->complaints, r->file, r->line, r->column,
			    "the byte 0x%02x is no UTF-8: save the file as UTF-8", c);
			return false;
		}
		if ((c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == 0x7f) {
			complain(r->complaints, r->file, r->line, r->column,
			    "a control character (0x%02x)", c);
			return false;
		}
		for (; n > 0; n--)
			step(r);
	}
	r->at = 0;
	r->line = r->column = 1;
	return true;
}

static void
skip_blanks(struct reader *r)
{
	while (peek(r, 0) == ' ' || peek(r, 0) == '\t')
		step(r);
}

/* `"` any but quotes, or two quotes for one `"`, then nothing but blanks. */
static void
read_quoted(struct reader *r, struct cell *cell)
{
	step(r);
	size_t from = r->at, n = 0;
	char *s = NULL;

	for (; !is_end(r); step(r)) {
		if (peek(r, 0) != '"') {
			n++;
			continue;
		}
		if (peek(r, 1) != '"')
			break;
		step(r);
		n++;
	}
	if (is_end(r)) {
		complain(r->complaints, r->file, cell->line, cell->column,
		    "the quote that opens here is never closed");
		return;
	}
	s = arena_take(r->arena, n + 1);
	for (size_t i = 0; i < n; i++, from++) {
		s[i] = r->t.s[from];
		from += s[i] == '"';
	}
	cell->text = text_trim((struct text){ s, n });
	step(r);
	skip_blanks(r);
	if (is_end(r) || peek(r, 0) == ',' || line_end(r) > 0)
		return;
	complain(r->complaints, r->file, r->line, r->column,
	    "want a comma or the end of the line after the closing quote");
	while (!is_end(r) && peek(r, 0) != ',' && line_end(r) == 0)
		step(r);
}

static void
read_plain(struct reader *r, struct cell *cell)
{
	size_t from = r->at;
	bool said = false;

	while (!is_end(r) && peek(r, 0) != ',' && line_end(r) == 0) {
		if (peek(r, 0) == '"' && !said) {
			complain(r->complaints, r->file, r->line, r->column,
			    "a quote inside a cell: put the whole cell in quotes, "
			    "and write this one twice");
			said = true;
		}
		step(r);
	}
	cell->text = text_trim((struct text){ r->t.s + from, r->at - from });
}

/* One record into r->cells; empty lines and comments before it are passed over. */
static bool
read_record(struct reader *r)
{
	r->n = 0;
	while (!is_end(r) && (peek(r, 0) == '#' || line_end(r) > 0)) {
		while (!is_end(r) && peek(r, 0) != '\n')
			step(r);
		if (!is_end(r))
			step(r);
	}
	if (is_end(r))
		return false;
	for (;;) {
		skip_blanks(r);
		struct cell cell = { { "", 0 }, r->line, r->column };
		if (peek(r, 0) == '"')
			read_quoted(r, &cell);
		else
			read_plain(r, &cell);
		if (r->n < CELLS_MAX)
			r->cells[r->n] = cell;
		r->n++;
		if (is_end(r) || peek(r, 0) != ',')
			break;
		step(r);
	}
	for (size_t n = line_end(r); n > 0; n--)
		step(r);
	return true;
}

/* Spreadsheets write commas alone for rows that were once used. */
static bool
is_blank(const struct reader *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->cells[i].text.len > 0)
			return false;
	return true;
}

static const char *
column_list(struct arena *arena, const struct csv_column *columns, size_t n)
{
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < n; i++)
		putf(&w, "%s%s", i == 0 ? "" : ",", columns[i].name);
	char *list = arena_string(arena, writer_text(&w));
	(void)writer_close(&w);
	return list;
}

/* A header in one cell that holds another separator: the usual export mishap. */
static bool
other_separator(struct reader *r, const char *wanted)
{
	struct cell *c = &r->cells[0];
	bool semicolons = text_find(c->text, ';', 0) < c->text.len;
	bool tabs = text_find(c->text, '\t', 0) < c->text.len;

	if (r->n != 1 || (!semicolons && !tabs))
		return false;
	complain(r->complaints, r->file, c->line, c->column,
	    "the cells are separated by %s: save the file with commas between them "
	    "(%s)",
	    semicolons ? "semicolons" : "tabs", wanted);
	return true;
}

static void
unknown_column(struct reader *r, const struct cell *c, const struct csv_column *columns,
    size_t n, const char *wanted)
{
	const char *names[COLUMNS_MAX];
	char quote[CSV_QUOTE];

	for (size_t i = 0; i < n; i++)
		names[i] = columns[i].name;
	const char *near = text_nearest(c->text, names, n);
	if (near != NULL)
		complain(r->complaints, r->file, c->line, c->column,
		    "no column is called '%s'; '%s' is near (known: %s)",
		    csv_quote(c->text, quote), near, wanted);
	else
		complain(r->complaints, r->file, c->line, c->column,
		    "no column is called '%s' (known: %s)", csv_quote(c->text, quote),
		    wanted);
}

/* `sep=,`: spreadsheets are told their separator so, in a line before the header. */
static bool
names_separator(const struct reader *r)
{
	const struct cell *c = r->cells;

	return (r->n == 1 && text_is_word(c[0].text, "sep=,")) ||
	    (r->n == 2 && text_is_word(c[0].text, "sep=") && c[1].text.len == 0);
}

/* place[cell] is the schema's column, or SIZE_MAX. */
static bool
read_header(struct reader *r, const struct csv_column *columns, size_t n,
    size_t place[CELLS_MAX])
{
	const char *wanted = column_list(r->arena, columns, n);
	size_t errors = r->complaints->errors;
	bool seen[COLUMNS_MAX] = { false };

	bool any = read_record(r);
	if (any && names_separator(r))
		any = read_record(r);
	if (!any || is_blank(r)) {
		complain(r->complaints, r->file, 1, 1,
		    "the file is empty: want a header line (%s)", wanted);
		return false;
	}
	if (other_separator(r, wanted))
		return false;
	if (r->n > CELLS_MAX) {
		complain(r->complaints, r->file, r->cells[0].line, 0,
		    "%zu columns: more than %d", r->n, CELLS_MAX);
		return false;
	}
	for (size_t i = 0; i < r->n; i++) {
		struct cell *c = &r->cells[i];
		size_t k = 0;
		while (k < n && !text_is_word(c->text, columns[k].name))
			k++;
		place[i] = k < n ? k : SIZE_MAX;
		if (k == n)
			unknown_column(r, c, columns, n, wanted);
		else if (seen[k])
			complain(r->complaints, r->file, c->line, c->column,
			    "the column '%s' stands here a second time",
			    columns[k].name);
		if (k < n)
			seen[k] = true;
	}
	for (size_t k = 0; k < n; k++)
		if (columns[k].required && !seen[k])
			complain(r->complaints, r->file, r->cells[0].line, 1,
			    "the column '%s' is missing (known: %s)", columns[k].name,
			    wanted);
	return r->complaints->errors == errors;
}

static void
take_row(struct reader *r, const struct csv_column *columns, size_t n,
    const size_t place[CELLS_MAX], struct csv_row *row)
{
	unsigned line = r->cells[0].line;

	row->line = line;
	row->cells = arena_take(r->arena, n * sizeof *row->cells);
	row->lines = arena_take(r->arena, n * sizeof *row->lines);
	row->columns = arena_take(r->arena, n * sizeof *row->columns);
	for (size_t k = 0; k < n; k++) {
		row->cells[k] = (struct text){ "", 0 };
		row->lines[k] = line;
	}
	for (size_t i = 0; i < r->n && i < CELLS_MAX; i++) {
		size_t k = place[i];
		row->cells[k] = r->cells[i].text;
		row->lines[k] = r->cells[i].line;
		row->columns[k] = r->cells[i].column;
	}
	for (size_t k = 0; k < n; k++)
		if (columns[k].required && row->cells[k].len == 0)
			complain(r->complaints, r->file, row->lines[k], row->columns[k],
			    "the cell of '%s' is empty", columns[k].name);
}

/* False: the row has more or fewer cells than the header, and was passed over. */
static bool
has_width(struct reader *r, size_t width)
{
	if (r->n == width)
		return true;
	const struct cell *c = &r->cells[r->n > width ? width : r->n - 1];
	complain(r->complaints, r->file, c->line, c->column,
	    "%zu cell%s, where the header has %zu (a comma inside a cell wants the "
	    "cell "
	    "in quotes)",
	    r->n, r->n == 1 ? "" : "s", width);
	return false;
}

static void
read_rows(struct reader *r, const struct csv_column *columns, size_t n,
    const size_t place[CELLS_MAX], size_t width, struct csv *out)
{
	struct csv_row *rows = NULL;
	size_t cap = 0;

	while (read_record(r)) {
		if (is_blank(r) || !has_width(r, width))
			continue;
		if (out->n == cap) {
			cap = cap > 0 ? cap * 2 : 64;
			rows = must_grow(rows, cap, sizeof *rows);
		}
		take_row(r, columns, n, place, &rows[out->n++]);
	}
	out->rows = arena_take(r->arena, out->n * sizeof *rows);
	if (out->n > 0)
		memcpy(out->rows, rows, out->n * sizeof *rows);
	free(rows);
}

bool
csv_read(struct arena *arena, const char *file, struct text t,
    const struct csv_column *columns, size_t n, struct csv *out, struct complaints *c)
{
	struct reader *r = arena_take(arena, sizeof *r);
	size_t errors = c->errors;
	size_t place[CELLS_MAX];

	*out = (struct csv){ 0 };
	if (n > COLUMNS_MAX)
		FAULT("a table of too many columns");
	*r = (struct reader){ .arena = arena, .file = file, .complaints = c, .t = t };
	r->line = r->column = 1;
	if (text_is_other(t) != NULL) {
		complain(c, file, 1, 1, "this is %s", text_is_other(t));
		return false;
	}
	if (text_starts(t, text_of("\xef\xbb\xbf"))) {
		r->t.s += 3;
		r->t.len -= 3;
	}
	if (!well_formed(r) || !read_header(r, columns, n, place))
		return false;
	read_rows(r, columns, n, place, r->n, out);
	return c->errors == errors;
}

static bool
is_number(struct text t)
{
	size_t i = t.len > 0 && t.s[0] == '-', digits = 0, points = 0;

	for (; i < t.len; i++) {
		digits += t.s[i] >= '0' && t.s[i] <= '9';
		points += t.s[i] == '.';
	}
	return digits > 0 && points <= 1 &&
	    digits + points + (t.len > 0 && t.s[0] == '-') == t.len;
}

/* Of what makes a reader end the cell early. */
static bool
has_special(struct text t)
{
	size_t i = 0;

	for (; i + 8 <= t.len; i += 8) {
		uint64_t w = eight_at(t.s + i);
		if ((eight_are(w, ',') | eight_are(w, '"') | eight_are(w, '\n') |
		        eight_are(w, '\r') | eight_are(w, ';') | eight_are(w, '\t')) !=
		    0)
			return true;
	}
	for (; i < t.len; i++)
		if (t.s[i] != '\0' && strchr(",\"\n\r;\t", t.s[i]) != NULL)
			return true;
	return false;
}

void
csv_put(struct writer *w, struct text t)
{
	bool formula = t.len > 0 && strchr("=+-@\t\r", t.s[0]) != NULL &&
	    t.s[0] != '\0' && !is_number(t);
	bool quote = formula || (t.len > 0 && (t.s[0] == ' ' || t.s[0] == '#')) ||
	    (t.len > 0 && t.s[t.len - 1] == ' ');

	quote = quote || has_special(t);
	if (!quote) {
		put_text(w, t);
		return;
	}
	put_char(w, '"');
	if (formula)
		put_char(w, '\'');
	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] == '"')
			put_char(w, '"');
		put_char(w, t.s[i]);
	}
	put_char(w, '"');
}
