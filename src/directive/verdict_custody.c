/* SPDX-License-Identifier: ISC */
/* Duties that custody proves: where a thing went, and what came in its place. */
#include "directive/verdict_case.h"

static const char *
event_sentence(enum custody_event e)
{
	switch (e) {
	case CUSTODY_ISSUED:
		return "issued to the holder";
	case CUSTODY_HANDED_IN:
		return "handed in";
	case CUSTODY_REPLACED:
		return "replaced";
	case CUSTODY_RELEASED:
		return "released";
	case CUSTODY_DESTROYED:
		return "destroyed";
	}
	return "";
}

static bool
in_force(const struct subject *s)
{
	return s->custody != NULL && !s->custody_is_over;
}

static bool
is_gone(const struct subject *s)
{
	return in_force(s) && s->custody->event != CUSTODY_ISSUED;
}

/* Of a thing that went away: when, by which row, and what came before. */
void
custody_history(const struct judging *j, const struct subject *s, struct telling *t)
{
	char buf[TIME_TEXT];

	if (!is_gone(s))
		return;
	because(j, t, "Custody says that it was %s on %s (%s, line %u).",
	    event_sentence(s->custody->event), at_text(j, s->custody->from, buf),
	    j->matter->people->custody_file, s->custody->line);
}

/* The next thing after `c` (NULL: the first) issued to the holder since the order. */
static const struct custody *
replacement(const struct judging *j, const struct subject *s, const struct custody *c)
{
	int64_t start = order_start(j->directive);

	c = c != NULL           ? c->next_of_person
	    : s->holder != NULL ? s->holder->custody
	                        : NULL;
	for (; c != NULL; c = c->next_of_person)
		if (c->event == CUSTODY_ISSUED && c->from <= j->matter->as_of &&
		    c->from >= start && c != s->custody &&
		    !subject_has(s, c->identifier))
			return c;
	return NULL;
}

/* Whether it is what the order wants as a replacement, as far as it was seen or told.
 */
static enum truth
fits(struct judging *j, const struct obligation *o, const struct custody *c)
{
	const struct subject *s = j->of_person[c->person - j->matter->people->persons];
	enum truth seen = UNDECIDED;

	if (o->with == NULL)
		return TRUE_;
	while (s != NULL && s->custody != c)
		s = s->next_of_holder;
	const struct device *d = s == NULL ? NULL
	    : s->device != NULL            ? s->device
	                        : register_device(j->matter->devices, s->number);
	if (d != NULL)
		seen = class_judge(o->with, d, j->matter->knowledge, &j->data).truth;
	return seen != UNDECIDED ? seen : told_fits(j, o->with, c);
}

/* Of several the one that fits, else that of which it is not known. */
static const struct custody *
best_replacement(struct judging *j, const struct subject *s, const struct obligation *o,
    enum truth *fit)
{
	const struct custody *best = NULL;

	for (const struct custody *c = replacement(j, s, NULL); c != NULL;
	     c = replacement(j, s, c)) {
		enum truth is = fits(j, o, c);
		if (best != NULL && is != TRUE_ && (is == FALSE_ || *fit == UNDECIDED))
			continue;
		best = c;
		*fit = is;
		if (is == TRUE_)
			break;
	}
	return best;
}

static void
replace_done(struct judging *j, const struct subject *s, const struct obligation *o,
    const struct custody **by, int64_t *when, struct telling *t)
{
	const char *file = j->matter->people->custody_file;
	enum truth fit = UNDECIDED;
	const struct custody *c = best_replacement(j, s, o, &fit);
	char buf[TIME_TEXT];

	if (is_gone(s) && s->custody->event == CUSTODY_REPLACED && fit != FALSE_) {
		*by = s->custody;
		*when = s->custody->from;
	}
	if (c == NULL)
		return;
	because(j, t, "Another thing was issued to the holder on %s (%s, line %u)%s.",
	    at_text(j, c->from, buf), file, c->line,
	    fit == FALSE_          ? ", but it is not what the order allows instead"
	        : fit == UNDECIDED ? "; whether it is what the order allows instead is "
	                             "not known"
	                           : "");
	if (fit == TRUE_ && *by == NULL) {
		*by = c;
		*when = c->from;
	}
}

/* The ways of disposal that an order names are words of the site; these are known. */
static bool
is_way(const char *how, enum custody_event e)
{
	static const struct {
		const char *start;
		enum custody_event event;
	} ways[] = {
		{ "destr", CUSTODY_DESTROYED },
		{ "shred", CUSTODY_DESTROYED },
		{ "releas", CUSTODY_RELEASED },
		{ "give", CUSTODY_RELEASED },
		{ "donat", CUSTODY_RELEASED },
		{ "return", CUSTODY_HANDED_IN },
		{ "hand", CUSTODY_HANDED_IN },
		{ "replac", CUSTODY_REPLACED },
	};

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (text_starts(text_of(how), text_of(ways[i].start)))
			return ways[i].event == e;
	return e == CUSTODY_DESTROYED || e == CUSTODY_RELEASED;
}

bool
custody_fulfils(const struct obligation *o, enum custody_event e)
{
	if (e == CUSTODY_ISSUED)
		return false;
	if (o->verb == VERB_REMOVE)
		return true;
	for (size_t i = 0; i < o->n_how; i++)
		if (is_way(o->how[i], e))
			return true;
	return o->n_how == 0 && (e == CUSTODY_DESTROYED || e == CUSTODY_RELEASED);
}

static void
event_done(struct judging *j, const struct subject *s, const struct obligation *o,
    const struct custody **by, int64_t *when, struct telling *t)
{
	if (!is_gone(s))
		return;
	custody_history(j, s, t);
	deeds_history(j, s, t);
	if (custody_fulfils(o, s->custody->event)) {
		*by = s->custody;
		*when = s->custody->from;
	} else {
		because(j, t, "That is none of the ways that the order names (%s).",
		    o->n_how > 0 ? list_text(j, o->how, o->n_how)
		                 : "destroy or release");
	}
}

/* Whether a verb that must come first did, by the order of events on record. */
static bool
came_first(const struct judging *j, const struct subject *s, enum verb verb,
    const struct custody *by)
{
	const struct custody *c = custody_of_name(j->matter->people, by->type,
	    text_of(by->identifier));

	if (record_came_first(j, s, verb, by->from))
		return true;
	for (; c != NULL && c != by; c = c->next_of_thing)
		if ((verb == VERB_REMOVE && c->event == CUSTODY_HANDED_IN) ||
		    (verb == VERB_REPLACE && c->event == CUSTODY_REPLACED))
			return true;
	c = verb == VERB_REPLACE ? replacement(j, s, NULL) : NULL;
	return c != NULL && c->from <= by->from;
}

static bool
all_came_first(struct judging *j, const struct subject *s, const struct obligation *o,
    const struct custody *by, struct telling *t)
{
	bool all = true;

	for (size_t i = 0; i < o->n_first; i++) {
		if (came_first(j, s, o->first[i], by))
			continue;
		because(j, t, "The order wants %s first, and no record shows it.",
		    verb_name(o->first[i]));
		all = false;
	}
	return all;
}

/* What is destroyed is not seen any more: later than on that day it was another thing,
 * or the record is wrong. */
static bool
seen_destroyed(const struct judging *j, const struct subject *s,
    const struct custody *by, struct telling *t)
{
	char buf[TIME_TEXT];

	if (by->event != CUSTODY_DESTROYED || s->last_seen == TIME_NONE ||
	    s->last_seen < by->from + DAY)
		return false;
	because(j, t, "It was seen after that, last on %s: the record cannot be right.",
	    at_text(j, s->last_seen, buf));
	return true;
}

static void
not_done(struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	char buf[TIME_TEXT];

	if (duty->due == TIME_NONE || j->matter->as_of <= duty->due) {
		duty->state = DUTY_DUE;
		because(j, t,
		    duty->due == TIME_NONE ? "Nothing of it is on record; the order "
		                             "sets no date that is known."
		                           : "Nothing of it is on record yet.");
	} else if (in_force(s)) {
		duty->state = DUTY_FAILED;
		duty->failed_since = duty->due;
		because(j, t,
		    "By the custody record (%s, line %u) it was not done by %s.",
		    j->matter->people->custody_file, s->custody->line,
		    at_text(j, duty->due, buf));
	} else {
		duty->state = DUTY_UNDECIDED;
		because(j, t, "No custody record says where it is now.");
	}
}

void
custody_duty(struct judging *j, const struct verdict *v, const struct subject *s,
    const struct excuses *e, struct duty *duty, struct telling *t)
{
	const struct obligation *o = duty->obligation;
	const struct custody *by = NULL;
	int64_t when = TIME_NONE, start = order_start(j->directive);
	char buf[TIME_TEXT];

	if (v->custody == NULL) {
		not_done(j, s, duty, t);
		return;
	}
	if (o->verb == VERB_REPLACE)
		replace_done(j, s, o, &by, &when, t);
	else
		event_done(j, s, o, &by, &when, t);
	if (by == NULL) {
		not_done(j, s, duty, t);
	} else if (start != TIME_NONE && when < start) {
		duty->state = DUTY_NOT_APPLICABLE;
		because(j, t, "That was before the order.");
	} else if (!all_came_first(j, s, o, by, t) || seen_destroyed(j, s, by, t)) {
		duty->state = DUTY_UNDECIDED;
	} else {
		duty->state = DUTY_MET;
		duty->met_at = when;
		if (duty->due != TIME_NONE && when > unexcused(e, duty->due))
			because(j, t, "It was done late: the deadline was %s.",
			    at_text(j, duty->due, buf));
	}
}
