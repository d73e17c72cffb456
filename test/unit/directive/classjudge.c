/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "device/hidden.h"
#include "directive/class.h"
#include "test.h"

/* A device of which the joint is set by hand: shares of iPhone, iPad and the rest. */
struct bench {
	struct knowledge *k;
	const struct hypothesis *all;
	size_t n;
	struct device device;
	struct arena arena;
	unsigned grouped; /* expressions that were judged by groups as well */
};

static bool
bench_open(struct bench *b)
{
	struct err err;

	*b = (struct bench){ .k = knowledge_load("share/knowledge", NULL, &err) };
	if (!OK(b->k != NULL))
		return false;
	b->all = knowledge_hypotheses(b->k, &b->n);
	b->device.belief.n = b->n;
	b->device.belief.p = must_alloc(b->n, sizeof *b->device.belief.p);
	return OK(b->n > 0);
}

static void
bench_close(struct bench *b)
{
	free(b->device.belief.p);
	arena_free(&b->arena);
	knowledge_free(b->k);
}

static void
believe(struct bench *b, const char *vendor, const char *os, const char *kind, double p)
{
	for (size_t i = 0; i < b->n; i++)
		if (text_is(b->all[i].vendor, vendor) && text_is(b->all[i].os, os) &&
		    text_is(b->all[i].kind, kind)) {
			b->device.belief.p[i] += p;
			return;
		}
	(void)printf("no %s %s %s\n", vendor, os, kind);
	OK(false);
}

static struct class_answer
ask(struct bench *b, const char *text)
{
	struct complaints c = { 0 };
	const struct class *class = class_parse(&b->arena, text_of(text), "f", 1, 1,
	    &c);

	complaints_free(&c);
	if (!OK(class != NULL))
		return (struct class_answer){ UNDECIDED, 0, NULL };
	struct class_answer one = class_judge(class, &b->device, b->k, NULL);
	/* By groups of hypotheses it is the same as by each of them. */
	struct class_data data = { .at = 0 };
	data.cases = class_cases_new(&b->arena, class, b->all, b->n, &data);
	b->grouped += data.cases != NULL; /* lists look at the words themselves */
	struct class_answer same = class_judge(class, &b->device, b->k, &data);
	OK(same.truth == one.truth && same.because == one.because);
	OK(same.p > one.p - 1e-12 && same.p < one.p + 1e-12);
	return one;
}

static int
percent(double p)
{
	return (int)(p * 100 + 0.5);
}

TEST(a_class_is_judged_on_the_joint_and_not_on_its_parts)
{
	struct bench b;

	if (!bench_open(&b))
		return;
	believe(&b, "Apple", "iOS", "phone", 0.7);
	believe(&b, "Apple", "iPadOS", "tablet", 0.3);
	EQ(ask(&b, "vendor is Apple").truth, TRUE_);
	EQ(ask(&b, "vendor is not apple").truth, FALSE_);
	EQ(ask(&b, "vendor is Apple and kind is phone").truth, UNDECIDED);
	EQ(percent(ask(&b, "vendor is Apple and kind is phone").p), 70);
	EQ(ask(&b, "kind in [phone, tablet] and not vendor in [Samsung]").truth, TRUE_);
	EQ(ask(&b, "vendor is not Apple and kind is phone").truth, FALSE_);
	/* 0.7 and 0.3 would multiply to 0.21: no device is both. */
	EQ(percent(ask(&b, "kind is phone and os is iPadOS").p), 0);
	SAME(ask(&b, "kind is phone").because,
	    "the evidence does not decide what it is");
	OK(ask(&b, "vendor is Apple").because == NULL);
	OK(b.grouped > 0);
	bench_close(&b);
}

TEST(what_is_no_part_of_the_joint_comes_in_as_bounds)
{
	struct bench b;

	if (!bench_open(&b))
		return;
	believe(&b, "Apple", "iOS", "phone", 0.95);
	believe(&b, "Samsung", "Android", "phone", 0.05);
	EQ(ask(&b, "os is iOS and version < 17").truth, UNDECIDED);
	SAME(ask(&b, "os is iOS and version < 17").because,
	    "its version is not known well enough");
	EQ(ask(&b, "os is Android and version < 17").truth, FALSE_);
	EQ(ask(&b, "os is iOS or version < 17").truth, TRUE_);
	EQ(ask(&b, "kind is phone and country is RU").truth, UNDECIDED);
	EQ(ask(&b, "kind is phone and app is TikTok").truth, FALSE_);
	OK(version_parse(text_of("16.1"), &b.device.belief.range.min));
	OK(version_parse(text_of("16.7"), &b.device.belief.range.max));
	EQ(ask(&b, "os is iOS and version < 17").truth, TRUE_);
	EQ(ask(&b, "os is iOS and version >= 17").truth, FALSE_);
	EQ(ask(&b, "os is iOS and version < 16.5").truth, UNDECIDED);
	b.device.belief.model.value = text_of("iPhone15,2");
	EQ(ask(&b, "model in ['iphone15,2', 'iPhone15,3']").truth, TRUE_);
	EQ(ask(&b, "model is not 'iPhone15,2'").truth, FALSE_);
	bench_close(&b);
}

TEST(a_word_that_the_knowledge_lacks_is_undecided_for_what_it_cannot_name)
{
	struct bench b;

	if (!bench_open(&b))
		return;
	believe(&b, "Apple", "iOS", "phone", 1.0);
	EQ(ask(&b, "vendor is Zaphod").truth, FALSE_);
	b.device.belief.p = memset(b.device.belief.p, 0, b.n * sizeof(double));
	for (size_t i = 0, done = 0; i < b.n && !done; i++)
		if (text_is(b.all[i].vendor, "other")) {
			b.device.belief.p[i] = 1.0;
			done = 1;
		}
	EQ(ask(&b, "vendor is Zaphod").truth, UNDECIDED);
	SAME(ask(&b, "vendor is Zaphod").because,
	    "a vendor of the order is not one that the knowledge names");
	EQ(ask(&b, "vendor is Apple").truth, FALSE_);
	bench_close(&b);
}

TEST(an_app_that_was_not_seen_is_open_when_the_device_hides_names)
{
	struct bench b;

	if (!bench_open(&b))
		return;
	believe(&b, "Apple", "iOS", "phone", 1);
	EQ(ask(&b, "app is TikTok").truth, FALSE_);
	b.device.hides = 1U << HIDDEN_DOH;
	struct class_answer a = ask(&b, "app is TikTok");
	EQ(a.truth, UNDECIDED);
	OK(a.because != NULL && strstr(a.because, "hides names") != NULL);
	EQ(ask(&b, "app is TikTok and kind is printer").truth, FALSE_);
	bench_close(&b);
}
