/* SPDX-License-Identifier: ISC */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "base/arena.h"
#include "report/report.h"

/*
 * Where a device stands under an order, in the order in which people want to
 * read it. A duty that is only advised or offered never makes a failure.
 */
enum standing {
	STANDS_FAILED,
	STANDS_DUE,
	STANDS_UNDECIDED, /* whether it is covered, or whether a duty was met */
	STANDS_MET,
	STANDS_EXCEPTED,
	STANDS_NOT_COVERED
};
enum { STANDINGS = STANDS_NOT_COVERED + 1 };

const char *standing_name(enum standing);
enum standing verdict_standing(const struct verdict *);
/* The duty that presses most: failed before due before undecided; or NULL. */
const struct duty *verdict_urgent(const struct verdict *);
bool verdict_shown(const struct verdict *, enum only);

/* What every printer counts alike, for one order. */
struct tally {
	const struct directive *directive;
	size_t devices[4];          /* by enum object_state */
	size_t standing[STANDINGS]; /* of devices */
	size_t unknown_holder;      /* of covered and undecided devices */
	size_t gone_in_use; /* custody has them as gone, and their use failed a duty */
	size_t scope_unknown;   /* of devices undecided: by holder, property or place */
	size_t holder_left;     /* of these: the holder left, it did not come back */
	size_t persons_holding; /* persons in scope with a covered device */
	size_t persons_without; /* persons in scope of whom nothing was seen */
	size_t persons_contradicted; /* declared to hold none, and were seen to */
	size_t (*duties)[5];         /* of each obligation, by enum duty_state */
	size_t counts[COUNTS];       /* what an authority counts, report.h */
	size_t first, n;             /* its verdicts in the list */
};

struct summary {
	struct tally *tallies; /* one for each directive of the case */
	size_t n;
};

/* Whether it stands among the reasons of all its duties. */
bool verdict_says(const struct verdict *, const char *sentence);

/* Whether a covered device is out of use, and whether something was given for it. */
bool verdict_removed(const struct verdict *);
bool verdict_replaced(const struct verdict *);

struct summary summarise(struct arena *, const struct report *);

#endif
