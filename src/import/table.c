/* SPDX-License-Identifier: ISC */
#include "import/table.h"

#include "base/csv.h"

static char
small(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
}

static bool
counts(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

/* "Wi-Fi MAC" is "WiFi MAC" is "wifi_mac". */
static bool
is_called(struct text cell, const char *name)
{
	size_t i = 0;

	for (const char *n = name;; n++, i++) {
		while (*n != '\0' && !counts(small(*n)))
			n++;
		while (i < cell.len && !counts(small(cell.s[i])))
			i++;
		if (*n == '\0' || i == cell.len)
			return *n == '\0' && i == cell.len;
		if (small(*n) != small(cell.s[i]))
			return false;
	}
}

/* The separator that stands most often in the first line, outside of quotes. */
static char
separator_of(struct text head)
{
	size_t commas = 0, semicolons = 0, tabs = 0;
	bool quoted = false;

	for (size_t i = 0; i < head.len; i++) {
		char c = head.s[i];
		quoted ^= c == '"';
		if (quoted)
			continue;
		if (c == '\n')
			break;
		commas += c == ',';
		semicolons += c == ';';
		tabs += c == '\t';
	}
	if (tabs > commas && tabs > semicolons)
		return '\t';
	return semicolons > commas ? ';' : ',';
}

/* `"…"` with a quote written twice; s[0] is the first. How many bytes it takes. */
static size_t
cut_quoted(struct reader *r, struct text t, uint64_t *lines, struct text *cell,
    const char **why)
{
	size_t i = 1, twice = 0;

	for (; i < t.len && (t.s[i] != '"' || (i + 1 < t.len && t.s[i + 1] == '"'));
	     i++) {
		*lines += t.s[i] == '\n';
		twice += t.s[i] == '"';
		i += t.s[i] == '"';
	}
	if (i >= t.len) {
		*why = "a quote that is never closed";
		i = t.len;
	}
	*cell = (struct text){ t.s + 1, i - 1 };
	if (r != NULL && twice > 0) {
		char *to = arena_take(&r->arena, cell->len);
		size_t n = 0;
		for (size_t j = 0; j < cell->len; j++) {
			to[n++] = cell->s[j];
			j += cell->s[j] == '"';
		}
		*cell = (struct text){ to, n };
	}
	return i < t.len ? i + 1 : i;
}

/*
 * One cell: *rest moves behind it and its separator. False when it is the last one of
 * its record. Without a reader the quotes in it stay as they are.
 */
static bool
cut_cell(struct reader *r, struct text *rest, char separator, uint64_t *lines,
    struct text *cell, const char **why)
{
	const char *s = rest->s;
	size_t n = rest->len, i = 0, from = 0;
	bool quoted = n > 0 && s[0] == '"';

	if (quoted)
		from = i = cut_quoted(r, *rest, lines, cell, why);
	while (i < n && s[i] != separator && s[i] != '\n')
		i++;
	struct text plain = text_trim((struct text){ s + from, i - from });
	if (!quoted)
		*cell = plain;
	else if (plain.len > 0 && *why == NULL)
		*why = "want a separator after the closing quote";
	*cell = text_trim(*cell);
	bool more = i < n && s[i] == separator;
	*lines += i < n && s[i] == '\n';
	i += i < n;
	*rest = (struct text){ s + i, n - i };
	return more;
}

bool
table_has(struct text head, const char *const *names, size_t n)
{
	struct text rest = head, cell;
	char separator = separator_of(head);
	uint64_t lines = 0;
	bool more = true, seen[TABLE_NAMES] = { false };
	const char *why = NULL;
	size_t found = 0;

	if (head.len > 0 && strchr("{[<", head.s[0]) != NULL)
		return false; /* JSON, XML: a name in them heads no column */
	while (more) {
		more = cut_cell(NULL, &rest, separator, &lines, &cell, &why);
		for (size_t i = 0; i < n && i < TABLE_NAMES; i++)
			if (!seen[i] && is_called(cell, names[i])) {
				seen[i] = true;
				found++;
			}
	}
	return found == n;
}

/* What lies between these, without the end of the line. */
static struct text
line_between(struct text start, struct text rest)
{
	struct text line = { start.s, start.len - rest.len };

	while (line.len > 0 && strchr("\r\n", line.s[line.len - 1]) != NULL)
		line.len--;
	return line;
}

static bool
header(struct table *t, const struct table_field *fields)
{
	struct text start = t->rest;
	bool more = true, any = false, seen[TABLE_FIELDS] = { false };
	const char *why = NULL;
	struct text cell;

	t->r->number = t->line;
	while (more) {
		size_t f = 0, k = 0;
		more = cut_cell(t->r, &t->rest, t->separator, &t->line, &cell, &why);
		for (; f < t->n_fields; f++) {
			for (k = 0; k < TABLE_NAMES && fields[f].names[k] != NULL; k++)
				if (is_called(cell, fields[f].names[k]))
					break;
			if (k < TABLE_NAMES && fields[f].names[k] != NULL)
				break;
		}
		/* of two columns for the same thing the first one counts */
		if (f < t->n_fields && seen[f])
			f = TABLE_FIELDS;
		if (f < t->n_fields)
			any = seen[f] = true;
		if (t->n == TABLE_COLUMNS)
			return reader_wrong(t->r, 0, "more than %d columns",
			    TABLE_COLUMNS);
		t->column[t->n++] = (uint16_t)(f < t->n_fields ? f : TABLE_FIELDS);
	}
	t->header = line_between(start, t->rest);
	t->r->counts->lines++;
	if (why != NULL)
		return reader_wrong(t->r, 0, "%s", why);
	return any ||
	    reader_wrong(t->r, 0, "none of the columns of a %s export is here",
	        import_row(t->r->counts->format)->name);
}

bool
table_open(struct table *t, struct reader *r, const struct table_field *fields,
    size_t n)
{
	*t = (struct table){ .r = r, .line = r->number + 1, .n_fields = n };
	if (!reader_whole(r, &t->rest))
		return false;
	t->separator = separator_of(t->rest);
	if (header(t, fields))
		return true;
	r->counts->stopped = true;
	return false;
}

/* All cells of one record; how many there are. */
static size_t
record(struct table *t, struct text *cells, bool *text)
{
	struct reader *r = t->r;
	struct text start = t->rest, cell;
	const char *why = NULL;
	bool more = true;
	size_t n = 0;

	for (size_t f = 0; f < t->n_fields; f++)
		cells[f] = (struct text){ "", 0 };
	*text = false;
	while (more) {
		more = cut_cell(r, &t->rest, t->separator, &t->line, &cell, &why);
		*text |= cell.len > 0;
		if (n < t->n && t->column[n] < TABLE_FIELDS)
			cells[t->column[n]] = cell;
		n++;
	}
	r->line = line_between(start, t->rest);
	if (why == NULL)
		return n;
	(void)reader_wrong(r, 0, "%s", why);
	return 0;
}

/* A record may span lines; for those who read its cells it is one. */
static bool
is_text(struct table *t, struct text *cells)
{
	for (size_t f = 0; f < t->n_fields; f++) {
		if (memchr(cells[f].s, '\n', cells[f].len) != NULL) {
			char *to = arena_string(&t->r->arena, cells[f]);
			for (size_t i = 0; i < cells[f].len; i++)
				if (to[i] == '\n' || to[i] == '\r')
					to[i] = ' ';
			cells[f].s = to;
		}
		if (!reader_is_text(t->r, cells[f]))
			return false;
	}
	return true;
}

/* Of another export that was put behind this one, with a byte-order mark or not. */
static bool
is_header_again(const struct table *t)
{
	return text_ends(t->r->line, t->header) &&
	    (t->r->line.len == t->header.len ||
	        (t->r->line.len == t->header.len + 3 &&
	            text_starts(t->r->line, text_of("\xef\xbb\xbf"))));
}

bool
table_next(struct table *t, struct text *cells)
{
	struct reader *r = t->r;
	bool text;

	while (t->rest.len > 0 && !r->counts->stopped) {
		arena_reset(&r->arena);
		r->number = t->line;
		r->counts->lines++;
		size_t n = record(t, cells, &text);
		if (n == 0 || !text || is_header_again(t))
			continue;
		if (n != t->n)
			(void)reader_wrong(r, 0, "%zu cells, where the header has %zu",
			    n, t->n);
		else if (is_text(t, cells))
			return true;
	}
	return false;
}
