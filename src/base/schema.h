/* SPDX-License-Identifier: ISC */
#ifndef BASE_SCHEMA_H
#define BASE_SCHEMA_H

#include "base/yaml.h"
#include "base/zone.h"

/*
 * Strict reading of a YAML tree: each reader takes the value it is given (NULL,
 * an absent key, is nothing and no mistake) and complains at its place when it
 * is not what the schema wants.
 */
struct schema {
	struct arena *arena;
	const char *file;
	struct complaints *to;
	const struct zone *zone; /* of the dates; NULL when it was not to be read */
};

void wrong(struct schema *, const struct yaml *, const char *format, ...)
    PRINTF_LIKE(3, 4);
void doubtful(struct schema *, const struct yaml *, const char *format, ...)
    PRINTF_LIKE(3, 4);

/* A mapping with these keys alone. What is said of it: "an obligation". */
bool schema_mapping(struct schema *, const struct yaml *, const char *what,
    const char *const *keys, size_t n);
bool schema_sequence(struct schema *, const struct yaml *, const char *what);
size_t schema_count(const struct yaml *); /* of a sequence or mapping */
/* The value of a key that must be there. */
const struct yaml *schema_need(struct schema *, const struct yaml *mapping,
    const char *what, const char *key);

/* Scalars; `what` names the value in messages, as the key does. */
bool schema_scalar(struct schema *, const struct yaml *, const char *what);
/* One line of text: blanks folded, no control characters, not empty. */
const char *schema_text(struct schema *, const struct yaml *, const char *what);
/* One of n words: its index, or -1. */
int schema_word(struct schema *, const struct yaml *, const char *what,
    const char *const *words, size_t n);
bool schema_yes(struct schema *, const struct yaml *, const char *what, bool absent);
bool schema_number(struct schema *, const struct yaml *, const char *what,
    unsigned long long least, unsigned long long most, unsigned long long *out);
/* A share of one with at most six digits after the point: 0 < x <= 1. */
bool schema_share(struct schema *, const struct yaml *, const char *what, double *);
void put_share(struct writer *, double);
/* A list of texts without doubles (case counts). */
size_t schema_texts(struct schema *, const struct yaml *, const char *what,
    const char ***out);
const struct zone *schema_zone(struct schema *, const struct yaml *);

/*
 * A date, or a date and time, in the schema's zone. A date alone is its first
 * instant, or its last when `end`.
 */
bool schema_date(struct schema *, const struct yaml *, const char *what, bool end,
    int64_t *at, const char **written);
/* Why a text is no date: "April has 30 days". Never NULL for one that is none. */
const char *date_why(struct text, char *buf, size_t n);
/* Whether it looks as if a date was meant. */
bool date_like(struct text);
/* The local date, and the time of day unless it is midnight. */
void put_date(struct writer *, const struct zone *, int64_t at);

#endif
