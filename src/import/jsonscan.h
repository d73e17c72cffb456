/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_JSONSCAN_H
#define IMPORT_JSONSCAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"

/*
 * A scanner of JSON (RFC 8259) that builds no tree: in one pass over a text it checks
 * all of it and picks the values of the keys that somebody asked for. It accepts what
 * jansson accepts, but for depth (SCAN_DEPTH levels) and numbers, which it does not
 * convert; of a key that stands twice in one object the last one counts, as there.
 */
enum { SCAN_DEPTH = 64, SCAN_KEYS = 128 };

enum pick_type {
	PICK_NONE, /* the key is not there */
	PICK_STRING,
	PICK_NUMBER,
	PICK_TRUE,
	PICK_FALSE,
	PICK_NULL,
	PICK_OBJECT,
	PICK_ARRAY
};

struct pick {
	struct text
	    raw; /* of a string what stands between the quotes; else all of it */
	enum pick_type type;
	bool escaped; /* a string in which a backslash stands */
};

/* What went wrong, and at which byte from 0. */
struct scan_error {
	const char *what;
	size_t at;
};

struct scan_keys;

/*
 * Keys as paths: "tls/ja3/hash". A pick's number is its place in the list. Keys that
 * stand together in one object are best neighbours.
 */
struct scan_keys *scan_keys_new(const char *const *paths, size_t n);
void scan_keys_free(struct scan_keys *);

/* Fills picks[0..n). The text is one value, an object, with blanks around it or not. */
bool scan_object(const struct scan_keys *, struct text, struct pick *picks,
    struct scan_error *);

/* Whether the text is one array, of anything. */
bool scan_array(struct text, struct scan_error *);

/*
 * The next element of an array that was picked: *rest begins as its raw text, and is
 * moved on. False at its end. The array has been checked already.
 */
bool scan_each(struct text *rest, struct pick *element);

/* The text of a string, unescaped; of a number as it stands; else empty. */
struct text pick_text(struct arena *, const struct pick *);

#endif
