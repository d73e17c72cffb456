/* SPDX-License-Identifier: ISC */
/* Who is excused from an order, why, by whom, until when; if the order allows it. */
#include <stdio.h>

#include "cmd/cmd.h"
#include "cmd/event.h"

struct choices {
	struct event_options o;
	const char *person, *device, *ground, *approver, *mitigation, *from, *until;
};

static int
run(const struct choices *c, const char *directive)
{
	struct event e;
	int status = EXIT_BAD;

	if (event_begin(&e, "except", &c->o, false) &&
	    event_order(&e, directive) != NULL) {
		struct pair_of_text pairs[] = { { "directive", text_of(directive) },
			{ "person", event_option(c->person) },
			{ "identifier", event_option(c->device) },
			{ "ground", text_of(c->ground) },
			{ "approver", event_option(c->approver) },
			{ "mitigation", event_option(c->mitigation) },
			{ "from", text_of(c->from != NULL ? c->from : e.at) },
			{ "until", event_option(c->until) } };
		event_add(&e, "exception", pairs, 8);
		status = event_end(&e,
		    event_text(&e, "%s is excused from %s on the ground %s%s%s.",
		        c->person       ? c->person
		            : c->device ? c->device
		                        : "everybody",
		        directive, c->ground, c->until != NULL ? " until " : "",
		        c->until != NULL ? c->until : ""));
	}
	event_drop(&e);
	return status;
}

int
cmd_except(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "person", OPTION_TEXT, &c.person, "ID", "whom it excuses, or" },
		{ "device", OPTION_TEXT, &c.device, "IDENTIFIER",
		    "the one device that it excuses" },
		{ "ground", OPTION_TEXT, &c.ground, "WORD", "one of the order's" },
		{ "approver", OPTION_TEXT, &c.approver, "ID",
		    "who approved it: the order says who may" },
		{ "mitigation", OPTION_TEXT, &c.mitigation, "TEXT",
		    "what is done instead" },
		{ "from", OPTION_TEXT, &c.from, "TIME", "its beginning; default: now" },
		{ "until", OPTION_TEXT, &c.until, "TIME", "its last day" },
		EVENT_STORE_OPTIONS(c.o),
	};
	const struct command me = { "except",
		"DIRECTIVE (--person ID | --device IDENTIFIER) --ground WORD\n"
		"           --approver ID --from TIME --until TIME",
		"Writes down an exception. It is refused when the order does not allow "
		"its ground,\nits approver, its length, or one for everybody. It ends "
		"by "
		"itself.",
		rows, sizeof rows / sizeof rows[0], NULL };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n != 1)
			(void)fputs("interdict except: name one order by its id\n",
			    stderr);
		else if (c.person != NULL && c.device != NULL)
			(void)
			    fputs("interdict except: --person or --device, not both\n",
			        stderr);
		else if (c.ground == NULL)
			(void)fputs("interdict except: say --ground: why\n", stderr);
		else
			status = run(&c, rest.list[0]);
	}
	words_free(&rest);
	return status;
}
