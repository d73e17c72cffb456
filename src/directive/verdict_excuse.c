/* SPDX-License-Identifier: ISC */
/* Exceptions: which are good under their order, and whom they excuse. */
#include "directive/verdict_case.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/* Why an order refuses an exception, and the column of the cell at fault. */
struct fault {
	char why[400];
	unsigned column;
};

PRINTF_LIKE(3, 4)
static bool
refuse(struct fault *f, unsigned column, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(f->why, sizeof f->why, format, args);
	va_end(args);
	f->column = column;
	return true;
}

static bool
ground_is_wrong(const struct directive *d, const struct exception *e, struct fault *f)
{
	char all[200] = "";
	size_t len = 0;

	for (size_t i = 0; i < d->exceptions.n_grounds; i++)
		if (text_is_word(text_of(e->ground), d->exceptions.grounds[i]))
			return false;
	if (d->exceptions.n_grounds == 0)
		return false;
	for (size_t i = 0; i < d->exceptions.n_grounds && len < sizeof all; i++) {
		int n = snprintf(all + len, sizeof all - len, "%s%s",
		    i == 0 ? "" : ", ", d->exceptions.grounds[i]);
		len += n > 0 ? (size_t)n : 0;
	}
	return refuse(f, e->ground_column, "ground '%.100s' is none of the order's: %s",
	    e->ground, all);
}

static bool
approver_is_wrong(const struct directive *d, const struct exception *e, struct fault *f)
{
	const char *role = d->exceptions.approver_role;

	if (role == NULL)
		return false;
	if (e->approver_text == NULL)
		return refuse(f, e->approver_column,
		    "nobody approved it; the order wants somebody with the role %s",
		    role);
	if (e->approver == NULL)
		return refuse(f, e->approver_column,
		    "its approver is not in the roster, so that nothing shows the role "
		    "%s",
		    role);
	if (e->approver->role != NULL && strcmp(e->approver->role, role) == 0)
		return false;
	if (e->approver->role == NULL)
		return refuse(f, e->approver_column,
		    "its approver has no role in the roster, and the order wants %s",
		    role);
	return refuse(f, e->approver_column,
	    "its approver has the role %.100s, and the order wants %s",
	    e->approver->role, role);
}

static const char *
unit_word(enum unit u)
{
	switch (u) {
	case UNIT_HOURS:
		return "hours";
	case UNIT_DAYS:
		return "days";
	case UNIT_BUSINESS_DAYS:
		return "business days";
	case UNIT_MONTHS:
		return "months";
	}
	return "";
}

static bool
length_is_wrong(const struct directive *d, const struct calendar *calendar,
    const struct exception *e, struct fault *f)
{
	char buf[TIME_TEXT];

	if (d->exceptions.longest == 0)
		return false;
	if (e->until == TIME_NONE)
		return refuse(f, e->until_column,
		    "it has no end; the longest that the order allows is %d %s",
		    d->exceptions.longest, unit_word(d->exceptions.longest_unit));
	int64_t end = zone_add(d->zone, calendar, e->from, d->exceptions.longest,
	    d->exceptions.longest_unit);
	if (e->until <= end)
		return false;
	return refuse(f, e->until_column,
	    "it is longer than the %d %s that the order allows: until %s at the latest",
	    d->exceptions.longest, unit_word(d->exceptions.longest_unit),
	    d->zone != NULL ? zone_print(d->zone, end - 1, buf)
	                    : time_print(end - 1, buf));
}

/* True, with the reason, when the order does not allow the exception. */
static bool
is_refused(const struct directive *d, const struct calendar *calendar,
    const struct exception *e, struct fault *f)
{
	if (!d->exceptions.given)
		return refuse(f, e->directive_column, "the order allows no exceptions");
	if (e->person == NULL && e->identifier == NULL && !d->exceptions.blanket)
		return refuse(f, e->directive_column,
		    "it names neither a person nor an identifier, and the "
		    "order allows no exceptions for all");
	return ground_is_wrong(d, e, f) || approver_is_wrong(d, e, f) ||
	    length_is_wrong(d, calendar, e, f);
}

void
exceptions_check(const struct case_file *m, struct complaints *c)
{
	static const struct calendar usual = { .weekend = 0x60 };
	const struct calendar *calendar = m->site != NULL && m->site->calendar != NULL
	    ? m->site->calendar
	    : &usual;
	const struct people *p = m->people;
	const char **ids = must_alloc(m->n_directives, sizeof *ids);
	struct fault f;

	for (size_t i = 0; i < m->n_directives; i++)
		ids[i] = m->directives[i]->id;
	for (size_t i = 0; p != NULL && i < p->n_exceptions; i++) {
		const struct exception *e = &p->exceptions[i];
		size_t k = 0;
		while (k < m->n_directives && strcmp(ids[k], e->directive) != 0)
			k++;
		const char *near = text_nearest(text_of(e->directive), ids,
		    m->n_directives);
		if (k == m->n_directives)
			caution(c, p->exceptions_file, e->line, e->directive_column,
			    "no order '%.100s' is judged here%s%s%s", e->directive,
			    near != NULL ? "; is '" : "", near != NULL ? near : "",
			    near != NULL ? "' meant?" : "");
		else if (is_refused(m->directives[k], calendar, e, &f))
			complain(c, p->exceptions_file, e->line, f.column,
			    "exception from %s refused: %s", e->directive, f.why);
	}
	free(ids);
}

/* Of the order at hand: those for everybody. */
void
excuses_blankets(struct judging *j)
{
	const struct people *p = j->matter->people;

	j->n_blankets = 0;
	if (p == NULL || p->n_exceptions == 0)
		return;
	j->blankets = arena_take(j->kept, p->n_exceptions * sizeof *j->blankets);
	for (size_t i = 0; i < p->n_exceptions; i++)
		if (p->exceptions[i].person == NULL &&
		    p->exceptions[i].identifier == NULL)
			j->blankets[j->n_blankets++] = &p->exceptions[i];
}

static void
consider(struct judging *j, const struct exception *e, const struct subject *s,
    const struct person *holder, struct excuses *out, struct telling *t)
{
	int64_t as_of = j->matter->as_of;
	const char *file = j->matter->people->exceptions_file;
	char buf[TIME_TEXT];
	struct fault f;

	if (strcmp(e->directive, j->directive->id) != 0 ||
	    (e->person != NULL && e->person != holder) ||
	    (e->identifier != NULL && (s == NULL || !subject_has(s, e->identifier))))
		return;
	for (size_t i = 0; i < out->n; i++)
		if (out->list[i] == e)
			return;
	if (out->n == EXCUSES_MAX)
		return;
	if (is_refused(j->directive, j->calendar, e, &f)) {
		because(j, t, "An exception (%s, line %u) is refused: %s.", file,
		    e->line, f.why);
		return;
	}
	out->list[out->n++] = e;
	if (e->from > as_of)
		because(j, t, "An exception (%s, line %u) begins only on %s.", file,
		    e->line, at_text(j, e->from, buf));
	else if (e->until != TIME_NONE && e->until < as_of)
		because(j, t, "An exception (%s, line %u) ended on %s.", file, e->line,
		    at_text(j, e->until, buf));
	else if (out->now == NULL || out->now->until < e->until ||
	    e->until == TIME_NONE)
		out->now = e;
}

/* Ends with the one in force, if any, as the reason for "excepted". */
void
excuses_gather(struct judging *j, const struct subject *s, const struct person *holder,
    struct excuses *out, struct telling *t)
{
	const struct people *p = j->matter->people;
	const struct exception *e;
	char buf[TIME_TEXT];

	*out = (struct excuses){ 0 };
	if (p == NULL || p->n_exceptions == 0)
		return;
	for (e = holder != NULL ? holder->exceptions : NULL; e != NULL;
	     e = e->next_of_person)
		consider(j, e, s, holder, out, t);
	for (size_t i = 0; s != NULL && i < s->device->n_macs; i++)
		for (e = exceptions_of_mac(p, s->device->macs[i]); e != NULL;
		     e = e->next_of_thing)
			consider(j, e, s, holder, out, t);
	for (size_t i = 0; s != NULL && i < s->n_hostnames; i++)
		for (e = exceptions_of_name(p, s->hostnames[i]); e != NULL;
		     e = e->next_of_thing)
			consider(j, e, s, holder, out, t);
	for (size_t i = 0; s != NULL && i < s->n_client_ids; i++)
		for (e = exceptions_of_name(p, s->client_ids[i]); e != NULL;
		     e = e->next_of_thing)
			consider(j, e, s, holder, out, t);
	if (s != NULL && s->custody != NULL)
		for (e = exceptions_of_name(p, text_of(s->custody->identifier));
		     e != NULL; e = e->next_of_thing)
			consider(j, e, s, holder, out, t);
	for (size_t i = 0; i < j->n_blankets; i++)
		consider(j, j->blankets[i], s, holder, out, t);
	if (out->now == NULL)
		return;
	e = out->now;
	because(j, t, "Excepted %s%s on the ground %s (%s, line %u)%s.",
	    e->until == TIME_NONE ? "without an end" : "until ",
	    e->until == TIME_NONE ? "" : at_text(j, e->until, buf), e->ground,
	    p->exceptions_file, e->line,
	    e->mitigation != NULL ? ", under the conditions written there" : "");
}

const struct exception *
exceptions_next(const struct verdicts *v, const struct directive *d, size_t *n)
{
	const struct exception *next = NULL;
	size_t excused = 0;

	for (size_t i = 0; i < v->n; i++) {
		const struct exception *e = v->list[i].exception;
		if (e == NULL || v->list[i].directive != d)
			continue;
		excused++;
		if (e->until != TIME_NONE &&
		    (next == NULL || e->until < next->until ||
		        (e->until == next->until && e->line < next->line)))
			next = e;
	}
	if (n != NULL)
		*n = excused;
	return next;
}
