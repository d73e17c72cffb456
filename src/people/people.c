/* SPDX-License-Identifier: ISC */
/* The papers together: interdict-papers(5). */
#include <stdlib.h>

#include "base/yaml.h"
#include "people/papers.h"

enum { PAPER_MAX = 64 << 20 };

static bool
read_csv(struct people *p, const struct paper *paper, const struct csv_column *columns,
    size_t n, struct csv *csv, struct complaints *c)
{
	*csv = (struct csv){ 0 };
	if (paper->file == NULL)
		return true;
	return csv_read(&p->arena, paper->file, paper->text, columns, n, csv, c);
}

static void
read_papers(struct people *p, const struct papers *papers, struct complaints *c)
{
	struct csv roster, custody, statements, exceptions, links, corrections;
	struct reading r = { .people = p, .complaints = c };

	bool known = read_csv(p, &papers->roster, roster_columns, ROSTER_COLUMNS,
	    &roster, c);
	(void)read_csv(p, &papers->custody, custody_columns, CUSTODY_COLUMNS, &custody,
	    c);
	(void)read_csv(p, &papers->statements, statement_columns, STATEMENT_COLUMNS,
	    &statements, c);
	(void)read_csv(p, &papers->exceptions, exception_columns, EXCEPTION_COLUMNS,
	    &exceptions, c);
	(void)read_csv(p, &papers->links, link_columns, LINK_COLUMNS, &links, c);
	(void)read_csv(p, &papers->corrections, correction_columns, CORRECTION_COLUMNS,
	    &corrections, c);
	if (!known && roster.n == 0)
		return; /* every person would be unknown: one mistake is not a hundred
		         */
	r.room = roster.n + custody.n + statements.n + exceptions.n;
	p->persons = arena_take(&p->arena, r.room * sizeof *p->persons);
	map_new(&p->arena, &p->index->persons, r.room);

	r.file = papers->roster.file;
	r.csv = &roster;
	roster_read(&r);
	r.file = papers->custody.file;
	r.csv = &custody;
	custody_read(&r);
	r.file = papers->statements.file;
	r.csv = &statements;
	statements_read(&r);
	r.file = papers->exceptions.file;
	r.csv = &exceptions;
	exceptions_read(&r);
	r.file = papers->links.file;
	r.csv = &links;
	links_read(&r);
	r.file = papers->corrections.file;
	r.csv = &corrections;
	corrections_read(&r);
}

static struct people *
people_new(const struct zone *zone)
{
	struct people *p = must_alloc(1, sizeof *p);

	p->zone = zone;
	p->index = arena_take(&p->arena, sizeof *p->index);
	return p;
}

static struct people *
finish(struct people *p, const struct papers *papers, struct complaints *c,
    size_t errors)
{
	p->roster_file = papers->roster.file;
	p->custody_file = papers->custody.file;
	p->statements_file = papers->statements.file;
	p->exceptions_file = papers->exceptions.file;
	p->links_file = papers->links.file;
	p->corrections_file = papers->corrections.file;
	read_papers(p, papers, c);
	if (c->errors == errors)
		return p;
	people_free(p);
	return NULL;
}

struct people *
people_read(const struct papers *papers, const struct zone *zone,
    struct complaints *complaints)
{
	return finish(people_new(zone), papers, complaints, complaints->errors);
}

struct people *
people_load(struct papers *papers, const struct zone *zone, struct complaints *c)
{
	struct people *p = people_new(zone);
	struct paper *const each[] = { &papers->roster, &papers->custody,
		&papers->statements, &papers->exceptions, &papers->links,
		&papers->corrections };
	size_t errors = c->errors;
	bool all = true;

	for (size_t i = 0; i < sizeof each / sizeof *each; i++)
		if (each[i]->file != NULL &&
		    !file_read(&p->arena, each[i]->file, PAPER_MAX, &each[i]->text, c))
			all = false;
	if (all)
		return finish(p, papers, c, errors);
	people_free(p);
	return NULL;
}

bool
papers_any(const struct papers *p)
{
	return p->roster.file != NULL || p->custody.file != NULL ||
	    p->statements.file != NULL || p->exceptions.file != NULL ||
	    p->links.file != NULL || p->corrections.file != NULL;
}

void
people_free(struct people *p)
{
	if (p == NULL)
		return;
	arena_free(&p->arena);
	free(p);
}
