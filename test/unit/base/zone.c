/* SPDX-License-Identifier: ISC */
#include "base/zone.h"

#include "test.h"

static int64_t
utc(const char *text)
{
	struct civil c;
	bool timed;

	OK(civil_parse(text_of(text), &c, &timed));
	return civil_to_utc(&c);
}

static int64_t
in(const char *zone, const char *text)
{
	struct civil c;
	bool timed;
	const struct zone *z = zone_find(text_of(zone));

	if (!OK(z != NULL) || !OK(civil_parse(text_of(text), &c, &timed)))
		return 0;
	return zone_to_utc(z, &c);
}

static const char *
shown(const char *zone, const char *at)
{
	static char buf[TIME_TEXT];

	return zone_print(zone_find(text_of(zone)), utc(at), buf);
}

TEST(moscow_went_back_an_hour_for_good_in_2014)
{
	EQ(in("Europe/Moscow", "2014-10-25 12:00"), utc("2014-10-25 08:00"));
	EQ(in("Europe/Moscow", "2014-10-27 12:00"), utc("2014-10-27 09:00"));
	EQ(in("Europe/Moscow", "2014-10-26 01:30"), utc("2014-10-25 21:30"));
	SAME(shown("Europe/Moscow", "2014-10-25 22:30"), "2014-10-26 01:30 MSK");
	SAME(shown("Europe/Moscow", "2023-03-31 21:00"), "2023-04-01 00:00 MSK");
}

TEST(a_time_that_berlin_skips_is_the_first_after_the_gap)
{
	EQ(in("Europe/Berlin", "2023-03-26 01:59:59"), utc("2023-03-26 00:59:59"));
	EQ(in("Europe/Berlin", "2023-03-26 02:30"), utc("2023-03-26 01:00"));
	EQ(in("Europe/Berlin", "2023-03-26 03:00"), utc("2023-03-26 01:00"));
}

TEST(a_time_that_berlin_shows_twice_is_the_first_of_both)
{
	EQ(in("Europe/Berlin", "2023-10-29 02:30"), utc("2023-10-29 00:30"));
	EQ(in("Europe/Berlin", "2023-10-29 03:00"), utc("2023-10-29 02:00"));
	SAME(shown("Europe/Berlin", "2023-10-29 00:30"), "2023-10-29 02:30 CEST");
	SAME(shown("Europe/Berlin", "2023-10-29 01:30"), "2023-10-29 02:30 CET");
}

TEST(a_time_with_an_offset_asks_no_clocks)
{
	const struct zone *moscow = zone_find(text_of("Europe/Moscow"));
	int64_t at;

	OK(zone_moment(moscow, text_of("2023-04-02T09:00:00.000000+00:00"), &at));
	EQ(at, utc("2023-04-02 09:00"));
	OK(zone_moment(moscow, text_of("2023-04-02 09:00-0130"), &at));
	EQ(at, utc("2023-04-02 10:30"));
	OK(zone_moment(NULL, text_of("2023-04-02 09:00Z"), &at));
	EQ(at, utc("2023-04-02 09:00"));
	OK(zone_moment(moscow, text_of("2023-04-02 09:00"), &at));
	EQ(at, utc("2023-04-02 06:00"));
	OK(zone_moment(moscow, text_of("2023-04-02"), &at));
	EQ(at, utc("2023-04-01 21:00"));
	OK(!zone_moment(moscow, text_of("2023-04-02+03:00"), &at));
	OK(!zone_moment(moscow, text_of("2023-04-02 09:00+3:00"), &at));
	OK(!zone_moment(moscow, text_of("+00:00"), &at));
	OK(!zone_moment(moscow, text_of(""), &at));
}

TEST(clocks_tell_how_often_they_show_a_time)
{
	const struct zone *z = zone_find(text_of("Europe/Berlin"));
	struct civil c = { .year = 2023,
		.month = 3,
		.day = 26,
		.hour = 2,
		.minute = 30 };

	EQ(zone_shows(z, &c), 0);
	c.month = 10;
	c.day = 29;
	EQ(zone_shows(z, &c), 2);
	c.day = 30;
	EQ(zone_shows(z, &c), 1);
}

TEST(a_day_of_25_hours_ends_after_all_of_them)
{
	const struct zone *z = zone_find(text_of("Europe/Berlin"));
	struct civil c = { .year = 2023, .month = 10, .day = 29 };

	EQ(zone_day_end(z, &c) + 1 - zone_to_utc(z, &c), 25 * HOUR);
}

TEST(past_the_table_the_rule_at_its_foot_holds)
{
	EQ(in("Europe/Berlin", "2050-07-01 12:00"), utc("2050-07-01 10:00"));
	EQ(in("Europe/Berlin", "2050-01-01 12:00"), utc("2050-01-01 11:00"));
	EQ(in("America/New_York", "2050-07-01 12:00"), utc("2050-07-01 16:00"));
	EQ(in("America/New_York", "2050-03-13 02:30"), utc("2050-03-13 07:00"));
	EQ(in("Europe/Moscow", "2050-07-01 12:00"), utc("2050-07-01 09:00"));
	SAME(shown("America/New_York", "2050-11-06 05:30"), "2050-11-06 01:30 EDT");
	SAME(shown("America/New_York", "2050-11-06 06:30"), "2050-11-06 01:30 EST");
	/* Summer over the New Year. */
	EQ(in("Australia/Sydney", "2050-01-15 12:00"), utc("2050-01-15 01:00"));
	EQ(in("Australia/Sydney", "2050-07-15 12:00"), utc("2050-07-15 02:00"));
}

TEST(new_york_is_read_from_its_table)
{
	EQ(in("America/New_York", "2019-08-13"), utc("2019-08-13 04:00"));
	EQ(in("America/New_York", "2018-12-13"), utc("2018-12-13 05:00"));
	SAME(shown("America/New_York", "1900-01-01 12:00"), "1900-01-01 07:00 EST");
}

TEST(a_zone_name_cannot_lead_out_of_its_folder)
{
	OK(zone_find(text_of("../../../etc/passwd")) == NULL);
	OK(zone_find(text_of("/usr/share/zoneinfo/UTC")) == NULL);
	OK(zone_find(text_of("Europe//Berlin")) == NULL);
	OK(zone_find(text_of("Europe")) == NULL);
	OK(zone_find(text_of("zone.tab")) == NULL);
	OK(zone_find(text_of("")) == NULL);
	OK(zone_find(text_of("Europe/Berlin\0x")) != NULL);
	OK(zone_find((struct text){ "Europe/Berlin\0x", 15 }) == NULL);
	OK(zone_find(text_of("UTC")) != NULL);
}

TEST(the_zone_that_was_meant_is_named)
{
	char buf[ZONE_TEXT];

	SAME(zone_nearest(text_of("Europe/Moskow"), buf), "Europe/Moscow");
	OK(zone_nearest(text_of("Middle-earth"), buf) == NULL);
}

TEST(a_zone_file_of_nonsense_is_refused)
{
	static const char junk[64] = "TZif2";

	OK(zone_read("junk", (struct text){ junk, sizeof junk }) == NULL);
	OK(zone_read("empty", text_of("")) == NULL);
}

TEST(a_month_after_the_31st_is_the_last_of_february)
{
	const struct zone *z = zone_find(text_of("Europe/Berlin"));
	int64_t from = in("Europe/Berlin", "2023-01-31 10:00");

	EQ(zone_add(z, NULL, from, 1, UNIT_MONTHS),
	    in("Europe/Berlin", "2023-02-28 10:00"));
	EQ(zone_add(z, NULL, from, 13, UNIT_MONTHS),
	    in("Europe/Berlin", "2024-02-29 10:00"));
}

TEST(a_day_keeps_the_time_of_day_and_an_hour_does_not)
{
	const struct zone *z = zone_find(text_of("Europe/Berlin"));
	int64_t from = in("Europe/Berlin", "2023-03-25 10:00");

	EQ(zone_add(z, NULL, from, 1, UNIT_DAYS),
	    in("Europe/Berlin", "2023-03-26 10:00"));
	EQ(zone_add(z, NULL, from, 24, UNIT_HOURS),
	    in("Europe/Berlin", "2023-03-26 11:00"));
}

TEST(business_days_pass_over_weekends_and_holidays)
{
	const struct zone *z = zone_find(text_of("America/New_York"));
	int64_t friday = in("America/New_York", "2023-05-26 15:00");
	int64_t memorial_day[] = { days_from_civil(2023, 5, 29) };
	struct calendar with = { memorial_day, 1, WEEKEND_USUAL };
	struct calendar sunday_only = { NULL, 0, 1 << 6 };

	EQ(zone_add(z, NULL, friday, 1, UNIT_BUSINESS_DAYS),
	    in("America/New_York", "2023-05-29 15:00"));
	EQ(zone_add(z, &with, friday, 1, UNIT_BUSINESS_DAYS),
	    in("America/New_York", "2023-05-30 15:00"));
	EQ(zone_add(z, &with, friday, 10, UNIT_BUSINESS_DAYS),
	    in("America/New_York", "2023-06-12 15:00"));
	EQ(zone_add(z, &sunday_only, friday, 1, UNIT_BUSINESS_DAYS),
	    in("America/New_York", "2023-05-27 15:00"));
}

TEST(a_stamp_is_by_the_clocks_of_the_zone_and_else_of_utc)
{
	const struct zone *moscow = zone_find(text_of("Europe/Moscow"));
	const struct civil c = { .year = 2023, .month = 3, .day = 31, .hour = 21 };
	char buf[TIME_TEXT];

	SAME(zone_stamp(NULL, civil_to_utc(&c), buf), "2023-03-31 21:00:00");
	SAME(zone_stamp(moscow, civil_to_utc(&c), buf), "2023-04-01 00:00:00");
	EQ(zone_from_utc(NULL, civil_to_utc(&c)).day, 31);
}
