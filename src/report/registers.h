/* SPDX-License-Identifier: ISC */
#ifndef REPORT_REGISTERS_H
#define REPORT_REGISTERS_H

#include "report/view.h"

/* The registers of exceptions and of disposals, as every form of a report has them. */

/* "in force", "ended", "not begun", "no device rests on it". */
const char *exception_state(const struct view *, const struct exception *);
/* Of this order. */
bool exception_is_of(const struct exception *, const struct directive *);
/* What was done to a thing before its disposal; the latest counts. NULL: nothing. */
const struct deed *deed_before(const struct people *, const struct deed *disposal,
    enum deed_kind);
/* A disposal that was on record as of the report. */
bool is_disposal(const struct view *, const struct deed *);

/* A row as every form has it: the columns of CSV are the keys of JSON. */
enum { REGISTER_CELLS = 14 };
struct register_row {
	struct {
		const char *name, *value; /* NULL: empty */
	} cells[REGISTER_CELLS];
	size_t n;
};
typedef void register_take(void *state, const struct register_row *);

/* The value of the cell of that name, which a row has; NULL when it is empty. */
const char *register_cell(const struct register_row *, const char *name);
/* How many rows; NULL counts them alone. Exceptions of one order, or of all (NULL). */
size_t exceptions_each(struct view *, const struct directive *, register_take *,
    void *state);
size_t disposals_each(struct view *, register_take *, void *state);

/* One line each: exception_entry, disposal_entry. */
void registers_json(struct view *, struct writer *);

#endif
