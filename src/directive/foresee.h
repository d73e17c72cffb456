/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_FORESEE_H
#define DIRECTIVE_FORESEE_H

#include "directive/verdict.h"

/*
 * What the phase in force would do to a device because of its verdict. The evidence
 * that an order asks for rises with what its phase costs a person: what falls short of
 * it is held for a person to decide, and never cut off.
 */
enum foreseen {
	FORESEE_NOTHING, /* not covered, or no phase yet; or it is gone: see why */
	FORESEE_EXCUSED,
	FORESEE_OBSERVE,
	FORESEE_WARN,
	FORESEE_PORTAL,
	FORESEE_QUARANTINE,
	FORESEE_BLOCK,
	FORESEE_HELD, /* the phase would act, its evidence is not enough: see why */
	FORESEEN
};

const char *foreseen_name(enum foreseen);
/* While it is handed over. `why` (may be NULL): a sentence for what is held, gone, or
 * back; else "". */
enum foreseen verdict_foresee(const struct verdict *, const char **why);
/* A quarantine or block that one family of evidence alone carries, or less than 0.95.
 */
bool verdict_is_weak(const struct verdict *);
bool foreseen_cuts_off(enum foreseen);
/*
 * When the n-th (from 0) of an order's cut-offs would come, if the first comes at
 * `from` and the ceiling of the phase lets so many through in each of its units.
 */
int64_t ceiling_delay(const struct phase *, size_t n, int64_t from);

#endif
