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
	struct arena arena;
	struct slots
	    live; /* bodies of the verdicts that stand, by the hash of their id */
	struct text *bodies;
	const char **ids;
	size_t n, cap, changed;
};

static const char *
verdict_key(struct arena *arena, const struct verdict *v)
{
	char key[512];

	if (v->device != NULL)
		(void)snprintf(key, sizeof key, "%.200s/%s", v->directive->id,
		    v->device->id);
	else
		(void)snprintf(key, sizeof key, "%.200s/person %.250s",
		    v->directive->id, v->holder->id);
	return arena_string(arena, text_of(key));
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
duty_text(struct arena *arena, const struct duty *d)
{
	struct writer w;

	writer_to_memory(&w);
	putf(&w, "%s %s", verb_name(d->obligation->verb), duty_state_name(d->state));
	put_when(&w, "due", d->due);
	put_when(&w, "since", d->failed_since);
	struct text t = arena_text(arena, writer_text(&w));
	(void)writer_close(&w);
	return t;
}

enum { DUTIES_MOST = 99, PAIRS_MOST = DUTIES_MOST + 8 };

static struct text
verdict_body(struct record *r, const struct verdict *v, const char *id)
{
	struct pair_of_text p[PAIRS_MOST];
	char names[DUTIES_MOST][12];
	struct writer w;
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
		p[n++] = (struct pair_of_text){ names[i],
			duty_text(&r->arena, &v->duties[i]) };
	}
	writer_to_memory(&w);
	body_put(&w, p, n);
	struct text t = arena_text(&r->arena, writer_text(&w));
	(void)writer_close(&w);
	return t;
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
	const char *id = verdict_key(&r->arena, v);
	const struct text *had = live_body(r, id);

	if (v->object == NOT_COVERED && had == NULL)
		return 0;
	struct text body = verdict_body(r, v, id);
	if (had != NULL && text_equal(*had, body))
		return 0;
	r->changed++;
	return store_append(r->scan->store, as_of, "verdict", "judge", body, NULL, err);
}

static int
count(struct record *r, const struct verdicts *list, struct err *err)
{
	struct store *s = r->scan->store;

	if (store_tally_clear(s, err) != 0)
		return -1;
	for (size_t i = 0; i < list->n; i++) {
		const struct verdict *v = &list->list[i];
		char word[96];
		(void)snprintf(word, sizeof word, "%s %s",
		    v->device != NULL ? "device" : "person",
		    object_state_name(v->object));
		store_tally_add(s, v->directive->id, word);
		for (size_t d = 0; d < v->n_duties && v->object != NOT_COVERED; d++) {
			(void)snprintf(word, sizeof word, "duty %s %s",
			    verb_name(v->duties[d].obligation->verb),
			    duty_state_name(v->duties[d].state));
			store_tally_add(s, v->directive->id, word);
		}
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
	return failed ? -1 : 0;
}
