/* SPDX-License-Identifier: ISC */
/* Papers anew from the ledger, in one transaction, with a digest of them either way. */
#include <sodium.h>
#include <string.h>

#include "store/project.h"
#include "store/sql.h"

/* Of all rows of what is derived, in the order of their keys. */
static int
digest(struct store *s, char out[65], struct err *err)
{
	crypto_generichash_state h;
	uint8_t sum[32];
	int code;
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT kind, key, seq, body FROM paper ORDER BY kind, key", err);

	if (q == NULL)
		return -1;
	(void)crypto_generichash_init(&h, NULL, 0, sizeof sum);
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		for (int i = 0; i < 4; i++) {
			struct text t = sql_text(q, i);
			uint64_t n = t.len;
			(void)crypto_generichash_update(&h, (const uint8_t *)&n,
			    sizeof n);
			(void)crypto_generichash_update(&h, (const uint8_t *)t.s,
			    t.len);
		}
	(void)sqlite3_finalize(q);
	(void)crypto_generichash_final(&h, sum, sizeof sum);
	(void)hex_print(sum, sizeof sum, out);
	return code == SQLITE_DONE ? 0 : sql_error(s, err);
}

static int
project(void *state, const struct entry *e, struct err *err)
{
	return project_entry(state, e, err);
}

int
store_rebuild(struct store *s, char before[65], char after[65], struct err *err)
{
	if (store_begin(s, err) != 0)
		return -1;
	if (digest(s, before, err) == 0 && sql_run(s, "DELETE FROM paper", err) == 0 &&
	    store_entries(s, NULL, 0, project, s, err) == 0 &&
	    digest(s, after, err) == 0 && store_commit(s, err) == 0)
		return 0;
	store_undo(s);
	return -1;
}
