/* SPDX-License-Identifier: ISC */
/*
 * Which evidence speaks for an order's object. A claim does when a device of
 * which nothing else is known would be more likely of the class with it: twice as
 * likely at the least, by odds. What a phone shares with tablets and computers, such
 * as a private address, tells nobody apart, and is no family that agrees.
 */
#include "directive/verdict_case.h"

#include <stdlib.h>

#include "base/hash.h"

enum { SPOKEN = 8192, TOLD = 3, TWICE = 2 };

static double
blank_p(struct judging *j)
{
	return class_judge(j->directive->object, &j->blank, j->matter->knowledge,
	    &j->data)
	    .p;
}

static void
blank_priors(struct judging *j)
{
	size_t n;
	const struct hypothesis *h = knowledge_hypotheses(j->matter->knowledge, &n);

	for (size_t i = 0; i < n; i++)
		j->blank.belief.p[i] = h[i].prior;
}

void
families_begin(struct judging *j)
{
	size_t n;

	(void)knowledge_hypotheses(j->matter->knowledge, &n);
	if (j->spoken == NULL) {
		j->spoken = must_alloc(SPOKEN, sizeof *j->spoken);
		j->blank.belief.p = must_alloc(n, sizeof *j->blank.belief.p);
		j->blank.belief.n = n;
	}
	memset(j->spoken, 0, SPOKEN * sizeof *j->spoken);
	blank_priors(j);
	j->base = blank_p(j);
}

void
families_end(struct judging *j)
{
	free(j->spoken);
	free(j->blank.belief.p);
	j->spoken = NULL;
	j->blank.belief.p = NULL;
}

static bool
claims(const struct claim *c, struct text value)
{
	for (size_t i = 0; i < c->n; i++)
		if (text_equal_word(c->values[i], value))
			return true;
	return false;
}

/* The blank device as the claim alone would have it. */
static double
p_with(struct judging *j, const struct said *said)
{
	const struct claim *c = said->claim;
	size_t n;
	const struct hypothesis *h = knowledge_hypotheses(j->matter->knowledge, &n);
	struct belief *b = &j->blank.belief;
	double sum = 0, p;

	if (c->attribute <= ATTR_KIND) {
		bool of_it[VALUES_MAX];
		size_t n_values;
		const struct text *values = knowledge_values(j->matter->knowledge,
		    c->attribute, &n_values);
		for (size_t i = 0; i < n_values; i++)
			of_it[i] = claims(c, values[i]);
		for (size_t i = 0; i < n; i++) {
			bool is = of_it[h[i].at[c->attribute]];
			b->p[i] = is ? h[i].prior : h[i].prior / 1000;
			sum += b->p[i];
		}
		for (size_t i = 0; i < n && sum > 0; i++)
			b->p[i] /= sum;
	} else if (c->attribute == ATTR_MODEL && c->n > 0) {
		b->model = (struct marginal){ c->values[0], 1, c->values[0], 1 };
	} else if (c->attribute == ATTR_APP && said->evidence != NULL) {
		j->blank.evidence = arena_take(j->arena, sizeof *j->blank.evidence);
		*j->blank.evidence = *said->evidence;
		j->blank.n_evidence = 1;
	}
	p = blank_p(j);
	blank_priors(j);
	b->model = (struct marginal){ 0 };
	j->blank.evidence = NULL;
	j->blank.n_evidence = 0;
	return p;
}

/* Above 0: the claim speaks for the object; below: against it. */
static double
lift_of(struct judging *j, const struct said *said)
{
	uint64_t hash = hash_mix((uint64_t)(uintptr_t)said->claim, 1);
	struct spoken *s = &j->spoken[hash % SPOKEN];

	if (s->claim != said->claim) {
		double p = p_with(j, said), lift = p - j->base;
		bool much = p * (1 - j->base) >= TWICE * j->base * (1 - p);
		s->claim = said->claim;
		s->lift = lift > 1e-9 && much ? 1 : lift < -1e-9 ? -1 : 0;
	}
	return said->weight > 0 ? s->lift : said->weight < 0 ? -s->lift : 0;
}

/* While one device's evidence goes by, strongest first. */
struct hearing {
	struct judging *j;
	const struct device *device;
	struct telling *telling;
	const char *families[FAMILIES_MAX];
	unsigned n;
	bool against;
	const char *told[TOLD + 1]; /* rows */
	unsigned n_told;
};

/* A row that says several things speaks once, by the strongest of them. */
static bool
was_told(struct hearing *h, const char *row)
{
	for (unsigned i = 0; i < h->n_told; i++)
		if (strcmp(h->told[i], row) == 0)
			return true;
	if (h->n_told <= TOLD)
		h->told[h->n_told++] = row;
	return false;
}

static void
tell_of(struct hearing *h, const struct said *said, const char *which)
{
	const struct evidence *e = said->evidence;
	uint64_t at = UINT64_MAX;

	size_t n;
	const struct evidence *all = device_evidence(h->device, &n);
	if (e != NULL && e >= all && e < all + n)
		at = (uint64_t)(e - all);
	say_evidence(h->j, h->telling, at, "%s speaks %s it (%s, knowledge row %s).",
	    e != NULL ? fact_name(e->key) : "The link-layer address", which,
	    said->row->family, said->row->id);
}

static void
hear(void *state, const struct said *said)
{
	struct hearing *h = state;
	const char *family = said->row->family;
	double lift = lift_of(h->j, said);

	if (lift < 0 && !h->against && !was_told(h, said->row->id)) {
		h->against = true;
		tell_of(h, said, "against");
	}
	if (lift <= 0 || family == NULL)
		return;
	for (unsigned i = 0; i < h->n; i++)
		if (strcmp(h->families[i], family) == 0)
			return;
	if (h->n == FAMILIES_MAX)
		return;
	h->families[h->n++] = family;
	if (h->n <= TOLD && !was_told(h, said->row->id))
		tell_of(h, said, "for");
}

unsigned
families_tell(struct judging *j, const struct device *d, struct telling *t)
{
	struct hearing h = { .j = j, .device = d, .telling = t };

	belief_explain(j->matter->knowledge, d, j->matter->as_of, hear, &h);
	return h.n;
}
