/* SPDX-License-Identifier: ISC */
/* What one family says on one question: belief.c has the formula and the reasons. */
#include "device/score.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static bool
has(const uint64_t *set, size_t h)
{
	return set[h / 64] >> h % 64 & 1;
}

static bool
is_same(const uint64_t *a, const uint64_t *b, size_t words)
{
	return a == b ||
	    (a != NULL && b != NULL && memcmp(a, b, words * sizeof *a) == 0);
}

void
question_ask(struct question *q, const struct claim *claim, double w)
{
	for (size_t i = 0; i < q->n; i++)
		if (is_same(q->holds[i], claim->holds, q->words) &&
		    is_same(q->asked[i], claim->asked, q->words)) {
			if (fabs(w) > fabs(q->weight[i]))
				q->weight[i] = w;
			return;
		}
	if (q->n == CLAIMS_MAX || w == 0)
		return;
	q->holds[q->n] = claim->holds;
	q->asked[q->n] = claim->asked;
	q->weight[q->n++] = w;
}

/* Every hypothesis of `in`, of those that `where` has, is in `of`; and there is one. */
static bool
within(const struct question *q, size_t in, size_t of, const uint64_t *where)
{
	uint64_t common = 0;

	for (size_t i = 0; i < q->words; i++) {
		uint64_t bits = q->holds[in][i] &
		    (where != NULL ? where[i] : UINT64_MAX);
		if (bits & ~q->holds[of][i])
			return false;
		common |= bits;
	}
	return in != of && common != 0;
}

/* Of each claim those within it, and those within it where it asks: a bit a claim. */
struct narrower {
	uint32_t all[CLAIMS_MAX], asked[CLAIMS_MAX];
};

static struct narrower
narrower_of(const struct question *q)
{
	struct narrower r = { { 0 }, { 0 } };

	for (size_t c = 0; c < q->n; c++)
		for (size_t d = 0; d < q->n; d++) {
			if (q->weight[d] <= 0)
				continue;
			if (within(q, d, c, NULL))
				r.all[c] |= UINT32_C(1) << d;
			else if (q->asked[c] != NULL && within(q, d, c, q->asked[c]))
				r.asked[c] |= UINT32_C(1) << d;
		}
	return r;
}

/* Whether the narrower claim d leaves out h, for which the broader one c is. */
static bool
leaves_out(const struct question *q, const struct narrower *r, size_t c, size_t d,
    size_t h)
{
	if (r->all[c] >> d & 1)
		return !has(q->holds[d], h);
	return (r->asked[c] >> d & 1) && !has(q->holds[d], h) &&
	    (q->asked[d] == NULL || has(q->asked[d], h));
}

static double
score(const struct question *q, const struct narrower *narrower, size_t h)
{
	double best = 0, worst = 0;

	for (size_t c = 0; c < q->n; c++) {
		double w = q->weight[c], less = 0;
		if (!has(q->holds[c], h))
			continue;
		if (w < worst)
			worst = w;
		for (size_t d = 0; d < q->n && w > best; d++)
			if (q->weight[d] > less && leaves_out(q, narrower, c, d, h))
				less = q->weight[d];
		if (w - less > best)
			best = w - less;
	}
	return -worst > best ? worst : best;
}

void
question_answer(const struct question *q, double *p, size_t n)
{
	if (q->n == 1) {
		for (size_t i = 0; i < q->words; i++)
			for (uint64_t bits = q->holds[0][i]; bits != 0;
			     bits &= bits - 1)
				p[i * 64 + (size_t)__builtin_ctzll(bits)] +=
				    q->weight[0];
		return;
	}
	struct narrower narrower = narrower_of(q);
	for (size_t h = 0; h < n; h++)
		p[h] += score(q, &narrower, h);
}
