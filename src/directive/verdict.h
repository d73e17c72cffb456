/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_VERDICT_H
#define DIRECTIVE_VERDICT_H

#include "directive/directive.h"
#include "people/people.h"
#include "site/site.h"

/*
 * What the directives mean for the devices and people at one time. One verdict a
 * directive and device, with one duty for each obligation.
 *
 * An object is covered when the device is of the order's class, its holder,
 * ownership and place are the order's, and no exception is in force. Each of
 * these is three-valued. Only custody joins a device to a holder; a host name that
 * sounds like somebody does not. An order on official use does not cover a device
 * that nobody of the order holds and that was seen on guest segments only.
 *
 * Duties of a covered device, by what is judged:
 * - stop-use, disconnect, not-carry-in: by what was seen. Due until the deadline;
 *   then failed from the first forbidden use on; met only where sensors saw all
 *   segments in question (those on which it was seen, and those that a sensor ever
 *   covered) from the deadline on, and the captures reach so far; else undecided.
 *   A segment that never had a sensor is told as a blind spot. Use during an
 *   exception that was good at the time is no failure.
 * - cease-deploy: failed when it was first seen after the deadline on segments
 *   that were watched before.
 * - remove, replace, dispose: by custody. Failed when the record has a holder and
 *   the deadline went by without the event; undecided without a record. What must
 *   come `first` and is on no record leaves it undecided.
 * - of an order on apps, stop-use and remove: by when an app of it was contacted last;
 *   undecided of a device that hides the names which it visits.
 * - what the order's table decides: by the findings of the list that the site brings.
 *   One that still stands there after its deadline is a failure.
 * - alternatives: met when any of them is, failed when all are.
 * - notify, warn, examine, wipe: by the records of the store; undecided without one,
 *   and failed when notices are kept and the holder got none in time.
 * - plan, attest, report: by what the store has as submitted, for each turn of one that
 *   is repeated; failed when submissions are kept and none came in time.
 * - identify: met by the decision itself. All others leave no records here (what is
 *   bought, blocked, updated): due, then undecided.
 *
 * Modality: `must` and `should` can fail. `advised` cannot: what is not done stays
 * due, and a reason says so. `may` is an offer: met, or not applicable.
 * Of an order that is not in force, or that does not cover the device, every duty
 * is not applicable.
 */
enum object_state { NOT_COVERED, COVERED, EXCEPTED, OBJECT_UNDECIDED };
enum duty_state {
	DUTY_NOT_APPLICABLE,
	DUTY_MET,
	DUTY_DUE,
	DUTY_FAILED,
	DUTY_UNDECIDED
};
enum use_state { USE_NONE, USE_OFFICIAL, USE_GUEST, USE_UNKNOWN };

const char *object_state_name(enum object_state); /* "covered", "not-covered" … */
const char *duty_state_name(enum duty_state);

/*
 * Reasons name no person, address or host: they point to the line of the paper
 * instead, so that a report under pseudonyms can print them as they are.
 */
struct reason {
	const char *text;  /* a whole sentence */
	uint64_t evidence; /* index into the device's evidence, or UINT64_MAX */
};

struct duty {
	const struct obligation *obligation;
	enum duty_state state;
	int64_t due;          /* TIME_NONE: open */
	int64_t failed_since; /* TIME_NONE unless failed */
	int64_t met_at;       /* TIME_NONE unless met, or when is not known */
	struct reason *reasons;
	uint32_t n_reasons;
	unsigned turn; /* of one that is repeated: which time; else 0 */
};

/* The life of an order for one device or person; TIME_NONE: not yet, or not known. */
struct clocks {
	int64_t first_failed; /* the first failure of a duty that stands */
	int64_t warned;       /* the first notice under this order */
	int64_t due;          /* the next deadline, or the first that went by */
	int64_t met;          /* since when no duty is open */
};

#define NO_DEVICE SIZE_MAX

/* One for each order and device: of a big case there are half a million. */
struct verdict {
	const struct directive *directive;
	size_t device; /* its number; NO_DEVICE: a person in scope without a device */
	/*
	 * The device itself, while the verdict is handed over, and in a list of
	 * judge_devices(). Those of a list of judge() are made again for who asks.
	 */
	const struct device *handed;
	const struct person *holder;       /* NULL: not known */
	const struct custody *custody;     /* the row that says so, or NULL */
	const struct exception *exception; /* the one in force, or NULL */
	/* the holder declared to hold none; without a device: what was said last */
	const struct statement *denial;
	const struct phase *phase; /* in force at the time asked, or NULL */
	double p;                  /* that the device is of the directive's object */
	int64_t first_seen;        /* the device, or TIME_NONE */
	int64_t last_official;     /* last official use, or TIME_NONE */
	const struct clocks *clocks;
	struct duty *duties;    /* one for each obligation, in their order */
	struct reason *reasons; /* for object and scope */
	uint32_t n_duties, n_reasons;
	enum object_state object;
	enum use_state use;
	unsigned families; /* that speak for the object */
	bool in_scope;     /* the holder, ownership and place are the order's */
	bool scope_known;
};

/* Whoever has left and did not hand it in: custody says who, and nobody holds it. */
static inline const struct person *
verdict_left(const struct verdict *v)
{
	return v->holder == NULL && v->custody != NULL ? v->custody->person : NULL;
}

struct verdicts {
	struct arena arena;
	int64_t as_of;
	struct verdict *list; /* by directive, then device, then persons without one */
	size_t n;
};

/* What is judged: any pointer but knowledge and register may be NULL. */
struct case_file {
	struct directive *const *directives;
	size_t n_directives;
	const struct register_ *devices;
	struct knowledge *knowledge;
	const struct people *people;
	const struct site *site;
	int64_t as_of;
	struct list *const *lists; /* that the site brings */
	size_t n_lists;
};

/*
 * A pure function of the case and its time. Verdicts without a device are of the
 * persons in scope of whom no device was seen: their object is undecided, since
 * what is not seen may still be there.
 */
struct verdicts *judge(const struct case_file *);
/* The same of these devices, whatever register they come from; they are numbered so. */
struct verdicts *judge_devices(const struct case_file *, const struct device *const *,
    size_t n, int64_t last_packet);
void verdicts_free(struct verdicts *);

/*
 * The same for who needs no list: each verdict is handed over, with the number of its
 * order in the case, and then forgotten, and so is its device. Without reasons, which
 * are most of the work. Of each order the verdicts come as in a list; those of several
 * orders come by turns, device by device in parts.
 */
typedef void verdict_take(void *state, size_t order, const struct verdict *);
void judge_walk(const struct case_file *, verdict_take *, void *state);
/*
 * Both in one walk: all are handed over, if to anybody, and those of the orders marked
 * in `which` (one for each of the case; NULL: all) are listed, with their reasons.
 */
struct verdicts *judge_some(const struct case_file *, const bool *which, verdict_take *,
    void *state);

/* Whether a custody event is one of the ways that an obligation names. */
bool custody_fulfils(const struct obligation *, enum custody_event);

/*
 * Complains of each exception outside its order's grounds, approver or length;
 * judge() passes it over and says so among the reasons. An exception from an order
 * that the case does not have is worth a caution.
 */
void exceptions_check(const struct case_file *, struct complaints *);
/*
 * Of the exceptions that excuse somebody under an order at the time of the verdicts,
 * the one that ends first; NULL when none does. n (may be NULL) is how many excuse
 * somebody.
 */
const struct exception *exceptions_next(const struct verdicts *,
    const struct directive *, size_t *n);
/*
 * A caution for each list that an order names and the case does not have, and for each
 * value of a list that the order's table does not know.
 */
void lists_check(const struct case_file *, struct complaints *);

#endif
