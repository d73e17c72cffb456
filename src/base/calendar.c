/* SPDX-License-Identifier: ISC */
/* Counting time the way orders do: days, business days, months. */
#include "base/zone.h"

bool
calendar_is_business(const struct calendar *c, int64_t day)
{
	unsigned weekend = c != NULL ? c->weekend : WEEKEND_USUAL;
	size_t low = 0, high = c != NULL ? c->n : 0;

	if (weekend >> weekday(day) & 1)
		return false;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (c->holidays[mid] == day)
			return false;
		if (c->holidays[mid] < day)
			low = mid + 1;
		else
			high = mid;
	}
	return true;
}

static int64_t
add_business_days(const struct calendar *c, int64_t day, int n)
{
	/* A week without a business day would never end: then days are days. */
	if (c != NULL && (c->weekend & 0x7f) == 0x7f)
		return day + n;
	while (n > 0)
		if (calendar_is_business(c, ++day))
			n--;
	return day;
}

static void
add_months(struct civil *c, int n)
{
	int months = c->year * 12 + c->month - 1 + n;

	c->year = months / 12;
	c->month = months % 12 + 1;
	if (c->day > days_in_month(c->year, c->month))
		c->day = days_in_month(c->year, c->month);
}

bool
unit_find(struct text word, enum unit *unit, int *times)
{
	static const struct {
		const char *one, *many;
		enum unit unit;
		int times;
	} words[] = {
		{ "hour", "hours", UNIT_HOURS, 1 },
		{ "day", "days", UNIT_DAYS, 1 },
		{ "week", "weeks", UNIT_DAYS, 7 },
		{ "month", "months", UNIT_MONTHS, 1 },
		{ "year", "years", UNIT_MONTHS, 12 },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (text_is(word, words[i].one) || text_is(word, words[i].many)) {
			*unit = words[i].unit;
			*times = words[i].times;
			return true;
		}
	return false;
}

int64_t
zone_add(const struct zone *z, const struct calendar *cal, int64_t from, int n,
    enum unit unit)
{
	/* Beyond a century an instant may not fit; orders do not reach so far. */
	static const int most[] = { [UNIT_HOURS] = 876000,
		[UNIT_DAYS] = 36500,
		[UNIT_BUSINESS_DAYS] = 26000,
		[UNIT_MONTHS] = 1200 };

	if (n > most[unit])
		n = most[unit];
	if (unit == UNIT_HOURS) {
		int64_t later;
		return __builtin_add_overflow(from, n * HOUR, &later) ? INT64_MAX
		                                                      : later;
	}
	struct civil c = zone_from_utc(z, from);
	int64_t day = days_from_civil(c.year, c.month, c.day);
	if (unit == UNIT_MONTHS) {
		add_months(&c, n);
	} else {
		struct civil to = c;
		civil_from_days(unit == UNIT_DAYS ? day + n
		                                  : add_business_days(cal, day, n),
		    &to);
		c = to;
	}
	return c.year > 2260 ? INT64_MAX : zone_to_utc(z, &c);
}
