/* SPDX-License-Identifier: ISC */
#ifndef BASE_YAML_H
#define BASE_YAML_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"

/*
 * YAML as a tree of positions (libyaml): every scalar is a string until a schema
 * gives it a type. One document; no anchors, aliases, tags or merge keys; a key
 * twice in one mapping is a mistake. At most 1 MiB, 32 levels, 100,000 nodes.
 */
enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

enum { YAML_MISTAKES = 1000 }; /* after so many no more are told */

struct yaml {
	enum yaml_kind kind;
	unsigned line, column; /* from 1, in characters */
	struct text scalar;    /* YAML_SCALAR: its text, without quotes */
	/* Of the scalar's first character; 0 when escapes or folding hide it. */
	unsigned text_column;
	bool quoted;
	bool bad;           /* complained of already */
	struct yaml *first; /* YAML_SEQUENCE: items; YAML_MAPPING: values */
	struct yaml *next;
	struct text key; /* of a value in a mapping */
	unsigned key_line, key_column;
};

/*
 * NULL with complaints when it cannot be read at all; a tree with complaints
 * when more mistakes may be found in it. The tree lives in the arena.
 */
const struct yaml *yaml_read(struct arena *, const char *file, struct text,
    struct complaints *);
/* The same of a catalogue that an authority publishes (JSON is YAML): 32 times that. */
const struct yaml *yaml_read_catalogue(struct arena *, const char *file, struct text,
    struct complaints *);
/* The value of a key, or NULL. */
const struct yaml *yaml_get(const struct yaml *mapping, const char *key);
/* Complains of each key that is none of these, with the nearest known word. */
void yaml_known(const struct yaml *mapping, const char *file, const char *what,
    const char *const *keys, size_t n, struct complaints *);
/* A scalar so written that it reads back the same; flow: within [ ] or { }. */
void yaml_put(struct writer *, struct text, bool flow);

#endif
