/* SPDX-License-Identifier: ISC */
/*
 * Who must be told of an order and was not yet: a text for each, and the record that it
 * was sent. Sending is the site's business; what came of it is written down here.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/event.h"
#include "cmd/letter.h"
#include "cmd/output.h"
#include "report/unicode.h"
#include "report/view.h"

enum { TEMPLATE_MOST = 1 << 16, PATH_MOST = 4096 };

struct choices {
	struct event_options o;
	const char *person, *template, *to;
};

struct telling_round {
	struct event e;
	const struct choices *c;
	const struct directive *directive;
	struct text template;
	struct view *view;
	struct writer out;
	size_t told, held;    /* of those that are held, those told now */
	size_t unknown, open; /* covered without a known holder; undecided */
};

static bool
load_template(struct telling_round *r)
{
	const char *file = r->c->template;
	struct complaints wrong = { 0 };
	struct writer w;

	if (file == NULL) {
		writer_to_memory(&w);
		for (const char *const *line = letter_default; *line != NULL; line++)
			putf(&w, "%s\n", *line);
		r->template = arena_text(&r->e.scan.arena, writer_text(&w));
		(void)writer_close(&w);
		return true;
	}
	bool good = file_read(&r->e.scan.arena, file, TEMPLATE_MOST, &r->template,
	                &wrong) &&
	    letter_check(file, r->template, &wrong);
	writer_to_fd(&w, STDERR_FILENO);
	complaints_print(&wrong, &w);
	(void)writer_close(&w);
	complaints_free(&wrong);
	return good;
}

/* Whether it is asked of whoever holds a thing, and not of the house alone. */
static bool
is_of_holder(enum verb verb)
{
	switch (verb) {
	case VERB_DISCONNECT:
	case VERB_STOP_USE:
	case VERB_NOT_CARRY_IN:
	case VERB_UPDATE:
	case VERB_REMOVE:
	case VERB_REPLACE:
	case VERB_EXAMINE:
	case VERB_WIPE:
	case VERB_DISPOSE:
		return true;
	default:
		return false;
	}
}

/*
 * What must be done next: the first duty with a date that is not done yet, of the
 * holder before any of the house.
 */
static const struct duty *
next_duty(const struct verdict *v)
{
	const struct duty *next = NULL;

	for (size_t i = 0; i < v->n_duties; i++) {
		const struct duty *d = &v->duties[i];
		bool own = is_of_holder(d->obligation->verb);
		bool had = next != NULL && is_of_holder(next->obligation->verb);
		if (d->due == TIME_NONE || d->state == DUTY_MET ||
		    d->state == DUTY_NOT_APPLICABLE ||
		    d->obligation->verb == VERB_NOTIFY ||
		    d->obligation->verb == VERB_WARN)
			continue;
		if (next == NULL || (own && !had) || (own == had && d->due < next->due))
			next = d;
	}
	return next;
}

static void
fill(struct telling_round *r, const struct verdict *v, struct writer *w)
{
	const struct directive *d = v->directive;
	const struct duty *next = next_duty(v);
	const char *values[LETTER_PLACES] = {
		[LETTER_NAME] = v->holder->name,
		[LETTER_PERSON] = v->holder->id,
		[LETTER_DEVICE] = v->custody->identifier,
		[LETTER_WHAT] = spell_what(r->view, view_device(r->view, v->device)),
		[LETTER_TITLE] = d->title != NULL ? d->title : d->id,
		[LETTER_DIRECTIVE] = d->id,
		[LETTER_ISSUER] = d->authority.issuer,
		[LETTER_INSTRUMENT] = d->authority.instrument,
		[LETTER_VERB] = next != NULL ? verb_name(next->obligation->verb)
		                             : "nothing with a date",
		[LETTER_DUE] = next != NULL ? spell_due(r->view, d, next) : "",
		[LETTER_TODAY] = event_text(&r->e, "%.10s", r->e.at),
	};

	letter_put(w, r->template, values);
}

static bool
was_told(const struct verdict *v)
{
	for (const struct notice *n = v->holder->notices; n != NULL;
	     n = n->next_of_person)
		if (strcmp(n->directive, v->directive->id) == 0 &&
		    text_is_word(text_of(n->identifier), v->custody->identifier))
			return true;
	return false;
}

/* The name of a file: nothing in it that a shell or a folder would take amiss. */
static const char *
file_name(struct telling_round *r, const char *id, const char *person)
{
	char *name = arena_string(&r->e.scan.arena, text_of(person));

	for (char *s = name; *s != '\0'; s++)
		if (!((*s >= '0' && *s <= '9') ||
		        ((*s | 32) >= 'a' && (*s | 32) <= 'z')))
			*s = '_';
	return event_text(&r->e, "%s/%s-%.60s.txt", r->c->to, id, name);
}

static void
preview(struct telling_round *r, const struct verdict *v, struct text text)
{
	struct json j = json_over(&r->out);

	if (!r->c->o.json) {
		if (r->told > 1)
			put(&r->out, "\n--\n");
		put_text(&r->out, text);
		return;
	}
	json_event(&j, "notice", r->e.now);
	json_key(&j, "directive");
	json_cstring(&j, v->directive->id);
	json_key(&j, "person");
	json_cstring(&j, v->holder->id);
	json_key(&j, "identifier");
	json_cstring(&j, v->custody->identifier);
	json_key(&j, "text");
	json_string(&j, text);
	json_event_end(&j);
}

static void
send(struct telling_round *r, const struct verdict *v, struct text text)
{
	struct event *e = &r->e;
	const char *id = event_text(e, "notice-%llu",
	    (unsigned long long)store_last(e->scan.store) + 1);
	const char *path = file_name(r, id, v->holder->id);
	char digest[SHA256_TEXT];
	struct new_file f;

	sha256_hex(text.s, text.len, digest);
	struct pair_of_text pairs[] = { { "id", text_of(id) },
		{ "directive", text_of(v->directive->id) },
		{ "person", text_of(v->holder->id) },
		{ "identifier", text_of(v->custody->identifier) },
		{ "sent", text_of(e->at) }, { "how", text_of("file") },
		{ "text", text_of(digest) } };
	event_add(e, "notice", pairs, sizeof pairs / sizeof *pairs);
	if (e->failed)
		return;
	if (file_begin(e->command, path, &f) != EXIT_OK) {
		e->failed = true;
		return;
	}
	put_text(&f.w, text);
	e->failed = file_end(e->command, &f) != EXIT_OK;
}

static void
tell(struct telling_round *r, const struct verdict *v)
{
	struct writer w;

	if (v->directive != r->directive || v->device == NO_DEVICE)
		return;
	r->open += v->object == OBJECT_UNDECIDED;
	if (v->object != COVERED)
		return;
	if (v->holder == NULL || v->custody == NULL) {
		r->unknown++;
		return;
	}
	if (v->custody->event != CUSTODY_ISSUED ||
	    (r->c->person != NULL && strcmp(r->c->person, v->holder->id) != 0))
		return;
	r->held++;
	if (was_told(v))
		return;
	r->told++;
	writer_to_memory(&w);
	fill(r, v, &w);
	if (r->c->to != NULL)
		send(r, v, writer_text(&w));
	else
		preview(r, v, writer_text(&w));
	(void)writer_close(&w);
}

static int
tell_all(struct telling_round *r)
{
	struct event *e = &r->e;
	struct case_file matter = scan_case(&e->scan);
	struct report report = scan_report(&e->scan, &matter);
	struct verdicts *verdicts = judge(&matter);
	int status = EXIT_OK;

	report.verdicts = verdicts;
	r->view = view_new(&report);
	writer_to_fd(&r->out, STDOUT_FILENO);
	for (size_t i = 0; i < verdicts->n && !e->failed; i++)
		tell(r, &verdicts->list[i]);
	view_free(r->view);
	verdicts_free(verdicts);
	if (r->unknown > 0)
		(void)fprintf(stderr,
		    "interdict notice: %zu covered device%s no known holder: nobody "
		    "can be told of %s\n",
		    r->unknown, r->unknown == 1 ? " has" : "s have",
		    r->unknown == 1 ? "it" : "them");
	if (r->told == 0 && r->held > 0 && !r->c->o.json)
		put(&r->out, "Everybody who holds such a device was told.\n");
	else if (r->told == 0 && !r->c->o.json)
		putf(&r->out,
		    "%s known to hold a device that %s covers; of %zu it is "
		    "undecided whether it does.\n",
		    r->c->person != NULL ? event_text(e, "%s is not", r->c->person)
		                         : "Nobody is",
		    r->directive->id, r->open);
	else if (r->c->to == NULL && !r->c->o.json)
		put(&r->out,
		    "\n(Not sent: --to DIR writes them there, and into the ledger.)\n");
	if (output_close(e->command, &r->out) != EXIT_OK)
		status = EXIT_BAD;
	if (r->told == 0 || r->c->to == NULL)
		return status;
	int ended = event_end(e,
	    event_text(e, "Notices written to %s: %zu.", r->c->to, r->told));
	if (ended != EXIT_OK)
		(void)event_refuse(e,
		    "the texts in %s are not in the ledger: do not send them; the same "
		    "command writes them anew",
		    r->c->to);
	return ended == EXIT_OK ? status : ended;
}

static bool
make_folder(const struct event *e, const char *to)
{
	if (to == NULL || mkdir(to, 0700) == 0 || errno == EEXIST)
		return true;
	(void)event_refuse(e, "cannot make the folder %s: %s", to, strerror(errno));
	return false;
}

static int
run(const struct choices *c, const char *order)
{
	struct telling_round r = { .c = c };
	int status = EXIT_BAD;

	if (event_begin(&r.e, "notice", &c->o, true) &&
	    (r.directive = event_order(&r.e, order)) != NULL &&
	    (c->person == NULL || event_person(&r.e, c->person) != NULL) &&
	    load_template(&r) && make_folder(&r.e, c->to))
		status = tell_all(&r);
	event_drop(&r.e);
	return status;
}

static const struct notice *
find_notice(const struct event *e, const char *id)
{
	const struct people *p = e->scan.people;

	for (size_t i = 0; p != NULL && i < p->n_notices; i++)
		if (strcmp(p->notices[i].id, id) == 0)
			return &p->notices[i];
	(void)event_refuse(e,
	    "no notice '%s' was sent: `interdict people ID` lists them", id);
	return NULL;
}

static struct text
when_text(const struct event *e, int64_t at, char buf[TIME_TEXT])
{
	return text_of(at == TIME_NONE ? "" : event_when(e, at, buf));
}

/* The same notice once more, with what came of it. */
static int
mark(const struct choices *c, bool acknowledged, const char *id)
{
	char sent[TIME_TEXT], seen[TIME_TEXT], known[TIME_TEXT];
	const struct notice *n;
	struct event e;
	int status = EXIT_BAD;

	if (event_begin(&e, "notice", &c->o, false) &&
	    (n = find_notice(&e, id)) != NULL) {
		struct pair_of_text pairs[] = { { "id", text_of(n->id) },
			{ "directive", text_of(n->directive) },
			{ "person", text_of(n->person->id) },
			{ "identifier", text_of(n->identifier) },
			{ "sent", when_text(&e, n->sent, sent) },
			{ "seen",
			    acknowledged ? when_text(&e, n->seen, seen)
			                 : text_of(e.at) },
			{ "acknowledged",
			    acknowledged ? text_of(e.at)
			                 : when_text(&e, n->acknowledged, known) },
			{ "how", event_option(n->how) },
			{ "text", event_option(n->text) } };
		event_add(&e, "notice", pairs, sizeof pairs / sizeof *pairs);
		status = event_end(&e,
		    event_text(&e, "%s was %s by %s.", id,
		        acknowledged ? "acknowledged" : "seen", n->person->id));
	}
	event_drop(&e);
	return status;
}

int
cmd_notice(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "person", OPTION_TEXT, &c.person, "ID", "tell this one alone" },
		{ "template", OPTION_TEXT, &c.template, "FILE",
		    "your text: interdict new notice" },
		{ "to", OPTION_TEXT, &c.to, "DIR",
		    "write the texts there, and record them as sent" },
		EVENT_OPTIONS(c.o),
	};
	const struct command me = { "notice",
		"DIRECTIVE [--to DIR] | seen ID | acknowledged ID",
		"A text for each holder of a covered device who was not told yet. With "
		"--to they\nare files there, and the ledger has them as sent; without, "
		"they are only shown.",
		rows, sizeof rows / sizeof rows[0],
		"interdict notice acknowledged notice-57 --at 2023-03-24" };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		bool seen = rest.n == 2 && strcmp(rest.list[0], "seen") == 0;
		bool known = rest.n == 2 && strcmp(rest.list[0], "acknowledged") == 0;
		bool none = rest.n == 1 &&
		    (strcmp(rest.list[0], "seen") == 0 ||
		        strcmp(rest.list[0], "acknowledged") == 0);
		if (seen || known)
			status = mark(&c, known, rest.list[1]);
		else if (rest.n == 1 && !none)
			status = run(&c, rest.list[0]);
		else
			(void)fputs("interdict notice: name an order; or seen or "
			            "acknowledged, and a notice\n",
			    stderr);
	}
	words_free(&rest);
	return status;
}
