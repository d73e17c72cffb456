/* SPDX-License-Identifier: ISC */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "report/scrub.h"
#include "report/summary.h"

/*
 * The report as the printers for people walk it: who comes first, which verdicts
 * belong to a device, and how each thing is said. What say_*() returns lives as
 * long as the view, holds no control character, and is under its pseudonym if
 * there is a key; it still has to be escaped for the form it goes into.
 */
struct view {
	struct arena arena;
	struct writer scratch;
	struct report report; /* never without verdicts */
	struct scrub *scrub;
	struct summary summary;
	const struct zone *zone; /* of what belongs to no single order; NULL: UTC */
	const struct device **devices;
	size_t n_devices;
	struct place *places;   /* devices by pointer, to find their number */
	size_t *begin;          /* of_device[begin[i]] on: verdicts of device i */
	size_t *of_device;      /* n_devices + 1 begins; numbers into the list */
	size_t *order;          /* all verdicts, order by order, most urgent first */
	size_t n;
};

struct view *view_new(const struct report *);
void view_free(struct view *);
/* The number of a device, or n_devices. */
size_t view_number(const struct view *, const struct device *);
/* The standing of a device under the order that presses most on it. */
enum standing view_standing(const struct view *, size_t device);

const char *say(struct view *, const char *format, ...) PRINTF_LIKE(2, 3);
const char *say_words(struct view *, const char *); /* free text; NULL is "" */
const char *say_person(struct view *, const struct person *);
const char *say_person_id(struct view *, const struct person *);
const char *say_somebody(struct view *, const char *name); /* who may be no person */
const char *say_addr(struct view *, struct addr);
const char *say_device(struct view *, const struct device *); /* its id */
const char *say_text(struct view *, struct text);
const char *say_value(struct view *, enum fact_key, struct text value);
const char *say_custody(struct view *, const struct custody *); /* its identifier */
const char *say_identifier(struct view *, const char *);

/* "Apple phone, iOS 16.3"; doubt says so: "Apple, phone?". */
const char *say_what(struct view *, const struct device *);
/* Of the least certain of what say_what() names. */
double how_surely(const struct device *);
const char *say_version(struct view *, const struct belief *);
const char *say_holder(struct view *, const struct verdict *);

/* "2023-04-01 09:00" by the clock of the zone (NULL: UTC); "" for TIME_NONE. */
const char *say_time(struct view *, const struct zone *, int64_t);
const char *say_day(struct view *, const struct zone *, int64_t);
/* With the zone's abbreviation and name: "2023-04-01 09:00 MSK (Europe/Moscow)". */
const char *say_instant(struct view *, const struct zone *, int64_t);
/* "before 2023-04-01", "by 2023-04-01"; "" when it is open. */
const char *say_due(struct view *, const struct directive *, const struct duty *);
struct civil local_time(const struct zone *, int64_t);

#endif
