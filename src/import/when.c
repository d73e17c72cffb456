/* SPDX-License-Identifier: ISC */
/* Times as logs and exports write them. */
#include <stdio.h>
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

/* Mar, March. */
static unsigned
month_of(struct text word)
{
	static const char *const names[12] = { "January", "February", "March", "April",
		"May", "June", "July", "August", "September", "October", "November",
		"December" };

	for (unsigned m = 0; word.len >= 3 && m < 12; m++) {
		struct text name = text_of(names[m]);
		name.len = name.len < word.len ? name.len : word.len;
		if (text_equal_word(word, name))
			return m + 1;
	}
	return 0;
}

static bool
is_weekday(struct text word)
{
	static const char *const names[7] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat",
		"Sun" };

	for (size_t i = 0; word.len == 3 && i < 7; i++)
		if (text_is_word(word, names[i]))
			return true;
	return false;
}

/* A date in words: what of it was there already. */
struct shown {
	struct text date, clock; /* 2023-03-28; 9:12:03 */
	unsigned long long year, day;
	unsigned month;
	bool am, pm;
};

/* The next of words with blanks or commas between them, U+202F as newer ICU has it. */
static bool
next_word(struct text *rest, struct text *word)
{
	static const char blank[] = "\xe2\x80\xaf";
	size_t n = 0;

	while (rest->len > 0 && strchr(" ,\xe2\x80\xaf", rest->s[0]) != NULL)
		*rest = (struct text){ rest->s + 1, rest->len - 1 };
	while (n < rest->len && rest->s[n] != ' ' && rest->s[n] != ',' &&
	    (rest->len - n < 3 || memcmp(rest->s + n, blank, 3) != 0))
		n++;
	*word = (struct text){ rest->s, n };
	*rest = (struct text){ rest->s + n, rest->len - n };
	return n > 0;
}

static bool
take_word(struct shown *d, struct text word)
{
	size_t colon = text_find(word, ':', 0);
	unsigned long long n;

	if (word.len >= 2 &&
	    (colon < word.len || text_is_word(word, "AM") ||
	        text_is_word(word, "PM"))) {
		struct text half = { word.s + word.len - 2, 2 };
		bool am = text_is_word(half, "AM"), pm = text_is_word(half, "PM");
		if ((am || pm) && (d->am || d->pm))
			return false;
		d->am |= am;
		d->pm |= pm;
		word.len -= am || pm ? 2 : 0;
		if (word.len == 0)
			return d->clock.len > 0;
		bool first = d->clock.len == 0;
		d->clock = word;
		return first;
	}
	if (word.len == 10 && word.s[4] == '-' && d->date.len == 0)
		d->date = word;
	else if (d->month == 0 && month_of(word) > 0)
		d->month = month_of(word);
	else if (!text_number(word, &n))
		return is_weekday(word);
	else if (word.len == 4 && d->year == 0)
		d->year = n;
	else if (word.len <= 2 && d->day == 0)
		d->day = n;
	else
		return false;
	return true;
}

/* 9:12 or 9:12:03, of twelve hours or of twenty-four. */
static bool
clock_of(const struct shown *d, unsigned long long hms[3])
{
	struct text rest = d->clock, part;
	size_t n = 0;

	while (text_split(&rest, ':', &part))
		if (n == 3 || part.len > 2 || !text_number(part, &hms[n++]))
			return false;
	if (!d->am && !d->pm)
		return n >= 2;
	if (hms[0] < 1 || hms[0] > 12)
		return false;
	hms[0] = hms[0] % 12 + (d->pm ? 12 : 0);
	return n >= 2;
}

bool
when_shown(struct reader *r, struct text t, bool is_utc, int64_t *at)
{
	unsigned long long hms[3] = { 0 };
	struct shown d = { 0 };
	char date[64], iso[96];
	struct text word;

	while (next_word(&t, &word))
		if (!take_word(&d, word))
			return false;
	if ((d.date.len > 0) == (d.month > 0) ||
	    (d.clock.len > 0 && !clock_of(&d, hms)))
		return false;
	(void)snprintf(date, sizeof date, "%04llu-%02u-%02llu", d.year, d.month, d.day);
	if (d.date.len > 0)
		(void)snprintf(date, sizeof date, "%.10s", d.date.s);
	(void)snprintf(iso, sizeof iso, "%.10s %02llu:%02llu:%02llu", date, hms[0],
	    hms[1], hms[2]);
	return when_iso(r, text_of(iso), is_utc, at);
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
