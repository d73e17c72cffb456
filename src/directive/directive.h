/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_DIRECTIVE_H
#define DIRECTIVE_DIRECTIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/zone.h"
#include "directive/class.h"

/*
 * The order: one YAML file, read strictly into this tree and printed back from
 * it. Strings live in the directive's arena; an absent one is NULL.
 */
enum status { STATUS_DRAFT, STATUS_IN_FORCE, STATUS_SUSPENDED, STATUS_REVOKED };
enum grade {
	GRADE_OFFICIAL_TEXT,
	GRADE_OFFICIAL_STATEMENT,
	GRADE_SECONDARY,
	GRADE_NAMED_SOURCE,
	GRADE_UNNAMED_REPORT,
	GRADE_INTERNAL
};
enum confirmed { CONFIRMED_NOT_SAID, CONFIRMED_YES, CONFIRMED_NO, CONFIRMED_DENIED };
enum purpose {
	PURPOSE_OFFICIAL,
	PURPOSE_ANY,
	PURPOSE_CARRY_IN,
	PURPOSE_CONNECT_CORE,
	PURPOSE_PROCURE
};
enum modality { MODALITY_MUST, MODALITY_SHOULD, MODALITY_ADVISED, MODALITY_MAY };
enum verb {
	VERB_CEASE_ACQUIRE,
	VERB_CEASE_DEPLOY,
	VERB_DISCONNECT,
	VERB_STOP_USE,
	VERB_NOT_CARRY_IN,
	VERB_IDENTIFY,
	VERB_PLAN,
	VERB_NOTIFY,
	VERB_WARN,
	VERB_BLOCK_INSTALL,
	VERB_BLOCK_TRAFFIC,
	VERB_UPDATE,
	VERB_REMOVE,
	VERB_REPLACE,
	VERB_EXAMINE,
	VERB_WIPE,
	VERB_DISPOSE,
	VERB_ATTEST,
	VERB_REPORT
};
enum phase_do { DO_OBSERVE, DO_WARN, DO_PORTAL, DO_QUARANTINE, DO_BLOCK };
enum trigger {
	TRIGGER_NONE,
	TRIGGER_ISSUED,
	TRIGGER_EFFECTIVE,
	TRIGGER_DISCOVERED,
	TRIGGER_LISTED
};

/*
 * A point of time as written: a date (with or without a time of day), or an
 * offset from a trigger ("30 days after issued", "1 business day after discovered").
 */
struct when {
	bool given;
	bool end;            /* of `by`: a day means its last instant */
	const char *written; /* as it stands in the file, canonical */
	int64_t at;          /* of a date; TIME_NONE when it hangs on a trigger */
	enum trigger trigger;
	int n;
	enum unit unit;
	unsigned line, column;
};

struct source {
	const char *claim, *source, *url;
	enum grade grade;
	enum confirmed confirmed;
};

struct obligation {
	enum verb verb;
	enum modality modality;
	struct when from, before, by; /* by: its day's end; before: its day's start */
	struct when every;            /* repeat: an offset without a trigger */
	bool until_zero;              /* repeat until nothing is left */
	bool by_table;                /* `by: table`: the order's table says when */
	enum verb *alternatives;      /* verbs any of which does as well */
	size_t n_alternatives;
	const char **fields; /* report: the elements that it has */
	size_t n_fields;
	const char **how;
	size_t n_how;
	enum verb *first; /* verbs that must come before */
	size_t n_first;
	const struct class *with; /* replace: what may be given instead */
	unsigned line, column;    /* in the file */
};

struct phase {
	struct when from;
	enum phase_do what;
	double at_least;   /* probability; 0 when not given */
	unsigned families; /* 0 when not given */
	unsigned ceiling;  /* cut-offs per ceiling_unit; 0: none */
	enum unit ceiling_unit;
};

/*
 * A table of deadlines: a row for each way in which its variables can stand. The
 * values of a device are in a list that the site brings; `unknown` is the value of
 * one that the list does not say.
 */
enum { VARIABLES_MAX = 8, TABLE_ROWS_MAX = 1024 };

struct variable {
	const char *name, **values;
	size_t n;
	bool has_unknown;
	uint8_t unknown;
};

struct risk {
	uint8_t when[VARIABLES_MAX]; /* the index of each variable's value */
	struct when within;          /* a length; not given: with the next upgrade */
	enum verb *also;             /* verbs that are asked for in this row alone */
	size_t n_also;
};

/* An affiliate as it is written; `list` has it as expressions are judged by it. */
struct written_affiliate {
	struct when from, until;
};

struct directive {
	struct arena arena;
	const char *file;
	char digest[65]; /* SHA-256 of the file's bytes, hexadecimal */
	const char *id, *title, *supersedes;
	enum status status;
	const struct zone *zone;
	struct {
		const char *issuer, *instrument, *legal_basis, *url, *language;
		int64_t issued, effective, reported, listed; /* TIME_NONE: unknown */
		bool issued_unknown, effective_unknown;      /* said in so many words */
		bool reported_unknown, listed_unknown;
	} authority;
	struct source *sources;
	size_t n_sources;
	struct {
		const char **groups, **not_groups, **persons, **ranks, **sites,
		    **segments, **ssids;
		size_t n_groups, n_not_groups, n_persons, n_ranks, n_sites, n_segments,
		    n_ssids;
		struct when from, until; /* outside these days it binds nobody */
		bool ownership[3]; /* by enum ownership; all three when not given */
		bool all;          /* no groups, persons or ranks given: everybody */
	} applies_to;
	const struct class *object;
	const char *object_text;  /* canonical */
	const char **not_covered; /* parts that it leaves out, in words */
	size_t n_not_covered;
	struct affiliate *affiliates; /* names that count as a vendor's own */
	struct written_affiliate *written;
	size_t n_affiliates;
	struct {
		const char *list; /* NULL: there is no table */
		struct variable *variables;
		struct risk *rows;
		size_t n_variables, n_rows;
	} table;
	enum purpose purpose;
	struct obligation *obligations;
	size_t n_obligations;
	struct {
		const char **grounds;
		size_t n_grounds;
		const char *approver_role;
		int longest; /* 0: no limit */
		enum unit longest_unit;
		bool blanket; /* one for a whole group is allowed */
		bool given;
	} exceptions;
	struct phase *phases;
	size_t n_phases;
	struct {
		const char *to_role;
		struct when every; /* "week", "30 days" */
		const char *every_text;
		bool nil_return, given;
	} report;
};

/* NULL when there was a mistake; every one is in complaints, with its place. */
struct directive *directive_load(const char *file, struct complaints *);
/* The same from memory; file is the name that messages use. */
struct directive *directive_parse(const char *file, struct text, struct complaints *);
void directive_free(struct directive *);
/* Canonical YAML: parses again to an equal tree. */
void directive_print(const struct directive *, struct writer *);
bool directive_equal(const struct directive *, const struct directive *);

/*
 * Where orders of a set contradict each other: one caution for each, and a mistake
 * for an id that two of them have. Returns how many there are. With hypotheses
 * (n_all may be 0) only devices that exist are thought of.
 */
size_t directives_conflicts(struct directive *const *, size_t n,
    const struct hypothesis *all, size_t n_all, struct complaints *);
/* A caution for each word of its classes that the taxonomy does not know. */
void directive_check_words(const struct directive *, const struct hypothesis *all,
    size_t n_all, struct complaints *);
/*
 * A caution for what is written rightly and cannot be kept, or reaches nothing: a
 * deadline before the order, a class that contradicts itself, a cut-off too early.
 */
void directive_check_sense(const struct directive *, const struct hypothesis *all,
    size_t n_all, struct complaints *);

/* The start of the order itself: the first of its dates that is known. */
int64_t order_start(const struct directive *);
/*
 * The instant of a `when`: its date, or its trigger's instant (`discovered` is
 * the caller's) plus the offset; offsets in days and months mean the whole day: its
 * end under `by`, else its start. TIME_NONE when the trigger's time is unknown.
 */
int64_t when_instant(const struct when *, const struct directive *,
    const struct calendar *, int64_t discovered);

/* Its `before`, else its `by`, which may not be given. */
const struct when *obligation_end(const struct obligation *);
/*
 * By when an obligation must have been fulfilled: `before`'s first moment, the
 * last moment of `by`'s day, or `from` for verbs that begin then. TIME_NONE: open.
 */
int64_t obligation_due(const struct obligation *, const struct directive *,
    const struct calendar *, int64_t discovered);
/*
 * The time at or after `at` by which one that is repeated is due again, and the
 * number of that turn, from 1; else obligation_due().
 */
int64_t obligation_next(const struct obligation *, const struct directive *,
    const struct calendar *, int64_t discovered, int64_t at, unsigned *turn);
/*
 * The time at which a turn of a repeated one was due, from 1; TIME_NONE for turn 0, and
 * where it is not known.
 */
int64_t obligation_turn(const struct obligation *, const struct directive *,
    const struct calendar *, int64_t discovered, unsigned turn);
int64_t obligation_begins(const struct obligation *, const struct directive *,
    const struct calendar *, int64_t discovered);
/* The phase in force at a time, or NULL before the first. */
const struct phase *directive_phase(const struct directive *, const struct calendar *,
    int64_t at);

/* Whether a row of the table asks for this verb, so that the others do not. */
bool table_asks(const struct directive *, enum verb);

const char *status_name(enum status);
const char *grade_name(enum grade);
const char *confirmed_name(enum confirmed);
const char *purpose_name(enum purpose);
const char *modality_name(enum modality);
const char *verb_name(enum verb);
const char *phase_name(enum phase_do);

#endif
