/* SPDX-License-Identifier: ISC */
/* Evidence: what a register learnt, added to what is there, and given back. */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/time.h"
#include "store/sql.h"

struct text
addr_bytes(const struct addr *a, uint8_t buf[17])
{
	size_t n = addr_len(a->kind);

	if (a->kind == ADDR_NONE)
		return (struct text){ "", 0 };
	buf[0] = a->kind;
	memcpy(buf + 1, a->b, n);
	return (struct text){ (const char *)buf, n + 1 };
}

static struct addr
addr_of(struct text t)
{
	struct addr a = { .kind = ADDR_NONE };

	if (t.len < 2 || (uint8_t)t.s[0] > ADDR_BLE ||
	    t.len != 1 + addr_len((enum addr_kind)(uint8_t)t.s[0]))
		return a;
	a.kind = (uint8_t)t.s[0];
	memcpy(a.b, t.s + 1, t.len - 1);
	return a;
}

struct keeping {
	struct store *store;
	const uint32_t *numbers; /* stored inputs, by the register's captures */
	size_t n_numbers;
	int64_t endpoint; /* stored, of the facts that come */
	struct err *err;
	bool failed;
};

static int64_t
endpoint_id(struct keeping *k, const struct kept_endpoint *e)
{
	sqlite3_stmt *q = sql_ready(k->store, SQL_ENDPOINT);
	uint8_t mac[17], ip[17];

	sql_bind_blob(q, 1, addr_bytes(&e->mac, mac));
	sql_bind_blob(q, 2, addr_bytes(&e->ip, ip));
	(void)sqlite3_bind_int(q, 3, e->ttl);
	(void)sqlite3_bind_int(q, 4, e->bound);
	(void)sqlite3_bind_int(q, 5, e->client);
	(void)sqlite3_bind_int64(q, 6, e->first);
	(void)sqlite3_bind_int64(q, 7, e->last);
	if (sqlite3_step(q) != SQLITE_ROW) {
		(void)sql_error(k->store, k->err);
		k->failed = true;
		return 0;
	}
	int64_t id = sqlite3_column_int64(q, 0);
	(void)sqlite3_reset(q);
	return id;
}

static void
keep_endpoint(void *state, const struct kept_endpoint *e)
{
	struct keeping *k = state;

	if (!k->failed)
		k->endpoint = endpoint_id(k, e);
}

static int64_t
value_id(struct keeping *k, const struct kept_fact *f)
{
	sqlite3_stmt *q = sql_ready(k->store, SQL_VALUE);
	struct text key = text_of(fact_name(f->key));
	int64_t id = 0;

	sql_bind_text(q, 1, key);
	sql_bind_blob(q, 2, f->value);
	if (sqlite3_step(q) == SQLITE_ROW)
		id = sqlite3_column_int64(q, 0);
	(void)sqlite3_reset(q);
	if (id != 0)
		return id;
	q = sql_ready(k->store, SQL_ADD_VALUE);
	sql_bind_text(q, 1, key);
	sql_bind_blob(q, 2, f->value);
	k->failed = sql_done(k->store, q, k->err) != 0;
	return sqlite3_last_insert_rowid(k->store->db);
}

/* The other side of the frame: an endpoint that need not have said anything. */
static int64_t
peer_id(struct keeping *k, const struct kept_fact *f)
{
	const struct sighting *s = &f->where;
	struct kept_endpoint e = { .mac = f->is_source ? s->dst_mac : s->src_mac,
		.ip = f->is_source ? s->dst_ip : s->src_ip,
		.first = s->time,
		.last = s->time };

	if (e.mac.kind == ADDR_NONE && e.ip.kind == ADDR_NONE)
		return 0;
	return endpoint_id(k, &e);
}

static void
keep_fact(void *state, const struct kept_fact *f)
{
	struct keeping *k = state;

	if (k->failed)
		return;
	int64_t value = value_id(k, f), peer = peer_id(k, f);
	const struct sighting *s = &f->where;
	if (k->failed)
		return;
	const int64_t row[] = { k->endpoint, value, s->time / DAY - (s->time % DAY < 0),
		s->time, f->last, f->count,
		s->capture < k->n_numbers ? k->numbers[s->capture] : 0,
		(int64_t)s->frame, f->decoder, f->is_source, s->vlan, s->src_port,
		s->dst_port, s->proto, s->ttl, peer };
	sqlite3_stmt *q = sql_ready(k->store, SQL_ADD_FACT);
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		(void)sqlite3_bind_int64(q, (int)i + 1, row[i]);
	k->failed = sql_done(k->store, q, k->err) != 0;
}

static void
keep_stay(void *state, const struct kept_stay *f)
{
	struct keeping *k = state;
	const int64_t row[] = { k->endpoint, f->vlan, f->first, f->last };

	if (k->failed)
		return;
	sqlite3_stmt *q = sql_ready(k->store, SQL_ADD_STAY);
	for (size_t i = 0; i < 4; i++)
		(void)sqlite3_bind_int64(q, (int)i + 1, row[i]);
	k->failed = sql_done(k->store, q, k->err) != 0;
}

int
store_keep(struct store *s, const struct register_ *r, const uint32_t *numbers,
    size_t n, struct err *err)
{
	struct keeping k = { s, numbers, n, 0, err, false };
	struct kept_sink to = { keep_endpoint, keep_fact, keep_stay, &k };

	sql_widen(s);
	register_keep(r, &to);
	return k.failed ? -1 : 0;
}

/* Places by stored number, for endpoints, values and inputs alike. */
struct numbered {
	uint32_t *at;
	size_t n;
};

static void
numbered_set(struct numbered *m, int64_t id, uint32_t to)
{
	if (id < 0 || id > UINT32_MAX)
		return;
	if ((size_t)id >= m->n) {
		size_t n = (size_t)id + (size_t)id / 4 + 64;
		m->at = must_grow(m->at, n, sizeof *m->at);
		memset(m->at + m->n, 0xff, (n - m->n) * sizeof *m->at);
		m->n = n;
	}
	m->at[id] = to;
}

static uint32_t
numbered_get(const struct numbered *m, int64_t id)
{
	return id >= 0 && (size_t)id < m->n ? m->at[id] : UINT32_MAX;
}

enum { KEYS_LATELY = 64 };

struct recalling {
	struct store *store;
	struct register_ *to;
	int64_t as_of;
	struct numbered endpoints, values, inputs;
	enum fact_key keys[KEYS_LATELY]; /* by the hash of their names */
	struct kept_endpoint *kept;      /* by stored number, for the other side */
	size_t n_kept;
};

static int
recall_endpoints(struct recalling *c, struct err *err)
{
	int code;
	sqlite3_stmt *q = sql_prepare(c->store, "SELECT * FROM endpoint ORDER BY id",
	    err);

	if (q == NULL)
		return -1;
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(q, 0);
		struct kept_endpoint k = { addr_of(sql_text(q, 1)),
			addr_of(sql_text(q, 2)), (uint8_t)sqlite3_column_int(q, 3),
			sqlite3_column_int(q, 4) != 0, sqlite3_column_int(q, 5) != 0,
			sqlite3_column_int64(q, 6), sqlite3_column_int64(q, 7) };
		if (id < 0 || id > UINT32_MAX / 2)
			continue;
		if ((size_t)id >= c->n_kept) {
			size_t n = (size_t)id + (size_t)id / 4 + 64;
			c->kept = must_grow(c->kept, n, sizeof *c->kept);
			memset(c->kept + c->n_kept, 0,
			    (n - c->n_kept) * sizeof *c->kept);
			c->n_kept = n;
		}
		c->kept[id] = k;
		numbered_set(&c->endpoints, id, register_recall(c->to, &k, c->as_of));
	}
	(void)sqlite3_finalize(q);
	return code == SQLITE_DONE ? 0 : sql_error(c->store, err);
}

static void
fill_sides(const struct recalling *c, uint32_t endpoint, int64_t peer,
    struct kept_fact *k)
{
	static const struct kept_endpoint nobody;
	const struct kept_endpoint *own = &c->kept[endpoint], *other = &nobody;
	struct sighting *s = &k->where;

	if (peer > 0 && (size_t)peer < c->n_kept)
		other = &c->kept[peer];
	s->src_mac = k->is_source ? own->mac : other->mac;
	s->src_ip = k->is_source ? own->ip : other->ip;
	s->dst_mac = k->is_source ? other->mac : own->mac;
	s->dst_ip = k->is_source ? other->ip : own->ip;
}

static void
recall_fact(struct recalling *c, sqlite3_stmt *q)
{
	int64_t endpoint = sqlite3_column_int64(q, 0);
	uint32_t to = numbered_get(&c->endpoints, endpoint);
	uint32_t value = numbered_get(&c->values, sqlite3_column_int64(q, 1));
	uint32_t input = numbered_get(&c->inputs, sqlite3_column_int64(q, 6));
	struct kept_fact k = { .last = sqlite3_column_int64(q, 4),
		.count = (uint32_t)sqlite3_column_int64(q, 5),
		.decoder = (uint16_t)sqlite3_column_int(q, 8),
		.is_source = sqlite3_column_int(q, 9) != 0 };

	if (to == UINT32_MAX || value == UINT32_MAX)
		return;
	memset(&k.where, 0, sizeof k.where);
	k.where.time = sqlite3_column_int64(q, 3);
	k.where.frame = (uint64_t)sqlite3_column_int64(q, 7);
	k.where.capture = input != UINT32_MAX ? input : 0;
	k.where.vlan = (uint16_t)sqlite3_column_int(q, 10);
	k.where.src_port = (uint16_t)sqlite3_column_int(q, 11);
	k.where.dst_port = (uint16_t)sqlite3_column_int(q, 12);
	k.where.proto = (uint8_t)sqlite3_column_int(q, 13);
	k.where.ttl = (uint8_t)sqlite3_column_int(q, 14);
	fill_sides(c, (uint32_t)endpoint, sqlite3_column_int64(q, 15), &k);
	register_recall_fact(c->to, to, value, &k, c->as_of);
}

static enum fact_key
key_of(struct recalling *c, struct text name)
{
	enum fact_key *lately = &c->keys[hash_bytes(name.s, name.len, 0) % KEYS_LATELY];

	if (*lately == FACT_NONE || !text_is(name, fact_name(*lately)))
		*lately = fact_find(name);
	return *lately;
}

static int
recall_values(struct recalling *c, struct err *err)
{
	int code;
	sqlite3_stmt *q = sql_prepare(c->store,
	    "SELECT id, key, value FROM value ORDER BY id", err);

	if (q == NULL)
		return -1;
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		enum fact_key key = key_of(c, sql_text(q, 1));
		if (key == FACT_NONE)
			continue; /* of a newer program: kept, and not understood */
		numbered_set(&c->values, sqlite3_column_int64(q, 0),
		    register_recall_value(c->to, key, sql_text(q, 2)));
	}
	(void)sqlite3_finalize(q);
	return code == SQLITE_DONE ? 0 : sql_error(c->store, err);
}

static int
recall_facts(struct recalling *c, struct err *err)
{
	int code;
	sqlite3_stmt *q = sql_prepare(c->store, "SELECT * FROM fact", err);

	if (q == NULL)
		return -1;
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		recall_fact(c, q);
	(void)sqlite3_finalize(q);
	return code == SQLITE_DONE ? 0 : sql_error(c->store, err);
}

static int
recall_stays(struct recalling *c, struct err *err)
{
	int code;
	sqlite3_stmt *q = sql_prepare(c->store, "SELECT * FROM stay", err);

	if (q == NULL)
		return -1;
	while ((code = sqlite3_step(q)) == SQLITE_ROW) {
		struct kept_stay k = { sqlite3_column_int64(q, 2),
			sqlite3_column_int64(q, 3),
			(uint16_t)sqlite3_column_int(q, 1) };
		register_recall_stay(c->to,
		    numbered_get(&c->endpoints, sqlite3_column_int64(q, 0)), &k,
		    c->as_of);
	}
	(void)sqlite3_finalize(q);
	return code == SQLITE_DONE ? 0 : sql_error(c->store, err);
}

static int
recall_inputs(struct recalling *c, struct err *err)
{
	int code;
	uint32_t place = 0;
	sqlite3_stmt *q = sql_prepare(c->store, "SELECT id FROM input ORDER BY id",
	    err);

	if (q == NULL)
		return -1;
	while ((code = sqlite3_step(q)) == SQLITE_ROW)
		numbered_set(&c->inputs, sqlite3_column_int64(q, 0), place++);
	(void)sqlite3_finalize(q);
	return code == SQLITE_DONE ? 0 : sql_error(c->store, err);
}

/* What retention leaves of those who are forgotten. */
static int
recall_last(struct recalling *c, struct err *err)
{
	sqlite3_stmt *q = sql_prepare(c->store,
	    "SELECT value FROM meta WHERE key='heard'", err);

	if (q == NULL)
		return -1;
	if (sqlite3_step(q) == SQLITE_ROW)
		register_recall_last(c->to, sqlite3_column_int64(q, 0), c->as_of);
	(void)sqlite3_finalize(q);
	return 0;
}

int
store_recall(struct store *s, struct register_ *r, int64_t as_of, struct err *err)
{
	struct recalling c = { .store = s, .to = r, .as_of = as_of };
	int failed = recall_inputs(&c, err) != 0 || recall_endpoints(&c, err) != 0 ||
	    recall_values(&c, err) != 0 || recall_facts(&c, err) != 0 ||
	    recall_stays(&c, err) != 0 || recall_last(&c, err) != 0;

	free(c.endpoints.at);
	free(c.values.at);
	free(c.inputs.at);
	free(c.kept);
	return failed ? -1 : 0;
}

uint64_t
store_facts(struct store *s)
{
	struct err err;
	sqlite3_stmt *q = sql_prepare(s, "SELECT count(*) FROM fact", &err);
	uint64_t n = q != NULL && sqlite3_step(q) == SQLITE_ROW
	    ? (uint64_t)sqlite3_column_int64(q, 0)
	    : 0;

	(void)sqlite3_finalize(q);
	return n;
}
