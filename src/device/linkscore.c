/* SPDX-License-Identifier: ISC */
/*
 * What speaks for two addresses being one device, and what against. Clues of one
 * family (the identifiers of a DHCP client, the accounts, the names) are not
 * independent: a family counts once, by its strongest.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "device/link.h"

enum { RUN_MOST = 512, INTERFACES_MOST = 3, COPY_MOST = 9 };

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
		[CLUE_MACHINE] = OF_NAME, /* it is made of the host name */
		[CLUE_ADDRESS] = OF_LEASE,
		[CLUE_NAME] = OF_NAME,
		[CLUE_ACCOUNT] = OF_ACCOUNT,
		[CLUE_INSTANCE] = OF_NAME,
		[CLUE_SIGNATURE] = OF_RADIO,
	};

	return of[k];
}

/* Two that gave the same at one time: what that makes of it. */
static void
compare(struct linking *l, const struct clue *c, const struct clue *d, struct rivals *v)
{
	v->not_unique |= cluster_of(l, c->group) != cluster_of(l, d->group) &&
	    !are_interfaces(l, c, d);
	v->is_cloned |= clue_is_strong(c->kind) &&
	    groups_differ(l, c->group, d->group, CLUE_NAME) != NOT_APART;
}

/*
 * One machine has so many interfaces at one time, and no more that keep the address
 * which they were made with; those that change theirs come one after the other.
 */
void
rivals_find(struct linking *l, struct clue_run *run)
{
	struct rivals *v = &run->rivals;
	const struct clue *c = &l->clues[run->start];

	*v = (struct rivals){ .alike = run->n, .known = true };
	if (c->kind == CLUE_SIGNATURE)
		return;
	v->is_cloned = run->n > RUN_MOST || most_at_once(l, run) > INTERFACES_MOST;
	for (uint32_t i = 0; i < run->n && !v->is_cloned; i++) {
		unsigned interfaces = 1;
		for (uint32_t j = 0; j < run->n; j++) {
			uint32_t a = c[i].group, b = c[j].group;
			if (a == b || l->groups[a].is_shared ||
			    l->groups[b].is_shared || !groups_overlap(l, a, b))
				continue;
			interfaces += is_burned_in(l, a) && is_burned_in(l, b);
			compare(l, &c[i], &c[j], v);
		}
		v->is_cloned |= interfaces > INTERFACES_MOST;
	}
	v->not_unique |= v->is_cloned;
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
		s->is_copy &= !clue_is_strong(c->kind) ||
		    duid_is_of_another(l, l->run_of[at]);
		s->is_named &= !clue_is_strong(c->kind) || c->kind == CLUE_MACHINE;
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
	s->is_copy &= strong;
	return strong;
}

static bool
decided_apart(const struct marginal *a, const struct marginal *b)
{
	return a->value.len > 0 && b->value.len > 0 &&
	    !text_equal_word(a->value, b->value);
}

bool
are_different_things(const struct linking *l, uint32_t a, uint32_t b)
{
	const struct belief *x = &register_device(l->r, a)->belief,
	                    *y = &register_device(l->r, b)->belief;

	return decided_apart(&x->os, &y->os) || decided_apart(&x->kind, &y->kind) ||
	    decided_apart(&x->model, &y->model);
}

/* An address given by a maker tells who made the interface: a dock's or an adapter's.
 */
static void
weigh_things(struct linking *l, uint32_t a, uint32_t b, struct score *s)
{
	bool adapter = is_burned_in(l, a) || is_burned_in(l, b);
	bool makers = decided_apart(&register_device(l->r, a)->belief.vendor,
	    &register_device(l->r, b)->belief.vendor);

	if (are_different_things(l, a, b) || (makers && !adapter))
		because(s, NULL, -log(1000),
		    "Their evidence decides that they are different things.");
	else if (makers)
		because(s, NULL, -log(10),
		    "They are of different makers; but an adapter has another than "
		    "the machine.");
}

static bool
is_virtual(const struct linking *l, uint32_t group)
{
	const struct row *rows[MATCHES_MAX];
	size_t n = knowledge_match_mac(l->r->knowledge, l->r->groups[group].address,
	    rows);

	return n > 0 && rows[0]->is_virtual;
}

/* What a machine has one of, and what each of the two gave of it. */
static void
weigh_names(struct linking *l, uint32_t a, uint32_t b, bool at_once, struct score *s)
{
	enum apart names = groups_differ(l, a, b, CLUE_NAME);

	if (names == NOT_APART)
		return;
	if (at_once)
		because(s, NULL, -log(1000),
		    "At one time they give different host names, as machines do that "
		    "are copies of one.");
	else if (names == BY_TURNS)
		because(s, NULL, -log(1000),
		    "By turns they give different host names, so neither took the "
		    "place of the other.");
	else
		because(s, NULL, -log(10), "They give different host names.");
}

void
score_cap(struct score *s, const char *words)
{
	if (s->weight > log(COPY_MOST))
		because(s, NULL, log(COPY_MOST) - s->weight, words);
}

/* Several that ask for leases by one address: what hangs on an adapter by turns. */
static bool
asks_for_several(const struct linking *l, uint32_t group)
{
	const struct belief *b = &register_device(l->r, group)->belief;

	for (size_t i = 0; i < b->n_members; i++)
		if (strcmp(fact_family(b->members[i].key), "dhcp") == 0)
			return true;
	return false;
}

/*
 * Each was in use for more than a day, and the one came when the other had gone for
 * good: two interfaces of one machine seldom do that, but a machine that takes the
 * place of another, and its name, always does. A radio that changes its address does it
 * too.
 */
static bool
takes_its_place(const struct linking *l, uint32_t a, uint32_t b)
{
	const struct group *x = &l->r->groups[a], *y = &l->r->groups[b];

	return is_burned_in(l, a) && is_burned_in(l, b) && x->last - x->first > DAY &&
	    y->last - y->first > DAY && (x->last < y->first || y->last < x->first);
}

static void
weigh_against(struct linking *l, uint32_t a, uint32_t b, bool strong, struct score *s)
{
	const struct group *x = &l->r->groups[a], *y = &l->r->groups[b];
	const struct device *d = register_device(l->r, a),
	                    *e = register_device(l->r, b);
	bool at_once = groups_overlap(l, a, b);

	if (is_virtual(l, a) && is_virtual(l, b))
		score_cap(s,
		    "Both are addresses of virtual machines: one may be a copy of the "
		    "other, and give all that it gives.");
	else if (s->is_copy)
		score_cap(s,
		    "The DUID was made at an interface that is none of those which "
		    "give it: the disk may be a copy of another machine's.");
	weigh_things(l, a, b, s);
	if (asks_for_several(l, a) != asks_for_several(l, b))
		because(s, NULL, -log(1000),
		    "Several machines ask for leases by one of the two, and by the "
		    "other one.");
	weigh_names(l, a, b, at_once, s);
	if (groups_differ(l, a, b, CLUE_DUID) != NOT_APART)
		because(s, NULL, -log(1000), "They give different DUIDs.");
	if (groups_differ(l, a, b, CLUE_SIGNATURE) != NOT_APART)
		because(s, NULL, -log(20), "Their radios speak differently.");
	if (s->is_named && takes_its_place(l, a, b))
		because(s, NULL, -log(100),
		    "The one came for good when the other had gone, as a machine does "
		    "that takes the place and the name of another.");
	if (strong) {
		if (at_once)
			because(s, NULL, 0,
			    "They were in use at the same time, as two interfaces of "
			    "one machine may be.");
		return;
	}
	if (is_burned_in(l, a) && is_burned_in(l, b) &&
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
	*s = (struct score){ .is_named = true, .is_copy = true };
	bool strong = weigh_shared(l, a, b, s);
	if (s->weight > 0)
		weigh_against(l, a, b, strong, s);
}
