/* SPDX-License-Identifier: ISC */
#ifndef DIRECTIVE_CLASSTREE_H
#define DIRECTIVE_CLASSTREE_H

#include "directive/class.h"

/* The tree of a class expression, for the files that parse, print and judge it. */
enum class_attribute {
	CLASS_VENDOR,
	CLASS_KIND,
	CLASS_OS,
	CLASS_VERSION,
	CLASS_MODEL,
	CLASS_APP,
	CLASS_COUNTRY,
	CLASS_APP_COUNTRY,
	CLASS_LIST
};
enum { CLASS_ATTRIBUTES = CLASS_LIST + 1 };

enum class_node { CLASS_OR, CLASS_AND, CLASS_NOT, CLASS_TEST };
enum class_test {
	TEST_IS,
	TEST_IN,
	TEST_BELOW,
	TEST_AT_MOST,
	TEST_ABOVE,
	TEST_AT_LEAST
};

struct class_value {
	struct text text;
	unsigned column; /* in the line of the class; 0: not known */
	struct version version;
};

struct class_part {
	enum class_node node;
	struct class_part *first; /* CLASS_OR, CLASS_AND: two or more; CLASS_NOT: one */
	struct class_part *next;
	/* CLASS_TEST */
	enum class_attribute attribute;
	enum class_test test;
	bool negated;
	struct class_value *values; /* TEST_IN: one or more; else one */
	size_t n;
};

struct class {
	struct class_part *root;
	unsigned line;
};

extern const char *const class_attribute_names[CLASS_ATTRIBUTES];
extern const char *const class_test_words[];

/*
 * One case of the joint: the words of vendor, OS and kind, and what else is known
 * of the device. Without a device the rest is open.
 */
struct view {
	struct text word[CLASS_ATTRIBUTES]; /* empty: open */
	const struct hypothesis *all; /* the taxonomy, to tell "other" from unknown */
	size_t n;
	const struct device *device;
	const struct class_data *data; /* or NULL */
	bool by_nature; /* what it runs, and on which list it is, left aside */
	bool missing[CLASS_ATTRIBUTES]; /* out: what was asked for and not known */
	const char *why;                /* out: what is missing of a list, or NULL */
};

/* classjudge.c: single tests of a case. */
enum truth view_word_is(const struct view *, enum class_attribute, struct text);
enum truth view_model_is(const struct view *, struct text);
enum truth view_version_is(const struct view *, const char *op, const struct version *);
enum truth view_app_is(const struct view *, struct text);

/* classlist.c: what the lists of the site say of a case. */
enum truth view_on_list(struct view *, struct text list);
enum truth view_of_country(struct view *, struct text country);
enum truth view_of_app_country(struct view *, struct text country);

/* Words that mean something in the grammar: as values they are quoted. */
bool class_is_keyword(struct text);

#endif
