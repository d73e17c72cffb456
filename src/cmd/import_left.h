/* SPDX-License-Identifier: ISC */
#ifndef CMD_IMPORT_LEFT_H
#define CMD_IMPORT_LEFT_H

#include "base/json.h"
#include "base/slots.h"
#include "cmd/scan.h"
#include "store/store.h"

/*
 * Whom the roster of the store has, whom an import names, and what that changes: who
 * has left, and who is back.
 */
struct leavers {
	struct arena *arena;
	struct slots by_id;
	struct leaver *list;
	size_t n, cap;
	uint64_t others; /* new to the store, and gone already */
};

void leavers_begin(struct leavers *, struct arena *);
void leavers_end(struct leavers *);
/* A row of the import has this person. */
void leavers_given(struct leavers *, struct text id);
/* Those of the store, beside them. */
int leavers_recall(struct leavers *, struct store *, struct err *);
bool leavers_any(const struct leavers *); /* whether any roster says anything */
bool leavers_know(const struct leavers *, struct text id);
/*
 * The body to be written for a row. Of an account that was closed the rest stands as
 * the roster has it; what is said already is not said again with a later date: s NULL.
 */
struct text leavers_row(struct leavers *, struct text body, bool is_account);
/* Writes down that whoever is in the store and in no row has left. */
int leavers_complete(struct leavers *, struct scan *, int64_t now, const char *actor,
    struct err *);
/* By the people as they are after it. */
void leavers_tell(const struct leavers *, const struct scan *, int64_t now,
    struct writer *, bool json);

#endif
