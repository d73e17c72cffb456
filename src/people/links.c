/* SPDX-License-Identifier: ISC */
/* links.csv: which addresses a person says to be one device, and which two. */
#include <stdlib.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/slots.h"
#include "people/papers.h"

enum { ADDRESS, OTHER, CLAIM, BY, DATE, REASON };

const struct csv_column link_columns[LINK_COLUMNS] = {
	{ "address", true },
	{ "other", true },
	{ "claim", true },
	{ "by", true },
	{ "date", true },
	{ "reason", false },
};

static const char *const claims[] = { "different", "same" };

static void
read_address(const struct reading *r, const struct csv_row *row, size_t column,
    struct addr *a)
{
	struct text t = row->cells[column];
	char quote[CSV_QUOTE];

	if (t.len == 0)
		return; /* the column is required: said already */
	if (!addr_parse(t, a) || addr_is_multicast(*a) || addr_is_unspecified(*a))
		cell_complain(r, row, column,
		    "'%s' is no address of a device (want a MAC or an IP address)",
		    csv_quote(t, quote));
}

static uint64_t
addr_hash(struct addr a)
{
	return hash_bytes(a.b, addr_len((enum addr_kind)a.kind), a.kind);
}

/* The same whichever comes first. */
static uint64_t
pair_hash(const struct link_claim *c)
{
	uint64_t a = addr_hash(c->a), b = addr_hash(c->b);

	return hash_mix(a + b, a ^ b);
}

static bool
is_pair(const struct link_claim *x, const struct link_claim *y)
{
	return (addr_equal(x->a, y->a) && addr_equal(x->b, y->b)) ||
	    (addr_equal(x->a, y->b) && addr_equal(x->b, y->a));
}

/* Two words on the same two addresses: the later one counts, unless of one day. */
static void
check_twins(const struct reading *r, const struct csv_row *row,
    const struct link_claim *c, const struct slots *by_pair)
{
	uint64_t hash = pair_hash(c);
	size_t at;

	for (uint32_t i = slots_first(by_pair, hash, &at); i != SLOT_NONE;
	     i = slots_next(by_pair, hash, &at)) {
		const struct link_claim *o = &r->people->links[i];
		if (is_pair(o, c) && o->same != c->same && o->date == c->date)
			cell_complain(r, row, CLAIM,
			    "line %u says the contrary of the same two addresses "
			    "at the same time: the later word counts, so date it",
			    o->line);
	}
}

/* A later word on the same two addresses counts in its place. */
static bool
is_overruled(const struct people *p, const struct link_claim *c,
    const struct slots *by_pair)
{
	uint64_t hash = pair_hash(c);
	size_t at;

	for (uint32_t i = slots_first(by_pair, hash, &at); i != SLOT_NONE;
	     i = slots_next(by_pair, hash, &at))
		if (is_pair(&p->links[i], c) && p->links[i].date > c->date)
			return true;
	return false;
}

/* The first end of a row that is this address; `ends` are told by number. */
static uint32_t
end_of(const struct people *p, struct slots *ends, struct addr a, uint32_t number)
{
	uint64_t hash = addr_hash(a);
	size_t at;

	for (uint32_t i = slots_first(ends, hash, &at); i != SLOT_NONE;
	     i = slots_next(ends, hash, &at))
		if (addr_equal(i % 2 == 0 ? p->links[i / 2].a : p->links[i / 2].b, a))
			return i;
	slots_add(ends, hash, number);
	return number;
}

static uint32_t
root_of(uint32_t *of, uint32_t i)
{
	while (of[i] != i)
		i = of[i] = of[of[i]];
	return i;
}

/*
 * Two addresses that are one by way of a third, of which a row says that they are two:
 * no reading of the rows is right, and what is one is followed.
 */
static void
check_chains(const struct reading *r, const struct csv_row *const *rows,
    const struct slots *by_pair)
{
	const struct people *p = r->people;
	uint32_t *of = must_alloc(2 * p->n_links + 1, sizeof *of);
	struct slots ends = { NULL, 0, 0 };

	for (uint32_t i = 0; i < p->n_links; i++) {
		of[2 * i] = end_of(p, &ends, p->links[i].a, 2 * i);
		of[2 * i + 1] = end_of(p, &ends, p->links[i].b, 2 * i + 1);
	}
	for (uint32_t i = 0; i < p->n_links; i++)
		if (p->links[i].same && !is_overruled(p, &p->links[i], by_pair))
			of[root_of(of, 2 * i)] = root_of(of, 2 * i + 1);
	for (uint32_t i = 0; i < p->n_links; i++)
		if (!p->links[i].same && !is_overruled(p, &p->links[i], by_pair) &&
		    root_of(of, 2 * i) == root_of(of, 2 * i + 1))
			cell_caution(r, rows[i], CLAIM,
			    "other rows make one device of these two addresses by way "
			    "of a third: so they are told");
	slots_free(&ends);
	free(of);
}

void
links_read(struct reading *r)
{
	struct people *p = r->people;
	struct slots by_pair = { NULL, 0, 0 };
	const struct csv_row **rows = must_alloc(r->csv->n + 1, sizeof *rows);

	p->links = arena_take(&p->arena, r->csv->n * sizeof *p->links);
	for (size_t i = 0; i < r->csv->n; i++) {
		const struct csv_row *row = &r->csv->rows[i];
		struct link_claim c = { .line = row->line };
		size_t errors = r->complaints->errors;
		struct span date;
		read_address(r, row, ADDRESS, &c.a);
		read_address(r, row, OTHER, &c.b);
		c.same = cell_word(r, row, CLAIM, claims, 2) == 1;
		(void)cell_date(r, row, DATE, &date);
		if (r->complaints->errors > errors)
			continue;
		if (addr_equal(c.a, c.b))
			cell_complain(r, row, OTHER, "it is the same address twice");
		c.date = date.first;
		check_twins(r, row, &c, &by_pair);
		if (r->complaints->errors > errors || date.first == TIME_NONE)
			continue;
		c.by = cell_string(r, row, BY);
		c.reason = cell_string(r, row, REASON);
		slots_add(&by_pair, pair_hash(&c), (uint32_t)p->n_links);
		rows[p->n_links] = row;
		p->links[p->n_links++] = c;
	}
	check_chains(r, rows, &by_pair);
	free(rows);
	slots_free(&by_pair);
}
