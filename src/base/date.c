/* SPDX-License-Identifier: ISC */
/* Dates as persons write them, and what is wrong with those that are none. */
#include <stdio.h>

#include "base/schema.h"

static const char *const month_names[12] = { "January", "February", "March", "April",
	"May", "June", "July", "August", "September", "October", "November",
	"December" };

bool
date_like(struct text t)
{
	size_t digits = 0;

	while (digits < t.len && is_digit(t.s[digits]))
		digits++;
	return digits > 0 && digits < t.len && strchr("-./", t.s[digits]) != NULL;
}

static int
two(struct text t, size_t at)
{
	return (t.s[at] - '0') * 10 + (t.s[at + 1] - '0');
}

/* A pattern in which 9 stands for any digit. */
static bool
has_shape(struct text t, size_t from, const char *shape)
{
	size_t n = strlen(shape);

	if (t.len < from + n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (shape[i] == '9' ? !is_digit(t.s[from + i])
		                    : t.s[from + i] != shape[i])
			return false;
	return true;
}

static const char *
time_why(struct text t)
{
	struct text rest = { t.s + 10, t.len - 10 };

	if (rest.s[0] != 'T' && rest.s[0] != ' ')
		return "a blank or T stands between the date and the time";
	if (!has_shape(t, 11, "99:99"))
		return "the time is written HH:MM, as in 09:00";
	if (two(t, 11) > 23)
		return "a day has hours 00 to 23: write the next day, 00:00";
	if (two(t, 14) > 59)
		return "an hour has minutes 00 to 59";
	if (has_shape(t, 16, ":99") && two(t, 17) > 59)
		return "a minute has seconds 00 to 59";
	if (text_find(rest, 'Z', 0) < rest.len || text_find(rest, '+', 0) < rest.len ||
	    text_find(rest, '-', 0) < rest.len)
		return "an offset has no place here: the key 'zone' says the zone";
	return "the time is written HH:MM or HH:MM:SS";
}

const char *
date_why(struct text t, char *buf, size_t n)
{
	if (!has_shape(t, 0, "9999-99-99"))
		return "a date is written YYYY-MM-DD, as in 2023-04-01";
	int year = two(t, 0) * 100 + two(t, 2), month = two(t, 5), day = two(t, 8);
	if (year < 1700 || year > 2200)
		return "the year lies outside 1700 to 2200";
	if (month < 1 || month > 12)
		return "a year has months 01 to 12";
	if (day < 1 || day > days_in_month(year, month)) {
		(void)snprintf(buf, n, "%s %d has days 01 to %d",
		    month_names[month - 1], year, days_in_month(year, month));
		return buf;
	}
	return t.len == 10 ? "it cannot be read" : time_why(t);
}

void
put_date(struct writer *w, const struct zone *z, int64_t at)
{
	struct civil c = zone_from_utc(z, at);

	putf(w, "%04d-%02d-%02d", c.year, c.month, c.day);
	if (c.hour == 0 && c.minute == 0 && c.second == 0 && c.nanosecond == 0)
		return;
	putf(w, " %02d:%02d", c.hour, c.minute);
	if (c.second == 0 && c.nanosecond == 0)
		return;
	putf(w, ":%02d", c.second);
	if (c.nanosecond == 0)
		return;
	char fraction[16];
	(void)snprintf(fraction, sizeof fraction, "%09u",
	    (unsigned)c.nanosecond % 1000000000);
	size_t n = strlen(fraction);
	while (n > 1 && fraction[n - 1] == '0')
		n--;
	put_char(w, '.');
	put_bytes(w, fraction, n);
}

/* The same as it was written, in one spelling. */
static const char *
spell(struct schema *s, struct civil c, bool timed)
{
	struct writer w;

	writer_to_memory(&w);
	put_date(&w, zone_find(text_of("UTC")), civil_to_utc(&c));
	if (timed && c.hour == 0 && c.minute == 0 && c.second == 0 && c.nanosecond == 0)
		put(&w, " 00:00");
	const char *text = arena_string(s->arena, writer_text(&w));
	(void)writer_close(&w);
	return text;
}

bool
schema_date(struct schema *s, const struct yaml *y, const char *what, bool end,
    int64_t *at, const char **written)
{
	struct civil c;
	bool timed;
	char buf[64];

	if (!schema_scalar(s, y, what))
		return false;
	if (!civil_parse(y->scalar, &c, &timed)) {
		int n = y->scalar.len < 40 ? (int)y->scalar.len : 40;
		wrong(s, y, "%s: '%.*s' is no date: %s", what, n, y->scalar.s,
		    date_why(y->scalar, buf, sizeof buf));
		return false;
	}
	if (written != NULL)
		*written = spell(s, c, timed);
	const struct zone *z = s->zone != NULL ? s->zone : zone_find(text_of("UTC"));
	*at = end && !timed ? zone_day_end(z, &c) : zone_to_utc(z, &c);
	unsigned shows = timed ? zone_shows(z, &c) : 1;
	if (shows == 0)
		doubtful(s, y,
		    "%s: the clocks of %s skip this time: the first moment after is "
		    "meant",
		    what, zone_name(z));
	else if (shows == 2)
		doubtful(s, y,
		    "%s: the clocks of %s show this time twice: the first is "
		    "meant",
		    what, zone_name(z));
	return true;
}
