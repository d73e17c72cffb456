/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_KEPT_H
#define DEVICE_KEPT_H

#include "device/device.h"

/*
 * What a register has learnt, in a form that a store can keep and give back: what it
 * is given back makes the same devices. Folded: one a value and day of an endpoint.
 */
struct kept_endpoint {
	struct addr mac, ip; /* either may be none */
	uint8_t ttl;
	bool bound, client;
	int64_t first, last;
};

struct kept_fact {
	enum fact_key key;
	struct text value;
	struct sighting where; /* of the first; capture by the register's number */
	int64_t last;
	uint32_t count;
	uint16_t decoder;
	bool is_source; /* the endpoint sent the frame */
};

struct kept_stay {
	int64_t first, last;
	uint16_t vlan;
};

struct kept_sink {
	void (*endpoint)(void *state, const struct kept_endpoint *);
	/* Of the endpoint before. */
	void (*fact)(void *state, const struct kept_fact *);
	void (*stay)(void *state, const struct kept_stay *);
	void *state;
};

/*
 * Before it learns: what is said is kept day by day, so that a store can say later what
 * was known on a day.
 */
void register_by_day(struct register_ *);
/* All that it knows, endpoint by endpoint. */
void register_keep(const struct register_ *, const struct kept_sink *);

/* Each link-layer and network address of a device that were seen together. */
void register_endpoints(const struct device *,
    void (*take)(void *state, const struct addr *mac, const struct addr *ip), void *);

/*
 * Gives one back: each endpoint once, then what it said and where it was. What came
 * after `as_of` (TIME_NONE: no limit) is left out. The number of an endpoint, or
 * UINT32_MAX when nothing of it was known by then.
 */
uint32_t register_recall(struct register_ *, const struct kept_endpoint *,
    int64_t as_of);
/* The number of a value, or UINT32_MAX when the knowledge of today has no use for it.
 */
uint32_t register_recall_value(struct register_ *, enum fact_key, struct text);
/* By that number; the fact need not have its key and value again. */
void register_recall_fact(struct register_ *, uint32_t endpoint, uint32_t value,
    const struct kept_fact *, int64_t as_of);
/* That somebody was heard as late as this, who need not be known any more. */
void register_recall_last(struct register_ *, int64_t last, int64_t as_of);
void register_recall_stay(struct register_ *, uint32_t endpoint,
    const struct kept_stay *, int64_t as_of);

#endif
