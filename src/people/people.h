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
	unsigned line; /* of the roster */
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
};

struct statement {
	const struct person *person;
	const char *text; /* "holds no smartphone" */
	int64_t date;
	const char *by;
	bool holds_none;    /* it is a nil declaration */
	const char *object; /* of which: the words after "holds no", else NULL */
	unsigned line;
};

struct exception {
	const char *directive;
	const struct person *person; /* or NULL */
	const char *identifier;      /* or NULL: of a device */
	const char *ground, *mitigation;
	const struct person *approver; /* NULL when only a name was given */
	const char *approver_text;
	int64_t from, until; /* until is the end of its day */
	unsigned line;
};

struct people {
	struct arena arena;
	const struct zone *zone; /* of every date in the files */
	const char *roster_file, *custody_file, *statements_file, *exceptions_file;
	struct person *persons;
	size_t n_persons;
	struct custody *custody; /* in the order of the file */
	size_t n_custody;
	struct statement *statements;
	size_t n_statements;
	struct exception *exceptions;
	size_t n_exceptions;
};

/*
 * Any file but the roster may be NULL; without a roster, persons come from the
 * custody file by their id alone. NULL on any mistake, all of them complained of.
 */
struct people *people_load(const char *roster, const char *custody,
    const char *statements, const char *exceptions, const struct zone *,
    struct complaints *);
void people_free(struct people *);

const struct person *person_find(const struct people *, struct text id);
bool person_in_group(const struct person *, struct text group);

const char *ownership_name(enum ownership);
const char *custody_event_name(enum custody_event);
const char *identifier_type_name(enum identifier_type);

/*
 * The custody row that says who held a thing at a time: the latest row that has
 * begun and not ended by then, among those that name it by this MAC, host name
 * or client id (any may be absent). NULL: nobody known. Host names fold case.
 */
const struct custody *custody_at(const struct people *, const struct addr *macs,
    size_t n_macs, const struct text *hostnames, size_t n_hostnames,
    const struct text *client_ids, size_t n_client_ids, int64_t at);

#endif
