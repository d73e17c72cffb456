/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "base/writer.h"
#include "base/zone.h"
#include "fact/fact.h"
#include "fact/server.h"

/*
 * What an organisation already has, as records: logs and lease files say facts of
 * addresses, as if they had been seen on the wire; rosters, inventories and the papers
 * say rows. A format is a file here and a row of imports.tsv; it is known by its
 * content, or named. A reader keeps nothing: it calls back.
 */
enum import_format {
#define IMPORT(key, function, name, zoned, recognised, source, gives) key,
#include "imports.inc"
#undef IMPORT
	IMPORTS,
	IMPORT_UNKNOWN = IMPORTS
};

struct import_row {
	const char *name;       /* suricata-eve */
	bool zoned;             /* its times have no zone: --zone says which */
	const char *recognised; /* by what in the content */
	const char *source;     /* the document that it follows */
	const char *gives;      /* what the records are */
};

const struct import_row *import_row(enum import_format);
enum import_format import_find(struct text name); /* IMPORT_UNKNOWN: none */
/* The nearest name, or NULL. */
const char *import_nearest(struct text name);
/* By the first bytes of a file, unpacked. */
enum import_format import_recognise(struct text head);

/* A fact's `decoder` when a log said it: this and the number of the format. */
enum { IMPORT_DECODER = 0x8000 };

/*
 * Rows of papers: cells by the columns of the paper, as in interdict-papers(5). An
 * item is a thing that an inventory lists, with what it says of it: evidence of its
 * own kind, which neither overwrites what the wire says nor is overwritten by it.
 */
enum import_paper {
	PAPER_PERSON,
	PAPER_CUSTODY,
	PAPER_STATEMENT,
	PAPER_EXCEPTION,
	PAPER_LINK,
	PAPER_CORRECTION,
	PAPER_ITEM,
	PAPERS
};

enum item_column {
	ITEM_IDENTIFIER,
	ITEM_TYPE, /* serial, imei, mac, hostname, as in custody; or inventory-id */
	ITEM_NAME,
	ITEM_MANUFACTURER,
	ITEM_MODEL,
	ITEM_OS,
	ITEM_VERSION,
	ITEM_SERIAL,
	ITEM_IMEI,
	ITEM_MAC,
	ITEM_PERSON,
	ITEM_OWNERSHIP,
	ITEM_SEEN, /* when the inventory last heard of it */
	ITEM_STATE,
	ITEM_COLUMNS
};

/* The columns of custody, in the order of its paper. */
enum custody_column {
	CUSTODY_IDENTIFIER,
	CUSTODY_TYPE,
	CUSTODY_PERSON,
	CUSTODY_OWNERSHIP,
	CUSTODY_FROM,
	CUSTODY_UNTIL,
	CUSTODY_EVENT,
	CUSTODY_CELLS
};

/* And of the roster. */
enum person_column {
	PERSON_ID,
	PERSON_NAME,
	PERSON_EMAIL,
	PERSON_GROUPS,
	PERSON_ROLE,
	PERSON_RANK,
	PERSON_SITE,
	PERSON_LEFT,
	PERSON_CELLS
};

enum { PAPER_CELLS = 16, CELL_MOST = 4096 };

struct paper_row {
	enum import_paper kind;
	const struct text *cells; /* as many as paper_columns() says; empty: absent */
	uint32_t file;            /* index, from 0 */
	uint64_t line;
};

const char *paper_name(enum import_paper);
/* The names of the columns of a paper, in the order of its cells. */
size_t paper_columns(enum import_paper, const char *names[PAPER_CELLS]);

/* A line, or a part of one, that was passed over. */
struct import_wrong {
	uint32_t file;
	uint64_t line;   /* from 1; 0: the file as a whole */
	uint64_t column; /* from 1, in characters; 0: the line as a whole */
	const char *text;
};

/* The sighting of a fact has the index of the file in `capture`, the line in `frame`.
 */
struct import_sink {
	void (*fact)(void *state, const struct fact *);
	void (*presence)(void *state, const struct presence *);
	void (*row)(void *state, const struct paper_row *);
	void (*wrong)(void *state, const struct import_wrong *);
	void *state;
};

struct import_options {
	enum import_format format;      /* IMPORT_UNKNOWN: by content */
	const struct zone *zone;        /* of times without one; NULL: UTC */
	const struct zone *papers_zone; /* of dates in rows; NULL: the same */
	int64_t as_of; /* the date of rows that have none; TIME_NONE: none */
	bool strict;   /* the first wrong line ends the file */
	/* The ranges of the site: what is in them is there, and no host of the
	 * Internet. */
	const struct prefix *own;
	size_t n_own;
	const struct servers *servers; /* to tell by their addresses; NULL: none */
};

struct import_counts {
	enum import_format format;
	uint64_t bytes, lines, records, facts, presences;
	uint64_t rows[PAPERS];
	uint64_t wrong, other; /* lines passed over: wrong; right, but of no use here */
	bool stopped;          /* by `strict`, or because it could not be read on */
};

/*
 * Reads one open file to its end, plain, gzip or zstd; takes fd over. False when it was
 * not read to its end (counts.stopped) or is of no known format; the sink was told why.
 */
bool import_read(int fd, uint32_t file, const struct import_options *,
    const struct import_sink *, struct import_counts *);

/* Between processes, field by field. False on a message that is cut or out of range. */
void paper_row_write(struct writer *, const struct paper_row *);
bool paper_row_read(struct cursor *, struct paper_row *,
    struct text cells[PAPER_CELLS]);
void import_counts_write(struct writer *, const struct import_counts *);
bool import_counts_read(struct cursor *, struct import_counts *);

#endif
