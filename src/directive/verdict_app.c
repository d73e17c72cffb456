/* SPDX-License-Identifier: ISC */
/*
 * Orders on apps: what must stop is the app, not the device. The wire shows contacts
 * with its services; that an app is gone from a device it does not show.
 */
#include "directive/verdict_case.h"

struct contact {
	int64_t first, last; /* of the app that was contacted last; TIME_NONE: none */
	struct text name;
};

static struct contact
contact_of(const struct judging *j, const struct subject *s)
{
	struct contact c = { TIME_NONE, TIME_NONE, { NULL, 0 } };

	for (size_t i = 0; i < s->device->n_apps; i++) {
		const struct app *app = &s->device->apps[i];
		if (!class_means_app(j->directive->object, app->name, &j->data) ||
		    app->first > j->matter->as_of || app->last <= c.last)
			continue;
		c = (struct contact){ app->first, app->last, app->name };
		if (c.last > j->matter->as_of)
			c.last = j->matter->as_of;
	}
	return c;
}

/* From when on a contact counts against the duty. */
static int64_t
counts_from(const struct judging *j, const struct duty *duty)
{
	const struct obligation *o = duty->obligation;

	if (duty->due != TIME_NONE)
		return o->by.given && !o->before.given ? duty->due + 1 : duty->due;
	int64_t begins = obligation_begins(o, j->directive, j->calendar, TIME_NONE);
	return begins != TIME_NONE ? begins : order_start(j->directive);
}

static void
silence(struct judging *j, const struct subject *s, struct duty *duty,
    const struct contact *c, int64_t from, struct telling *t)
{
	char since[TIME_TEXT], last[TIME_TEXT];

	duty->state = DUTY_UNDECIDED;
	if (c->last == TIME_NONE)
		because(j, t, "It was not seen contacting any such app since %s.",
		    at_text(j, from, since));
	else
		because(j, t, "It was not seen contacting %.*s since %s (last on %s).",
		    (int)c->name.len, c->name.s, at_text(j, from, since),
		    at_text(j, c->last, last));
	if (s->device->hides != 0) {
		because(j, t, "But it hides names that it visits.");
	} else if (watched_since(j, USE_OF_ANY, from, t)) {
		duty->state = DUTY_MET;
		duty->met_at = from;
	}
}

/* With the device the app is gone as well, and custody says so. */
static bool
is_gone(const struct subject *s)
{
	return s->custody != NULL && !s->custody_is_over &&
	    s->custody->event != CUSTODY_ISSUED;
}

/*
 * A contact from an instant on that no exception excuses. Contacts are folded: of a
 * span only its two ends are proven.
 */
static bool
is_contacted(struct judging *j, const struct excuses *e, struct duty *duty,
    const struct contact *c, int64_t from, struct telling *t)
{
	bool first = c->first >= from && c->first != TIME_NONE &&
	    unexcused(e, c->first) == c->first;
	bool last = c->last >= from && c->last != TIME_NONE &&
	    unexcused(e, c->last) == c->last;
	bool failed = duty->due != TIME_NONE || duty->obligation->verb == VERB_STOP_USE;
	char buf[TIME_TEXT], due[TIME_TEXT];

	if (!first && !last)
		return false;
	duty->state = failed ? DUTY_FAILED : DUTY_DUE;
	duty->failed_since = !failed ? TIME_NONE : first ? c->first : c->last;
	because(j, t, "It contacted %.*s after %s, last on %s.", (int)c->name.len,
	    c->name.s, at_text(j, from, due),
	    at_text(j, last ? c->last : c->first, buf));
	return true;
}

bool
app_duty(struct judging *j, const struct subject *s, const struct excuses *e,
    struct duty *duty, struct telling *t)
{
	enum verb verb = duty->obligation->verb;
	char buf[TIME_TEXT], due[TIME_TEXT];

	if ((verb != VERB_STOP_USE && verb != VERB_REMOVE) ||
	    !class_asks_for_apps(j->directive->object) ||
	    (verb == VERB_REMOVE && is_gone(s)))
		return false;
	struct contact c = contact_of(j, s);
	int64_t from = counts_from(j, duty);
	if (from == TIME_NONE) {
		duty->state = DUTY_UNDECIDED;
		because(j, t, "From when on it must be gone is not known.");
	} else if (j->matter->as_of < from) {
		duty->state = DUTY_DUE;
		because(j, t, "It must stop by %s; %.*s was contacted last on %s.",
		    at_text(j, from, due), (int)c.name.len,
		    c.name.len > 0 ? c.name.s : "",
		    c.last == TIME_NONE ? "no day" : at_text(j, c.last, buf));
	} else if (!is_contacted(j, e, duty, &c, from, t)) {
		bool excused = c.last != TIME_NONE && c.last >= from;
		silence(j, s, duty, &c, excused ? unexcused(e, c.last) : from, t);
	}
	return true;
}
