/* SPDX-License-Identifier: ISC */
/* Where orders of one set pull in different directions. */
#include "directive/tree.h"

struct meeting {
	const struct directive *a, *b;
	const struct hypothesis *all;
	size_t n_all;
	struct complaints *to;
	size_t found;
	enum truth somebody; /* whether an order's people are the other's, too */
};

static bool
shares(const char **a, size_t n, const char **b, size_t m)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			if (strcmp(a[i], b[j]) == 0)
				return true;
	return false;
}

static bool
all_among(const char **a, size_t n, const char **b, size_t m)
{
	for (size_t i = 0; i < n; i++)
		if (!shares(&a[i], 1, b, m))
			return false;
	return n > 0;
}

static bool
groups_shut_out(const struct directive *a, const struct directive *b)
{
	return a->applies_to.n_persons == 0 && a->applies_to.n_ranks == 0 &&
	    all_among(a->applies_to.groups, a->applies_to.n_groups,
	        b->applies_to.not_groups, b->applies_to.n_not_groups);
}

/*
 * Whether somebody is meant by both: surely, when one means everybody or they name
 * the same group, person or rank; perhaps, when one goes by rank and the other by
 * group. Groups of different names are thought to be of different people.
 */
static enum truth
scopes_meet(const struct directive *a, const struct directive *b)
{
#define BOTH(member)                                                                 \
	shares(a->applies_to.member, a->applies_to.n_##member, b->applies_to.member, \
	    b->applies_to.n_##member)
#define APART(member) \
	(a->applies_to.n_##member > 0 && b->applies_to.n_##member > 0 && !BOTH(member))
	bool owned = false;

	for (size_t i = 0; i < OWNERSHIPS; i++)
		owned = owned ||
		    (a->applies_to.ownership[i] && b->applies_to.ownership[i]);
	if (!owned || APART(sites) || APART(segments) || APART(ssids) ||
	    groups_shut_out(a, b) || groups_shut_out(b, a))
		return FALSE_;
	if (a->applies_to.all || b->applies_to.all || BOTH(groups) || BOTH(persons) ||
	    BOTH(ranks))
		return TRUE_;
	return (a->applies_to.n_ranks > 0) != (b->applies_to.n_ranks > 0) ? UNDECIDED
	                                                                  : FALSE_;
#undef APART
#undef BOTH
}

static bool
is_binding(const struct obligation *o)
{
	return o->modality == MODALITY_MUST || o->modality == MODALITY_SHOULD;
}

/* The strongest word by which an order forbids its object, or NULL. */
static const struct obligation *
prohibition(const struct directive *d)
{
	const struct obligation *weak = NULL;

	for (size_t i = 0; i < d->n_obligations; i++) {
		const struct obligation *o = &d->obligations[i];
		if (!verb_forbids(o->verb) && o->verb != VERB_REMOVE)
			continue;
		if (o->modality == MODALITY_MUST)
			return o;
		if (o->modality == MODALITY_SHOULD)
			weak = o;
	}
	return weak;
}

/* A replacement is procured and used; only places and core networks may differ. */
static bool
purposes_meet(enum purpose giver, enum purpose forbidder)
{
	return giver == forbidder || giver == PURPOSE_ANY || forbidder == PURPOSE_ANY ||
	    forbidder == PURPOSE_OFFICIAL || forbidder == PURPOSE_PROCURE;
}

static void
replacement_falls(struct meeting *m, const struct obligation *o)
{
	const struct directive *a = m->a, *b = m->b;
	const struct obligation *forbids = prohibition(b);

	if (o->with == NULL || forbids == NULL ||
	    !purposes_meet(a->purpose, b->purpose) ||
	    !class_overlaps_by_nature(o->with, b->object, m->all, m->n_all))
		return;
	bool every = class_within(o->with, b->object, m->all, m->n_all);
	m->found++;
	caution(m->to, a->file, o->line, o->column,
	    "conflict: %s replacement that '%s' allows falls under '%s' (%s), which "
	    "says '%s' of it%s",
	    every ? "every" : "some", a->id, b->id, b->object_text,
	    verb_words[forbids->verb],
	    m->somebody == TRUE_ ? ""
	                         : "; the roster tells whether anybody is under both");
}

/* What one order has destroyed, the other can no longer have. */
static bool
needs_the_thing(enum verb v)
{
	return v == VERB_EXAMINE || v == VERB_WIPE;
}

static bool
comes_first(const struct obligation *dispose, enum verb v)
{
	for (size_t i = 0; i < dispose->n_first; i++)
		if (dispose->first[i] == v)
			return true;
	return false;
}

static int64_t
due_of(const struct obligation *o, const struct directive *d)
{
	return obligation_due(o, d, NULL, TIME_NONE);
}

static void
disposal_destroys(struct meeting *m, const struct obligation *dispose)
{
	const struct directive *a = m->a, *b = m->b;
	int64_t gone = due_of(dispose, a);

	for (size_t i = 0; i < b->n_obligations; i++) {
		const struct obligation *o = &b->obligations[i];
		if (!is_binding(o) || !needs_the_thing(o->verb) ||
		    comes_first(dispose, o->verb))
			continue;
		int64_t due = due_of(o, b);
		if (gone != TIME_NONE && due != TIME_NONE && due < gone)
			continue;
		m->found++;
		caution(m->to, a->file, dispose->line, dispose->column,
		    "conflict: '%s' has devices disposed of that '%s' wants to '%s', "
		    "and "
		    "does not say that this comes first",
		    a->id, b->id, verb_words[o->verb]);
	}
}

/* One gives devices to use, or has them kept in use, that the other forbids. */
static void
obligations_meet(struct meeting *m)
{
	bool same = class_overlaps(m->a->object, m->b->object, m->all, m->n_all);

	for (size_t i = 0; i < m->a->n_obligations; i++) {
		const struct obligation *o = &m->a->obligations[i];
		if (o->verb == VERB_REPLACE)
			replacement_falls(m, o);
		if (o->verb == VERB_DISPOSE && same && is_binding(o))
			disposal_destroys(m, o);
	}
}

static bool
is_alive(const struct directive *d)
{
	return d->status == STATUS_DRAFT || d->status == STATUS_IN_FORCE;
}

static bool
supersedes(const struct directive *a, const struct directive *b)
{
	return a->supersedes != NULL && strcmp(a->supersedes, b->id) == 0;
}

static void
pair_meets(struct meeting *m)
{
	if (supersedes(m->a, m->b) && m->b->status == STATUS_IN_FORCE &&
	    m->a->status == STATUS_IN_FORCE) {
		m->found++;
		caution(m->to, m->b->file, 0, 0,
		    "conflict: '%s' is superseded by '%s', and both are in force",
		    m->b->id, m->a->id);
	}
	if (!is_alive(m->a) || !is_alive(m->b) || supersedes(m->a, m->b) ||
	    supersedes(m->b, m->a))
		return;
	m->somebody = scopes_meet(m->a, m->b);
	if (m->somebody == FALSE_)
		return;
	obligations_meet(m);
}

size_t
directives_conflicts(struct directive *const *list, size_t n,
    const struct hypothesis *all, size_t n_all, struct complaints *to)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			struct meeting m = { list[i], list[j], all, n_all, to, 0,
				FALSE_ };
			if (i == j)
				continue;
			if (strcmp(list[i]->id, list[j]->id) != 0) {
				pair_meets(&m);
			} else if (i > j) {
				complain(to, list[i]->file, 0, 0,
				    "'%s' is the id of %s, too", list[i]->id,
				    list[j]->file);
				m.found++;
			}
			found += m.found;
		}
	return found;
}

void
directive_check_words(const struct directive *d, const struct hypothesis *all,
    size_t n_all, struct complaints *to)
{
	class_check_words(d->object, all, n_all, d->file, to);
	for (size_t i = 0; i < d->n_obligations; i++)
		if (d->obligations[i].with != NULL)
			class_check_words(d->obligations[i].with, all, n_all, d->file,
			    to);
}
