/* SPDX-License-Identifier: ISC */
#ifndef CMD_IMPORT_H
#define CMD_IMPORT_H

#include "base/err.h"
#include "import/import.h"

/*
 * Files to import are hostile bytes: a process of its own reads them, shut in like the
 * sensor, and sends records. This is the parent's side: it takes them and hands them to
 * a sink. What a run that failed has said until then has been taken: who keeps records
 * keeps them only when it returned 0.
 */
struct import_job {
	const char **files; /* names as given; "-" is standard input */
	size_t n;
	enum import_format format; /* IMPORT_UNKNOWN: by content */
	const char *zone;          /* of times without one, or NULL: UTC */
	const char *papers_zone;   /* of the dates in rows; NULL: the same */
	const char *as_of_text;
	int64_t as_of;      /* of rows without a date; TIME_NONE: that of the file */
	bool strict;        /* the first wrong line ends all of it */
	bool every;         /* every fact; else only news (fact/known.h) */
	bool complete;      /* the rosters have all who are there */
	bool dry;           /* nothing is kept */
	struct prefix *own; /* the ranges of the site */
	size_t n_own;
	struct servers servers;
};

/*
 * Runs one to its end. counts has job->n places. -1 with err when a file cannot be
 * opened, the reader died, or `strict` ended it; a file that could not be read to its
 * end is no error here: see counts.stopped.
 */
int import_run(const struct import_job *, const struct import_sink *,
    struct import_counts *counts, struct err *);

/* What parent and reader say to each other besides records. */
struct reader_config {
	uint32_t n;
	enum import_format format;
	bool strict, every;
	struct text zone, papers_zone; /* "" for none */
	int64_t *as_of;                /* of each file */
	struct prefix *own;
	size_t n_own;
	struct servers servers;
};

void reader_config_write(struct writer *, const struct reader_config *);
/* as_of, own and servers are allocated: reader_config_free(). */
bool reader_config_read(struct cursor *, struct reader_config *);
void reader_config_free(struct reader_config *);

void import_wrong_write(struct writer *, const struct import_wrong *);
/* Into buf: the text with a NUL. */
enum { WRONG_TEXT = 640 };
bool import_wrong_read(struct cursor *, struct import_wrong *, char buf[WRONG_TEXT]);

#endif
