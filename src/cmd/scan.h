/* SPDX-License-Identifier: ISC */
#ifndef CMD_SCAN_H
#define CMD_SCAN_H

#include "cmd/sensor.h"
#include "cmd/share.h"
#include "report/report.h"

/* A scan: the case, what was read, and what could not be seen. */
struct scan {
	struct knowledge *knowledge;
	struct register_ *devices;
	struct site *site;            /* may be NULL */
	struct people *people;        /* may be NULL */
	struct told_link *told_links; /* what persons say, as the register takes it */
	struct told *told;
	struct directive **directives;
	size_t n_directives;
	struct list **lists;
	size_t n_lists;
	const struct zone *zone; /* of times without one */
	int64_t as_of; /* TIME_NONE: the last packet's time, set by scan_run */
	struct input *inputs;
	size_t n_inputs;
	struct blind_spot *blind_spots;
	size_t n_blind_spots;
	bool synthetic;
	struct sensor_result seen;
};

/*
 * With the knowledge loaded: runs the sensor into a register and settles it. Says
 * on stderr what was wrong with an input. -1 with err when nothing could be read.
 */
int scan_run(struct scan *, const struct sensor_job *, bool digests, struct err *);
/*
 * Sets as_of from a time as written ("2023-04-02 09:00", NULL: the last packet's),
 * by the clock of the scan's zone. False with err when it is none.
 */
bool scan_as_of(struct scan *, const char *as_of, struct err *);
/* A report on the case with everything that was read and missed. */
struct report scan_report(const struct scan *, const struct case_file *);
struct case_file scan_case(const struct scan *);
void scan_free(struct scan *);

/* told.c: complains of corrections with words that the knowledge does not have. */
void corrections_check(const struct scan *, struct complaints *);
/* Hands the register what persons say of addresses and devices. */
void scan_tell(struct scan *);

#endif
