/* SPDX-License-Identifier: ISC */
/* A person's word that two addresses are one device, or that they are two. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/event.h"

static int
run(const struct event_options *o, const char *command, const char *claim,
    const char *const *addresses, const char *reason)
{
	struct event e;
	int status = EXIT_BAD;

	if (event_begin(&e, command, o, false)) {
		struct pair_of_text pairs[] = { { "address", text_of(addresses[0]) },
			{ "other", text_of(addresses[1]) }, { "claim", text_of(claim) },
			{ "by", text_of(e.by) }, { "date", text_of(e.at) },
			{ "reason", text_of(reason) } };
		event_add(&e, "link", pairs, 6);
		status = event_end(&e,
		    event_text(&e, "%s and %s are told to be %s.", addresses[0],
		        addresses[1], claim[0] == 's' ? "one device" : "two devices"));
	}
	event_drop(&e);
	return status;
}

static int
begin(const char *name, const char *claim, const char *about, int argc, char **argv)
{
	struct event_options o = { 0 };
	struct words rest = { NULL, 0 };
	const char *reason = NULL;
	const struct option_row rows[] = {
		{ "reason", OPTION_TEXT, &reason, "TEXT", "why, in your words" },
		EVENT_OPTIONS(o),
	};
	const struct command me = { name, "ADDRESS ADDRESS --reason TEXT", about, rows,
		sizeof rows / sizeof rows[0], NULL };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n != 2)
			(void)fprintf(stderr,
			    "interdict %s: name two addresses, MAC or IP\n", name);
		else if (reason == NULL || reason[0] == '\0')
			(void)fprintf(stderr,
			    "interdict %s: say --reason: why you know it\n", name);
		else
			status = run(&o, name, claim, rest.list, reason);
	}
	words_free(&rest);
	return status;
}

int
cmd_link(int argc, char **argv)
{
	return begin("link", "same",
	    "Writes down that two addresses are one device. A person's word stands "
	    "above what\nthe program links by itself; the latest word counts.",
	    argc, argv);
}

int
cmd_unlink(int argc, char **argv)
{
	return begin("unlink", "different",
	    "Writes down that two addresses are two devices. A person's word stands "
	    "above what\nthe program links by itself; the latest word counts.",
	    argc, argv);
}
