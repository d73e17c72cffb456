/* SPDX-License-Identifier: ISC */
/*
 * What a store is made of, and how an older one becomes a newer one. A migration is
 * never changed once it was released: a new one is added below.
 */
#include <stdio.h>
#include <string.h>

#include "store/sql.h"

/* "intd": what kind of a file this is (SQLite's application_id). */
enum { APPLICATION = 0x696e7464 };

static const char *const migrations[] = {
	/* 1 */
	"CREATE TABLE ledger(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL,"
	" kind TEXT NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL,"
	" before BLOB NOT NULL, hash BLOB NOT NULL);"
	"CREATE INDEX ledger_kind ON ledger(kind, seq);"
	"CREATE TABLE head(seq INTEGER NOT NULL, time INTEGER NOT NULL,"
	" hash BLOB NOT NULL, signature BLOB NOT NULL, PRIMARY KEY(seq, time));"
	"CREATE TABLE input(id INTEGER PRIMARY KEY, digest TEXT NOT NULL,"
	" name TEXT NOT NULL, frames INTEGER, bytes INTEGER, cut INTEGER,"
	" dropped INTEGER, skipped INTEGER, damage TEXT, synthetic INTEGER,"
	" added INTEGER, blind TEXT);"
	"CREATE INDEX input_digest ON input(digest);"
	"CREATE TABLE endpoint(id INTEGER PRIMARY KEY, mac BLOB NOT NULL,"
	" ip BLOB NOT NULL, ttl INTEGER, bound INTEGER, client INTEGER,"
	" first INTEGER NOT NULL, last INTEGER NOT NULL, UNIQUE(mac, ip));"
	"CREATE TABLE value(id INTEGER PRIMARY KEY, key TEXT NOT NULL,"
	" value BLOB NOT NULL, UNIQUE(key, value));"
	/* Day by day, so that it can be said what was known at a time. */
	"CREATE TABLE fact(endpoint INTEGER NOT NULL, value INTEGER NOT NULL,"
	" day INTEGER NOT NULL,"
	" first INTEGER NOT NULL, last INTEGER NOT NULL, count INTEGER NOT NULL,"
	" input INTEGER, frame INTEGER, decoder INTEGER, source INTEGER,"
	" vlan INTEGER, src_port INTEGER, dst_port INTEGER, proto INTEGER,"
	" ttl INTEGER, peer INTEGER, PRIMARY KEY(endpoint, value, day)) WITHOUT ROWID;"
	"CREATE TABLE stay(endpoint INTEGER NOT NULL, vlan INTEGER NOT NULL,"
	" first INTEGER NOT NULL, last INTEGER NOT NULL,"
	" PRIMARY KEY(endpoint, vlan, first)) WITHOUT ROWID;"
	/* Derived from the ledger: */
	"CREATE TABLE paper(kind TEXT NOT NULL, key TEXT NOT NULL,"
	" seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY(kind, key))"
	" WITHOUT ROWID;"
	"CREATE INDEX paper_seq ON paper(kind, seq);"
	/* Derived from all of it: what was judged last. */
	"CREATE TABLE tally(directive TEXT NOT NULL, word TEXT NOT NULL,"
	" n INTEGER NOT NULL, PRIMARY KEY(directive, word)) WITHOUT ROWID;"
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;",
};
enum { VERSION_NOW = sizeof migrations / sizeof *migrations };

static int
number_of(struct store *s, const char *pragma, int *out, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s, pragma, err);

	if (q == NULL)
		return -1;
	bool got = sqlite3_step(q) == SQLITE_ROW;
	*out = got ? sqlite3_column_int(q, 0) : 0;
	if (!got)
		(void)sql_error(s, err);
	(void)sqlite3_finalize(q);
	return got ? 0 : -1;
}

/* PATH.before-N, whole or not at all. */
static int
copy_before(struct store *s, int version, struct err *err)
{
	char sql[8192], name[4096];

	(void)snprintf(name, sizeof name, "%s.before-%d", s->path, version + 1);
	(void)remove(name);
	(void)sqlite3_snprintf(sizeof sql, sql, "VACUUM INTO %Q", name);
	if (sql_run(s, sql, err) != 0)
		return err_before(err,
		    "no copy could be made before the store is "
		    "brought up to date");
	return 0;
}

/* One version further, unless another process took that step meanwhile. */
static int
step(struct store *s, int version, struct err *err)
{
	char sql[96];
	int stands;

	(void)snprintf(sql, sizeof sql,
	    "PRAGMA user_version = %d; PRAGMA application_id = %d", version + 1,
	    APPLICATION);
	if (sql_run(s, "BEGIN IMMEDIATE", err) != 0)
		return -1;
	if (number_of(s, "PRAGMA user_version", &stands, err) == 0 &&
	    (stands > version ||
	        (sql_run(s, migrations[version], err) == 0 &&
	            sql_run(s, sql, err) == 0)) &&
	    sql_run(s, "COMMIT", err) == 0)
		return 0;
	(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

static int
check_kind(struct store *s, int version, int tables, struct err *err)
{
	int kind;

	if (number_of(s, "PRAGMA application_id", &kind, err) != 0)
		return -1;
	if (kind == APPLICATION || (tables == 0 && s->mode != STORE_READ))
		return 0;
	(void)version;
	return err_set(err, "%s is a database, and not a store of interdict", s->path);
}

int
store_migrate(struct store *s, struct err *err)
{
	int version, tables;

	if (number_of(s, "PRAGMA user_version", &version, err) != 0 ||
	    number_of(s, "SELECT count(*) FROM sqlite_schema", &tables, err) != 0 ||
	    check_kind(s, version, tables, err) != 0)
		return -1;
	if (version > VERSION_NOW)
		return err_set(err,
		    "%s was written by a newer interdict (its version is %d, this one "
		    "knows %d): use that one; nothing was changed",
		    s->path, version, VERSION_NOW);
	if (version == VERSION_NOW)
		return 0;
	if (s->mode == STORE_READ)
		return err_set(err,
		    "%s is of an older interdict (version %d of %d): any command that "
		    "writes to it brings it up to date",
		    s->path, version, VERSION_NOW);
	if (version > 0 && copy_before(s, version, err) != 0)
		return -1;
	for (; version < VERSION_NOW; version++)
		if (step(s, version, err) != 0)
			return -1;
	return 0;
}
