/* SPDX-License-Identifier: ISC */
/* What was given instead of a device, held against what the orders allow instead. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/event.h"

struct choices {
	struct event_options o;
	const char *person, *type, *with, *with_type, *is;
};

struct exchange {
	struct event e;
	const struct choices *c;
	const char *old, *person, *ownership;
	enum identifier_type old_type, new_type;
	const struct custody *held, *given; /* by custody, as it was */
	const struct class *is;
	size_t unfit;
};

/* What --is says must be a class expression. */
static bool
parse_is(struct exchange *x)
{
	struct complaints wrong = { 0 };
	struct writer w;
	size_t n;
	const struct hypothesis *all = knowledge_hypotheses(x->e.scan.knowledge, &n);

	if (x->c->is == NULL)
		return true;
	x->is = class_parse(&x->e.scan.arena, text_of(x->c->is), "--is", 1, 1, &wrong);
	if (x->is != NULL && wrong.errors == 0)
		class_check_words(x->is, all, n, "--is", &wrong);
	writer_to_fd(&w, STDERR_FILENO);
	complaints_print(&wrong, &w);
	(void)writer_close(&w);
	bool good = wrong.errors == 0 && x->is != NULL;
	complaints_free(&wrong);
	return good;
}

static bool
gather(struct exchange *x)
{
	struct event *e = &x->e;
	int64_t at;

	if (!event_identifier(e, x->old, x->c->type, &x->old_type) ||
	    !event_identifier(e, x->c->with, x->c->with_type, &x->new_type) ||
	    !event_instant(e, &at) || !parse_is(x))
		return false;
	if (x->old_type == x->new_type && text_is_word(text_of(x->old), x->c->with)) {
		(void)event_refuse(e,
		    "'%s' cannot be given instead of itself: name what was given "
		    "after --with",
		    x->old);
		return false;
	}
	x->held = event_custody(e, x->old, x->old_type, at);
	x->given = event_custody(e, x->c->with, x->new_type, at);
	x->person = x->c->person != NULL ? x->c->person
	    : x->held != NULL            ? x->held->person->id
	                                 : NULL;
	x->ownership = x->held != NULL ? ownership_name(x->held->ownership) : "issued";
	if (x->person != NULL)
		return event_person(e, x->person) != NULL;
	(void)event_refuse(e, "custody does not know '%s': say --person: who held it",
	    x->old);
	return false;
}

/* What is told counts; else what the register believes. */
static enum truth
fits(const struct exchange *x, const struct class *with)
{
	const struct event *e = &x->e;
	const struct device *d = event_device(e, x->c->with, x->new_type);
	size_t n;
	const struct hypothesis *all = knowledge_hypotheses(e->scan.knowledge, &n);

	if (x->is == NULL)
		return d == NULL ? UNDECIDED
		                 : class_judge(with, d, e->scan.knowledge, NULL).truth;
	if (class_within(x->is, with, all, n))
		return TRUE_;
	return class_overlaps(x->is, with, all, n) ? UNDECIDED : FALSE_;
}

static void
check(struct exchange *x)
{
	struct event *e = &x->e;

	for (size_t i = 0; i < e->scan.n_directives; i++) {
		const struct directive *d = e->scan.directives[i];
		for (size_t k = 0; k < d->n_obligations; k++) {
			const struct obligation *o = &d->obligations[k];
			struct writer w;
			if (o->verb != VERB_REPLACE || o->with == NULL ||
			    d->status != STATUS_IN_FORCE)
				continue;
			enum truth fit = fits(x, o->with);
			writer_to_memory(&w);
			class_print(o->with, &w);
			if (fit != TRUE_)
				(void)event_refuse(e, "%s wants instead: %.*s; %s",
				    d->id, (int)w.len, w.buf,
				    fit == FALSE_
				        ? "this is none: it is written down, but "
				          "does not fulfil the order"
				        : "whether this is one is not known: say "
				          "so with --is, as long as nobody has seen "
				          "it");
			(void)writer_close(&w);
			x->unfit += fit != TRUE_;
		}
	}
}

static void
add_custody(struct exchange *x, const char *identifier, enum identifier_type type,
    const char *ownership, const char *what)
{
	struct pair_of_text pairs[] = { { "identifier", text_of(identifier) },
		{ "type", text_of(identifier_type_name(type)) },
		{ "person", text_of(x->person) }, { "ownership", text_of(ownership) },
		{ "from", text_of(x->e.at) }, { "event", text_of(what) } };

	event_add(&x->e, "custody", pairs, 6);
}

/* The exchange, and what it means for custody where that does not say so yet. */
static void
add_all(struct exchange *x)
{
	const struct choices *c = x->c;
	struct pair_of_text pairs[] = { { "identifier", text_of(x->old) },
		{ "type", text_of(identifier_type_name(x->old_type)) },
		{ "date", text_of(x->e.at) }, { "by", text_of(x->e.by) },
		{ "person", text_of(x->person) }, { "with", text_of(c->with) },
		{ "with-type", text_of(identifier_type_name(x->new_type)) },
		{ "is", event_option(c->is) } };

	event_add(&x->e, "replacement", pairs, sizeof pairs / sizeof *pairs);
	if (x->held == NULL || x->held->event == CUSTODY_ISSUED)
		add_custody(x, x->old, x->old_type, x->ownership, "replaced");
	if (x->given == NULL || x->given->event != CUSTODY_ISSUED ||
	    strcmp(x->given->person->id, x->person) != 0)
		add_custody(x, c->with, x->new_type, "issued", "issued");
}

static int
run(const struct choices *c, const char *old)
{
	struct exchange x = { .c = c, .old = old };
	int status = EXIT_BAD;

	if (event_begin(&x.e, "replace", &c->o, true) && gather(&x)) {
		check(&x);
		add_all(&x);
		status = event_end(&x.e,
		    event_text(&x.e, "%s was given %s instead of %s.", x.person,
		        c->with, old));
		if (status == EXIT_OK && x.unfit > 0)
			status = EXIT_FOUND;
	}
	event_drop(&x.e);
	return status;
}

int
cmd_replace(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "with", OPTION_TEXT, &c.with, "IDENTIFIER",
		    "what was given instead" },
		{ "is", OPTION_TEXT, &c.is, "CLASS",
		    "what that is, where no sensor saw it" },
		{ "person", OPTION_TEXT, &c.person, "ID",
		    "the holder; default: by custody" },
		{ "type", OPTION_TEXT, &c.type, "WORD",
		    "mac, serial, imei, hostname or client-id" },
		{ "with-type", OPTION_TEXT, &c.with_type, "WORD",
		    "the same, of what was given" },
		EVENT_OPTIONS(c.o),
	};
	const struct command me = { "replace",
		"IDENTIFIER --with IDENTIFIER [--is \"vendor is X and kind is Y\"]",
		"Writes down what was given to the holder instead of a device, and "
		"says "
		"whether\nthat is what the orders allow instead. Custody of both "
		"follows.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 it fulfils every order, 1 written down, but it does "
		"not "
		"(or nobody\nknows), 2 bad input." };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n != 1)
			(void)fputs("interdict replace: name one device\n", stderr);
		else if (c.with == NULL)
			(void)fputs("interdict replace: say --with: what was given "
			            "instead\n",
			    stderr);
		else
			status = run(&c, rest.list[0]);
	}
	words_free(&rest);
	return status;
}
