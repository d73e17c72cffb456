/* SPDX-License-Identifier: ISC */
/* Duties that records prove: who was told, what was examined, wiped, given instead. */
#include <string.h>

#include "directive/verdict_case.h"

static const struct deed *
latest_of(const struct deed *d, enum deed_kind kind, int64_t until,
    const struct deed *latest)
{
	for (; d != NULL && d->date <= until; d = d->next_of_thing)
		if (d->kind == kind && (latest == NULL || d->date >= latest->date))
			latest = d;
	return latest;
}

const struct deed *
deed_of(const struct judging *j, const struct subject *s, enum deed_kind kind,
    int64_t until)
{
	const struct people *p = j->matter->people;
	const struct deed *d = NULL;

	if (p == NULL || p->n_deeds == 0)
		return NULL;
	for (size_t i = 0; i < s->device->n_macs; i++)
		d = latest_of(deeds_of_mac(p, s->device->macs[i]), kind, until, d);
	for (size_t i = 0; i < s->n_hostnames; i++)
		d = latest_of(deeds_of_name(p, BY_HOSTNAME, s->hostnames[i]), kind,
		    until, d);
	for (size_t i = 0; i < s->n_client_ids; i++)
		d = latest_of(deeds_of_name(p, BY_CLIENT_ID, s->client_ids[i]), kind,
		    until, d);
	if (s->custody != NULL)
		d = latest_of(deeds_of_name(p, s->custody->type,
		                  text_of(s->custody->identifier)),
		    kind, until, d);
	return d;
}

static void
tell_late(const struct judging *j, const struct duty *duty, int64_t when,
    struct telling *t)
{
	char buf[TIME_TEXT];

	if (duty->due != TIME_NONE && when > duty->due)
		because(j, t, "It was done late: the deadline was %s.",
		    at_text(j, duty->due, buf));
}

static void
tell_notice(const struct judging *j, const struct notice *n, struct telling *t)
{
	int64_t as_of = j->matter->as_of;
	const char *file = j->matter->people->notices_file;
	char sent[TIME_TEXT], other[TIME_TEXT];

	if (n->acknowledged != TIME_NONE && n->acknowledged <= as_of)
		because(j, t,
		    "A notice was sent on %s, and acknowledged on %s (%s, line %u).",
		    at_text(j, n->sent, sent), at_text(j, n->acknowledged, other), file,
		    n->line);
	else if (n->seen != TIME_NONE && n->seen <= as_of)
		because(j, t, "A notice was sent on %s, and seen on %s (%s, line %u).",
		    at_text(j, n->sent, sent), at_text(j, n->seen, other), file,
		    n->line);
	else
		because(j, t,
		    "A notice was sent on %s (%s, line %u); nothing shows that it was "
		    "seen.",
		    at_text(j, n->sent, sent), file, n->line);
}

static bool
is_told(const struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	const struct notice *n = notice_of(j, s, s->holder);
	bool kept = j->matter->people != NULL && j->matter->people->n_notices > 0;
	char buf[TIME_TEXT];

	if (n != NULL) {
		duty->state = DUTY_MET;
		duty->met_at = n->sent;
		tell_notice(j, n, t);
		tell_late(j, duty, n->sent, t);
		return true;
	}
	if (!kept || s->holder == NULL || duty->due == TIME_NONE ||
	    j->matter->as_of <= duty->due)
		return false;
	duty->state = DUTY_FAILED;
	duty->failed_since = duty->due;
	because(j, t, "Notices are on record, and none to its holder by %s.",
	    at_text(j, duty->due, buf));
	return true;
}

bool
on_record(const struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	enum verb verb = duty->obligation->verb;
	char buf[TIME_TEXT];

	if (verb == VERB_NOTIFY || verb == VERB_WARN)
		return is_told(j, s, duty, t);
	enum deed_kind kind = verb == VERB_WIPE ? DEED_WIPING : DEED_EXAMINATION;
	const struct deed *d = deed_of(j, s, kind, j->matter->as_of);
	if (d == NULL || d->date < order_start(j->directive))
		return false;
	duty->state = DUTY_MET;
	duty->met_at = d->date;
	because(j, t, "Its %s on %s is on record (%s, line %u).", deed_kind_name(kind),
	    at_text(j, d->date, buf), j->matter->people->deed_files[kind], d->line);
	tell_late(j, duty, d->date, t);
	return true;
}

static bool
is_among(const struct text *names, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (text_is_word(names[i], name))
			return true;
	return false;
}

/* A measure on one device is none on another. */
static bool
concerns(const struct subject *s, const char *identifier)
{
	struct addr a;

	if (identifier == NULL)
		return true;
	if (addr_parse(text_of(identifier), &a)) {
		for (size_t i = 0; i < s->device->n_macs; i++)
			if (addr_equal(s->device->macs[i], a))
				return true;
		return false;
	}
	return is_among(s->hostnames, s->n_hostnames, identifier) ||
	    is_among(s->client_ids, s->n_client_ids, identifier) ||
	    (s->custody != NULL && strcmp(s->custody->identifier, identifier) == 0);
}

/* The one after `skip` others of a kind, between two instants; NULL. */
static const struct submission *
submission_of(const struct judging *j, const struct subject *of, enum submitted what,
    int64_t after, int64_t until, unsigned skip)
{
	const struct people *p = j->matter->people;
	const struct submission *found = NULL, *last = NULL;

	do {
		found = NULL;
		for (size_t i = 0; i < p->n_submissions; i++) {
			const struct submission *s = &p->submissions[i];
			if (s->what == what && s->date > after && s->date <= until &&
			    (last == NULL || s->date > last->date) &&
			    (found == NULL || s->date < found->date) &&
			    strcmp(s->directive, j->directive->id) == 0 &&
			    concerns(of, s->identifier))
				found = s;
		}
		last = found;
	} while (found != NULL && skip-- > 0);
	return found;
}

/* An order that asks for two reports is not done with one. */
static unsigned
asked_before(const struct directive *d, const struct obligation *o)
{
	unsigned n = 0;

	for (size_t i = 0; i < d->n_obligations && &d->obligations[i] != o; i++)
		n += d->obligations[i].verb == o->verb &&
		    !d->obligations[i].every.given;
	return o->every.given ? 0 : n;
}

/* After what was due the turn before, or after the order, or the discovery. */
static int64_t
submitted_after(const struct judging *j, const struct duty *duty, int64_t discovered,
    unsigned turn)
{
	const struct obligation *o = duty->obligation;
	int64_t start = order_start(j->directive);

	if (turn > 1)
		return obligation_turn(o, j->directive, j->calendar, discovered,
		    turn - 1);
	/* A status that begins later is not given by what was reported before. */
	if (o->every.given && o->from.given && (o->by.given || o->before.given))
		return obligation_begins(o, j->directive, j->calendar, discovered) - 1;
	if (o->by.trigger == TRIGGER_DISCOVERED && discovered > start)
		start = discovered;
	return start == TIME_NONE ? start : start - 1;
}

static enum submitted
submitted_by(enum verb verb)
{
	switch (verb) {
	case VERB_PLAN:
		return SUBMITTED_PLAN;
	case VERB_ATTEST:
		return SUBMITTED_ATTESTATION;
	case VERB_CEASE_ACQUIRE:
		return MEASURE_CEASE_ACQUIRE;
	case VERB_BLOCK_INSTALL:
		return MEASURE_BLOCK_INSTALL;
	case VERB_BLOCK_TRAFFIC:
		return MEASURE_BLOCK_TRAFFIC;
	case VERB_UPDATE:
		return MEASURE_UPDATE;
	default:
		return SUBMITTED_REPORT;
	}
}

bool
is_submitted(const struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	const struct obligation *o = duty->obligation;
	enum submitted what = submitted_by(o->verb);
	bool measure = what >= MEASURE_CEASE_ACQUIRE;
	int64_t first = s->device->first_seen, as_of = j->matter->as_of;
	unsigned skip = measure ? 0 : asked_before(j->directive, o), turn = duty->turn;
	char buf[TIME_TEXT];

	if (j->matter->people == NULL ||
	    submission_of(j, s, what, TIME_NONE, as_of, 0) == NULL)
		return false;
	int64_t after = submitted_after(j, duty, first, turn);
	const struct submission *got = submission_of(j, s, what, after, as_of, skip);
	if (got != NULL) {
		duty->state = DUTY_MET;
		duty->met_at = got->date;
		because(j, t, "It %s on %s (%s, line %u).",
		    measure ? "is on record as done" : "was submitted",
		    at_text(j, got->date, buf), j->matter->people->submissions_file,
		    got->line);
		tell_late(j, duty, got->date, t);
		return true;
	}
	/* Of one that is repeated the turn before may have been missed. */
	int64_t missed = turn > 1 ? after : duty->due;
	if (measure || missed == TIME_NONE || as_of <= missed ||
	    (turn > 1 &&
	        submission_of(j, s, what, submitted_after(j, duty, first, turn - 1),
	            missed, 0) != NULL))
		return false;
	duty->state = DUTY_FAILED;
	duty->failed_since = missed;
	because(j, t, "Submissions are on record, and none came by %s.",
	    at_text(j, missed, buf));
	return true;
}

bool
record_came_first(const struct judging *j, const struct subject *s, enum verb verb,
    int64_t until)
{
	switch (verb) {
	case VERB_EXAMINE:
		return deed_of(j, s, DEED_EXAMINATION, until) != NULL;
	case VERB_WIPE:
		return deed_of(j, s, DEED_WIPING, until) != NULL;
	case VERB_REPLACE:
		return deed_of(j, s, DEED_REPLACEMENT, until) != NULL;
	case VERB_NOTIFY:
	case VERB_WARN: {
		const struct notice *n = notice_of(j, s, s->holder);
		return n != NULL && n->sent <= until;
	}
	default:
		return false;
	}
}

enum truth
told_fits(const struct judging *j, const struct class *with,
    const struct custody *given)
{
	const struct deed *d = deed_that_gave(j->matter->people, given->type,
	    text_of(given->identifier));
	struct complaints wrong = { 0 };
	size_t n;
	const struct hypothesis *all = knowledge_hypotheses(j->matter->knowledge, &n);

	if (d == NULL || d->is == NULL || d->date > j->matter->as_of)
		return UNDECIDED;
	const struct class *is = class_parse(j->arena, text_of(d->is), "", 1, 1,
	    &wrong);
	bool good = wrong.errors == 0 && is != NULL;
	complaints_free(&wrong);
	if (!good)
		return UNDECIDED;
	if (class_within(is, with, all, n))
		return TRUE_;
	return class_overlaps(is, with, all, n) ? UNDECIDED : FALSE_;
}

void
deeds_history(const struct judging *j, const struct subject *s, struct telling *t)
{
	char buf[TIME_TEXT];

	for (unsigned k = DEED_EXAMINATION; k <= DEED_DISPOSAL; k++) {
		const struct deed *d = deed_of(j, s, (enum deed_kind)k,
		    j->matter->as_of);
		if (d != NULL)
			because(j, t, "Its %s on %s is on record (%s, line %u).",
			    deed_kind_name(d->kind), at_text(j, d->date, buf),
			    j->matter->people->deed_files[k], d->line);
	}
}
