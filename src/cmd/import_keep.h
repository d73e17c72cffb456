/* SPDX-License-Identifier: ISC */
#ifndef CMD_IMPORT_KEEP_H
#define CMD_IMPORT_KEEP_H

#include "cmd/import.h"
#include "cmd/scan.h"

/*
 * What an import says, on its way into the store: facts into a register, rows beside
 * it. All of it is written down at once, or nothing.
 */
struct keeper;

/* The scan has its knowledge and its store; it must outlive the keeper. */
struct keeper *keeper_new(struct scan *, const char *actor, int64_t now);
/* Leaves those files out of a job that the store has already, by their bytes. */
void keeper_leave_out(struct keeper *, struct import_job *);
/* Part of a sink: facts, presences and rows go to it. */
void keeper_fact(struct keeper *, const struct fact *);
void keeper_presence(struct keeper *, const struct presence *);
void keeper_row(struct keeper *, const struct paper_row *);
/*
 * Into the store. Custody of persons that no roster has is passed over, each named by
 * `wrong` and counted; with `strict` it ends all of it. A job that is `complete` says
 * who has left, too; of one that is `dry` nothing stays. -1 with err, and nothing has
 * changed.
 */
int keeper_write(struct keeper *, const struct import_job *, struct import_counts *,
    const struct import_sink *wrong, struct err *);
/* Who has left by it, or is back; after keeper_write(). */
void keeper_tell(const struct keeper *, struct writer *, bool json);
void keeper_free(struct keeper *);

#endif
