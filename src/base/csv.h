/* SPDX-License-Identifier: ISC */
#ifndef BASE_CSV_H
#define BASE_CSV_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

/*
 * CSV of RFC 4180 with a header, UTF-8 (a byte-order mark is passed over), lines
 * ended by LF or CRLF. Columns come in any order; one that is not in the schema
 * is refused by name, with the nearest known word. Cells come with the blanks
 * around them trimmed. Empty lines are passed over, and so are lines that begin
 * with `#`: templates explain themselves there. All mistakes are complained of,
 * with line and column.
 */
struct csv_column {
	const char *name;
	bool required; /* the column must be there, and no cell of it empty */
};

struct csv_row {
	struct text *cells; /* by the schema's order; empty when absent */
	unsigned line;      /* where the row begins */
	unsigned *lines;    /* where each cell begins: a quoted one may hold lines */
	unsigned *columns;  /* from 1, in characters */
};

struct csv {
	struct csv_row *rows;
	size_t n;
};

/* False when there was any mistake. Cells lie in the arena or in the text itself. */
bool csv_read(struct arena *, const char *file, struct text, const struct csv_column *,
    size_t n_columns, struct csv *, struct complaints *);

/*
 * A cell for output: quoted where needed. One that a spreadsheet would take for a
 * formula gets an apostrophe in front; a plain number does not.
 */
void csv_put(struct writer *, struct text);

/* A cell as messages quote it: at most 60 characters, cut at a whole one. */
enum { CSV_QUOTE = 60 * 4 + 4 };
const char *csv_quote(struct text, char buf[CSV_QUOTE]);

#endif
