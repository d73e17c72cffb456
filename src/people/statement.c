/* SPDX-License-Identifier: ISC */
/* statements.csv: what persons say of themselves, in their own words. */
#include "people/papers.h"

#include <stdlib.h>

enum { PERSON, STATEMENT, DATE, BY };

const struct csv_column statement_columns[STATEMENT_COLUMNS] = {
	{ "person", true },
	{ "statement", true },
	{ "date", true },
	{ "by", false },
};

/* The next word of t, in any case; t moves past it and the blanks around it. */
static bool
take_word(struct text *t, const char *word)
{
	size_t end = 0;

	*t = text_trim(*t);
	while (end < t->len && t->s[end] != ' ' && t->s[end] != '\t')
		end++;
	if (!text_is_word((struct text){ t->s, end }, word))
		return false;
	t->s += end;
	t->len -= end;
	*t = text_trim(*t);
	return true;
}

/* "holds no X", "holds none"; hold, has, have, owns and own say the same. */
static void
read_nil(struct reading *r, struct statement *s)
{
	static const char *const verbs[] = { "holds", "hold", "has", "have", "owns",
		"own" };
	struct text t = text_of(s->text);
	size_t i = 0;

	(void)take_word(&t, "I");
	while (i < sizeof verbs / sizeof *verbs && !take_word(&t, verbs[i]))
		i++;
	if (i == sizeof verbs / sizeof *verbs)
		return;
	bool none = take_word(&t, "none");
	if (t.len > 0 && t.s[t.len - 1] == '.')
		t.len--;
	if (none) {
		s->holds_none = t.len == 0;
		s->object = s->holds_none ? "device" : NULL;
	} else if (take_word(&t, "no") && t.len > 0) {
		s->holds_none = true;
		s->object = arena_string(&r->people->arena, text_trim(t));
	}
}

static void
read_row(struct reading *r, const struct csv_row *row)
{
	struct people *p = r->people;
	struct statement *s = &p->statements[p->n_statements];
	size_t errors = r->complaints->errors;
	struct span date;

	s->person = cell_person(r, row, PERSON);
	(void)cell_date(r, row, DATE, &date);
	if (r->complaints->errors > errors || row->cells[STATEMENT].len == 0 ||
	    s->person == NULL || row->cells[DATE].len == 0)
		return;
	s->date = date.first;
	s->text = cell_string(r, row, STATEMENT);
	s->by = cell_string(r, row, BY);
	s->line = row->line;
	read_nil(r, s);
	p->n_statements++;
}

static int
by_time(const void *left, const void *right)
{
	const struct statement *a = *(struct statement *const *)left;
	const struct statement *b = *(struct statement *const *)right;

	if (a->date != b->date)
		return a->date < b->date ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

void
statements_read(struct reading *r)
{
	struct people *p = r->people;

	p->statements = arena_take(&p->arena, r->csv->n * sizeof *p->statements);
	for (size_t i = 0; i < r->csv->n; i++)
		read_row(r, &r->csv->rows[i]);
	struct statement **rows = must_alloc(p->n_statements,
	    sizeof(struct statement *));
	for (size_t i = 0; i < p->n_statements; i++)
		rows[i] = &p->statements[i];
	qsort(rows, p->n_statements, sizeof(struct statement *), by_time);
	for (size_t i = p->n_statements; i > 0; i--) {
		struct statement *s = rows[i - 1];
		struct person *person = map_get(&p->index->persons,
		    text_of(s->person->id));
		s->next_of_person = person->statements;
		person->statements = s;
	}
	free(rows);
}
