/* SPDX-License-Identifier: ISC */
#ifndef PEOPLE_INDEX_H
#define PEOPLE_INDEX_H

#include "people/people.h"

/*
 * Words to things, of a size that is known beforehand. Papers are typed in by
 * the site itself, so the hash needs no secret.
 */
struct map_slot {
	struct text key;
	void *value; /* NULL: free */
};

struct map {
	struct map_slot *slots;
	size_t size; /* a power of two, at least twice the things */
};

void map_new(struct arena *, struct map *, size_t most);
/* The value's place; its key is set when the place was free. */
void **map_place(struct map *, struct text key);
void *map_get(const struct map *, struct text key);

struct people_index {
	struct map persons;    /* by id */
	struct map custody;    /* by key_of() */
	struct map deeds;      /* by key_of() */
	struct map given;      /* replacements, by what was given */
	struct map exceptions; /* by key_of(); names of every type as BY_HOSTNAME */
};

/*
 * What identifies a thing in one spelling: a letter for the type, then the bytes
 * of a MAC, a name in small letters, or a number without its separators. False
 * when it is too long to be one.
 */
enum { KEY_MAX = 260 };
bool key_of(enum identifier_type, struct text, char buf[KEY_MAX], struct text *key);
struct text key_of_mac(struct addr, char buf[KEY_MAX]);

#endif
