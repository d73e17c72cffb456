/* SPDX-License-Identifier: ISC */
#include "base/time.h"

#include <stdio.h>

/* Howard Hinnant, "chrono-compatible low-level date algorithms", 2013. */
int64_t
days_from_civil(int year, int month, int day)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
	    719468;
}

void
civil_from_days(int64_t days, struct civil *c)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	c->day = (int)(of_year - (153 * m + 2) / 5 + 1);
	c->month = (int)(m < 10 ? m + 3 : m - 9);
	c->year = (int)(y + era * 400 + (c->month <= 2));
}

int
days_in_month(int year, int month)
{
	static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

int
weekday(int64_t days)
{
	int64_t w = (days + 3) % 7;

	return (int)(w < 0 ? w + 7 : w);
}

struct civil
civil_utc(int64_t at)
{
	int64_t days = at / DAY, rest = at % DAY;
	struct civil c;

	if (rest < 0) {
		rest += DAY;
		days--;
	}
	civil_from_days(days, &c);
	c.hour = (int)(rest / HOUR);
	c.minute = (int)(rest / MINUTE % 60);
	c.second = (int)(rest / SECOND % 60);
	c.nanosecond = (int)(rest % SECOND);
	return c;
}

int64_t
civil_to_utc(const struct civil *c)
{
	return days_from_civil(c->year, c->month, c->day) * DAY + c->hour * HOUR +
	    c->minute * MINUTE + c->second * SECOND + c->nanosecond;
}

/* So many decimal digits, from the last one on. */
static void
put_digits(char *to, size_t n, unsigned value)
{
	for (; n > 0; n--, value /= 10)
		to[n - 1] = (char)('0' + value % 10);
}

/* A report has millions of them: snprintf() takes ten times as long. */
const char *
time_print(int64_t at, char buf[TIME_TEXT])
{
	static const char form[] = "0000-00-00T00:00:00.000000+00:00";
	struct civil c = civil_utc(at);

	if (c.year >= 0 && c.year <= 9999) {
		memcpy(buf, form, sizeof form);
		put_digits(buf, 4, (unsigned)c.year);
		put_digits(buf + 5, 2, (unsigned)c.month);
		put_digits(buf + 8, 2, (unsigned)c.day);
		put_digits(buf + 11, 2, (unsigned)c.hour);
		put_digits(buf + 14, 2, (unsigned)c.minute);
		put_digits(buf + 17, 2, (unsigned)c.second);
		put_digits(buf + 20, 6, (unsigned)(c.nanosecond / 1000));
		return buf;
	}
	(void)snprintf(buf, TIME_TEXT, "%04d-%02d-%02dT%02d:%02d:%02d.%06d+00:00",
	    c.year, c.month, c.day, c.hour, c.minute, c.second, c.nanosecond / 1000);
	return buf;
}

/* Exactly n digits at the start of t; t moves past them. */
static bool
digits(struct text *t, size_t n, int *out)
{
	int value = 0;

	if (t->len < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (t->s[i] < '0' || t->s[i] > '9')
			return false;
		value = value * 10 + (t->s[i] - '0');
	}
	t->s += n;
	t->len -= n;
	*out = value;
	return true;
}

static bool
clock_time(struct text *t, struct civil *c)
{
	if (!digits(t, 2, &c->hour) || !text_accept(t, ':') ||
	    !digits(t, 2, &c->minute))
		return false;
	if (text_accept(t, ':')) {
		if (!digits(t, 2, &c->second))
			return false;
		if (text_accept(t, '.')) {
			int digit, unit = 100000000;
			if (!digits(t, 1, &digit))
				return false;
			do {
				c->nanosecond += digit * unit;
				unit /= 10;
			} while (unit > 0 && digits(t, 1, &digit));
		}
	}
	return c->hour < 24 && c->minute < 60 && c->second < 60;
}

bool
civil_parse(struct text t, struct civil *c, bool *has_time)
{
	*c = (struct civil){ 0 };
	*has_time = false;
	if (!digits(&t, 4, &c->year) || !text_accept(&t, '-') ||
	    !digits(&t, 2, &c->month) || !text_accept(&t, '-') ||
	    !digits(&t, 2, &c->day))
		return false;
	if (c->year < 1700 || c->year > 2200 || c->month < 1 || c->month > 12 ||
	    c->day < 1 || c->day > days_in_month(c->year, c->month))
		return false;
	if (t.len == 0)
		return true;
	*has_time = true;
	return (text_accept(&t, 'T') || text_accept(&t, ' ')) && clock_time(&t, c) &&
	    t.len == 0;
}

bool
offset_cut(struct text *t, int64_t *offset)
{
	size_t n = t->len;

	*offset = 0;
	if (n > 0 && (t->s[n - 1] == 'Z' || t->s[n - 1] == 'z')) {
		t->len--;
		return true;
	}
	for (size_t width = 5; width <= 6; width++) {
		if (n < width + 10)
			return false;
		const char *s = t->s + n - width;
		if (s[0] != '+' && s[0] != '-')
			continue;
		if (width == 6 && s[3] != ':')
			return false;
		const char *m = s + width - 2;
		if (!is_digit(s[1]) || !is_digit(s[2]) || !is_digit(m[0]) ||
		    !is_digit(m[1]) || m[0] > '5')
			return false;
		*offset = ((s[1] - '0') * 10 + s[2] - '0') * HOUR +
		    ((m[0] - '0') * 10 + m[1] - '0') * MINUTE;
		if (s[0] == '-')
			*offset = -*offset;
		t->len -= width;
		while (t->len > 0 && t->s[t->len - 1] == ' ')
			t->len--;
		return true;
	}
	return false;
}

bool
duration_parse(struct text t, int64_t *out)
{
	unsigned long long n;

	if (t.len < 2 || !text_number((struct text){ t.s, t.len - 1 }, &n) ||
	    n > 100000)
		return false;
	switch (t.s[t.len - 1]) {
	case 's':
		*out = (int64_t)n * SECOND;
		return true;
	case 'm':
		*out = (int64_t)n * MINUTE;
		return true;
	case 'h':
		*out = (int64_t)n * HOUR;
		return true;
	case 'd':
		*out = (int64_t)n * DAY;
		return n <= 36500;
	}
	return false;
}
