/* SPDX-License-Identifier: ISC */
/*
 * One device, many addresses. Addresses that gave the same clue are taken in the
 * order in which they were first seen; each new one may be any of the devices that
 * gave the clue before and were not there at the same time, or a new one:
 *
 *	p(it is i) = L(i) / (1 + sum of L)
 *
 * which is the prior 1 / (absentees + 1) with the likelihood ratio L of all that the
 * two have in common. Being there at one time proves two, but for addresses that
 * share an identifier of the machine itself. Sequence numbers and tags that rotate
 * are never followed from one address to the next: that is what they are for.
 */
#include "device/link.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "base/unset.h"

enum { RIVALS_MAX = 64 };

uint32_t
cluster_of(struct linking *l, uint32_t g)
{
	while (l->groups[g].parent != g) {
		l->groups[g].parent = l->groups[l->groups[g].parent].parent;
		g = l->groups[g].parent;
	}
	return g;
}

/* Who was there first; a root is the earliest of its cluster. */
static bool
is_before(const struct linking *l, uint32_t a, uint32_t b)
{
	const struct group *x = &l->r->groups[a], *y = &l->r->groups[b];

	if (x->first != y->first)
		return x->first < y->first;
	return a < b;
}

static void
join(struct linking *l, uint32_t a, uint32_t b)
{
	uint32_t x = cluster_of(l, a), y = cluster_of(l, b);

	if (x == y)
		return;
	if (is_before(l, y, x)) {
		uint32_t other = x;
		x = y;
		y = other;
	}
	l->groups[x].is_told |= l->groups[y].is_told;
	l->groups[y].parent = x;
	l->groups[l->groups[x].last].next = y;
	l->groups[x].last = l->groups[y].last;
}

static struct found *
found_add(struct linking *l, uint32_t a, uint32_t b, double p, enum link_state state)
{
	if (l->n_links == l->cap_links) {
		l->cap_links = l->cap_links > 0 ? l->cap_links * 2 : 64;
		l->links = must_grow(l->links, l->cap_links, sizeof *l->links);
	}
	struct found *f = &l->links[l->n_links++];
	*f = (struct found){ a, b,
		{ .a = l->r->groups[a].address,
		    .b = l->r->groups[b].address,
		    .p = p,
		    .state = state } };
	return f;
}

static void
take_told(struct linking *l, uint32_t a, uint32_t b, const struct told_link *t)
{
	struct found *f = found_add(l, a, b, t->same ? 1 : 0,
	    t->same ? LINK_SAME : LINK_DIFFERENT);

	f->link.told = t;
	f->link.a = t->a;
	f->link.b = t->b;
	if (t->same)
		join(l, a, b);
	else
		l->groups[cluster_of(l, a)].is_told =
		    l->groups[cluster_of(l, b)].is_told = true;
}

/* A person said of two addresses of these clusters that they are two devices. */
static bool
told_apart(struct linking *l, uint32_t x, uint32_t y)
{
	if (!l->groups[x].is_told || !l->groups[y].is_told)
		return false;
	for (size_t i = 0; i < l->n_told; i++) {
		const struct found *f = &l->links[i];
		if (f->link.state != LINK_DIFFERENT)
			continue;
		uint32_t a = cluster_of(l, f->a), b = cluster_of(l, f->b);
		if ((a == x && b == y) || (a == y && b == x))
			return true;
	}
	return false;
}

/*
 * The member that gave the clue and was there last before the group, or at all first;
 * if there is one, not at the same time.
 */
static uint32_t
nearest(struct linking *l, uint32_t group, uint32_t cluster, uint32_t run)
{
	uint32_t best = NOBODY, beside = NOBODY;

	for (uint32_t m = cluster; m != NOBODY; m = l->groups[m].next) {
		if (m == group || same_clue(l, m, run) == NULL)
			continue;
		uint32_t *of = groups_overlap(l, m, group) ? &beside : &best;
		if (*of == NOBODY || is_before(l, *of, m))
			*of = m;
	}
	return best != NOBODY ? best : beside;
}

struct rival {
	uint32_t group;
	struct score score;
	double ratio;
};

static void
keep_reasons(struct linking *l, struct link *link, const struct score *s)
{
	struct link_reason *copy = arena_take(&l->r->beliefs, s->n * sizeof *copy);

	memcpy(copy, s->reasons, s->n * sizeof *copy);
	link->reasons = copy;
	link->n_reasons = s->n;
}

/* That of the group and each device that gave the clue before, the likely ones. */
static void
decide(struct linking *l, uint32_t group, struct rival *rivals, size_t n)
{
	double sum = 1;

	for (size_t i = 0; i < n; i++)
		sum += rivals[i].ratio;
	for (size_t i = 0; i < n; i++) {
		double p = rivals[i].ratio / sum;
		uint32_t x = cluster_of(l, group), y = cluster_of(l, rivals[i].group);
		if (p < LINK_LIKELY || x == y || told_apart(l, x, y))
			continue;
		bool sure = p >= LINK_SURE;
		struct found *f = found_add(l, rivals[i].group, group, p,
		    sure ? LINK_SAME : LINK_SUGGESTED);
		keep_reasons(l, &f->link, &rivals[i].score);
		if (sure)
			join(l, group, rivals[i].group);
	}
}

/* Two that were there at one time, as interfaces of one machine may be. */
static bool
is_excused(struct linking *l, uint32_t a, uint32_t b, uint32_t run)
{
	const struct clue *c = same_clue(l, a, run), *d = same_clue(l, b, run);

	return c != NULL && d != NULL && are_interfaces(l, c, d);
}

/*
 * Whether the clusters of the two may be joined. A strong clue excuses those that gave
 * it for having been there at one time; it makes no machine of what two machines say.
 */
static bool
may_be_one(struct linking *l, uint32_t group, uint32_t cluster, uint32_t run,
    bool strong)
{
	for (uint32_t m = cluster_of(l, group); m != NOBODY; m = l->groups[m].next)
		for (uint32_t k = cluster; k != NOBODY; k = l->groups[k].next) {
			bool gave = same_clue(l, m, run) != NULL &&
			    same_clue(l, k, run) != NULL;
			if (strong
			        ? !gave && are_two_machines(l, m, k)
			        : groups_overlap(l, m, k) && !is_excused(l, m, k, run))
				return false;
		}
	return true;
}

/* Whether the cluster is that of a rival, or of another interface of it. */
static bool
is_rival(struct linking *l, uint32_t rival, uint32_t cluster, uint32_t run)
{
	uint32_t other = cluster_of(l, rival);

	for (uint32_t m = other; m != NOBODY && other != cluster; m = l->groups[m].next)
		for (uint32_t k = cluster; k != NOBODY; k = l->groups[k].next)
			if (groups_overlap(l, m, k) && is_excused(l, m, k, run))
				return true;
	return other == cluster;
}

static void
link_one(struct linking *l, const struct clue *c, uint32_t n, uint32_t run)
{
	struct rival rivals[RIVALS_MAX] UNSET;
	uint32_t group = c[n].group;
	size_t found = 0;
	bool strong = clue_is_strong(c->kind);

	for (uint32_t i = 0; i < n && found < RIVALS_MAX; i++) {
		uint32_t cluster = cluster_of(l, c[i].group);
		bool had = cluster == cluster_of(l, group);
		for (size_t j = 0; j < found && !had; j++)
			had = is_rival(l, rivals[j].group, cluster, run);
		if (had || l->groups[c[i].group].is_shared ||
		    !may_be_one(l, group, cluster, run, strong))
			continue;
		struct rival *r = &rivals[found];
		r->group = nearest(l, group, cluster, run);
		link_score(l, r->group, group, &r->score);
		bool beside = !strong && groups_overlap(l, r->group, group);
		if (beside)
			score_cap(&r->score,
			    "They were in use at the same time, as two interfaces of "
			    "one "
			    "machine may be, or two machines on two links.");
		r->ratio = exp(r->score.weight);
		if (beside)
			decide(l, group, r, r->score.weight > 0);
		else
			found += r->score.weight > 0;
	}
	decide(l, group, rivals, found);
}

struct timed {
	int64_t first;
	struct clue clue;
};

static int
timed_order(const void *left, const void *right)
{
	const struct timed *a = left, *b = right;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->clue.group > b->clue.group) - (a->clue.group < b->clue.group);
}

/* An address behind a router and the one MAC that leased it. */
static void
link_lease(struct linking *l, const struct clue_run *run, uint32_t number)
{
	const struct clue *c = &l->clues[run->start];
	bool one = l->r->groups[c[0].group].address.kind == ADDR_MAC;
	bool other = run->n == 2 && l->r->groups[c[1].group].address.kind == ADDR_MAC;

	if (run->n == 2 && one != other)
		link_one(l, c, 1, number);
}

static void
link_run(struct linking *l, uint32_t number)
{
	struct clue_run *run = &l->runs[number];
	struct clue *c = &l->clues[run->start];

	rivals_find(l, run);
	if (run->n < 2 || c->kind == CLUE_SIGNATURE || run->rivals.is_cloned)
		return;
	if (c->kind == CLUE_ADDRESS) {
		link_lease(l, run, number);
		return;
	}
	struct timed *t = must_alloc(run->n, sizeof *t);
	struct clue *by_time = must_alloc(run->n, sizeof *by_time);
	for (uint32_t i = 0; i < run->n; i++)
		t[i] = (struct timed){ l->r->groups[c[i].group].first, c[i] };
	qsort(t, run->n, sizeof *t, timed_order);
	for (uint32_t i = 0; i < run->n; i++)
		by_time[i] = t[i].clue;
	for (uint32_t i = 1; i < run->n; i++)
		if (!l->groups[by_time[i].group].is_shared)
			link_one(l, by_time, i, number);
	free(t);
	free(by_time);
}

void
register_link(struct register_ *r)
{
	struct linking l = { .r = r };

	l.groups = arena_take(&l.arena, (r->n_groups + 1) * sizeof *l.groups);
	for (uint32_t g = 0; g < r->n_groups; g++) {
		l.groups[g].parent = l.groups[g].last = g;
		l.groups[g].next = NOBODY;
	}
	clues_gather(&l);
	told_take(&l, take_told);
	l.n_told = l.n_links;
	shared_find(&l);
	for (uint32_t i = 0; i < l.n_runs; i++)
		link_run(&l, i);
	/* The devices that were made to be compared are numbered by the old groups. */
	register_forget(r);
	if (l.n_links > 0)
		clusters_take(&l);
	free(l.clues);
	free(l.links);
	arena_free(&l.arena);
}
