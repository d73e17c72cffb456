/* SPDX-License-Identifier: ISC */
/*
 * Verdicts over time: each that changed is an entry of the ledger, at the time as of
 * which it was judged. What the orders do not cover, and never did, is not written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/slots.h"
#include "base/time.h"
#include "cmd/scan.h"
#include "store/store.h"

struct record {
	struct scan *scan;
	struct arena arena, passing; /* what stands; of the verdict at hand */
	struct slots
	    live; /* bodies of the verdicts that stand, by the hash of their id */
	struct text *bodies;
	const char **ids;
	size_t n, cap, changed;
	struct writer w;
};

static struct text
cut(const char *s, size_t most)
{
	return (struct text){ s, strnlen(s, most) };
}

static struct text
written(struct record *r)
{
	struct text t = arena_text(&r->passing, writer_text(&r->w));

	r->w.len = 0;
	return t;
}

static const char *
verdict_key(struct record *r, const struct verdict *v)
{
	put_text(&r->w, cut(v->directive->id, 200));
	put_char(&r->w, '/');
	if (v->device != NULL) {
		put(&r->w, v->device->id);
	} else {
		put(&r->w, "person ");
		put_text(&r->w, cut(v->holder->id, 250));
	}
	return written(r).s;
}

static void
put_when(struct writer *w, const char *word, int64_t at)
{
	char text[TIME_TEXT];

	if (at != TIME_NONE)
		putf(w, " %s %.19sZ", word, time_print(at, text));
}

/* "stop-use failed due 2023-03-31T21:00:00Z since 2023-04-01T06:12:00Z" */
static struct text
duty_text(struct record *r, const struct duty *d)
{
	put(&r->w, verb_name(d->obligation->verb));
	put_char(&r->w, ' ');
	put(&r->w, duty_state_name(d->state));
	put_when(&r->w, "due", d->due);
	put_when(&r->w, "since", d->failed_since);
	return written(r);
}

enum { DUTIES_MOST = 99, PAIRS_MOST = DUTIES_MOST + 8 };

static struct text
verdict_body(struct record *r, const struct verdict *v, const char *id)
{
	struct pair_of_text p[PAIRS_MOST];
	char names[DUTIES_MOST][12];
	size_t n = 0;

	p[n++] = (struct pair_of_text){ "id", text_of(id) };
	p[n++] = (struct pair_of_text){ "directive", text_of(v->directive->id) };
	p[n++] = (struct pair_of_text){ "object",
		text_of(object_state_name(v->object)) };
	if (v->device != NULL)
		p[n++] = (struct pair_of_text){ "device", text_of(v->device->id) };
	if (v->holder != NULL)
		p[n++] = (struct pair_of_text){ "person", text_of(v->holder->id) };
	for (size_t i = 0; i < v->n_duties && i < DUTIES_MOST; i++) {
		(void)snprintf(names[i], sizeof names[i], "duty %02zu", i + 1);
		p[n++] = (struct pair_of_text){ names[i], duty_text(r, &v->duties[i]) };
	}
	body_put(&r->w, p, n);
	return written(r);
}

static uint64_t
id_hash(const char *id)
{
	return hash_bytes(id, strlen(id), 0x1d);
}

static int
take_live(void *state, const char *id, struct text body, struct err *err)
{
	struct record *r = state;

	(void)err;
	if (r->n == r->cap) {
		r->cap = r->cap > 0 ? r->cap * 2 : 256;
		r->bodies = must_grow(r->bodies, r->cap, sizeof *r->bodies);
		r->ids = must_grow(r->ids, r->cap, sizeof *r->ids);
	}
	r->ids[r->n] = arena_string(&r->arena, text_of(id));
	r->bodies[r->n] = arena_text(&r->arena, body);
	slots_add(&r->live, id_hash(id), (uint32_t)r->n++);
	return 0;
}

static const struct text *
live_body(const struct record *r, const char *id)
{
	size_t at;
	uint64_t hash = id_hash(id);

	for (uint32_t i = slots_first(&r->live, hash, &at); i != SLOT_NONE;
	     i = slots_next(&r->live, hash, &at))
		if (strcmp(r->ids[i], id) == 0)
			return &r->bodies[i];
	return NULL;
}

static int
record_one(struct record *r, const struct verdict *v, int64_t as_of, struct err *err)
{
	arena_reset(&r->passing);
	const char *id = verdict_key(r, v);
	const struct text *had = live_body(r, id);

	if (v->object == NOT_COVERED && had == NULL)
		return 0;
	struct text body = verdict_body(r, v, id);
	if (had != NULL && text_equal(*had, body))
		return 0;
	r->changed++;
	return store_append(r->scan->store, as_of, "verdict", "judge", body, NULL, err);
}

enum { OBJECT_STATES = OBJECT_UNDECIDED + 1, DUTY_STATES = DUTY_UNDECIDED + 1 };

/* Of one order. */
struct counts {
	uint64_t devices[OBJECT_STATES], persons[OBJECT_STATES];
	uint64_t duties[VERB_REPORT + 1][DUTY_STATES];
};

static void
count_one(struct counts *c, const struct verdict *v)
{
	(v->device != NULL ? c->devices : c->persons)[v->object]++;
	for (size_t d = 0; d < v->n_duties && v->object != NOT_COVERED; d++)
		c->duties[v->duties[d].obligation->verb][v->duties[d].state]++;
}

static void
tally(struct store *s, const struct directive *d, const struct counts *c)
{
	char word[96];

	for (enum object_state o = NOT_COVERED; o <= OBJECT_UNDECIDED; o++) {
		(void)snprintf(word, sizeof word, "device %s", object_state_name(o));
		store_tally_add(s, d->id, word, c->devices[o]);
		(void)snprintf(word, sizeof word, "person %s", object_state_name(o));
		store_tally_add(s, d->id, word, c->persons[o]);
	}
	for (enum verb v = 0; v <= VERB_REPORT; v++)
		for (enum duty_state t = DUTY_NOT_APPLICABLE; t <= DUTY_UNDECIDED;
		     t++) {
			(void)snprintf(word, sizeof word, "duty %s %s", verb_name(v),
			    duty_state_name(t));
			store_tally_add(s, d->id, word, c->duties[v][t]);
		}
}

/* Verdicts come order by order. */
static int
count(struct record *r, const struct verdicts *list, struct err *err)
{
	struct store *s = r->scan->store;

	if (store_tally_clear(s, err) != 0)
		return -1;
	for (size_t i = 0, end; i < list->n; i = end) {
		const struct directive *d = list->list[i].directive;
		struct counts c = { .devices = { 0 } };
		for (end = i; end < list->n && list->list[end].directive == d; end++)
			count_one(&c, &list->list[end]);
		tally(s, d, &c);
	}
	return store_tally_write(s, list->as_of, err);
}

int
verdicts_record(struct scan *s, const struct verdicts *list, size_t *changed,
    struct err *err)
{
	struct record r = { .scan = s };
	int64_t judged = store_judged(s->store);
	int failed = 0;

	/* The past is not written anew: what was judged as of later stands. */
	if (judged != TIME_NONE && list->as_of < judged)
		return 0;
	writer_to_memory(&r.w);
	failed = store_begin(s->store, err) != 0 ||
	    store_live(s->store, "verdict", take_live, &r, err) != 0;
	for (size_t i = 0; i < list->n && !failed; i++)
		failed = record_one(&r, &list->list[i], list->as_of, err);
	failed = failed || count(&r, list, err) != 0 || case_sign(s->store, err) != 0;
	if (failed)
		store_undo(s->store);
	if (changed != NULL)
		*changed = r.changed;
	slots_free(&r.live);
	free(r.bodies);
	free(r.ids);
	arena_free(&r.arena);
	arena_free(&r.passing);
	(void)writer_close(&r.w);
	return failed ? -1 : 0;
}
