/* SPDX-License-Identifier: ISC */
#include "cmd/filed.h"

#include <stdio.h>
#include <string.h>

#include "base/time.h"

static const char kind[] = "report";

struct search {
	const char *directive;
	int64_t as_of;
	struct past_report *found;
};

/* The form that time_print() gives; TIME_NONE for what is none. */
static int64_t
time_of(struct text t)
{
	static const char utc[] = "+00:00";
	struct civil c;
	bool timed;

	if (!text_ends(t, text_of(utc)))
		return TIME_NONE;
	t.len -= sizeof utc - 1;
	return civil_parse(t, &c, &timed) && timed ? civil_to_utc(&c) : TIME_NONE;
}

static uint64_t
number_of(struct text t)
{
	unsigned long long n;

	return t.s != NULL && text_number(t, &n) ? n : 0;
}

static int
take_report(void *state, const struct entry *e, struct err *err)
{
	const struct search *s = state;
	struct past_report *p = s->found;
	struct arena arena = { NULL, 0 };
	struct text when = body_get(e->body, "as_of", &arena);
	struct text order = body_get(e->body, "directive", &arena);
	struct text manifest = body_get(e->body, "manifest", &arena);
	int64_t at = when.s == NULL ? TIME_NONE : time_of(when);

	(void)err;
	if (order.s != NULL && text_is(order, s->directive) && at != TIME_NONE &&
	    at < s->as_of && at >= p->as_of && manifest.len == sizeof p->manifest - 1) {
		p->as_of = at;
		memcpy(p->manifest, manifest.s, manifest.len);
		for (enum outcome c = 0; c < COUNTS; c++)
			p->counts[c] = number_of(
			    body_get(e->body, outcome_name(c), &arena));
	}
	arena_free(&arena);
	return 0;
}

int
filed_before(struct store *store, const char *directive, int64_t as_of,
    struct past_report *found, struct err *err)
{
	struct search s = { directive, as_of, found };

	*found = (struct past_report){ .as_of = TIME_NONE };
	return store_entries(store, kind, 0, take_report, &s, err);
}

static int
take_head(void *state, const struct entry *e, struct err *err)
{
	struct filing *f = state;
	char hex[LEDGER_HEX];

	(void)err;
	if (text_is(e->kind, kind))
		return 1;
	f->ledger_seq = e->seq;
	(void)snprintf(f->ledger_hash, sizeof f->ledger_hash, "%s",
	    hex_print(e->hash, LEDGER_HASH, hex));
	return 2;
}

int
filed_head(struct store *store, struct filing *f, struct err *err)
{
	int found = 1;

	f->ledger_seq = 0;
	f->ledger_hash[0] = '\0';
	for (uint64_t seq = store_last(store); seq > 0 && found == 1; seq--)
		found = store_entries(store, NULL, seq, take_head, f, err);
	return found < 0 ? -1 : 0;
}

struct sameness {
	struct text body;
	bool found;
};

static int
take_same(void *state, const struct entry *e, struct err *err)
{
	struct sameness *s = state;

	(void)err;
	s->found |= text_equal(e->body, s->body);
	return 0;
}

enum { PAIRS_MOST = COUNTS + 4, NUMBER_TEXT = 24 };

static void
put_body(struct writer *w, const struct report *r, const struct tally *t,
    const char *manifest)
{
	struct pair_of_text pairs[PAIRS_MOST];
	char numbers[COUNTS][NUMBER_TEXT], when[TIME_TEXT];
	size_t n = 0;

	for (enum outcome c = 0; c < COUNTS; c++) {
		(void)snprintf(numbers[c], sizeof numbers[c], "%zu", t->counts[c]);
		pairs[n++] = (struct pair_of_text){ outcome_name(c),
			text_of(numbers[c]) };
	}
	pairs[n++] = (struct pair_of_text){ "as_of",
		text_of(time_print(r->matter->as_of, when)) };
	pairs[n++] = (struct pair_of_text){ "directive", text_of(t->directive->id) };
	pairs[n++] = (struct pair_of_text){ "manifest", text_of(manifest) };
	pairs[n++] = (struct pair_of_text){ "names",
		text_of(r->pseudonyms != NULL ? "pseudonyms" : "as they are") };
	body_put(w, pairs, n);
}

int
filed_record(struct store *store, const struct report *r, const struct summary *s,
    const char *manifest, const char *actor, int64_t now, struct err *err)
{
	int failed = 0;

	for (size_t i = 0; i < s->n && !failed; i++) {
		struct sameness same = { .found = false };
		struct writer w;
		writer_to_memory(&w);
		put_body(&w, r, &s->tallies[i], manifest);
		same.body = writer_text(&w);
		failed = store_entries(store, kind, 0, take_same, &same, err);
		if (!failed && !same.found)
			failed = store_append(store, now, kind, actor, same.body, NULL,
			    err);
		(void)writer_close(&w);
	}
	return failed;
}
