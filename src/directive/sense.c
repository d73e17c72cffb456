/* SPDX-License-Identifier: ISC */
/* What an order says rightly, and can hardly mean: cautions of interdict check. */
#include "directive/classtree.h"
#include "directive/directive.h"
#include "directive/tree.h"

struct sense {
	const struct directive *d;
	struct complaints *to;
};

/* The first that is known of it, its listing among them. */
static int64_t
order_begins(const struct directive *d)
{
	int64_t start = order_start(d), listed = d->authority.listed;

	return listed != TIME_NONE && (start == TIME_NONE || listed < start) ? listed
	                                                                     : start;
}

/* TIME_NONE also for what hangs on a discovery. */
static int64_t
instant(const struct sense *s, const struct when *w)
{
	return w->given && w->trigger != TRIGGER_DISCOVERED
	    ? when_instant(w, s->d, NULL, TIME_NONE)
	    : TIME_NONE;
}

static const char *
end_key(const struct obligation *o)
{
	return o->before.given ? "before" : "by";
}

static bool
binds(const struct obligation *o)
{
	return o->modality == MODALITY_MUST || o->modality == MODALITY_SHOULD;
}

static void
sense_of_deadline(const struct sense *s, const struct obligation *o)
{
	const struct when *end = obligation_end(o);
	int64_t due = instant(s, end), start = order_begins(s->d), day;
	int64_t from = verb_forbids(o->verb) ? instant(s, &o->from) : TIME_NONE;

	if (from != TIME_NONE && start != TIME_NONE && from < start)
		caution(s->to, s->d->file, o->from.line, o->from.column,
		    "from: '%s' is before the order itself: what was done when it was "
		    "not yet given would count as failed",
		    o->from.written);
	if (due == TIME_NONE)
		return;
	if (start != TIME_NONE && due < start)
		caution(s->to, s->d->file, end->line, end->column,
		    "%s: '%s' is before the order itself, so that nobody could keep "
		    "it: is the year right?",
		    end_key(o), end->written);
	if ((day = instant(s, &s->d->applies_to.until)) != TIME_NONE && due > day)
		caution(s->to, s->d->file, end->line, end->column,
		    "%s: '%s' comes after applies-to ends, '%s': nobody is bound any "
		    "more when it is due",
		    end_key(o), end->written, s->d->applies_to.until.written);
	if ((day = instant(s, &s->d->applies_to.from)) != TIME_NONE && due < day)
		caution(s->to, s->d->file, end->line, end->column,
		    "%s: '%s' comes before applies-to begins, '%s': nobody is bound "
		    "yet when it is due",
		    end_key(o), end->written, s->d->applies_to.from.written);
}

/* The obligation of a verb that is due first; NULL when none has a day. */
static const struct obligation *
first_due(const struct sense *s, enum verb verb, int64_t *due)
{
	const struct obligation *first = NULL;

	*due = TIME_NONE;
	for (size_t i = 0; i < s->d->n_obligations; i++) {
		const struct obligation *o = &s->d->obligations[i];
		int64_t at = o->verb == verb ? instant(s, obligation_end(o))
		                             : TIME_NONE;
		if (at == TIME_NONE || (first != NULL && at >= *due))
			continue;
		first = o;
		*due = at;
	}
	return first;
}

static void
sense_of_first(const struct sense *s, const struct obligation *o)
{
	int64_t due = instant(s, obligation_end(o)), other;

	for (size_t i = 0; i < o->n_first && due != TIME_NONE; i++) {
		const struct obligation *before = first_due(s, o->first[i], &other);
		if (before != NULL && other > due)
			caution(s->to, s->d->file, o->line, o->column,
			    "first: '%s' has time until '%s', and '%s', which waits "
			    "for it, only until '%s': give it the earlier day",
			    verb_words[before->verb], obligation_end(before)->written,
			    verb_words[o->verb], obligation_end(o)->written);
	}
}

/* When the first thing is forbidden or must be gone; TIME_NONE: no day is known. */
static int64_t
forbidden_from(const struct sense *s)
{
	int64_t from = TIME_NONE;

	for (size_t i = 0; i < s->d->n_obligations; i++) {
		const struct obligation *o = &s->d->obligations[i];
		if (!binds(o) || (!verb_forbids(o->verb) && o->verb != VERB_REMOVE))
			continue;
		int64_t at = instant(s,
		    obligation_end(o)->given ? obligation_end(o) : &o->from);
		if (at == TIME_NONE)
			return TIME_NONE;
		if (from == TIME_NONE || at < from)
			from = at;
	}
	return from;
}

static void
sense_of_phases(const struct sense *s)
{
	int64_t from = forbidden_from(s);

	for (size_t i = 0; i < s->d->n_phases && from != TIME_NONE; i++) {
		const struct phase *p = &s->d->phases[i];
		int64_t at = instant(s, &p->from);
		if (p->what < DO_QUARANTINE || at == TIME_NONE || at >= from)
			continue;
		caution(s->to, s->d->file, p->from.line, p->from.column,
		    "from: '%s' begins on '%s', before anything that the order forbids "
		    "is due: it would cut off who still has time",
		    phase_words[p->what], p->from.written);
		return;
	}
}

static void
sense_of_object(const struct sense *s, const struct hypothesis *all, size_t n)
{
	const struct class *c = s->d->object;

	if (!class_overlaps(c, c, NULL, 0))
		caution(s->to, s->d->file, c->line, 0,
		    "object: it contradicts itself: no device can be of it; is 'or' "
		    "meant?");
	else if (n > 0 && !class_overlaps(c, c, all, n))
		caution(s->to, s->d->file, c->line, 0,
		    "object: the knowledge has no device of this vendor, kind and OS "
		    "together: none will be decided to be of it");
	else if (class_is_everything(c))
		caution(s->to, s->d->file, c->line, 0,
		    "object: every device is of it; where two 'is not' are meant to "
		    "leave out both, write 'and' or 'not in [...]'");
}

void
directive_check_sense(const struct directive *d, const struct hypothesis *all, size_t n,
    struct complaints *to)
{
	const struct sense s = { d, to };

	sense_of_object(&s, all, n);
	for (size_t i = 0; i < d->n_obligations; i++) {
		const struct obligation *o = &d->obligations[i];
		sense_of_deadline(&s, o);
		sense_of_first(&s, o);
		if (o->with != NULL && !class_overlaps(o->with, o->with, NULL, 0))
			caution(to, d->file, o->line, o->column,
			    "with: it contradicts itself: no device can be given");
	}
	sense_of_phases(&s);
}
