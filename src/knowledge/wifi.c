/* SPDX-License-Identifier: ISC */
/*
 * A signature of 802.11 by its traits: what tells a model that no table holds. The
 * rows of wifi.tsv have for each trait its share in the answer to one question (whose
 * kin the system is; within a kin, which kind), fitted together, so that their sum is
 * a log-likelihood ratio (tools/wifi_weights.c says how). The row that is made of them
 * is one piece of evidence: its family counts it once.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "knowledge/rule.h"
#include "knowledge/wifi_traits.h"

enum { ANSWERS_MAX = 16, QUESTIONS = 4 };

/* One answer: where it holds, and the sum of what the traits say for it. */
struct answer {
	const struct claim *like; /* of the first row that gives it */
	double sum;
};

struct question {
	struct answer list[ANSWERS_MAX];
	size_t n;
};

static bool
same_values(const struct claim *a, const struct claim *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!text_equal(a->values[i], b->values[i]))
			return false;
	return true;
}

static void
hear(struct question *q, const struct row *row)
{
	for (size_t i = 0; i < row->n_claims; i++) {
		const struct claim *c = &row->claims[i];
		size_t at = 0;
		while (at < q->n && !same_values(q->list[at].like, c))
			at++;
		if (at == ANSWERS_MAX)
			continue;
		if (at == q->n)
			q->list[q->n++] = (struct answer){ c, 0 };
		q->list[at].sum += c->weight;
	}
}

static uint64_t *
where(struct knowledge *k, const struct claim *c, const uint64_t *within)
{
	uint64_t *holds = arena_take(&k->arena, k->n_bits * sizeof *holds);
	unsigned at;

	for (size_t v = 0; v < c->n; v++)
		if (value_find(k, c->attribute, c->values[v], &at))
			for (size_t b = 0; b < k->n_bits; b++)
				holds[b] |= k->is[c->attribute][at][b];
	for (size_t b = 0; within != NULL && b < k->n_bits; b++)
		holds[b] &= within[b];
	return holds;
}

/*
 * The answers of the first question are systems; those of each other one are kinds
 * within the system that it is named for, in the order of the first's rows.
 */
static size_t
put_claims(struct knowledge *k, const struct question *q, const struct claim *within,
    struct claim *out)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n; i++) {
		double w = q->list[i].sum;
		struct claim *c = &out[n++];
		*c = *q->list[i].like;
		c->weight = w > 6.9 ? 6.9 : w < -6.9 ? -6.9 : w;
		c->asked = within != NULL ? within->holds : NULL;
		c->holds = where(k, c, c->asked);
	}
	return n;
}

static const struct row *
make(struct knowledge *k, const struct rule *rule, const struct question *q)
{
	/* Of each kin one value by which it is known among the first's answers. */
	static const char *const known_by[] = { "iOS", "Android", "other" };
	struct claim claims[QUESTIONS * ANSWERS_MAX];
	size_t n = put_claims(k, &q[0], NULL, claims), n_kins = n;

	for (int i = 1; i < QUESTIONS; i++)
		for (size_t kin = 0; kin < n_kins; kin++)
			for (size_t v = 0; v < claims[kin].n; v++)
				if (text_is(claims[kin].values[v], known_by[i - 1]))
					n += put_claims(k, &q[i], &claims[kin],
					    claims + n);
	struct row *row = arena_take(&k->arena, sizeof *row);
	struct claim *kept = arena_take(&k->arena, n * sizeof *kept);
	memcpy(kept, claims, n * sizeof *kept);
	*row = rule->row;
	row->id = "wifi.traits";
	row->claims = kept;
	row->n_claims = n;
	row->is_sum = true;
	return row;
}

/* The row of these traits; NULL when no row of wifi.tsv knows any of them. */
static const struct row *
read(struct knowledge *k, const struct wifi_traits *traits)
{
	struct question q[QUESTIONS] = { { .n = 0 } };
	const struct rule *any = NULL;

	for (size_t t = 0; t < traits->n; t++)
		for (unsigned i = 0; i < QUESTIONS; i++) {
			struct text trait = { traits->list[t].s, traits->list[t].len };
			struct hit hit = rules_best(k, KEY_WIFI_KIN + i, trait);
			if (hit.rule == NULL)
				continue;
			any = any == NULL ? hit.rule : any;
			hear(&q[i], &hit.rule->row);
		}
	return any != NULL ? make(k, any, q) : NULL;
}

enum { KEPT = 1024 };

struct wifi_made {
	struct text value;
	enum fact_key key;
	const struct row *row;
};

/* What strangers send decides how many there are: so many are kept, and no more. */
const struct row *
wifi_read(struct knowledge *k, enum fact_key key, struct text value)
{
	struct wifi_traits traits = { .n = 0 };
	uint64_t at = hash_bytes(value.s, value.len, key) % (2 * KEPT);

	if (k->wifi == NULL)
		k->wifi = arena_take(&k->arena, 2 * KEPT * sizeof *k->wifi);
	while (k->wifi[at].row != NULL || k->wifi[at].key != FACT_NONE) {
		if (k->wifi[at].key == key && text_equal(k->wifi[at].value, value))
			return k->wifi[at].row;
		at = (at + 1) % (2 * KEPT);
	}
	if (k->n_wifi == KEPT)
		return NULL;
	if (key == FACT_WIFI_SIGNATURE)
		wifi_traits_signature(&traits, value);
	else
		wifi_traits_add(&traits, key == FACT_WIFI_PROBE ? 'p' : 'a', value);
	k->n_wifi++;
	k->wifi[at] = (struct wifi_made){ arena_text(&k->arena, value), key,
		read(k, &traits) };
	return k->wifi[at].row;
}
