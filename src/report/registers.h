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

/* One line each: exception_entry, disposal_entry. */
void registers_json(struct view *, struct writer *);

#endif
