/* SPDX-License-Identifier: ISC */
/*
 * Zeek's own form of its logs: lines of cells, under headers that name them. The
 * headers may come again, with other columns, where logs were put behind each other.
 */
#include "import/zeek.h"

#include "base/eight.h"
#include "import/hex.h"

enum { COLUMNS_MOST = 256 };

struct table {
	struct zeek z;
	char separator, set_separator;
	struct text unset, empty;
	char words[2][32];            /* of these two */
	uint8_t column[COLUMNS_MOST]; /* a field; ZEEK_FIELDS: of no use */
	size_t n;
};

/* "\x09", or a byte as it stands. */
static char
byte_of(struct text t)
{
	if (t.len == 4 && t.s[0] == '\\' && t.s[1] == 'x') {
		unsigned n = 0;
		for (size_t i = 2; i < 4; i++) {
			char c = (char)(t.s[i] | 32);
			n = n * 16 +
			    (unsigned)(c >= 'a' && c <= 'f' ? c - 'a' + 10
			                                    : t.s[i] & 15);
		}
		return (char)n;
	}
	return t.len > 0 ? t.s[0] : '\t';
}

static struct text
keep(char to[32], struct text t)
{
	size_t n = t.len < 32 ? t.len : 32;

	if (n > 0)
		memcpy(to, t.s, n);
	return (struct text){ to, n };
}

static void
read_fields(struct table *t, struct text rest)
{
	struct text name;

	t->n = 0;
	while (text_split(&rest, t->separator, &name)) {
		unsigned f = 0;
		if (t->n == COLUMNS_MOST) {
			(void)reader_wrong(t->z.r, 0, "more than %d columns",
			    COLUMNS_MOST);
			t->n = 0;
			return;
		}
		while (f < ZEEK_FIELDS && !text_is(name, zeek_names[f]))
			f++;
		/* assigned_ip and client_addr are of Zeek before 2.6 */
		if (text_is(name, "assigned_ip"))
			f = ZEEK_ASSIGNED;
		t->column[t->n++] = (uint8_t)f;
	}
}

static void
header(struct table *t, struct text line)
{
	struct text rest = line, name;

	if (text_starts(line, text_of("#separator "))) {
		t->separator = byte_of((struct text){ line.s + 11, line.len - 11 });
		return;
	}
	if (!text_split(&rest, t->separator, &name))
		return;
	if (text_is(name, "#fields"))
		read_fields(t, rest);
	else if (text_is(name, "#path"))
		t->z.log = zeek_log_find(rest);
	else if (text_is(name, "#unset_field"))
		t->unset = keep(t->words[0], rest);
	else if (text_is(name, "#empty_field"))
		t->empty = keep(t->words[1], rest);
	else if (text_is(name, "#set_separator"))
		t->set_separator = byte_of(rest);
}

/* Zeek writes what it cannot print as \xNN, also the separator itself. */
static struct text
unescape(struct reader *r, struct text t)
{
	if (memchr(t.s, '\\', t.len) == NULL)
		return t;
	char *to = arena_take(&r->arena, t.len);
	size_t n = 0;
	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] == '\\' && i + 3 < t.len && t.s[i + 1] == 'x' &&
		    hex_value(t.s[i + 2]) >= 0 && hex_value(t.s[i + 3]) >= 0) {
			to[n++] = (char)(hex_value(t.s[i + 2]) * 16 +
			    hex_value(t.s[i + 3]));
			i += 3;
		} else {
			to[n++] = t.s[i];
		}
	}
	return (struct text){ to, n };
}

/* Most cells are told apart by their first byte. */
static bool
is_nothing(const struct table *t, struct text cell)
{
	return cell.len == 0 ||
	    (cell.s[0] == t->unset.s[0] && text_equal(cell, t->unset)) ||
	    (cell.s[0] == t->empty.s[0] && text_equal(cell, t->empty));
}

/* As memchr, where what is looked for is a few bytes away. */
static const char *
find(const char *at, const char *end, char c)
{
	while (end - at >= 8 && eight_are(eight_at(at), (uint8_t)c) == 0)
		at += 8;
	while (at < end && *at != c)
		at++;
	return at < end ? at : NULL;
}

static bool
cells(struct table *t)
{
	const char *at = t->z.r->line.s, *end = at + t->z.r->line.len;
	size_t n = 0;

	for (;; at++, n++) {
		const char *stop = find(at, end, t->separator);
		struct text cell = { at, (size_t)((stop != NULL ? stop : end) - at) };
		if (n < t->n && t->column[n] != ZEEK_FIELDS) {
			bool none = is_nothing(t, cell);
			t->z.fields[t->column[n]] = none ? (struct text){ "", 0 }
			                                 : unescape(t->z.r, cell);
		}
		if (stop == NULL)
			break;
		at = stop;
	}
	if (n + 1 == t->n)
		return true;
	return reader_wrong(t->z.r, 0, "%zu cells, where #fields has %zu", n + 1, t->n);
}

bool
import_zeek_tsv_is(struct text head)
{
	struct text rest = head, line;

	while (text_split(&rest, '\n', &line)) {
		if (text_starts(line, text_of("#fields")) ||
		    text_starts(line, text_of("#separator ")))
			return true;
		if (line.len == 0 || line.s[0] != '#')
			return false;
	}
	return false;
}

void
import_zeek_tsv_read(struct reader *r)
{
	struct table t = { .z = { .r = r, .log = ZEEK_LOGS }, .separator = '\t' };
	bool said = false;

	t.unset = text_of("-");
	t.empty = text_of("(empty)");
	while (reader_line(r)) {
		if (r->line.len == 0)
			continue;
		if (r->line.s[0] == '#') {
			header(&t, r->line);
			for (unsigned f = 0; f < ZEEK_FIELDS; f++)
				t.z.fields[f] = (struct text){ "", 0 };
			continue;
		}
		if (t.n == 0 && !said) {
			said = true;
			(void)reader_wrong(r, 0,
			    "a line before #fields, which names the columns");
		} else if (t.n == 0) {
			r->counts->wrong++;
		} else if (!reader_is_cut(r) && cells(&t)) {
			zeek_line(&t.z);
		}
	}
}
