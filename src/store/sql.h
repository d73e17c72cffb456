/* SPDX-License-Identifier: ISC */
#ifndef STORE_SQL_H
#define STORE_SQL_H

/* What the files of this folder share: nobody else sees SQLite. */
#include <sqlite3.h>

#include "store/store.h"

enum statement_id {
	SQL_ADD_ENTRY,
	SQL_LAST_ENTRY,
	SQL_PAPER_IS,
	SQL_SET_PAPER,
	SQL_ADD_INPUT,
	SQL_HAS_INPUT,
	SQL_ENDPOINT,
	SQL_ADD_VALUE,
	SQL_VALUE,
	SQL_ADD_FACT,
	SQL_ADD_STAY,
	SQL_RETAIN,
	SQL_STATEMENTS
};

struct tally_row {
	char *directive, *word;
	uint64_t n;
};

struct store {
	sqlite3 *db;
	char *path;
	enum store_mode mode;
	sqlite3_stmt *ready[SQL_STATEMENTS]; /* made when first used */
	uint8_t last_hash[LEDGER_HASH];
	uint64_t last_seq;
	bool last_known, inside;
	bool retaining;  /* the tables of retain.c are there */
	bool wide;       /* more of the file is held in memory */
	size_t appended; /* entries, in this transaction */
	struct tally_row *tallies;
	size_t n_tallies;
};

/* A statement of this row, reset; a fault of ours when it cannot be prepared. */
sqlite3_stmt *sql_ready(struct store *, enum statement_id);
/* For what is asked seldom: -1 with err. Finalize it. */
sqlite3_stmt *sql_prepare(struct store *, const char *sql, struct err *);
int sql_run(struct store *, const char *sql, struct err *);
/* For much that comes in no order, until the transaction ends. */
void sql_widen(struct store *);
/* Steps once a statement that gives no row. */
int sql_done(struct store *, sqlite3_stmt *, struct err *);
/* The words for what SQLite said last: the file, and what to do about it. */
int sql_error(struct store *, struct err *);

static inline struct text
sql_text(sqlite3_stmt *s, int column)
{
	const void *t = sqlite3_column_blob(s, column);
	int n = sqlite3_column_bytes(s, column);

	return (struct text){ t != NULL ? t : "", t != NULL ? (size_t)n : 0 };
}

static inline void
sql_bind_text(sqlite3_stmt *s, int at, struct text t)
{
	(void)sqlite3_bind_text64(s, at, t.s != NULL ? t.s : "", t.len, SQLITE_STATIC,
	    SQLITE_UTF8);
}

static inline void
sql_bind_blob(sqlite3_stmt *s, int at, struct text t)
{
	(void)sqlite3_bind_blob64(s, at, t.s != NULL ? t.s : "", t.len, SQLITE_STATIC);
}

/* An address as bytes: its kind, then as many as it has. */
struct text addr_bytes(const struct addr *, uint8_t buf[17]);
/* BLAKE2b-256 over all rows of a query, in hexadecimal. */
int sql_digest(struct store *, const char *sql, char out[65], struct err *);

/* migrate.c: brings a store up to date, with a copy of the one before. */
int store_migrate(struct store *, struct err *);

#endif
