/* SPDX-License-Identifier: ISC */
/* The class that is announced: what verdicts rest on. */
#include "directive/class.h"

static struct class_answer
judge_at(const struct class *c, const struct device *d, struct knowledge *k,
    const struct class_data *data, int64_t at, bool fades)
{
	struct device then = *d;

	device_belief_at(d, at, fades, &then.belief);
	struct class_answer a = class_judge(c, &then, k, data);
	belief_free(&then.belief);
	return a;
}

/* Whether it was once decided so, when a piece of the evidence was heard. */
static bool
was_decided(const struct class *c, const struct device *d, struct knowledge *k,
    const struct class_data *data, int64_t as_of, enum truth so)
{
	size_t n;
	const struct evidence *e = device_evidence(d, &n);

	for (size_t i = 0; i < n; i++) {
		int64_t at = e[i].last < as_of ? e[i].last : as_of;
		if (judge_at(c, d, k, data, at, true).truth == so ||
		    judge_at(c, d, k, data, e[i].first, true).truth == so)
			return true;
	}
	return false;
}

struct class_answer
class_announce(const struct class *c, const struct device *d, struct knowledge *k,
    const struct class_data *data, int64_t as_of)
{
	struct class_answer now = class_judge(c, d, k, data);

	if (now.truth != UNDECIDED || d->of == NULL || d->belief.n_members > 0 ||
	    d->asserted != NULL || !device_fades(d, as_of))
		return now;
	enum truth said = judge_at(c, d, k, data, as_of, false).truth;
	if (said == UNDECIDED || (said == TRUE_) != (now.p > 0.5) ||
	    !was_decided(c, d, k, data, as_of, said))
		return now;
	return (struct class_answer){ said, now.p,
		"it was decided before, and nothing that was seen since speaks against "
		"it" };
}
