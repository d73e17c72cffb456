/* SPDX-License-Identifier: ISC */
/*
 * Rows that a rule and a value make together: `android-dhcp-13` is the rule of
 * `android-dhcp-` with the version 13. Each is kept once. What a stranger sends
 * decides how many there are, so beyond a bound the rule alone is the answer.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "knowledge/rule.h"

enum { MADE_MAX = 64 * 1024, WORD_MAX_LEN = 48, CLAIMS_MAX = 12 };

/* LR of a version or model that a device says of itself, from its rule. */
enum { SELF_SAID = 3 };
static const double maker_said = 6.9; /* as ua.form/maker-named */

static void
add(struct claim *claims, size_t *n, const struct claim *c)
{
	if (*n < CLAIMS_MAX)
		claims[(*n)++] = *c;
}

static bool
within(const struct claim *one, const struct claim *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (text_equal(one->values[0], set->values[i]))
			return true;
	return false;
}

/*
 * Two parts of one string speak of the kind each by itself: the form (Mobile, or none)
 * and the model's series; what they say is added. The form names one kind, or several
 * and perhaps one of them before the others, which then stand at `rest`; the series
 * names one. Claims of a row on one attribute are nested, so of three levels the lower
 * two become one: the higher of them, which is the more careful.
 */
static void
join_kinds(struct claim *form, size_t *n, const struct claim *series)
{
	struct claim *narrow = &form[*n - 1];
	double top = form->weight, rest = *n > 1 ? top - narrow->weight : top;
	double w = series->weight;

	if (!within(series, form)) {
		if (w >= top) {
			form[0] = *series;
			form[0].weight = w - top;
			*n = 1;
		} else if (*n > 1 && w >= rest) {
			form[0] = *narrow;
			form[0].weight = top - w;
			*n = 1;
		} else {
			form->weight = top - w;
		}
	} else if (narrow->n == 1 && within(series, narrow)) {
		form->weight += w;
		if (*n > 1)
			narrow->weight += w;
	} else if (rest + w > top || *n == 1) {
		form->weight = rest + w;
		form[1] = *series;
		form[1].weight = rest + w - top;
		*n = 2;
	} else {
		narrow->weight = top - (rest + w);
	}
}

static size_t
kinds_of(const struct row *row, const struct claim **first)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n_claims; i++)
		if (row->claims[i].attribute == ATTR_KIND && n++ == 0)
			*first = &row->claims[i];
	return n;
}

/*
 * A form that says the kind outright (Tablet, TV) stands against what the series, named
 * by other words, says of it: a Sony Tablet is no phone for all of Sony's.
 */
static bool
says_outright(const struct claim *form, size_t n, const struct claim *series)
{
	static const double outright = 5.5;

	return n == 1 && form->n == 1 && form->weight >= outright &&
	    !within(series, form);
}

/* What a row claims on vendor, OS or kind stands in place of what was there. */
static void
put_claims(struct claim *claims, size_t *n, const struct row *row, bool is_part)
{
	struct claim kinds[4];
	const struct claim *series = NULL;
	size_t kept = 0, n_kinds = 0;

	for (size_t i = 0; i < *n; i++)
		if (claims[i].attribute == ATTR_KIND && n_kinds < 2)
			kinds[n_kinds++] = claims[i];
	bool join = is_part && n_kinds > 0 && kinds_of(row, &series) == 1 &&
	    series->n == 1;
	for (size_t i = 0; i < *n; i++) {
		bool again = false;
		for (size_t j = 0; j < row->n_claims; j++)
			again |= claims[i].attribute <= ATTR_KIND &&
			    row->claims[j].attribute == claims[i].attribute;
		if (!again)
			claims[kept++] = claims[i];
	}
	*n = kept;
	if (join && !says_outright(kinds, n_kinds, series))
		join_kinds(kinds, &n_kinds, series);
	for (size_t i = 0; i < row->n_claims; i++)
		if (!join || row->claims[i].attribute != ATTR_KIND)
			add(claims, n, &row->claims[i]);
	for (size_t i = 0; join && i < n_kinds; i++)
		add(claims, n, &kinds[i]);
}

/* By attribute; what was in order stays so. */
static void
sort_claims(struct claim *claims, size_t n)
{
	for (size_t i = 1; i < n; i++)
		for (size_t j = i;
		     j > 0 && claims[j].attribute < claims[j - 1].attribute; j--) {
			struct claim c = claims[j];
			claims[j] = claims[j - 1];
			claims[j - 1] = c;
		}
}

static uint64_t
hash_of(const struct made *m)
{
	uint64_t h = hash_mix((uintptr_t)m->rule, (uintptr_t)m->also);

	h = hash_bytes(m->min.s, m->min.len, h);
	h = hash_bytes(m->max.s, m->max.len, h);
	h = hash_bytes(m->vendor.s, m->vendor.len, h);
	return hash_bytes(m->model.s, m->model.len, h);
}

struct made_row {
	struct row row; /* first: the table points to it */
	struct made of;
};

static bool
same(const struct made *a, const struct made *b)
{
	return a->rule == b->rule && a->also == b->also && text_equal(a->min, b->min) &&
	    text_equal(a->max, b->max) && text_equal(a->model, b->model) &&
	    text_equal(a->vendor, b->vendor);
}

static const struct row **
slot(const struct row **table, size_t cap, const struct made *m)
{
	size_t at = hash_of(m) & (cap - 1);

	while (table[at] != NULL &&
	    !same(&((const struct made_row *)(const void *)table[at])->of, m))
		at = (at + 1) & (cap - 1);
	return &table[at];
}

static void
grow(struct knowledge *k)
{
	size_t cap = k->cap_made > 0 ? k->cap_made * 2 : 256;
	const struct row **bigger = must_alloc(cap, sizeof *bigger);

	for (size_t i = 0; i < k->cap_made; i++)
		if (k->made[i] != NULL)
			*slot(bigger, cap,
			    &((const struct made_row *)(const void *)k->made[i])->of) =
			    k->made[i];
	free(k->made);
	k->made = bigger;
	k->cap_made = cap;
}

static const struct row *
build(struct knowledge *k, const struct made *m)
{
	struct claim claims[CLAIMS_MAX] = { 0 };
	size_t n = 0;
	struct made_row *made = arena_take(&k->arena, sizeof *made);

	made->of = (struct made){ m->rule, m->also, intern(k, m->min),
		intern(k, m->max), intern(k, m->model), intern(k, m->vendor) };
	put_claims(claims, &n, &m->rule->row, false);
	if (m->also != NULL)
		put_claims(claims, &n, &m->also->row,
		    key_set_has(&m->also->keys, KEY_ANDROID_SERIES) ||
		        key_set_has(&m->also->keys, KEY_ANDROID_MODEL));
	bool placed = m->vendor.len == 0;
	for (size_t i = 0; i < n && m->vendor.len > 0; i++)
		if (claims[i].attribute == ATTR_VENDOR) {
			claims[i].values = &made->of.vendor;
			claims[i].n = 1;
			placed = true;
		}
	if (!placed)
		add(claims, &n,
		    &(struct claim){ .attribute = ATTR_VENDOR,
		        .values = &made->of.vendor,
		        .n = 1,
		        .weight = maker_said });
	if (m->min.len > 0 || m->max.len > 0)
		add(claims, &n,
		    &(struct claim){ .attribute = ATTR_VERSION,
		        .min = m->min.len > 0 ? made->of.min.s : NULL,
		        .max = m->max.len > 0 ? made->of.max.s : NULL,
		        .weight = SELF_SAID });
	if (m->model.len > 0)
		add(claims, &n,
		    &(struct claim){ .attribute = ATTR_MODEL,
		        .values = &made->of.model,
		        .n = 1,
		        .weight = SELF_SAID });
	sort_claims(claims, n);
	struct claim *kept = arena_take(&k->arena, n * sizeof *kept);
	memcpy(kept, claims, n * sizeof *kept);
	claims_hold(k, kept, n);
	made->row = m->rule->row;
	made->row.claims = kept;
	made->row.n_claims = n;
	return &made->row;
}

/* The kept row of this content, made by `make` when it is new. */
static const struct row *
keep(struct knowledge *k, const struct made *want,
    const struct row *(*make)(struct knowledge *, const struct made *))
{
	if (k->n_made * 2 >= k->cap_made)
		grow(k);
	const struct row **at = slot(k->made, k->cap_made, want);
	if (*at == NULL) {
		if (k->n_made >= MADE_MAX)
			return &want->rule->row;
		*at = make(k, want);
		k->n_made++;
	}
	return *at;
}

const struct row *
row_make(struct knowledge *k, const struct made *m)
{
	struct made want = *m;

	if (want.model.len > WORD_MAX_LEN)
		want.model.len = 0;
	if (want.min.len > WORD_MAX_LEN || want.max.len > WORD_MAX_LEN)
		want.min.len = want.max.len = 0;
	if (want.also == NULL && want.min.len == 0 && want.max.len == 0 &&
	    want.model.len == 0)
		return &m->rule->row;
	return keep(k, &want, build);
}

static const struct row *
rename_row(struct knowledge *k, const struct made *m)
{
	struct made_row *made = arena_take(&k->arena, sizeof *made);

	made->of = *m;
	made->of.model = intern(k, m->model);
	made->row = m->rule->row;
	made->row.id = made->of.model.s;
	return &made->row;
}

const struct row *
row_make_named(struct knowledge *k, const struct made *m)
{
	return keep(k, m, rename_row);
}
