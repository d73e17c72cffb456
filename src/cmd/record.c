/* SPDX-License-Identifier: ISC */
/*
 * Verdicts over time: each that changed is an entry of the ledger, at the time as of
 * which it was judged. What the orders do not cover, and never did, is not written.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/hash.h"
#include "base/slots.h"
#include "base/time.h"
#include "cmd/scan.h"
#include "store/store.h"

/*
 * A verdict that stands, by hashes of its id and its body: a hundred thousand bodies
 * are a hundred megabytes. The seed is drawn for each run, so that nobody can choose
 * two that are alike; by chance it happens once in 2^64.
 */
struct standing_verdict {
	uint64_t id, body;
};

enum { OBJECT_STATES = OBJECT_UNDECIDED + 1, DUTY_STATES = DUTY_UNDECIDED + 1 };

/* Of one order. */
struct counts {
	uint64_t devices[OBJECT_STATES], persons[OBJECT_STATES];
	uint64_t left; /* of a holder who left: not handed in, covered or undecided */
	uint64_t duties[VERB_REPORT + 1][DUTY_STATES];
};

struct record {
	struct scan *scan;
	int64_t as_of;
	struct arena passing; /* of the verdict at hand */
	struct slots by_id;   /* numbers of those that stand, by the hash of their id */
	struct standing_verdict *live;
	size_t n, cap, changed;
	uint64_t seed;
	struct counts *counts; /* by the orders of the scan */
	struct writer w;
	struct err *err;
	bool failed;
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
	if (v->handed != NULL) {
		put(&r->w, v->handed->id);
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

enum { DUTIES_MOST = 99, PAIRS_MOST = DUTIES_MOST + 9 };

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
	if (v->handed != NULL)
		p[n++] = (struct pair_of_text){ "device", text_of(v->handed->id) };
	if (v->holder != NULL)
		p[n++] = (struct pair_of_text){ "person", text_of(v->holder->id) };
	if (verdict_left(v) != NULL)
		p[n++] = (struct pair_of_text){ "left", text_of(verdict_left(v)->id) };
	for (size_t i = 0; i < v->n_duties && i < DUTIES_MOST; i++) {
		(void)snprintf(names[i], sizeof names[i], "duty %02zu", i + 1);
		p[n++] = (struct pair_of_text){ names[i], duty_text(r, &v->duties[i]) };
	}
	body_put(&r->w, p, n);
	return written(r);
}

static uint64_t
hash_of(const struct record *r, struct text t)
{
	return hash_bytes(t.s, t.len, r->seed);
}

static int
take_live(void *state, const char *id, struct text body, struct err *err)
{
	struct record *r = state;

	(void)err;
	if (r->n == r->cap) {
		r->cap = r->cap > 0 ? r->cap * 2 : 256;
		r->live = must_grow(r->live, r->cap, sizeof *r->live);
	}
	struct standing_verdict *v = &r->live[r->n];
	*v = (struct standing_verdict){ hash_of(r, text_of(id)), hash_of(r, body) };
	slots_add(&r->by_id, v->id, (uint32_t)r->n++);
	return 0;
}

static const struct standing_verdict *
find_live(const struct record *r, const char *id)
{
	size_t at;
	uint64_t hash = hash_of(r, text_of(id));

	for (uint32_t i = slots_first(&r->by_id, hash, &at); i != SLOT_NONE;
	     i = slots_next(&r->by_id, hash, &at))
		if (r->live[i].id == hash)
			return &r->live[i];
	return NULL;
}

static int
record_one(struct record *r, const struct verdict *v)
{
	arena_reset(&r->passing);
	const char *id = verdict_key(r, v);
	const struct standing_verdict *had = find_live(r, id);

	if (v->object == NOT_COVERED && had == NULL)
		return 0;
	struct text body = verdict_body(r, v, id);
	if (had != NULL && had->body == hash_of(r, body))
		return 0;
	r->changed++;
	return store_append(r->scan->store, r->as_of, "verdict", "judge", body, NULL,
	    r->err);
}

static void
count_one(struct counts *c, const struct verdict *v)
{
	(v->handed != NULL ? c->devices : c->persons)[v->object]++;
	c->left += verdict_left(v) != NULL && v->object != NOT_COVERED;
	for (size_t d = 0; d < v->n_duties && v->object != NOT_COVERED; d++)
		c->duties[v->duties[d].obligation->verb][v->duties[d].state]++;
}

static void
record_take(void *state, size_t order, const struct verdict *v)
{
	struct record *r = state;

	count_one(&r->counts[order], v);
	r->failed = r->failed || record_one(r, v) != 0;
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
	store_tally_add(s, d->id, "device left behind", c->left);
	for (enum verb v = 0; v <= VERB_REPORT; v++)
		for (enum duty_state t = DUTY_NOT_APPLICABLE; t <= DUTY_UNDECIDED;
		     t++) {
			(void)snprintf(word, sizeof word, "duty %s %s", verb_name(v),
			    duty_state_name(t));
			store_tally_add(s, d->id, word, c->duties[v][t]);
		}
}

static int
count(struct record *r)
{
	const struct scan *s = r->scan;

	if (store_tally_clear(s->store, r->err) != 0)
		return -1;
	for (size_t i = 0; i < s->n_directives; i++)
		tally(s->store, s->directives[i], &r->counts[i]);
	return store_tally_write(s->store, r->as_of, r->err);
}

/* The past is not written anew: what was judged as of later stands. */
static bool
is_past(const struct scan *s, int64_t as_of)
{
	int64_t judged = store_judged(s->store);

	return judged != TIME_NONE && as_of < judged;
}

static void
record_begin(struct record *r, struct scan *s, int64_t as_of, struct err *err)
{
	*r = (struct record){ .scan = s, .as_of = as_of, .err = err };
	writer_to_memory(&r->w);
	r->counts = must_alloc(s->n_directives, sizeof *r->counts);
	if (getrandom(&r->seed, sizeof r->seed, 0) != (ssize_t)sizeof r->seed)
		FAULT("no random bytes");
	r->failed = store_begin(s->store, err) != 0 ||
	    store_live(s->store, "verdict", take_live, r, err) != 0;
}

static int
record_end(struct record *r, size_t *changed)
{
	struct store *store = r->scan->store;

	bool failed = r->failed || count(r) != 0 || case_sign(store, r->err) != 0;
	if (failed)
		store_undo(store);
	if (changed != NULL)
		*changed = r->changed;
	slots_free(&r->by_id);
	free(r->live);
	free(r->counts);
	arena_free(&r->passing);
	(void)writer_close(&r->w);
	return failed ? -1 : 0;
}

int
verdicts_judge(struct scan *s, size_t *changed, struct err *err)
{
	struct case_file matter = scan_case(s);
	struct record r;

	if (is_past(s, s->as_of))
		return 0;
	record_begin(&r, s, s->as_of, err);
	if (!r.failed)
		judge_walk(&matter, record_take, &r);
	return record_end(&r, changed);
}

struct verdicts *
verdicts_list(struct scan *s, const bool *which, struct err *err)
{
	struct case_file matter = scan_case(s);
	struct verdicts *list = NULL;
	struct record r;

	if (is_past(s, s->as_of))
		return judge_some(&matter, which, NULL, NULL);
	record_begin(&r, s, s->as_of, err);
	if (!r.failed)
		list = judge_some(&matter, which, record_take, &r);
	if (record_end(&r, NULL) == 0)
		return list;
	verdicts_free(list);
	return NULL;
}
