/* SPDX-License-Identifier: ISC */
/* A device in full, from the endpoints of its group. */
#include "device/device.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/hash.h"
#include "base/time.h"
#include "device/register.h"

enum { CACHE = 16 * 1024 };

/*
 * Derived from the first identifier, so that it is the same in every run; of an address
 * that came from another device also from when.
 */
static void
device_name(struct register_ *r, struct device *d, const struct group *g)
{
	char text[ADDR_TEXT + 4 + TIME_TEXT], hex[SHA256_TEXT], address[ADDR_TEXT];
	struct addr a = g->address;
	size_t n = 0;

	text[n++] = a.kind == ADDR_MAC ? 'm' : 'i';
	text[n++] = ':';
	(void)addr_print(a, address);
	memcpy(text + n, address, strlen(address));
	n += strlen(address);
	if (g->from != TIME_NONE) {
		text[n++] = '@';
		(void)time_print(g->from, text + n);
		n += strlen(text + n);
	}
	sha256_add(r->sum, text, n);
	sha256_take(r->sum, hex);
	memcpy(d->id, "d-", 2);
	memcpy(d->id + 2, hex, 16);
	d->id[18] = '\0';
}

static int
addresses_order(const void *left, const void *right)
{
	return memcmp(left, right, sizeof(struct addr));
}

/* The link-layer addresses: of a device that is not linked at most one. */
static void
macs(struct register_ *r, const struct group *g, struct device *d)
{
	const struct addr *list = g->addresses != NULL ? g->addresses : &g->address;
	size_t n = g->addresses != NULL ? g->n_addresses : 1;

	d->macs = arena_take(&r->settled, n * sizeof *d->macs);
	for (size_t i = 0; i < n; i++)
		if (list[i].kind == ADDR_MAC)
			d->macs[d->n_macs++] = list[i];
	d->links = g->links;
	d->n_links = g->n_links;
}

/* The IP addresses of the group, each once, in order. */
static void
addresses(struct register_ *r, const struct group *g, struct device *d)
{
	size_t kept = 0;

	macs(r, g, d);
	d->ips = arena_take(&r->settled, g->n * sizeof *d->ips);
	for (uint32_t i = 0; i < g->n; i++) {
		struct addr ip = endpoint_at(r, r->members[g->start + i])->ip;
		if (ip.kind != ADDR_NONE)
			d->ips[d->n_ips++] = ip;
	}
	if (d->n_ips > 1)
		qsort(d->ips, d->n_ips, sizeof *d->ips, addresses_order);
	for (size_t i = 0; i < d->n_ips; i++)
		if (kept == 0 || !addr_equal(d->ips[kept - 1], d->ips[i]))
			d->ips[kept++] = d->ips[i];
	d->n_ips = kept;
}

static void
sighting_of(const struct register_ *r, const struct item *item, struct sighting *s)
{
	const struct endpoint *e = endpoint_at(r, item->endpoint);
	const struct endpoint *peer = item->peer == NOBODY ? NULL
	                                                   : endpoint_at(r, item->peer);
	struct addr none = { .kind = ADDR_NONE };

	*s = (struct sighting){ .time = item->first,
		.frame = item->frame,
		.capture = item->capture,
		.vlan = item->vlan,
		.src_port = item->src_port,
		.dst_port = item->dst_port,
		.proto = item->proto,
		.ttl = item->ttl };
	s->src_mac = item->is_source ? e->mac : peer != NULL ? peer->mac : none;
	s->src_ip = item->is_source ? e->ip : peer != NULL ? peer->ip : none;
	s->dst_mac = !item->is_source ? e->mac : peer != NULL ? peer->mac : none;
	s->dst_ip = !item->is_source ? e->ip : peer != NULL ? peer->ip : none;
}

/* With what evidence itself does not say: that it is use of an official service. */
struct gathered {
	struct evidence e;
	bool use, is_default;
};

static int
gathered_order(const void *left, const void *right)
{
	const struct evidence *a = &((const struct gathered *)left)->e;
	const struct evidence *b = &((const struct gathered *)right)->e;
	size_t n = a->value.len < b->value.len ? a->value.len : b->value.len;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	int order = n > 0 ? memcmp(a->value.s, b->value.s, n) : 0;
	if (order != 0)
		return order;
	if (a->value.len != b->value.len)
		return a->value.len < b->value.len ? -1 : 1;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->where.frame > b->where.frame) - (a->where.frame < b->where.frame);
}

/* The same value of several endpoints becomes one, with the first's place. */
static size_t
fold(struct gathered *t, size_t n)
{
	size_t kept = 0;

	if (n > 1)
		qsort(t, n, sizeof *t, gathered_order);
	for (size_t i = 0; i < n; i++) {
		struct evidence *last = kept > 0 ? &t[kept - 1].e : NULL;
		const struct evidence *e = &t[i].e;
		if (last == NULL || last->value.s != e->value.s) {
			t[kept++] = t[i];
			continue;
		}
		last->count = e->count < UINT32_MAX - last->count
		    ? last->count + e->count
		    : UINT32_MAX;
		if (e->last > last->last)
			last->last = e->last;
	}
	return kept;
}

static bool
is_label(const struct evidence *e)
{
	enum fact_keep keep = fact_keep(e->key);

	return keep == KEEP_NAME || keep == KEEP_ID;
}

static void
split(struct register_ *r, struct device *d, const struct gathered *all, size_t n)
{
	size_t uses = 0, labels = 0, said = 0;

	for (size_t i = 0; i < n; i++) {
		said += all[i].e.n_rows > 0;
		labels += is_label(&all[i].e);
		uses += all[i].use;
	}
	d->evidence = arena_take(&r->settled, said * sizeof *d->evidence);
	d->labels = arena_take(&r->settled, labels * sizeof *d->labels);
	d->uses = arena_take(&r->settled, uses * sizeof *d->uses);
	for (size_t i = 0; i < n; i++) {
		const struct evidence *e = &all[i].e;
		if (e->n_rows > 0)
			d->evidence[d->n_evidence++] = *e;
		if (all[i].use)
			d->uses[d->n_uses++] = *e;
		if (is_label(e))
			d->labels[d->n_labels++] = (struct label){ e->key, e->value,
				e->first, e->last, all[i].is_default };
	}
}

static struct gathered
gathered_of(const struct register_ *r, const struct item *item)
{
	const struct value *v = value_at(r, item->value);
	struct gathered t = { .e = { .key = (enum fact_key)v->key,
		                  .value = { v->s, v->len },
		                  .rows = v->rows,
		                  .n_rows = v->n_rows,
		                  .first = item->first,
		                  .last = item->last,
		                  .count = item->count,
		                  .decoder = item->decoder },
		.use = v->use,
		.is_default = v->is_default };

	sighting_of(r, item, &t.e.where);
	return t;
}

static void
evidence(struct register_ *r, const struct group *g, struct device *d)
{
	size_t n = 0, at = 0;

	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->items;
		     i != NOBODY; i = item_at(r, i)->next)
			n++;
	struct gathered few[32], *all = n > 32 ? must_alloc(n, sizeof *all) : few;
	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->items;
		     i != NOBODY; i = item_at(r, i)->next)
			if (item_at(r, i)->first < g->until &&
			    item_at(r, i)->last >= g->from)
				all[at++] = gathered_of(r, item_at(r, i));
	split(r, d, all, fold(all, at));
	if (all != few)
		free(all);
}

static int
stay_order(const void *left, const void *right)
{
	const struct stay *a = left, *b = right;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last < b->last ? -1 : 1;
	int order = addr_order(a->ip, b->ip);
	return order != 0 ? order : (a->vlan > b->vlan) - (a->vlan < b->vlan);
}

static void
stays(struct register_ *r, const struct group *g, struct device *d)
{
	size_t n = 0;

	d->first_seen = g->first;
	d->last_seen = g->last;
	for (uint32_t m = 0; m < g->n; m++) {
		const struct endpoint *e = endpoint_at(r, r->members[g->start + m]);
		for (uint32_t i = e->stays; i != NOBODY; i = stay_at(r, i)->next)
			n++;
	}
	d->stays = arena_take(&r->settled, n * sizeof *d->stays);
	for (uint32_t m = 0; m < g->n; m++) {
		const struct endpoint *e = endpoint_at(r, r->members[g->start + m]);
		for (uint32_t i = e->stays; i != NOBODY; i = stay_at(r, i)->next) {
			const struct stayed *s = stay_at(r, i);
			if (s->first >= g->until || s->last < g->from)
				continue;
			d->stays[d->n_stays++] = (struct stay){ e->ip, s->vlan,
				s->first > g->from ? s->first : g->from,
				s->last < g->until ? s->last : g->until - 1 };
		}
	}
	if (d->n_stays > 1)
		qsort(d->stays, d->n_stays, sizeof *d->stays, stay_order);
}

/* Rows of one rule under several ids (blocks of one maker) are alike. */
static bool
alike(const struct heard *a, const struct heard *b, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (a[i].row->claims != b[i].row->claims ||
		    a[i].age.runs != b[i].age.runs || a[i].age.is != b[i].age.is ||
		    a[i].old != b[i].old)
			return false;
	return true;
}

static uint64_t
heard_hash(const struct heard *list, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = hash_mix(h ^ (uintptr_t)list[i].row->claims,
		    (uint64_t)list[i].old << 48 ^ (uint64_t)list[i].age.runs << 20 ^
		        (list[i].age.is + 1u));
	return h;
}

/* Devices of which the same was heard share the arrays of one belief. */
static const struct belief *
belief_of(struct register_ *r, const struct heard *list, size_t n)
{
	size_t n_p;
	uint64_t hash = heard_hash(list, n);

	if (r->cache == NULL)
		r->cache = must_alloc(CACHE, sizeof(struct cached *));
	struct cached **at = &r->cache[hash & (CACHE - 1)];
	while (*at != NULL &&
	    ((*at)->hash != hash || (*at)->n != n || !alike((*at)->heard, list, n)))
		at = &(*at)->next;
	if (*at != NULL)
		return &(*at)->belief;
	struct cached *c = arena_take(&r->settled, sizeof *c);
	struct heard *copy = arena_take(&r->settled, n * sizeof *copy);
	memcpy(copy, list, n * sizeof *copy);
	*c = (struct cached){ .hash = hash, .n = n, .heard = copy };
	(void)knowledge_hypotheses(r->knowledge, &n_p);
	double *p = arena_take(&r->settled, n_p * sizeof *p);
	belief_from(r->knowledge, copy, n, p, &c->belief);
	*at = c;
	return &c->belief;
}

/* Each of several with a belief of its own, and what they agree on. */
static void
believe_parts(struct register_ *r, struct device *d, const struct part *parts, size_t n)
{
	struct member *members = arena_take(&r->settled, n * sizeof *members);

	for (size_t i = 0; i < n; i++) {
		struct belief b = *belief_of(r, parts[i].list, parts[i].n);
		b.conflict = heard_conflict(parts[i].list, parts[i].n);
		part_member(&parts[i], &b, &members[i]);
	}
	members_join(members, n, &d->belief);
}

/*
 * Two host names at one time, each said again after the other: two machines ask for
 * leases by one address (a bridge), though nothing else may tell them apart.
 */
static void
believe_names(struct register_ *r, struct device *d)
{
	const struct label *l = d->labels;

	if (d->n_macs != 1 || d->belief.several)
		return;
	for (size_t i = 0; i < d->n_labels; i++)
		for (size_t j = i + 1; j < d->n_labels; j++) {
			if (l[i].key != FACT_DHCP_HOSTNAME || l[j].key != l[i].key ||
			    l[i].is_default || l[j].is_default ||
			    l[i].first >= l[j].last || l[j].first >= l[i].last)
				continue;
			struct member *m = arena_take(&r->settled, 2 * sizeof *m);
			m[0] = member_named(&d->belief, &l[i]);
			m[1] = member_named(&d->belief, &l[j]);
			members_join(m, 2, &d->belief);
			return;
		}
}

static void
remember_versions(struct register_ *r, struct device *d, const struct heard *list,
    size_t n)
{
	enum { PAST_MAX = 8 };
	struct past past[PAST_MAX];
	size_t found = heard_past(list, n, d->belief.os.leading, past, PAST_MAX);

	if (found == 0)
		return;
	d->past = arena_take(&r->settled, found * sizeof *d->past);
	memcpy(d->past, past, found * sizeof *d->past);
	d->n_past = found;
}

/* The device itself sent it, by an address of its own, and it came a hop further. */
static bool
is_forwarded(const struct device *d, const struct evidence *e)
{
	const struct sighting *s = &e->where;
	unsigned initial = s->ttl <= 64 ? 64 : s->ttl <= 128 ? 128 : 255;
	bool asks = s->proto == 6 ||
	    (s->proto == 17 && (s->dst_port == 53 || s->dst_port == 443));

	if (d->is_router || !asks || s->ttl < 60 || initial - s->ttl > 2 ||
	    initial == s->ttl || addr_is_multicast(s->dst_ip))
		return false;
	for (size_t i = 0; i < d->n_macs; i++)
		if (addr_equal(d->macs[i], s->src_mac))
			return true;
	return false;
}

static void
believe(struct register_ *r, struct device *d)
{
	const struct row *rows[MATCHES_MAX];
	struct heard few[64] = { { 0 } }, *list = few;
	size_t n = 0, room = MATCHES_MAX * d->n_macs;

	for (size_t i = 0; i < d->n_evidence; i++)
		room += d->evidence[i].n_rows;
	if (room > sizeof few / sizeof *few)
		list = must_alloc(room, sizeof *list);
	for (size_t m = 0; m < d->n_macs; m++) {
		size_t of_mac = knowledge_match_mac(r->knowledge, d->macs[m], rows);
		for (size_t i = 0; i < of_mac; i++)
			list[n++] = (struct heard){ .row = rows[i],
				.first = r->as_of,
				.last = r->as_of };
	}
	for (size_t i = 0; i < d->n_evidence; i++) {
		const struct evidence *e = &d->evidence[i];
		for (size_t j = 0; j < e->n_rows; j++)
			list[n++] = (struct heard){ .row = e->rows[j],
				.age = heard_age(e->last, d->last_seen, r->as_of),
				.first = e->first,
				.last = e->last,
				.evidence = e,
				.is_forwarded = is_forwarded(d, e) };
	}
	struct part parts[PARTS_MAX];

	n = heard_sort(list, n);
	heard_supersede(list, n);
	size_t n_parts = heard_parts(list, n, parts);
	if (n_parts > 1) {
		believe_parts(r, d, parts, n_parts);
	} else {
		d->belief = *belief_of(r, list, n);
		d->belief.conflict = heard_conflict(list, n);
	}
	parts_free(parts, n_parts);
	remember_versions(r, d, list, n);
	believe_names(r, d);
	if (list != few)
		free(list);
}

struct device *
device_make(struct register_ *r, const struct group *g)
{
	struct device *d = arena_take(&r->settled, sizeof *d);

	device_name(r, d, g);
	d->is_router = g->is_router;
	addresses(r, g, d);
	stays(r, g, d);
	evidence(r, g, d);
	believe(r, d);
	device_told(r, d);
	device_apps(r, d);
	return d;
}
