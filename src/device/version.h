/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_VERSION_H
#define DEVICE_VERSION_H

#include <stdbool.h>

#include "base/text.h"

/*
 * An OS version is dotted numbers; what is known of one is an interval, since
 * one Darwin number is several releases. Comparison is three-valued.
 */
struct version {
	unsigned part[4];
	unsigned n; /* parts given; 0: not known (open) */
};

struct version_range {
	struct version min, max; /* max 18.7 covers 18.7.x */
};

enum truth { FALSE_ = 0, TRUE_ = 1, UNDECIDED = 2 };

bool version_parse(struct text, struct version *);
/* Below, equal in the parts that both have, above: -1, 0, 1. */
int version_order(const struct version *, const struct version *);
/* op is one of "<", "<=", ">", ">=", "is". */
enum truth version_compare(const struct version_range *, const char *op,
    const struct version *);

#endif
