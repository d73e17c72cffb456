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
	enum fact_key key; /* FACT_NONE: the link-layer address */
	struct text value;
	bool is_forwarded; /* it came a hop further than the device's own frames */
	bool is_past;      /* another that excludes it came when it had ended */
	uint8_t old;       /* a bit a claim: of a version that a later one replaced */
};

/* Of evidence heard last at `last`, for a device last seen at `seen`. */
struct age heard_age(int64_t last, int64_t seen, int64_t as_of);
/* An order that does not depend on that of arrival; doubles are folded. */
size_t heard_sort(struct heard *, size_t n);
/* Two families speak for different siblings. */
bool heard_conflict(const struct heard *, size_t n);
/* What a row says of an attribute first, or NULL; whether two have a value in common.
 */
const struct claim *row_claim(const struct row *, enum attribute);
bool claims_share(const struct claim *, const struct claim *);
bool heard_within_a_day(const struct heard *, const struct heard *);
/* several.c: leaves out what was looked up for several systems; how many are left. */
size_t heard_drop_names_of_many(struct heard *, size_t n);
/* Strong claims on one attribute that cannot both be true of one thing. */
bool rows_exclude(const struct heard *, const struct heard *);
/* history.c: marks what was said before an upgrade (or downgrade), or a change. */
void heard_supersede(struct heard *, size_t n);
/* What is marked, within the OS: at most `room`, the latest first. */
size_t heard_past(const struct heard *, size_t n, struct text os, struct past *out,
    size_t room);
/* Whether a version is one of this OS: by the claim's own word, or its row's. */
bool version_fits(const struct row *, const struct claim *, struct text os);
/* Rows that cannot both be true of one thing at one time. */
bool rows_oppose(const struct heard *, const struct heard *);
/* Such rows of one family and day. */
bool rows_clash(const struct heard *, const struct heard *);
/* Whether what it says may prove a second device. */
bool tells_siblings(const struct heard *);

/*
 * several.c. Parts a sorted list into those of the several things it speaks of; each
 * part is sorted and holds what may be true of its thing. One part, or at least two.
 */
enum { PARTS_MAX = 4 };
struct part {
	struct heard *list;
	size_t n;
	const struct heard *by; /* what tells it from the others; NULL: the hop alone */
	bool is_forwarded;
};
size_t heard_parts(const struct heard *, size_t n, struct part parts[PARTS_MAX]);
void parts_free(struct part *, size_t n);
/* The member that a part makes; its belief is the caller's. */
void part_member(const struct part *, const struct belief *, struct member *);
struct member member_named(const struct belief *, const struct label *);
/* The whole of several: only what all agree on. */
void members_join(const struct member *, size_t n, struct belief *whole);

/* From a sorted list. `p` has room for every hypothesis and becomes out->p. */
void belief_from(struct knowledge *, const struct heard *, size_t n, double *p,
    struct belief *out);
/*
 * All of it, several or not, in any order. `p` is room for the joint of one thing
 * (NULL: taken); it and the members are the caller's: belief_free().
 */
void belief_of_heard(struct knowledge *, struct heard *, size_t n, double *p,
    struct belief *out);
void members_free(struct belief *);
/* Vendor, OS and kind anew, from the joint. */
void belief_marginals(struct knowledge *, struct belief *);
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
