/* SPDX-License-Identifier: ISC */
/* identify: a device from facts that are told, without a capture. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/share.h"
#include "device/line.h"
#include "report/report.h"

enum { BLOCK = 256 * 1024, LINE_MAX_BYTES = 1024 * 1024 };

struct task {
	struct knowledge *knowledge;
	struct line *line;
	struct writer out;
	bool explain;
	uint64_t number; /* of the line, from 1 */
	bool bad;
};

static void
answer_error(struct task *t, const struct err *err)
{
	struct json j = json_over(&t->out);

	t->bad = true;
	json_event(&j, "error", TIME_NONE);
	json_key(&j, "line");
	json_uint(&j, t->number);
	json_key(&j, "text");
	json_cstring(&j, err->line);
	json_event_end(&j);
}

static void
tell(void *state, const struct said *s)
{
	struct task *t = state;

	json_evidence(&t->out, &t->line->device, s, NULL, NULL, NULL);
}

static void
answer(struct task *t)
{
	line_settle(t->line, t->knowledge);
	json_device(&t->out, &t->line->device, NULL);
	if (t->explain)
		belief_explain(t->knowledge, &t->line->device, TIME_NONE, tell, t);
}

static void
line_answer(struct task *t, char *s, size_t n)
{
	struct err err = { "" };

	t->number++;
	if (n > 0 && s[n - 1] == '\r')
		n--;
	if (line_read(t->line, s, n, &err) == 0)
		answer(t);
	else
		answer_error(t, &err);
}

/* Answers the whole lines of a buffer; returns how many bytes they took. */
static size_t
lines_answer(struct task *t, char *s, size_t n)
{
	size_t at = 0;

	while (at < n) {
		char *end = memchr(s + at, '\n', n - at);
		if (end == NULL)
			break;
		line_answer(t, s + at, (size_t)(end - s) - at);
		at = (size_t)(end - s) + 1;
	}
	return at;
}

/* When nothing more waits to be read, what was answered goes out at once. */
static int
stream(struct task *t)
{
	size_t cap = BLOCK, have = 0;
	char *buf = must_alloc(cap, 1);
	bool skipping = false;
	struct err err = { "" };

	for (;;) {
		ssize_t n = read(STDIN_FILENO, buf + have, cap - have);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		char *end = skipping ? memchr(buf, '\n', (size_t)n) : NULL;
		if (skipping && end == NULL)
			continue; /* still the line that was too long */
		size_t from = skipping ? (size_t)(end - buf) + 1 : 0;
		skipping = false;
		have += (size_t)n;
		from += lines_answer(t, buf + from, have - from);
		memmove(buf, buf + from, have - from);
		have -= from;
		if (have == cap && cap < LINE_MAX_BYTES) {
			cap *= 2;
			buf = must_grow(buf, cap, 1);
		} else if (have == cap) {
			t->number++;
			(void)err_set(&err, "the line is longer than %d bytes",
			    LINE_MAX_BYTES);
			answer_error(t, &err);
			skipping = true;
			have = 0;
		}
		if ((size_t)n < cap / 2)
			(void)writer_flush(&t->out);
		output_check("identify", &t->out);
	}
	if (have > 0)
		line_answer(t, buf, have);
	free(buf);
	return t->bad ? EXIT_BAD : EXIT_OK;
}

static int
told(struct task *t, const struct words *facts)
{
	struct err err = { "" };

	line_begin(t->line);
	for (size_t i = 0; i < facts->n; i++)
		if (line_field(t->line, text_of(facts->list[i]), &err) != 0) {
			(void)fprintf(stderr, "interdict identify: %s\n", err.line);
			return EXIT_BAD;
		}
	answer(t);
	return EXIT_OK;
}

static int
run(struct task *t, const struct words *facts)
{
	struct err err = { "" };

	t->knowledge = share_knowledge(&err);
	if (t->knowledge == NULL) {
		(void)fprintf(stderr, "interdict identify: %s\n", err.line);
		return EXIT_BAD;
	}
	t->line = must_alloc(1, sizeof *t->line);
	writer_to_fd(&t->out, STDOUT_FILENO);
	int status = strcmp(facts->list[0], "-") == 0 ? stream(t) : told(t, facts);
	if (output_close("identify", &t->out) != EXIT_OK)
		status = EXIT_BAD;
	line_free(t->line);
	free(t->line);
	knowledge_free(t->knowledge);
	return status;
}

int
cmd_identify(int argc, char **argv)
{
	struct task t = { .explain = false };
	bool json = true; /* there is no other form */
	const struct option_row rows[] = {
		{ "explain", OPTION_FLAG, &t.explain, NULL,
		    "every piece of evidence too" },
		{ "json", OPTION_FLAG, &json, NULL,
		    "JSON Lines: said or not, that is the form" },
	};
	const struct command me = { "identify", "[--explain] KEY=VALUE... | -",
		"Says what a device is from facts (`interdict facts --list` prints "
		"their "
		"keys),\n"
		"and `mac` and `ip`. With - it reads one device a line from standard "
		"input,\n"
		"tabs between the facts, and answers each line with one line of JSON.",
		rows, sizeof rows / sizeof rows[0], NULL };
	struct words facts = { 0 };
	int status;

	if (options_read(&me, argc, argv, &facts, &status)) {
		status = EXIT_BAD;
		if (facts.n == 0)
			(void)fputs("interdict identify: want facts, KEY=VALUE, or -\n",
			    stderr);
		else if (strcmp(facts.list[0], "-") == 0 && facts.n > 1)
			(void)fputs("interdict identify: want facts or -, not both\n",
			    stderr);
		else
			status = run(&t, &facts);
	}
	words_free(&facts);
	return status;
}
