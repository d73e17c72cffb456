/* SPDX-License-Identifier: ISC */
#include "base/zonerule.h"

#include "base/time.h"

enum { HOUR_SECONDS = 3600, DAY_SECONDS = 86400 };

static bool
number(struct text *t, int least, int most, int *out)
{
	int n = 0, digits = 0;

	for (; t->len > 0 && t->s[0] >= '0' && t->s[0] <= '9' && digits < 4; digits++) {
		n = n * 10 + (t->s[0] - '0');
		t->s++;
		t->len--;
	}
	*out = n;
	return digits > 0 && n >= least && n <= most;
}

/* An abbreviation: three letters or more, or anything within < and >. */
static bool
abbreviation(struct text *t, char out[ABBREVIATION])
{
	bool quoted = text_accept(t, '<');
	size_t n = 0;

	while (t->len > 0 && n + 1 < ABBREVIATION) {
		char c = t->s[0];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool other = quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-');
		if (!letter && !other)
			break;
		out[n++] = c;
		t->s++;
		t->len--;
	}
	out[n] = '\0';
	return n >= 3 && (!quoted || text_accept(t, '>'));
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool
clock(struct text *t, int hours, int32_t *out)
{
	bool minus = text_accept(t, '-');
	int h, m = 0, s = 0;

	if (!minus)
		(void)text_accept(t, '+');
	if (!number(t, 0, hours, &h) ||
	    (text_accept(t, ':') && !number(t, 0, 59, &m)) ||
	    (m >= 0 && text_accept(t, ':') && !number(t, 0, 59, &s)))
		return false;
	*out = h * HOUR_SECONDS + m * 60 + s;
	if (minus)
		*out = -*out;
	return true;
}

static bool
turn(struct text *t, struct zone_turn *out)
{
	bool ok;

	out->seconds = 2 * HOUR_SECONDS;
	if (!text_accept(t, ','))
		return false;
	if (text_accept(t, 'M')) {
		out->kind = TURN_MONTH;
		ok = number(t, 1, 12, &out->month) && text_accept(t, '.') &&
		    number(t, 1, 5, &out->week) && text_accept(t, '.') &&
		    number(t, 0, 6, &out->day);
	} else if (text_accept(t, 'J')) {
		out->kind = TURN_JULIAN;
		ok = number(t, 1, 365, &out->day);
	} else {
		out->kind = TURN_DAY;
		ok = number(t, 0, 365, &out->day);
	}
	return ok && (!text_accept(t, '/') || clock(t, 167, &out->seconds));
}

bool
zone_rule_parse(struct text t, struct zone_rule *r)
{
	*r = (struct zone_rule){ 0 };
	/* POSIX counts west of Greenwich. */
	if (!abbreviation(&t, r->standard.name) || !clock(&t, 24, &r->standard.seconds))
		return false;
	r->standard.seconds = -r->standard.seconds;
	r->summer.seconds = r->standard.seconds + HOUR_SECONDS;
	if (t.len == 0)
		return true;
	r->has_summer = true;
	if (!abbreviation(&t, r->summer.name))
		return false;
	if (t.len > 0 && t.s[0] != ',') {
		if (!clock(&t, 24, &r->summer.seconds))
			return false;
		r->summer.seconds = -r->summer.seconds;
	}
	return turn(&t, &r->begin) && turn(&t, &r->end) && t.len == 0;
}

/* Seconds of the local clock, as if it were UTC, at which the turn comes. */
static int64_t
turn_in(const struct zone_turn *w, int year)
{
	int64_t day = days_from_civil(year, 1, 1);

	if (w->kind == TURN_DAY) {
		day += w->day;
	} else if (w->kind == TURN_JULIAN) {
		/* 29 February is never counted. */
		day += w->day - 1;
		if (w->day >= 60 && days_in_month(year, 2) == 29)
			day++;
	} else {
		day = days_from_civil(year, w->month, 1);
		int sunday_first = (weekday(day) + 1) % 7;
		int of_month = (w->day - sunday_first + 7) % 7 + (w->week - 1) * 7;
		if (of_month >= days_in_month(year, w->month))
			of_month -= 7;
		day += of_month;
	}
	return day * DAY_SECONDS + w->seconds;
}

const struct zone_offset *
zone_rule_at(const struct zone_rule *r, int64_t t)
{
	int64_t days = t / DAY_SECONDS - (t % DAY_SECONDS < 0);
	struct civil c;

	if (!r->has_summer)
		return &r->standard;
	civil_from_days(days, &c);
	/* The turn before t, in this year or the one before (a summer over New Year).
	 */
	int64_t begin = INT64_MIN, end = INT64_MIN;
	for (int year = c.year - 1; year <= c.year + 1; year++) {
		int64_t b = turn_in(&r->begin, year) - r->standard.seconds;
		int64_t e = turn_in(&r->end, year) - r->summer.seconds;
		if (b <= t && b > begin)
			begin = b;
		if (e <= t && e > end)
			end = e;
	}
	return begin >= end ? &r->summer : &r->standard;
}
