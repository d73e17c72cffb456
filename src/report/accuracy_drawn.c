/* SPDX-License-Identifier: ISC */
/*
 * How far an ECE can be trusted that some sixty devices gave. Twice DRAWS samples of as
 * many devices are drawn: from the devices themselves (the bootstrap of Efron, 1979),
 * and with the devices as they are, but answers that are right exactly as often as they
 * say. The second tells what an ECE of so few devices is when nothing is wrong: it is a
 * sum of distances, and chance alone moves it off nought.
 *
 * The draws follow from a counter: the same table, the same figures.
 */
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "report/accuracy.h"

enum { DRAWS = 2000 };

/* From 0 to 1, the same each time. */
static double
chance(uint64_t draw, uint64_t at)
{
	uint64_t word = hash_mix(hash_mix(draw + 1, draw), at);

	return (double)(hash_mix(word, at + 1) >> 11) * 0x1p-53;
}

static int
sample_order(const void *left, const void *right)
{
	const struct sample *a = left, *b = right;
	int order = addr_order(a->device, b->device);

	if (order == 0)
		order = (a->p > b->p) - (a->p < b->p);
	return order != 0 ? order : a->right - b->right;
}

static int
number_order(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return (a > b) - (a < b);
}

struct sums {
	double n[BINS], off[BINS];
};

static void
sums_add(struct sums *s, const struct sample *one, bool right)
{
	int i = (int)(one->p * BINS);

	i = i >= BINS ? BINS - 1 : i < 0 ? 0 : i;
	s->n[i] += one->weight;
	s->off[i] += one->weight * ((right ? 1 : 0) - one->p);
}

static double
sums_ece(const struct sums *s)
{
	double n = 0, off = 0;

	for (int i = 0; i < BINS; i++) {
		n += s->n[i];
		off += fabs(s->off[i]);
	}
	return n > 0 ? off / n : 0;
}

/* start: where each device's samples begin, and where the last one's end. */
static double
drawn_again(const struct sample *list, const size_t *start, size_t devices,
    uint64_t draw)
{
	struct sums s = { { 0 }, { 0 } };

	for (size_t i = 0; i < devices; i++) {
		size_t d = (size_t)(chance(draw, i) * (double)devices);
		for (size_t j = start[d]; j < start[d + 1]; j++)
			sums_add(&s, &list[j], list[j].right);
	}
	return sums_ece(&s);
}

/* What a device is does not change from capture to capture: one chance for it. */
static double
as_it_says(const struct sample *list, const size_t *start, size_t devices,
    uint64_t draw)
{
	struct sums s = { { 0 }, { 0 } };

	for (size_t d = 0; d < devices; d++) {
		double u = chance(draw + DRAWS, d);
		for (size_t j = start[d]; j < start[d + 1]; j++)
			sums_add(&s, &list[j], u < list[j].p);
	}
	return sums_ece(&s);
}

void
ece_drawn(struct sample *list, size_t n, struct drawn *out)
{
	double again[DRAWS], exact[DRAWS];
	size_t *start = must_alloc(n + 1, sizeof *start), devices = 0;

	*out = (struct drawn){ 0 };
	if (n > 1)
		qsort(list, n, sizeof *list, sample_order);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || addr_order(list[i].device, list[i - 1].device) != 0)
			start[devices++] = i;
	start[devices] = n;
	for (uint64_t i = 0; n > 0 && i < DRAWS; i++) {
		again[i] = drawn_again(list, start, devices, i);
		exact[i] = as_it_says(list, start, devices, i);
		out->exact_mean += exact[i] / DRAWS;
	}
	if (n > 0) {
		qsort(again, DRAWS, sizeof *again, number_order);
		qsort(exact, DRAWS, sizeof *exact, number_order);
		out->low = again[DRAWS / 40];
		out->high = again[DRAWS - 1 - DRAWS / 40];
		out->exact_high = exact[DRAWS - 1 - DRAWS / 20];
	}
	free(start);
}
