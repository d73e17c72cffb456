/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_CLASS_H
#define DIRECTIVE_CLASS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/writer.h"
#include "device/device.h"

/*
 * A class expression: which devices an order means.
 *
 *	any  := all { "or" all }
 *	all  := not { "and" not }
 *	not  := "not" not | "(" any ")" | test
 *	test := ATTRIBUTE ("is" ["not"] VALUE | ["not"] "in" "[" VALUE {"," VALUE} "]"
 *	        | ("<" | "<=" | ">" | ">=") VERSION)
 *
 * ATTRIBUTE: vendor, kind, os, version, model, app, country, list. Words compare
 * without case; a value with a blank, a comma or a bracket stands in quotes.
 */
struct class;

/*
 * NULL with complaints (line and column are where the text starts in its file).
 * Lives in the arena. A value that the taxonomy does not know is a caution.
 */
const struct class *class_parse(struct arena *, struct text, const char *file,
    unsigned line, unsigned column, struct complaints *);
void class_print(const struct class *, struct writer *); /* canonical */
bool class_equal(const struct class *, const struct class *);

struct class_answer {
	enum truth truth;    /* TRUE_ at p >= 0.9, FALSE_ at p <= 0.1 */
	double p;            /* that the device is of the class */
	const char *because; /* words for what left it undecided, or NULL; static */
};

/*
 * Computed on the joint of the belief. `version`, `model` and `app` are no part
 * of the joint: they multiply in as three-valued tests. `country` and `list`
 * need data of the site and are undecided without it.
 */
struct class_answer class_judge(const struct class *, const struct device *,
    struct knowledge *);

/* True when some device could be of both (for conflicts between orders). */
bool class_overlaps(const struct class *, const struct class *,
    const struct hypothesis *, size_t n);

#endif
