/* SPDX-License-Identifier: ISC */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "base/arena.h"
#include "base/writer.h"

/*
 * A table for a terminal: columns as wide as what stands in them, made narrower
 * where the screen ends by wrapping cells at blanks. A line end in a cell begins
 * a new line of it. Columns are counted as the terminal counts them.
 */
enum { TABLE_COLUMNS = 8 };

enum style {
	STYLE_NONE,
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_RED,
	STYLE_YELLOW,
	STYLE_GREEN,
	STYLE_BLUE,
	STYLE_MAGENTA
};

struct table_row {
	const char *cells[TABLE_COLUMNS]; /* NULL in the first: a heading in cells[1] */
	enum style style[TABLE_COLUMNS];
	struct table_row *next;
};

struct table {
	struct arena *arena;
	const char *titles[TABLE_COLUMNS];
	unsigned least[TABLE_COLUMNS]; /* a column is never narrower */
	size_t n;
	struct table_row *first, **last;
	unsigned usual[TABLE_COLUMNS]; /* wide enough for what usually stands there */
	unsigned width[TABLE_COLUMNS];
	bool begun; /* the titles are printed */
};

void table_begin(struct table *, struct arena *);
void table_column(struct table *, const char *title, unsigned least);
struct table_row *table_row(struct table *);
void table_heading(struct table *, const char *words, enum style);
/*
 * Prints the rows so far, and forgets them: a table may be printed in parts. How wide
 * the columns are is settled by the first.
 */
void table_print(struct table *, struct writer *, unsigned width, bool colour);

void put_styled(struct writer *, const char *, enum style, bool colour);
/* Wraps at blanks to the width; lines after the first begin with `indent` blanks. */
void put_wrapped(struct writer *, const char *, unsigned width, unsigned indent);

#endif
