/* SPDX-License-Identifier: ISC */
#ifndef CMD_FILED_H
#define CMD_FILED_H

#include "report/summary.h"
#include "store/store.h"

/* Reports in the ledger: entries of the kind "report", one an order. */

/* The latest report under an order as of an earlier time; as_of TIME_NONE: none. */
int filed_before(struct store *, const char *directive, int64_t as_of,
    struct past_report *, struct err *);
/*
 * The latest entry that is no report: a report that is made again names the same head,
 * since all that was written in between is that there was one.
 */
int filed_head(struct store *, struct filing *, struct err *);
/* Appends one an order, within a transaction, unless just that one is there. */
int filed_record(struct store *, const struct report *, const struct summary *,
    const char *manifest, const char *actor, int64_t now, struct err *);

#endif
