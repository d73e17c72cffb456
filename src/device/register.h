/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_REGISTER_H
#define DEVICE_REGISTER_H

#include "base/arena.h"
#include "device/belief.h"

/*
 * What the register keeps while it learns: endpoints, values and which endpoint
 * said which value, by number in pools that only grow. Devices are made of it by
 * register_settle().
 */
#define NOBODY UINT32_MAX /* no number of anything */

/* Things of one size, by number; they never move. */
struct pool {
	void **chunks;
	size_t size, n, cap; /* of a thing; taken; room in `chunks` */
};

/* A value that some fact had, with the rows that it matches: once for all. */
struct value {
	const char *s;
	const struct row *const *rows;
	uint32_t len;
	uint16_t key, n_rows;
	bool use;        /* of an official service */
	bool is_default; /* a maker's default name */
};

/* A link-layer address together with a network address; either may be none. */
struct endpoint {
	struct addr mac, ip;
	uint8_t ttl;           /* the highest seen */
	bool bound;            /* ARP, ND or DHCP says that the IP is this MAC's */
	bool client;           /* it said what only a client says */
	uint32_t items, stays; /* the newest of each, or NOBODY */
	int64_t first, last;
};

/* That an endpoint said a value: folded over its repetitions. */
struct item {
	int64_t first, last;
	uint64_t frame; /* this and what follows: of the first */
	uint32_t value, next, count, endpoint;
	uint32_t peer; /* the endpoint on the other side, or NOBODY */
	uint16_t capture, vlan, src_port, dst_port, decoder;
	uint8_t proto, ttl;
	bool is_source; /* the subject sent the frame */
};

struct stayed {
	int64_t first, last;
	uint32_t next;
	uint16_t vlan;
};

/* A device in short: its endpoints are members[start .. start + n). */
struct group {
	struct addr address; /* the first */
	uint32_t start, n;   /* none, for a router of which nothing else is known */
	int64_t first, last; /* of all endpoints, those behind it too */
	/* What was said outside of this time is another's that had the address. */
	int64_t from, until; /* TIME_NONE and INT64_MAX: all time */
	bool is_router;
	/* Of a linked device all addresses, the first among them; else NULL. */
	const struct addr *addresses;
	size_t n_addresses;
	const struct link *const *links;
	size_t n_links;
	struct device *device; /* once somebody asked */
};

/* An address whose device stands under an earlier one. */
struct alias {
	struct addr address;
	uint32_t group;
};

struct cached {
	struct cached *next;
	uint64_t hash;
	size_t n;
	const struct heard *heard;
	struct belief belief;
};

struct sha256;

struct register_ {
	struct register_ *self; /* for what is built when it is asked for */
	struct knowledge *knowledge;
	struct sha256 *sum;
	struct arena values_arena, settled;
	struct pool values, endpoints, items, stays;
	uint32_t *value_slots, *endpoint_slots, *item_slots;
	size_t value_cap, endpoint_cap, item_cap;
	uint64_t *nothing; /* hashes of values that no row matches */
	struct text *wanted;
	size_t n_wanted;
	uint32_t latest; /* the endpoint that was asked for last */
	size_t max_endpoints;
	uint64_t seed, evicted;
	int64_t last_time;

	uint32_t *members;
	struct group *groups;
	size_t n_groups, n_members;
	struct cached **cache;
	int64_t as_of;

	const struct told_link **told_links;
	size_t n_told_links;
	const struct told **told;
	size_t n_told;
	struct alias *aliases; /* by address */
	size_t n_aliases;
};

void *pool_at(const struct pool *, size_t i);

static inline struct value *
value_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->values, i);
}

static inline struct endpoint *
endpoint_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->endpoints, i);
}

static inline struct item *
item_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->items, i);
}

static inline struct stayed *
stay_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->stays, i);
}

/* What a device's address was heard to be used: its stays, else first to last. */
struct span_of_time {
	int64_t first, last;
};

/* change.c: parts the last group where its address went to another device. */
void group_part(struct register_ *);
/* apps.c: the apps that a device's evidence names. */
void device_apps(struct register_ *, struct device *);
/* told.c: what persons say of a device that is made. */
void device_told(struct register_ *, struct device *);
/* link.c: joins the groups that are one device. */
void register_link(struct register_ *);
/* The group whose device has an address that is no group's first, or NULL. */
struct group *register_alias(const struct register_ *, struct addr);
/* settle.c: forgets the devices of the last settling. */
void register_unsettle(struct register_ *);
/* device.c: a group in full. */
struct device *device_make(struct register_ *, const struct group *);

#endif
