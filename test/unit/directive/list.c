/* SPDX-License-Identifier: ISC */
/* Lists that the site brings, and the clocks that repeat. */
#include "directive/list.h"

#include <stdio.h>

#include "directive/verdict.h"
#include "test.h"

static struct list *
read_list(const char *text, char *wrong, size_t size)
{
	struct complaints c = { 0 };
	struct writer w;
	struct list *list = list_parse("eos", "eos.csv", text_of(text),
	    zone_find(text_of("UTC")), &c);

	writer_to_memory(&w);
	complaints_print(&c, &w);
	(void)snprintf(wrong, size, "%.*s", (int)writer_text(&w).len,
	    writer_text(&w).s);
	(void)writer_close(&w);
	complaints_free(&c);
	return list;
}

TEST(a_list_is_read_strictly_with_its_lines)
{
	char wrong[1000];
	struct list *list = read_list("vendor,product,ends\nCisco,RV340,2025-01-01\n"
	                              "cisco,RV160,\n",
	    wrong, sizeof wrong);
	size_t n;

	SAME(wrong, "");
	EQ(list->n, 2);
	const struct list_row *const *rows = list_of_vendor(list, text_of("CISCO"), &n);
	EQ(n, 2);
	SAME(rows[0]->product, "RV340");
	EQ(rows[1]->ends, TIME_NONE);
	EQ(rows[1]->line, 3);
	(void)list_of_vendor(list, text_of("Cis"), &n);
	EQ(n, 0);
	list_free(list);
	OK(read_list("vendor,ends,values,below\n"
	             "Cisco,2025-02-30,kev,sixteen\n,,kev=yes kev=no,\n",
	       wrong, sizeof wrong) == NULL);
	SAME(wrong,
	    "eos.csv: line 2, column 7: ends: want a date such as 2026-02-05, not "
	    "'2025-02-30'\n"
	    "eos.csv: line 2, column 18: values: want at most 16 such as kev=yes, not "
	    "'kev'\n"
	    "eos.csv: line 2, column 22: below: want a version such as 16.4, not "
	    "'sixteen'\n"
	    "eos.csv: line 3: names nothing: want an identifier, a vendor, product, "
	    "kind, os or app\n"
	    "eos.csv: line 3, column 3: values: want each variable once, not 'kev=yes "
	    "kev=no'\n");
}

TEST(a_mac_of_a_list_has_one_spelling)
{
	char wrong[1000];
	struct list *list = read_list("identifier\n00-00-5E-00-53-0A\nPRINTER-9\n",
	    wrong, sizeof wrong);
	size_t n;

	(void)list_of_identifier(list, text_of("00:00:5e:00:53:0a"), &n);
	EQ(n, 1);
	(void)list_of_identifier(list, text_of("printer-9"), &n);
	EQ(n, 1);
	list_free(list);
}

TEST(the_catalogue_is_json_and_says_no_versions)
{
	char wrong[1000];
	struct list *list = read_list(
	    "{\"title\": \"t\", \"vulnerabilities\": [\n"
	    " {\"cveID\": \"CVE-2023-1\", \"vendorProject\": \"Apple\", \"product\":\n"
	    "  \"iOS\", \"dateAdded\": \"2023-02-14\", \"later\": [1, {}]}]}\n",
	    wrong, sizeof wrong);

	SAME(wrong, "");
	OK(list->without_versions);
	EQ(list->n, 1);
	EQ(list->rows[0].listed, days_from_civil(2023, 2, 14) * DAY);
	list_free(list);
	OK(read_list("{\"vulnerabilities\": [\n {\"cveID\": \"CVE-2023-1\"},\n 7]}\n",
	       wrong, sizeof wrong) == NULL);
	SAME(wrong,
	    "eos.csv: line 2, column 2: a vulnerability lacks the key 'dateAdded'\n"
	    "eos.csv: line 2, column 2: a vulnerability lacks the key 'product'\n"
	    "eos.csv: line 2, column 2: a vulnerability lacks the key "
	    "'vendorProject'\n"
	    "eos.csv: line 3, column 2: vulnerabilities: want a mapping (key: "
	    "value)\n");
}

/* From a start: the time at or after `day` by which it is due, as days of 2026. */
static int
due_day(const char *every, int day, unsigned *turn)
{
	char text[600];
	struct complaints c = { 0 };

	(void)snprintf(text, sizeof text,
	    "directive: t\ntitle: t\nstatus: in-force\nzone: UTC\n"
	    "authority: {issuer: A, issued: 2026-01-31}\nobject: kind is phone\n"
	    "purpose: any\nobligations:\n  - {verb: report, from: issued, every: %s, "
	    "until: zero, modality: must}\n",
	    every);
	struct directive *d = directive_parse("t", text_of(text), &c);
	int64_t start = days_from_civil(2026, 1, 1) * DAY;
	int64_t due = obligation_next(&d->obligations[0], d, NULL, TIME_NONE,
	    start + day * DAY, turn);

	directive_free(d);
	complaints_free(&c);
	return (int)((due - start) / DAY);
}

TEST(what_is_repeated_is_due_again_and_again)
{
	unsigned turn;

	EQ(due_day("30 days", 10, &turn), 30);
	EQ(turn, 1);
	EQ(due_day("30 days", 30, &turn), 30);
	EQ(due_day("30 days", 31, &turn), 60);
	EQ(turn, 2);
	EQ(due_day("30 days", 3000, &turn), 3000);
	EQ(turn, 100);
	/* A month from 31 January is the last of February, and the next 31 March. */
	EQ(due_day("month", 31, &turn), 31 + 27);
	EQ(due_day("month", 60, &turn), 31 + 28 + 30);
	EQ(turn, 3);
	/* 31 January is a Saturday. */
	EQ(due_day("business day", 32, &turn), 32);
	EQ(due_day("business day", 37, &turn), 39);
	EQ(due_day("36 hours", 31, &turn), 31);
}
