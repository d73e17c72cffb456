/* SPDX-License-Identifier: ISC */
/* Papers anew from the ledger, in one transaction, with a digest of them either way. */
#include "store/project.h"
#include "store/sql.h"

static const char derived[] =
    "SELECT kind, key, seq, body FROM paper ORDER BY kind, key";

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
	if (sql_digest(s, derived, before, err) == 0 &&
	    sql_run(s, "DELETE FROM paper", err) == 0 &&
	    store_entries(s, NULL, 0, project, s, err) == 0 &&
	    sql_digest(s, derived, after, err) == 0 && store_commit(s, err) == 0)
		return 0;
	store_undo(s);
	return -1;
}
