/* SPDX-License-Identifier: ISC */
#include "base/text.h"

#include "base/addr.h"
#include "base/time.h"
#include "test.h"

TEST(the_nearest_word_is_found_only_when_it_is_near)
{
	static const char *const words[] = { "vendor", "version", "kind" };

	SAME(text_nearest(text_of("vender"), words, 3), "vendor");
	SAME(text_nearest(text_of("Kinds"), words, 3), "kind");
	SAME(text_nearest(text_of("kidn"), words, 3), "kind");
	OK(text_nearest(text_of("colour"), words, 3) == NULL);
}

TEST(utf8_that_could_be_written_shorter_is_refused)
{
	OK(text_is_utf8(text_of("\xd0\x9a\xd0\xb8")));
	OK(!text_is_utf8(text_of("\xc0\xaf")));
	OK(!text_is_utf8(text_of("\xed\xa0\x80")));
	OK(!text_is_utf8(text_of("\xe2\x82")));
}

TEST(addresses_are_read_in_their_usual_spellings)
{
	struct addr a, b;
	char buf[ADDR_TEXT];

	OK(addr_parse(text_of("c4:61:8B:35:82:a9"), &a));
	OK(addr_parse(text_of("c461.8b35.82a9"), &b) && addr_equal(a, b));
	OK(addr_parse(text_of("c4618b3582a9"), &b) && addr_equal(a, b));
	OK(!addr_parse(text_of("c4:61:8b:35:82"), &b));
	OK(!addr_parse(text_of("c4:61:8b:35:82:"), &b));
	SAME(addr_print(a, buf), "c4:61:8b:35:82:a9");
	OK(addr_parse(text_of("2001:db8::1"), &a));
	SAME(addr_print(a, buf), "2001:db8::1");
}

TEST(a_range_with_host_bits_is_refused)
{
	struct prefix p;
	struct addr in, out;

	OK(!prefix_parse(text_of("10.1.2.3/16"), &p));
	OK(prefix_parse(text_of("10.1.128.0/17"), &p));
	OK(addr_parse(text_of("10.1.200.1"), &in) && prefix_has(&p, in));
	OK(addr_parse(text_of("10.1.1.1"), &out) && !prefix_has(&p, out));
}

TEST(a_day_that_does_not_exist_is_no_date)
{
	struct civil c;
	bool timed;
	char buf[TIME_TEXT];

	OK(!civil_parse(text_of("2023-02-30"), &c, &timed));
	OK(civil_parse(text_of("2024-02-29 23:59:59.5"), &c, &timed) && timed);
	SAME(time_print(civil_to_utc(&c), buf), "2024-02-29T23:59:59.500000+00:00");
	OK(!civil_parse(text_of("2024-02-29 24:00"), &c, &timed));
	EQ(weekday(days_from_civil(2023, 4, 1)), 5);
}
