/* SPDX-License-Identifier: ISC */
/* interdict check: are these orders right, and do they agree with each other? */
#include "cmd/cmd.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/json.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/share.h"
#include "directive/directive.h"
#include "site/site.h"

struct checking {
	bool json, quiet;
	struct directive **list;
	size_t n;
	struct complaints complaints;
};

static void
put_complaint(struct json *j, const struct complaint *c)
{
	json_event(j, "complaint", TIME_NONE);
	json_key(j, "file");
	json_cstring(j, c->file);
	json_key(j, "line");
	json_uint(j, c->line);
	json_key(j, "column");
	json_uint(j, c->column);
	json_key(j, "mistake");
	json_bool(j, !c->warning);
	json_key(j, "text");
	json_cstring(j, c->text);
	json_event_end(j);
}

static void
put_order(struct json *j, const struct directive *d)
{
	struct writer text;

	writer_to_memory(&text);
	directive_print(d, &text);
	json_event(j, "directive", TIME_NONE);
	json_key(j, "id");
	json_cstring(j, d->id);
	json_key(j, "title");
	json_cstring(j, d->title);
	json_key(j, "status");
	json_cstring(j, status_name(d->status));
	json_key(j, "file");
	json_cstring(j, d->file);
	json_key(j, "sha256");
	json_cstring(j, d->digest);
	json_key(j, "object");
	json_cstring(j, d->object_text);
	json_key(j, "obligations");
	json_uint(j, d->n_obligations);
	json_key(j, "canonical");
	json_string(j, writer_text(&text));
	json_event_end(j);
	(void)writer_close(&text);
}

static int
print_json(struct checking *c)
{
	struct writer w;

	writer_to_fd(&w, STDOUT_FILENO);
	struct json j = json_over(&w);
	for (size_t i = 0; i < c->complaints.n; i++)
		put_complaint(&j, &c->complaints.list[i]);
	for (size_t i = 0; i < c->n && !c->quiet && c->complaints.errors == 0; i++)
		put_order(&j, c->list[i]);
	return output_close("check", &w);
}

static int
print_text(struct checking *c)
{
	struct writer out, err;

	writer_to_fd(&err, STDERR_FILENO);
	complaints_print(&c->complaints, &err);
	(void)writer_close(&err);
	writer_to_fd(&out, STDOUT_FILENO);
	for (size_t i = 0; i < c->n && !c->quiet && c->complaints.errors == 0; i++) {
		if (i > 0)
			put(&out, "---\n");
		directive_print(c->list[i], &out);
	}
	return output_close("check", &out);
}

/* The commonest slip: a site file in the place of an order. What it lacks to be one,
 * the complaints from `first` on, nobody wants to know. */
static void
hint(struct checking *c, const char *file, size_t first)
{
	struct complaints wrong = { 0 };
	struct site *site = site_load(file, &wrong);

	if (site != NULL && wrong.errors == 0) {
		while (c->complaints.n > first) {
			struct complaint *last = &c->complaints.list[--c->complaints.n];
			c->complaints.errors -= !last->warning;
			complaint_free(last);
		}
		complain(&c->complaints, file, 0, 0,
		    "this is a site file: interdict check --site %s", file);
	}
	site_free(site);
	complaints_free(&wrong);
}

static void
load(struct checking *c, const struct words *files)
{
	c->list = must_alloc(files->n, sizeof(struct directive *));
	for (size_t i = 0; i < files->n; i++) {
		size_t first = c->complaints.n;
		struct directive *d = directive_load(files->list[i], &c->complaints);
		if (d != NULL)
			c->list[c->n++] = d;
		else
			hint(c, files->list[i], first);
	}
}

static int
finish(struct checking *c, size_t conflicts)
{
	int failed = c->json ? print_json(c) : print_text(c);
	int status = c->complaints.errors > 0 ? EXIT_BAD
	    : conflicts > 0                   ? EXIT_FOUND
	                                      : EXIT_OK;

	for (size_t i = 0; i < c->n; i++)
		directive_free(c->list[i]);
	free(c->list);
	complaints_free(&c->complaints);
	zones_free();
	return failed != 0 ? EXIT_BAD : status;
}

/*
 * The words of vendor, OS and kind. An order can be checked without them: then no
 * word is doubted, and any pairing of them is thought possible.
 */
static struct knowledge *
taxonomy(struct checking *c)
{
	char folder[SHARE_PATH];
	struct err err;

	if (access(share_path("knowledge", folder), R_OK) != 0)
		return NULL;
	struct knowledge *k = knowledge_load(folder, NULL, &err);
	if (k == NULL)
		caution(&c->complaints, "knowledge", 0, 0, "words are not checked: %s",
		    err.line);
	return k;
}

int
cmd_check(int argc, char **argv)
{
	struct checking c = { .n = 0 };
	const char *site = NULL;
	const struct option_row rows[] = {
		{ "json", OPTION_FLAG, &c.json, NULL,
		    "orders, mistakes and warnings as JSON Lines" },
		{ "quiet", OPTION_FLAG, &c.quiet, NULL,
		    "print no order: mistakes and warnings alone" },
		{ "site", OPTION_TEXT, &site, "SITE", "check a site file, too" },
	};
	const struct command command = {
		"check", "[OPTION ...] ORDER ...",
		"Reads orders strictly, tells every mistake with its line and column, "
		"and "
		"prints\nthe orders in their canonical form. Several are checked for "
		"conflicts.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 all is well, 1 orders conflict, 2 there is a mistake."
	};
	struct words files = { 0 };
	int status;

	if (!options_read(&command, argc, argv, &files, &status))
		return status;
	if (files.n == 0 && site == NULL) {
		(void)fputs("interdict check: want the file of an order; see interdict "
		            "check --help\n",
		    stderr);
		words_free(&files);
		return EXIT_BAD;
	}
	load(&c, &files);
	if (site != NULL)
		site_free(site_load(site, &c.complaints));
	struct knowledge *knowledge = taxonomy(&c);
	const struct hypothesis *all = NULL;
	size_t n_all = 0;
	if (knowledge != NULL)
		all = knowledge_hypotheses(knowledge, &n_all);
	for (size_t i = 0; i < c.n; i++) {
		size_t before = c.complaints.n;
		directive_check_words(c.list[i], all, n_all, &c.complaints);
		/* With a word that the knowledge lacks, it can say nothing of pairings.
		 */
		directive_check_sense(c.list[i], all,
		    c.complaints.n == before ? n_all : 0, &c.complaints);
	}
	status = finish(&c,
	    directives_conflicts(c.list, c.n, all, n_all, &c.complaints));
	knowledge_free(knowledge);
	words_free(&files);
	return status;
}
