/* SPDX-License-Identifier: ISC */
#ifndef PEOPLE_PAPERS_H
#define PEOPLE_PAPERS_H

#include "base/csv.h"
#include "base/lately.h"
#include "people/index.h"

/* What the readers of the papers share while they are read. */
struct reading {
	struct people *people;
	struct complaints *complaints;
	size_t room;           /* for persons, when they come by their id alone */
	const char *file;      /* the paper at hand */
	const struct csv *csv; /* its rows */
	struct lately *words;  /* that many rows have: groups, roles, sites */
};

/* A kind of paper: its columns, and who reads it. In the order of struct papers. */
struct paper_reader {
	const struct csv_column *columns;
	size_t n;
	void (*read)(struct reading *);
};
extern const struct paper_reader paper_readers[PAPERS_ALL];

void roster_read(struct reading *);
void custody_read(struct reading *);
void statements_read(struct reading *);
void exceptions_read(struct reading *);
void links_read(struct reading *);
void corrections_read(struct reading *);
void notices_read(struct reading *);
void examinations_read(struct reading *);
void wipings_read(struct reading *);
void disposals_read(struct reading *);
void replacements_read(struct reading *);
void submissions_read(struct reading *);
void deeds_index(struct people *); /* when all four were read */

extern const struct csv_column roster_columns[], custody_columns[], statement_columns[],
    exception_columns[], link_columns[], correction_columns[], notice_columns[],
    deed_columns[], submission_columns[];
enum {
	ROSTER_COLUMNS = 8,
	CUSTODY_COLUMNS = 7,
	STATEMENT_COLUMNS = 4,
	EXCEPTION_COLUMNS = 8,
	LINK_COLUMNS = 6,
	CORRECTION_COLUMNS = 7,
	NOTICE_COLUMNS = 9,
	DEED_COLUMNS = 15,
	SUBMISSION_COLUMNS = 8
};

/* Complains at a cell of a row. */
void cell_complain(const struct reading *, const struct csv_row *, size_t column,
    const char *format, ...) PRINTF_LIKE(4, 5);
void cell_caution(const struct reading *, const struct csv_row *, size_t column,
    const char *format, ...) PRINTF_LIKE(4, 5);

/* custody.c: what identifies a device: a type, and an identifier that fits it. */
enum identifier_type cell_identifier(struct reading *, const struct csv_row *,
    size_t type_column, size_t column, struct addr *mac);
/* A copy of the cell, NULL when it is empty. */
const char *cell_string(const struct reading *, const struct csv_row *, size_t column);
/* The same of what many rows say. */
const char *cell_common(const struct reading *, const struct csv_row *, size_t column);
/* The person that the cell names by id; NULL with a complaint. */
struct person *cell_person(struct reading *, const struct csv_row *, size_t column);
/* One of n words; n, with a complaint that has all of them, when it is none. */
size_t cell_word(const struct reading *, const struct csv_row *, size_t column,
    const char *const *words, size_t n);

/* A date of a cell: its first and its last instant; equal when it has a time of day. */
struct span {
	int64_t first, last; /* TIME_NONE: the cell is empty */
};

bool cell_date(const struct reading *, const struct csv_row *, size_t column,
    struct span *);
/* Complains when the one ends before the other begins. */
void dates_in_order(const struct reading *, const struct csv_row *, size_t from_column,
    const struct span *from, size_t until_column, const struct span *until);

#endif
