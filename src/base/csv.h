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
 * is refused by name, with the nearest known word. Fields keep their blanks
 * trimmed. All mistakes are complained of, with line and column.
 */
struct csv_column {
	const char *name;
	bool required; /* the column must be there, and no cell of it empty */
};

struct csv_row {
	struct text *cells; /* by the schema's order; empty when absent */
	unsigned line;
	unsigned *columns; /* where each cell begins, from 1, in characters */
};

struct csv {
	struct csv_row *rows;
	size_t n;
};

/* False when there was any mistake. Everything lives in the arena. */
bool csv_read(struct arena *, const char *file, struct text, const struct csv_column *,
    size_t n_columns, struct csv *, struct complaints *);

/* A cell for output: quoted where needed, guarded against formula injection. */
void csv_put(struct writer *, struct text);

#endif
