/* SPDX-License-Identifier: ISC */
#ifndef TOOLS_WEIGHTS_MODELS_H
#define TOOLS_WEIGHTS_MODELS_H

#include "weights.h"

/* Between models_read.c, which reads the labelled models, and models.c. */
enum { BEGINNING_MIN = 2, BEGINNING_MAX = 24, NONE = 0xffff };

struct model {
	struct text name;      /* folded, as the string has it */
	struct text said;      /* not folded */
	uint64_t device;       /* a digest of brand and model of the label */
	uint64_t maker;        /* of the brand alone: "other" is many */
	uint16_t vendor, kind; /* places in the knowledge's values */
	bool says_mobile;      /* its browser, in this string */
};

struct learning {
	struct knowledge *k;
	struct arena arena;
	struct model *models;
	size_t n;
	double of_vendor[VALUES_MAX], of_kind[VALUES_MAX]; /* devices */
	double of_mobile[VALUES_MAX], mobile;              /* those that say Mobile */
	double devices, with_kind;
	FILE *out;
};

/* models.c: devices of some models, by vendor and by kind; a device counts once. */
struct counts {
	double vendor[VALUES_MAX], kind[VALUES_MAX], n, with_kind;
};
void models_count(const struct model *, size_t n, struct counts *);
/* The base rate of a kind, of a maker's (NONE: of all) Androids. */
double models_share(const struct learning *, unsigned kind, unsigned vendor);
/* Of a share and its base rate; what so few devices can say at most. */
double share_weight(double share, double base, double n);
/* written.c: rows that a document gave, weighed by the models that they match. */
bool written_weigh(struct learning *, const char *folder);

/* In order of their names; without a part. */
void models_read(struct learning *, const struct lines *, unsigned without);

#endif
