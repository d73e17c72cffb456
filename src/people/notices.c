/* SPDX-License-Identifier: ISC */
/* Notices: which holder was told of which order, for which device. */
#include "people/papers.h"

enum { ID, DIRECTIVE, PERSON, IDENTIFIER, SENT, SEEN, ACKNOWLEDGED, HOW, TEXT };

const struct csv_column notice_columns[NOTICE_COLUMNS] = {
	{ "id", true },
	{ "directive", true },
	{ "person", true },
	{ "identifier", true },
	{ "sent", true },
	{ "seen", false },
	{ "acknowledged", false },
	{ "how", false },
	{ "text", false },
};

/* It is seen and acknowledged after it was sent; of days, not before that day. */
static void
comes_after(const struct reading *r, const struct csv_row *row, const struct span *sent,
    size_t column, const struct span *then)
{
	char a[CSV_QUOTE], b[CSV_QUOTE];

	if (sent->first != TIME_NONE && then->last != TIME_NONE &&
	    then->last < sent->first)
		cell_complain(r, row, column, "%s on %s, before it was sent on %s",
		    notice_columns[column].name, csv_quote(row->cells[column], a),
		    csv_quote(row->cells[SENT], b));
}

static void
read_row(struct reading *r, const struct csv_row *row)
{
	struct people *p = r->people;
	struct notice *n = &p->notices[p->n_notices];
	size_t errors = r->complaints->errors;
	struct span sent, seen, acknowledged;

	n->person = cell_person(r, row, PERSON);
	if (cell_date(r, row, SENT, &sent) && cell_date(r, row, SEEN, &seen) &&
	    cell_date(r, row, ACKNOWLEDGED, &acknowledged)) {
		comes_after(r, row, &sent, SEEN, &seen);
		comes_after(r, row, &sent, ACKNOWLEDGED, &acknowledged);
	}
	if (r->complaints->errors > errors || n->person == NULL ||
	    sent.first == TIME_NONE)
		return;
	n->sent = sent.first;
	n->seen = seen.first;
	n->acknowledged = acknowledged.first;
	n->id = cell_string(r, row, ID);
	n->directive = cell_string(r, row, DIRECTIVE);
	n->identifier = cell_string(r, row, IDENTIFIER);
	n->how = cell_string(r, row, HOW);
	n->text = cell_string(r, row, TEXT);
	n->line = row->line;
	if (n->id != NULL && n->directive != NULL && n->identifier != NULL)
		p->n_notices++;
}

void
notices_read(struct reading *r)
{
	struct people *p = r->people;

	p->notices = arena_take(&p->arena, r->csv->n * sizeof *p->notices);
	for (size_t i = 0; i < r->csv->n; i++)
		read_row(r, &r->csv->rows[i]);
	for (size_t i = p->n_notices; i > 0; i--) {
		struct notice *n = &p->notices[i - 1];
		struct person *person = map_get(&p->index->persons,
		    text_of(n->person->id));
		n->next_of_person = person->notices;
		person->notices = n;
	}
}
