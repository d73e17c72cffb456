/* SPDX-License-Identifier: ISC */
/* accuracy: the figures for labelled captures of anybody's own. */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/time.h"
#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/share.h"
#include "report/accuracy.h"

enum { TABLE_MOST = 64 * 1024 * 1024 };

static int
tables_read(struct truth_table *t, const char *truth, struct err *err)
{
	char path[SHARE_PATH];
	struct arena arena = { 0 };
	struct text text;

	(void)share_path("knowledge/aliases.tsv", path);
	int bad = file_text(&arena, path, TABLE_MOST, &text, err);
	if (bad == 0)
		bad = aliases_read(t, path, text, err);
	if (bad == 0)
		bad = file_text(&arena, truth, TABLE_MOST, &text, err);
	if (bad == 0)
		bad = truth_read(t, truth, text, err);
	arena_free(&arena);
	return bad;
}

/* Captures that the table does not know are not read. */
static void
capture_judge(struct truth_table *t, struct knowledge *k, const char *path)
{
	struct err err = { "" };
	struct register_ *r = register_new(k, 0);

	if (scan_captures(&path, 1, r, &err) != 0) {
		(void)fprintf(stderr, "interdict: %s\n", err.line);
	} else {
		register_settle(r, TIME_NONE);
		if (truth_ask(t, path, r, k) == 0)
			(void)fprintf(stderr,
			    "interdict: %s: no row is of this capture\n", path);
	}
	register_free(r);
}

static int
print(struct truth_table *t, bool json)
{
	struct accuracy a;
	struct writer w;

	writer_to_fd(&w, STDOUT_FILENO);
	for (int tunnels = 0; tunnels < 2; tunnels++) {
		const char *title = tunnels ? "in tunnels" : "all but tunnels";
		accuracy_count(t, tunnels != 0, &a);
		if (a.judged == 0 && tunnels != 0) {
			accuracy_free(&a);
			continue;
		}
		if (json)
			accuracy_json(&a, title, &w);
		else
			accuracy_text(&a, title, &w);
		accuracy_free(&a);
	}
	return output_close("accuracy", &w);
}

static int
run(const struct words *words, bool json)
{
	struct truth_table t = { .n = 0 };
	struct err err = { "" };
	int status = EXIT_BAD;

	struct knowledge *k = share_knowledge(&err);
	if (k != NULL && tables_read(&t, words->list[0], &err) == 0) {
		for (size_t i = 1; i < words->n; i++)
			capture_judge(&t, k, words->list[i]);
		status = print(&t, json);
	} else {
		(void)fprintf(stderr, "interdict accuracy: %s\n", err.line);
	}
	truth_free(&t);
	knowledge_free(k);
	return status;
}

int
cmd_accuracy(int argc, char **argv)
{
	bool json = false;
	const struct option_row rows[] = {
		{ "json", OPTION_FLAG, &json, NULL, "JSON Lines" },
	};
	const struct command me = { "accuracy", "[--json] TRUTH CAPTURE...",
		"Judges each capture by itself and compares what is believed with "
		"TRUTH, "
		"a table\n"
		"with tabs between: capture, addr_type, address, os_family, "
		"os_version, "
		"kind,\n"
		"vendor, model, evidence, certainty. A capture belongs to the rows "
		"whose "
		"path\n"
		"ends its own.",
		rows, sizeof rows / sizeof rows[0], NULL };
	struct words words = { 0 };
	int status;

	if (options_read(&me, argc, argv, &words, &status)) {
		status = EXIT_BAD;
		if (words.n < 2)
			(void)
			    fputs("interdict accuracy: name the table, then captures\n",
			        stderr);
		else
			status = run(&words, json);
	}
	words_free(&words);
	return status;
}
