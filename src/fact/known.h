/* SPDX-License-Identifier: ISC */
#ifndef FACT_KNOWN_H
#define FACT_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "fact/fact.h"

/*
 * What has been said already: a fact that its address said within the same hour
 * of capture time is old news, and is dropped before anything is built. One cache
 * line an address; what it forgets is only said again. A new fact is taken for an
 * old one once in about 300 million: 13 tags of 32 bits.
 */
struct known;

struct known *known_new(size_t most); /* addresses; the table grows up to it */
void known_free(struct known *);
/* Begins to fetch what is known of the sender, by its addresses. */
void known_expect(const struct known *, const struct sighting *);
/* True when it is news; from then on it is known. */
bool known_news(struct known *, const struct fact *);

#endif
