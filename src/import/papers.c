/* SPDX-License-Identifier: ISC */
/*
 * The files that people type in: interdict-papers(5). They are read by src/people, with
 * all its strictness; a row that it complains of is passed over.
 */
#include <stdlib.h>

#include "base/csv.h"
#include "import/table.h"
#include "people/papers.h"

/* One paper: which it is, and its columns. */
struct one {
	enum import_paper kind;
	const struct csv_column *columns;
	size_t n;
};

static bool
is_wrong(const struct complaints *c, uint64_t first, uint64_t last)
{
	for (size_t i = 0; i < c->n; i++)
		if (!c->list[i].warning && c->list[i].line >= first &&
		    c->list[i].line <= last)
			return true;
	return false;
}

/* Every complaint once; false when one is of the file as a whole, or of its header. */
static bool
tell(struct reader *r, const struct complaints *c, unsigned first_row)
{
	bool usable = true;

	for (size_t i = 0; i < c->n; i++) {
		const struct complaint *one = &c->list[i];
		if (one->warning)
			continue;
		usable &= one->line >= first_row;
		(void)reader_wrong_at(r, one->line, one->column, "%s", one->text);
	}
	return usable && !r->counts->stopped;
}

static void
rows(struct reader *r, const struct one *p, const struct csv *csv,
    const struct complaints *c)
{
	for (size_t i = 0; i < csv->n; i++) {
		const struct csv_row *row = &csv->rows[i];
		uint64_t last = row->line;
		for (size_t k = 0; k < p->n; k++)
			last = row->lines[k] > last ? row->lines[k] : last;
		if (is_wrong(c, row->line, last))
			continue;
		r->number = row->line;
		r->counts->records++;
		reader_row(r, p->kind, row->cells);
	}
}

static void
read_paper(struct reader *r, const struct one *p)
{
	struct complaints complaints = { 0 }, again = { 0 };
	struct papers papers = { 0 };
	struct paper *const each[] = { &papers.roster, &papers.custody,
		&papers.statements, &papers.exceptions, &papers.links,
		&papers.corrections };
	struct arena arena = { 0 };
	struct csv csv;
	struct text text;

	if (!reader_whole(r, &text))
		return;
	for (size_t i = 0; i < text.len; i++)
		r->counts->lines += text.s[i] == '\n' || i + 1 == text.len;
	*each[p->kind] = (struct paper){ paper_name(p->kind), text };
	people_free(people_read(&papers, r->options->zone, &complaints));
	(void)csv_read(&arena, paper_name(p->kind), text, p->columns, p->n, &csv,
	    &again);
	if (tell(r, &complaints, csv.n > 0 ? csv.rows[0].line : UINT32_MAX))
		rows(r, p, &csv, &complaints);
	else
		r->counts->stopped = true;
	complaints_free(&complaints);
	complaints_free(&again);
	arena_free(&arena);
}

#define PAPER(name, kind, columns, n)                             \
	void import_##name##_read(struct reader *r)               \
	{                                                         \
		read_paper(r, &(struct one){ kind, columns, n }); \
	}

PAPER(roster, PAPER_PERSON, roster_columns, ROSTER_COLUMNS)
PAPER(custody, PAPER_CUSTODY, custody_columns, CUSTODY_COLUMNS)
PAPER(statements, PAPER_STATEMENT, statement_columns, STATEMENT_COLUMNS)
PAPER(exceptions, PAPER_EXCEPTION, exception_columns, EXCEPTION_COLUMNS)
PAPER(links, PAPER_LINK, link_columns, LINK_COLUMNS)
PAPER(corrections, PAPER_CORRECTION, correction_columns, CORRECTION_COLUMNS)

/* Templates explain themselves in lines before the header. */
static struct text
behind_comments(struct text t)
{
	while (t.len > 0 && (t.s[0] == '#' || t.s[0] == '\n' || t.s[0] == '\r')) {
		size_t end = text_find(t, '\n', 0);
		end += end < t.len;
		t = (struct text){ t.s + end, t.len - end };
	}
	return t;
}

static bool
has(struct text head, const char *const *names, size_t n)
{
	return table_has(behind_comments(head), names, n);
}

bool
import_roster_is(struct text head)
{
	static const char *const other[] = { "name", "email", "groups", "role", "rank",
		"site", "left" };

	for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
		const char *const two[] = { "id", other[i] };
		if (has(head, two, 2))
			return true;
	}
	return false;
}

bool
import_custody_is(struct text head)
{
	return has(head, (const char *const[]){ "identifier", "person", "event" }, 3);
}

bool
import_statements_is(struct text head)
{
	return has(head, (const char *const[]){ "person", "statement" }, 2);
}

bool
import_exceptions_is(struct text head)
{
	return has(head, (const char *const[]){ "directive", "ground" }, 2);
}

bool
import_links_is(struct text head)
{
	return has(head, (const char *const[]){ "address", "other", "claim" }, 3);
}

bool
import_corrections_is(struct text head)
{
	return has(head, (const char *const[]){ "identifier", "attribute", "value" },
	    3);
}
