/* SPDX-License-Identifier: ISC */
#ifndef CMD_EVENT_H
#define CMD_EVENT_H

#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/scan.h"
#include "store/store.h"

/*
 * A command that writes something down. It begins with the matter as it stands, adds
 * its entries, and ends: then everything is read back, with the strictness of the
 * papers, and either all of it is signed and committed or nothing has changed.
 */
struct event_options {
	const char *store, *by, *at;
	bool json;
};

/* The rows that all these commands have in their table of options. */
#define EVENT_OPTIONS(o)                                                          \
	{ "at", OPTION_TEXT, &(o).at, "TIME", "when it happened; default: now" }, \
	    EVENT_STORE_OPTIONS(o)
#define EVENT_STORE_OPTIONS(o)                                     \
	{ "store", OPTION_STORE, &(o).store, "[FILE.db]",          \
		"which one; default: " STORE_FILE },               \
	    { "by", OPTION_TEXT, &(o).by, "NAME",                  \
		    "who writes it down; default: the account" },  \
	{                                                          \
		"json", OPTION_FLAG, &(o).json, NULL, "JSON Lines" \
	}

enum { EVENT_ENTRIES = 8 };

struct event {
	const char *command;
	const struct event_options *options;
	struct scan scan; /* before; scan.people may be NULL */
	const char *by;
	int64_t now;
	const char *at; /* --at, else now, as the papers write it */
	uint64_t first; /* the number of the first entry of its own */
	size_t added, known;
	bool failed;
	const char *kinds[EVENT_ENTRIES];  /* of its entries */
	struct text bodies[EVENT_ENTRIES]; /* of the last of each kind */
	size_t n_kinds;
	struct new_file page; /* to be signed: it gets its name with the commit */
	bool has_page;
};

/* False with the reason on stderr; event_drop() it in any case. With `devices` the
 * register is there, too, as of --at, else of the last packet. */
bool event_begin(struct event *, const char *command, const struct event_options *,
    bool devices);
/* Adds an entry; empty values are left out. Mistakes show at the end. */
void event_add(struct event *, const char *kind, struct pair_of_text *, size_t n);
/* The exit status. Prints the entries; `sentence` (or NULL) before them. */
int event_end(struct event *, const char *sentence);
void event_drop(struct event *);

/* Complains on stderr in the name of the command; EXIT_BAD. */
int event_refuse(const struct event *, const char *format, ...) PRINTF_LIKE(2, 3);
/* A copy that lives as long as the event. */
const char *event_text(struct event *, const char *format, ...) PRINTF_LIKE(2, 3);
/* An instant as the papers write it. */
const char *event_when(const struct event *, int64_t, char buf[TIME_TEXT]);

/*
 * What kind of an identifier it is: as given, as custody knows it, or by its looks.
 * False, with a complaint, where only a person can tell.
 */
bool event_identifier(struct event *, const char *identifier, const char *given,
    enum identifier_type *);
/* Whoever holds it by custody at an instant, or held it last; NULL: nobody known. */
const struct custody *event_custody(const struct event *, const char *identifier,
    enum identifier_type, int64_t at);
/*
 * The same, by what the register links with it, too: another address, a host name, a
 * client id, the serial number that an inventory has of it; then it says by which on
 * stderr. Of a person that was named only what they have counts. *held is NULL where
 * nobody is known. False, with a complaint, where two persons may have it.
 */
bool event_holding(struct event *, const char *identifier, enum identifier_type,
    int64_t at, const char *person, const struct custody **held);
bool event_same_name(const char *a, const char *b, enum identifier_type);
/* The latest record of a kind until an instant, or NULL. */
const struct deed *event_deed(const struct event *, const char *identifier,
    enum identifier_type, enum deed_kind, int64_t until);
/* The instant of --at, else now. */
bool event_instant(struct event *, int64_t *);
/* Of a date as written after an option; a complaint when it is none. */
bool event_date(const struct event *, const char *option, const char *text, int64_t *);
/* The device that has it, as far as it was ever seen; NULL. */
const struct device *event_device(const struct event *, const char *identifier,
    enum identifier_type);
/* An option that need not be there, as a value of an entry. */
struct text event_option(const char *);
/* An order of the store, or a complaint with those that there are; NULL. */
const struct directive *event_order(struct event *, const char *id);
/* A person of the roster, or a complaint with the nearest; NULL. */
const struct person *event_person(struct event *, const char *id);

/* let_go.c: whether the orders in force let a thing go so; else with the reason. */
struct going {
	const char *identifier;
	enum identifier_type type;
	enum custody_event event;
	const char *word;              /* of the command line */
	int64_t examined_at, wiped_at; /* TIME_NONE: not at all */
};
bool orders_let_go(struct event *, const struct going *);

/* The last entry of a kind that the event wrote, or that stood there already: for a
 * receipt, which can so be printed again. */
struct written {
	uint64_t seq;
	char hash[LEDGER_HEX];
	const char *actor;
	int64_t time;
};
/* False with the reason on stderr; then the event has failed. */
bool event_written(struct event *, const char *kind, struct written *);

/* ledger.c: one entry as a line of JSON, with its hash or without. */
void entry_json(struct writer *, const struct entry *, bool hashed);

#endif
