/* SPDX-License-Identifier: ISC */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include "base/json.h"
#include "report/report.h"

/* Keys that several lines of the contract share. */

void json_key_string(struct json *, const char *key, const char *value);
void json_key_uint(struct json *, const char *key, uint64_t);

/* Nothing at all for ADDR_NONE. */
void json_addr(struct json *, const char *key, struct addr, const struct pseudonyms *);
/* The common keys: between whom, in which capture and frame. */
void json_sighting(struct json *, const struct sighting *, const char *capture,
    const struct pseudonyms *);
/* `value`, or `value_hex` when it is no UTF-8; personal ones by their pseudonym. */
void json_value(struct json *, enum fact_key, struct text value,
    const struct pseudonyms *);

/* An address alone, as an element of a list. */
void json_address(struct json *, struct addr, const struct pseudonyms *);
/* A time, or null. */
void json_time(struct json *, const char *key, int64_t);
void json_share(struct json *, double p);
/* vendor, os, kind, version, model. */
void json_marginals(struct json *, const struct belief *);

/* json_links.c: `members` of an address with several devices behind it. */
void json_members(struct json *, const struct belief *, const struct pseudonyms *);
/* `told` of a device: what persons say that it is. */
void json_told(struct json *, const struct device *, const struct pseudonyms *);
/* `links` of a device, the taken and the suggested ones. */
void json_links(struct json *, const struct device *, const struct pseudonyms *);

#endif
