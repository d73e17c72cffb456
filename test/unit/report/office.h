/* SPDX-License-Identifier: ISC */
#ifndef TEST_REPORT_OFFICE_H
#define TEST_REPORT_OFFICE_H

#include "report/report.h"

/*
 * A small office made by hand for the printers: one order, eleven devices in every
 * state, people with names in several scripts, and one that means harm.
 */
struct office {
	struct arena arena;
	struct directive *directive;
	struct directive *directives[1];
	struct people people;
	struct site site;
	struct verdicts verdicts;
	struct case_file matter;
	struct report report;
};

enum { OFFICE_DEVICES = 11, OFFICE_PERSONS = 9 };

struct office *office_new(void);
void office_free(struct office *);
/* What the printer prints, as a string of the office's arena. */
const char *office_print(struct office *,
    void (*printer)(const struct report *, struct writer *));

#endif
