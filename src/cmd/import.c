/* SPDX-License-Identifier: ISC */
#include "cmd/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/import_keep.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/retention.h"
#include "report/json_parts.h"
#include "store/store.h"

/* Wrong lines that are named; the others are counted. */
enum { NAMED_MOST = 20 };

struct printer {
	struct writer w;
	const struct import_job *job;
	bool json;
	unsigned *named;       /* wrong lines of each file so far */
	struct keeper *keeper; /* NULL: nothing is kept */
};

static void
print_fact(void *state, const struct fact *f)
{
	struct printer *p = state;
	const struct import_row *row = import_row(
	    (enum import_format)(f->decoder & ~IMPORT_DECODER));

	if (p->keeper != NULL)
		keeper_fact(p->keeper, f);
	if (!p->json)
		return;
	json_fact(&p->w, f, p->job->files[f->seen->capture],
	    row != NULL ? row->name : "import", NULL);
	output_check("import", &p->w);
}

static void
put_time(struct json *j, const char *key, int64_t at)
{
	char buf[TIME_TEXT];

	json_key(j, key);
	json_cstring(j, time_print(at, buf));
}

static void
print_presence(void *state, const struct presence *presence)
{
	struct printer *p = state;
	struct json j = json_over(&p->w);

	if (p->keeper != NULL)
		keeper_presence(p->keeper, presence);
	if (!p->json)
		return;
	json_open(&j, '{');
	put_time(&j, "timestamp", presence->first);
	json_key(&j, "event_type");
	json_cstring(&j, "presence");
	json_key(&j, "capture");
	json_cstring(&j, p->job->files[presence->capture]);
	json_key(&j, "presence");
	json_open(&j, '{');
	json_addr(&j, "mac", presence->mac, NULL);
	json_addr(&j, "ip", presence->ip, NULL);
	if (presence->vlan != 0) {
		json_key(&j, "vlan");
		json_uint(&j, presence->vlan);
	}
	put_time(&j, "first", presence->first);
	put_time(&j, "last", presence->last);
	json_key(&j, "packets");
	json_uint(&j, presence->packets);
	json_event_end(&j);
	output_check("import", &p->w);
}

static void
print_row(void *state, const struct paper_row *row)
{
	struct printer *p = state;
	struct json j = json_over(&p->w);
	const char *names[PAPER_CELLS];
	size_t n = paper_columns(row->kind, names);

	if (p->keeper != NULL)
		keeper_row(p->keeper, row);
	if (!p->json)
		return;
	json_open(&j, '{');
	json_key(&j, "event_type");
	json_cstring(&j, paper_name(row->kind));
	json_key(&j, "capture");
	json_cstring(&j, p->job->files[row->file]);
	json_key(&j, "frame");
	json_uint(&j, row->line);
	json_key(&j, paper_name(row->kind));
	json_open(&j, '{');
	for (size_t i = 0; i < n; i++)
		if (row->cells[i].len > 0) {
			json_key(&j, names[i]);
			json_string(&j, row->cells[i]);
		}
	json_event_end(&j);
	output_check("import", &p->w);
}

static void
print_wrong(void *state, const struct import_wrong *wrong)
{
	struct printer *p = state;
	const char *file = p->job->files[wrong->file];

	if (p->named[wrong->file]++ >= NAMED_MOST)
		return;
	(void)writer_flush(&p->w); /* where both go to the same place, in order */
	if (wrong->line == 0)
		(void)fprintf(stderr, "%s: %s\n", file, wrong->text);
	else if (wrong->column == 0)
		(void)fprintf(stderr, "%s: line %llu: %s\n", file,
		    (unsigned long long)wrong->line, wrong->text);
	else
		(void)fprintf(stderr, "%s: line %llu, column %llu: %s\n", file,
		    (unsigned long long)wrong->line, (unsigned long long)wrong->column,
		    wrong->text);
}

static void
put_counts(struct json *j, const struct import_counts *c)
{
	const struct {
		const char *key;
		uint64_t n;
	} counts[] = { { "bytes", c->bytes }, { "lines", c->lines },
		{ "records", c->records }, { "facts", c->facts },
		{ "presences", c->presences } };

	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		json_key(j, counts[i].key);
		json_uint(j, counts[i].n);
	}
	for (unsigned i = 0; i < PAPERS; i++)
		if (c->rows[i] > 0) {
			json_key(j, paper_name((enum import_paper)i));
			json_uint(j, c->rows[i]);
		}
	json_key(j, "wrong");
	json_uint(j, c->wrong);
	json_key(j, "other");
	json_uint(j, c->other);
	json_key(j, "whole");
	json_bool(j, !c->stopped);
}

static void
summary_json(struct writer *w, const char *file, const struct import_counts *c)
{
	const struct import_row *row = import_row(c->format);
	struct json j = json_over(w);

	json_open(&j, '{');
	json_key(&j, "event_type");
	json_cstring(&j, "import");
	json_key(&j, "capture");
	json_cstring(&j, file);
	json_key(&j, "import");
	json_open(&j, '{');
	json_key(&j, "format");
	json_cstring(&j, row != NULL ? row->name : NULL);
	put_counts(&j, c);
	json_event_end(&j);
}

static void
put_count(struct writer *w, uint64_t n, const char *one, const char *many)
{
	if (n > 0)
		putf(w, ", %llu %s", (unsigned long long)n, n == 1 ? one : many);
}

static void
summary_text(struct writer *w, const char *file, const struct import_counts *c)
{
	static const char *const many[PAPERS] = { "persons", "rows of custody",
		"statements", "exceptions", "links", "corrections", "items" };
	static const char *const one[PAPERS] = { "person", "row of custody",
		"statement", "exception", "link", "correction", "item" };
	const struct import_row *row = import_row(c->format);

	putf(w, "%s: %s, %llu line%s", file,
	    row != NULL ? row->name : "no known format", (unsigned long long)c->lines,
	    c->lines == 1 ? "" : "s");
	put_count(w, c->records, "record", "records");
	put_count(w, c->facts, "fact", "facts");
	put_count(w, c->presences, "presence", "presences");
	for (unsigned i = 0; i < PAPERS; i++)
		put_count(w, c->rows[i], one[i], many[i]);
	put_count(w, c->other, "of no use here", "of no use here");
	put_count(w, c->wrong, "wrong", "wrong");
	put(w, c->stopped ? "; not read to its end\n" : "\n");
}

static int
summaries(struct printer *p, const struct import_counts *counts, bool failed)
{
	int status = EXIT_OK;

	for (size_t i = 0; i < p->job->n; i++) {
		const char *file = p->job->files[i];
		if (failed && counts[i].bytes == 0)
			continue; /* it was not come to */
		(p->json ? summary_json : summary_text)(&p->w, file, &counts[i]);
		if (p->named[i] > NAMED_MOST || counts[i].wrong > p->named[i])
			(void)fprintf(stderr,
			    "%s: %llu wrong lines, of which %u are named\n", file,
			    (unsigned long long)counts[i].wrong,
			    p->named[i] < NAMED_MOST ? p->named[i] : NAMED_MOST);
		if (counts[i].stopped)
			status = EXIT_BAD;
		else if (counts[i].wrong > 0 && status == EXIT_OK)
			status = EXIT_FOUND;
	}
	return status;
}

static void
tell_error(const char *line)
{
	(void)fprintf(stderr, "interdict import: %s\n", line);
}

static int
run(const struct import_job *job, bool json, struct keeper *keeper)
{
	struct printer p = { .job = job, .json = json, .keeper = keeper };
	struct import_sink sink = { print_fact, print_presence, print_row, print_wrong,
		&p };
	struct import_counts *counts = must_alloc(job->n, sizeof *counts);
	struct err err;

	p.named = must_alloc(job->n, sizeof *p.named);
	writer_to_fd(&p.w, STDOUT_FILENO);
	bool failed = import_run(job, &sink, counts, &err) != 0;
	if (!failed && keeper != NULL)
		failed = keeper_write(keeper, job, counts, &sink, &err) != 0;
	int status = summaries(&p, counts, failed);
	if (!failed && keeper != NULL)
		keeper_tell(keeper, &p.w, json);
	if (!failed && job->dry && job->complete && !json)
		put(&p.w, "Nothing was kept.\n");
	if (failed) {
		(void)writer_flush(&p.w);
		tell_error(err.line);
		status = EXIT_BAD;
	}
	if (output_close("import", &p.w) != EXIT_OK)
		status = EXIT_BAD;
	free(p.named);
	free(counts);
	return status;
}

/* After it what the store holds is judged anew, so that `status` knows. */
static int
judge_anew(struct scan *s)
{
	struct err err;

	if (!case_again(s, "import", TIME_NONE))
		return -1;
	if (s->as_of == TIME_NONE || verdicts_judge(s, NULL, &err) == 0)
		return 0;
	tell_error(err.line);
	return -1;
}

static bool
open_case(struct scan *s, const char *file, const struct matter_files *orders,
    const char *actor)
{
	struct err err;

	if ((s->store = case_store("import", file, STORE_MAKE)) == NULL)
		return false;
	if ((s->knowledge = share_knowledge(&err)) == NULL) {
		tell_error(err.line);
		return false;
	}
	bool given = orders->n_directives > 0 || orders->site != NULL;
	return !given || matter_load(s, orders, actor);
}

/* By the clocks of --zone, else of the site, as all dates on the command line. */
static bool
set_as_of(struct import_job *job, const struct zone *zone)
{
	job->as_of = TIME_NONE;
	if (job->as_of_text == NULL ||
	    zone_moment(zone, text_of(job->as_of_text), &job->as_of))
		return true;
	(void)fprintf(stderr,
	    "interdict import: --as-of '%s' is no date (want one like 2023-04-01 or "
	    "2023-04-01T09:00)\n",
	    job->as_of_text);
	return false;
}

static bool
set_times(struct import_job *job)
{
	char near[ZONE_TEXT];
	const struct zone *zone = NULL;

	if (job->zone != NULL && (zone = zone_find(text_of(job->zone))) == NULL) {
		const char *other = zone_nearest(text_of(job->zone), near);
		(void)fprintf(stderr,
		    "interdict import: no zone is called '%s'%s%s%s\n", job->zone,
		    other != NULL ? "; is '" : "", other != NULL ? other : "",
		    other != NULL ? "' meant?" : "");
		return false;
	}
	return set_as_of(job, zone);
}

/*
 * Where its own devices are: flows between addresses of the Internet do not say that.
 * And by whose clocks the dates in its papers are.
 */
static bool
find_places(struct scan *s, struct import_job *job)
{
	matter_forget(s);
	if (!matter_places(s))
		return false;
	for (size_t i = 0; s->site != NULL && i < s->site->n_segments; i++) {
		const struct segment *g = &s->site->segments[i];
		if (g->n_ranges == 0)
			continue;
		job->own = must_grow(job->own, job->n_own + g->n_ranges,
		    sizeof *job->own);
		for (size_t k = 0; k < g->n_ranges; k++)
			job->own[job->n_own++] = g->ranges[k];
	}
	job->servers = scan_servers(s);
	matter_forget(s);
	job->papers_zone = zone_name(s->zone);
	return job->zone != NULL || set_as_of(job, s->zone);
}

static int
run_into(struct import_job *job, bool json, const char *file,
    const struct matter_files *orders, const char *by)
{
	struct scan s = { 0 };
	int status = EXIT_BAD;
	const char *actor = actor_name(by, &s.arena);

	if (open_case(&s, file, orders, actor) && find_places(&s, job)) {
		struct keeper *keeper = keeper_new(&s, actor,
		    job->as_of != TIME_NONE ? job->as_of : time_now());
		keeper_leave_out(keeper, job);
		status = job->n > 0 ? run(job, json, keeper) : EXIT_OK;
		keeper_free(keeper);
		if (status != EXIT_BAD && !job->dry &&
		    (judge_anew(&s) != 0 ||
		        !retention_after(&s, "import", actor, false)))
			status = EXIT_BAD;
	}
	free(job->own);
	job->own = NULL;
	servers_free(&job->servers);
	scan_free(&s);
	return status;
}

static int
list(bool json)
{
	struct writer w;

	writer_to_fd(&w, STDOUT_FILENO);
	for (unsigned i = 0; i < IMPORTS; i++) {
		const struct import_row *row = import_row((enum import_format)i);
		struct json j = json_over(&w);
		if (!json) {
			putf(&w, "%-18s %s%s\n%18s gives %s\n", row->name,
			    row->recognised, row->zoned ? "; asks for --zone" : "", "",
			    row->gives);
			continue;
		}
		json_event(&j, "format", TIME_NONE);
		json_key(&j, "name");
		json_cstring(&j, row->name);
		json_key(&j, "zone");
		json_bool(&j, row->zoned);
		json_key(&j, "recognised");
		json_cstring(&j, row->recognised);
		json_key(&j, "source");
		json_cstring(&j, row->source);
		json_key(&j, "gives");
		json_cstring(&j, row->gives);
		json_event_end(&j);
	}
	return output_close("import", &w);
}

static bool
set_format(struct import_job *job, const char *format)
{
	if (format == NULL)
		return true;
	job->format = import_find(text_of(format));
	if (job->format != IMPORT_UNKNOWN)
		return true;
	const char *near = import_nearest(text_of(format));
	(void)fprintf(stderr,
	    "interdict import: no format is called '%s'%s%s%s; --list "
	    "prints them\n",
	    format, near != NULL ? "; is '" : "", near != NULL ? near : "",
	    near != NULL ? "' meant?" : "");
	return false;
}

int
cmd_import(int argc, char **argv)
{
	bool json = false, listing = false;
	const char *format = NULL, *store = NULL, *by = NULL;
	struct words directives = { 0 };
	struct matter_files orders = { .directives = NULL };
	struct import_job job = { .format = IMPORT_UNKNOWN, .every = true };
	const struct option_row rows[] = {
		{ "format", OPTION_TEXT, &format, "NAME",
		    "what the files are, instead of looking at them" },
		{ "strict", OPTION_FLAG, &job.strict, NULL,
		    "the first wrong line is the last" },
		{ "zone", OPTION_TEXT, &job.zone, "ZONE",
		    "of times that have none: Europe/Moscow (UTC)" },
		{ "as-of", OPTION_TEXT, &job.as_of_text, "TIME",
		    "of rows that have no date (when the file was written)" },
		{ "store", OPTION_STORE, &store, "[FILE.db]",
		    "where it is kept; default: " STORE_FILE },
		{ "directive", OPTION_LIST, &directives, "FILE",
		    "an order, into the store as well" },
		{ "site", OPTION_TEXT, &orders.site, "FILE", "the site, likewise" },
		{ "by", OPTION_TEXT, &by, "NAME", "who writes it down" },
		{ "complete", OPTION_FLAG, &job.complete, NULL,
		    "of rosters: who is in the store and not in them has left" },
		{ "dry-run", OPTION_FLAG, &job.dry, NULL,
		    "say what the files hold; keep nothing" },
		{ "json", OPTION_FLAG, &json, NULL,
		    "each record, as JSON Lines; kept when a store is named" },
		{ "list", OPTION_FLAG, &listing, NULL, "the formats" },
	};
	const struct command me = { "import",
		"[--format NAME] [--strict] [--zone ZONE] [--store FILE.db] FILE...",
		"Reads logs, lease files, inventories, rosters and papers into the "
		"store.\n"
		"A FILE is plain, .gz or .zst; - is standard input.",
		rows, sizeof rows / sizeof rows[0], NULL };
	struct words words = { 0 };
	int status;

	if (!options_read(&me, argc, argv, &words, &status)) {
		words_free(&words);
		return status;
	}
	job.files = words.list;
	job.n = words.n;
	job.every = json;
	if (listing) {
		status = list(json);
	} else if (words.n == 0 && directives.n == 0 && orders.site == NULL) {
		(void)fputs("interdict import: name a file, or --list\n", stderr);
		status = EXIT_BAD;
	} else if (!set_format(&job, format) || !set_times(&job)) {
		status = EXIT_BAD;
	} else if (!job.complete && (job.dry || (json && store == NULL))) {
		status = run(&job, json, NULL);
	} else if (job.complete && job.dry &&
	    access(store != NULL ? store : STORE_FILE, F_OK) != 0) {
		(void)fprintf(stderr,
		    "interdict import: there is no store %s that anybody could be "
		    "missing from\n",
		    store != NULL ? store : STORE_FILE);
		status = EXIT_BAD;
	} else {
		orders.directives = directives.list;
		orders.n_directives = job.dry ? 0 : directives.n;
		orders.site = job.dry ? NULL : orders.site;
		status = run_into(&job, json, store != NULL ? store : STORE_FILE,
		    &orders, by);
	}
	words_free(&words);
	words_free(&directives);
	zones_free();
	return status;
}
