/* SPDX-License-Identifier: ISC */
/* Each obligation of an order, for one device: met, due, failed, or not known. */
#include "directive/verdict_case.h"

const char *
no_duty_reason(const struct judging *j)
{
	switch (j->directive->status) {
	case STATUS_DRAFT:
		return "The order is a draft: it binds nobody yet.";
	case STATUS_SUSPENDED:
		return "The order is suspended: it binds nobody for the time being.";
	case STATUS_REVOKED:
		return "The order is revoked: it binds nobody any more.";
	case STATUS_IN_FORCE:
		break;
	}
	return "The order does not cover this device.";
}

static bool
has_clock(const struct obligation *o)
{
	return o->from.given || o->before.given || o->by.given;
}

/* From when on what the order forbids is a failure. INT64_MIN: always. */
static int64_t
forbidden_from(const struct judging *j, const struct duty *duty)
{
	if (duty->due == TIME_NONE)
		return order_start(j->directive);
	return duty->obligation->by.given && !duty->obligation->before.given
	    ? duty->due + 1
	    : duty->due;
}

static enum use_kind
kind_of(const struct directive *d, enum verb verb)
{
	if (verb == VERB_NOT_CARRY_IN)
		return USE_OF_ANY;
	switch (d->purpose) {
	case PURPOSE_OFFICIAL:
		return USE_OF_OFFICIAL;
	case PURPOSE_CONNECT_CORE:
		return USE_OF_CORE;
	case PURPOSE_ANY:
	case PURPOSE_CARRY_IN:
	case PURPOSE_PROCURE:
		break;
	}
	return USE_OF_ANY;
}

static const char *
use_word(enum use_kind kind)
{
	return kind == USE_OF_OFFICIAL ? "in official use"
	    : kind == USE_OF_CORE      ? "on an official segment"
	                               : "on the network";
}

static void
tell_failure(const struct judging *j, const struct subject *s, const struct duty *duty,
    const struct seen *seen, struct telling *t)
{
	const char *use = use_word(kind_of(j->directive, duty->obligation->verb));
	const char *when = has_clock(duty->obligation) ? "after the deadline"
	                                               : "under the order";
	char first[TIME_TEXT], last[TIME_TEXT];
	const char *at = seen->name == NULL ? ""
	    : seen->service                 ? ", service "
	                                    : ", segment ";

	custody_history(j, s, t);
	deeds_history(j, s, t);
	if (seen->last > seen->first)
		because(j, t, "It was %s %s, first on %s%s%s, last on %s.", use, when,
		    at_text(j, seen->first, first), at,
		    seen->name != NULL ? seen->name : "", at_text(j, seen->last, last));
	else
		because(j, t, "It was %s %s, on %s%s%s.", use, when,
		    at_text(j, seen->first, first), at,
		    seen->name != NULL ? seen->name : "");
}

static const char *
what_counts(const struct judging *j)
{
	return has_places(j->directive) ? "where the order applies" : "official use";
}

/* Seen since, and nothing says where: logs name devices without their frames. */
static bool
is_unplaced(const struct judging *j, const struct subject *s, int64_t from,
    struct telling *t)
{
	char buf[TIME_TEXT];

	if (s->last_seen == TIME_NONE || s->last_seen < from)
		return false;
	for (size_t i = 0; i < s->device->n_stays; i++)
		if (s->device->stays[i].last >= from &&
		    s->device->stays[i].first <= j->matter->as_of)
			return false;
	because(j, t,
	    "It was seen after the deadline, last on %s; nothing says on which "
	    "segment, so it is not known whether that was %s.",
	    at_text(j, s->last_seen, buf), what_counts(j));
	return true;
}

/* A sighting after `from` that cannot be told official or not. */
static bool
is_doubtful(const struct judging *j, const struct subject *s, enum use_kind kind,
    int64_t from, struct telling *t)
{
	const struct segment *segment;
	int64_t last = TIME_NONE;
	char buf[TIME_TEXT];

	if (kind == USE_OF_ANY && !has_places(j->directive))
		return false;
	for (size_t i = 0; i < s->device->n_stays; i++) {
		const struct stay *stay = &s->device->stays[i];
		if (stay->last >= from && stay->first <= j->matter->as_of &&
		    place_of(j, stay, &segment) == PLACE_UNKNOWN && stay->last > last)
			last = stay->last;
	}
	if (last == TIME_NONE)
		return is_unplaced(j, s, from, t);
	because(j, t,
	    "It was seen after the deadline, last on %s; %s, so it is not known "
	    "whether that was %s.",
	    at_text(j, last < j->matter->as_of ? last : j->matter->as_of, buf),
	    j->matter->site == NULL
	        ? "there is no site file that names official segments and services"
	        : "its address is in no segment that the site file names",
	    what_counts(j));
	return true;
}

static void
tell_silence(const struct judging *j, const struct subject *s, enum use_kind kind,
    int64_t from, struct telling *t)
{
	char last[TIME_TEXT], since[TIME_TEXT];

	custody_history(j, s, t);
	deeds_history(j, s, t);
	if (from == INT64_MIN)
		because(j, t, "It was never seen %s.", use_word(kind));
	else if (s->last_seen >= from && has_places(j->directive))
		because(j, t,
		    "Since %s it was seen on none of the segments to which the order "
		    "applies, last elsewhere on %s.",
		    at_text(j, from, since), at_text(j, s->last_seen, last));
	else if (s->last_seen >= from && kind != USE_OF_ANY)
		because(j, t,
		    "Since %s it was seen on guest segments only, last on %s, which is "
		    "no "
		    "official use.",
		    at_text(j, from, since), at_text(j, s->last_seen, last));
	else
		because(j, t, "It was not seen %s since %s (last seen at all on %s).",
		    use_word(kind), at_text(j, from, since),
		    at_text(j, s->last_seen, last));
}

/* stop-use, disconnect, not-carry-in: by what was seen since the deadline. */
static void
use_duty(struct judging *j, const struct subject *s, const struct excuses *e,
    struct duty *duty, struct telling *t)
{
	enum use_kind kind = kind_of(j->directive, duty->obligation->verb);
	char buf[TIME_TEXT], last[TIME_TEXT];
	struct seen seen;

	if (duty->due == TIME_NONE && has_clock(duty->obligation)) {
		duty->state = DUTY_UNDECIDED;
		because(j, t,
		    "The date hangs on an event whose time the order does not say.");
		return;
	}
	int64_t from = forbidden_from(j, duty);
	if (from != INT64_MIN && j->matter->as_of < from) {
		duty->state = DUTY_DUE;
		if (s->last_official != TIME_NONE && kind != USE_OF_ANY)
			because(j, t, "It must stop by %s; last official use on %s.",
			    at_text(j, duty->due, buf),
			    at_text(j, s->last_official, last));
		else
			because(j, t, "It must stop by %s; last seen on %s.",
			    at_text(j, duty->due, buf), at_text(j, s->last_seen, last));
		return;
	}
	if (use_since(j, s, kind, from, e, &seen)) {
		duty->state = DUTY_FAILED;
		duty->failed_since = seen.first;
		tell_failure(j, s, duty, &seen, t);
		return;
	}
	duty->state = DUTY_UNDECIDED;
	if (is_doubtful(j, s, kind, from, t))
		return;
	tell_silence(j, s, kind, from, t);
	bool watched = watched_since(j, kind, from == INT64_MIN ? j->first_seen : from,
	    t);
	if (!use_may_hide(j, s, kind, from, t) && watched) {
		duty->state = DUTY_MET;
		duty->met_at = from == INT64_MIN ? j->first_seen : from;
	}
}

/* cease-deploy: new after the deadline, where a sensor would have seen it before. */
static void
deploy_duty(struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	int64_t first = s->device->first_seen;
	char buf[TIME_TEXT];

	if (duty->due == TIME_NONE) {
		duty->state = DUTY_UNDECIDED;
		because(j, t, "From when on none may be deployed is not known.");
	} else if (first <= duty->due) {
		duty->state = DUTY_MET;
		because(j, t, "It was there before the deadline (first seen on %s).",
		    at_text(j, first, buf));
	} else if (j->first_seen < duty->due) {
		duty->state = DUTY_FAILED;
		duty->failed_since = first;
		because(j, t,
		    "It was first seen on %s, after the deadline, though the "
		    "captures begin before.",
		    at_text(j, first, buf));
	} else {
		duty->state = DUTY_UNDECIDED;
		because(j, t,
		    "The captures begin after the deadline: it may have been there "
		    "before.");
	}
}

static const char *
missing_record(enum verb v)
{
	switch (v) {
	case VERB_NOTIFY:
	case VERB_WARN:
		return "No notice is on record.";
	case VERB_EXAMINE:
		return "No examination is on record.";
	case VERB_WIPE:
		return "No wiping is on record.";
	case VERB_PLAN:
	case VERB_ATTEST:
	case VERB_REPORT:
		return "None is on record as submitted.";
	case VERB_CEASE_ACQUIRE:
		return "What is bought cannot be read off the network.";
	case VERB_BLOCK_INSTALL:
	case VERB_BLOCK_TRAFFIC:
		return "What is blocked is not on record: this version blocks nothing.";
	case VERB_UPDATE:
		return "No update is on record: what version runs is told by the "
		       "network only now and then.";
	case VERB_CEASE_DEPLOY:
	case VERB_DISCONNECT:
	case VERB_STOP_USE:
	case VERB_NOT_CARRY_IN:
	case VERB_IDENTIFY:
	case VERB_REMOVE:
	case VERB_REPLACE:
	case VERB_DISPOSE:
		break;
	}
	return "Nothing is on record.";
}

/*
 * What custody says is gone, and what was seen since contradicts it: a released one
 * only by official use where the order is on that. Days are as exact as custody is.
 */
static bool
is_back(const struct judging *j, const struct subject *s)
{
	int64_t seen = s->custody->event == CUSTODY_RELEASED &&
	        j->directive->purpose == PURPOSE_OFFICIAL
	    ? s->last_official
	    : s->last_seen;

	return seen != TIME_NONE && seen >= s->custody->from + DAY;
}

static bool
is_gone(const struct judging *j, const struct subject *s)
{
	return s->custody != NULL && !s->custody_is_over &&
	    s->custody->event != CUSTODY_ISSUED && !is_back(j, s);
}

/* What was taken out of use is not patched any more; a finding of it is past. */
static bool
is_past_updating(const struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	if (duty->obligation->verb != VERB_UPDATE || !is_gone(j, s))
		return false;
	duty->state = DUTY_NOT_APPLICABLE;
	custody_history(j, s, t);
	because(j, t, "There is nothing left to update.");
	return true;
}

/* Due again and again, until there is none: a thing that is gone is none any more. */
static bool
is_counted_no_more(const struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	const struct obligation *o = duty->obligation;

	if (!o->every.given || !o->until_zero || !is_gone(j, s))
		return false;
	duty->state = DUTY_NOT_APPLICABLE;
	custody_history(j, s, t);
	because(j, t, "It counts no more among those that are left.");
	return true;
}

static const char *
ordinal(unsigned n)
{
	static const char *const ends[] = { "th", "st", "nd", "rd" };

	return n % 100 / 10 == 1 || n % 10 > 3 ? ends[0] : ends[n % 10];
}

static void
repeated_duty(struct judging *j, struct duty *duty, struct telling *t)
{
	const struct obligation *o = duty->obligation;
	char buf[TIME_TEXT];

	duty->state = duty->due == TIME_NONE ? DUTY_UNDECIDED : DUTY_DUE;
	if (duty->due != TIME_NONE)
		because(j, t, "It is due for the %u%s time by %s, every %s%s.",
		    duty->turn, ordinal(duty->turn), at_text(j, duty->due, buf),
		    o->every.written, o->until_zero ? " until none is left" : "");
}

static void
record_duty(struct judging *j, struct duty *duty, struct telling *t)
{
	const struct obligation *o = duty->obligation;
	bool ahead = duty->due != TIME_NONE && j->matter->as_of < duty->due;

	if (o->n_fields > 0)
		because(j, t, "It has %zu elements: %s.", o->n_fields,
		    list_text(j, o->fields, o->n_fields));
	if (o->every.given) {
		repeated_duty(j, duty, t);
		return;
	}
	duty->state = ahead ? DUTY_DUE : DUTY_UNDECIDED;
	because(j, t, "%s", missing_record(duty->obligation->verb));
}

static void
by_verb(struct judging *j, const struct verdict *v, const struct subject *s,
    const struct excuses *e, struct duty *duty, struct telling *t)
{
	switch (duty->obligation->verb) {
	case VERB_STOP_USE:
	case VERB_DISCONNECT:
	case VERB_NOT_CARRY_IN:
		use_duty(j, s, e, duty, t);
		return;
	case VERB_CEASE_DEPLOY:
		deploy_duty(j, s, duty, t);
		return;
	case VERB_REMOVE:
	case VERB_REPLACE:
	case VERB_DISPOSE:
		custody_duty(j, v, s, e, duty, t);
		return;
	case VERB_IDENTIFY:
		duty->state = DUTY_MET;
		duty->met_at = s->device->first_seen;
		because(j, t, "It is identified.");
		return;
	case VERB_NOTIFY:
	case VERB_WARN:
	case VERB_EXAMINE:
	case VERB_WIPE:
		if (!is_counted_no_more(j, s, duty, t) && !on_record(j, s, duty, t))
			record_duty(j, duty, t);
		return;
	case VERB_PLAN:
	case VERB_ATTEST:
	case VERB_REPORT:
	case VERB_CEASE_ACQUIRE:
	case VERB_BLOCK_INSTALL:
	case VERB_BLOCK_TRAFFIC:
	case VERB_UPDATE:
		if (!is_counted_no_more(j, s, duty, t) &&
		    !is_submitted(j, s, duty, t) && !is_past_updating(j, s, duty, t))
			record_duty(j, duty, t);
	}
}

/* What is advised or offered does not fail. */
static void
by_modality(struct judging *j, struct duty *duty, struct telling *t)
{
	enum modality m = duty->obligation->modality;

	if (m == MODALITY_MAY && duty->state != DUTY_MET) {
		duty->state = DUTY_NOT_APPLICABLE;
		because(j, t, "It is an offer: nothing fails when it is not taken.");
	} else if (m == MODALITY_ADVISED && duty->state == DUTY_FAILED) {
		duty->state = DUTY_DUE;
		because(j, t,
		    "It is not done; it was advised and not ordered, so this is no "
		    "failure.");
	}
	if (duty->state != DUTY_FAILED)
		duty->failed_since = TIME_NONE;
	if (duty->state != DUTY_MET)
		duty->met_at = TIME_NONE;
}

/* By the order's table, by apps, or by what the verb asks for. */
static void
by_rule(struct judging *j, const struct verdict *v, const struct subject *s,
    const struct excuses *e, struct duty *duty, struct telling *t)
{
	if (duty->obligation->by_table && is_past_updating(j, s, duty, t))
		return;
	if (!table_duty(j, s, duty, t) && !app_duty(j, s, e, duty, t))
		by_verb(j, v, s, e, duty, t);
}

/* How much an alternative does for its obligation. */
static int
worth(enum duty_state s)
{
	switch (s) {
	case DUTY_MET:
		return 4;
	case DUTY_DUE:
		return 3;
	case DUTY_UNDECIDED:
		return 2;
	case DUTY_FAILED:
		return 1;
	case DUTY_NOT_APPLICABLE:
		break;
	}
	return 0;
}

/* Either the one or the other: the one that has come farthest counts. */
static void
by_alternatives(struct judging *j, const struct verdict *v, const struct subject *s,
    const struct excuses *e, struct duty *duty, struct telling *t)
{
	const struct obligation *o = duty->obligation;

	by_rule(j, v, s, e, duty, t);
	for (size_t i = 0; i < o->n_alternatives && duty->state != DUTY_MET; i++) {
		struct obligation *other = arena_take(j->arena, sizeof *other);
		struct duty one = *duty;
		*other = *o;
		other->verb = o->alternatives[i];
		one.obligation = other;
		one.failed_since = one.met_at = TIME_NONE;
		because(j, t, "Instead of %s, %s will do:", verb_name(o->verb),
		    verb_name(other->verb));
		by_rule(j, v, s, e, &one, t);
		if (worth(one.state) <= worth(duty->state))
			continue;
		duty->state = one.state;
		duty->failed_since = one.failed_since;
		duty->met_at = one.met_at;
	}
}

static void
covered_duty(struct judging *j, const struct verdict *v, const struct subject *s,
    const struct excuses *e, struct duty *duty, struct telling *t)
{
	int64_t begins = obligation_begins(duty->obligation, j->directive, j->calendar,
	    s->device->first_seen);
	char buf[TIME_TEXT];

	if (begins != TIME_NONE && j->matter->as_of < begins) {
		duty->state = DUTY_DUE;
		because(j, t, "It begins on %s.", at_text(j, begins, buf));
	} else {
		by_alternatives(j, v, s, e, duty, t);
		/* Nobody fails while excused, though the deadline went by. */
		if (duty->failed_since != TIME_NONE)
			duty->failed_since = unexcused(e, duty->failed_since);
	}
	by_modality(j, duty, t);
}

struct duty *
duty_begin(const struct judging *j, const struct verdict *v, size_t i,
    int64_t discovered)
{
	struct duty *duty = &v->duties[i];

	duty->obligation = &j->directive->obligations[i];
	duty->due = obligation_next(duty->obligation, j->directive, j->calendar,
	    discovered, j->matter->as_of, &duty->turn);
	if (!duty->obligation->every.given)
		duty->turn = 0;
	duty->failed_since = duty->met_at = TIME_NONE;
	return duty;
}

void
say_excepted(const struct judging *j, const struct verdict *v, struct telling *t)
{
	int64_t until = v->exception->until;
	char buf[TIME_TEXT];

	if (until == TIME_NONE)
		because(j, t, "Excepted without an end.");
	else
		because(j, t, "Excepted until %s.", at_text(j, until, buf));
}

void
duties_judge(struct judging *j, struct verdict *v, const struct subject *s,
    const struct excuses *e)
{
	const struct directive *d = j->directive;
	int64_t discovered = v->handed != NULL ? v->handed->first_seen : TIME_NONE;

	v->n_duties = (uint32_t)d->n_obligations;
	v->duties = arena_take(j->arena, v->n_duties * sizeof *v->duties);
	for (size_t i = 0; i < v->n_duties; i++) {
		struct duty *duty = duty_begin(j, v, i, discovered);
		struct telling t = { .n = 0 };
		if (v->object == EXCEPTED) {
			duty->state = DUTY_NOT_APPLICABLE;
			say_excepted(j, v, &t);
		} else if (v->object == OBJECT_UNDECIDED) {
			duty->state = DUTY_UNDECIDED;
			because(j, &t,
			    "Whether the order covers this device is undecided.");
			by_modality(j, duty, &t);
		} else {
			covered_duty(j, v, s, e, duty, &t);
		}
		duty->reasons = telling_end(j, &t, &duty->n_reasons);
	}
	clocks_set(j, v, s);
}
