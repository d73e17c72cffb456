/* SPDX-License-Identifier: ISC */
/* What was handed to the authority: plans, attestations, reports. */
#include "people/papers.h"

enum { DIRECTIVE, WHAT, DATE, TO, FILE_NAME, DIGEST, BY, IDENTIFIER };

const struct csv_column submission_columns[SUBMISSION_COLUMNS] = {
	{ "directive", true },
	{ "what", true },
	{ "date", true },
	{ "to", false },
	{ "file", false },
	{ "digest", false },
	{ "by", false },
	{ "identifier", false },
};

const char *const submitted_words[SUBMITTED_KINDS] = { "plan", "attest", "report",
	"cease-acquire", "block-install", "block-traffic", "update" };

static void
read_row(struct reading *r, const struct csv_row *row)
{
	struct people *p = r->people;
	struct submission *s = &p->submissions[p->n_submissions];
	size_t what = cell_word(r, row, WHAT, submitted_words, SUBMITTED_KINDS);
	struct span date;

	if (!cell_date(r, row, DATE, &date) || what == SUBMITTED_KINDS ||
	    date.first == TIME_NONE)
		return;
	*s = (struct submission){ .what = (enum submitted)what,
		.directive = cell_string(r, row, DIRECTIVE),
		.date = date.first,
		.to = cell_string(r, row, TO),
		.file = cell_string(r, row, FILE_NAME),
		.digest = cell_string(r, row, DIGEST),
		.by = cell_string(r, row, BY),
		.identifier = cell_string(r, row, IDENTIFIER),
		.line = row->line };
	if (s->directive != NULL)
		p->n_submissions++;
}

void
submissions_read(struct reading *r)
{
	struct people *p = r->people;

	p->submissions = arena_take(&p->arena, r->csv->n * sizeof *p->submissions);
	for (size_t i = 0; i < r->csv->n; i++)
		read_row(r, &r->csv->rows[i]);
}
