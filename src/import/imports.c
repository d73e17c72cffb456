/* SPDX-License-Identifier: ISC */
/* The table of formats. Its rows are imports.tsv; nothing is listed here. */
#include "import/reader.h"
#include "people/papers.h"

static const struct import_row rows[] = {
#define IMPORT(key, function, name, zoned, recognised, source, gives) \
	{ name, zoned, recognised, source, gives },
#include "imports.inc"
#undef IMPORT
};

static bool (*const known[])(struct text) = {
#define IMPORT(key, function, name, zoned, recognised, source, gives) \
	import_##function##_is,
#include "imports.inc"
#undef IMPORT
};

const struct import_row *
import_row(enum import_format format)
{
	return format < IMPORTS ? &rows[format] : NULL;
}

enum import_format
import_find(struct text name)
{
	for (unsigned i = 0; i < IMPORTS; i++)
		if (text_is(name, rows[i].name))
			return (enum import_format)i;
	return IMPORT_UNKNOWN;
}

const char *
import_nearest(struct text name)
{
	const char *names[IMPORTS];

	for (unsigned i = 0; i < IMPORTS; i++)
		names[i] = rows[i].name;
	return text_nearest(name, names, IMPORTS);
}

enum import_format
import_recognise(struct text head)
{
	for (unsigned i = 0; i < IMPORTS; i++)
		if (known[i](head))
			return (enum import_format)i;
	return IMPORT_UNKNOWN;
}

static const char *const papers[PAPERS] = { "person", "custody", "statement",
	"exception", "link", "correction", "item" };

static const char *const item_columns[ITEM_COLUMNS] = { "identifier", "type", "name",
	"manufacturer", "model", "os", "version", "serial", "imei", "mac", "person",
	"ownership", "seen", "state" };

_Static_assert((int)ITEM_COLUMNS <= (int)PAPER_CELLS, "an item has too many columns");
_Static_assert((int)CUSTODY_CELLS == (int)CUSTODY_COLUMNS, "custody has other columns");
_Static_assert((int)PERSON_CELLS == (int)ROSTER_COLUMNS,
    "the roster has other columns");

const char *
paper_name(enum import_paper p)
{
	return papers[p];
}

size_t
paper_columns(enum import_paper p, const char *names[PAPER_CELLS])
{
	static const struct {
		const struct csv_column *columns;
		size_t n;
	} typed[] = {
		[PAPER_PERSON] = { roster_columns, ROSTER_COLUMNS },
		[PAPER_CUSTODY] = { custody_columns, CUSTODY_COLUMNS },
		[PAPER_STATEMENT] = { statement_columns, STATEMENT_COLUMNS },
		[PAPER_EXCEPTION] = { exception_columns, EXCEPTION_COLUMNS },
		[PAPER_LINK] = { link_columns, LINK_COLUMNS },
		[PAPER_CORRECTION] = { correction_columns, CORRECTION_COLUMNS },
	};

	if (p == PAPER_ITEM) {
		memcpy(names, item_columns, sizeof item_columns);
		return ITEM_COLUMNS;
	}
	for (size_t i = 0; i < typed[p].n; i++)
		names[i] = typed[p].columns[i].name;
	return typed[p].n;
}

void
paper_row_write(struct writer *w, const struct paper_row *row)
{
	const char *names[PAPER_CELLS];
	size_t n = paper_columns(row->kind, names);

	put_u8(w, (uint8_t)row->kind);
	put_u32(w, row->file);
	put_u64(w, row->line);
	for (size_t i = 0; i < n; i++)
		put_block16(w, row->cells[i]);
}

bool
paper_row_read(struct cursor *c, struct paper_row *row, struct text cells[PAPER_CELLS])
{
	const char *names[PAPER_CELLS];
	uint8_t kind = cur_u8(c);

	if (kind >= PAPERS)
		return false;
	*row = (struct paper_row){ .kind = (enum import_paper)kind, .cells = cells };
	row->file = cur_u32(c);
	row->line = cur_u64(c);
	size_t n = paper_columns(row->kind, names);
	for (size_t i = 0; i < n; i++) {
		cells[i] = text_from(cur_block16(c));
		if (cells[i].len > CELL_MOST)
			return false;
	}
	return cur_ok(c);
}

void
import_counts_write(struct writer *w, const struct import_counts *c)
{
	put_u8(w, (uint8_t)c->format);
	put_u64(w, c->bytes);
	put_u64(w, c->lines);
	put_u64(w, c->records);
	put_u64(w, c->facts);
	put_u64(w, c->presences);
	for (size_t i = 0; i < PAPERS; i++)
		put_u64(w, c->rows[i]);
	put_u64(w, c->wrong);
	put_u64(w, c->other);
	put_u8(w, c->stopped);
}

bool
import_counts_read(struct cursor *from, struct import_counts *c)
{
	uint8_t format = cur_u8(from);

	if (format > IMPORT_UNKNOWN)
		return false;
	*c = (struct import_counts){ .format = (enum import_format)format };
	c->bytes = cur_u64(from);
	c->lines = cur_u64(from);
	c->records = cur_u64(from);
	c->facts = cur_u64(from);
	c->presences = cur_u64(from);
	for (size_t i = 0; i < PAPERS; i++)
		c->rows[i] = cur_u64(from);
	c->wrong = cur_u64(from);
	c->other = cur_u64(from);
	c->stopped = cur_u8(from) != 0;
	return cur_ok(from);
}
