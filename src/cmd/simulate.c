/* SPDX-License-Identifier: ISC */
/*
 * What would happen at a time, by what the store has seen: who is warned, cut off or
 * excused, how surely, and what the ceiling would delay; and what another wording of an
 * order would change, device by device. Nothing is done, and nothing written down.
 */
#include <inttypes.h>
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
#include "directive/foresee.h"
#include "store/store.h"

struct choices {
	const char *store, *at, *last, *pseudonyms;
	struct words directives;
	bool json, all;
};

/* What an order came to, device by device in the register's order. */
struct outcome_of {
	enum object_state object;
	enum foreseen does;
};

/* Two wordings of an order beside each other; the rows where they differ. */
struct comparison {
	struct outcome_of *was;
	size_t n, cap; /* 0: there was no such order */
	size_t at, changed;
	struct writer rows;
};

/* An order while the verdicts come: those of several come by turns. */
struct simulated {
	struct writer rows;
	size_t n[FORESEEN];
	size_t cut_off;         /* for the ceiling */
	struct comparison *old; /* NULL: no other wording of it was given */
};

struct simulation {
	const struct choices *choices;
	struct scan scan;
	struct pseudonyms *pseudonyms; /* NULL: names stand as they are */
	struct writer out;
	int64_t seen_since; /* TIME_NONE: whenever */
	size_t weak;
	struct simulated *orders;
};

/* "30d" back from the last thing that was seen. */
static bool
set_last(struct simulation *s)
{
	int64_t length;

	s->seen_since = TIME_NONE;
	if (s->choices->last == NULL)
		return true;
	if (!duration_parse(text_of(s->choices->last), &length)) {
		(void)fprintf(stderr,
		    "interdict simulate: --last %s is no duration: write 30d or 12h\n",
		    s->choices->last);
		return false;
	}
	s->seen_since = register_last_time(s->scan.devices) - length;
	return true;
}

static bool
is_looked_at(const struct simulation *s, const struct verdict *v)
{
	return v->handed != NULL &&
	    (s->seen_since == TIME_NONE || v->handed->last_seen >= s->seen_since);
}

enum { NAME_TEXT = 64 };

/* As it is, or under its pseudonym. */
static const char *
named(const struct simulation *s, const char *what, const char *name,
    char buf[NAME_TEXT])
{
	return name == NULL || s->pseudonyms == NULL
	    ? name
	    : pseudonym(s->pseudonyms, what, text_of(name), buf);
}

static void
put_device(const struct simulation *s, struct writer *w, const struct verdict *v)
{
	char a[ADDR_TEXT], id[NAME_TEXT], address[NAME_TEXT], person[NAME_TEXT];
	const struct device *d = v->handed;
	struct addr first = d->n_macs > 0 ? d->macs[0]
	    : d->n_ips > 0                ? d->ips[0]
	                                  : (struct addr){ .kind = ADDR_NONE };

	const struct person *left = verdict_left(v);
	const struct person *who = v->holder != NULL ? v->holder : left;
	const char *name = who != NULL ? named(s, "person", who->id, person)
	                               : "unknown";

	putf(w, "%-19s %-17s %s%-*s", named(s, "d", d->id, id),
	    named(s, addr_is_link(first) ? "mac" : "ip", addr_print(first, a), address),
	    left != NULL ? "left: " : "", left != NULL ? 8 : 14, name);
}

/* By the clocks of the order, as the time was asked for. */
static const char *
clock_text(const struct directive *d, int64_t at, char buf[TIME_TEXT])
{
	return d->zone != NULL ? zone_print(d->zone, at, buf) : time_print(at, buf);
}

static void
row_text(const struct simulation *s, struct writer *w, const struct verdict *v,
    enum foreseen f, int64_t at, const char *why)
{
	char when[TIME_TEXT];

	put(w, "  ");
	put_device(s, w, v);
	putf(w, " %-10s ", foreseen_name(f));
	if (v->p > 0.99 && v->p < 1)
		put(w, "p >0.99");
	else
		putf(w, "p %.2f", v->p);
	putf(w, ", %u %s", v->families, v->families == 1 ? "family" : "families");
	if (verdict_is_weak(v))
		put(w, "; WEAK");
	if (at > s->scan.as_of)
		putf(w, "; not before %s, by the ceiling",
		    clock_text(v->directive, at, when));
	if (why[0] != '\0')
		putf(w, "; %s", why);
	put_char(w, '\n');
}

static void
row_json(const struct simulation *s, struct writer *w, const struct verdict *v,
    enum foreseen f, int64_t at, const char *why)
{
	struct json j = json_over(w);
	char when[TIME_TEXT], name[NAME_TEXT];

	json_event(&j, "simulation", s->scan.as_of);
	json_key(&j, "directive");
	json_cstring(&j, v->directive->id);
	json_key(&j, "device");
	json_cstring(&j, named(s, "d", v->handed->id, name));
	json_key(&j, "person");
	json_cstring(&j,
	    named(s, "person", v->holder != NULL ? v->holder->id : NULL, name));
	json_key(&j, "does");
	json_cstring(&j, foreseen_name(f));
	json_key(&j, "p");
	json_real(&j, v->p, 4);
	json_key(&j, "families");
	json_uint(&j, v->families);
	json_key(&j, "weak");
	json_bool(&j, verdict_is_weak(v));
	json_key(&j, "not_before");
	json_cstring(&j, time_print(at, when));
	json_key(&j, "why");
	json_cstring(&j, why);
	json_event_end(&j);
}

static void
put_change(const struct simulation *s, struct writer *w, const struct verdict *v,
    const char *was, const char *now)
{
	struct json j = json_over(w);
	char name[NAME_TEXT];

	if (!s->choices->json) {
		put(w, "  ");
		put_device(s, w, v);
		putf(w, " %s -> %s\n", was, now);
		return;
	}
	json_event(&j, "difference", TIME_NONE);
	json_key(&j, "directive");
	json_cstring(&j, v->directive->id);
	json_key(&j, "device");
	json_cstring(&j, named(s, "d", v->handed->id, name));
	json_key(&j, "was");
	json_cstring(&j, was);
	json_key(&j, "now");
	json_cstring(&j, now);
	json_event_end(&j);
}

/* Beside what the old wording came to for the same device. */
static void
compare(const struct simulation *s, struct comparison *c, const struct verdict *v,
    enum foreseen does)
{
	char before[64] = "no order, nothing", after[64];
	const struct outcome_of *was = c->n > 0 ? &c->was[c->at++] : NULL;

	if (!is_looked_at(s, v) ||
	    (was != NULL && was->object == v->object && was->does == does))
		return;
	if (was != NULL)
		(void)snprintf(before, sizeof before, "%s, %s",
		    object_state_name(was->object), foreseen_name(was->does));
	(void)snprintf(after, sizeof after, "%s, %s", object_state_name(v->object),
	    foreseen_name(does));
	put_change(s, &c->rows, v, before, after);
	c->changed++;
}

static void
look_at(void *state, size_t order, const struct verdict *v)
{
	struct simulation *s = state;
	struct simulated *o = &s->orders[order];
	const char *why;
	enum foreseen f = verdict_foresee(v, &why);
	int64_t at = s->scan.as_of;

	if (v->handed != NULL && o->old != NULL)
		compare(s, o->old, v, f);
	if (!is_looked_at(s, v))
		return;
	o->n[f]++;
	s->weak += verdict_is_weak(v);
	if (foreseen_cuts_off(f))
		at = ceiling_delay(v->phase, o->cut_off++, at);
	if (f == FORESEE_NOTHING && why[0] == '\0' && !s->choices->all)
		return;
	(s->choices->json ? row_json : row_text)(s, &o->rows, v, f, at, why);
}

static void
totals(struct simulation *s, const struct simulated *o)
{
	bool first = true;

	put(&s->out, "  ");
	for (unsigned f = 0; f < FORESEEN; f++) {
		if (o->n[f] == 0)
			continue;
		putf(&s->out, "%s%s %zu", first ? "" : ", ",
		    foreseen_name((enum foreseen)f), o->n[f]);
		first = false;
	}
	put(&s->out, first ? "no device\n" : "\n");
}

/* What was collected, where it belongs. */
static void
pour(struct writer *to, struct writer *rows)
{
	put_text(to, writer_text(rows));
	if (writer_close(rows) != 0)
		FAULT("out of memory");
}

static void
say_order(struct simulation *s, const struct directive *d, struct simulated *o)
{
	static const struct calendar usual = { .weekend = 0x60 };
	const struct site *site = s->scan.site;
	const struct phase *phase = directive_phase(d,
	    site != NULL && site->calendar != NULL ? site->calendar : &usual,
	    s->scan.as_of);
	char when[TIME_TEXT];

	if (!s->choices->json)
		putf(&s->out, "%s at %s: %s\n", d->id,
		    clock_text(d, s->scan.as_of, when),
		    phase != NULL ? phase_name(phase->what) : "no phase in force");
	pour(&s->out, &o->rows);
	if (!s->choices->json)
		totals(s, o);
}

static void
say_differences(struct simulation *s, const struct directive *d, struct comparison *c)
{
	if (!s->choices->json)
		putf(&s->out, "what the new %s would change:\n", d->id);
	pour(&s->out, &c->rows);
	if (!s->choices->json && c->changed == 0)
		put(&s->out, "  nothing\n");
}

/* The orders of the store of which another wording is given, before that. */
struct judging_old {
	const struct case_file *matter;
	struct directive *const *given;
	struct comparison *list;
	size_t n;
};

static void
note_old(void *state, size_t order, const struct verdict *v)
{
	const struct judging_old *old = state;
	const char *id = old->matter->directives[order]->id;

	for (size_t i = 0; i < old->n && v->handed != NULL; i++) {
		struct comparison *c = &old->list[i];
		if (strcmp(old->given[i]->id, id) != 0)
			continue;
		if (c->n == c->cap) {
			c->cap = c->cap > 0 ? c->cap * 2 : 1024;
			c->was = must_grow(c->was, c->cap, sizeof *c->was);
		}
		c->was[c->n++] = (struct outcome_of){ v->object,
			verdict_foresee(v, NULL) };
	}
}

static struct comparison *
judge_old(struct simulation *s, struct directive *const *given, size_t n)
{
	struct case_file matter = scan_case(&s->scan);
	struct comparison *list = must_alloc(n, sizeof *list);
	struct judging_old old = { &matter, given, list, n };

	for (size_t i = 0; i < n; i++)
		writer_to_memory(&list[i].rows);
	judge_walk(&matter, note_old, &old);
	return list;
}

/* The orders of the store, with those that were given in the place of their like. */
static bool
changed_orders(struct simulation *s, struct directive ***list, size_t *n, size_t *given)
{
	struct complaints wrong = { 0 };
	struct writer w;

	*list = must_alloc(s->scan.n_directives + s->choices->directives.n,
	    sizeof(struct directive *));
	*n = *given = 0;
	for (size_t i = 0; i < s->choices->directives.n; i++) {
		struct directive *d = directive_load(s->choices->directives.list[i],
		    &wrong);
		if (d != NULL)
			(*list)[(*n)++] = d;
	}
	*given = *n;
	for (size_t i = 0; i < s->scan.n_directives; i++) {
		bool replaced = false;
		for (size_t k = 0; k < *given; k++)
			replaced |= strcmp((*list)[k]->id, s->scan.directives[i]->id) ==
			    0;
		if (!replaced)
			(*list)[(*n)++] = s->scan.directives[i];
	}
	writer_to_fd(&w, STDERR_FILENO);
	complaints_print(&wrong, &w);
	(void)writer_close(&w);
	bool good = wrong.errors == 0;
	complaints_free(&wrong);
	return good;
}

static void
simulate_all(struct simulation *s, const struct case_file *m, struct comparison *old,
    size_t given)
{
	s->orders = must_alloc(m->n_directives, sizeof *s->orders);
	for (size_t i = 0; i < m->n_directives; i++) {
		writer_to_memory(&s->orders[i].rows);
		s->orders[i].old = i < given ? &old[i] : NULL;
	}
	judge_walk(m, look_at, s);
	for (size_t i = 0; i < m->n_directives; i++)
		say_order(s, m->directives[i], &s->orders[i]);
	for (size_t i = 0; i < given; i++)
		say_differences(s, m->directives[i], &old[i]);
	if (!s->choices->json)
		putf(&s->out,
		    s->weak > 0 ? "%zu would be cut off on weak evidence: look at each "
		                  "(interdict scan --store --explain)\n"
		                : "nobody would be cut off on weak evidence\n",
		    s->weak);
	free(s->orders);
}

static int
simulate(struct simulation *s)
{
	struct case_file matter = scan_case(&s->scan);
	struct comparison *old = NULL;
	struct directive **list = NULL;
	size_t n = 0, given = 0;
	bool good = true;

	if (s->choices->directives.n > 0 &&
	    (good = changed_orders(s, &list, &n, &given))) {
		old = judge_old(s, list, given);
		matter.directives = list;
		matter.n_directives = n;
	}
	if (good)
		simulate_all(s, &matter, old, given);
	for (size_t i = 0; i < given; i++) {
		if (old != NULL)
			free(old[i].was);
		directive_free(list[i]);
	}
	free(old);
	free(list);
	return !good ? EXIT_BAD : s->weak > 0 ? EXIT_FOUND : EXIT_OK;
}

static int
run(const struct choices *c)
{
	struct simulation s = { .choices = c };
	int status = EXIT_BAD;

	struct err err;

	if (!veil_key("simulate", c->pseudonyms, &s.pseudonyms, &err)) {
		(void)fprintf(stderr, "interdict simulate: %s\n", err.line);
		return EXIT_BAD;
	}
	if (!case_recall(&s.scan, "simulate", c->store != NULL ? c->store : STORE_FILE,
	        c->at, STORE_READ) ||
	    !set_last(&s)) {
		pseudonyms_free(s.pseudonyms);
		scan_free(&s.scan);
		return EXIT_BAD;
	}
	writer_to_fd(&s.out, STDOUT_FILENO);
	status = simulate(&s);
	if (output_close("simulate", &s.out) != EXIT_OK)
		status = EXIT_BAD;
	pseudonyms_free(s.pseudonyms);
	scan_free(&s.scan);
	return status;
}

int
cmd_simulate(int argc, char **argv)
{
	struct choices c = { 0 };
	struct words rest = { NULL, 0 };
	const struct option_row rows[] = {
		{ "at", OPTION_TEXT, &c.at, "TIME",
		    "at that time; default: that of the last thing seen" },
		{ "last", OPTION_TEXT, &c.last, "TIME",
		    "only devices that were seen so lately: 30d" },
		{ "directive", OPTION_LIST, &c.directives, "FILE",
		    "another wording of an order: what would it change" },
		{ "all", OPTION_FLAG, &c.all, NULL,
		    "also those to whom nothing happens" },
		{ "store", OPTION_STORE, &c.store, "[FILE.db]",
		    "which one; default: " STORE_FILE },
		{ "pseudonyms", OPTION_TEXT, &c.pseudonyms, "KEYFILE",
		    "persons, devices, addresses as keyed pseudonyms" },
		{ "json", OPTION_FLAG, &c.json, NULL, "JSON Lines, one a device" },
	};
	const struct command me = { "simulate",
		"[--at TIME] [--last 30d] [--directive FILE] [--store FILE.db]",
		"Who would be warned, cut off or excused, by what the store has seen: "
		"how\n"
		"surely, and what the ceiling would delay. Nothing is done.",
		rows, sizeof rows / sizeof rows[0],
		"Exit status: 0 nobody would be cut off on weak evidence (one family "
		"of\n"
		"evidence, or less than 0.95); 1 somebody would; 2 bad input." };
	int status;

	if (options_read(&me, argc, argv, &rest, &status)) {
		status = EXIT_BAD;
		if (rest.n > 0)
			(void)fprintf(stderr, "interdict simulate: what is '%s'?\n",
			    rest.list[0]);
		else
			status = run(&c);
	}
	words_free(&rest);
	words_free(&c.directives);
	return status;
}
