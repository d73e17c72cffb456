/* SPDX-License-Identifier: ISC */
/*
 * Duties that the order's table decides: what was found on a device stands in a list
 * that the site brings, with the values of the table's variables; the row of the
 * table that fits says how long there is, counted from the earlier of listing and
 * detection.
 */
#include "directive/verdict_case.h"

#include <stdio.h>

struct finding {
	const struct list_row *row; /* NULL: none */
	int64_t start, due;         /* due TIME_NONE: with the next upgrade */
};

struct search {
	struct judging *j;
	const struct subject *subject;
	const struct obligation *obligation;
	const struct list *list;
	struct telling *telling;
	struct finding soonest;
	size_t found, not_judged;
};

/* The index of a variable's value in a finding, or -1. */
static int
value_in(const struct variable *v, const struct list_row *row)
{
	for (size_t i = 0; i < row->n_values; i++) {
		if (strcmp(row->values[i].name, v->name) != 0)
			continue;
		for (size_t k = 0; k < v->n; k++)
			if (strcmp(v->values[k], row->values[i].value) == 0)
				return (int)k;
		return -1;
	}
	return v->has_unknown ? v->unknown : -1;
}

static const struct risk *
risk_of(const struct directive *d, const struct list_row *row, const char **missing)
{
	uint8_t when[VARIABLES_MAX] = { 0 };

	for (size_t i = 0; i < d->table.n_variables; i++) {
		int at = value_in(&d->table.variables[i], row);
		if (at < 0) {
			*missing = d->table.variables[i].name;
			return NULL;
		}
		when[i] = (uint8_t)at;
	}
	for (size_t i = 0; i < d->table.n_rows; i++)
		if (memcmp(d->table.rows[i].when, when, sizeof when) == 0)
			return &d->table.rows[i];
	return NULL;
}

static int64_t
start_of(const struct search *s, const struct list_row *row)
{
	if (row->listed == TIME_NONE && row->detected == TIME_NONE)
		return s->subject->device->first_seen;
	if (row->listed == TIME_NONE || row->detected == TIME_NONE)
		return row->listed == TIME_NONE ? row->detected : row->listed;
	return row->listed < row->detected ? row->listed : row->detected;
}

static bool
asks_for(const struct risk *risk, enum verb verb)
{
	for (size_t i = 0; i < risk->n_also; i++)
		if (risk->also[i] == verb)
			return true;
	return false;
}

static int64_t
due_of(const struct search *s, const struct risk *risk, int64_t start)
{
	const struct directive *d = s->j->directive;
	struct when w = risk->within;

	if (!s->obligation->by_table)
		return obligation_due(s->obligation, d, s->j->calendar, start);
	if (!w.given)
		return TIME_NONE;
	int64_t at = zone_add(d->zone, s->j->calendar, start, w.n, w.unit);
	struct civil day = zone_from_utc(d->zone, at);
	day.hour = day.minute = day.second = day.nanosecond = 0;
	return w.unit == UNIT_HOURS ? at : zone_day_end(d->zone, &day);
}

static void
consider(struct search *s, const struct list_row *row)
{
	const char *missing = NULL;
	const struct risk *risk = risk_of(s->j->directive, row, &missing);

	if (risk == NULL) {
		s->not_judged++;
		because(s->j, s->telling,
		    "Of %s (%s, line %u) the list does not say %s.",
		    row->what != NULL ? row->what : "a finding", s->list->file,
		    row->line, missing != NULL ? missing : "what the table asks for");
		return;
	}
	if (!s->obligation->by_table && !asks_for(risk, s->obligation->verb))
		return;
	int64_t start = start_of(s, row), due = due_of(s, risk, start);
	s->found++;
	if (s->soonest.row == NULL ||
	    (due != TIME_NONE && (s->soonest.due == TIME_NONE || due < s->soonest.due)))
		s->soonest = (struct finding){ row, start, due };
}

static void
consider_named(struct search *s, struct text identifier)
{
	size_t n;
	const struct list_row *const *rows = list_of_identifier(s->list, identifier,
	    &n);

	for (size_t i = 0; i < n; i++)
		consider(s, rows[i]);
}

static void
consider_all(struct search *s)
{
	const struct subject *subject = s->subject;
	char buf[ADDR_TEXT];

	for (size_t i = 0; i < subject->device->n_macs; i++)
		consider_named(s, text_of(addr_print(subject->device->macs[i], buf)));
	for (size_t i = 0; i < subject->n_hostnames; i++)
		consider_named(s, subject->hostnames[i]);
	if (subject->custody != NULL && subject->custody->type == BY_SERIAL)
		consider_named(s, text_of(subject->custody->identifier));
}

static void
tell_finding(const struct search *s, struct duty *duty)
{
	const struct finding *f = &s->soonest;
	const char *what = f->row->what != NULL ? f->row->what : "a finding";
	char start[TIME_TEXT], due[TIME_TEXT];

	int64_t begins = duty->obligation->from.given
	    ? obligation_begins(duty->obligation, s->j->directive, s->j->calendar,
	          f->start)
	    : TIME_NONE;
	bool later = f->due != TIME_NONE && begins != TIME_NONE && f->due < begins;
	duty->due = later ? begins : f->due;
	if (f->due == TIME_NONE)
		because(s->j, s->telling,
		    "%s (%s, line %u) is remedied with the next upgrade.", what,
		    s->list->file, f->row->line);
	else
		because(s->j, s->telling,
		    "%s (%s, line %u), known since %s, leaves time until %s; %zu "
		    "finding%s of this device count%s.",
		    what, s->list->file, f->row->line, at_text(s->j, f->start, start),
		    at_text(s->j, f->due, due), s->found, s->found == 1 ? "" : "s",
		    s->found == 1 ? "s" : "");
	if (later)
		because(s->j, s->telling, "This binds only from %s on.",
		    at_text(s->j, begins, start));
	bool over = duty->due != TIME_NONE && s->j->matter->as_of > duty->due;
	duty->state = !over              ? DUTY_DUE
	    : duty->obligation->by_table ? DUTY_FAILED
	                                 : DUTY_UNDECIDED;
	if (duty->state == DUTY_FAILED)
		duty->failed_since = duty->due;
	if (over)
		because(s->j, s->telling,
		    duty->state == DUTY_FAILED ? "It still stands in the list."
		                               : "That it was done is on no record.");
}

bool
table_duty(struct judging *j, const struct subject *s, struct duty *duty,
    struct telling *t)
{
	const struct directive *d = j->directive;
	const struct obligation *o = duty->obligation;
	struct search search = { .j = j, .subject = s, .obligation = o, .telling = t };

	if (d->table.list == NULL || (!o->by_table && !table_asks(d, o->verb)))
		return false;
	search.list = list_find(j->matter->lists, j->matter->n_lists,
	    text_of(d->table.list));
	if (search.list == NULL) {
		duty->state = DUTY_UNDECIDED;
		because(j, t, "The list %s, on which the table rests, was not given.",
		    d->table.list);
		return true;
	}
	search.soonest.due = TIME_NONE;
	consider_all(&search);
	if (search.soonest.row != NULL) {
		tell_finding(&search, duty);
	} else if (search.not_judged > 0) {
		duty->state = DUTY_UNDECIDED;
		duty->due = TIME_NONE;
	} else {
		duty->state = DUTY_NOT_APPLICABLE;
		duty->due = TIME_NONE;
		because(j, t, "The table asks for nothing of this kind here.");
	}
	return true;
}

/* Values of a list that no variable of the table has. */
static void
check_values(const struct directive *d, const struct list *list, struct complaints *c)
{
	for (size_t i = 0; i < list->n; i++)
		for (size_t k = 0; k < list->rows[i].n_values; k++) {
			const struct list_value *value = &list->rows[i].values[k];
			const struct variable *v = NULL;
			for (size_t n = 0; n < d->table.n_variables; n++)
				if (strcmp(d->table.variables[n].name, value->name) ==
				    0)
					v = &d->table.variables[n];
			if (v == NULL)
				complain(c, list->file, list->rows[i].line, 0,
				    "values: '%.60s' is no variable of '%s'",
				    value->name, d->id);
			else if (value_in(v, &list->rows[i]) < 0)
				complain(c, list->file, list->rows[i].line, 0,
				    "values: '%.60s' is no value of '%s' in '%s'",
				    value->value, value->name, d->id);
		}
}

void
lists_check(const struct case_file *m, struct complaints *c)
{
	for (size_t i = 0; i < m->n_directives; i++) {
		const struct directive *d = m->directives[i];
		if (d->table.list == NULL)
			continue;
		const struct list *list = list_find(m->lists, m->n_lists,
		    text_of(d->table.list));
		if (list == NULL)
			caution(c, d->file, 0, 0,
			    "the list '%s' is not given: --list %s=FILE", d->table.list,
			    d->table.list);
		else
			check_values(d, list, c);
	}
}
