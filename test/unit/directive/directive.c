/* SPDX-License-Identifier: ISC */
#include "directive/directive.h"

#include <stdio.h>
#include <stdlib.h>

#include "test.h"

#define HEAD                                                                        \
	"title: T\nstatus: in-force\nzone: Europe/Moscow\n"                         \
	"authority: {issuer: X, issued: 2023-03-20, effective: 2023-03-31 18:00}\n" \
	"sources: [{claim: x, source: y, grade: internal}]\npurpose: official\n"

static struct directive *
order(const char *rest)
{
	struct complaints c = { 0 };
	char text[4096];
	struct writer w;

	(void)snprintf(text, sizeof text, "%s%s", HEAD, rest);
	struct directive *d = directive_parse("f", text_of(text), &c);
	writer_to_memory(&w);
	complaints_print(&c, &w);
	if (!OK(d != NULL && c.n == 0))
		(void)printf("%.*s", (int)w.len, w.buf);
	(void)writer_close(&w);
	complaints_free(&c);
	return d;
}

static int64_t
moscow(const char *text)
{
	struct civil c;
	bool timed;

	OK(civil_parse(text_of(text), &c, &timed));
	return zone_to_utc(zone_find(text_of("Europe/Moscow")), &c);
}

TEST(a_day_is_its_start_under_from_and_before_and_its_end_under_by)
{
	struct directive *d = order(
	    "directive: a\nobject: kind is phone\nobligations:\n"
	    "- {verb: notify, from: 2023-03-20, modality: must}\n"
	    "- {verb: stop-use, before: 2023-04-01, modality: must}\n"
	    "- {verb: dispose, by: 2023-04-01, modality: must}\n"
	    "- {verb: wipe, by: 2023-04-01T00:00, modality: must}\n"
	    "- {verb: not-carry-in, from: 2023-04-01, modality: must}\n");
	const struct obligation *o = d->obligations;

	EQ(obligation_begins(&o[0], d, NULL, TIME_NONE), moscow("2023-03-20"));
	EQ(obligation_due(&o[0], d, NULL, TIME_NONE), TIME_NONE);
	EQ(obligation_due(&o[1], d, NULL, TIME_NONE), moscow("2023-04-01"));
	EQ(obligation_due(&o[2], d, NULL, TIME_NONE), moscow("2023-04-02") - 1);
	EQ(obligation_due(&o[3], d, NULL, TIME_NONE), moscow("2023-04-01"));
	EQ(obligation_due(&o[4], d, NULL, TIME_NONE), moscow("2023-04-01"));
	directive_free(d);
}

TEST(clocks_run_from_their_triggers)
{
	struct directive *d = order(
	    "directive: a\nobject: kind is phone\nobligations:\n"
	    "- {verb: plan, by: 10 days after issued, modality: must}\n"
	    "- {verb: remove, from: 1 month after effective, by: 3 "
	    "months after effective, modality: must}\n"
	    "- {verb: report, by: 1 business day after discovered, "
	    "modality: must}\n"
	    "- {verb: examine, by: 72 hours after discovered, "
	    "modality: must}\n"
	    "- {verb: wipe, by: effective, modality: must}\n");
	const struct obligation *o = d->obligations;
	int64_t friday = moscow("2023-04-28 17:00");
	int64_t may_first[] = { days_from_civil(2023, 5, 1) };
	struct calendar cal = { may_first, 1, WEEKEND_USUAL };

	EQ(obligation_due(&o[0], d, &cal, friday), moscow("2023-03-31") - 1);
	EQ(obligation_begins(&o[1], d, &cal, friday), moscow("2023-04-30"));
	EQ(obligation_due(&o[1], d, &cal, friday), moscow("2023-07-01") - 1);
	EQ(obligation_due(&o[2], d, &cal, friday), moscow("2023-05-03") - 1);
	EQ(obligation_due(&o[2], d, &cal, TIME_NONE), TIME_NONE);
	EQ(obligation_due(&o[3], d, &cal, friday), friday + 72 * HOUR);
	EQ(obligation_due(&o[4], d, &cal, friday), moscow("2023-04-01") - 1);
	directive_free(d);
}

TEST(the_phase_in_force_is_the_last_that_began)
{
	struct directive *d = order(
	    "directive: a\nobject: kind is phone\nobligations:\n"
	    "- {verb: stop-use, from: 2023-04-01, modality: must}\n"
	    "enforcement:\n- {from: issued, do: observe}\n"
	    "- {from: 7 days after issued, do: warn}\n"
	    "- {from: 2023-04-01, do: block, at-least: 0.98}\n");

	OK(directive_phase(d, NULL, moscow("2023-03-19 23:59")) == NULL);
	EQ(directive_phase(d, NULL, moscow("2023-03-20"))->what, DO_OBSERVE);
	EQ(directive_phase(d, NULL, moscow("2023-03-27"))->what, DO_WARN);
	EQ(directive_phase(d, NULL, moscow("2023-04-01") - 1)->what, DO_WARN);
	EQ(directive_phase(d, NULL, moscow("2023-04-01"))->what, DO_BLOCK);
	directive_free(d);
}

static size_t
conflicts(const char *one, const char *two, size_t *errors)
{
	struct complaints c = { 0 };
	struct directive *set[] = { order(one), order(two) };
	size_t n = directives_conflicts(set, 2, NULL, 0, &c);

	if (errors != NULL)
		*errors = c.errors;
	complaints_free(&c);
	directive_free(set[0]);
	directive_free(set[1]);
	return n;
}

#define GIVER                                                                         \
	"directive: giver\nobject: vendor is Apple and kind is phone\nobligations:\n" \
	"- {verb: replace, modality: may, with: kind is phone and vendor is not "     \
	"Apple}\n"
#define FORBIDS(id)                                                \
	"directive: " id "\nobject: kind is phone\nobligations:\n" \
	"- {verb: stop-use, from: 2023-04-01, modality: must}\n"

TEST(a_replacement_that_another_order_forbids_is_a_conflict)
{
	EQ(conflicts(GIVER, FORBIDS("b"), NULL), 1);
	EQ(conflicts(GIVER "applies-to: {groups: [a]}\n", FORBIDS("b"), NULL), 1);
	EQ(conflicts(GIVER "applies-to: {groups: [a]}\n",
	       FORBIDS("b") "applies-to: {groups: [c]}\n", NULL),
	    0);
	EQ(conflicts(GIVER "applies-to: {groups: [a]}\n",
	       FORBIDS("b") "applies-to: {not-groups: [a]}\n", NULL),
	    0);
	EQ(conflicts(GIVER "applies-to: {ownership: [issued]}\n",
	       FORBIDS("b") "applies-to: {ownership: [personal]}\n", NULL),
	    0);
	EQ(conflicts(GIVER, "supersedes: giver\n" FORBIDS("b"), NULL), 1);
}

TEST(an_id_belongs_to_one_order)
{
	size_t errors;

	EQ(conflicts(FORBIDS("a"), FORBIDS("a"), &errors), 1);
	EQ(errors, 1);
}

TEST(what_one_order_destroys_the_other_cannot_examine)
{
	const char *destroys = "directive: a\nobject: vendor is Apple\nobligations:\n"
	                       "- {verb: dispose, by: 2023-04-01, modality: must}\n";
	const char *after_wipe = "directive: a\nobject: vendor is Apple\nobligations:\n"
	                         "- {verb: dispose, by: 2023-04-01, modality: must, "
	                         "first: [examine]}\n";
	const char *late = "directive: b\nobject: kind is phone\nobligations:\n"
	                   "- {verb: examine, by: 2023-05-01, modality: must}\n";
	const char *early = "directive: b\nobject: kind is phone\nobligations:\n"
	                    "- {verb: examine, by: 2023-03-25, modality: must}\n";

	EQ(conflicts(destroys, late, NULL), 1);
	EQ(conflicts(destroys, early, NULL), 0);
	EQ(conflicts(after_wipe, late, NULL), 0);
}

TEST(orders_that_differ_in_anything_are_not_equal)
{
	static const char *const variants[] = {
		FORBIDS("a"),
		FORBIDS("b"),
		FORBIDS("a") "supersedes: c\n",
		FORBIDS("a") "report: {to-role: r}\n",
		FORBIDS("a") "report: {to-role: r, every: week}\n",
		FORBIDS("a") "report: {to-role: r, nil-return: yes}\n",
		FORBIDS("a") "exceptions: {grounds: [g], approver-role: r}\n",
		FORBIDS("a") "exceptions: {grounds: [h], approver-role: r}\n",
		FORBIDS("a") "exceptions: {grounds: [g], approver-role: r, longest: "
		             "week}\n",
		FORBIDS(
		    "a") "exceptions: {grounds: [g], approver-role: r, blanket: yes}\n",
		FORBIDS("a") "applies-to: {groups: [g]}\n",
		FORBIDS("a") "applies-to: {not-groups: [g]}\n",
		FORBIDS("a") "applies-to: {persons: [g]}\n",
		FORBIDS("a") "applies-to: {ranks: [g]}\n",
		FORBIDS("a") "applies-to: {sites: [g]}\n",
		FORBIDS("a") "applies-to: {segments: [g]}\n",
		FORBIDS("a") "applies-to: {ownership: [issued]}\n",
		FORBIDS("a") "enforcement: [{from: 2023-04-01, do: warn}]\n",
		FORBIDS("a") "enforcement: [{from: 2023-04-02, do: warn}]\n",
		FORBIDS("a") "enforcement: [{from: 2023-04-01, do: portal}]\n",
		FORBIDS(
		    "a") "enforcement: [{from: 2023-04-01, do: warn, at-least: 0.8}]\n",
		FORBIDS(
		    "a") "enforcement: [{from: 2023-04-01, do: warn, families: 2}]\n",
		FORBIDS("a") "enforcement: [{from: 2023-04-01, do: portal, ceiling: 2 "
		             "per day}]\n",
	};
	enum { N = sizeof variants / sizeof variants[0] };
	struct directive *d[N], *again[N];

	for (size_t i = 0; i < N; i++) {
		d[i] = order(variants[i]);
		again[i] = order(variants[i]);
	}
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < N; j++)
			if (!OK(directive_equal(d[i], again[j]) == (i == j)))
				(void)printf("%s%s", variants[i], variants[j]);
	for (size_t i = 0; i < N; i++) {
		directive_free(d[i]);
		directive_free(again[i]);
	}
}

TEST(nothing_is_half_loaded_and_the_digest_is_of_the_bytes)
{
	struct complaints c = { 0 };

	OK(directive_parse("f", text_of("directive: a\n"), &c) == NULL);
	OK(c.errors >= 6);
	complaints_free(&c);
	struct directive *d = order(FORBIDS("a"));
	EQ(strlen(d->digest), 64);
	directive_free(d);
}
