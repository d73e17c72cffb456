/* SPDX-License-Identifier: ISC */
#include "device/version.h"

#include <limits.h>

bool
version_parse(struct text t, struct version *out)
{
	struct text part;

	*out = (struct version){ .n = 0 };
	while (text_split(&t, '.', &part)) {
		unsigned long long value;
		if (out->n == 4 || !text_number(part, &value) || value > 99999999)
			return false;
		out->part[out->n++] = (unsigned)value;
	}
	return out->n > 0;
}

int
version_order(const struct version *a, const struct version *b)
{
	for (unsigned i = 0; i < a->n && i < b->n; i++)
		if (a->part[i] != b->part[i])
			return a->part[i] < b->part[i] ? -1 : 1;
	return 0;
}

/* With missing parts taken as `pad`: 0 for the least of a version, else the most. */
static int
order_padded(const struct version *a, unsigned pad_a, const struct version *b,
    unsigned pad_b)
{
	for (unsigned i = 0; i < 4; i++) {
		unsigned x = i < a->n ? a->part[i] : pad_a;
		unsigned y = i < b->n ? b->part[i] : pad_b;
		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

enum { LEAST = 0 };
static const unsigned most = UINT_MAX;

/* `< 17` is below 17.0; `<= 17` takes in all of 17.x; `is 17` is 17.x. */
static enum truth
below(const struct version_range *r, const struct version *v, unsigned pad)
{
	if (order_padded(&r->max, most, v, pad) < (pad == most ? 1 : 0))
		return TRUE_;
	if (order_padded(&r->min, LEAST, v, pad) >= (pad == most ? 1 : 0))
		return FALSE_;
	return UNDECIDED;
}

static enum truth not(enum truth t) {
	return t == UNDECIDED ? UNDECIDED
	    : t == TRUE_      ? FALSE_
	                      : TRUE_;
}

enum truth
version_compare(const struct version_range *r, const char *op, const struct version *v)
{
	struct text t = text_of(op);

	if (text_is(t, "<"))
		return below(r, v, LEAST);
	if (text_is(t, "<="))
		return below(r, v, most);
	if (text_is(t, ">="))
		return not(below(r, v, LEAST));
	if (text_is(t, ">"))
		return not(below(r, v, most));
	enum truth low = below(r, v, LEAST), high = below(r, v, most);
	if (low == TRUE_ || high == FALSE_)
		return FALSE_;
	return low == FALSE_ && high == TRUE_ ? TRUE_ : UNDECIDED;
}
