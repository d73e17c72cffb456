/* SPDX-License-Identifier: ISC */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"

static int
explain(struct scan *s, struct addr address, const char *named, bool json)
{
	const struct device *d = register_find(s->devices, address);
	struct case_file matter = scan_case(s);
	struct report r = scan_report(s, &matter);
	struct writer w;

	if (d == NULL) {
		(void)fprintf(stderr,
		    "interdict explain: no device has the address %s; `interdict scan` "
		    "lists those that there are\n",
		    named);
		return EXIT_FOUND;
	}
	writer_to_fd(&w, STDOUT_FILENO);
	if (json)
		report_explain_json(&r, d, &w);
	else
		report_explain(&r, d, &w);
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

static int
run(const struct words *words, const char *as_of, const struct papers *papers,
    bool json)
{
	struct sensor_job job = { .captures = words->list + 1,
		.n_captures = words->n - 1 };
	struct scan s = { .as_of = TIME_NONE, .zone = zone_find(text_of("UTC")) };
	struct addr address;
	struct err err;
	int status = EXIT_BAD;

	if (!addr_parse(text_of(words->list[0]), &address)) {
		(void)fprintf(stderr,
		    "interdict explain: '%s' is no address: write a MAC "
		    "(aa:bb:cc:dd:ee:ff) "
		    "or an IP, then the captures\n",
		    words->list[0]);
		return EXIT_BAD;
	}
	if (!scan_as_of(&s, as_of, &err) ||
	    (s.knowledge = share_knowledge(&err)) == NULL)
		(void)fprintf(stderr, "interdict explain: %s\n", err.line);
	else if (!load_papers(&s, papers))
		status = EXIT_BAD;
	else if (scan_run(&s, &job, false, &err) != 0)
		(void)fprintf(stderr, "interdict explain: %s\n", err.line);
	else
		status = explain(&s, address, words->list[0], json);
	scan_free(&s);
	return status;
}

int
cmd_explain(int argc, char **argv)
{
	const char *as_of = NULL;
	struct papers papers = { .links = { .file = NULL } };
	bool json = false;
	const struct option_row rows[] = {
		{ "as-of", OPTION_TEXT, &as_of, "TIME",
		    "what was believed then (UTC); default: the last packet" },
		{ "links", OPTION_TEXT, &papers.links.file, "FILE",
		    "which addresses are one device, by persons: CSV" },
		{ "corrections", OPTION_TEXT, &papers.corrections.file, "FILE",
		    "what devices are, by persons: CSV" },
		{ "json", OPTION_FLAG, &json, NULL,
		    "JSON Lines: the device, then its evidence" },
	};
	const struct command me = { "explain",
		"[--as-of TIME] [--links FILE] [--corrections FILE] [--json] ADDRESS "
		"CAPTURE...",
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
		if (words.n < 2)
			(void)
			    fputs("interdict explain: name an address, then captures\n",
			        stderr);
		else
			status = run(&words, as_of, &papers, json);
	}
	words_free(&words);
	return status;
}
