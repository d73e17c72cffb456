/* SPDX-License-Identifier: ISC */
/* The ledger in the store, and the papers that hold good by it. */
#include <string.h>

#include "store/project.h"
#include "store/sql.h"

enum { MANY = 1000 }; /* entries of one transaction */

static int
know_last(struct store *s, struct err *err)
{
	if (s->last_known)
		return 0;
	sqlite3_stmt *q = sql_ready(s, SQL_LAST_ENTRY);
	int code = sqlite3_step(q);
	s->last_seq = 0;
	memset(s->last_hash, 0, sizeof s->last_hash);
	if (code == SQLITE_ROW) {
		struct text hash = sql_text(q, 1);
		s->last_seq = (uint64_t)sqlite3_column_int64(q, 0);
		if (hash.len == sizeof s->last_hash)
			memcpy(s->last_hash, hash.s, sizeof s->last_hash);
	}
	(void)sqlite3_reset(q);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return sql_error(s, err);
	s->last_known = true;
	return 0;
}

uint64_t
store_last(struct store *s)
{
	struct err err;

	return know_last(s, &err) == 0 ? s->last_seq : 0;
}

static int
add_entry(struct store *s, const struct entry *e, struct err *err)
{
	sqlite3_stmt *q = sql_ready(s, SQL_ADD_ENTRY);

	(void)sqlite3_bind_int64(q, 1, (int64_t)e->seq);
	(void)sqlite3_bind_int64(q, 2, e->time);
	sql_bind_text(q, 3, e->kind);
	sql_bind_text(q, 4, e->actor);
	sql_bind_text(q, 5, e->body);
	sql_bind_blob(q, 6, (struct text){ (const char *)e->before, LEDGER_HASH });
	sql_bind_blob(q, 7, (struct text){ (const char *)e->hash, LEDGER_HASH });
	return sql_done(s, q, err);
}

/* Whether what holds good under this key is this very text already. */
static bool
is_there(struct store *s, struct text kind, struct text key, struct text body)
{
	sqlite3_stmt *q = sql_ready(s, SQL_PAPER_IS);

	sql_bind_text(q, 1, kind);
	sql_bind_text(q, 2, key);
	bool same = sqlite3_step(q) == SQLITE_ROW && text_equal(sql_text(q, 0), body);
	(void)sqlite3_reset(q);
	return same;
}

int
project_entry(struct store *s, const struct entry *e, struct err *err)
{
	struct arena arena = { NULL, 0 };
	struct text key = project_key(e->kind, e->body, &arena);
	int failed = 0;

	if (key.s != NULL) {
		sqlite3_stmt *q = sql_ready(s, SQL_SET_PAPER);
		sql_bind_text(q, 1, e->kind);
		sql_bind_text(q, 2, key);
		(void)sqlite3_bind_int64(q, 3, (int64_t)e->seq);
		sql_bind_text(q, 4, e->body);
		failed = sql_done(s, q, err);
	}
	arena_free(&arena);
	return failed;
}

int
store_append(struct store *s, int64_t time, const char *kind, const char *actor,
    struct text body, bool *added, struct err *err)
{
	struct arena arena = { NULL, 0 };
	struct entry e = { .time = time,
		.kind = text_of(kind),
		.actor = text_of(actor),
		.body = body };
	struct text key = project_key(e.kind, body, &arena);
	bool had = key.s != NULL && is_there(s, e.kind, key, body);

	arena_free(&arena);
	if (added != NULL)
		*added = !had;
	if (had)
		return 0;
	if (!s->inside)
		FAULT("an entry outside of a transaction");
	if (++s->appended == MANY)
		sql_widen(s);
	if (know_last(s, err) != 0)
		return -1;
	e.seq = s->last_seq + 1;
	memcpy(e.before, s->last_hash, LEDGER_HASH);
	entry_hash(&e, e.hash);
	if (add_entry(s, &e, err) != 0 || project_entry(s, &e, err) != 0)
		return -1;
	s->last_seq = e.seq;
	memcpy(s->last_hash, e.hash, LEDGER_HASH);
	return 0;
}

int
store_append_pairs(struct store *s, int64_t time, const char *kind, const char *actor,
    struct pair_of_text *pairs, size_t n, bool *added, struct err *err)
{
	struct writer w;

	writer_to_memory(&w);
	body_put(&w, pairs, n);
	int failed = store_append(s, time, kind, actor, writer_text(&w), added, err);
	(void)writer_close(&w);
	return failed;
}

static void
copy_hash(uint8_t out[LEDGER_HASH], struct text t)
{
	memset(out, 0, LEDGER_HASH);
	if (t.len == LEDGER_HASH)
		memcpy(out, t.s, LEDGER_HASH);
}

int
store_entries(struct store *s, const char *kind, uint64_t from, store_entry *take,
    void *state, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s,
	    kind == NULL
	        ? "SELECT * FROM ledger WHERE seq>=?1 ORDER BY seq"
	        : "SELECT * FROM ledger WHERE kind=?2 AND seq>=?1 ORDER BY seq",
	    err);
	int code, failed = 0;

	if (q == NULL)
		return -1;
	(void)sqlite3_bind_int64(q, 1, (int64_t)from);
	if (kind != NULL)
		sql_bind_text(q, 2, text_of(kind));
	while (failed == 0 && (code = sqlite3_step(q)) == SQLITE_ROW) {
		struct entry e = { (uint64_t)sqlite3_column_int64(q, 0),
			sqlite3_column_int64(q, 1), sql_text(q, 2), sql_text(q, 3),
			sql_text(q, 4), { 0 }, { 0 } };
		copy_hash(e.before, sql_text(q, 5));
		copy_hash(e.hash, sql_text(q, 6));
		failed = take(state, &e, err);
	}
	if (failed == 0 && code != SQLITE_DONE)
		failed = sql_error(s, err);
	(void)sqlite3_finalize(q);
	return failed;
}

int
store_heads(struct store *s, store_head *take, void *state, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s, "SELECT * FROM head ORDER BY seq, time", err);
	int code, failed = 0;

	if (q == NULL)
		return -1;
	while (failed == 0 && (code = sqlite3_step(q)) == SQLITE_ROW) {
		struct head h = { .seq = (uint64_t)sqlite3_column_int64(q, 0),
			.time = sqlite3_column_int64(q, 1) };
		struct text signature = sql_text(q, 3);
		copy_hash(h.hash, sql_text(q, 2));
		if (signature.len == LEDGER_SIGNATURE)
			memcpy(h.signature, signature.s, LEDGER_SIGNATURE);
		failed = take(state, &h, err);
	}
	if (failed == 0 && code != SQLITE_DONE)
		failed = sql_error(s, err);
	(void)sqlite3_finalize(q);
	return failed;
}

static int
latest_head(void *state, const struct head *h, struct err *err)
{
	(void)err;
	*(struct head *)state = *h;
	return 0;
}

int
store_sign(struct store *s, const struct signer *key, int64_t time, struct err *err)
{
	struct head latest = { .seq = 0 }, h = { .seq = 0 };

	if (know_last(s, err) != 0 || store_heads(s, latest_head, &latest, err) != 0)
		return -1;
	if (s->last_seq == 0 || latest.seq == s->last_seq)
		return 0;
	h.seq = s->last_seq;
	memcpy(h.hash, s->last_hash, LEDGER_HASH);
	head_sign(key, time, &h);
	sqlite3_stmt *q = sql_prepare(s, "INSERT OR REPLACE INTO head VALUES(?,?,?,?)",
	    err);
	if (q == NULL)
		return -1;
	(void)sqlite3_bind_int64(q, 1, (int64_t)h.seq);
	(void)sqlite3_bind_int64(q, 2, h.time);
	sql_bind_blob(q, 3, (struct text){ (const char *)h.hash, LEDGER_HASH });
	sql_bind_blob(q, 4,
	    (struct text){ (const char *)h.signature, LEDGER_SIGNATURE });
	int failed = sql_done(s, q, err);
	(void)sqlite3_finalize(q);
	return failed;
}
