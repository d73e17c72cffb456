/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_REGISTER_H
#define DEVICE_REGISTER_H

#include "base/arena.h"
#include "base/pool.h"
#include "base/slots.h"
#include "base/time.h"
#include "device/belief.h"

/*
 * What the register keeps while it learns: endpoints, values and which endpoint
 * said which value, by number in pools; what an evicted endpoint leaves is used again.
 * Devices are made of it by register_settle().
 */
#define NOBODY SLOT_NONE /* no number of anything */

/* A value that some fact had, with the rows that it matches: once for all. */
struct value {
	const char *s;
	const struct row *const *rows;
	uint32_t len;
	uint16_t key, n_rows;
	uint8_t hides;   /* bits of device/hidden.h */
	bool use;        /* of an official service */
	bool is_default; /* a maker's default name */
};

/* A link-layer address together with a network address; either may be none. */
struct endpoint {
	struct addr mac, ip;
	uint8_t ttl;     /* of those seen, by ttl_more() */
	bool bound : 1;  /* ARP, ND or DHCP says that the IP is this MAC's */
	bool client : 1; /* it said what only a client says */
	bool reused : 1; /* its number was another's, who was evicted */
	uint8_t hides;   /* bits of device/hidden.h */
	uint8_t room;    /* items are folded when there are 1 << room of them */
	uint32_t n_items;
	uint32_t items, stays; /* the newest of each, or NOBODY */
	int64_t first, last;
};

/* When and where a frame was seen: what the items that it brought share. */
struct sight {
	int64_t time;
	uint64_t frame;
	uint32_t peer; /* the endpoint on the other side, or NOBODY */
	uint16_t capture, vlan, src_port, dst_port;
	uint8_t proto, ttl;
	uint16_t uses; /* items that stand on it; at the most it is never freed */
};

/*
 * That an endpoint said a value, over some of its repetitions: nobody looks for an
 * older item of the same value while learning. They are folded when an endpoint has
 * twice as many as there were distinct ones, and when a device is made.
 */
struct item {
	int64_t last;
	uint32_t value, next, count;
	uint32_t endpoint; /* NOBODY: it is free */
	uint32_t sight;    /* the first */
	uint16_t decoder;
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
	bool is_router;
	uint32_t start, n;   /* none, for a router of which nothing else is known */
	int64_t first, last; /* of all endpoints, those behind it too */
	/* What was said outside of this time is another's that had the address; of a
	 * linked device see window_of(). */
	int64_t from, until; /* TIME_NONE and INT64_MAX: all time */
	/* Of a linked device all addresses, the first among them; else NULL. */
	const struct addr *addresses;
	const struct link *const *links;
	uint32_t n_addresses, n_links;
	struct device *device; /* once somebody asked */
	/* What outlives it, for the next time: the digits of its id, once there are
	 * some, and its belief, where others have the same. */
	char id[16];
	const struct belief *belief;
};

/* An address whose device stands under an earlier one. */
struct alias {
	struct addr address;
	uint32_t group;
};

/* The rows that a value matches, of which those of many are the same. */
enum { ROWS_LATELY = 1024 };
struct matched {
	const struct row *const *rows;
	size_t n;
};

struct cached {
	struct cached *next;
	uint64_t hash;
	size_t n;
	const struct heard *heard;
	struct belief belief;
};

struct sha256;

/* What a device's address was heard to be used: its stays, else first to last. */
struct span_of_time {
	int64_t first, last;
};

struct register_ {
	struct register_ *self; /* for what is built when it is asked for */
	struct knowledge *knowledge;
	struct sha256 *sum;
	struct arena values_arena;
	struct matched *matched;       /* ROWS_LATELY of them, by hash */
	struct arena settled, beliefs; /* devices; what they share */
	struct arena evidence;         /* of the devices of `asked`, groups by number */
	uint32_t *asked;
	size_t n_asked, cap_asked;
	struct pool values, endpoints, items, sights, stays;
	struct slots value_slots, endpoint_slots;
	uint32_t free_items, free_sights, free_stays; /* of the evicted; chains */
	uint64_t *nothing; /* hashes of values that no row matches */
	struct text *wanted;
	size_t n_wanted;
	uint32_t latest;      /* the endpoint that was asked for last */
	struct sighting seen; /* of the latest item that was new, and its number */
	uint32_t sight;
	bool seen_source;
	size_t max_endpoints, hand; /* hand: where the next eviction looks */
	uint64_t seed, evicted;
	bool by_day; /* items are folded within a day alone */
	int64_t last_time;

	uint32_t *members;
	struct span_of_time *windows; /* of linked ones' members; or NULL */
	struct group *groups;
	size_t n_groups, cap_groups, n_members;
	uint32_t *made; /* groups with a device */
	size_t n_made, cap_made;
	struct cached **cache;
	int64_t as_of;

	const struct told_link **told_links;
	size_t n_told_links;
	const struct told **told;
	size_t n_told;
	struct alias *aliases; /* by address */
	size_t n_aliases;
};

static inline int64_t
day_of(int64_t at)
{
	return at / DAY - (at % DAY < 0);
}

bool items_fold_into(const struct register_ *, const struct item *,
    const struct item *);
/* register.c, for kept.c: the pieces of which learning is made. */
/*
 * For qsort_r() over numbers of items, of a register: by value; of each value the first
 * that was said in front.
 */
int item_order(const void *left, const void *right, void *state);
uint32_t endpoint_number(struct register_ *, struct addr mac, struct addr ip,
    int64_t time);
void endpoint_widen(struct endpoint *, int64_t time);
uint32_t value_number(struct register_ *, enum fact_key, struct text);
void item_learn(struct register_ *, uint32_t endpoint, uint32_t value,
    const struct fact *, bool source, int64_t last, uint32_t count);
void stay_learn(struct register_ *, struct endpoint *, const struct presence *);

static inline struct value *
value_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->values, i, sizeof(struct value));
}

static inline struct endpoint *
endpoint_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->endpoints, i, sizeof(struct endpoint));
}

static inline struct item *
item_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->items, i, sizeof(struct item));
}

static inline struct sight *
sight_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->sights, i, sizeof(struct sight));
}

static inline struct stayed *
stay_at(const struct register_ *r, uint32_t i)
{
	return pool_at(&r->stays, i, sizeof(struct stayed));
}

/* From when until before when what a member of the group said is the group's. */
static inline struct span_of_time
window_of(const struct register_ *r, const struct group *g, uint32_t m)
{
	if (r->windows != NULL && g->addresses != NULL)
		return r->windows[g->start + m];
	return (struct span_of_time){ g->from, g->until };
}

/* settle.c: room for so many more groups. */
void groups_reserve(struct register_ *, size_t n);
/* change.c: parts the last group where its address went to another device; of which
 * numbers are the endpoints that leased it. */
void group_part(struct register_ *, uint32_t *leased_by, size_t n);
/* A value that the device said, folded over its endpoints. */
struct saying {
	int64_t first, last;
	uint32_t value, item, count; /* item: the first of them */
};

/* device.c: all that a group said in its time, in `few` when there is room; else the
 * caller frees it. */
enum { FEW_SAYINGS = 64 };
struct saying *group_sayings(const struct register_ *, const struct group *,
    struct saying few[FEW_SAYINGS], size_t *n);
/* apps.c: the apps that a device's evidence names. */
void device_apps(struct register_ *, struct device *, const struct saying *, size_t n);
/* expect.c: fetches what the groups after this one hold, for a walk through them. */
void groups_expect(const struct register_ *, size_t group);
/* told.c: what persons say of a device that is made. */
void device_told(struct register_ *, struct device *);
/* link.c: joins the groups that are one device. */
void register_link(struct register_ *);
/* The group whose device has an address that is no group's first, or NULL. */
struct group *register_alias(const struct register_ *, struct addr);
/* settle.c: forgets the devices of the last settling. */
void register_unsettle(struct register_ *);
/* device.c: when and where an item was first said, and to whom. */
void item_sighting(const struct register_ *, const struct item *, struct sighting *);
/* device.c: what a group is called, and all of it. */
void group_id(struct register_ *, struct group *, char id[DEVICE_ID]);
struct device *device_make(struct register_ *, struct group *);

#endif
