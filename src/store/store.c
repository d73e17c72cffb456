/* SPDX-License-Identifier: ISC */
/* The file, its transactions, and what SQLite's errors mean to a person. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sql.h"

static const char *const statements[SQL_STATEMENTS] = {
	[SQL_ADD_ENTRY] = "INSERT INTO ledger VALUES(?,?,?,?,?,?,?)",
	[SQL_LAST_ENTRY] = "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1",
	[SQL_PAPER_IS] = "SELECT body FROM paper WHERE kind=? AND key=?",
	[SQL_SET_PAPER] = "INSERT INTO paper VALUES(?1,?2,?3,?4) ON CONFLICT DO UPDATE "
	                  "SET seq=excluded.seq, body=excluded.body",
	[SQL_ADD_INPUT] = "INSERT INTO input VALUES(NULL,?,?,?,?,?,?,?,?,?,?,?)",
	[SQL_HAS_INPUT] = "SELECT 1 FROM input WHERE digest=?",
	[SQL_ENDPOINT] =
	    "INSERT INTO endpoint VALUES(NULL,?1,?2,?3,?4,?5,?6,?7) ON CONFLICT DO "
	    "UPDATE SET ttl=iif((excluded.ttl IN (32,64,128,255), excluded.ttl)>"
	    "(ttl IN (32,64,128,255), ttl), excluded.ttl, ttl), "
	    "bound=bound|excluded.bound, "
	    "client=client|excluded.client, first=min(first,excluded.first), "
	    "last=max(last,excluded.last) RETURNING id",
	[SQL_ADD_VALUE] = "INSERT INTO value VALUES(NULL,?,?)",
	[SQL_VALUE] = "SELECT id FROM value WHERE key=? AND value=?",
	/* Where it was said is that of the first, by time and then by frame. */
	[SQL_ADD_FACT] =
	    "INSERT INTO fact "
	    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)"
	    " ON CONFLICT DO UPDATE SET count=min(count+excluded.count,4294967295),"
	    " last=max(last,excluded.last),"
	    " (first,input,frame,decoder,source,vlan,src_port,dst_port,proto,ttl,peer)="
	    " (SELECT excluded.first,excluded.input,excluded.frame,excluded.decoder,"
	    " excluded.source,excluded.vlan,excluded.src_port,excluded.dst_port,"
	    " excluded.proto,excluded.ttl,excluded.peer WHERE "
	    "(excluded.first,excluded.frame)<(first,frame)"
	    " UNION ALL SELECT first,input,frame,decoder,source,vlan,src_port,dst_port,"
	    " proto,ttl,peer LIMIT 1)",
	[SQL_RETAIN] =
	    "INSERT INTO temp.retain SELECT id, ?3, ?4 FROM endpoint WHERE mac=?1 AND "
	    "ip=?2 ON CONFLICT DO UPDATE SET level=max(level,excluded.level)",
	[SQL_ADD_STAY] = "INSERT INTO stay VALUES(?1,?2,?3,?4) ON CONFLICT DO UPDATE "
	                 "SET last=max(last,excluded.last)",
};

int
sql_error(struct store *s, struct err *err)
{
	int code = sqlite3_errcode(s->db), system = sqlite3_system_errno(s->db);

	switch (code & 0xff) {
	case SQLITE_FULL:
		return err_set(err, "the disk of %s is full: nothing was written",
		    s->path);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, "%s is in use by another process: try again",
		    s->path);
	case SQLITE_NOTADB:
		return err_set(err, "%s is no store of interdict, and no database",
		    s->path);
	case SQLITE_CORRUPT:
		return err_set(err,
		    "%s is damaged (%s): take a copy of it, then `sqlite3 FILE "
		    ".recover`",
		    s->path, sqlite3_errmsg(s->db));
	case SQLITE_READONLY:
		return err_set(err, "%s may not be written to", s->path);
	case SQLITE_CANTOPEN:
		return err_set(err, "%s cannot be opened: %s", s->path,
		    system != 0 ? strerror(system) : sqlite3_errmsg(s->db));
	case SQLITE_IOERR:
		return err_set(err, "%s cannot be read or written: %s", s->path,
		    system != 0 ? strerror(system) : sqlite3_errmsg(s->db));
	default:
		return err_set(err, "%s: %s", s->path, sqlite3_errmsg(s->db));
	}
}

int
sql_run(struct store *s, const char *sql, struct err *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK
	    ? 0
	    : sql_error(s, err);
}

/*
 * What is read goes by once, from the first page to the last: to hold more than the
 * indexes on the way helps nobody. Where rows are put in by the hundred thousand, pages
 * are found again.
 */
static const char narrow[] = "PRAGMA cache_size = -2048",
                  wide[] = "PRAGMA cache_size = -65536";

void
sql_widen(struct store *s)
{
	if (!s->wide)
		(void)sqlite3_exec(s->db, wide, NULL, NULL, NULL);
	s->wide = true;
}

static void
narrow_again(struct store *s)
{
	if (s->wide)
		(void)sqlite3_exec(s->db, narrow, NULL, NULL, NULL);
	s->wide = false;
	s->appended = 0;
}

sqlite3_stmt *
sql_prepare(struct store *s, const char *sql, struct err *err)
{
	sqlite3_stmt *q = NULL;

	if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) == SQLITE_OK)
		return q;
	(void)sql_error(s, err);
	return NULL;
}

sqlite3_stmt *
sql_ready(struct store *s, enum statement_id id)
{
	if (s->ready[id] == NULL) {
		int code = sqlite3_prepare_v3(s->db, statements[id], -1,
		    SQLITE_PREPARE_PERSISTENT, &s->ready[id], NULL);
		if (code == SQLITE_ERROR || s->ready[id] == NULL)
			FAULT(sqlite3_errmsg(s->db));
	}
	(void)sqlite3_reset(s->ready[id]);
	return s->ready[id];
}

int
sql_digest(struct store *s, const char *sql, char out[65], struct err *err)
{
	crypto_generichash_state h;
	uint8_t sum[32];
	int code;
	sqlite3_stmt *q = sql_prepare(s, sql, err);

	if (q == NULL)
		return -1;
	(void)crypto_generichash_init(&h, NULL, 0, sizeof sum);
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(q); i++) {
			struct text t = sql_text(q, i);
			uint64_t n = t.len;
			(void)crypto_generichash_update(&h, (const uint8_t *)&n,
			    sizeof n);
			(void)crypto_generichash_update(&h, (const uint8_t *)t.s,
			    t.len);
		}
	(void)sqlite3_finalize(q);
	(void)crypto_generichash_final(&h, sum, sizeof sum);
	(void)hex_print(sum, sizeof sum, out);
	return code == SQLITE_DONE ? 0 : sql_error(s, err);
}

int
sql_done(struct store *s, sqlite3_stmt *q, struct err *err)
{
	int code = sqlite3_step(q);

	if (code == SQLITE_DONE || code == SQLITE_ROW) {
		(void)sqlite3_reset(q);
		return 0;
	}
	(void)sql_error(s, err);
	(void)sqlite3_reset(q);
	return -1;
}

/* For its owner alone: names and addresses are in it. Not made through a link. */
static int
make_file(const char *path, bool make, struct err *err)
{
	int fd = open(path, O_RDWR | (make ? O_CREAT : 0) | O_CLOEXEC | O_NOFOLLOW,
	    0600);

	if (fd < 0)
		return err_set(err, "%s cannot be %s: %s", path,
		    access(path, F_OK) == 0 ? "opened to be written" : "made",
		    strerror(errno));
	(void)close(fd);
	return 0;
}

enum beside {
	BESIDE_NOTHING, /* no log, or an empty one: whoever wrote has closed it */
	BESIDE_LOG,
	BESIDE_UNKNOWN
};

static enum beside
what_is_beside(const char *path)
{
	char log[PATH_MAX];
	struct stat st;

	if (snprintf(log, sizeof log, "%s-wal", path) >= (int)sizeof log)
		return BESIDE_UNKNOWN;
	return stat(log, &st) == 0 && st.st_size > 0 ? BESIDE_LOG : BESIDE_NOTHING;
}

static bool
may_make_beside(const char *path)
{
	const char *slash = strrchr(path, '/');
	char folder[PATH_MAX];

	(void)snprintf(folder, sizeof folder, "%.*s",
	    slash != NULL ? (int)(slash - path) + 1 : 1, slash != NULL ? path : ".");
	return access(folder, W_OK) == 0;
}

/*
 * SQLite reads a file in WAL mode only where it may make others beside it: a log, and
 * an index of it. A copy on a medium, or in somebody else's folder, is read as it
 * stands (sqlite.org/uri.html, immutable). Else both are removed by the last connection
 * that closes, if it may write (sqlite.org/wal.html): so a store that is at rest is
 * opened as if to be written, for queries only; the log of a writer is left to writers.
 */
static int
open_file(const struct store *s, sqlite3 **db)
{
	enum beside beside = what_is_beside(s->path);
	bool makes = may_make_beside(s->path);
	bool tidies = beside == BESIDE_NOTHING && makes && access(s->path, W_OK) == 0;
	int flags = SQLITE_OPEN_NOMUTEX |
	    (s->mode != STORE_READ || tidies ? SQLITE_OPEN_READWRITE
	                                     : SQLITE_OPEN_READONLY);
	struct writer w;

	if (s->mode != STORE_READ || makes || beside != BESIDE_NOTHING)
		return sqlite3_open_v2(s->path, db, flags, NULL);
	writer_to_memory(&w);
	put(&w, s->path[0] == '/' ? "file://" : "file:");
	for (const char *c = s->path; *c != '\0'; c++)
		if (strchr("%?#", *c) != NULL)
			putf(&w, "%%%02X", (unsigned)*c);
		else
			put_char(&w, *c);
	put(&w, "?immutable=1");
	put_char(&w, '\0');
	int code = sqlite3_open_v2(writer_text(&w).s, db, flags | SQLITE_OPEN_URI,
	    NULL);
	(void)writer_close(&w);
	return code;
}

static int
set_up(struct store *s, struct err *err)
{
	if (open_file(s, &s->db) != SQLITE_OK)
		return sql_error(s, err);
	(void)sqlite3_extended_result_codes(s->db, 1);
	(void)sqlite3_busy_timeout(s->db, 5000);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (s->mode != STORE_READ &&
	    (sql_run(s, "PRAGMA journal_mode = WAL", err) != 0 ||
	        sql_run(s, "PRAGMA synchronous = FULL", err) != 0))
		return -1;
	if (s->mode == STORE_READ && sql_run(s, "PRAGMA query_only = 1", err) != 0)
		return -1;
	if (sql_run(s, narrow, err) != 0 ||
	    sql_run(s, "PRAGMA temp_store = MEMORY", err) != 0)
		return -1;
	if (store_migrate(s, err) != 0)
		return -1;
	/* All that is read is of one moment, whoever writes meanwhile. */
	return s->mode == STORE_READ ? sql_run(s, "BEGIN", err) : 0;
}

struct store *
store_open(const char *path, enum store_mode mode, struct err *err)
{
	struct stat st;

	if (sodium_init() < 0) {
		(void)err_set(err, "libsodium does not start");
		return NULL;
	}
	if (stat(path, &st) != 0 && mode != STORE_MAKE) {
		(void)err_set(err,
		    "there is no store %s: `interdict scan --store` or `interdict "
		    "import` make one",
		    path);
		return NULL;
	}
	if (mode != STORE_READ && make_file(path, mode == STORE_MAKE, err) != 0)
		return NULL;
	struct store *s = must_alloc(1, sizeof *s);
	s->mode = mode;
	s->path = must_alloc(strlen(path) + 1, 1);
	memcpy(s->path, path, strlen(path) + 1);
	if (set_up(s, err) == 0)
		return s;
	store_close(s);
	return NULL;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < SQL_STATEMENTS; i++)
		(void)sqlite3_finalize(s->ready[i]);
	store_undo(s);
	for (size_t i = 0; i < s->n_tallies; i++) {
		free(s->tallies[i].directive);
		free(s->tallies[i].word);
	}
	free(s->tallies);
	(void)sqlite3_close(s->db);
	free(s->path);
	free(s);
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

int
store_begin(struct store *s, struct err *err)
{
	if (sql_run(s, "BEGIN IMMEDIATE", err) != 0)
		return -1;
	s->inside = true;
	s->last_known = false;
	return 0;
}

int
store_commit(struct store *s, struct err *err)
{
	if (sql_run(s, "COMMIT", err) != 0)
		return -1;
	s->inside = false;
	narrow_again(s);
	return 0;
}

void
store_undo(struct store *s)
{
	if (s->inside)
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	s->inside = s->retaining = false;
	s->last_known = false;
	narrow_again(s);
}
