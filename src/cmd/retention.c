/* SPDX-License-Identifier: ISC */
/*
 * What must stay is found by trying: at first nothing old stays of a device that no
 * order covers. Whatever would then be judged otherwise keeps the latest of each thing
 * that it said, then all; and the last try, which changes nothing, is the one taken.
 */
#include "cmd/retention.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/slots.h"
#include "base/time.h"

enum { TRIES = 6, DATE_TEXT = 16, BELIEF_TEXT = 96 };

/* A device in brief: what it is decided to be, and how it is judged. */
struct brief {
	char id[20];
	int64_t first, last;
	uint64_t sum;
	const struct person *holder; /* NULL: not known */
	enum retain level;
	bool stays, differs;     /* after a try */
	const char *believed[5]; /* "Apple 0.9991", of who may get a baseline */
	uint64_t lost;           /* facts */
};

/* An address of a device. */
struct held {
	struct addr mac, ip;
	uint32_t device;
};

struct retention {
	struct scan *scan;
	int64_t day;
	struct arena arena;
	struct brief *devices;
	size_t n;
	struct slots by_id;
	struct held *held;
	size_t n_held, cap_held;
};

static uint64_t
id_hash(const char *id)
{
	return hash_bytes(id, strlen(id), 0x5e);
}

static uint64_t
add_text(uint64_t sum, struct text t)
{
	return hash_mix(sum, hash_bytes(t.s, t.len, 7));
}

static uint64_t
belief_sum(const struct belief *b)
{
	const struct marginal *all[] = { &b->vendor, &b->os, &b->kind, &b->version,
		&b->model };
	uint64_t sum = b->several;

	for (size_t i = 0; i < 5; i++)
		sum = add_text(sum, all[i]->value);
	return sum;
}

static uint64_t
verdict_sum(const struct verdict *v)
{
	uint64_t sum = add_text(v->object, text_of(v->directive->id));

	for (size_t i = 0; i < v->n_duties; i++) {
		const struct duty *d = &v->duties[i];
		sum = hash_mix(sum, d->state);
		sum = hash_mix(sum, (uint64_t)d->due);
		sum = hash_mix(sum, (uint64_t)d->failed_since);
	}
	return sum;
}

static uint32_t
find(const struct slots *by_id, const struct brief *list, const char *id)
{
	size_t at;
	uint64_t hash = id_hash(id);

	for (uint32_t i = slots_first(by_id, hash, &at); i != SLOT_NONE;
	     i = slots_next(by_id, hash, &at))
		if (strcmp(list[i].id, id) == 0)
			return i;
	return SLOT_NONE;
}

/* All devices of the scan, in brief. */
static struct brief *
briefs(struct scan *s, struct slots *by_id, size_t *n)
{
	struct case_file matter = scan_case(s);
	struct brief *list = must_alloc(register_count(s->devices) + 1, sizeof *list);

	*n = register_count(s->devices);
	for (size_t i = 0; i < *n; i++) {
		const struct device *d = register_device(s->devices, i);
		list[i] = (struct brief){ .first = d->first_seen,
			.last = d->last_seen,
			.sum = belief_sum(&d->belief) };
		memcpy(list[i].id, d->id, sizeof list[i].id);
		slots_add(by_id, id_hash(d->id), (uint32_t)i);
		register_walked(s->devices);
	}
	struct verdicts *verdicts = judge(&matter);
	for (size_t i = 0; i < verdicts->n; i++) {
		const struct verdict *v = &verdicts->list[i];
		size_t at = v->device;
		if (at == NO_DEVICE)
			continue;
		list[at].sum += verdict_sum(v);
		list[at].holder = v->holder;
		if (v->object != NOT_COVERED)
			list[at].level = RETAIN_ALL;
	}
	verdicts_free(verdicts);
	return list;
}

static const char *
believed(struct arena *arena, const struct marginal *m)
{
	char text[BELIEF_TEXT];

	if (m->value.len == 0)
		return NULL;
	(void)snprintf(text, sizeof text, "%.*s %.4f",
	    (int)(m->value.len < 80 ? m->value.len : 80), m->value.s, m->p);
	return arena_string(arena, text_of(text));
}

struct holder {
	struct retention *r;
	uint32_t device;
};

static void
hold(void *state, const struct addr *mac, const struct addr *ip)
{
	const struct holder *h = state;
	struct retention *r = h->r;

	if (r->n_held == r->cap_held) {
		r->cap_held = r->cap_held > 0 ? r->cap_held * 2 : 256;
		r->held = must_grow(r->held, r->cap_held, sizeof *r->held);
	}
	struct held *to = &r->held[r->n_held++];
	memset(to, 0, sizeof *to); /* they are compared as bytes */
	*to = (struct held){ *mac, *ip, h->device };
}

static int
held_order(const void *left, const void *right)
{
	const struct held *a = left, *b = right;
	int order = memcmp(&a->mac, &b->mac, sizeof a->mac);

	return order != 0 ? order : memcmp(&a->ip, &b->ip, sizeof a->ip);
}

static bool
is_silent(const struct retention *r, const struct brief *b)
{
	return b->last < r->day * DAY;
}

/* What stands now, before anything is tried. */
static void
take_stock(struct retention *r)
{
	r->devices = briefs(r->scan, &r->by_id, &r->n);
	for (size_t i = 0; i < r->n; i++) {
		const struct device *d = register_device(r->scan->devices, i);
		const struct belief *b = &d->belief;
		const struct marginal *all[] = { &b->vendor, &b->os, &b->kind,
			&b->version, &b->model };
		struct holder h = { r, (uint32_t)i };
		/* Of who may get a baseline; without an order that is anybody. */
		bool may = is_silent(r, &r->devices[i]) || r->scan->n_directives == 0;
		for (size_t a = 0; may && a < 5; a++)
			r->devices[i].believed[a] = believed(&r->arena, all[a]);
		register_endpoints(d, hold, &h);
	}
	if (r->n_held > 1)
		qsort(r->held, r->n_held, sizeof *r->held, held_order);
}

static bool
may_go(const struct retention *r, const struct brief *b)
{
	return b->level == RETAIN_NOTHING && is_silent(r, b);
}

static int
remove_old(struct retention *r, struct retained *removed, struct err *err)
{
	struct store *store = r->scan->store;

	if (store_begin(store, err) != 0)
		return -1;
	for (size_t i = 0; i < r->n_held; i++) {
		const struct held *h = &r->held[i];
		if (store_retain_mark(store, &h->mac, &h->ip,
		        r->devices[h->device].level, h->device, err) != 0)
			return -1;
	}
	return store_retain(store, r->day, removed, err);
}

/* A device that was not there before: those differ of whose addresses it is made. */
static void
differ(void *state, const struct addr *mac, const struct addr *ip)
{
	struct retention *r = state;
	struct held key;
	size_t low = 0, high = r->n_held;

	memset(&key, 0, sizeof key);
	key.mac = *mac;
	key.ip = *ip;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (held_order(&r->held[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < r->n_held && held_order(&r->held[low], &key) == 0; low++)
		r->devices[r->held[low].device].differs = true;
}

static void
compare(struct retention *r)
{
	struct slots by_id = { NULL, 0, 0 };
	size_t n;
	struct brief *now = briefs(r->scan, &by_id, &n);

	for (size_t i = 0; i < r->n; i++)
		r->devices[i].stays = r->devices[i].differs = false;
	for (size_t i = 0; i < n; i++) {
		uint32_t at = find(&r->by_id, r->devices, now[i].id);
		if (at == SLOT_NONE) {
			register_endpoints(register_device(r->scan->devices, i), differ,
			    r);
			continue;
		}
		struct brief *before = &r->devices[at];
		before->stays = true;
		before->differs |= may_go(r, before) || before->sum != now[i].sum;
	}
	for (size_t i = 0; i < r->n; i++)
		r->devices[i].differs |= !r->devices[i].stays &&
		    !may_go(r, &r->devices[i]);
	slots_free(&by_id);
	free(now);
}

/*
 * One keeps all and is judged otherwise still: so it is judged by others. All that
 * share a link-layer address or a holder with it (a replacement) keep all.
 */
static void
spread(struct retention *r, const bool *whole)
{
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; whole[i] && r->devices[i].holder != NULL && j < r->n;
		     j++)
			if (r->devices[j].holder == r->devices[i].holder)
				r->devices[j].level = RETAIN_ALL;
	for (size_t i = 0, end; i < r->n_held; i = end) {
		bool any = false;
		for (end = i;
		     end < r->n_held && addr_equal(r->held[end].mac, r->held[i].mac);
		     end++)
			any |= whole[r->held[end].device];
		for (size_t j = i; any && j < end; j++)
			r->devices[r->held[j].device].level = RETAIN_ALL;
	}
}

/* Those that differ keep more the next time. How many there are. */
static size_t
keep_more(struct retention *r)
{
	bool *whole = must_alloc(r->n + 1, sizeof *whole);
	size_t n = 0, stuck = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct brief *b = &r->devices[i];
		if (!b->differs)
			continue;
		n++;
		whole[i] = b->level == RETAIN_ALL;
		stuck += whole[i];
		if (b->level < RETAIN_ALL)
			b->level++;
	}
	if (stuck > 0)
		spread(r, whole);
	free(whole);
	return n;
}

/* Tries until all that stays is judged as before; the transaction is open then. */
static int
try_all(struct retention *r, struct retained *removed, struct err *err)
{
	for (int i = 0; i < TRIES; i++) {
		if (remove_old(r, removed, err) != 0 || scan_recall(r->scan, err) != 0)
			return -1;
		scan_settle(r->scan);
		compare(r);
		/* Without an order nothing is judged, and nothing has to stay. */
		if (r->scan->n_directives == 0 || keep_more(r) == 0)
			return 0;
		store_undo(r->scan->store);
	}
	return err_set(err,
	    "what is older than the site's retention cannot be removed without "
	    "changing "
	    "verdicts: nothing was removed");
}

static const char *
date_of(int64_t day, char buf[DATE_TEXT])
{
	char text[TIME_TEXT];

	(void)snprintf(buf, DATE_TEXT, "%.10s", time_print(day * DAY, text));
	return buf;
}

static void
lose(void *state, uint32_t device, uint64_t facts)
{
	struct retention *r = state;

	if (device < r->n)
		r->devices[device].lost = facts;
}

/* What went, and the belief that stood on it. */
static int
write_baseline(struct retention *r, const struct brief *b, const char *actor,
    struct err *err)
{
	static const char *const words[] = { "vendor", "os", "kind", "version",
		"model" };
	char date[DATE_TEXT], first[TIME_TEXT], last[TIME_TEXT], lost[24];

	(void)snprintf(lost, sizeof lost, "%llu", (unsigned long long)b->lost);
	struct pair_of_text p[12] = { { "id", text_of(b->id) },
		{ "before", text_of(date_of(r->day, date)) },
		{ "first", text_of(time_print(b->first, first)) },
		{ "last", text_of(time_print(b->last, last)) },
		{ "facts", text_of(lost) } };
	size_t n = 5;

	for (size_t i = 0; i < 5; i++)
		if (b->believed[i] != NULL)
			p[n++] = (struct pair_of_text){ words[i],
				text_of(b->believed[i]) };
	return store_append_pairs(r->scan->store, time_now(), "baseline", actor, p, n,
	    NULL, err);
}

static int
write_summary(struct retention *r, const struct retention_result *out,
    const char *actor, struct err *err)
{
	char date[DATE_TEXT], numbers[4][24];
	const uint64_t counts[] = { out->removed.facts, out->removed.stays,
		out->removed.addresses, out->forgotten };
	struct pair_of_text p[] = { { "id", text_of(date_of(r->day, date)) },
		{ "digest", text_of(out->removed.digest) }, { "facts", { "", 0 } },
		{ "stays", { "", 0 } }, { "addresses", { "", 0 } },
		{ "devices", { "", 0 } } };

	for (size_t i = 0; i < 4; i++) {
		(void)snprintf(numbers[i], sizeof numbers[i], "%llu",
		    (unsigned long long)counts[i]);
		p[i + 2].value = text_of(numbers[i]);
	}
	return store_append_pairs(r->scan->store, time_now(), "retention", actor, p,
	    sizeof p / sizeof *p, NULL, err);
}

static void
count(const struct retention *r, struct retention_result *out)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct brief *b = &r->devices[i];
		out->forgotten += !b->stays;
		out->kept += b->level != RETAIN_NOTHING && b->first < r->day * DAY;
	}
}

/* The ledger says what went; then it is gone. */
static int
write_down(struct retention *r, const char *actor, const struct retention_result *out,
    struct err *err)
{
	if (store_retain_lost(r->scan->store, lose, r, err) != 0)
		return -1;
	for (size_t i = 0; i < r->n; i++) {
		const struct brief *b = &r->devices[i];
		if ((!b->stays || b->differs) && write_baseline(r, b, actor, err) != 0)
			return -1;
	}
	if (write_summary(r, out, actor, err) != 0)
		return -1;
	return case_sign(r->scan->store, err);
}

/* That this limit was applied, to the end. */
static int
remember(struct scan *s, int64_t day, struct err *err)
{
	if (store_begin(s->store, err) != 0)
		return -1;
	if (store_retain_done(s->store, day, err) == 0)
		return store_commit(s->store, err);
	store_undo(s->store);
	return -1;
}

int
retention_apply(struct scan *s, int64_t at, const char *actor, bool dry,
    struct retention_result *out, struct err *err)
{
	struct retention r = { .scan = s };
	struct retained *removed = &out->removed;

	*out = (struct retention_result){ .day = INT64_MIN };
	if (s->site != NULL)
		out->day = r.day = site_retains_from(s->site, at);
	if (out->day == INT64_MIN || !store_has_before(s->store, out->day))
		return 0;
	take_stock(&r);
	int failed = try_all(&r, removed, err);
	bool any = removed->facts + removed->stays + removed->addresses > 0;
	count(&r, out);
	if (!failed && any && !dry)
		failed = write_down(&r, actor, out, err);
	if (failed || dry || !any)
		store_undo(s->store);
	free(r.devices);
	free(r.held);
	slots_free(&r.by_id);
	arena_free(&r.arena);
	return failed || dry ? failed : remember(s, out->day, err);
}

void
retention_tell(struct writer *w, const struct scan *s, const struct retention_result *r,
    bool dry)
{
	char date[DATE_TEXT];
	const struct retained *n = &r->removed;

	if (n->facts + n->stays + n->addresses == 0)
		return;
	putf(w,
	    "%s: what was heard before %s %s, as the site's retention says: %llu "
	    "facts, "
	    "%llu stays, %llu addresses",
	    store_path(s->store), date_of(r->day, date),
	    dry ? "would be removed" : "was removed", (unsigned long long)n->facts,
	    (unsigned long long)n->stays, (unsigned long long)n->addresses);
	putf(w, "; %zu device%s %s, %zu keep%s what verdicts rest on\n", r->forgotten,
	    r->forgotten == 1 ? "" : "s", dry ? "would be forgotten" : "forgotten",
	    r->kept, r->kept == 1 ? "s" : "");
}

bool
retention_after(struct scan *s, const char *command, const char *actor, bool quiet)
{
	struct retention_result removed;
	struct err err;
	struct writer w;

	int64_t day = s->site == NULL ? INT64_MIN
	                              : site_retains_from(s->site, s->as_of);

	/* What stays for verdicts is older with each day: it is tried once a day. */
	if (day == INT64_MIN || store_is_retained(s->store, day))
		return true;
	if (retention_apply(s, s->as_of, actor, false, &removed, &err) != 0) {
		(void)fprintf(stderr, "interdict %s: %s\n", command, err.line);
		return false;
	}
	writer_to_fd(&w, STDERR_FILENO);
	if (!quiet)
		retention_tell(&w, s, &removed, false);
	return writer_close(&w) == 0;
}
