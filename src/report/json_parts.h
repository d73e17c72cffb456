/* SPDX-License-Identifier: ISC */
#ifndef REPORT_JSON_PARTS_H
#define REPORT_JSON_PARTS_H

#include "base/json.h"
#include "report/report.h"

/* Keys that several lines of the contract share. */

/* Nothing at all for ADDR_NONE. */
void json_addr(struct json *, const char *key, struct addr, const struct pseudonyms *);
/* The common keys: between whom, in which capture and frame. */
void json_sighting(struct json *, const struct sighting *, const char *capture,
    const struct pseudonyms *);
/* `value`, or `value_hex` when it is no UTF-8; personal ones by their pseudonym. */
void json_value(struct json *, enum fact_key, struct text value,
    const struct pseudonyms *);

#endif
