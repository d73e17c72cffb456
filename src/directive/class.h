/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_CLASS_H
#define DIRECTIVE_CLASS_H

#include "base/arena.h"
#include "base/err.h"
#include "base/text.h"
#include "base/writer.h"
#include "device/device.h"
#include "directive/list.h"

/*
 * A class expression: which devices an order means.
 *
 *	any  := all { "or" all }
 *	all  := not { "and" not }
 *	not  := "not" not | "(" any ")" | test
 *	test := ATTRIBUTE ("is" ["not"] VALUE | ["not"] "in" "[" VALUE {"," VALUE} "]"
 *	        | ("<" | "<=" | ">" | ">=") VERSION)
 *
 * ATTRIBUTE: vendor, kind, os, version, model, app, country, app-country, list.
 * Words compare without case; a value with a blank, a comma or a bracket stands in
 * quotes. `app` means that the device was seen contacting the service; `country` is
 * the maker's, `app-country` that of the maker of an app.
 */
struct class;

enum { CLASS_LEVELS = 32, CLASS_BYTES = 16384 };

/*
 * NULL with complaints: all of them, each at its column (line and column are where
 * the text starts in its file; column 0: complain of the line). Lives in the arena.
 */
const struct class *class_parse(struct arena *, struct text, const char *file,
    unsigned line, unsigned column, struct complaints *);
void class_print(const struct class *, struct writer *); /* canonical */
bool class_equal(const struct class *, const struct class *);
/* What the taxonomy does not know: a caution each vendor and OS, a mistake each kind.
 */
void class_check_words(const struct class *, const struct hypothesis *, size_t n,
    const char *file, struct complaints *);

struct class_answer {
	enum truth truth;    /* TRUE_ at p >= 0.9, FALSE_ at p <= 0.1 */
	double p;            /* that the device is of the class */
	const char *because; /* words for what left it undecided, or NULL; static */
};

/* A name that counts as the vendor's own while the dates say so. */
struct affiliate {
	const char *vendor, *name;
	int64_t from, until; /* TIME_NONE: open */
};

/* What words of an expression rest on beside the device, at the time asked about. */
struct class_data {
	const struct affiliate *affiliates;
	size_t n_affiliates;
	struct list *const *lists;
	size_t n_lists;
	int64_t at;
	struct class_cases *cases; /* of the expression that is asked for most */
};

/*
 * The hypotheses that an expression cannot tell apart, each group judged once a belief:
 * a taxonomy has thousands, and an order names a few words. With them, what was
 * answered for beliefs that devices share. NULL where lists look at the words
 * themselves, or there are too many groups. Lives in the arena; holds for these
 * hypotheses and this data, and until the register settles again.
 */
struct class_cases *class_cases_new(struct arena *, const struct class *,
    const struct hypothesis *, size_t n, const struct class_data *);

/*
 * Computed on the joint of the belief. `version`, `model` and `app` are no part
 * of the joint: they multiply in as three-valued tests. `country`, `app-country` and
 * `list` rest on lists that the site brings and are undecided without them. The data
 * may be NULL.
 */
struct class_answer class_judge(const struct class *, const struct device *,
    struct knowledge *, const struct class_data *);

/* Whether an expression asks for apps at all, and whether it means this one. */
bool class_asks_for_apps(const struct class *);
bool class_means_app(const struct class *, struct text app, const struct class_data *);

/*
 * The same as it is announced. What was decided once stays so while it merely fades:
 * as long as all that was heard, unfaded, still decides it, and it is more likely than
 * not. Only evidence that speaks against it takes it back sooner. `because` says so.
 */
struct class_answer class_announce(const struct class *, const struct device *,
    struct knowledge *, const struct class_data *, int64_t as_of);

/*
 * True when some device could be of both (for conflicts between orders). Without
 * hypotheses every pairing of the words that the two name is tried.
 */
bool class_overlaps(const struct class *, const struct class *,
    const struct hypothesis *, size_t n);
/* The same of what a device is made to be: apps, countries and lists left aside. */
bool class_overlaps_by_nature(const struct class *, const struct class *,
    const struct hypothesis *, size_t n);
/* Whether no device, of whatever words, is outside it. */
bool class_is_everything(const struct class *);
/* True when no device could be of the first and not of the second. */
bool class_within(const struct class *, const struct class *, const struct hypothesis *,
    size_t n);

#endif
