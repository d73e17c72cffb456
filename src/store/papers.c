/* SPDX-License-Identifier: ISC */
/* Papers: from their rows into the ledger, and out of it as the files they were. */
#include <string.h>

#include "base/csv.h"
#include "people/papers.h"
#include "store/sql.h"

static const char *const names[KINDS] = {
	[KIND_PERSON] = "person",
	[KIND_CUSTODY] = "custody",
	[KIND_STATEMENT] = "statement",
	[KIND_EXCEPTION] = "exception",
	[KIND_LINK] = "link",
	[KIND_CORRECTION] = "correction",
	[KIND_NOTICE] = "notice",
	[KIND_EXAMINATION] = "examination",
	[KIND_WIPING] = "wiping",
	[KIND_DISPOSAL] = "disposal",
	[KIND_REPLACEMENT] = "replacement",
	[KIND_SUBMISSION] = "submission",
};
_Static_assert((int)KINDS == (int)PAPERS_ALL, "a kind for each of struct papers");
enum { COLUMNS_MOST = 16 };

const char *
paper_kind_name(enum paper_kind kind)
{
	return names[kind];
}

static int
add_row(struct store *s, enum paper_kind kind, const struct csv_row *row, int64_t time,
    const char *actor, long *new, struct err *err)
{
	struct pair_of_text pairs[COLUMNS_MOST];
	bool added;

	for (size_t i = 0; i < paper_readers[kind].n; i++)
		pairs[i] = (struct pair_of_text){ paper_readers[kind].columns[i].name,
			row->cells[i] };
	int failed = store_append_pairs(s, time, names[kind], actor, pairs,
	    paper_readers[kind].n, &added, err);
	*new += failed == 0 && added;
	return failed;
}

long
store_paper(struct store *s, enum paper_kind kind, const struct paper *p, int64_t time,
    const char *actor, struct arena *arena, struct complaints *wrong, struct err *err)
{
	struct csv csv;
	long added = 0;

	if (p->file == NULL)
		return 0;
	if (!csv_read(arena, p->file, p->text, paper_readers[kind].columns,
	        paper_readers[kind].n, &csv, wrong))
		return err_set(err, "%s has mistakes: nothing of it was taken",
		    p->file);
	for (size_t i = 0; i < csv.n; i++)
		if (add_row(s, kind, &csv.rows[i], time, actor, &added, err) != 0)
			return -1;
	return added;
}

/* Of letters and digits alone, nothing means anything: it needs no quotes. */
static bool
is_bare(const char *s, size_t len)
{
	static const char plain[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789.:;@_-";

	return strspn(s, plain) == len;
}

static void
put_cell(struct writer *w, const char *s)
{
	size_t len = strlen(s);

	if (is_bare(s, len)) {
		put_bytes(w, s, len);
		return;
	}
	put_char(w, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"')
			put_char(w, '"');
		put_char(w, *s);
	}
	put_char(w, '"');
}

static void
put_row(struct writer *w, enum paper_kind kind, struct text body, struct arena *row)
{
	const char *cells[COLUMNS_MOST] = { NULL };
	struct pair_of_text p;

	arena_reset(row);
	while (body_next(&body, row, &p))
		for (size_t i = 0; i < paper_readers[kind].n; i++)
			if (strcmp(p.key, paper_readers[kind].columns[i].name) == 0)
				cells[i] = p.value.s;
	for (size_t i = 0; i < paper_readers[kind].n; i++) {
		if (i > 0)
			put_char(w, ',');
		put_cell(w, cells[i] != NULL ? cells[i] : "");
	}
	put_char(w, '\n');
}

int
store_paper_back(struct store *s, enum paper_kind kind, struct paper *p,
    struct arena *called, struct arena *texts, struct err *err)
{
	char name[4200];
	struct arena row = { NULL, 0 };
	struct writer w;
	size_t rows = 0;
	int code;
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT body FROM paper INDEXED BY paper_seq WHERE kind=? ORDER BY seq",
	    err);

	if (q == NULL)
		return -1;
	sql_bind_text(q, 1, text_of(names[kind]));
	writer_to_memory(&w);
	for (size_t i = 0; i < paper_readers[kind].n; i++)
		putf(&w, "%s%s", i > 0 ? "," : "", paper_readers[kind].columns[i].name);
	put_char(&w, '\n');
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		put_row(&w, kind, sql_text(q, 0), &row);
		rows++;
	}
	(void)sqlite3_finalize(q);
	arena_free(&row);
	if (rows > 0) {
		(void)snprintf(name, sizeof name, "%s (%s)", s->path, names[kind]);
		p->file = arena_string(called, text_of(name));
		p->text = arena_text(texts, writer_text(&w));
	}
	(void)writer_close(&w);
	return code == SQLITE_DONE ? 0 : sql_error(s, err);
}

int
store_papers(struct store *s, struct papers *papers, struct arena *called,
    struct arena *texts, struct err *err)
{
	struct paper *each = &papers->roster;

	for (unsigned i = 0; i < KINDS; i++)
		if (each[i].file == NULL &&
		    store_paper_back(s, (enum paper_kind)i, &each[i], called, texts,
		        err) != 0)
			return -1;
	return 0;
}

int
store_text(struct store *s, const char *kind, const char *key, struct arena *arena,
    struct text *out, struct err *err)
{
	sqlite3_stmt *q = sql_ready(s, SQL_PAPER_IS);

	*out = (struct text){ "", 0 };
	sql_bind_text(q, 1, text_of(kind));
	sql_bind_text(q, 2, text_of(key));
	int code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		struct text found = body_get(sql_text(q, 0), "text", arena);
		if (found.s != NULL)
			*out = found;
	}
	(void)sqlite3_reset(q);
	return code == SQLITE_ROW || code == SQLITE_DONE ? 0 : sql_error(s, err);
}

int
store_keys(struct store *s, const char *kind, struct arena *arena, const char ***keys,
    size_t *n, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT key FROM paper WHERE kind=? ORDER BY key", err);
	size_t cap = 0;
	const char **list = NULL;
	int code;

	*n = 0;
	if (q == NULL)
		return -1;
	sql_bind_text(q, 1, text_of(kind));
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		if (*n == cap) {
			const char **more = arena_take(arena,
			    (cap = cap * 2 + 8) * sizeof *more);
			if (*n > 0)
				memcpy(more, list, *n * sizeof *more);
			list = more;
		}
		list[(*n)++] = arena_string(arena, sql_text(q, 0));
	}
	(void)sqlite3_finalize(q);
	*keys = list;
	return code == SQLITE_DONE ? 0 : sql_error(s, err);
}

int
store_keep_text(struct store *s, const char *kind, const char *id, struct text t,
    int64_t time, const char *actor, bool *added, struct err *err)
{
	struct pair_of_text pairs[] = { { "id", text_of(id) }, { "text", t } };

	return store_append_pairs(s, time, kind, actor, pairs, 2, added, err);
}
