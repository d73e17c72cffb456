/* SPDX-License-Identifier: ISC */
#include <math.h>

#include "weights.h"

static void
interval(double yes, double n, double *low, double *high)
{
	const double z = 1.959964;

	*low = 0;
	*high = 1;
	if (!(n > 0))
		return;
	double p = yes / n, middle = p + z * z / (2 * n);
	double width = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n));
	*low = fmax(0, (middle - width) / (1 + z * z / n));
	*high = fmin(1, (middle + width) / (1 + z * z / n));
}

double
tally_weight(const struct tally *t)
{
	double q = (t->yes + t->no) / (t->of_yes + t->of_no);
	double with = (t->yes + q) / (t->of_yes + 1);
	double without = (t->no + q) / (t->of_no + 1);

	return log(with / without);
}

void
tally_bounds(const struct tally *t, double *low, double *high)
{
	double a, b, c, d;

	interval(t->yes, t->of_yes, &a, &b);
	interval(t->no, t->of_no, &c, &d);
	*low = a > 0 ? log(a / d) : -HUGE_VAL;
	*high = c > 0 ? log(b / c) : HUGE_VAL;
}
