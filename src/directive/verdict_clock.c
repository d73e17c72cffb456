/* SPDX-License-Identifier: ISC */
/* What an order's life for one device or person was, in five times. */
#include "directive/verdict_case.h"

const struct notice *
notice_of(const struct judging *j, const struct subject *s, const struct person *p)
{
	const struct notice *first = NULL;
	int64_t start = order_start(j->directive);

	for (size_t i = 0; i < j->matter->n_notices; i++) {
		const struct notice *n = &j->matter->notices[i];
		bool meant = (n->person != NULL && n->person == p) ||
		    (n->identifier != NULL && s != NULL &&
		        subject_has(s, n->identifier));
		if (!meant || n->at > j->matter->as_of || n->at < start ||
		    strcmp(n->directive, j->directive->id) != 0)
			continue;
		if (first == NULL || n->at < first->at)
			first = n;
	}
	return first;
}

static bool
is_open(const struct duty *d)
{
	return d->state == DUTY_DUE || d->state == DUTY_FAILED ||
	    d->state == DUTY_UNDECIDED;
}

static bool
binds(const struct duty *d)
{
	return d->obligation->modality == MODALITY_MUST ||
	    d->obligation->modality == MODALITY_SHOULD;
}

/* The next deadline that is open, before one that went by. */
static int64_t
sooner(int64_t best, int64_t due, int64_t as_of)
{
	if (due == TIME_NONE || best == TIME_NONE)
		return due == TIME_NONE ? best : due;
	if ((due >= as_of) != (best >= as_of))
		return due >= as_of ? due : best;
	return due < best ? due : best;
}

void
clocks_set(const struct judging *j, struct verdict *v, const struct subject *s)
{
	struct clocks c = { TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE };
	bool open = false;

	if (v->device != NULL)
		c.first_seen = v->device->first_seen;
	if (v->duties != j->no_duties) {
		const struct notice *n = notice_of(j, s, v->holder);
		c.warned = n != NULL ? n->at : TIME_NONE;
	}
	for (size_t i = 0; v->duties != j->no_duties && i < v->n_duties; i++) {
		const struct duty *d = &v->duties[i];
		if (!binds(d))
			continue;
		if (d->failed_since != TIME_NONE &&
		    (c.first_failed == TIME_NONE || d->failed_since < c.first_failed))
			c.first_failed = d->failed_since;
		open |= is_open(d);
		if (is_open(d))
			c.due = sooner(c.due, d->due, j->matter->as_of);
		if (d->state == DUTY_MET && d->met_at > c.met)
			c.met = d->met_at;
	}
	if (open)
		c.met = TIME_NONE;
	v->clocks = c;
}
