/* SPDX-License-Identifier: ISC */
/*
 * The main job: captures and papers in, the register and its verdicts out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/retention.h"
#include "cmd/scan.h"
#include "cmd/veil.h"
#include "report/report.h"

struct choices {
	struct words captures, directives, lists;
	const char *site;
	struct papers papers;
	const char *as_of, *interface, *duration, *html, *only, *pseudonyms, *store,
	    *by;
	bool json, csv, explain, quiet;
};

static bool
find_only(const char *word, enum only *out)
{
	static const char *const names[] = { "all", "covered", "not-covered",
		"excepted", "undecided" };

	*out = ONLY_ALL;
	if (word == NULL)
		return true;
	for (unsigned i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(word, names[i]) == 0) {
			*out = (enum only)i;
			return true;
		}
	const char *near = text_nearest(text_of(word), names, 5);
	(void)fprintf(stderr,
	    "interdict scan: --only %s: want covered, not-covered, excepted, "
	    "undecided%s%s%s\n",
	    word, near != NULL ? "; did you mean " : "", near != NULL ? near : "",
	    near != NULL ? "?" : "");
	return false;
}

static int
write_html(const char *path, const struct report *r)
{
	struct new_file f;

	if (file_begin("scan", path, &f) != EXIT_OK)
		return EXIT_BAD;
	report_html(r, &f.w);
	return file_end("scan", &f);
}

static unsigned
terminal_width(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
		return size.ws_col;
	return 100;
}

/* no-color.org; a dumb terminal shows the codes themselves. */
static bool
terminal_has_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDOUT_FILENO) && (no == NULL || no[0] == '\0') && term != NULL &&
	    strcmp(term, "dumb") != 0;
}

static int
answer(const struct choices *c, struct scan *s, const struct pseudonyms *key,
    enum only only)
{
	struct case_file matter = scan_case(s);
	struct err err;
	struct writer w;
	int status = EXIT_OK;

	struct verdicts *verdicts = s->store != NULL ? verdicts_list(s, NULL, &err)
	                                             : judge(&matter);
	if (verdicts == NULL) {
		(void)fprintf(stderr, "interdict scan: %s\n", err.line);
		return EXIT_BAD;
	}
	struct report r = scan_report(s, &matter);
	r.verdicts = verdicts;
	r.pseudonyms = key;
	r.only = only;
	r.explain = c->explain;
	r.page = c->html != NULL;
	r.live = c->interface != NULL && s->store == NULL;
	r.colour = terminal_has_colour();
	r.width = terminal_width();
	writer_to_fd(&w, STDOUT_FILENO);
	if (c->json)
		report_json(&r, &w);
	else if (c->csv)
		report_csv(&r, &w);
	else
		report_text(&r, &w);
	if (c->html != NULL)
		status = write_html(c->html, &r);
	if (output_close("scan", &w) != EXIT_OK)
		status = EXIT_BAD;
	for (size_t i = 0; i < verdicts->n && status == EXIT_OK; i++)
		if (verdicts->list[i].object == COVERED ||
		    verdicts->list[i].object == OBJECT_UNDECIDED)
			status = EXIT_FOUND;
	verdicts_free(verdicts);
	return status;
}

/* One that is not there is made to keep something: not by asking it, misspelt maybe. */
static bool
open_store(const struct choices *c, struct scan *s)
{
	bool given = c->captures.n > 0 || c->interface != NULL || c->directives.n > 0 ||
	    c->lists.n > 0 || c->site != NULL || papers_any(&c->papers);

	return c->store == NULL ||
	    (s->store = case_store("scan", c->store,
	         given ? STORE_MAKE : STORE_WRITE)) != NULL;
}

static int
run(const struct choices *c)
{
	struct scan s = { 0 };
	const struct matter_files files = { c->directives.list, c->directives.n,
		c->site, c->lists, c->papers };
	struct sensor_job job = { .captures = c->captures.list,
		.n_captures = c->captures.n,
		.interface = c->interface,
		.progress = !c->quiet && isatty(STDERR_FILENO) };
	struct pseudonyms *key = NULL;
	enum only only;
	struct err err;
	int status = EXIT_BAD;

	if (!find_only(c->only, &only))
		return EXIT_BAD;
	bool nothing_new = c->store != NULL && c->captures.n == 0 &&
	    c->interface == NULL;
	if ((!nothing_new && !sensor_job_check(&job, c->duration, &err)) ||
	    !veil_key("scan", c->pseudonyms, &key, &err)) {
		(void)fprintf(stderr, "interdict scan: %s\n", err.line);
		return EXIT_BAD;
	}
	if ((s.knowledge = share_knowledge(&err)) == NULL) {
		(void)fprintf(stderr, "interdict scan: %s\n", err.line);
	} else if (open_store(c, &s) &&
	    matter_load(&s, &files, actor_name(c->by, &s.arena))) {
		int failed = !scan_as_of(&s, c->as_of, &err) ||
		    (s.store != NULL ? scan_store(&s, &job, &err)
		                     : scan_run(&s, &job, c->html != NULL, &err)) != 0;
		/* No answer is better than "nothing is covered". */
		if (!failed && s.as_of == TIME_NONE && s.n_directives > 0 &&
		    !nothing_new)
			failed = err_set(&err,
			    "nothing was seen, so that there is no time to judge by: "
			    "name one with --as-of");
		if (!failed && only != ONLY_ALL && s.n_directives == 0)
			failed = err_set(&err,
			    "--only %s is of an order: name one with --directive",
			    c->only);
		if (failed)
			(void)fprintf(stderr, "interdict scan: %s\n", err.line);
		else
			status = answer(c, &s, key, only);
		if (!failed && status != EXIT_BAD && s.store != NULL && !nothing_new &&
		    !retention_after(&s, "scan", actor_name(c->by, &s.arena), c->quiet))
			status = EXIT_BAD;
	}
	scan_free(&s);
	pseudonyms_free(key);
	return status;
}

int
cmd_scan(int argc, char **argv)
{
	struct choices c = { 0 };
	const struct option_row rows[] = {
		{ "directive", OPTION_LIST, &c.directives, "FILE",
		    "an order; may stand more than once" },
		{ "list", OPTION_LIST, &c.lists, "NAME=FILE", "what an order names" },
		{ "site", OPTION_TEXT, &c.site, "FILE",
		    "segments, services, coverage, holidays" },
		{ "roster", OPTION_TEXT, &c.papers.roster.file, "FILE", "people: CSV" },
		{ "custody", OPTION_TEXT, &c.papers.custody.file, "FILE",
		    "who holds which device: CSV" },
		{ "statements", OPTION_TEXT, &c.papers.statements.file, "FILE",
		    "what people declared: CSV" },
		{ "exceptions", OPTION_TEXT, &c.papers.exceptions.file, "FILE",
		    "who is excused, until when: CSV" },
		{ "links", OPTION_TEXT, &c.papers.links.file, "FILE",
		    "which addresses are one device, by persons: CSV" },
		{ "corrections", OPTION_TEXT, &c.papers.corrections.file, "FILE",
		    "what devices are, by persons: CSV" },
		{ "as-of", OPTION_TEXT, &c.as_of, "TIME",
		    "judge as of then; default: the last packet" },
		{ "interface", OPTION_TEXT, &c.interface, "NAME",
		    "listen there instead of reading captures" },
		{ "for", OPTION_TEXT, &c.duration, "TIME",
		    "so long: 30s, 10m, 2h; else until Ctrl-C" },
		{ "only", OPTION_TEXT, &c.only, "STATE",
		    "covered, not-covered, excepted or undecided" },
		{ "json", OPTION_FLAG, &c.json, NULL, "JSON Lines: interdict-json(5)" },
		{ "csv", OPTION_FLAG, &c.csv, NULL, "CSV, one row a verdict" },
		{ "html", OPTION_TEXT, &c.html, "FILE",
		    "write the report for the authority there" },
		{ "explain", OPTION_FLAG, &c.explain, NULL,
		    "every piece of evidence too" },
		{ "pseudonyms", OPTION_TEXT, &c.pseudonyms, "KEYFILE",
		    "replace names, addresses, host names" },
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "keep all of it there, and judge all that is there" },
		{ "by", OPTION_TEXT, &c.by, "NAME",
		    "who writes it down, into a store" },
		{ "quiet", OPTION_FLAG, &c.quiet, NULL, "no progress on the terminal" },
	};
	const struct command me = { "scan",
		"[--directive FILE]... [--site FILE] [--roster FILE] ... CAPTURE...",
		"Reads captures, says which devices they show, and judges each against "
		"the\n"
		"orders. A CAPTURE is pcap or pcapng, plain, .gz or .zst; - is "
		"standard input.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 nothing is covered or undecided; 1 something is; 2 bad "
		"input.\n"
		"Start with: interdict new order > order.yaml" };
	int status;

	if (options_read(&me, argc, argv, &c.captures, &status)) {
		status = EXIT_BAD;
		if (c.json && c.csv)
			(void)fputs("interdict scan: --json or --csv, not both\n",
			    stderr);
		else
			status = run(&c);
	}
	words_free(&c.captures);
	words_free(&c.directives);
	words_free(&c.lists);
	return status;
}
