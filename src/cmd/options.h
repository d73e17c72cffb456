/* SPDX-License-Identifier: ISC */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The options of a command as a table: --help is printed from it, an unknown one
 * is answered with the nearest known. `--name VALUE` and `--name=VALUE` are the
 * same; `--` ends options; other words are collected in their order.
 */
enum option_kind {
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_LIST,
	OPTION_STORE /* --store, --store=FILE or, when FILE ends in .db, --store FILE */
};

#define STORE_FILE "interdict.db" /* the store when none is named */

struct words {
	const char **list; /* of argv: never freed one by one */
	size_t n;
};

struct option_row {
	const char *name; /* without dashes */
	enum option_kind kind;
	void *to;          /* bool *, const char **, struct words * */
	const char *value; /* its name in --help, NULL for a flag */
	const char *about;
};

struct command {
	const char *name, *usage, *about;
	const struct option_row *rows;
	size_t n_rows;
	const char *after; /* more words at the end of --help, or NULL */
};

/*
 * True to go on. False: *status is the exit status (--help was printed, or the
 * usage was wrong and stderr says how). words_free() what was collected.
 */
bool options_read(const struct command *, int argc, char **argv, struct words *,
    int *status);
void words_free(struct words *);

#endif
