/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_LIST_H
#define DIRECTIVE_LIST_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/arena.h"
#include "base/err.h"
#include "base/zone.h"
#include "device/version.h"
#include "knowledge/knowledge.h"

/*
 * A list that an order refers to by name and the site brings as a file: what is at
 * its end of support, a catalogue of vulnerabilities, makers by country, findings on
 * single devices. One CSV format, told in interdict-lists(5), and CISA's KEV JSON.
 */
struct list_value {
	const char *name, *value;
};

struct list_row {
	const char
	    *identifier; /* of one device; a MAC in its canonical form; or NULL */
	const char *vendor, *product, *kind, *os, *app, *country; /* NULL: any */
	struct version below; /* of the OS: versions below it; n 0: not said */
	const char *what;     /* what was found, such as a CVE id; or NULL */
	int64_t listed, detected, ends; /* ends: of support; TIME_NONE: not said */
	struct list_value *values;      /* of variables of an order's table */
	size_t n_values;
	unsigned line;
};

struct list {
	struct arena arena;
	const char *name, *file; /* the file's name is the caller's */
	struct list_row *rows;   /* in the order of the file */
	size_t n;
	bool without_versions; /* it names products and cannot say which versions */
	bool strangers;        /* some vendor of it is none of the knowledge's */
	const struct list_row **by_vendor; /* of rows with one, sorted without case */
	const struct list_row **by_identifier; /* the same of identifiers */
	size_t n_by_vendor, n_by_identifier;
	const struct list_row **others; /* rows with neither */
	size_t n_others;
};

/* NULL when there was a mistake; all of them are in complaints. Dates are of the zone.
 */
struct list *list_load(const char *name, const char *file, const struct zone *,
    struct complaints *);
struct list *list_parse(const char *name, const char *file, struct text,
    const struct zone *, struct complaints *);
void list_free(struct list *);
/* With the taxonomy: a maker that it does not know may be one of the "other". */
void list_compare(struct list *, const struct hypothesis *, size_t n);
/* listkev.c: the rows of a catalogue in CISA's JSON. */
bool list_read_kev(struct list *, struct text, const struct zone *,
    struct complaints *);

const struct list *list_find(struct list *const *, size_t n, struct text name);
/* The rows of a vendor or an identifier, one after the other. */
const struct list_row *const *list_of_vendor(const struct list *, struct text,
    size_t *n);
const struct list_row *const *list_of_identifier(const struct list *, struct text,
    size_t *n);

#endif
