/* SPDX-License-Identifier: ISC */
#ifndef STORE_PROJECT_H
#define STORE_PROJECT_H

#include "store/store.h"

/*
 * From the ledger to what holds good: the key under which an entry stands, in whose
 * place a later one comes. s is NULL for a kind that is only ever told (an action, a
 * report): nothing of it holds good.
 */
struct text project_key(struct text kind, struct text body, struct arena *);
/* Brings the table of papers up to an entry. */
int project_entry(struct store *, const struct entry *, struct err *);

#endif
