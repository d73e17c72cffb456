/* SPDX-License-Identifier: ISC */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time.h"

/*
 * A time zone out of the system's zone files (TZif, RFC 8536), read without the
 * process-wide TZ of the C library. Zones live until zones_free().
 */
struct zone;

enum { ZONE_TEXT = 64 }; /* room for any name, with its NUL */

/* "Europe/Moscow", "UTC"; NULL when the system has none of that name. */
const struct zone *zone_find(struct text name);
/* One from the bytes of a TZif file; NULL when they are none. zone_free() it. */
struct zone *zone_read(const char *name, struct text bytes);
void zone_free(struct zone *);
/* The name of the system's list that is nearest to a wrong one, or NULL. */
const char *zone_nearest(struct text name, char buf[ZONE_TEXT]);
const char *zone_name(const struct zone *);
void zones_free(void); /* at the end of the process */

/*
 * Local to UTC. A local time that daylight saving skips becomes the first
 * instant after the gap; one that it repeats means the first.
 */
int64_t zone_to_utc(const struct zone *, const struct civil *);
/*
 * A date and time as civil_parse() has them, by the clocks of the zone (NULL: UTC)
 * unless it brings an offset of its own.
 */
bool zone_moment(const struct zone *, struct text, int64_t *at);
/* How often the zone's clocks show a local time: 0, 1 or 2. */
unsigned zone_shows(const struct zone *, const struct civil *);
/* The last instant of the day whose first is zone_to_utc() of its midnight. */
int64_t zone_day_end(const struct zone *, const struct civil *);
struct civil zone_from_utc(const struct zone *, int64_t at); /* NULL: UTC */
/* "2023-04-01 09:00:00", by the zone's clocks (NULL: UTC): as papers have a time. */
const char *zone_stamp(const struct zone *, int64_t at, char buf[TIME_TEXT]);
/* "2023-04-01 09:00 MSK": minutes, and the zone's own abbreviation. */
const char *zone_print(const struct zone *, int64_t at, char buf[TIME_TEXT]);

/* Days on which an organisation does not work: Saturdays, Sundays, holidays. */
struct calendar {
	int64_t *holidays; /* days since 1970-01-01, sorted, no doubles */
	size_t n;
	uint8_t weekend; /* bit n: weekday n (0 is Monday) is no business day */
};

enum { WEEKEND_USUAL = 1 << 5 | 1 << 6 };

/* Without a calendar only Saturdays and Sundays are no business days. */
bool calendar_is_business(const struct calendar *, int64_t day);

enum unit { UNIT_HOURS, UNIT_DAYS, UNIT_BUSINESS_DAYS, UNIT_MONTHS };

/* "day", "weeks", "years" … as a unit and how many of it; false: no such word. */
bool unit_find(struct text, enum unit *, int *times);
/*
 * The instant n units after `from`, by the clock of the zone. Business days are
 * counted from the day after `from` (FAR 52.204-25: "within one business day");
 * a month from 31 January ends on the last day of February.
 */
int64_t zone_add(const struct zone *, const struct calendar *, int64_t from, int n,
    enum unit);

#endif
