/* SPDX-License-Identifier: ISC */
#ifndef BASE_TIME_H
#define BASE_TIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/*
 * An instant is an int64_t: nanoseconds since 1970-01-01T00:00:00Z, without
 * leap seconds, from 1678 to 2262. The least value means "not known". Time is
 * always a parameter: nothing below cmd/ asks the clock.
 */
#define TIME_NONE INT64_MIN
#define SECOND INT64_C(1000000000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

enum { TIME_TEXT = 40 };

/* A date and time of day, in whatever zone the caller has in mind. */
struct civil {
	int year, month, day; /* month from 1, day from 1 */
	int hour, minute, second;
	int nanosecond;
};

/* Days since 1970-01-01 in the proleptic Gregorian calendar, and back. */
int64_t days_from_civil(int year, int month, int day);
void civil_from_days(int64_t days, struct civil *);
int days_in_month(int year, int month);
/* 0 is Monday. */
int weekday(int64_t days);

struct civil civil_utc(int64_t at);
int64_t civil_to_utc(const struct civil *);

/* EVE's form: 2023-03-28T09:12:03.123456+00:00 (microseconds, truncated). */
const char *time_print(int64_t at, char buf[TIME_TEXT]);

/*
 * YYYY-MM-DD, then optionally `T` or a blank and HH:MM[:SS[.fraction]]; every
 * field in its range (no 30 February). has_time tells which. An offset or `Z`
 * is not accepted here: a zone belongs to the text around it.
 */
bool civil_parse(struct text, struct civil *, bool *has_time);

/* Z, +0000, +00:00 at the end: cut off, in nanoseconds. False: there is none. */
bool offset_cut(struct text *, int64_t *offset);

/* "90s", "10m", "2h", "3d"; false on anything else. */
bool duration_parse(struct text, int64_t *out);

#endif
