/* SPDX-License-Identifier: ISC */
#ifndef PEOPLE_PEOPLE_H
#define PEOPLE_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/zone.h"

/*
 * The human side as it was typed in: roster, custody, statements, exceptions.
 * Traffic never overwrites any of it, nor it traffic.
 */
struct person {
	const char *id, *name, *email, *role, *rank, *site;
	const char **groups; /* column `groups`, split at `;` */
	size_t n_groups;
	int64_t left;  /* the last instant that counts; TIME_NONE: has not left */
	unsigned line; /* of the roster; 0: known by the id alone */
	/* What names this person, in time order; each goes on in next_of_person. */
	const struct custody *custody;
	const struct statement *statements;
	const struct exception *exceptions;
	const struct notice *notices; /* in the order of the file */
};

enum ownership { OWNED_ISSUED, OWNED_PERSONAL, OWNED_CONTRACTOR };
enum identifier_type { BY_MAC, BY_SERIAL, BY_IMEI, BY_HOSTNAME, BY_CLIENT_ID };
enum custody_event {
	CUSTODY_ISSUED,
	CUSTODY_HANDED_IN,
	CUSTODY_REPLACED,
	CUSTODY_RELEASED,
	CUSTODY_DESTROYED
};

struct custody {
	const char *identifier; /* as written */
	enum identifier_type type;
	struct addr mac; /* BY_MAC */
	const struct person *person;
	enum ownership ownership;
	int64_t from, until; /* TIME_NONE: open; until is the end of its day */
	enum custody_event event;
	unsigned line;
	const struct custody *next_of_person;
	const struct custody *next_of_thing; /* the same identifier, later */
};

struct statement {
	const struct person *person;
	const char *text; /* "holds no smartphone" */
	int64_t date;
	const char *by;
	bool holds_none;    /* it is a nil declaration */
	const char *object; /* of which: the words after "holds no", else NULL */
	unsigned line;
	const struct statement *next_of_person;
};

struct exception {
	const char *directive;
	const struct person *person; /* or NULL */
	const char *identifier;      /* or NULL: of a device */
	const char *ground, *mitigation;
	const struct person *approver; /* NULL when only a name was given */
	const char *approver_text;
	int64_t from, until; /* until is the end of its day; TIME_NONE: open */
	unsigned line;
	/* Where the cells begin, for complaints of those who know the order. */
	unsigned directive_column, ground_column, approver_column, until_column;
	const struct exception *next_of_person;
	const struct exception *next_of_thing; /* with the same identifier */
};

/* A person's word on two addresses: one device, or two. */
struct link_claim {
	struct addr a, b;
	bool same;
	const char *by, *reason;
	int64_t date;
	unsigned line;
};

/* A person's word on what a device is, beside what the wire says. */
struct correction {
	const char *identifier;
	enum identifier_type type;
	struct addr mac; /* BY_MAC */
	const char *attribute, *value;
	const char *by, *reason;
	int64_t date;
	unsigned line, attribute_column, value_column;
};

/* That the holder of a device was told of an order. */
struct notice {
	const char *id, *directive;
	const struct person *person;
	const char *identifier;           /* of the device, as custody has it */
	int64_t sent, seen, acknowledged; /* TIME_NONE: not yet */
	const char *how, *text;           /* "file"; the SHA-256 of what was said */
	unsigned line;
	const struct notice *next_of_person;
};

/*
 * What was handed to the authority of an order; then measures that no packet shows, by
 * the word of whoever took them.
 */
enum submitted {
	SUBMITTED_PLAN,
	SUBMITTED_ATTESTATION,
	SUBMITTED_REPORT,
	MEASURE_CEASE_ACQUIRE,
	MEASURE_BLOCK_INSTALL,
	MEASURE_BLOCK_TRAFFIC,
	MEASURE_UPDATE, /* of one device */
	SUBMITTED_KINDS
};

/* As orders and papers write it: "plan", "attest", "report", "update" … */
extern const char *const submitted_words[SUBMITTED_KINDS];

struct submission {
	enum submitted what;
	const char *directive;
	int64_t date;
	const char *to;
	const char *file, *digest; /* its name and SHA-256; NULL: not given */
	const char *by;
	const char *identifier; /* of the device; NULL: of all */
	unsigned line;
};

/* What was done with a thing before it went, how it went, what came instead. */
enum deed_kind {
	DEED_EXAMINATION,
	DEED_WIPING,
	DEED_DISPOSAL,
	DEED_REPLACEMENT,
	DEED_KINDS
};

struct deed {
	enum deed_kind kind;
	const char *identifier;
	enum identifier_type type;
	struct addr mac; /* BY_MAC */
	int64_t date;
	const char *by; /* who did it */
	/* Of some kinds only; else NULL: */
	const char *id; /* of a disposal: the number of its certificate */
	const struct person *person;
	const char *how, *to;                 /* disposal: destroy, return, release */
	const char *technique, *tool, *level; /* wiping: NIST SP 800-88 */
	const char *verified;                 /* by whom, and how */
	const char *with;                     /* replacement: what was given */
	enum identifier_type with_type;
	struct addr with_mac;
	const char *is; /* what that is told to be: a class */
	unsigned line;
	const struct deed *next_of_thing; /* of the same identifier, any kind, later */
};

struct people {
	struct arena arena;
	const struct zone *zone; /* of every date in the files */
	const char *roster_file, *custody_file, *statements_file, *exceptions_file;
	const char *links_file, *corrections_file, *notices_file;
	const char *submissions_file;
	const char *deed_files[DEED_KINDS];
	struct person *persons;
	size_t n_persons;
	struct custody *custody; /* in the order of the file */
	size_t n_custody;
	struct statement *statements;
	size_t n_statements;
	struct exception *exceptions;
	size_t n_exceptions;
	struct link_claim *links;
	size_t n_links;
	struct correction *corrections;
	size_t n_corrections;
	struct notice *notices;
	size_t n_notices;
	struct deed *deeds; /* by kind, then in the order of the file */
	size_t n_deeds;
	struct submission *submissions; /* in the order of the file */
	size_t n_submissions;
	struct people_index *index;
};

/* The papers as text: a file's name, NULL when there is none, and its bytes. */
struct paper {
	const char *file;
	struct text text;
};

struct papers {
	struct paper roster, custody, statements, exceptions, links, corrections;
	/* Kept by a store alone: */
	struct paper notices, examinations, wipings, disposals, replacements;
	struct paper submissions;
};
enum { PAPERS_ALL = sizeof(struct papers) / sizeof(struct paper) };

/* Whether any file is named. */
bool papers_any(const struct papers *);

struct people *people_read(const struct papers *, const struct zone *,
    struct complaints *);

/*
 * Reads the files that are named; any may be NULL. Without a roster, persons come from
 * the other files by their id alone. Dates are of the zone (NULL: UTC); `until` and a
 * date without a time of day in it mean the last instant of that day. NULL on any
 * mistake, all of them complained of. The names of the files must outlive the
 * complaints.
 */
struct people *people_load(struct papers *, const struct zone *, struct complaints *);
void people_free(struct people *);

const struct person *person_find(const struct people *, struct text id);
bool person_in_group(const struct person *, struct text group);
/* By the roster. What was done until then goes on counting. */
bool person_has_left(const struct person *, int64_t at);

const char *deed_kind_name(enum deed_kind); /* "examination" … */
const char *ownership_name(enum ownership);
const char *custody_event_name(enum custody_event);
const char *identifier_type_name(enum identifier_type);

/*
 * The custody row that says who held a thing at a time: the latest row that has
 * begun and not ended by then, among those that name it by this MAC, host name
 * or client id (any may be absent). NULL: nobody known. Host names fold case. A
 * row whose event is not "issued" says where it went, and who had it before.
 */
const struct custody *custody_at(const struct people *, const struct addr *macs,
    size_t n_macs, const struct text *hostnames, size_t n_hostnames,
    const struct text *client_ids, size_t n_client_ids, int64_t at);

/*
 * The same of the best so far and the rows of one more identifier: the later begun; of
 * two that began together the later line.
 */
const struct custody *custody_later(const struct custody *best,
    const struct custody *rows, int64_t at);

/* Whether a row says that somebody has it at an instant: no later one began by then. */
bool custody_is_held(const struct custody *, int64_t at);

/*
 * The rows of one identifier by time (next_of_thing), or NULL. A client id is
 * hexadecimal, with or without separators.
 */
const struct custody *custody_of_mac(const struct people *, struct addr);
const struct custody *custody_of_name(const struct people *, enum identifier_type,
    struct text);

/* What is on record of an identifier, by time (next_of_thing), or NULL. */
const struct deed *deeds_of_mac(const struct people *, struct addr);
const struct deed *deeds_of_name(const struct people *, enum identifier_type,
    struct text);

/* The latest record that a thing was given instead of another, or NULL. */
const struct deed *deed_that_gave(const struct people *, enum identifier_type,
    struct text);

/* The exceptions that name an identifier, in the order of the file (next_of_thing). */
const struct exception *exceptions_of_mac(const struct people *, struct addr);
const struct exception *exceptions_of_name(const struct people *, struct text);

#endif
