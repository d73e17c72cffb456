/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_TABLE_H
#define IMPORT_TABLE_H

#include "import/reader.h"

/*
 * Tables that other programs export: RFC 4180 with a header, separated by commas,
 * semicolons or tabs. Columns are found by name, where only letters and digits count
 * and case does not: products rename and reorder theirs, and add more than anybody
 * reads. What people type in for interdict is read by base/csv, which is stricter.
 */
enum { TABLE_NAMES = 8, TABLE_FIELDS = 40, TABLE_COLUMNS = 512 };

/* What one field may be called. */
struct table_field {
	const char *names[TABLE_NAMES]; /* the first unused one is NULL */
};

struct table {
	struct reader *r;
	struct text rest, header; /* the first line as it stands */
	uint64_t line;            /* of the next record */
	char separator;
	uint16_t column[TABLE_COLUMNS]; /* a field, or TABLE_FIELDS */
	size_t n, n_fields;
};

/* Reads the rest of the file and its header; false with a complaint. */
bool table_open(struct table *, struct reader *, const struct table_field *, size_t n);
/* The next row with text in it: its cells by field, empty where there is none. */
bool table_next(struct table *, struct text *cells);
/* Whether the first line of this text is a header with all of these names. */
bool table_has(struct text head, const char *const *names, size_t n);

#endif
