/* SPDX-License-Identifier: ISC */
/* What was read: captures and logs, each once. */
#include <string.h>

#include "store/sql.h"

bool
store_has_input(struct store *s, const char *digest)
{
	sqlite3_stmt *q = sql_ready(s, SQL_HAS_INPUT);

	sql_bind_text(q, 1, text_of(digest));
	bool had = digest[0] != '\0' && sqlite3_step(q) == SQLITE_ROW;
	(void)sqlite3_reset(q);
	return had;
}

int
store_add_input(struct store *s, struct stored_input *in, struct err *err)
{
	sqlite3_stmt *q = sql_ready(s, SQL_ADD_INPUT);
	const int64_t numbers[] = { (int64_t)in->frames, (int64_t)in->bytes,
		(int64_t)in->cut, (int64_t)in->dropped, (int64_t)in->skipped };

	sql_bind_text(q, 1, text_of(in->digest));
	sql_bind_text(q, 2, text_of(in->name));
	for (size_t i = 0; i < 5; i++)
		(void)sqlite3_bind_int64(q, (int)i + 3, numbers[i]);
	if (in->damage != NULL)
		sql_bind_text(q, 8, text_of(in->damage));
	else
		(void)sqlite3_bind_null(q, 8);
	(void)sqlite3_bind_int(q, 9, in->synthetic);
	(void)sqlite3_bind_int64(q, 10, in->added);
	sql_bind_text(q, 11, text_of(in->blind != NULL ? in->blind : ""));
	if (sql_done(s, q, err) != 0)
		return -1;
	in->id = (uint32_t)sqlite3_last_insert_rowid(s->db);
	return 0;
}

static struct stored_input
input_of(sqlite3_stmt *q, struct arena *arena)
{
	struct text digest = sql_text(q, 1);
	struct stored_input in = { .id = (uint32_t)sqlite3_column_int64(q, 0),
		.name = arena_string(arena, sql_text(q, 2)),
		.frames = (uint64_t)sqlite3_column_int64(q, 3),
		.bytes = (uint64_t)sqlite3_column_int64(q, 4),
		.cut = (uint64_t)sqlite3_column_int64(q, 5),
		.dropped = (uint64_t)sqlite3_column_int64(q, 6),
		.skipped = (uint64_t)sqlite3_column_int64(q, 7),
		.synthetic = sqlite3_column_int(q, 9) != 0,
		.added = sqlite3_column_int64(q, 10),
		.blind = arena_string(arena, sql_text(q, 11)) };

	if (sqlite3_column_type(q, 8) != SQLITE_NULL)
		in.damage = arena_string(arena, sql_text(q, 8));
	if (digest.len < sizeof in.digest)
		memcpy(in.digest, digest.s, digest.len);
	return in;
}

int
store_inputs(struct store *s, struct arena *arena, struct stored_input **list,
    size_t *n, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s, "SELECT * FROM input ORDER BY id", err);
	size_t cap = 0;
	int code;

	*list = NULL;
	*n = 0;
	if (q == NULL)
		return -1;
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		if (*n == cap) {
			struct stored_input *more = arena_take(arena,
			    (cap = cap * 2 + 16) * sizeof *more);
			if (*n > 0)
				memcpy(more, *list, *n * sizeof *more);
			*list = more;
		}
		(*list)[(*n)++] = input_of(q, arena);
	}
	(void)sqlite3_finalize(q);
	return code == SQLITE_DONE ? 0 : sql_error(s, err);
}
