/* SPDX-License-Identifier: ISC */
/* roster.csv: who there is, in which groups, of which rank, where. */
#include "people/papers.h"

#include <stdio.h>

enum { ID, NAME, EMAIL, GROUPS, ROLE, RANK, SITE, LEFT };

const struct csv_column roster_columns[ROSTER_COLUMNS] = {
	{ "id", true },
	{ "name", false },
	{ "email", false },
	{ "groups", false },
	{ "role", false },
	{ "rank", false },
	{ "site", false },
	{ "left", false },
};

static void
read_groups(struct reading *r, const struct csv_row *row, struct person *person)
{
	struct text rest = row->cells[GROUPS], group;
	size_t most = 1;

	for (size_t i = 0; i < rest.len; i++)
		most += rest.s[i] == ';';
	if (rest.len == 0)
		return;
	person->groups = arena_take(&r->people->arena, most * sizeof *person->groups);
	while (text_split(&rest, ';', &group)) {
		group = text_trim(group);
		if (group.len > 0 && !person_in_group(person, group))
			person->groups[person->n_groups++] = lately_string(r->words,
			    &r->people->arena, group);
	}
}

static void
read_person(struct reading *r, const struct csv_row *row)
{
	struct people *p = r->people;
	const struct person *twin = map_get(&p->index->persons, row->cells[ID]);
	struct text email = row->cells[EMAIL];
	char quote[CSV_QUOTE];
	struct span left;

	if (twin != NULL) {
		cell_complain(r, row, ID, "the id '%s' stands on line %u already",
		    csv_quote(row->cells[ID], quote), twin->line);
		return;
	}
	struct person *person = &p->persons[p->n_persons++];
	person->id = cell_string(r, row, ID);
	*map_place(&p->index->persons, text_of(person->id)) = person;
	person->name = cell_string(r, row, NAME);
	if (person->name == NULL)
		person->name = person->id;
	person->email = cell_string(r, row, EMAIL);
	person->role = cell_common(r, row, ROLE);
	person->rank = cell_common(r, row, RANK);
	person->site = cell_common(r, row, SITE);
	(void)cell_date(r, row, LEFT, &left);
	person->left = left.last;
	person->line = row->line;
	read_groups(r, row, person);
	if (email.len > 0 && text_find(email, '@', 1) + 1 >= email.len)
		cell_caution(r, row, EMAIL, "'%s' does not look like a mail address",
		    csv_quote(email, quote));
}

void
roster_read(struct reading *r)
{
	for (size_t i = 0; i < r->csv->n; i++)
		if (r->csv->rows[i].cells[ID].len > 0)
			read_person(r, &r->csv->rows[i]);
}
