/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_DEVICE_H
#define DEVICE_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/addr.h"
#include "device/version.h"
#include "fact/fact.h"
#include "knowledge/knowledge.h"

/*
 * A device is one physical thing: its addresses over time, its names, what is
 * believed of it and why. In this version it is one link-layer address, or one
 * IP address behind a router.
 */

/* A fact that counts for a device: folded over its repetitions. */
struct evidence {
	enum fact_key key;
	uint32_t count;
	struct text value;
	const struct row *const *rows; /* that it matched; may be none for a name */
	int64_t first, last;
	struct sighting where; /* of the first */
	uint16_t decoder, n_rows;
};

/* One attribute of a belief: its marginal. */
struct marginal {
	struct text value; /* empty when undecided */
	double p;          /* of value */
	struct text leading;
	double leading_p; /* of the best guess, decided or not */
};

/* p of each hypothesis of knowledge_hypotheses(), in its order; they sum to 1. */
struct belief {
	double *p;
	size_t n;
	struct marginal vendor, os, kind, model;
	struct marginal version; /* value: one version when the range is one */
	struct version_range range;
	/* Contradiction: two families, or two values of one, speak for siblings. */
	bool several;
};

/* A time during which an address of the device was active somewhere. */
struct stay {
	struct addr ip; /* may be none */
	uint16_t vlan;
	int64_t first, last;
};

/* A name or identifier that may join a person: where it came from. */
struct label {
	enum fact_key key;
	struct text value;
	int64_t first, last;
	bool is_default; /* a maker's default name: joins nobody */
};

struct register_;
struct group;

struct device {
	char id[20]; /* "d-" and 16 hex digits, derived from what it is */
	struct addr *macs, *ips;
	size_t n_macs, n_ips;
	int64_t first_seen, last_seen;
	bool is_router;
	struct stay *stays; /* by time */
	size_t n_stays;
	struct label *labels;
	size_t n_labels;
	/* Use of official services: ip.service facts and names, as evidence. */
	struct evidence *uses;
	size_t n_uses;
	struct belief belief;
	/* device_evidence() has it; of a device of a register it is made when asked. */
	struct evidence *evidence;
	size_t n_evidence;
	struct register_ *of; /* with its group; NULL when it is of none */
	struct group *group;
};

/*
 * What was said of a device and is matched by knowledge, by key and value. Lives as
 * long as the device.
 */
const struct evidence *device_evidence(const struct device *, size_t *n);

struct register_ *register_new(struct knowledge *, size_t max_devices);
void register_free(struct register_ *);
void register_fact(struct register_ *, const struct fact *);
void register_presence(struct register_ *, const struct presence *);

/*
 * Names (tls.sni, http.host, dns.query) that the register must keep as use of an
 * official service although no knowledge row matches: exact or as a suffix.
 */
void register_want_host(struct register_ *, struct text host);

/*
 * Groups what was learned into devices and computes each belief as of a time: a
 * pure function of the evidence and that time. May be called again.
 */
void register_settle(struct register_ *, int64_t as_of);
size_t register_count(const struct register_ *);
/* Sorted by first address; pointers live until the next settle, or forget. */
const struct device *register_device(const struct register_ *, size_t i);
/*
 * Gives the memory of all devices back, which are made anew when somebody asks again:
 * for a walk through more of them than should be in memory at once.
 */
void register_forget(const struct register_ *);
/* The device that has this address, or NULL. */
const struct device *register_find(const struct register_ *, struct addr);
int64_t register_last_time(const struct register_ *);
size_t register_bytes(const struct register_ *);
uint64_t register_evicted(const struct register_ *);

/*
 * The belief alone, for `identify`: from pieces of evidence without a register.
 * The result's arrays belong to the caller: belief_free().
 */
void belief_compute(struct knowledge *, const struct evidence *, size_t n,
    const struct addr *mac, int64_t as_of, struct belief *out);
void belief_free(struct belief *);

/* What one piece of evidence says, for explain: each claim and its weight now. */
struct said {
	const struct evidence *evidence; /* NULL: the link-layer address itself */
	const struct row *row;
	const struct claim *claim;
	double weight; /* after decay; before the family's rule */
	bool counted;  /* it is the strongest of its family */
};

/* Calls back for each claim, for and against, strongest first. */
void belief_explain(struct knowledge *, const struct device *, int64_t as_of,
    void (*tell)(void *, const struct said *), void *state);

#endif
