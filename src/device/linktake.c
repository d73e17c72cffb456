/* SPDX-License-Identifier: ISC */
/* The groups of one cluster become one, under the address that was there first. */
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "device/link.h"

struct taking {
	struct linking *l;
	uint32_t *place; /* of each old group among the new ones */
	uint32_t *members;
	struct span_of_time *windows; /* NULL: nothing changed hands */
	size_t n_members, n_groups, n_aliases;
};

static size_t
cluster_size(const struct linking *l, uint32_t root)
{
	size_t n = 0;

	for (uint32_t m = root; m != NOBODY; m = l->groups[m].next)
		n++;
	return n;
}

static int
address_order(const void *left, const void *right)
{
	return memcmp(left, right, sizeof(struct addr));
}

/* One group of all: the earliest address, the others in order, and every endpoint. */
static void
take_cluster(struct taking *t, uint32_t root, const struct group *old)
{
	struct register_ *r = t->l->r;
	size_t n = cluster_size(t->l, root);
	struct group *g = &r->groups[t->n_groups++];
	struct addr *addresses = arena_take(&r->beliefs, n * sizeof *addresses);
	uint32_t start = (uint32_t)t->n_members;

	*g = old[root];
	n = 0;
	for (uint32_t m = root; m != NOBODY; m = t->l->groups[m].next) {
		const struct group *of = &old[m];
		memcpy(t->members + t->n_members, r->members + of->start,
		    of->n * sizeof *t->members);
		for (uint32_t i = 0; t->windows != NULL && i < of->n; i++)
			t->windows[t->n_members + i] = (struct span_of_time){ of->from,
				of->until };
		t->n_members += of->n;
		t->place[m] = (uint32_t)t->n_groups - 1;
		addresses[n++] = of->address;
		g->first = of->first < g->first ? of->first : g->first;
		g->last = of->last > g->last ? of->last : g->last;
		g->is_router |= of->is_router;
		if (m != root)
			r->aliases[t->n_aliases++] = (struct alias){ of->address,
				t->place[m] };
	}
	g->start = start;
	g->n = (uint32_t)t->n_members - start;
	if (n == 1)
		return;
	g->device = NULL;
	g->belief = NULL;
	qsort(addresses + 1, n - 1, sizeof *addresses, address_order);
	g->addresses = addresses;
	g->n_addresses = (uint32_t)n;
}

static int
alias_order(const void *left, const void *right)
{
	const struct alias *a = left, *b = right;
	int order = addr_order(a->address, b->address);

	return order != 0 ? order : (a->group > b->group) - (a->group < b->group);
}

static int
link_order(const void *left, const void *right)
{
	const struct link *a = *(struct link *const *)left;
	const struct link *b = *(struct link *const *)right;

	if (a->state != b->state)
		return a->state < b->state ? -1 : 1;
	int order = addr_order(a->a, b->a);
	if (order == 0)
		order = addr_order(a->b, b->b);
	return order != 0 ? order : (a->p < b->p) - (a->p > b->p);
}

/* Of a suggestion that several clues make, the likeliest stays. */
static void
sort_links(struct group *g, const struct link **links)
{
	size_t kept = 0;

	if (g->n_links > 1)
		qsort(links, g->n_links, sizeof *links, link_order);
	for (uint32_t i = 0; i < g->n_links; i++) {
		const struct link *was = kept > 0 ? links[kept - 1] : NULL;
		if (was == NULL || was->state != LINK_SUGGESTED ||
		    links[i]->state != LINK_SUGGESTED ||
		    !addr_equal(was->a, links[i]->a) ||
		    !addr_equal(was->b, links[i]->b))
			links[kept++] = links[i];
	}
	g->n_links = (uint32_t)kept;
}

static void
give(struct register_ *r, uint32_t group, const struct link *link, size_t *n,
    const struct link **room)
{
	struct group *g = &r->groups[group];

	if (g->links == NULL)
		g->links = room;
	room[n[group]++] = link;
	g->n_links = (uint32_t)n[group];
}

/*
 * Each device gets the links that concern it. A suggestion between two that another
 * link has joined meanwhile is none any more.
 */
static void
give_links(struct taking *t)
{
	struct linking *l = t->l;
	struct register_ *r = l->r;
	size_t *n = must_alloc(t->n_groups, sizeof *n);
	struct link *kept = arena_take(&r->beliefs, l->n_links * sizeof *kept);
	const struct link ***rooms = must_alloc(t->n_groups, sizeof *rooms);

	for (size_t i = 0; i < l->n_links; i++) {
		n[t->place[l->links[i].a]]++;
		n[t->place[l->links[i].b]]++;
	}
	for (size_t g = 0; g < t->n_groups; g++) {
		if (n[g] > 0)
			rooms[g] = arena_take(&r->beliefs, n[g] * sizeof **rooms);
		n[g] = 0;
	}
	for (size_t i = 0; i < l->n_links; i++) {
		uint32_t a = t->place[l->links[i].a], b = t->place[l->links[i].b];
		kept[i] = l->links[i].link;
		if (a == b && kept[i].state == LINK_SUGGESTED)
			continue;
		give(r, a, &kept[i], n, rooms[a]);
		if (a != b)
			give(r, b, &kept[i], n, rooms[b]);
	}
	for (size_t g = 0; g < t->n_groups; g++) {
		sort_links(&r->groups[g], rooms[g]);
		if (n[g] > 0)
			r->groups[g].device = NULL;
	}
	free(rooms);
	free(n);
}

void
clusters_take(struct linking *l)
{
	struct register_ *r = l->r;
	struct taking t = { .l = l };
	size_t n = r->n_groups;
	struct group *old = must_alloc(n, sizeof *old);

	memcpy(old, r->groups, n * sizeof *old);
	t.place = arena_take(&l->arena, n * sizeof *t.place);
	/* Parts of one address that changed hands share its endpoints. */
	size_t n_members = 0;
	bool parts = false;
	for (size_t g = 0; g < n; g++) {
		n_members += old[g].n;
		parts |= old[g].from != TIME_NONE || old[g].until != INT64_MAX;
	}
	if (parts)
		t.windows = must_alloc(n_members, sizeof *t.windows);
	t.members = must_alloc(n_members, sizeof *t.members);
	r->aliases = must_alloc(n, sizeof *r->aliases);
	for (uint32_t g = 0; g < n; g++)
		if (cluster_of(l, g) == g)
			take_cluster(&t, g, old);
	free(r->members);
	free(old);
	r->members = t.members;
	r->windows = t.windows;
	r->n_members = t.n_members;
	r->n_groups = t.n_groups;
	r->n_aliases = t.n_aliases;
	if (t.n_aliases > 1)
		qsort(r->aliases, t.n_aliases, sizeof *r->aliases, alias_order);
	give_links(&t);
}

struct group *
register_alias(const struct register_ *r, struct addr a)
{
	size_t low = 0, high = r->n_aliases;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (addr_order(r->aliases[middle].address, a) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == r->n_aliases || !addr_equal(r->aliases[low].address, a))
		return NULL;
	return &r->groups[r->aliases[low].group];
}

void
register_tell_link(struct register_ *r, const struct told_link *t)
{
	r->told_links = must_grow(r->told_links, r->n_told_links + 1,
	    sizeof *r->told_links);
	r->told_links[r->n_told_links++] = t;
}

size_t
register_links(const struct register_ *r, size_t i)
{
	return i < r->n_groups ? r->groups[i].n_links : 0;
}
