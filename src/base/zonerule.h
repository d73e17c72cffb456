/* SPDX-License-Identifier: ISC */
#ifndef BASE_ZONERULE_H
#define BASE_ZONERULE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/*
 * The rule at the foot of a zone file, such as CET-1CEST,M3.5.0,M10.5.0/3: the
 * form of the variable TZ in POSIX.1-2017 section 8.3.
 */
enum { ABBREVIATION = 12 };

struct zone_offset {
	int32_t seconds; /* east of Greenwich */
	char name[ABBREVIATION];
};

/* The day of a year on which clocks are set, and the local time of day. */
struct zone_turn {
	enum { TURN_MONTH, TURN_JULIAN, TURN_DAY } kind;
	int month, week, day; /* TURN_MONTH: day is 0 for Sunday */
	int32_t seconds;
};

struct zone_rule {
	struct zone_offset standard, summer;
	struct zone_turn begin, end; /* of summer */
	bool has_summer;
};

bool zone_rule_parse(struct text, struct zone_rule *);
const struct zone_offset *zone_rule_at(const struct zone_rule *, int64_t seconds);

#endif
