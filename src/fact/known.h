/* SPDX-License-Identifier: ISC */
#ifndef FACT_KNOWN_H
#define FACT_KNOWN_H

#include <stdbool.h>
#include <stddef.h>

#include "fact/fact.h"

/*
 * What has been said already: a fact that its address said less than an hour ago
 * (of capture time) is old news, and is dropped before anything is built. A table
 * of hashes with a capacity; what it forgets is only said again.
 */
struct known;

struct known *known_new(size_t most); /* facts; the table grows up to it */
void known_free(struct known *);
/* True when it is news; from then on it is known. */
bool known_news(struct known *, const struct fact *);
/* The same whatever the time: only the first of each subject, key and value. */
bool known_first(struct known *, const struct fact *);

#endif
