/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_SCORE_H
#define DEVICE_SCORE_H

#include <stddef.h>
#include <stdint.h>

#include "knowledge/knowledge.h"

enum { CLAIMS_MAX = 24 };

/* One family's claims on one attribute; equal sets are folded to the strongest. */
struct question {
	const uint64_t *holds[CLAIMS_MAX], *asked[CLAIMS_MAX];
	double weight[CLAIMS_MAX];
	size_t n, words; /* words: of a set of hypotheses */
};

void question_ask(struct question *, const struct claim *, double weight);
/* Adds s(h), as belief.c has it, to each of the n numbers at p. */
void question_answer(const struct question *, double *p, size_t n);

#endif
