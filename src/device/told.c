/* SPDX-License-Identifier: ISC */
/*
 * What persons say that a device is. The belief that counts for a verdict is then that
 * of the wire within what is told: told is certain, and outside the cap on evidence;
 * where the wire leaves nothing of it, the priors within it stand instead.
 */
#include <string.h>

#include "base/time.h"
#include "device/register.h"

void
register_tell(struct register_ *r, const struct told *t)
{
	r->told = must_grow(r->told, r->n_told + 1, sizeof *r->told);
	r->told[r->n_told++] = t;
}

/* As it is written, it may be a random one of Bluetooth LE as well. */
static bool
is_link(struct addr a, struct addr told)
{
	return addr_is_link(a) && memcmp(a.b, told.b, sizeof a.b) == 0;
}

static bool
is_of(const struct told *t, const struct device *d)
{
	for (size_t i = 0; t->of == TOLD_OF_MAC && i < d->n_macs; i++)
		if (is_link(d->macs[i], t->mac))
			return true;
	for (size_t i = 0; t->of != TOLD_OF_MAC && i < d->n_labels; i++) {
		const struct label *l = &d->labels[i];
		bool id = fact_keep(l->key) == KEEP_ID;
		if (id == (t->of == TOLD_OF_ID) && !l->is_default &&
		    text_equal_word(l->value, t->identifier))
			return true;
	}
	return false;
}

/* Of an attribute the latest word by then; of one day the later line. */
static bool
is_later(const struct told *a, const struct told *b)
{
	return a->date != b->date ? a->date > b->date : a->line > b->line;
}

static size_t
latest(const struct register_ *r, const struct device *d,
    const struct told *found[ATTRIBUTES])
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_told; i++) {
		const struct told *t = r->told[i];
		if ((r->as_of != TIME_NONE && t->date > r->as_of) || !is_of(t, d))
			continue;
		const struct told **place = &found[t->attribute];
		n += *place == NULL;
		if (*place == NULL || is_later(t, *place))
			*place = t;
	}
	return n;
}

static struct text
word_of(const struct hypothesis *h, enum attribute a)
{
	return a == ATTR_VENDOR ? h->vendor : a == ATTR_OS ? h->os : h->kind;
}

static bool
is_told_so(const struct hypothesis *h, const struct told *const told[ATTRIBUTES])
{
	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++)
		if (told[a] != NULL &&
		    !text_equal_word(word_of(h, (enum attribute)a), told[a]->value))
			return false;
	return true;
}

/* The joint within what is told; the priors when the wire has nothing there. */
static void
within(struct knowledge *k, const struct belief *wire,
    const struct told *const told[ATTRIBUTES], double *p, size_t n)
{
	size_t n_all;
	const struct hypothesis *h = knowledge_hypotheses(k, &n_all);
	double sum = 0;

	for (int priors = 0; priors < 2 && sum < 1e-9; priors++) {
		sum = 0;
		for (size_t i = 0; i < n; i++) {
			double one = priors || wire->n == 0 ? h[i].prior : wire->p[i];
			p[i] = is_told_so(&h[i], told) ? one : 0;
			sum += p[i];
		}
	}
	for (size_t i = 0; i < n && sum > 0; i++)
		p[i] /= sum;
}

static void
told_version(const struct told *t, struct belief *b)
{
	struct version v;

	if (!version_parse(t->value, &v))
		return;
	b->range = (struct version_range){ v, v };
	b->version = (struct marginal){ t->value, 1, t->value, 1 };
}

void
device_told(struct register_ *r, struct device *d)
{
	const struct told *told[ATTRIBUTES] = { NULL };
	size_t n = latest(r, d, told), n_p, at = 0;

	if (n == 0)
		return;
	const struct told **list = arena_take(&r->settled, n * sizeof *list);
	struct belief *b = arena_take(&r->settled, sizeof *b);
	(void)knowledge_hypotheses(r->knowledge, &n_p);
	for (unsigned a = 0; a < ATTRIBUTES; a++)
		if (told[a] != NULL)
			list[at++] = told[a];
	*b = d->belief;
	b->several = b->is_shared = false;
	b->members = NULL;
	b->n_members = 0;
	b->n = n_p;
	b->p = arena_take(&r->settled, n_p * sizeof *b->p);
	within(r->knowledge, &d->belief, told, b->p, n_p);
	belief_marginals(r->knowledge, b);
	if (told[ATTR_VERSION] != NULL)
		told_version(told[ATTR_VERSION], b);
	if (told[ATTR_MODEL] != NULL)
		b->model = (struct marginal){ told[ATTR_MODEL]->value, 1,
			told[ATTR_MODEL]->value, 1 };
	d->told = list;
	d->n_told = n;
	d->asserted = b;
}
