/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_BELIEF_H
#define DEVICE_BELIEF_H

#include "device/device.h"

/*
 * How old evidence is, in whole days, so that devices that were heard alike share
 * one belief. What a device runs (version, apps) may change while nobody looks: its
 * age runs until the time asked about. What a device is (vendor, OS, kind, model)
 * fades only as its address goes on being used without the trait being seen again:
 * its age runs until the device was last seen. Silence makes no other thing of it.
 */
struct age {
	unsigned runs, is;
};

/* A row that was heard for a device, and how long ago: what a belief is made of. */
struct heard {
	const struct row *row;
	struct age age;
	int64_t first, last;
};

/* Of evidence heard last at `last`, for a device last seen at `seen`. */
struct age heard_age(int64_t last, int64_t seen, int64_t as_of);
/* An order that does not depend on that of arrival; doubles are folded. */
size_t heard_sort(struct heard *, size_t n);
/* Two families, or two values of one within a day, speak for different siblings. */
bool heard_several(const struct heard *, size_t n);
/*
 * Rows of one family, within a day of each other, that cannot all be true of one
 * thing: their places in a sorted list, none or at least two.
 */
enum { SIDES_MAX = 4 };
size_t heard_sides(const struct heard *, size_t n, uint16_t sides[SIDES_MAX]);
/* From a sorted list. `p` has room for every hypothesis and becomes out->p. */
void belief_from(struct knowledge *, const struct heard *, size_t n, double *p,
    struct belief *out);
/* What the list says of version and model, within the OS that leads. */
void belief_version(const struct heard *, size_t n, struct belief *out);
void belief_model(const struct heard *, size_t n, struct belief *out);
/* Whether a value is among these; among none at all it is. */
bool values_have(const struct text *, size_t n, struct text value);

static inline int
text_order(const char *a, const char *b)
{
	return strcmp(a == NULL ? "" : a, b == NULL ? "" : b);
}

/* From here on an attribute is decided. */
#define DECIDED_AT 0.9

/* The weight of a claim at this age. */
double claim_weight(const struct claim *, struct age);

#endif
