/* SPDX-License-Identifier: ISC */
#ifndef SITE_SITE_H
#define SITE_SITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/zone.h"

/* site.yaml: where official use happens, and what a sensor sees of it. */
struct segment {
	const char *name;
	bool official; /* false: guests */
	struct prefix *ranges;
	size_t n_ranges;
	uint16_t *vlans;
	size_t n_vlans;
	const char **ssids;
	size_t n_ssids;
};

struct service {
	const char *name;
	const char **hosts; /* exact, or a domain with all below it: ".example.org" */
	size_t n_hosts;
	struct prefix *nets;
	size_t n_nets;
	uint16_t *ports; /* none: any */
	size_t n_ports;
};

struct coverage {
	const struct segment *segment;
	int64_t since; /* TIME_NONE: not covered at all */
	int64_t until; /* TIME_NONE: still */
};

struct prior_override {
	const char *attribute, *value;
	double share;
};

struct site {
	struct arena arena;
	const char *file, *name;
	const struct zone *zone;
	struct segment *segments;
	size_t n_segments;
	struct service *services;
	size_t n_services;
	struct coverage *coverage;
	size_t n_coverage;
	struct calendar *calendar; /* holidays; an empty one when none are given */
	struct prior_override *priors;
	size_t n_priors;
	int retention; /* of what was heard, in units; 0: no limit */
	enum unit retention_unit;
};

/* NULL when there was a mistake; every one is in complaints. */
struct site *site_load(const char *file, struct complaints *);
/* The same from memory; file is the name that messages use. */
struct site *site_parse(const char *file, struct text, struct complaints *);
void site_free(struct site *);

/*
 * The segment of an address seen on a VLAN (0: none), or NULL: unknown. Range before
 * VLAN; of ranges within ranges the smallest.
 */
const struct segment *site_segment(const struct site *, struct addr ip, uint16_t vlan);
/* service may be NULL; case and a last point do not count. */
bool site_host_is_official(const struct site *, struct text host, const char **service);
/* The service at an address and port, or NULL. */
const struct service *site_service(const struct site *, struct addr, uint16_t port);
/* Whether any sensor ever saw this segment. */
bool site_is_watched(const struct site *, const struct segment *);
/*
 * What was heard on a day (since 1970-01-01, UTC) before this one is older than the
 * limit at an instant; INT64_MIN: there is no limit.
 */
int64_t site_retains_from(const struct site *, int64_t at);
/* Whether a sensor saw this segment all the time from `from` to `to`. */
bool site_covered(const struct site *, const struct segment *, int64_t from,
    int64_t to);

#endif
