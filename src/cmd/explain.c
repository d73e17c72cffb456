/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "cmd/veil.h"

struct choices {
	const char *as_of, *store, *pseudonyms;
	struct papers papers;
	bool json;
};

static int
refuse(const char *line)
{
	(void)fprintf(stderr, "interdict explain: %s\n", line);
	return EXIT_BAD;
}

static int
explain(struct scan *s, struct addr address, const char *named, const struct choices *c)
{
	const struct device *d = register_find(s->devices, address);
	struct case_file matter = scan_case(s);
	struct report r = scan_report(s, &matter);
	struct pseudonyms *pseudonyms = NULL;
	struct err err;
	struct writer w;

	if (d == NULL) {
		(void)fprintf(stderr,
		    "interdict explain: no device has the address %s; `interdict scan` "
		    "lists those that there are\n",
		    named);
		return EXIT_FOUND;
	}
	if (!veil_key("explain", c->pseudonyms, &pseudonyms, &err))
		return refuse(err.line);
	r.pseudonyms = pseudonyms;
	writer_to_fd(&w, STDOUT_FILENO);
	if (c->json)
		report_explain_json(&r, device_number(d), &w);
	else
		report_explain(&r, device_number(d), &w);
	pseudonyms_free(pseudonyms);
	return output_close("explain", &w);
}

/* What persons say of addresses and devices: all mistakes before anything is read. */
static bool
load_papers(struct scan *s, const struct papers *named)
{
	struct complaints wrong = { 0 };
	struct papers papers = *named;
	struct writer w;

	if (!papers_any(&papers))
		return true;
	writer_to_fd(&w, STDERR_FILENO);
	s->people = people_load(&papers, s->zone, &wrong);
	corrections_check(s, &wrong);
	complaints_print(&wrong, &w);
	bool good = wrong.errors == 0;
	complaints_free(&wrong);
	(void)writer_close(&w);
	return good;
}

/* Out of the captures that are named, or out of a store. */
static bool
load(struct scan *s, const struct words *words, const struct choices *c)
{
	struct sensor_job job = { .captures = words->list + 1,
		.n_captures = words->n - 1 };
	struct err err = { "" };

	if (c->store != NULL)
		return case_recall(s, "explain", c->store, c->as_of, STORE_READ);
	if (scan_as_of(s, c->as_of, &err) &&
	    (s->knowledge = share_knowledge(&err)) != NULL) {
		if (!load_papers(s, &c->papers))
			return false;
		if (scan_run(s, &job, false, &err) == 0)
			return true;
	}
	(void)refuse(err.line);
	return false;
}

static int
run(const struct words *words, const struct choices *c)
{
	struct scan s = { .as_of = TIME_NONE, .zone = zone_find(text_of("UTC")) };
	struct addr address;
	int status = EXIT_BAD;

	if (!addr_parse(text_of(words->list[0]), &address)) {
		(void)fprintf(stderr,
		    "interdict explain: '%s' is no address: write a MAC "
		    "(aa:bb:cc:dd:ee:ff) "
		    "or an IP, then the captures\n",
		    words->list[0]);
		return EXIT_BAD;
	}
	if (load(&s, words, c))
		status = explain(&s, address, words->list[0], c);
	scan_free(&s);
	return status;
}

int
cmd_explain(int argc, char **argv)
{
	struct choices c = { .as_of = NULL };
	const struct option_row rows[] = {
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "of what a store has, instead of captures; default: " STORE_FILE },
		{ "as-of", OPTION_TEXT, &c.as_of, "TIME",
		    "what was believed then (UTC, or by the store's site); default: "
		    "the last packet" },
		{ "links", OPTION_TEXT, &c.papers.links.file, "FILE",
		    "which addresses are one device, by persons: CSV" },
		{ "corrections", OPTION_TEXT, &c.papers.corrections.file, "FILE",
		    "what devices are, by persons: CSV" },
		{ "pseudonyms", OPTION_TEXT, &c.pseudonyms, "KEYFILE",
		    "names, addresses, host names as keyed pseudonyms" },
		{ "json", OPTION_FLAG, &c.json, NULL,
		    "JSON Lines: the device, then its evidence" },
	};
	const struct command me = { "explain",
		"[--as-of TIME] [--links FILE] [--corrections FILE] [--json] ADDRESS\n"
		"          (CAPTURE... | --store [FILE.db])",
		"Prints every piece of evidence for and against what a device is "
		"believed to\n"
		"be: capture, frame, fact, row of knowledge, family, weight.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 the device was found, 1 no device has that address, 2 "
		"bad input." };
	struct words words = { 0 };
	int status;

	if (options_read(&me, argc, argv, &words, &status)) {
		status = EXIT_BAD;
		if (words.n < 1 || (words.n < 2) == (c.store == NULL))
			(void)refuse("name an address, then captures or --store");
		else if (c.store != NULL && papers_any(&c.papers))
			(void)refuse(
			    "a store has its links and corrections: `interdict "
			    "link`, `interdict correct`");
		else
			status = run(&words, &c);
	}
	words_free(&words);
	return status;
}
