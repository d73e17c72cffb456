/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include "base/arena.h"
#include "base/time.h"
#include "capture/stream.h"
#include "import/import.h"

/*
 * What the readers of all formats share: the file at hand line by line, a place for
 * complaints, and the ways out for records. A line's bytes live until the next one is
 * asked for; so does what is taken from the arena.
 */
struct reader {
	const struct import_options *options;
	const struct import_sink *sink;
	struct import_counts *counts;
	struct stream stream;
	char *buf;
	size_t cap, from, to; /* bytes read and not yet given */
	bool ended, damaged;
	bool skipping; /* the rest of a line that is too long */
	bool cut;      /* the line at hand has no end */
	uint64_t number;
	struct text line;
	struct arena arena;
	struct sighting seen; /* of the line at hand */
	struct presence_table *presences;
	int64_t day; /* of the last timestamp that had a zone: most lines share it */
	char date[10];
};

enum { LINE_MOST = 4 << 20, WHOLE_MOST = 512 << 20 };

/*
 * The next line, without its end, in r->line; false at the end, or when the file is
 * not to be read on. A line that is no UTF-8 or has control characters is complained
 * of and passed over. Empty lines come as they are.
 */
bool reader_line(struct reader *);
/* Whether the file ends within the line at hand, which is complained of: what programs
 * write line by line and a cut would make say something else. */
bool reader_is_cut(struct reader *);
/* All that is left of the file. False: too much of it, with a complaint. */
bool reader_whole(struct reader *, struct text *);
/* Whether the line at hand is text: complains of its first byte that is not. */
bool reader_is_text(struct reader *, struct text);

/* Complains of the line at hand, and counts it. Always false. */
bool reader_wrong(struct reader *, uint64_t column, const char *format, ...)
    PRINTF_LIKE(3, 4);
/* The same of another line than the one at hand. */
bool reader_wrong_at(struct reader *, uint64_t line, uint64_t column,
    const char *format, ...) PRINTF_LIKE(4, 5);

/*
 * Facts of the line at hand: nothing is said of nobody, or without a value; a value
 * that is longer than any fact may be is complained of.
 */
void reader_say(struct reader *, enum fact_key, struct addr subject, struct text);
/* Whether it is in a range of the site; whether it is that or private. */
bool reader_is_of_site(const struct reader *, struct addr ip);
bool reader_is_ours(const struct reader *, struct addr ip);
/* That a link-layer address has a network address; neither may be nobody's. */
void reader_bind(struct reader *, enum fact_key, struct addr mac, struct addr ip);
/* The same of one who asked for it or used it just then, and so was there with it. */
void reader_bind_there(struct reader *, enum fact_key, struct addr mac, struct addr ip);
/* That somebody was there from first to last. Either address may be ADDR_NONE. */
void reader_there(struct reader *, struct addr mac, struct addr ip, int64_t first,
    int64_t last, uint64_t packets);
/* What the client of the connection at hand says by whom it contacted. */
void reader_contacted(struct reader *);
/* That the sender of the record at hand was there: an address of the Internet is
 * nobody's here. */
void reader_sender_there(struct reader *);
void reader_row(struct reader *, enum import_paper, const struct text *cells);

/* Begins a record that was seen at that time: ports, addresses and VLAN are cleared. */
void reader_at(struct reader *, int64_t time);

/* when.c: times as formats write them. All false when it is none. */

/* 1679994723.123456: seconds since 1970, with any fraction. */
bool when_epoch(struct text, int64_t *);
/*
 * 2023-03-28T09:12:03.123456+0000, also with Z, +00:00 or a blank; without an offset
 * it is of the reader's zone, unless the format says that it is UTC.
 */
bool when_iso(struct reader *, struct text, bool is_utc, int64_t *);
/* As products show it: Tue Mar 28, 2023 9:12AM; 28 Mar 2023; 2023-03-28 09:12 PM.
 * Months have their English names: which of two numbers is the month nobody can know.
 */
bool when_shown(struct reader *, struct text, bool is_utc, int64_t *);
/* As a cell of a paper: YYYY-MM-DD HH:MM:SS in the reader's zone; "" for TIME_NONE. */
struct text when_cell(struct reader *, int64_t);

/* presence.c: who was there, told once an hour of the log's time. */
struct presence_table *presence_table_new(void);
void presence_table_free(struct presence_table *);
void presence_add(struct presence_table *, const struct presence *,
    const struct import_sink *, struct import_counts *);
void presence_flush(struct presence_table *, const struct import_sink *,
    struct import_counts *);

/* The readers: one a row of imports.tsv. */
#define IMPORT(key, function, name, zoned, recognised, source, gives) \
	bool import_##function##_is(struct text head);                \
	void import_##function##_read(struct reader *);
#include "imports.inc"
#undef IMPORT

#endif
