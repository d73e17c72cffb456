/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_TREE_H
#define DIRECTIVE_TREE_H

#include "base/schema.h"
#include "directive/directive.h"

/* What the files that read, print and compare an order share. */
enum {
	STATUSES = STATUS_REVOKED + 1,
	GRADES = GRADE_INTERNAL + 1,
	CONFIRMEDS = CONFIRMED_DENIED + 1,
	PURPOSES = PURPOSE_PROCURE + 1,
	MODALITIES = MODALITY_MAY + 1,
	VERBS = VERB_REPORT + 1,
	PHASE_DOS = DO_BLOCK + 1,
	TRIGGERS = TRIGGER_LISTED + 1,
	OWNERSHIPS = 3
};

extern const char *const status_words[STATUSES],
    *const grade_words[GRADES],
        *const confirmed_words[CONFIRMEDS],
            *const purpose_words[PURPOSES],
                *const modality_words[MODALITIES],
                    *const verb_words[VERBS],
                        *const phase_words[PHASE_DOS],
                            *const trigger_words[TRIGGERS],
                                *const ownership_words[OWNERSHIPS];

struct reader {
	struct schema s;
	struct directive *d;
	bool known[TRIGGERS]; /* the authority has its date, or tried to give it */
};

/* A point of time: a date or an offset from a trigger. */
void read_when(struct reader *, const struct yaml *, const char *what, bool end,
    struct when *);
/* A date of its own, hanging on nothing. */
void read_day(struct reader *, const struct yaml *, const char *what, bool end,
    struct when *);
/* A length of time: "week", "30 days". */
void read_every(struct reader *, const struct yaml *, const char *what, struct when *);
/* "20 per hour" */
void read_ceiling(struct reader *, const struct yaml *, unsigned *n, enum unit *);
void put_every(struct writer *, int n, enum unit);

const struct class *read_class(struct reader *, const struct yaml *, const char *what);
void read_obligations(struct reader *, const struct yaml *);
void read_enforcement(struct reader *, const struct yaml *);
/* A list of verbs, each once, none of them `not_this` (VERBS: any). */
size_t read_verbs(struct reader *, const struct yaml *, const char *what, int not_this,
    enum verb **out);
/* readtable.c */
void read_affiliates(struct reader *, const struct yaml *);
void read_table(struct reader *, const struct yaml *);

/* The instants of two points as far as they can be compared; false: they cannot. */
bool when_both(const struct reader *, const struct when *, const struct when *,
    int64_t *a, int64_t *b);
bool when_same(const struct when *, const struct when *);
/* Verbs that forbid from a day on, where others ask for a deed by a day. */
bool verb_forbids(enum verb);

#endif
