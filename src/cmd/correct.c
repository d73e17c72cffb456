/* SPDX-License-Identifier: ISC */
/* A person's word on what a device is. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/event.h"

struct choices {
	struct event_options o;
	const char *reason, *type;
};

static int
run(const struct choices *c, const char *const *words)
{
	enum identifier_type type;
	struct event e;
	int status = EXIT_BAD;

	if (event_begin(&e, "correct", &c->o, false) &&
	    event_identifier(&e, words[0], c->type, &type)) {
		struct pair_of_text pairs[] = { { "identifier", text_of(words[0]) },
			{ "type", text_of(identifier_type_name(type)) },
			{ "attribute", text_of(words[1]) },
			{ "value", text_of(words[2]) }, { "by", text_of(e.by) },
			{ "date", text_of(e.at) }, { "reason", text_of(c->reason) } };
		event_add(&e, "correction", pairs, 7);
		status = event_end(&e,
		    event_text(&e, "Told of %s: its %s is %s.", words[0], words[1],
		        words[2]));
	}
	event_drop(&e);
	return status;
}

int
cmd_correct(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "reason", OPTION_TEXT, &c.reason, "TEXT", "why, in your words" },
		{ "type", OPTION_TEXT, &c.type, "WORD",
		    "mac, hostname or client-id; default: by its looks" },
		EVENT_OPTIONS(c.o),
	};
	const struct command me = {
		"correct", "IDENTIFIER ATTRIBUTE VALUE --reason TEXT",
		"Writes down what a device is, by the word of a person: its vendor, "
		"os, "
		"kind,\nversion or model. It stands beside what the wire says, "
		"labelled "
		"as told; verdicts\ngo by it.",
		rows, sizeof rows / sizeof rows[0],
		"interdict correct 02:00:5e:10:00:01 kind tablet --reason \"looked at\""
	};
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n != 3)
			(void)
			    fputs("interdict correct: name a device, an attribute and "
			          "its value\n`interdict correct --help` tells "
			          "more.\n",
			        stderr);
		else if (c.reason == NULL || c.reason[0] == '\0')
			(void)
			    fputs("interdict correct: say --reason: how you know it\n",
			        stderr);
		else
			status = run(&c, rest.list);
	}
	words_free(&rest);
	return status;
}
