/* SPDX-License-Identifier: ISC */
/*
 * What is older than the site's limit, out of the store: by how much of each endpoint
 * must stay. Pages that are freed are overwritten.
 */
#include <string.h>

#include "base/time.h"
#include "store/sql.h"

static int
prepare(struct store *s, struct err *err)
{
	if (s->retaining)
		return 0;
	s->retaining = true;
	return sql_run(s,
	    "PRAGMA secure_delete = ON;"
	    "DROP TABLE IF EXISTS temp.retain; DROP TABLE IF EXISTS temp.doomed;"
	    "CREATE TEMP TABLE retain(endpoint INTEGER PRIMARY KEY,"
	    " level INTEGER NOT NULL, device INTEGER NOT NULL);"
	    "CREATE TEMP TABLE doomed(endpoint INTEGER, value INTEGER, day INTEGER,"
	    " PRIMARY KEY(endpoint, value, day)) WITHOUT ROWID",
	    err);
}

int
store_retain_mark(struct store *s, const struct addr *mac, const struct addr *ip,
    enum retain level, uint32_t device, struct err *err)
{
	uint8_t a[17], b[17];

	if (prepare(s, err) != 0)
		return -1;
	sqlite3_stmt *q = sql_ready(s, SQL_RETAIN);
	sql_bind_blob(q, 1, addr_bytes(mac, a));
	sql_bind_blob(q, 2, addr_bytes(ip, b));
	(void)sqlite3_bind_int(q, 3, (int)level);
	(void)sqlite3_bind_int64(q, 4, device);
	return sql_done(s, q, err);
}

/* Runs SQL with ?1 the first day and ?2 the first instant that stay; how many rows. */
static int
run_with(struct store *s, const char *sql, int64_t day, uint64_t *n, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s, sql, err);

	if (q == NULL)
		return -1;
	(void)sqlite3_bind_int64(q, 1, day);
	if (sqlite3_bind_parameter_count(q) > 1)
		(void)sqlite3_bind_int64(q, 2, day * DAY);
	int failed = sql_done(s, q, err);
	(void)sqlite3_finalize(q);
	if (!failed && n != NULL)
		*n = (uint64_t)sqlite3_changes64(s->db);
	return failed;
}

static const char find_doomed[] =
    "INSERT INTO temp.doomed SELECT f.endpoint, f.value, f.day FROM fact f"
    " LEFT JOIN temp.retain r ON r.endpoint = f.endpoint"
    " WHERE f.day < ?1 AND (coalesce(r.level, 0) = 0 OR (r.level = 1 AND EXISTS"
    "  (SELECT 1 FROM fact g WHERE g.endpoint = f.endpoint AND g.value = f.value"
    "   AND g.day > f.day)))";

static const char read_doomed[] =
    "SELECT e.mac, e.ip, v.key, v.value, f.day, f.first, f.last, f.count"
    " FROM temp.doomed d JOIN fact f USING(endpoint, value, day)"
    " JOIN endpoint e ON e.id = f.endpoint JOIN value v ON v.id = f.value"
    " ORDER BY e.mac, e.ip, v.key, v.value, f.day";

static const char delete_facts[] = "DELETE FROM fact WHERE (endpoint, value, day) IN"
                                   " (SELECT endpoint, value, day FROM temp.doomed)";

static const char delete_stays[] =
    "DELETE FROM stay WHERE ?1 = ?1 AND last < ?2 AND endpoint NOT IN"
    " (SELECT endpoint FROM temp.retain WHERE level = 2)";

/*
 * Of an address that is no device's, such as a host beyond a router, nothing is left;
 * that it was seen behind a link-layer address stays as long as that one does.
 */
/* How far the captures reach, even when nobody is left whom they showed last. */
static const char keep_last[] =
    "INSERT INTO meta SELECT 'heard', max(last) FROM endpoint WHERE true"
    " ON CONFLICT DO UPDATE SET value=max(cast(value AS INTEGER),"
    "  cast(excluded.value AS INTEGER))";

static const char delete_endpoints[] =
    "DELETE FROM endpoint AS e WHERE ?1 = ?1 AND e.last < ?2"
    " AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.endpoint = e.id)"
    " AND NOT EXISTS (SELECT 1 FROM stay t WHERE t.endpoint = e.id)"
    " AND coalesce((SELECT level FROM temp.retain WHERE endpoint = e.id),"
    "  (SELECT 1 FROM endpoint o LEFT JOIN temp.retain r ON r.endpoint = o.id"
    "   WHERE o.mac = e.mac AND o.id <> e.id"
    "   AND (o.last >= ?2 OR coalesce(r.level, 0) > 0) LIMIT 1), 0) = 0";

static const char forget_peers[] =
    "UPDATE fact SET peer = 0 WHERE peer <> 0 AND peer NOT IN"
    " (SELECT id FROM endpoint)";

static const char delete_values[] =
    "DELETE FROM value WHERE id NOT IN (SELECT value FROM fact)";

int
store_retain(struct store *s, int64_t day, struct retained *out, struct err *err)
{
	*out = (struct retained){ .facts = 0 };
	if (prepare(s, err) != 0 ||
	    run_with(s, find_doomed, day, &out->facts, err) != 0 ||
	    sql_digest(s, read_doomed, out->digest, err) != 0 ||
	    sql_run(s, delete_facts, err) != 0 ||
	    run_with(s, delete_stays, day, &out->stays, err) != 0 ||
	    sql_run(s, keep_last, err) != 0 ||
	    run_with(s, delete_endpoints, day, &out->addresses, err) != 0)
		return -1;
	if (out->addresses > 0 && sql_run(s, forget_peers, err) != 0)
		return -1;
	return sql_run(s, delete_values, err);
}

bool
store_has_before(struct store *s, int64_t day)
{
	struct err err;
	bool any = false;
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT 1 FROM fact WHERE day<?1 UNION ALL SELECT 1 FROM stay WHERE "
	    "last<?2 UNION ALL SELECT 1 FROM endpoint WHERE last<?2 LIMIT 1",
	    &err);

	if (q == NULL)
		return false;
	(void)sqlite3_bind_int64(q, 1, day);
	(void)sqlite3_bind_int64(q, 2, day * DAY);
	any = sqlite3_step(q) == SQLITE_ROW;
	(void)sqlite3_finalize(q);
	return any;
}

/* "19456 2817": the day, and how much from before it there is. */
static bool
retained_words(struct store *s, int64_t day, char words[64])
{
	struct err err;
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT (SELECT count(*) FROM fact WHERE day<?1) + (SELECT count(*) FROM "
	    "stay WHERE last<?2) + (SELECT count(*) FROM endpoint WHERE last<?2)",
	    &err);

	if (q == NULL)
		return false;
	(void)sqlite3_bind_int64(q, 1, day);
	(void)sqlite3_bind_int64(q, 2, day * DAY);
	bool good = sqlite3_step(q) == SQLITE_ROW;
	if (good)
		(void)sqlite3_snprintf(64, words, "%lld %lld", (long long)day,
		    (long long)sqlite3_column_int64(q, 0));
	(void)sqlite3_finalize(q);
	return good;
}

int
store_retain_done(struct store *s, int64_t day, struct err *err)
{
	char words[64];
	sqlite3_stmt *q;

	if (!retained_words(s, day, words))
		return sql_error(s, err);
	q = sql_prepare(s, "INSERT OR REPLACE INTO meta VALUES('retained', ?)", err);
	if (q == NULL)
		return -1;
	sql_bind_text(q, 1, text_of(words));
	int failed = sql_done(s, q, err);
	(void)sqlite3_finalize(q);
	return failed;
}

bool
store_is_retained(struct store *s, int64_t day)
{
	char words[64];
	struct err err;
	sqlite3_stmt *q = sql_prepare(s, "SELECT value FROM meta WHERE key='retained'",
	    &err);
	bool same = q != NULL && sqlite3_step(q) == SQLITE_ROW &&
	    retained_words(s, day, words) && text_is(sql_text(q, 0), words);

	(void)sqlite3_finalize(q);
	return same;
}

int
store_retain_lost(struct store *s, store_lost *take, void *state, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(s,
	    "SELECT r.device, count(*) FROM temp.doomed d JOIN temp.retain r"
	    " ON r.endpoint = d.endpoint GROUP BY r.device ORDER BY r.device",
	    err);
	int code;

	if (q == NULL)
		return -1;
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		take(state, (uint32_t)sqlite3_column_int64(q, 0),
		    (uint64_t)sqlite3_column_int64(q, 1));
	(void)sqlite3_finalize(q);
	return code == SQLITE_DONE ? 0 : sql_error(s, err);
}
