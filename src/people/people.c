/* SPDX-License-Identifier: ISC */
/* The papers together: interdict-papers(5). */
#include <stdlib.h>

#include "base/file.h"
#include "people/papers.h"

enum { PAPER_MAX = 64 << 20 };

const struct paper_reader paper_readers[PAPERS_ALL] = {
	{ roster_columns, ROSTER_COLUMNS, roster_read },
	{ custody_columns, CUSTODY_COLUMNS, custody_read },
	{ statement_columns, STATEMENT_COLUMNS, statements_read },
	{ exception_columns, EXCEPTION_COLUMNS, exceptions_read },
	{ link_columns, LINK_COLUMNS, links_read },
	{ correction_columns, CORRECTION_COLUMNS, corrections_read },
	{ notice_columns, NOTICE_COLUMNS, notices_read },
	{ deed_columns, DEED_COLUMNS, examinations_read },
	{ deed_columns, DEED_COLUMNS, wipings_read },
	{ deed_columns, DEED_COLUMNS, disposals_read },
	{ deed_columns, DEED_COLUMNS, replacements_read },
	{ submission_columns, SUBMISSION_COLUMNS, submissions_read },
};

static const struct paper *
each(const struct papers *papers)
{
	return &papers->roster; /* a struct of nothing but papers is a list of them */
}

static bool
read_csv(struct arena *rows, const struct paper *paper,
    const struct paper_reader *reader, struct csv *csv, struct complaints *c)
{
	*csv = (struct csv){ 0 };
	if (paper->file == NULL)
		return true;
	return csv_read(rows, paper->file, paper->text, reader->columns, reader->n, csv,
	    c);
}

static void
read_papers(struct people *p, const struct papers *papers, struct complaints *c)
{
	struct lately words = { .at = { { NULL, 0 } } };
	struct reading r = { .people = p, .complaints = c, .words = &words };
	struct arena rows = { NULL, 0 }; /* cells, of which what is kept is copied */
	struct csv csv[PAPERS_ALL];
	size_t deeds = 0;
	bool known = true;

	for (size_t i = 0; i < PAPERS_ALL; i++) {
		bool good = read_csv(&rows, &each(papers)[i], &paper_readers[i],
		    &csv[i], c);
		known = i == 0 ? good : known;
		r.room += csv[i].n;
		if (paper_readers[i].columns == deed_columns)
			deeds += csv[i].n;
	}
	if (!known && csv[0].n == 0) {
		/* Every person would be unknown: one mistake is not a hundred. */
		arena_free(&rows);
		return;
	}
	p->persons = arena_take(&p->arena, r.room * sizeof *p->persons);
	p->deeds = arena_take(&p->arena, deeds * sizeof *p->deeds);
	map_new(&p->arena, &p->index->persons, r.room);
	for (size_t i = 0; i < PAPERS_ALL; i++) {
		r.file = each(papers)[i].file;
		r.csv = &csv[i];
		paper_readers[i].read(&r);
	}
	deeds_index(p);
	arena_free(&rows);
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
	p->notices_file = papers->notices.file;
	p->submissions_file = papers->submissions.file;
	for (size_t i = 0; i < DEED_KINDS; i++)
		p->deed_files[i] = (&papers->examinations)[i].file;
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
	struct paper *list = &papers->roster;
	size_t errors = c->errors;
	bool all = true;

	for (size_t i = 0; i < PAPERS_ALL; i++)
		if (list[i].file != NULL &&
		    !file_read(&p->arena, list[i].file, PAPER_MAX, &list[i].text, c))
			all = false;
	if (all)
		return finish(p, papers, c, errors);
	people_free(p);
	return NULL;
}

bool
papers_any(const struct papers *p)
{
	for (size_t i = 0; i < PAPERS_ALL; i++)
		if (each(p)[i].file != NULL)
			return true;
	return false;
}

void
people_free(struct people *p)
{
	if (p == NULL)
		return;
	arena_free(&p->arena);
	free(p);
}
