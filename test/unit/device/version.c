/* SPDX-License-Identifier: ISC */
#include "device/version.h"

#include "test.h"

static enum truth
ask(const char *min, const char *max, const char *op, const char *than)
{
	struct version_range r = { .min.n = 0, .max.n = 0 };
	struct version v;

	if (*min != '\0')
		OK(version_parse(text_of(min), &r.min));
	if (*max != '\0')
		OK(version_parse(text_of(max), &r.max));
	OK(version_parse(text_of(than), &v));
	return version_compare(&r, op, &v);
}

TEST(one_darwin_number_is_several_releases_and_the_answer_is_three_valued)
{
	EQ(ask("18.6", "18.7.10", "<", "18.6"), FALSE_);
	EQ(ask("18.6", "18.7.10", "<", "18.6.2"), UNDECIDED);
	EQ(ask("18.6", "18.7.10", "<", "26"), TRUE_);
	EQ(ask("18.6", "18.7.10", "is", "18"), TRUE_);
	EQ(ask("18.6", "18.7.10", "is", "18.7"), UNDECIDED);
	EQ(ask("18.6", "18.7.10", "is", "17"), FALSE_);
}

TEST(a_maximum_covers_what_is_below_it_in_the_tree)
{
	EQ(ask("17.1", "17.1", "<=", "17.1"), TRUE_);
	EQ(ask("17.1", "17.1", "<", "17.1.2"), UNDECIDED);
	EQ(ask("17.1", "17.1", ">", "17"), FALSE_);
	EQ(ask("17.1", "17.1", ">=", "17"), TRUE_);
}

TEST(an_open_range_decides_on_its_closed_side_only)
{
	EQ(ask("26", "", "<", "18"), FALSE_);
	EQ(ask("26", "", "<", "27"), UNDECIDED);
	EQ(ask("", "", ">=", "1"), UNDECIDED);
	EQ(ask("", "8", ">", "8"), FALSE_);
}

TEST(what_is_no_version_is_refused)
{
	struct version v;

	OK(!version_parse(text_of("17."), &v));
	OK(!version_parse(text_of(""), &v));
	OK(!version_parse(text_of("17.x"), &v));
	OK(!version_parse(text_of("1.2.3.4.5"), &v));
}
