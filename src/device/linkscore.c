/* SPDX-License-Identifier: ISC */
/*
 * What speaks for two addresses being one device, and what against. Clues of one
 * family (the identifiers of a DHCP client, the accounts, the names) are not
 * independent: a family counts once, by its strongest.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "device/link.h"

enum { RUN_MOST = 512, INTERFACES_MOST = 3 };

/* After so long a silence a name alone is nobody's any more. */
static const int64_t forgotten = 14 * DAY;

enum clue_family { OF_CLIENT, OF_DEVICE, OF_LEASE, OF_ACCOUNT, OF_NAME, OF_RADIO };
enum { CLUE_FAMILIES = OF_RADIO + 1 };

static enum clue_family
family_of(enum clue_kind k)
{
	static const enum clue_family of[CLUE_KINDS] = {
		[CLUE_DUID] = OF_CLIENT,
		[CLUE_CLIENT_ID] = OF_CLIENT,
		[CLUE_DEVICE_ID] = OF_DEVICE,
		[CLUE_MACHINE] = OF_ACCOUNT,
		[CLUE_ADDRESS] = OF_LEASE,
		[CLUE_NAME] = OF_NAME,
		[CLUE_ACCOUNT] = OF_ACCOUNT,
		[CLUE_INSTANCE] = OF_NAME,
		[CLUE_SIGNATURE] = OF_RADIO,
	};

	return of[k];
}

static int
span_order(const void *left, const void *right)
{
	const struct span_of_time *a = left, *b = right;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return (a->last > b->last) - (a->last < b->last);
}

/* The stays of a group put together; of one that was never present, first to last. */
static void
spans_find(struct linking *l, uint32_t number)
{
	const struct register_ *r = l->r;
	const struct group *g = &r->groups[number];
	struct linked *k = &l->groups[number];
	size_t n = 0, kept = 0;

	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->stays;
		     i != NOBODY; i = stay_at(r, i)->next)
			n++;
	k->spans = arena_take(&l->arena, (n + 1) * sizeof *k->spans);
	n = 0;
	for (uint32_t m = 0; m < g->n; m++)
		for (uint32_t i = endpoint_at(r, r->members[g->start + m])->stays;
		     i != NOBODY; i = stay_at(r, i)->next) {
			const struct stayed *s = stay_at(r, i);
			if (s->first < g->until && s->last >= g->from)
				k->spans[n++] = (struct span_of_time){ s->first,
					s->last };
		}
	if (n == 0)
		k->spans[n++] = (struct span_of_time){ g->first, g->last };
	qsort(k->spans, n, sizeof *k->spans, span_order);
	for (size_t i = 0; i < n; i++) {
		struct span_of_time *last = &k->spans[kept > 0 ? kept - 1 : 0];
		if (kept == 0 || k->spans[i].first > last->last)
			k->spans[kept++] = k->spans[i];
		else if (k->spans[i].last > last->last)
			last->last = k->spans[i].last;
	}
	k->n_spans = kept;
}

bool
groups_overlap(struct linking *l, uint32_t a, uint32_t b)
{
	if (l->groups[a].n_spans == 0)
		spans_find(l, a);
	if (l->groups[b].n_spans == 0)
		spans_find(l, b);
	const struct linked *x = &l->groups[a], *y = &l->groups[b];
	for (size_t i = 0, j = 0; i < x->n_spans && j < y->n_spans;) {
		if (x->spans[i].last < y->spans[j].first)
			i++;
		else if (y->spans[j].last < x->spans[i].first)
			j++;
		else
			return true;
	}
	return false;
}

/* Of this kind and text, given by the group; or NULL. */
static const struct clue *
same_clue(const struct linking *l, uint32_t group, uint32_t run)
{
	const struct linked *g = &l->groups[group];

	for (uint32_t i = 0; i < g->n_clues; i++)
		if (l->run_of[l->by_group[g->clues + i]] == run)
			return &l->clues[l->by_group[g->clues + i]];
	return NULL;
}

/* Both gave clues of this kind and fact, and none that is the same. */
static bool
differ(const struct linking *l, uint32_t a, uint32_t b, enum clue_kind kind)
{
	const struct linked *g = &l->groups[a], *h = &l->groups[b];
	bool both = false;

	for (uint32_t i = 0; i < g->n_clues; i++) {
		uint32_t at = l->by_group[g->clues + i];
		if (l->clues[at].kind != kind)
			continue;
		if (same_clue(l, b, l->run_of[at]) != NULL)
			return false;
		for (uint32_t j = 0; j < h->n_clues; j++) {
			const struct clue *c = &l->clues[l->by_group[h->clues + j]];
			both |= c->kind == kind && c->key == l->clues[at].key;
		}
	}
	return both;
}

void
rivals_find(struct linking *l, struct clue_run *run)
{
	struct rivals *v = &run->rivals;
	const struct clue *c = &l->clues[run->start];

	*v = (struct rivals){ .alike = run->n, .known = true };
	if (run->n > RUN_MOST) {
		v->not_unique = v->is_cloned = true;
		return;
	}
	if (c->kind == CLUE_SIGNATURE)
		return;
	for (uint32_t i = 0; i < run->n && !v->is_cloned; i++) {
		unsigned at_once = 1;
		for (uint32_t j = 0; j < run->n; j++) {
			uint32_t a = c[i].group, b = c[j].group;
			if (a == b || !groups_overlap(l, a, b))
				continue;
			at_once++;
			v->not_unique |= cluster_of(l, a) != cluster_of(l, b);
			v->is_cloned |= clue_is_strong(c->kind) &&
			    differ(l, a, b, CLUE_NAME);
		}
		v->is_cloned |= at_once > INTERFACES_MOST;
	}
}

static void
because(struct score *s, const struct clue *c, double weight, const char *words)
{
	if (s->n == LINK_REASONS)
		return;
	s->reasons[s->n++] = (struct link_reason){ c != NULL ? c->key : FACT_NONE,
		c != NULL ? c->value : (struct text){ "", 0 }, words, weight };
	s->weight += weight;
}

static double
weight_of(struct linking *l, uint32_t run, const char **words)
{
	struct clue_run *r = &l->runs[run];
	enum clue_kind kind = l->clues[r->start].kind;

	if (!r->rivals.known)
		rivals_find(l, r);
	*words = "Both gave it, and nobody else did.";
	if (r->rivals.alike > 2)
		*words = "Both gave it, and no two devices gave it at one time.";
	if (clue_is_strong(kind)) {
		if (!r->rivals.is_cloned)
			return clue_weight(kind);
		*words =
		    "Both gave it, but so do others at the same time: it is copied.";
		return 0;
	}
	if (!r->rivals.not_unique)
		return clue_weight(kind);
	*words = "Both gave it, but another device did at the same time.";
	return r->rivals.is_cloned ? 0 : clue_weight(kind) / 2;
}

/* A radio's signature is that of a model: one of so many alike, and no more. */
static const char *
one_of(struct linking *l, const struct clue *c)
{
	const struct clue_run *r = &l->runs[l->run_of[c - l->clues]];
	char words[160];
	int n = snprintf(words, sizeof words,
	    "Both radios speak alike, as %u addresses here do: it is one of %u, and "
	    "tells nothing of which.",
	    r->n, r->n);

	return arena_string(&l->r->beliefs,
	    (struct text){ words, n > 0 ? (size_t)n : 0 });
}

/* What both gave, the strongest of each family; whether a strong one is among them. */
static bool
weigh_shared(struct linking *l, uint32_t a, uint32_t b, struct score *s)
{
	const struct linked *g = &l->groups[a];
	const struct clue *best[CLUE_FAMILIES] = { NULL };
	const char *words[CLUE_FAMILIES] = { NULL }, *say;
	double weight[CLUE_FAMILIES] = { 0 };
	bool strong = false;

	for (uint32_t i = 0; i < g->n_clues; i++) {
		uint32_t at = l->by_group[g->clues + i];
		const struct clue *c = &l->clues[at];
		if (same_clue(l, b, l->run_of[at]) == NULL)
			continue;
		double w = weight_of(l, l->run_of[at], &say);
		enum clue_family f = family_of(c->kind);
		strong |= clue_is_strong(c->kind) && w > 0;
		if (best[f] == NULL || w > weight[f]) {
			best[f] = c;
			weight[f] = w;
			words[f] = say;
		}
	}
	for (unsigned f = 0; f < OF_RADIO; f++)
		if (best[f] != NULL)
			because(s, best[f], weight[f],
			    strong && !clue_is_strong(best[f]->kind) ? "Both gave it."
			                                             : words[f]);
	if (best[OF_RADIO] != NULL)
		because(s, best[OF_RADIO], 0, one_of(l, best[OF_RADIO]));
	return strong;
}

static bool
decided_apart(const struct marginal *a, const struct marginal *b)
{
	return a->value.len > 0 && b->value.len > 0 &&
	    !text_equal_word(a->value, b->value);
}

static bool
are_different_things(const struct belief *a, const struct belief *b)
{
	return decided_apart(&a->vendor, &b->vendor) || decided_apart(&a->os, &b->os) ||
	    decided_apart(&a->kind, &b->kind) || decided_apart(&a->model, &b->model);
}

static bool
is_burned_in(const struct register_ *r, uint32_t group)
{
	struct addr a = r->groups[group].address;

	return a.kind == ADDR_MAC && !addr_is_local_admin(a);
}

static void
weigh_names(struct linking *l, uint32_t a, uint32_t b, bool at_once, struct score *s)
{
	if (!differ(l, a, b, CLUE_NAME))
		return;
	if (at_once)
		because(s, NULL, -log(1000),
		    "At one time they give different host names, as machines do that "
		    "are copies of one.");
	else
		because(s, NULL, -log(10), "They give different host names.");
}

static void
weigh_against(struct linking *l, uint32_t a, uint32_t b, bool strong, struct score *s)
{
	const struct group *x = &l->r->groups[a], *y = &l->r->groups[b];
	const struct device *d = register_device(l->r, a),
	                    *e = register_device(l->r, b);
	bool at_once = groups_overlap(l, a, b);

	if (are_different_things(&d->belief, &e->belief))
		because(s, NULL, -log(1000),
		    "Their evidence decides that they are different things.");
	weigh_names(l, a, b, at_once, s);
	if (differ(l, a, b, CLUE_DUID))
		because(s, NULL, -log(50), "They give different DUIDs.");
	if (differ(l, a, b, CLUE_SIGNATURE))
		because(s, NULL, -log(20), "Their radios speak differently.");
	if (strong) {
		if (at_once)
			because(s, NULL, 0,
			    "They were in use at the same time, as two interfaces of "
			    "one machine may be.");
		return;
	}
	if (is_burned_in(l->r, a) && is_burned_in(l->r, b) &&
	    !text_is(d->belief.kind.value, "computer") &&
	    !text_is(e->belief.kind.value, "computer"))
		because(s, NULL, -log(10),
		    "Both are addresses given by the maker: one device that is no "
		    "computer seldom has two.");
	if (y->first - forgotten > x->last)
		because(s, NULL, -log(10),
		    "More than 14 days lie between the one and the other.");
}

void
link_score(struct linking *l, uint32_t a, uint32_t b, struct score *s)
{
	*s = (struct score){ .weight = 0 };
	bool strong = weigh_shared(l, a, b, s);
	if (s->weight > 0)
		weigh_against(l, a, b, strong, s);
}
