/* SPDX-License-Identifier: ISC */
#ifndef CMD_RETENTION_H
#define CMD_RETENTION_H

#include "cmd/scan.h"
#include "store/store.h"

/*
 * Retention: what was heard longer ago than the site's limit is removed, but for what a
 * verdict rests on while it stands. Devices that are covered, excepted or undecided
 * keep everything; of the others as much stays as they need to be judged as before, and
 * that is tried out before anything is removed. A device that was silent all that time,
 * and that no order covers, is forgotten: what was believed of it is a `baseline` of
 * the ledger.
 */
struct retention_result {
	int64_t day; /* the first that stays; INT64_MIN: the site has no limit */
	struct retained removed;
	size_t forgotten; /* devices */
	size_t kept;      /* devices that keep older facts */
};

/*
 * Of a case that is loaded and settled, the limit counted back from `at`; as of the
 * case's time all is judged as before. `dry`: nothing is removed. The register is
 * another one afterwards. -1 with err, and nothing has changed.
 */
int retention_apply(struct scan *, int64_t at, const char *actor, bool dry,
    struct retention_result *, struct err *);
/* One sentence of what was removed, "" when that is nothing. */
void retention_tell(struct writer *, const struct scan *,
    const struct retention_result *, bool dry);

/*
 * After something was added to a store, and judged as of the case's time: what is too
 * old by then goes, and stderr tells. False with the reason there.
 */
bool retention_after(struct scan *, const char *command, const char *actor, bool quiet);

#endif
