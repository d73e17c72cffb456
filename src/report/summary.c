/* SPDX-License-Identifier: ISC */
/* Totals: one place that counts, so that no two printers disagree. */
#include "report/summary.h"

#include <stdlib.h>

const char *
standing_name(enum standing s)
{
	static const char *const names[STANDINGS] = { "failed", "due", "undecided",
		"met", "excepted", "not covered" };

	return names[s];
}

static bool
binds(const struct duty *d)
{
	enum modality m = d->obligation->modality;

	return m == MODALITY_MUST || m == MODALITY_SHOULD;
}

enum standing
verdict_standing(const struct verdict *v)
{
	enum standing worst = STANDS_MET;

	switch (v->object) {
	case NOT_COVERED:
		return STANDS_NOT_COVERED;
	case EXCEPTED:
		return STANDS_EXCEPTED;
	case OBJECT_UNDECIDED:
		return STANDS_UNDECIDED;
	case COVERED:
		break;
	}
	for (size_t i = 0; i < v->n_duties; i++) {
		const struct duty *d = &v->duties[i];
		enum standing s = d->state == DUTY_FAILED ? STANDS_FAILED
		    : d->state == DUTY_DUE                ? STANDS_DUE
		    : d->state == DUTY_UNDECIDED          ? STANDS_UNDECIDED
		                                          : STANDS_MET;
		if (binds(d) && s < worst)
			worst = s;
	}
	return worst;
}

static int
pressure(const struct duty *d)
{
	static const int by_state[] = {
		[DUTY_FAILED] = 0,
		[DUTY_DUE] = 1,
		[DUTY_UNDECIDED] = 2,
		[DUTY_MET] = 3,
		[DUTY_NOT_APPLICABLE] = 4,
	};

	return (binds(d) ? 0 : 10) + by_state[d->state];
}

static int64_t
presses_since(const struct duty *d)
{
	int64_t at = d->state == DUTY_FAILED ? d->failed_since : d->due;

	return at == TIME_NONE ? INT64_MAX : at;
}

const struct duty *
verdict_urgent(const struct verdict *v)
{
	const struct duty *first = NULL;

	for (size_t i = 0; i < v->n_duties; i++) {
		const struct duty *d = &v->duties[i];
		if (d->state == DUTY_NOT_APPLICABLE)
			continue;
		if (first == NULL || pressure(d) < pressure(first) ||
		    (pressure(d) == pressure(first) &&
		        presses_since(d) < presses_since(first)))
			first = d;
	}
	return first;
}

bool
verdict_shown(const struct verdict *v, enum only only)
{
	switch (only) {
	case ONLY_ALL:
		return true;
	case ONLY_COVERED:
		return v->object == COVERED;
	case ONLY_NOT_COVERED:
		return v->object == NOT_COVERED;
	case ONLY_EXCEPTED:
		return v->object == EXCEPTED;
	case ONLY_UNDECIDED:
		return verdict_standing(v) == STANDS_UNDECIDED;
	}
	return true;
}

const char *
outcome_name(enum outcome c)
{
	static const char *const names[COUNTS] = { "seen", "found", "removed",
		"replaced", "remaining", "excepted", "undecided", "failed", "due",
		"met", "persons_without" };

	return names[c];
}

static bool
ends_use(enum verb verb)
{
	return verb == VERB_STOP_USE || verb == VERB_DISCONNECT ||
	    verb == VERB_REMOVE || verb == VERB_NOT_CARRY_IN;
}

/* What was seen stands above what was written down: a phone on record as handed in
 * that is in use is not removed. */
bool
verdict_removed(const struct verdict *v)
{
	bool asked = false;

	if (v->object != COVERED)
		return false;
	for (size_t i = 0; i < v->n_duties; i++) {
		const struct duty *d = &v->duties[i];
		if (!ends_use(d->obligation->verb) || d->state == DUTY_NOT_APPLICABLE)
			continue;
		if (d->state != DUTY_MET)
			return false;
		asked = true;
	}
	return asked || (v->custody != NULL && v->custody->event != CUSTODY_ISSUED);
}

bool
verdict_replaced(const struct verdict *v)
{
	if (v->object != COVERED)
		return false;
	for (size_t i = 0; i < v->n_duties; i++)
		if (v->duties[i].obligation->verb == VERB_REPLACE &&
		    v->duties[i].state == DUTY_MET)
			return true;
	return v->custody != NULL && v->custody->event == CUSTODY_REPLACED;
}

static int
by_address(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t) * (const void *const *)a;
	uintptr_t y = (uintptr_t) * (const void *const *)b;

	return (x > y) - (x < y);
}

/* How many different persons stand in the list. */
static size_t
different(const struct person **persons, size_t n)
{
	size_t count = 0;

	if (n > 0)
		qsort(persons, n, sizeof(const struct person *), by_address);
	for (size_t i = 0; i < n; i++)
		count += i == 0 || persons[i] != persons[i - 1];
	return count;
}

static void
count_persons(struct tally *t, const struct verdict *list)
{
	const struct person **holding = must_alloc(t->n + 1, sizeof *holding);
	const struct person **denied = must_alloc(t->n + 1, sizeof *denied);
	size_t n_holding = 0, n_denied = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct verdict *v = &list[t->first + i];
		if (v->device == NO_DEVICE || v->holder == NULL)
			continue;
		if (v->object == COVERED)
			holding[n_holding++] = v->holder;
		if (v->object != NOT_COVERED && v->denial != NULL)
			denied[n_denied++] = v->holder;
	}
	t->persons_holding = different(holding, n_holding);
	t->persons_contradicted = different(denied, n_denied);
	free(holding);
	free(denied);
}

/* Either the record is wrong, or it is another device. */
static bool
is_gone_in_use(const struct verdict *v)
{
	if (v->object != COVERED || v->custody == NULL ||
	    v->custody->event == CUSTODY_ISSUED || v->custody->until != TIME_NONE)
		return false;
	for (size_t i = 0; i < v->n_duties; i++)
		if (ends_use(v->duties[i].obligation->verb) &&
		    v->duties[i].state == DUTY_FAILED)
			return true;
	return false;
}

bool
verdict_says(const struct verdict *v, const char *sentence)
{
	for (size_t i = 0; i < v->n_reasons; i++)
		if (strcmp(v->reasons[i].text, sentence) == 0)
			return true;
	return false;
}

static void
count_device(struct tally *t, const struct verdict *v)
{
	t->devices[v->object]++;
	t->standing[verdict_standing(v)]++;
	t->counts[COUNT_REMOVED] += verdict_removed(v);
	t->counts[COUNT_REPLACED] += verdict_replaced(v);
	t->gone_in_use += is_gone_in_use(v);
	t->scope_unknown += v->object == OBJECT_UNDECIDED && !v->scope_known;
	if (v->holder == NULL &&
	    (v->object == COVERED || v->object == OBJECT_UNDECIDED)) {
		t->unknown_holder++;
		t->holder_left += verdict_left(v) != NULL;
	}
	if (v->object != COVERED && v->object != EXCEPTED)
		return;
	for (size_t i = 0; i < v->n_duties && i < t->directive->n_obligations; i++)
		t->duties[i][v->duties[i].state]++;
}

static void
count_outcome(struct tally *t)
{
	for (size_t i = 0; i < 4; i++)
		t->counts[COUNT_SEEN] += t->devices[i];
	t->counts[COUNT_FOUND] = t->devices[COVERED] + t->devices[EXCEPTED];
	t->counts[COUNT_REMAINING] = t->devices[COVERED] - t->counts[COUNT_REMOVED];
	t->counts[COUNT_EXCEPTED] = t->devices[EXCEPTED];
	t->counts[COUNT_UNDECIDED] = t->standing[STANDS_UNDECIDED];
	t->counts[COUNT_FAILED] = t->standing[STANDS_FAILED];
	t->counts[COUNT_DUE] = t->standing[STANDS_DUE];
	t->counts[COUNT_MET] = t->standing[STANDS_MET];
	t->counts[COUNT_PERSONS_WITHOUT] = t->persons_without;
}

struct summary
summarise(struct arena *arena, const struct report *r)
{
	const struct verdicts *all = r->verdicts;
	struct summary s = { .n = r->matter->n_directives };
	size_t at = 0;

	s.tallies = arena_take(arena, (s.n + 1) * sizeof *s.tallies);
	for (size_t d = 0; d < s.n; d++) {
		struct tally *t = &s.tallies[d];
		t->directive = r->matter->directives[d];
		t->duties = arena_take(arena,
		    (t->directive->n_obligations + 1) * sizeof *t->duties);
		t->first = at;
		for (; at < all->n && all->list[at].directive == t->directive; at++) {
			t->n++;
			if (all->list[at].device != NO_DEVICE)
				count_device(t, &all->list[at]);
			else
				t->persons_without++;
		}
		count_persons(t, all->list);
		count_outcome(t);
	}
	return s;
}
