/* SPDX-License-Identifier: ISC */
#include "directive/class.h"

#include <stdlib.h>

#include "test.h"

static struct arena arena;
static char said[4096], printed[1024];

static void
keep(char *out, size_t size, struct writer *w)
{
	size_t n = w->len < size - 1 ? w->len : size - 1;

	if (n > 0)
		memcpy(out, w->buf, n);
	out[n] = '\0';
	(void)writer_close(w);
}

static const struct class *
parse(const char *text)
{
	struct complaints c = { 0 };
	struct writer w;

	const struct class *class = class_parse(&arena, text_of(text), "f", 3, 9, &c);
	writer_to_memory(&w);
	complaints_print(&c, &w);
	keep(said, sizeof said, &w);
	complaints_free(&c);
	return class;
}

static const char *
canonical(const char *text)
{
	const struct class *class = parse(text);
	struct writer w;

	if (class == NULL)
		return said;
	writer_to_memory(&w);
	class_print(class, &w);
	keep(printed, sizeof printed, &w);
	OK(class_equal(class, parse(printed)));
	return printed;
}

TEST(or_binds_weaker_than_and_and_and_weaker_than_not)
{
	SAME(canonical("vendor is A or kind is b and os is c"),
	    "vendor is A or kind is b and os is c");
	SAME(canonical("(vendor is A or kind is b) and not (os is c)"),
	    "(vendor is A or kind is b) and not os is c");
	SAME(canonical("not not vendor is A"), "not not vendor is A");
	SAME(canonical("not (vendor is A and kind is b)"),
	    "not (vendor is A and kind is b)");
	SAME(canonical("((vendor is A)) or (kind is b or (os is c))"),
	    "vendor is A or kind is b or os is c");
	arena_free(&arena);
}

TEST(values_are_quoted_when_they_must_be)
{
	SAME(canonical("vendor in [ 'Hangzhou Hikvision' ,\"Dahua\"]"),
	    "vendor in [\"Hangzhou Hikvision\", Dahua]");
	SAME(canonical("VENDOR IS NOT apple AND app NOT IN [\"a,b\", not]"),
	    "vendor is not apple and app not in [\"a,b\", \"not\"]");
	SAME(canonical("model is 'say \"so\"'"), "model is 'say \"so\"'");
	SAME(canonical("version >= 16.4 and version<17"),
	    "version >= 16.4 and version < 17");
	arena_free(&arena);
}

TEST(each_mistake_of_an_expression_is_told_at_its_column)
{
	SAME(canonical("vender is Apple and kind iss phone or os is"),
	    "f: line 3, column 9: want vendor, kind, os, version, model, app, country, "
	    "app-country or list, not 'vender': do you mean 'vendor'?\n"
	    "f: line 3, column 34: want 'is', 'is not', 'in' or 'not in' after 'kind', "
	    "not 'iss': do you mean 'is'?\n"
	    "f: line 3, column 52: want a value for 'os', not the end\n");
	SAME(canonical("(vendor is Apple"),
	    "f: line 3, column 9: '(' is never closed\n");
	SAME(canonical("vendor is Apple)"),
	    "f: line 3, column 24: want 'and', 'or' or the end, not ')'\n");
	SAME(canonical("vendor is Apple kind is phone"),
	    "f: line 3, column 25: want 'and', 'or' or the end, not 'kind'\n");
	SAME(canonical("vendor < 3"),
	    "f: line 3, column 16: only 'version' has an order: want 'is' or 'in' "
	    "after "
	    "'vendor'\n");
	SAME(canonical("version < sixteen"),
	    "f: line 3, column 19: want a version of numbers with points, such as "
	    "16.4, "
	    "not 'sixteen'\n");
	SAME(canonical("vendor in [Apple, apple]"),
	    "f: line 3, column 19: 'apple' stands twice in the list\n");
	SAME(canonical("vendor in []"),
	    "f: line 3, column 20: want a value for 'vendor', "
	    "not ']'\n");
	SAME(canonical("vendor is 'Apple"),
	    "f: line 3, column 19: a quote is opened here and never closed\n");
	SAME(canonical("vendor = Apple"),
	    "f: line 3, column 16: want 'is', 'is not', 'in' or 'not in' after "
	    "'vendor', "
	    "not '=': do you mean 'is'?\n");
	SAME(canonical(""),
	    "f: line 3, column 9: want vendor, kind, os, version, model, "
	    "app, country, app-country or list, not the end\n");
	arena_free(&arena);
}

TEST(nesting_has_a_limit)
{
	char deep[256] = "";

	for (int i = 0; i < 40; i++)
		strcat(deep, "(");
	strcat(deep, "vendor is Apple");
	SAME(canonical(deep),
	    "f: line 3, column 41: is nested deeper than 32 levels\n");
	arena_free(&arena);
}

static const struct hypothesis world[] = {
	{ .vendor = { "Apple", 5 }, .os = { "iOS", 3 }, .kind = { "phone", 5 } },
	{ .vendor = { "Apple", 5 }, .os = { "iPadOS", 6 }, .kind = { "tablet", 6 } },
	{ .vendor = { "Samsung", 7 }, .os = { "Android", 7 }, .kind = { "phone", 5 } },
	{ .vendor = { "other", 5 }, .os = { "other", 5 }, .kind = { "other", 5 } },
};

static bool
overlap(const char *a, const char *b, size_t n)
{
	const struct class *one = parse(a), *two = parse(b);

	return OK(one != NULL && two != NULL) && class_overlaps(one, two, world, n);
}

static bool
within(const char *a, const char *b, size_t n)
{
	const struct class *one = parse(a), *two = parse(b);

	return OK(one != NULL && two != NULL) && class_within(one, two, world, n);
}

TEST(classes_overlap_when_some_device_is_of_both)
{
	OK(overlap("kind is phone and vendor is not Apple", "kind is phone", 0));
	OK(within("kind is phone and vendor is not Apple", "kind is phone", 0));
	OK(!overlap("kind is phone and vendor is not Apple",
	    "vendor is Apple and kind is phone", 0));
	OK(!within("kind is phone", "vendor is Apple and kind is phone", 0));
	OK(!overlap("vendor in [A, B]", "vendor in [C, D]", 0));
	OK(overlap("not vendor in [A, B]", "not vendor in [C, D]", 0));
	OK(overlap("version < 16", "version > 17", 0)); /* not told apart: perhaps */
	OK(!overlap("os is Android", "vendor is Apple", 4));
	OK(overlap("vendor is Nokia", "kind is other", 4)); /* it may be the unnamed */
	arena_free(&arena);
}

TEST(a_maker_that_the_taxonomy_lacks_is_a_caution_and_a_kind_a_mistake)
{
	struct complaints c = { 0 };
	struct writer w;
	const struct class *class = parse(
	    "vendor in [apple, Samsong] and kind in [phone, fone]");

	class_check_words(class, world, 4, "f", &c);
	EQ(c.errors, 1);
	writer_to_memory(&w);
	complaints_print(&c, &w);
	keep(said, sizeof said, &w);
	SAME(said,
	    "f: line 3, column 27: warning: the knowledge has no vendor 'Samsong': "
	    "no device can be decided by it; do you mean 'Samsung'?\n"
	    "f: line 3, column 56: the knowledge has no kind 'fone': "
	    "interdict-directive(5) lists the kinds; do you mean 'phone'?\n");
	complaints_free(&c);
	arena_free(&arena);
}
