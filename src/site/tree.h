/* SPDX-License-Identifier: ISC */
#ifndef SITE_TREE_H
#define SITE_TREE_H

#include "base/schema.h"
#include "site/site.h"

/* The parts of site.yaml, each read by one function. */
struct site_reader {
	struct schema s;
	struct site *site;
};

void read_segments(struct site_reader *, const struct yaml *);
void read_services(struct site_reader *, const struct yaml *);
/* holidays, holidays-file and weekend into the calendar */
void read_calendar(struct site_reader *, const struct yaml *site);
void read_priors(struct site_reader *, const struct yaml *);

/* Lists of ranges, of numbers and of texts under a key of a mapping. */
struct prefix *read_ranges(struct site_reader *, const struct yaml *, const char *what,
    size_t *n);
uint16_t *read_numbers(struct site_reader *, const struct yaml *, const char *what,
    unsigned least, unsigned most, size_t *n);

#endif
