/* SPDX-License-Identifier: ISC */
/* The roster with what each holds and said; or one person in full, by time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "cmd/veil.h"
#include "report/json_parts.h"
#include "report/unicode.h"
#include "report/view.h"
#include "store/store.h"

struct choices {
	const char *store, *as_of, *pseudonyms;
	bool json;
};

struct listing {
	struct scan scan;
	struct case_file matter;
	struct view *v; /* spells names and addresses, or their pseudonyms */
	struct writer out;
	int64_t now;
	bool json;
};

/* One line of a person's history. */
struct happening {
	int64_t at;
	const char *what, *line;
};

static bool
in_force(const struct listing *l, const struct exception *e)
{
	return e->from <= l->now && (e->until == TIME_NONE || e->until >= l->now);
}

struct counts {
	size_t held, said, told, excused;
};

static struct counts
count(const struct listing *l, const struct person *p)
{
	struct counts n = { 0 };

	for (const struct custody *c = p->custody; c != NULL; c = c->next_of_person)
		n.held += custody_is_held(c, l->now);
	for (const struct statement *s = p->statements; s != NULL;
	     s = s->next_of_person)
		n.said += s->date <= l->now;
	for (const struct notice *t = p->notices; t != NULL; t = t->next_of_person)
		n.told += t->sent <= l->now;
	for (const struct exception *e = p->exceptions; e != NULL;
	     e = e->next_of_person)
		n.excused += in_force(l, e);
	return n;
}

/* How custody would say it: the pseudonym of a host name is another one. */
static const char *
thing(struct listing *l, const struct person *p, const char *identifier)
{
	for (const struct custody *c = p != NULL ? p->custody : NULL; c != NULL;
	     c = c->next_of_person)
		if (identifier != NULL && strcmp(c->identifier, identifier) == 0)
			return spell_custody(l->v, c);
	return spell_identifier(l->v, identifier);
}

static const char *
when(const struct listing *l, int64_t at, char buf[TIME_TEXT])
{
	return l->scan.zone != NULL ? zone_print(l->scan.zone, at, buf)
	                            : time_print(at, buf);
}

static void
put_head(struct listing *l, const struct person *p)
{
	put(&l->out, spell_person_id(l->v, p));
	if (l->v->report.pseudonyms == NULL) {
		put(&l->out, "  ");
		put_clean(&l->out, text_of(p->name));
	}
}

/* "p1  Name: this; that" */
static struct writer *
put_next(struct listing *l, bool *first)
{
	put(&l->out, *first ? ": " : "; ");
	*first = false;
	return &l->out;
}

static void
put_row(struct listing *l, const struct person *p)
{
	struct counts n = count(l, p);
	char buf[TIME_TEXT];
	bool left = person_has_left(p, l->now), first = true;

	put_head(l, p);
	if (left)
		putf(put_next(l, &first), "left on %.10s", when(l, p->left, buf));
	for (const struct custody *c = p->custody; c != NULL; c = c->next_of_person)
		if (custody_is_held(c, l->now)) {
			put(put_next(l, &first), left ? "did not hand in " : "holds ");
			put(&l->out, spell_custody(l->v, c));
		}
	for (const struct statement *s = p->statements; s != NULL;
	     s = s->next_of_person)
		if (s->date <= l->now && s->next_of_person == NULL) {
			put(put_next(l, &first), "declared \"");
			put(&l->out, spell_words(l->v, s->text));
			put_char(&l->out, '"');
		}
	if (n.told > 0)
		putf(put_next(l, &first), "told %zu time%s", n.told,
		    n.told > 1 ? "s" : "");
	for (const struct exception *e = p->exceptions; e != NULL;
	     e = e->next_of_person)
		if (in_force(l, e))
			putf(put_next(l, &first), "excused from %s", e->directive);
	put_char(&l->out, '\n');
}

static const char *
line_of(struct listing *l, const char *a, const char *b, const char *c, const char *d)
{
	struct writer w;

	writer_to_memory(&w);
	const char *parts[] = { a, b, c, d };
	for (size_t i = 0; i < 4; i++)
		if (parts[i] != NULL && parts[i][0] != '\0') {
			if (i > 0)
				put_char(&w, ' ');
			put(&w, parts[i]);
		}
	const char *kept = arena_string(&l->scan.arena, writer_text(&w));
	(void)writer_close(&w);
	return kept;
}

static const char *const owned[] = {
	[OWNED_ISSUED] = "(of the office)",
	[OWNED_PERSONAL] = "(personal)",
	[OWNED_CONTRACTOR] = "(contractor's)",
};

static size_t
happenings(struct listing *l, const struct person *p, struct happening *out)
{
	size_t n = 0;

	for (const struct custody *c = p->custody; c != NULL; c = c->next_of_person)
		out[n++] = (struct happening){ c->from, "custody",
			line_of(l, custody_event_name(c->event),
			    identifier_type_name(c->type), spell_custody(l->v, c),
			    owned[c->ownership]) };
	for (const struct statement *s = p->statements; s != NULL;
	     s = s->next_of_person)
		out[n++] = (struct happening){ s->date, "statement",
			line_of(l, spell_words(l->v, s->text), NULL, NULL, NULL) };
	for (const struct exception *e = p->exceptions; e != NULL;
	     e = e->next_of_person)
		out[n++] = (struct happening){ e->from, "exception",
			line_of(l, e->directive, spell_words(l->v, e->ground),
			    spell_words(l->v, e->mitigation), NULL) };
	for (const struct notice *t = p->notices; t != NULL; t = t->next_of_person) {
		out[n++] = (struct happening){ t->sent, "notice",
			line_of(l, t->id, "sent for", thing(l, p, t->identifier),
			    t->directive) };
		if (t->seen != TIME_NONE)
			out[n++] = (struct happening){ t->seen, "notice",
				line_of(l, t->id, "seen", NULL, NULL) };
		if (t->acknowledged != TIME_NONE)
			out[n++] = (struct happening){ t->acknowledged, "notice",
				line_of(l, t->id, "acknowledged", NULL, NULL) };
	}
	if (p->left != TIME_NONE)
		out[n++] = (struct happening){ p->left, "roster", "left" };
	return n;
}

static size_t
deeds_of(struct listing *l, const struct person *p, struct happening *out)
{
	const struct people *all = l->scan.people;
	size_t n = 0;

	for (size_t i = 0; i < all->n_deeds; i++) {
		const struct deed *d = &all->deeds[i];
		if (d->person != p)
			continue;
		out[n++] = (struct happening){ d->date, deed_kind_name(d->kind),
			line_of(l, thing(l, p, d->identifier), d->how,
			    d->with != NULL     ? "with"
			        : d->to != NULL ? "to"
			                        : NULL,
			    d->with != NULL ? thing(l, p, d->with)
			                    : spell_somebody(l->v, d->to)) };
	}
	return n;
}

static int
by_time(const void *left, const void *right)
{
	const struct happening *a = left, *b = right;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return strcmp(a->line, b->line);
}

static void
put_about(struct listing *l, const struct person *p)
{
	const struct {
		const char *name, *value;
	} about[] = { { "mail", l->v->report.pseudonyms == NULL ? p->email : NULL },
		{ "role", p->role }, { "rank", p->rank }, { "site", p->site } };

	put_head(l, p);
	put_char(&l->out, '\n');
	for (size_t i = 0; i < sizeof about / sizeof *about; i++)
		if (about[i].value != NULL) {
			putf(&l->out, "  %-7s ", about[i].name);
			put_clean(&l->out, text_of(about[i].value));
			put_char(&l->out, '\n');
		}
	for (size_t i = 0; i < p->n_groups; i++) {
		put(&l->out, i == 0 ? "  groups  " : ", ");
		put_clean(&l->out, text_of(p->groups[i]));
	}
	put(&l->out, p->n_groups > 0 ? "\n" : "");
}

static void
put_json(struct listing *l, const struct person *p, const struct happening *list,
    size_t n)
{
	struct json j = json_over(&l->out);
	struct counts c = count(l, p);
	char buf[TIME_TEXT];

	json_event(&j, "person", l->now);
	json_key(&j, "id");
	json_cstring(&j, spell_person_id(l->v, p));
	json_key(&j, "name");
	json_cstring(&j, l->v->report.pseudonyms == NULL ? p->name : NULL);
	json_key_string(&j, "left",
	    p->left == TIME_NONE ? NULL : time_print(p->left, buf));
	json_key(&j, "holds");
	json_open(&j, '[');
	for (const struct custody *t = p->custody; t != NULL; t = t->next_of_person)
		if (custody_is_held(t, l->now))
			json_cstring(&j, spell_custody(l->v, t));
	json_close(&j, ']');
	json_key(&j, "declared");
	json_uint(&j, c.said);
	json_key(&j, "told");
	json_uint(&j, c.told);
	json_key(&j, "excused");
	json_uint(&j, c.excused);
	json_key(&j, "history");
	json_open(&j, '[');
	for (size_t i = 0; i < n; i++) {
		json_open(&j, '{');
		json_key(&j, "time");
		json_cstring(&j, time_print(list[i].at, buf));
		json_key(&j, "kind");
		json_cstring(&j, list[i].what);
		json_key(&j, "text");
		json_cstring(&j, list[i].line);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_event_end(&j);
}

static void
put_one(struct listing *l, const struct person *p)
{
	const struct people *all = l->scan.people;
	size_t most = all->n_custody + all->n_statements + all->n_exceptions +
	    3 * all->n_notices + all->n_deeds + 1;
	struct happening *list = must_alloc(most, sizeof *list);
	char buf[TIME_TEXT];

	size_t n = happenings(l, p, list);
	n += deeds_of(l, p, list + n);
	qsort(list, n, sizeof *list, by_time);
	if (l->json) {
		put_json(l, p, list, n);
	} else {
		put_about(l, p);
		for (size_t i = 0; i < n; i++) {
			putf(&l->out, "  %.16s  %-11s ", when(l, list[i].at, buf),
			    list[i].what);
			put_clean(&l->out, text_of(list[i].line));
			put_char(&l->out, '\n');
		}
	}
	free(list);
}

static int
unknown(const struct people *p, const char *id)
{
	const char **ids = must_alloc(p->n_persons, sizeof *ids);

	for (size_t i = 0; i < p->n_persons; i++)
		ids[i] = p->persons[i].id;
	const char *near = text_nearest(text_of(id), ids, p->n_persons);
	(void)fprintf(stderr, "interdict people: the roster has no person '%s'%s%s%s\n",
	    id, near != NULL ? "; is '" : "", near != NULL ? near : "",
	    near != NULL ? "' meant?" : "");
	free(ids);
	return EXIT_BAD;
}

static int
list(struct listing *l, const char *id)
{
	const struct people *all = l->scan.people;
	const struct person *p = NULL;

	if (all == NULL) {
		(void)fputs("interdict people: there is no roster in the store\n",
		    stderr);
		return EXIT_OK;
	}
	if (id != NULL && (p = person_find(all, text_of(id))) == NULL)
		return unknown(all, id);
	if (p != NULL)
		put_one(l, p);
	struct arena kept = view_lines_begin(l->v);
	for (size_t i = 0; id == NULL && i < all->n_persons; i++) {
		if (l->json)
			put_json(l, &all->persons[i], NULL, 0);
		else
			put_row(l, &all->persons[i]);
		view_line_done(l->v);
	}
	view_lines_end(l->v, kept);
	return EXIT_OK;
}

static bool
begin(struct listing *l, const struct choices *c, struct pseudonyms **key)
{
	struct err err = { "" };

	if (veil_key("people", c->pseudonyms, key, &err) && matter_recall(&l->scan) &&
	    scan_as_of(&l->scan, c->as_of, &err))
		return true;
	if (err.line[0] != '\0')
		(void)fprintf(stderr, "interdict people: %s\n", err.line);
	return false;
}

static int
run(const struct choices *c, const char *id)
{
	struct listing l = { .json = c->json };
	struct pseudonyms *key = NULL;
	int status = EXIT_BAD;

	if ((l.scan.store = case_store("people",
	         c->store != NULL ? c->store : STORE_FILE, STORE_READ)) == NULL)
		return EXIT_BAD;
	if (begin(&l, c, &key)) {
		l.now = c->as_of != NULL ? l.scan.as_of : time_now();
		l.matter = scan_case(&l.scan);
		struct report r = scan_report(&l.scan, &l.matter);
		r.pseudonyms = key;
		l.v = view_new(&r);
		writer_to_fd(&l.out, STDOUT_FILENO);
		status = list(&l, id);
		if (output_close("people", &l.out) != EXIT_OK)
			status = EXIT_BAD;
		view_free(l.v);
	}
	pseudonyms_free(key);
	scan_free(&l.scan);
	return status;
}

int
cmd_people(int argc, char **argv)
{
	struct choices c = { .store = NULL };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "as-of", OPTION_TEXT, &c.as_of, "TIME",
		    "what held good then; default: now" },
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "pseudonyms", OPTION_TEXT, &c.pseudonyms, "KEYFILE",
		    "persons and devices as keyed pseudonyms" },
		{ "json", OPTION_FLAG, &c.json, NULL, "JSON Lines, one a person" },
	};
	const struct command me = { "people", "[ID] [--store FILE.db]",
		"The roster, with what each holds, declared, was told and is excused "
		"from.\nWith an ID: this person in full, with the history.",
		rows, sizeof rows / sizeof rows[0], NULL };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n > 1)
			(void)fprintf(stderr, "interdict people: what is '%s'?\n",
			    rest.list[1]);
		else
			status = run(&c, rest.n == 1 ? rest.list[0] : NULL);
	}
	words_free(&rest);
	return status;
}
