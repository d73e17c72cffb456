/* SPDX-License-Identifier: ISC */
/* What was handed to the authority, and measures that no packet shows. */
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/event.h"

struct choices {
	struct event_options o;
	const char *to, *file, *device;
};

/* Else a complaint, with the nearest word that there is. */
static bool
is_kind(const char *what)
{
	for (size_t i = 0; i < SUBMITTED_KINDS; i++)
		if (strcmp(submitted_words[i], what) == 0)
			return true;
	const char *near = text_nearest(text_of(what), submitted_words,
	    SUBMITTED_KINDS);
	(void)fprintf(stderr,
	    "interdict submit: '%s' is not plan, attest, report, cease-acquire, "
	    "block-install, block-traffic or update%s%s%s\n",
	    what, near != NULL ? "; is '" : "", near != NULL ? near : "",
	    near != NULL ? "' meant?" : "");
	return false;
}

/* The digest, so that it can be said later which bytes were handed over. */
static bool
digest_of(const struct event *e, const char *file, char digest[65])
{
	digest[0] = '\0';
	if (file == NULL)
		return true;
	file_digest(file, digest);
	if (digest[0] == '\0')
		(void)event_refuse(e, "--file %s cannot be read, or is no file", file);
	return digest[0] != '\0';
}

/* An update is of a device; whose, nobody could say of an order. */
static bool
is_of_something(const struct event *e, const char *what, const char *device)
{
	if (strcmp(what, "update") == 0 && device == NULL)
		(void)event_refuse(e, "say with --device which one has its update");
	else if (strcmp(what, "update") != 0 && device != NULL)
		(void)event_refuse(e, "--device goes with update alone");
	else
		return true;
	return false;
}

static const char *
sentence(struct event *e, const struct choices *c, const char *directive,
    const char *what)
{
	if (strcmp(what, "plan") != 0 && strcmp(what, "attest") != 0 &&
	    strcmp(what, "report") != 0)
		return event_text(e, "%s under %s is on record as done on %s%s%s.",
		    what, directive, e->at, c->device != NULL ? ": " : "",
		    c->device != NULL ? c->device : "");
	return event_text(e, "A %s under %s was submitted%s%s on %s.",
	    strcmp(what, "attest") == 0 ? "statement" : what, directive,
	    c->to != NULL ? " to " : "", c->to != NULL ? c->to : "", e->at);
}

static int
run(const struct choices *c, const char *directive, const char *what)
{
	struct event e;
	char digest[65];
	int status = EXIT_BAD;

	if (event_begin(&e, "submit", &c->o, false) && event_order(&e, directive) &&
	    is_of_something(&e, what, c->device) && digest_of(&e, c->file, digest)) {
		struct pair_of_text pairs[] = { { "directive", text_of(directive) },
			{ "what", text_of(what) }, { "date", text_of(e.at) },
			{ "to", event_option(c->to) },
			{ "file", event_option(c->file) },
			{ "digest", text_of(digest) }, { "by", text_of(e.by) },
			{ "identifier", event_option(c->device) } };
		event_add(&e, "submission", pairs, 8);
		status = event_end(&e, sentence(&e, c, directive, what));
	}
	event_drop(&e);
	return status;
}

int
cmd_submit(int argc, char **argv)
{
	struct choices c = { .to = NULL };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "to", OPTION_TEXT, &c.to, "WHOM", "who took it" },
		{ "file", OPTION_TEXT, &c.file, "FILE",
		    "what was handed over: its digest is written down" },
		{ "device", OPTION_TEXT, &c.device, "IDENTIFIER",
		    "which device has its update" },
		EVENT_OPTIONS(c.o),
	};
	const struct command me = { "submit",
		"DIRECTIVE WORD [--to WHOM] [--file FILE] [--device IDENTIFIER]",
		"Writes down that what an order asks for was handed to its authority: "
		"the duty is\nmet by it, each turn of one that comes again by one of "
		"its own. WORD: plan, attest,\nreport; or a measure that was taken: "
		"cease-acquire, block-install, block-traffic, update.",
		rows, sizeof rows / sizeof rows[0],
		"interdict submit bod-17-01 report --to CISA --file "
		"authority/manifest.json" };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n != 2)
			(void)
			    fputs("interdict submit: name an order by its id, and "
			          "what was handed over or done: plan, attest, report, "
			          "cease-acquire, block-install, block-traffic, "
			          "update\n",
			        stderr);
		else if (is_kind(rest.list[1]))
			status = run(&c, rest.list[0], rest.list[1]);
	}
	words_free(&rest);
	return status;
}
