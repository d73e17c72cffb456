/* SPDX-License-Identifier: ISC */
/* A device in full, from the endpoints of its group. */
#include "device/device.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/hash.h"
#include "base/time.h"
#include "base/unset.h"
#include "device/register.h"

enum { CACHE = 16 * 1024 };

/*
 * Derived from the first identifier, so that it is the same in every run; of an address
 * that came from another device also from when.
 */
static void
id_make(struct register_ *r, struct group *g)
{
	char text[ADDR_TEXT + 4 + TIME_TEXT], hex[SHA256_TEXT], address[ADDR_TEXT];
	struct addr a = g->address;
	size_t n = 0;

	text[n++] = a.kind == ADDR_MAC ? 'm' : a.kind == ADDR_BLE ? 'b' : 'i';
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
	memcpy(g->id, hex, sizeof g->id);
}

void
group_id(struct register_ *r, struct group *g, char id[DEVICE_ID])
{
	if (g->id[0] == '\0')
		id_make(r, g);
	memcpy(id, "d-", 2);
	memcpy(id + 2, g->id, sizeof g->id);
	id[2 + sizeof g->id] = '\0';
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
		if (addr_is_link(list[i]))
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

void
item_sighting(const struct register_ *r, const struct item *item, struct sighting *s)
{
	static const struct endpoint nobody;
	const struct endpoint *e = endpoint_at(r, item->endpoint), *peer = &nobody;
	const struct sight *at = sight_at(r, item->sight);

	if (at->peer != NOBODY) {
		peer = endpoint_at(r, at->peer);
		if (peer->reused && peer->first >= at->time)
			peer = &nobody; /* the one it was is evicted */
	}
	memset(s, 0, sizeof *s); /* two of them are compared as bytes */
	*s = (struct sighting){ .time = at->time,
		.frame = at->frame,
		.capture = at->capture,
		.vlan = at->vlan,
		.src_port = at->src_port,
		.dst_port = at->dst_port,
		.proto = at->proto,
		.ttl = at->ttl };
	s->src_mac = item->is_source ? e->mac : peer->mac;
	s->src_ip = item->is_source ? e->ip : peer->ip;
	s->dst_mac = item->is_source ? peer->mac : e->mac;
	s->dst_ip = item->is_source ? peer->ip : e->ip;
}

static struct evidence
evidence_of(const struct register_ *r, const struct saying *s)
{
	const struct value *v = value_at(r, s->value);
	const struct item *item = item_at(r, s->item);
	struct evidence e = { .key = (enum fact_key)v->key,
		.value = { v->s, v->len },
		.rows = v->rows,
		.n_rows = v->n_rows,
		.first = s->first,
		.last = s->last,
		.count = s->count,
		.decoder = item->decoder };

	item_sighting(r, item, &e.where);
	return e;
}

static int
words_order(enum fact_key a_key, struct text a, enum fact_key b_key, struct text b)
{
	size_t n = a.len < b.len ? a.len : b.len;

	if (a_key != b_key)
		return a_key < b_key ? -1 : 1;
	int order = n > 0 ? memcmp(a.s, b.s, n) : 0;
	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int
evidence_order(const void *left, const void *right)
{
	const struct evidence *a = left, *b = right;

	return words_order(a->key, a->value, b->key, b->value);
}

static int
label_order(const void *left, const void *right)
{
	const struct label *a = left, *b = right;

	return words_order(a->key, a->value, b->key, b->value);
}

static bool
is_label(const struct value *v)
{
	enum fact_keep keep = fact_keep((enum fact_key)v->key);

	return keep == KEEP_NAME || keep == KEEP_ID;
}

/* Names and identifiers, and uses of official services. */
static void
labels(struct register_ *r, struct device *d, const struct saying *s, size_t n)
{
	size_t n_labels = 0, n_uses = 0;

	for (size_t i = 0; i < n; i++) {
		n_labels += is_label(value_at(r, s[i].value));
		n_uses += value_at(r, s[i].value)->use;
		d->hides |= value_at(r, s[i].value)->hides;
	}
	d->labels = arena_take(&r->settled, n_labels * sizeof *d->labels);
	d->uses = arena_take(&r->settled, n_uses * sizeof *d->uses);
	for (size_t i = 0; i < n; i++) {
		const struct value *v = value_at(r, s[i].value);
		if (is_label(v))
			d->labels[d->n_labels++] = (struct label){
				(enum fact_key)v->key, { v->s, v->len }, s[i].first,
				s[i].last, v->is_default
			};
		if (v->use)
			d->uses[d->n_uses++] = evidence_of(r, &s[i]);
	}
	if (n_labels > 1)
		qsort(d->labels, n_labels, sizeof *d->labels, label_order);
	if (n_uses > 1)
		qsort(d->uses, n_uses, sizeof *d->uses, evidence_order);
}

const struct evidence *
device_evidence(const struct device *d, size_t *n)
{
	struct group *g = d->group;

	if (g != NULL)
		d = g->device; /* a copy may be older than the list */
	if (g != NULL && d->evidence == NULL) {
		struct saying few[FEW_SAYINGS] UNSET, *all;
		struct register_ *r = d->of;
		struct evidence *list;
		size_t said, kept = 0;
		all = group_sayings(r, g, few, &said);
		list = arena_take(&r->evidence, (said + 1) * sizeof *list);
		for (size_t i = 0; i < said; i++)
			if (value_at(r, all[i].value)->n_rows > 0)
				list[kept++] = evidence_of(r, &all[i]);
		if (kept > 1)
			qsort(list, kept, sizeof *list, evidence_order);
		g->device->evidence = list;
		g->device->n_evidence = kept;
		if (r->n_asked == r->cap_asked) {
			r->cap_asked = r->cap_asked > 0 ? r->cap_asked * 2 : 64;
			r->asked = must_grow(r->asked, r->cap_asked, sizeof *r->asked);
		}
		r->asked[r->n_asked++] = (uint32_t)(g - r->groups);
		if (all != few)
			free(all);
	}
	*n = d->n_evidence;
	return d->evidence;
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
		struct span_of_time own = window_of(r, g, m);
		for (uint32_t i = e->stays; i != NOBODY; i = stay_at(r, i)->next) {
			const struct stayed *s = stay_at(r, i);
			if (s->first >= own.last || s->last < own.first)
				continue;
			d->stays[d->n_stays++] = (struct stay){ e->ip, s->vlan,
				s->first > own.first ? s->first : own.first,
				s->last < own.last ? s->last : own.last - 1 };
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
		    a[i].old != b[i].old || a[i].is_past != b[i].is_past)
			return false;
	return true;
}

static uint64_t
heard_hash(const struct heard *list, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = hash_mix(h ^ (uintptr_t)list[i].row->claims,
		    (uint64_t)list[i].is_past << 56 ^ (uint64_t)list[i].old << 48 ^
		        (uint64_t)list[i].age.runs << 20 ^ (list[i].age.is + 1u));
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
	struct cached *c = arena_take(&r->beliefs, sizeof *c);
	struct heard *copy = arena_take(&r->beliefs, n * sizeof *copy);
	memcpy(copy, list, n * sizeof *copy);
	*c = (struct cached){ .hash = hash, .n = n, .heard = copy };
	(void)knowledge_hypotheses(r->knowledge, &n_p);
	double *p = arena_take(&r->beliefs, n_p * sizeof *p);
	belief_from(r->knowledge, copy, n, p, &c->belief);
	c->belief.is_shared = true;
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
	struct past past[PAST_MAX] UNSET;
	size_t found = heard_past(list, n, d->belief.os.leading, past, PAST_MAX);

	if (found == 0)
		return;
	d->past = arena_take(&r->settled, found * sizeof *d->past);
	memcpy(d->past, past, found * sizeof *d->past);
	d->n_past = found;
}

/* The device itself sent it, by an address of its own, and it came a hop further. */
static bool
is_forwarded(const struct register_ *r, const struct device *d, const struct saying *s)
{
	const struct item *item = item_at(r, s->item);
	const struct sight *at = sight_at(r, item->sight);
	const struct endpoint *e = endpoint_at(r, item->endpoint);
	unsigned initial = at->ttl <= 64 ? 64 : at->ttl <= 128 ? 128 : 255;
	bool asks = at->proto == 6 ||
	    (at->proto == 17 && (at->dst_port == 53 || at->dst_port == 443));

	if (d->is_router || !asks || !item->is_source || at->ttl < 60 ||
	    initial - at->ttl > 2 || initial == at->ttl)
		return false;
	for (size_t i = 0; i < d->n_macs; i++)
		if (addr_equal(d->macs[i], e->mac))
			return true;
	return false;
}

/* Of what knowledge matches, when that was last said which was not said for longest. */
static int64_t
silence_of(const struct register_ *r, const struct saying *s, size_t n)
{
	int64_t since = INT64_MAX;

	for (size_t i = 0; i < n; i++)
		if (value_at(r, s[i].value)->n_rows > 0 && s[i].last < since)
			since = s[i].last;
	return since;
}

static void
believe(struct register_ *r, struct device *d, const struct saying *s, size_t n_said)
{
	const struct row *rows[MATCHES_MAX];
	struct heard few[FEW_SAYINGS] UNSET, *list = few;
	size_t n = 0, room = MATCHES_MAX * d->n_macs;

	for (size_t i = 0; i < n_said; i++)
		room += value_at(r, s[i].value)->n_rows;
	if (room > FEW_SAYINGS)
		list = must_alloc(room, sizeof *list);
	for (size_t m = 0; m < d->n_macs; m++) {
		size_t of_mac = knowledge_match_mac(r->knowledge, d->macs[m], rows);
		for (size_t i = 0; i < of_mac; i++)
			list[n++] = (struct heard){ .row = rows[i],
				.first = r->as_of,
				.last = r->as_of };
	}
	for (size_t i = 0; i < n_said; i++) {
		const struct value *v = value_at(r, s[i].value);
		struct age age = heard_age(s[i].last, d->last_seen, r->as_of);
		for (size_t j = 0; j < v->n_rows; j++)
			list[n++] = (struct heard){ .row = v->rows[j],
				.age = age,
				.first = s[i].first,
				.last = s[i].last,
				.key = (enum fact_key)v->key,
				.value = { v->s, v->len },
				.is_forwarded = is_forwarded(r, d, &s[i]) };
	}
	struct part parts[PARTS_MAX] UNSET;

	n = heard_sort(list, n);
	heard_supersede(list, n);
	size_t n_parts = heard_parts(list, n, parts);
	if (n_parts > 1) {
		believe_parts(r, d, parts, n_parts);
	} else {
		const struct belief *shared = belief_of(r, list, n);
		d->belief = *shared;
		d->belief.conflict = heard_conflict(list, n);
		if (!d->belief.conflict)
			d->group->belief = shared;
	}
	parts_free(parts, n_parts);
	remember_versions(r, d, list, n);
	believe_names(r, d);
	if (d->belief.several || d->n_past > 0)
		d->group->belief = NULL; /* there is more than that */
	if (list != few)
		free(list);
}

struct device *
device_make(struct register_ *r, struct group *g)
{
	struct device *d = arena_take(&r->settled, sizeof *d);
	struct saying few[FEW_SAYINGS] UNSET, *all;
	size_t n;

	d->of = r;
	d->group = g;
	d->is_router = g->is_router;
	group_id(r, g, d->id);
	addresses(r, g, d);
	stays(r, g, d);
	all = group_sayings(r, g, few, &n);
	labels(r, d, all, n);
	d->silent_since = silence_of(r, all, n);
	if (g->belief != NULL)
		d->belief = *g->belief;
	else
		believe(r, d, all, n);
	device_told(r, d);
	device_apps(r, d, all, n);
	if (all != few)
		free(all);
	return d;
}
