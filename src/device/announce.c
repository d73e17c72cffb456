/* SPDX-License-Identifier: ISC */
/*
 * What was believed, for what is announced: belief fades while a trait is not seen
 * again, and comes back with it; what a person was told does not go to and fro so.
 */
#include <stdlib.h>

#include "device/register.h"

bool
device_fades(const struct device *d, int64_t as_of)
{
	return d->silent_since != INT64_MAX &&
	    heard_age(d->silent_since, d->last_seen, as_of).is > 0;
}

static size_t
heard_of_macs(const struct device *d, struct heard *out)
{
	const struct row *rows[MATCHES_MAX];
	size_t n = 0;

	for (size_t m = 0; m < d->n_macs; m++) {
		size_t found = knowledge_match_mac(d->of->knowledge, d->macs[m], rows);
		for (size_t i = 0; i < found; i++)
			out[n++] = (struct heard){ .row = rows[i] };
	}
	return n;
}

static size_t
heard_by(const struct device *d, int64_t at, bool fades, struct heard *out)
{
	size_t n_e, n = 0;
	const struct evidence *e = device_evidence(d, &n_e);

	for (size_t i = 0; i < n_e; i++) {
		int64_t last = e[i].last < at ? e[i].last : at;
		struct age age = heard_age(last, d->last_seen, at);
		if (e[i].first > at)
			continue;
		if (!fades)
			age.is = 0;
		for (size_t r = 0; r < e[i].n_rows; r++)
			out[n++] = (struct heard){ .row = e[i].rows[r],
				.age = age,
				.first = e[i].first,
				.last = last,
				.key = e[i].key,
				.value = e[i].value };
	}
	return n;
}

void
device_belief_at(const struct device *d, int64_t at, bool fades, struct belief *out)
{
	size_t n_e, n_p, room = MATCHES_MAX * d->n_macs + 1;
	const struct evidence *e = device_evidence(d, &n_e);

	for (size_t i = 0; i < n_e; i++)
		room += e[i].n_rows;
	struct heard *list = must_alloc(room, sizeof *list);
	size_t n = heard_of_macs(d, list);
	n += heard_by(d, at, fades, list + n);
	n = heard_sort(list, n);
	heard_supersede(list, n);
	(void)knowledge_hypotheses(d->of->knowledge, &n_p);
	belief_from(d->of->knowledge, list, n, must_alloc(n_p, sizeof(double)), out);
	free(list);
}
