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
#include "cmd/share.h"
#include "device/line.h"
#include "report/report.h"

enum { BLOCK = 256 * 1024, LINE_MAX_BYTES = 1024 * 1024 };

static const char usage[] =
    "usage: interdict identify [--explain] KEY=VALUE ...\n"
    "       interdict identify [--explain] -\n\n"
    "Says what a device is from facts (`interdict facts --list` prints their keys),\n"
    "and `mac` and `ip`. With - it reads one device a line from standard input,\n"
    "tabs between the facts, and answers each line with one line of JSON.\n";

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
	json_open(&j, '{');
	json_key(&j, "event_type");
	json_cstring(&j, "error");
	json_key(&j, "error");
	json_open(&j, '{');
	json_key(&j, "line");
	json_uint(&j, t->number);
	json_key(&j, "text");
	json_cstring(&j, err->line);
	json_close(&j, '}');
	json_close(&j, '}');
	json_line(&j);
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
	}
	if (have > 0)
		line_answer(t, buf, have);
	free(buf);
	return t->bad ? EXIT_BAD : EXIT_OK;
}

static int
told(struct task *t, char **args, int n)
{
	struct err err = { "" };

	line_begin(t->line);
	for (int i = 0; i < n; i++)
		if (line_field(t->line, text_of(args[i]), &err) != 0) {
			(void)fprintf(stderr, "interdict: identify: %s\n", err.line);
			return EXIT_BAD;
		}
	answer(t);
	return EXIT_OK;
}

int
cmd_identify(int argc, char **argv)
{
	struct err err = { "" };
	struct task t = { .explain = false };
	int first = 1;

	if (argc > 1 && strcmp(argv[1], "--help") == 0) {
		(void)fputs(usage, stdout);
		return EXIT_OK;
	}
	if (argc > first && strcmp(argv[first], "--explain") == 0) {
		t.explain = true;
		first++;
	}
	if (argc <= first) {
		(void)fputs(usage, stderr);
		return EXIT_BAD;
	}
	t.knowledge = share_knowledge(&err);
	if (t.knowledge == NULL) {
		(void)fprintf(stderr, "interdict: %s\n", err.line);
		return EXIT_BAD;
	}
	t.line = must_alloc(1, sizeof *t.line);
	writer_to_fd(&t.out, STDOUT_FILENO);
	int status = strcmp(argv[first], "-") == 0
	    ? stream(&t)
	    : told(&t, argv + first, argc - first);
	if (writer_close(&t.out) != 0)
		status = EXIT_BAD;
	line_free(t.line);
	free(t.line);
	knowledge_free(t.knowledge);
	return status;
}
