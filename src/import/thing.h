/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_THING_H
#define IMPORT_THING_H

#include "import/table.h"

/*
 * A row of an inventory, whoever keeps it: a thing, what it is said to be, who holds
 * it. It becomes an item; facts of the link-layer address when it has one, in a family
 * of their own, so that they weigh beside what the wire says; and a row of custody when
 * it names a person and the day since when.
 */
enum thing_field {
	THING_NAME,
	THING_MANUFACTURER,
	THING_MODEL,
	THING_OS,
	THING_VERSION,
	THING_SERIAL,
	THING_IMEI,
	THING_MAC,
	THING_WIRED_MAC, /* where both are there this one is the second */
	THING_IP,
	THING_PERSON,
	THING_EMAIL, /* of the person, when it has no other id */
	THING_OWNERSHIP,
	THING_SINCE, /* enrolled, checked out: since when the person holds it */
	THING_SEEN,
	THING_STATE,
	THING_ID, /* the inventory's own */
	THING_FIELDS
};

struct things {
	struct reader *r;
	bool is_utc; /* of dates without a zone */
	struct seen_word *seen;
	size_t cap, n;
};

/* Reads a table whose columns are these; the rest of the reader is this call. */
void things_read(struct reader *, const struct table_field fields[THING_FIELDS],
    bool is_utc);

/* One row of it, of the line at hand. */
void things_take(struct things *, const struct text cells[THING_FIELDS]);
void things_end(struct things *);

/*
 * Of an account that was closed: by the date of the file its person has left, at the
 * latest. False, with a complaint, where that is not known.
 */
bool things_left(struct reader *, struct text *cell);

/* True the first time; else a complaint that names the line of the first. */
bool things_first(struct things *, const char *what, struct text id);

#endif
