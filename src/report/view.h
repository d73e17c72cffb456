/* SPDX-License-Identifier: ISC */
#ifndef REPORT_VIEW_H
#define REPORT_VIEW_H

#include "report/scrub.h"
#include "report/summary.h"

/*
 * The report as the printers for people walk it: who comes first, which verdicts
 * belong to a device, and how each thing is said. What spell_*() returns lives as
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
	const struct device **devices; /* NULL: those of the register */
	size_t n_devices;
	int64_t first_seen, last_seen; /* of any; TIME_NONE without any */
	uint32_t *begin;     /* of_device[begin[i]] on: verdicts of device i */
	uint32_t *of_device; /* n_devices + 1 begins; numbers into the list */
	uint32_t *order;     /* all verdicts, order by order, most urgent first */
	size_t n;
	bool *in_force; /* of people's exceptions: a verdict rests on it */
	bool shared;    /* by several printers: the last one does not free it */
};

struct view *view_new(const struct report *);
void view_free(struct view *);
/* NULL for NO_DEVICE. It lives until a step of a walk is over. */
const struct device *view_device(const struct view *, size_t number);
/* A step of a walk through devices is over: nobody holds one any more. */
void view_walked(const struct view *);
/*
 * A walk that prints what it spells line by line: each line's words are forgotten with
 * it, where a hundred thousand of them would stand in memory until the end.
 */
struct arena view_lines_begin(struct view *);
void view_line_done(struct view *); /* and such a step is over */
void view_lines_end(struct view *, struct arena kept);
/* Of a report that is brief, one that does not apply has none. */
bool duty_has_line(const struct view *, const struct duty *);
/* The state on a line of a verdict; NULL: it has no duties. */
const char *verdict_state(const struct verdict *, const struct duty *);
/* The standing of a device under the order that presses most on it. */
enum standing view_standing(const struct view *, size_t device);

const char *spell(struct view *, const char *format, ...) PRINTF_LIKE(2, 3);
const char *spell_words(struct view *, const char *); /* free text; NULL is "" */
const char *spell_person(struct view *, const struct person *);
const char *spell_person_id(struct view *, const struct person *);
const char *spell_somebody(struct view *, const char *name); /* who may be no person */
const char *spell_addr(struct view *, struct addr);
const char *spell_device(struct view *, const struct device *); /* its id */
const char *spell_device_id(struct view *, size_t number);
/* A site or segment: under a pseudonym where such are withheld. */
const char *spell_place(struct view *, const char *name);
const char *spell_text(struct view *, struct text);
const char *spell_value(struct view *, enum fact_key, struct text value);
/* "office.pcapng, frame 12", "eve.json, line 7": where the first of it can be read. */
const char *spell_where(struct view *, const struct evidence *);
const char *spell_custody(struct view *, const struct custody *); /* its identifier */
const char *spell_identifier(struct view *, const char *);

/* "Apple phone, iOS 16.3"; doubt says so: "Apple, phone?". */
const char *spell_what(struct view *, const struct device *);
/* The ways by which it hides names: "DNS over HTTPS, encrypted hellos"; or "". */
const char *spell_hidden(struct view *, const struct device *);
/* Of the least certain of what spell_what() names. */
double how_surely(const struct device *);
const char *spell_p(struct view *, double); /* "0.97"; never a whole 1 or 0 */
const char *spell_version(struct view *, const struct belief *);
const char *spell_holder(struct view *, const struct verdict *);

/* "2023-04-01 09:00" by the clock of the zone (NULL: UTC); "" for TIME_NONE. */
const char *spell_time(struct view *, const struct zone *, int64_t);
const char *spell_day(struct view *, const struct zone *, int64_t);
/* With the zone's abbreviation and name: "2023-04-01 09:00 MSK (Europe/Moscow)". */
const char *spell_instant(struct view *, const struct zone *, int64_t);
/* "before 2023-04-01", "by 2023-04-01"; "" when it is open. */
const char *spell_due(struct view *, const struct directive *, const struct duty *);
/* When it was last seen by the time asked about; TIME_NONE: not by then. */
int64_t last_seen(const struct view *, const struct device *);

#endif
