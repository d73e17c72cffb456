/* SPDX-License-Identifier: ISC */
/* exceptions.csv: who is excused from which order, why, by whom, until when. */
#include "people/papers.h"

enum { DIRECTIVE, PERSON, IDENTIFIER, GROUND, APPROVER, MITIGATION, FROM, UNTIL };

const struct csv_column exception_columns[EXCEPTION_COLUMNS] = {
	{ "directive", true },
	{ "person", false },
	{ "identifier", false },
	{ "ground", true },
	{ "approver", false },
	{ "mitigation", false },
	{ "from", true },
	{ "until", false },
};

/* An approver stands by id, or by a name or mail address that only one has. */
static const struct person *
approver(const struct people *p, struct text t)
{
	const struct person *found = person_find(p, t);

	for (size_t i = 0; found == NULL && i < p->n_persons; i++) {
		const struct person *one = &p->persons[i];
		if (!text_is_word(t, one->name) &&
		    (one->email == NULL || !text_is_word(t, one->email)))
			continue;
		for (size_t k = i + 1; k < p->n_persons; k++)
			if (text_is_word(t, p->persons[k].name))
				return NULL;
		found = one;
	}
	return found;
}

static void
link_up(struct people *p, const struct csv_row *row, struct exception *e)
{
	struct text key, name = row->cells[IDENTIFIER];
	char buf[KEY_MAX];

	if (e->person != NULL) {
		struct person *person = map_get(&p->index->persons,
		    text_of(e->person->id));
		e->next_of_person = person->exceptions;
		person->exceptions = e;
	}
	if (e->identifier == NULL ||
	    (!key_of(BY_MAC, name, buf, &key) && !key_of(BY_HOSTNAME, name, buf, &key)))
		return;
	void **place = map_place(&p->index->exceptions, arena_text(&p->arena, key));
	e->next_of_thing = *place;
	*place = e;
}

static bool
read_row(struct reading *r, const struct csv_row *row, struct exception *e)
{
	struct people *p = r->people;
	size_t errors = r->complaints->errors;
	struct span from, until;

	e->person = cell_person(r, row, PERSON);
	if (cell_date(r, row, FROM, &from) && cell_date(r, row, UNTIL, &until))
		dates_in_order(r, row, FROM, &from, UNTIL, &until);
	if (row->cells[IDENTIFIER].len > KEY_MAX - 2)
		cell_complain(r, row, IDENTIFIER,
		    "longer than a name or number can be");
	if (r->complaints->errors > errors || row->cells[FROM].len == 0)
		return false;
	e->from = from.first;
	e->until = until.last;
	e->directive = cell_string(r, row, DIRECTIVE);
	e->identifier = cell_string(r, row, IDENTIFIER);
	e->ground = cell_string(r, row, GROUND);
	e->mitigation = cell_string(r, row, MITIGATION);
	e->approver_text = cell_string(r, row, APPROVER);
	if (e->approver_text != NULL)
		e->approver = approver(p, row->cells[APPROVER]);
	e->line = row->line;
	e->directive_column = row->columns[DIRECTIVE];
	e->ground_column = row->columns[GROUND];
	e->approver_column = row->columns[APPROVER];
	e->until_column = row->columns[UNTIL];
	return e->directive != NULL && e->ground != NULL;
}

/* From the last row to the first: so each list has the order of the file. */
void
exceptions_read(struct reading *r)
{
	struct people *p = r->people;
	const struct csv_row **rows = arena_take(&p->arena, r->csv->n * sizeof *rows);

	p->exceptions = arena_take(&p->arena, r->csv->n * sizeof *p->exceptions);
	map_new(&p->arena, &p->index->exceptions, r->csv->n);
	for (size_t i = 0; i < r->csv->n; i++) {
		rows[p->n_exceptions] = &r->csv->rows[i];
		if (read_row(r, &r->csv->rows[i], &p->exceptions[p->n_exceptions]))
			p->n_exceptions++;
		else
			p->exceptions[p->n_exceptions] = (struct exception){ 0 };
	}
	for (size_t i = p->n_exceptions; i > 0; i--)
		link_up(p, rows[i - 1], &p->exceptions[i - 1]);
}
