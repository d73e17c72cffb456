/* SPDX-License-Identifier: ISC */
#ifndef REPORT_SCRUB_H
#define REPORT_SCRUB_H

#include "report/report.h"

/*
 * Takes what is personal out of free text (a reason, a statement, a remark): the
 * names, ids and addresses of mail of the roster, host names and identifiers that
 * the case knows, and anything that reads as a link-layer or IP address.
 */
struct scrub;

/*
 * Which kind of pseudonym the value of a fact takes, or NULL: host names,
 * identifiers and addresses are personal; TXT pairs and raw options hold serial
 * numbers and addresses too.
 */
const char *personal_kind(enum fact_key, struct text value);

struct scrub *scrub_new(const struct report *);       /* NULL without pseudonyms */
struct scrub *scrub_empty(const struct pseudonyms *); /* knows no words yet */
void scrub_free(struct scrub *);
void scrub_add(struct scrub *, const char *what, struct text word, struct text of);
/* A name, id or mail address of a person: whole, and the parts of a name. */
void scrub_add_person(struct scrub *, struct text word, struct text id);
bool scrub_knows(const struct scrub *, struct text word);
void scrub_put(const struct scrub *, struct writer *, struct text);

#endif
