/* SPDX-License-Identifier: ISC */
/* Version and model: no part of the joint, but told inside what it leads to. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "device/belief.h"

bool
values_have(const struct text *values, size_t n, struct text value)
{
	for (size_t i = 0; i < n; i++)
		if (text_equal_word(values[i], value))
			return true;
	return n == 0;
}

bool
version_fits(const struct row *row, const struct claim *version, struct text os)
{
	if (version->n_given > 0)
		return values_have(version->given, version->n_given, os);
	for (size_t i = 0; i < row->n_claims; i++)
		if (row->claims[i].attribute == ATTR_OS && row->claims[i].weight > 0 &&
		    !values_have(row->claims[i].values, row->claims[i].n, os))
			return false;
	return true;
}

struct candidate {
	const struct claim *claim;
	const char *family;
	double weight;
	enum fact_key key;
};

/*
 * A family counts once. But of two models that one kind of string names (Build.MODEL in
 * User-Agents), each is as true as the other: two telephones behind one address.
 */
static bool
is_rival(const struct candidate *a, const struct candidate *b)
{
	return a->claim->attribute == ATTR_MODEL && a->key == FACT_HTTP_USER_AGENT &&
	    a->key == b->key && !text_equal(a->claim->values[0], b->claim->values[0]);
}

/* Stronger first; of equals the newer version, then by name. */
static int
candidate_order(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	struct version x = { .n = 0 }, y = { .n = 0 };

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	if (a->claim->min != NULL && b->claim->min != NULL &&
	    version_parse(text_of(a->claim->min), &x) &&
	    version_parse(text_of(b->claim->min), &y)) {
		int order = version_order(&y, &x);
		if (order != 0)
			return order;
	}
	int order = strcmp(a->family, b->family);
	if (order == 0)
		order = text_order(a->claim->min, b->claim->min);
	return order != 0 ? order : text_order(a->claim->max, b->claim->max);
}

enum { CANDIDATES_MAX = 64 };

/* The strongest claim on `a` of each family, and its rivals, strongest first. */
static size_t
candidates(const struct heard *list, size_t n, enum attribute a, struct text os,
    struct candidate out[CANDIDATES_MAX])
{
	size_t found = 0, kept = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < list[i].row->n_claims; c++) {
			const struct row *row = list[i].row;
			const struct claim *claim = &row->claims[c];
			if (claim->attribute != a || found == CANDIDATES_MAX ||
			    list[i].is_past || (list[i].old >> c & 1) != 0 ||
			    (a == ATTR_VERSION && !version_fits(row, claim, os)))
				continue;
			out[found++] = (struct candidate){ claim, row->family,
				claim_weight(claim, list[i].age), list[i].key };
		}
	if (found > 1)
		qsort(out, found, sizeof *out, candidate_order);
	for (size_t i = 0; i < found; i++) {
		bool had = false;
		for (size_t j = 0; j < kept && !had; j++)
			had = strcmp(out[j].family, out[i].family) == 0 &&
			    !is_rival(&out[j], &out[i]);
		if (!had)
			out[kept++] = out[i];
	}
	return kept;
}

/* Narrows a range by a claim; false, and nothing done, when none would be left. */
static bool
narrow(struct version_range *r, const char **min, const char **max,
    const struct claim *c)
{
	struct version_range next = *r;
	const char *low = *min, *high = *max;
	struct version v;

	if (c->min != NULL && version_parse(text_of(c->min), &v) &&
	    (r->min.n == 0 || version_order(&v, &r->min) > 0 ||
	        (version_order(&v, &r->min) == 0 && v.n > r->min.n))) {
		next.min = v;
		low = c->min;
	}
	if (c->max != NULL && version_parse(text_of(c->max), &v) &&
	    (r->max.n == 0 || version_order(&v, &r->max) < 0 ||
	        (version_order(&v, &r->max) == 0 && v.n > r->max.n))) {
		next.max = v;
		high = c->max;
	}
	if (next.min.n > 0 && next.max.n > 0 && version_order(&next.min, &next.max) > 0)
		return false;
	*r = next;
	*min = low;
	*max = high;
	return true;
}

void
belief_version(const struct heard *list, size_t n, struct belief *out)
{
	struct candidate c[CANDIDATES_MAX];
	size_t found = candidates(list, n, ATTR_VERSION, out->os.leading, c);
	const char *min = NULL, *max = NULL;
	double weight = 0;

	for (size_t i = 0; i < found; i++)
		if (c[i].weight > 0)
			weight += narrow(&out->range, &min, &max, c[i].claim)
			    ? c[i].weight
			    : -c[i].weight;
	if (min == NULL && max == NULL)
		return;
	out->version.p = out->os.leading_p / (1 + exp(-weight));
	out->version.leading_p = out->version.p;
	if (min == NULL || max == NULL || strcmp(min, max) != 0)
		return;
	out->version.leading = text_of(min);
	if (out->version.p >= DECIDED_AT)
		out->version.value = out->version.leading;
}

void
belief_model(const struct heard *list, size_t n, struct belief *out)
{
	struct candidate c[CANDIDATES_MAX];
	double total[CANDIDATES_MAX], all = 1;
	size_t found = candidates(list, n, ATTR_MODEL, out->os.leading, c), kinds = 0;
	size_t best = 0;

	for (size_t i = 0; i < found; i++) {
		size_t j = 0;
		while (j < kinds &&
		    !text_equal(c[j].claim->values[0], c[i].claim->values[0]))
			j++;
		if (j == kinds) {
			c[j] = c[i];
			total[kinds++] = 0;
		}
		total[j] += c[i].weight;
	}
	for (size_t j = 0; j < kinds; j++) {
		all += exp(total[j]);
		if (total[j] > total[best])
			best = j;
	}
	if (kinds == 0 || total[best] <= 0)
		return;
	out->model.leading = c[best].claim->values[0];
	out->model.leading_p = out->model.p = exp(total[best]) / all;
	if (out->model.p >= DECIDED_AT)
		out->model.value = out->model.leading;
}
