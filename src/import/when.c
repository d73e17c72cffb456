/* SPDX-License-Identifier: ISC */
/* Times as logs and exports write them. */
#include <string.h>

#include "import/reader.h"

/* Whole seconds from 1700 to 2200, as everywhere here. */
enum { MOST_SECONDS_DIGITS = 10 };

bool
when_epoch(struct text t, int64_t *at)
{
	int64_t seconds = 0, fraction = 0, unit = SECOND / 10;
	bool minus = t.len > 0 && t.s[0] == '-';
	size_t i = minus, from = i;

	for (; i < t.len && is_digit(t.s[i]); i++) {
		if (i - from == MOST_SECONDS_DIGITS)
			return false;
		seconds = seconds * 10 + (t.s[i] - '0');
	}
	if (i == from || seconds > INT64_C(7258118400))
		return false;
	if (i < t.len && t.s[i] == '.') {
		size_t first = ++i;
		for (; i < t.len && is_digit(t.s[i]); i++, unit /= 10)
			fraction += (t.s[i] - '0') * unit;
		if (i == first)
			return false;
	}
	*at = seconds * SECOND + fraction;
	if (minus)
		*at = -*at;
	return i == t.len;
}

/*
 * A log's lines share their day: HH:MM:SS and a fraction behind a date that was read
 * before are summed up here; whatever else is left to civil_parse.
 */
static bool
same_day(const struct reader *r, struct text t, int64_t *at)
{
	static const char shape[] = "99:99:99";
	int64_t unit = SECOND / 10;
	int n[3];

	if (t.len < 19 || r->date[0] == '\0' || memcmp(r->date, t.s, 10) != 0 ||
	    (t.s[10] != 'T' && t.s[10] != ' '))
		return false;
	for (size_t i = 0; i < 8; i++)
		if (shape[i] == ':' ? t.s[11 + i] != ':' : !is_digit(t.s[11 + i]))
			return false;
	for (size_t i = 0; i < 3; i++)
		n[i] = (t.s[11 + 3 * i] - '0') * 10 + t.s[12 + 3 * i] - '0';
	if (n[0] > 23 || n[1] > 59 || n[2] > 59)
		return false;
	*at = r->day + n[0] * HOUR + n[1] * MINUTE + n[2] * SECOND;
	if (t.len == 19)
		return true;
	if (t.s[19] != '.' || t.len == 20 || t.len > 29)
		return false;
	for (size_t i = 20; i < t.len; i++, unit /= 10) {
		if (!is_digit(t.s[i]))
			return false;
		*at += (t.s[i] - '0') * unit;
	}
	return true;
}

bool
when_iso(struct reader *r, struct text t, bool is_utc, int64_t *at)
{
	struct civil c;
	bool has_time;
	int64_t offset;
	bool zoned = offset_cut(&t, &offset) || is_utc || r->options->zone == NULL;

	if (zoned && same_day(r, t, at)) {
		*at -= offset;
		return true;
	}
	if (!civil_parse(t, &c, &has_time))
		return false;
	if (!zoned) {
		*at = zone_to_utc(r->options->zone, &c);
		return true;
	}
	memcpy(r->date, t.s, sizeof r->date);
	r->day = days_from_civil(c.year, c.month, c.day) * DAY;
	*at = civil_to_utc(&c) - offset;
	return true;
}

struct text
when_cell(struct reader *r, int64_t at)
{
	char buf[TIME_TEXT];

	if (at == TIME_NONE)
		return (struct text){ "", 0 };
	const struct zone *zone = r->options->papers_zone != NULL
	    ? r->options->papers_zone
	    : r->options->zone;
	return arena_text(&r->arena, text_of(zone_stamp(zone, at, buf)));
}
