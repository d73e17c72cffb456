/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_VERDICT_H
#define DIRECTIVE_VERDICT_H

#include "directive/directive.h"
#include "people/people.h"
#include "site/site.h"

/*
 * What the directives mean for the devices and people at one time. One verdict a
 * directive and device, with one duty for each obligation.
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

struct reason {
	char *text;        /* a whole sentence */
	uint64_t evidence; /* index into the device's evidence, or UINT64_MAX */
};

struct duty {
	const struct obligation *obligation;
	enum duty_state state;
	int64_t due;          /* TIME_NONE: open */
	int64_t failed_since; /* TIME_NONE unless failed */
	struct reason *reasons;
	size_t n_reasons;
};

struct verdict {
	const struct directive *directive;
	const struct device *device;   /* NULL: a person in scope without a device */
	const struct person *holder;   /* NULL: not known */
	const struct custody *custody; /* the row that says so, or NULL */
	const struct exception *exception; /* the one in force, or NULL */
	const struct statement *denial; /* the holder declared to hold none, or NULL */
	enum object_state object;
	double p;      /* that the device is of the directive's object */
	bool in_scope; /* the holder, ownership and place are the order's */
	bool scope_known;
	enum use_state use;
	int64_t last_official;     /* last official use, or TIME_NONE */
	const struct phase *phase; /* in force at the time asked, or NULL */
	unsigned families;         /* that speak for the object */
	struct duty *duties;       /* one for each obligation, in their order */
	size_t n_duties;
	struct reason *reasons; /* for object and scope */
	size_t n_reasons;
};

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
};

/*
 * A pure function of the case and its time. Exceptions outside the order's
 * grounds, approver or length are complained of by exceptions_check() before and
 * are passed over here.
 */
struct verdicts *judge(const struct case_file *);
void verdicts_free(struct verdicts *);
void exceptions_check(const struct case_file *, struct complaints *);

#endif
