/* SPDX-License-Identifier: ISC */
/* accuracy: the figures for labelled captures of anybody's own. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/captures.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/share.h"
#include "report/accuracy.h"

static int
file_read(const char *path, struct text *out, struct err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0) {
		(void)err_set(err, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return -1;
	}
	size_t n = st.st_size > 0 ? (size_t)st.st_size : 0, have = 0;
	char *bytes = must_alloc(1, n + 1);
	while (have < n) {
		ssize_t got = read(fd, bytes + have, n - have);
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	(void)close(fd);
	*out = (struct text){ bytes, have };
	return 0;
}

static int
tables_read(struct truth_table *t, const char *truth, struct err *err)
{
	char path[SHARE_PATH];
	struct text aliases = { NULL, 0 }, text = { NULL, 0 };
	int bad = -1;

	(void)share_path("knowledge/aliases.tsv", path);
	if (file_read(path, &aliases, err) == 0 &&
	    aliases_read(t, path, aliases, err) == 0 &&
	    file_read(truth, &text, err) == 0)
		bad = truth_read(t, truth, text, err);
	free((char *)(uintptr_t)aliases.s);
	free((char *)(uintptr_t)text.s);
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
