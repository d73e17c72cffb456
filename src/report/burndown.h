/* SPDX-License-Identifier: ISC */
#ifndef REPORT_BURNDOWN_H
#define REPORT_BURNDOWN_H

#include "report/view.h"

/*
 * Day by day, by the clock of the order's zone: on how many covered devices were
 * seen in official use that day, and how many were still in use, that is, seen
 * in official use by then and again on that day or later.
 */
struct burndown {
	int64_t first_day; /* since 1970-01-01 */
	size_t n;          /* days */
	size_t *seen, *still;
	size_t baseline;  /* covered devices that were in official use at all */
	bool official;    /* false: no site file, so any use of the network counts */
	int64_t deadline; /* TIME_NONE: none, or not the same for all */
	const struct obligation *obligation; /* whose deadline it is */
};

void burndown_make(struct view *, const struct tally *, struct burndown *);

#endif
