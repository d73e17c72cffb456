/* SPDX-License-Identifier: ISC */
/* What a person says of himself, in his words: a statement. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/event.h"

static int
run(const struct event_options *o, const char *id, const char *words)
{
	struct event e;
	int status = EXIT_BAD;

	if (event_begin(&e, "declare", o, false) && event_person(&e, id) != NULL) {
		struct pair_of_text pairs[] = { { "person", text_of(id) },
			{ "statement", text_of(words) }, { "date", text_of(e.at) },
			{ "by", text_of(e.by) } };
		event_add(&e, "statement", pairs, 4);
		status = event_end(&e, event_text(&e, "%s declared: %s", id, words));
	}
	event_drop(&e);
	return status;
}

int
cmd_declare(int argc, char **argv)
{
	struct event_options o = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = { EVENT_OPTIONS(o) };
	const struct command me = { "declare", "PERSON STATEMENT [--at TIME]",
		"Writes down what a person declares. \"holds no smartphone\" (holds no "
		"X, has none)\nis a nil declaration: it is set beside what was seen, "
		"and "
		"neither overwrites the\nother.",
		rows, sizeof rows / sizeof rows[0],
		"interdict declare p08 \"holds no smartphone\" --by p01" };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n != 2)
			(void)fputs("interdict declare: name a person, and what is "
			            "declared in quotes\n`interdict declare --help` "
			            "tells more.\n",
			    stderr);
		else
			status = run(&o, rest.list[0], rest.list[1]);
	}
	words_free(&rest);
	return status;
}
