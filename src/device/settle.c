/* SPDX-License-Identifier: ISC */
/*
 * Groups endpoints into devices. An IP address is its MAC's own when ARP, neighbour
 * discovery or DHCP bound it, when it is link-local, or when its packets came with
 * an initial TTL, so were not forwarded. Else it is behind that MAC, a router: a
 * private one is a device of its own, a public one a remote host.
 */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "device/register.h"

/* A MAC that has more IPv4 addresses by their TTL alone is a router or a proxy. */
enum { ADDRESSES_MAX = 8 };

struct place {
	struct addr key; /* by which the endpoint is grouped */
	uint32_t endpoint;
};

/*
 * By the bytes of the key, last to first; what is alike stays in the order it came in.
 * Of addresses few bytes differ, and there may be millions.
 */
static void
places_sort(struct place **places, size_t n)
{
	size_t counts[sizeof(struct addr)][256] = { { 0 } };
	struct place *from = *places, *to = must_alloc(n, sizeof *to);

	for (size_t i = 0; i < n; i++)
		for (size_t b = 0; b < sizeof from->key; b++)
			counts[b][((const uint8_t *)&from[i].key)[b]]++;
	for (size_t b = sizeof from->key; n > 1 && b-- > 0;) {
		size_t *at = counts[b], sum = 0;
		if (at[((const uint8_t *)&from[0].key)[b]] == n)
			continue;
		for (size_t v = 0; v < 256; v++) {
			size_t of = at[v];
			at[v] = sum;
			sum += of;
		}
		for (size_t i = 0; i < n; i++)
			to[at[((const uint8_t *)&from[i].key)[b]]++] = from[i];
		struct place *was = from;
		from = to;
		to = was;
	}
	free(to);
	*places = from;
}

static int
endpoint_order(const void *left, const void *right)
{
	const struct place *a = left, *b = right;

	return (a->endpoint > b->endpoint) - (a->endpoint < b->endpoint);
}

struct wire {
	bool router;      /* too many addresses, or some behind it */
	bool has_private; /* an IPv4 address of its own is private */
	bool crowded;     /* addresses by their TTL alone do not count */
};

/* Where logs say no TTL, nothing speaks for a router. */
static bool
has_near_ttl(const struct endpoint *e)
{
	return e->ttl == 0 || ttl_is_initial(e->ttl);
}

static bool
is_certain(const struct endpoint *e)
{
	return e->bound || e->ip.kind == ADDR_NONE || addr_is_link_local(e->ip);
}

/*
 * Whose TTL alone speaks for it: a host with a private IPv4 address has no public
 * one beside it; that is a translated or proxied stranger.
 */
static bool
is_own(const struct endpoint *e, const struct wire *l)
{
	if (is_certain(e))
		return true;
	if (!has_near_ttl(e) || l->crowded)
		return false;
	return !(l->has_private && e->ip.kind == ADDR_IP4 && !addr_is_private(e->ip));
}

static struct wire
link_of(const struct register_ *r, const struct place *p, size_t n)
{
	struct wire l = { false, false, false };
	size_t by_ttl = 0;

	for (size_t i = 0; i < n; i++) {
		const struct endpoint *e = endpoint_at(r, p[i].endpoint);
		bool own = is_certain(e) || has_near_ttl(e);
		by_ttl += !is_certain(e) && own && e->ip.kind == ADDR_IP4;
		l.has_private |= own && e->ip.kind == ADDR_IP4 &&
		    addr_is_private(e->ip) && !addr_is_link_local(e->ip);
	}
	l.crowded = by_ttl > ADDRESSES_MAX;
	for (size_t i = 0; i < n; i++)
		l.router |= !is_own(endpoint_at(r, p[i].endpoint), &l);
	return l;
}

void
groups_reserve(struct register_ *r, size_t n)
{
	size_t needed = r->n_groups + n;

	if (needed <= r->cap_groups)
		return;
	/* Most know how many there will be; the others are few. */
	if (needed < r->cap_groups + r->cap_groups / 8)
		needed = r->cap_groups + r->cap_groups / 8;
	r->groups = must_grow(r->groups, needed, sizeof *r->groups);
	r->cap_groups = needed;
}

static void
group_add(struct register_ *r, const struct place *p, size_t n, bool is_router,
    int64_t first, int64_t last)
{
	groups_reserve(r, 1);
	struct group *g = &r->groups[r->n_groups++];

	*g = (struct group){ .address = p[0].key,
		.start = (uint32_t)r->n_members,
		.first = first,
		.last = last,
		.from = TIME_NONE,
		.until = INT64_MAX,
		.is_router = is_router };
	for (size_t i = 0; i < n; i++)
		if (p[i].endpoint != NOBODY)
			r->members[r->n_members++] = p[i].endpoint;
	g->n = (uint32_t)r->n_members - g->start;
}

static void
widen(const struct endpoint *e, int64_t *first, int64_t *last)
{
	if (e->first < *first)
		*first = e->first;
	if (e->last > *last)
		*last = e->last;
}

/* The end of the run of places that share the first one's key. */
static size_t
run(const struct place *p, size_t i, size_t n)
{
	size_t end = i + 1;

	while (end < n && addr_equal(p[end].key, p[i].key))
		end++;
	return end;
}

static size_t
runs(const struct place *p, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i = run(p, i, n))
		count++;
	return count;
}

enum { AHEAD = 16 };

/*
 * Devices by MAC; what is behind a router moves to `behind`, by its IP. A stranger
 * on the far side of a router is nobody's device.
 */
static size_t
by_mac(struct register_ *r, struct place *p, size_t n, struct place *behind)
{
	size_t moved = 0;

	for (size_t i = 0, end; i < n; i = end) {
		end = run(p, i, n);
		if (end + AHEAD < n)
			__builtin_prefetch(endpoint_at(r, p[end + AHEAD].endpoint));
		struct wire l = link_of(r, p + i, end - i);
		int64_t first = INT64_MAX, last = INT64_MIN;
		for (size_t j = i; j < end; j++) {
			const struct endpoint *e = endpoint_at(r, p[j].endpoint);
			widen(e, &first, &last);
			if (is_own(e, &l))
				continue;
			if (addr_is_private(e->ip))
				behind[moved++] = (struct place){ e->ip,
					p[j].endpoint };
			p[j].endpoint = NOBODY;
		}
		group_add(r, p + i, end - i, l.router, first, last);
	}
	return moved;
}

void
register_unsettle(struct register_ *r)
{
	free(r->members);
	free(r->windows);
	free(r->groups);
	free(r->cache);
	free(r->aliases);
	free(r->made);
	free(r->asked);
	arena_free(&r->evidence);
	arena_free(&r->settled);
	arena_free(&r->beliefs);
	r->members = NULL;
	r->windows = NULL;
	r->groups = NULL;
	r->aliases = NULL;
	r->n_aliases = 0;
	r->cache = NULL;
	r->made = r->asked = NULL;
	r->n_groups = r->cap_groups = r->n_members = r->n_made = r->cap_made = 0;
	r->n_asked = r->cap_asked = 0;
}

/* Of each IP address that a link-layer address leased, or claimed, who did. */
static struct place *
leases_find(const struct register_ *r, size_t *n)
{
	struct place *leases = must_alloc(r->endpoints.n, sizeof *leases);

	*n = 0;
	for (uint32_t i = 0; i < r->endpoints.n; i++) {
		const struct endpoint *e = endpoint_at(r, i);
		if (e->bound && addr_is_link(e->mac) && e->ip.kind != ADDR_NONE)
			leases[(*n)++] = (struct place){ e->ip, i };
	}
	places_sort(&leases, *n);
	return leases;
}

/* Those of one address among them, which are asked for in the order of addresses. */
static size_t
leases_of(const struct place *leases, size_t n, size_t *at, struct addr ip,
    uint32_t *endpoints)
{
	size_t found = 0;

	while (*at < n && addr_order(leases[*at].key, ip) < 0)
		(*at)++;
	for (; *at < n && addr_equal(leases[*at].key, ip); (*at)++)
		endpoints[found++] = leases[*at].endpoint;
	return found;
}

/* Devices by their IP address alone; one goes from one to the next. */
static void
by_ip(struct register_ *r, struct place *ip, size_t n)
{
	size_t n_leases = 0, at = 0;
	struct place *leases = n > 0 ? leases_find(r, &n_leases) : NULL;
	uint32_t *leased_by = must_alloc(n_leases, sizeof *leased_by);

	for (size_t i = 0, end; i < n; i = end) {
		int64_t first = INT64_MAX, last = INT64_MIN;
		end = run(ip, i, n);
		if (end - i > 1) /* behind routers they came in the order of these */
			qsort(ip + i, end - i, sizeof *ip, endpoint_order);
		for (size_t j = i; j < end; j++)
			widen(endpoint_at(r, ip[j].endpoint), &first, &last);
		group_add(r, ip + i, end - i, false, first, last);
		group_part(r, leased_by,
		    leases_of(leases, n_leases, &at, ip[i].key, leased_by));
	}
	free(leased_by);
	free(leases);
}

void
register_settle(struct register_ *r, int64_t as_of)
{
	size_t n = r->endpoints.n, macs = 0, ips = 0;
	struct place *mac = must_alloc(n, sizeof *mac);
	struct place *ip = must_alloc(n, sizeof *ip);

	register_unsettle(r);
	r->as_of = as_of == TIME_NONE ? r->last_time : as_of;
	r->members = must_alloc(n, sizeof *r->members);
	for (uint32_t i = 0; i < n; i++) {
		const struct endpoint *e = endpoint_at(r, i);
		if (addr_is_link(e->mac))
			mac[macs++] = (struct place){ e->mac, i };
		else if (addr_is_private(e->ip) || e->client)
			ip[ips++] = (struct place){ e->ip, i };
	}
	places_sort(&mac, macs);
	groups_reserve(r, runs(mac, macs));
	ips += by_mac(r, mac, macs, ip + ips);
	places_sort(&ip, ips);
	groups_reserve(r, runs(ip, ips));
	by_ip(r, ip, ips);
	free(mac);
	free(ip);
	register_link(r);
}

size_t
register_count(const struct register_ *r)
{
	return r->n_groups;
}

void
register_period(const struct register_ *r, int64_t *first, int64_t *last)
{
	*first = *last = TIME_NONE;
	for (size_t i = 0; i < r->n_groups; i++) {
		const struct group *g = &r->groups[i];
		if (*first == TIME_NONE || g->first < *first)
			*first = g->first;
		if (*last == TIME_NONE || g->last > *last)
			*last = g->last;
	}
}

static const struct device *
group_device(const struct register_ *r, struct group *g)
{
	if (g->device == NULL) {
		struct register_ *own = r->self;
		if (own->n_made == own->cap_made) {
			own->cap_made = own->cap_made > 0 ? own->cap_made * 2 : 1024;
			own->made = must_grow(own->made, own->cap_made,
			    sizeof *own->made);
		}
		own->made[own->n_made++] = (uint32_t)(g - r->groups);
		g->device = device_make(own, g);
	}
	return g->device;
}

/*
 * A device is built when somebody first asks for it: that changes nothing that can
 * be seen of the register, so it counts as const.
 */
const struct device *
register_device(const struct register_ *r, size_t i)
{
	if (i >= r->n_groups)
		return NULL;
	if (r->groups[i].device == NULL)
		groups_expect(r, i);
	return group_device(r, &r->groups[i]);
}

size_t
device_number(const struct device *d)
{
	return (size_t)(d->group - d->of->groups);
}

void
register_id(const struct register_ *r, size_t i, char id[DEVICE_ID])
{
	group_id(r->self, &r->groups[i], id);
}

enum { WALKED = 1024 };

void
register_walked(const struct register_ *r)
{
	if (r->n_made >= WALKED)
		register_forget(r);
}

void
register_forget(const struct register_ *r)
{
	struct register_ *own = r->self;

	register_forget_evidence(r);
	for (size_t i = 0; i < r->n_made; i++)
		r->groups[r->made[i]].device = NULL;
	own->n_made = 0;
	arena_reset(&own->settled);
}

void
register_forget_evidence(const struct register_ *r)
{
	struct register_ *own = r->self;

	for (size_t i = 0; i < r->n_asked; i++) {
		struct device *d = r->groups[r->asked[i]].device;
		d->evidence = NULL;
		d->n_evidence = 0;
	}
	own->n_asked = 0;
	arena_reset(&own->evidence);
}

/*
 * When the group had the IP address last, or TIME_NONE. Who was told to have it, and
 * was not heard by it, counts when nobody was.
 */
static int64_t
had_last(const struct register_ *r, const struct group *g, struct addr ip, bool heard)
{
	int64_t last = TIME_NONE;

	for (uint32_t i = 0; i < g->n; i++) {
		const struct endpoint *e = endpoint_at(r, r->members[g->start + i]);
		struct span_of_time own = window_of(r, g, i);
		int64_t until = e->last < own.last ? e->last : own.last - 1;
		bool was = e->items != NOBODY || e->stays != NOBODY;
		if (addr_equal(e->ip, ip) && was == heard && until >= own.first &&
		    until > last)
			last = until;
	}
	return last;
}

/* Whose an IP address was last. */
static struct group *
last_holder(const struct register_ *r, struct addr ip, bool heard)
{
	struct group *found = NULL;
	int64_t last = TIME_NONE;

	for (size_t i = 0; i < r->n_groups; i++) {
		int64_t had = had_last(r, &r->groups[i], ip, heard);
		if (had > last) {
			found = &r->groups[i];
			last = had;
		}
	}
	return found;
}

const struct device *
register_find(const struct register_ *r, struct addr a)
{
	size_t low = 0, high = addr_is_link(a) ? r->n_groups : 0;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = addr_order(r->groups[middle].address, a);
		if (order == 0)
			return register_device(r, middle);
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	struct group *found = addr_is_link(a) ? register_alias(r, a)
	                                      : last_holder(r, a, true);
	if (found == NULL && a.kind == ADDR_MAC) {
		a.kind =
		    ADDR_BLE; /* as it is written, it may be a random one as well */
		return register_find(r, a);
	}
	if (found == NULL && !addr_is_link(a))
		found = last_holder(r, a, false);
	return found != NULL ? group_device(r, found) : NULL;
}
