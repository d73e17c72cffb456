/* SPDX-License-Identifier: ISC */
#ifndef TOOLS_WEIGHTS_MODELS_H
#define TOOLS_WEIGHTS_MODELS_H

#include "weights.h"

/* Between models_read.c, which reads the labelled models, and models.c. */
enum { BEGINNING_MIN = 2, BEGINNING_MAX = 24, NONE = 0xffff };

struct model {
	struct text name;      /* folded, as the string has it */
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

/* In order of their names; without a part. */
void models_read(struct learning *, const struct lines *, unsigned without);

#endif
