/* SPDX-License-Identifier: ISC */
/* Who holds which thing: a row for each time it changes hands, and its receipt. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/page.h"
#include "cmd/veil.h"
#include "report/json_parts.h"
#include "report/unicode.h"
#include "report/view.h"

struct choices {
	struct event_options o;
	const char *person, *type, *ownership, *receipt, *pseudonyms;
};

/* The word of the command line, that of the papers, and those of the receipt. */
static const struct action {
	const char *word, *event, *title, *gives, *takes;
	enum custody_event custody;
} actions[] = {
	{ "issue", "issued", "Receipt: device issued", "Handed over by", "Received by",
	    CUSTODY_ISSUED },
	{ "hand-in", "handed-in", "Receipt: device handed in", "Handed in by",
	    "Received by", CUSTODY_HANDED_IN },
	{ "replace", "replaced", "Receipt: device replaced", "Handed in by",
	    "Received by", CUSTODY_REPLACED },
	{ "release", "released", "Receipt: device released", "Released by",
	    "Received by", CUSTODY_RELEASED },
	{ "destroy", "destroyed", "Record: device destroyed", "Destroyed by",
	    "Witnessed by", CUSTODY_DESTROYED },
};
enum { ACTIONS = sizeof actions / sizeof *actions };

static const struct action *
find_action(const char *word)
{
	const char *words[ACTIONS], *near;

	for (size_t i = 0; i < ACTIONS; i++) {
		words[i] = actions[i].word;
		if (strcmp(word, words[i]) == 0)
			return &actions[i];
	}
	near = text_nearest(text_of(word), words, ACTIONS);
	(void)fprintf(stderr,
	    "interdict custody: '%s' is none of issue, hand-in, replace, release and "
	    "destroy%s%s%s\n",
	    word, near != NULL ? "; is '" : "", near != NULL ? near : "",
	    near != NULL ? "' meant?" : "");
	return NULL;
}

struct move {
	const char *identifier, *type, *person, *ownership;
	enum identifier_type kind;
	const struct person *holder;
};

/* What was not said is as custody has it. */
static bool
fill(struct event *e, const struct choices *c, const struct action *a,
    const char *identifier, struct move *r)
{
	enum identifier_type type;
	int64_t at;

	if (!event_identifier(e, identifier, c->type, &type) || !event_instant(e, &at))
		return false;
	const struct custody *held = event_custody(e, identifier, type, at);
	*r = (struct move){ identifier, identifier_type_name(type), c->person,
		c->ownership, type, NULL };
	if (r->person == NULL && held != NULL && a != &actions[0])
		r->person = held->person->id;
	if (r->ownership == NULL)
		r->ownership = held != NULL ? ownership_name(held->ownership)
		                            : "issued";
	if (r->person == NULL) {
		(void)event_refuse(e,
		    a == &actions[0]
		        ? "say --person: to whom it is issued"
		        : "custody does not know '%s': say --person: who held it",
		    identifier);
		return false;
	}
	return (r->holder = event_person(e, r->person)) != NULL;
}

/* It leaves for good: what the orders want before is the same as of a disposal. */
static bool
goes(const struct action *a)
{
	return a->custody == CUSTODY_RELEASED || a->custody == CUSTODY_DESTROYED;
}

static bool
may_go(struct event *e, const struct action *a, const struct move *r)
{
	struct going g = { .identifier = r->identifier,
		.type = r->kind,
		.event = a->custody,
		.word = a->word,
		.examined_at = TIME_NONE,
		.wiped_at = TIME_NONE };
	const struct deed *deed;
	int64_t at;

	if (!goes(a))
		return true;
	if (!event_instant(e, &at))
		return false;
	if ((deed = event_deed(e, g.identifier, g.type, DEED_EXAMINATION, at)) != NULL)
		g.examined_at = deed->date;
	if ((deed = event_deed(e, g.identifier, g.type, DEED_WIPING, at)) != NULL)
		g.wiped_at = deed->date;
	return orders_let_go(e, &g);
}

static void
write_receipt(struct event *e, const struct choices *c, const struct action *a,
    const struct move *r)
{
	struct written w;
	const struct term terms[] = { { "Device", r->identifier },
		{ "Identified by", r->type },
		{ "Holder", event_text(e, "%s (%s)", r->holder->name, r->holder->id) },
		{ "Ownership", r->ownership }, { "What happened", a->event },
		{ "When", e->at } };

	if (event_written(e, "custody", &w))
		page_write(e, c->receipt, a->title,
		    "Both sign; each keeps a copy. What is crossed out or added by "
		    "hand is to "
		    "be "
		    "written into the ledger as well.",
		    terms, sizeof terms / sizeof *terms, &w, a->gives, a->takes);
}

static int
run(const struct choices *c, const struct action *a, const char *identifier)
{
	struct event e;
	struct move r;
	int status = EXIT_BAD;

	if (event_begin(&e, "custody", &c->o, goes(a)) &&
	    fill(&e, c, a, identifier, &r) && may_go(&e, a, &r)) {
		struct pair_of_text pairs[] = { { "identifier", text_of(identifier) },
			{ "type", text_of(r.type) }, { "person", text_of(r.person) },
			{ "ownership", text_of(r.ownership) },
			{ "from", text_of(e.at) }, { "event", text_of(a->event) } };
		event_add(&e, "custody", pairs, 6);
		if (c->receipt != NULL)
			write_receipt(&e, c, a, &r);
		status = event_end(&e,
		    event_text(&e, "%s is %s: %s (%s), %s.", identifier, a->event,
		        r.holder->name, r.person, e.at));
	}
	event_drop(&e);
	return status;
}

static void
list_json(struct view *v, struct writer *w, const struct custody *c)
{
	struct json j = json_over(w);
	char when[TIME_TEXT];

	json_event(&j, "custody", c->from);
	json_key_string(&j, "identifier", spell_custody(v, c));
	json_key_string(&j, "type", identifier_type_name(c->type));
	json_key_string(&j, "person", spell_person_id(v, c->person));
	json_key_string(&j, "ownership", ownership_name(c->ownership));
	json_key_string(&j, "until",
	    c->until == TIME_NONE ? NULL : time_print(c->until, when));
	json_key_string(&j, "event", custody_event_name(c->event));
	json_event_end(&j);
}

static void
list_text(const struct scan *s, struct view *v, struct writer *w,
    const struct custody *c)
{
	char buf[TIME_TEXT];
	const char *from = s->zone != NULL ? zone_print(s->zone, c->from, buf)
	                                   : time_print(c->from, buf);

	putf(w, "%.10s  %-9s  %-10s  %-9s  ", from, custody_event_name(c->event),
	    ownership_name(c->ownership), identifier_type_name(c->type));
	put_clean(w, text_of(spell_custody(v, c)));
	put(w, "  ");
	if (v->report.pseudonyms == NULL) {
		put_clean(w, text_of(c->person->name));
		put(w, " (");
	}
	put_clean(w, text_of(spell_person_id(v, c->person)));
	put(w, v->report.pseudonyms == NULL ? ")\n" : "\n");
}

static int
list_rows(struct scan *s, const struct choices *c, const struct pseudonyms *key)
{
	struct case_file matter = scan_case(s);
	struct report r = scan_report(s, &matter);
	struct writer w;

	r.pseudonyms = key;
	struct view *v = view_new(&r);
	struct arena kept = view_lines_begin(v);
	writer_to_fd(&w, STDOUT_FILENO);
	for (size_t i = 0; s->people != NULL && i < s->people->n_custody; i++) {
		const struct custody *row = &s->people->custody[i];
		if (c->person != NULL && strcmp(c->person, row->person->id) != 0)
			continue;
		if (c->o.json)
			list_json(v, &w, row);
		else
			list_text(s, v, &w, row);
		view_line_done(v);
	}
	view_lines_end(v, kept);
	view_free(v);
	return output_close("custody", &w);
}

static int
list(const struct choices *c)
{
	struct scan s = { 0 };
	struct pseudonyms *key = NULL;
	struct err err;
	int status = EXIT_BAD;

	if ((s.store = case_store("custody",
	         c->o.store != NULL ? c->o.store : STORE_FILE, STORE_READ)) == NULL)
		return EXIT_BAD;
	if (!veil_key("custody", c->pseudonyms, &key, &err))
		(void)fprintf(stderr, "interdict custody: %s\n", err.line);
	else if (matter_recall(&s))
		status = list_rows(&s, c, key);
	pseudonyms_free(key);
	scan_free(&s);
	return status;
}

/* What is written down, and signed by two, names whom it means. */
static bool
can_move(const struct choices *c)
{
	if (c->pseudonyms == NULL)
		return true;
	(void)fputs("interdict custody: --pseudonyms is for the list alone\n", stderr);
	return false;
}

int
cmd_custody(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct action *a;
	const struct option_row rows[] = {
		{ "person", OPTION_TEXT, &c.person, "ID", "who holds, or held it" },
		{ "type", OPTION_TEXT, &c.type, "WORD",
		    "mac, serial, imei, hostname or client-id" },
		{ "ownership", OPTION_TEXT, &c.ownership, "WORD",
		    "issued, personal or contractor" },
		{ "receipt", OPTION_TEXT, &c.receipt, "FILE",
		    "a page that both sign, HTML" },
		{ "pseudonyms", OPTION_TEXT, &c.pseudonyms, "KEYFILE",
		    "of the list: persons and devices as keyed pseudonyms" },
		EVENT_OPTIONS(c.o),
	};
	const struct command me = { "custody",
		"[issue|hand-in|replace|release|destroy IDENTIFIER --person ID]",
		"Writes down that a device changes hands; alone it lists who holds "
		"what. "
		"Type,\nperson and ownership that are not said are as custody has "
		"them.",
		rows, sizeof rows / sizeof rows[0],
		"interdict custody hand-in f4:06:16:20:02:01 --receipt receipt.html" };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n == 0)
			status = list(&c);
		else if (rest.n != 2)
			(void)fputs("interdict custody: name what happened, and one "
			            "device\n`interdict custody --help` tells more.\n",
			    stderr);
		else if (can_move(&c) && (a = find_action(rest.list[0])) != NULL)
			status = run(&c, a, rest.list[1]);
	}
	words_free(&rest);
	return status;
}
