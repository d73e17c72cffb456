/* SPDX-License-Identifier: ISC */
/* What was judged last, in numbers. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "store/sql.h"

int
store_tally_clear(struct store *s, struct err *err)
{
	for (size_t i = 0; i < s->n_tallies; i++) {
		free(s->tallies[i].directive);
		free(s->tallies[i].word);
	}
	s->n_tallies = 0;
	return sql_run(s, "DELETE FROM tally", err);
}

void
store_tally_add(struct store *s, const char *directive, const char *word, uint64_t n)
{
	if (n == 0)
		return;
	s->tallies = must_grow(s->tallies, s->n_tallies + 1, sizeof *s->tallies);
	struct tally_row *t = &s->tallies[s->n_tallies++];
	t->directive = must_alloc(strlen(directive) + 1, 1);
	t->word = must_alloc(strlen(word) + 1, 1);
	memcpy(t->directive, directive, strlen(directive) + 1);
	memcpy(t->word, word, strlen(word) + 1);
	t->n = n;
}

static int
set_judged(struct store *s, int64_t as_of, struct err *err)
{
	char sql[200];

	(void)sqlite3_snprintf(sizeof sql, sql,
	    "INSERT OR REPLACE INTO meta VALUES('judged', '%lld'), "
	    "('judged entry', '%lld')",
	    (long long)as_of, (long long)store_last(s));
	return sql_run(s, sql, err);
}

int
store_tally_write(struct store *s, int64_t as_of, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s, "INSERT INTO tally VALUES(?,?,?)", err);
	int failed = q == NULL ? -1 : 0;

	for (size_t i = 0; i < s->n_tallies && failed == 0; i++) {
		sql_bind_text(q, 1, text_of(s->tallies[i].directive));
		sql_bind_text(q, 2, text_of(s->tallies[i].word));
		(void)sqlite3_bind_int64(q, 3, (int64_t)s->tallies[i].n);
		failed = sql_done(s, q, err);
	}
	(void)sqlite3_finalize(q);
	return failed == 0 ? set_judged(s, as_of, err) : -1;
}

int64_t
store_judged(struct store *s)
{
	struct err err;
	int64_t at = TIME_NONE;
	sqlite3_stmt *q = sql_prepare(s, "SELECT value FROM meta WHERE key='judged'",
	    &err);

	if (q != NULL && sqlite3_step(q) == SQLITE_ROW)
		at = sqlite3_column_int64(q, 0);
	(void)sqlite3_finalize(q);
	return at;
}

uint64_t
store_unjudged(struct store *s)
{
	static const char sql[] =
	    "SELECT count(*) FROM ledger WHERE seq > (SELECT CAST(value AS INTEGER) "
	    "FROM meta WHERE key='judged entry') AND kind NOT IN ('report', 'verdict', "
	    "'import', 'capture', 'retention', 'baseline')";
	uint64_t n = 0;
	struct err err;
	sqlite3_stmt *q = sql_prepare(s, sql, &err);

	if (q != NULL && sqlite3_step(q) == SQLITE_ROW)
		n = (uint64_t)sqlite3_column_int64(q, 0);
	(void)sqlite3_finalize(q);
	return n;
}

int
store_tally(struct store *s, store_tally_take *take, void *state, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT directive, word, n FROM tally ORDER BY directive, word", err);
	int code, failed = 0;

	if (q == NULL)
		return -1;
	while (failed == 0 && (code = sqlite3_step(q)) == SQLITE_ROW)
		failed = take(state, (const char *)sqlite3_column_text(q, 0),
		    (const char *)sqlite3_column_text(q, 1),
		    (uint64_t)sqlite3_column_int64(q, 2), err);
	if (failed == 0 && code != SQLITE_DONE)
		failed = sql_error(s, err);
	(void)sqlite3_finalize(q);
	return failed;
}

int
store_live(struct store *s, const char *kind, store_paper_take *take, void *state,
    struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT key, body FROM paper WHERE kind=? ORDER BY key", err);
	int code, failed = 0;

	if (q == NULL)
		return -1;
	sql_bind_text(q, 1, text_of(kind));
	while (failed == 0 && (code = sqlite3_step(q)) == SQLITE_ROW)
		failed = take(state, (const char *)sqlite3_column_text(q, 0),
		    sql_text(q, 1), err);
	if (failed == 0 && code != SQLITE_DONE)
		failed = sql_error(s, err);
	(void)sqlite3_finalize(q);
	return failed;
}
