/* SPDX-License-Identifier: ISC */
/*
 * Who was there, out of millions of connections: an address is told once an hour of
 * the log's time, when it is evicted, and at the end, as the sensor does it.
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/time.h"
#include "import/reader.h"

enum { SLOTS = 1 << 14, WAYS = 4 };

struct presence_table {
	struct presence *slots; /* made when somebody was there */
};

struct presence_table *
presence_table_new(void)
{
	return must_alloc(1, sizeof(struct presence_table));
}

void
presence_table_free(struct presence_table *t)
{
	free(t->slots);
	free(t);
}

static void
tell(struct presence *p, const struct import_sink *sink, struct import_counts *counts)
{
	if (p->packets == 0)
		return;
	counts->presences++;
	sink->presence(sink->state, p);
	p->packets = 0;
}

static bool
is_same(const struct presence *a, const struct presence *b)
{
	return a->packets > 0 && a->vlan == b->vlan && addr_equal(a->ip, b->ip) &&
	    addr_equal(a->mac, b->mac);
}

void
presence_add(struct presence_table *t, const struct presence *p,
    const struct import_sink *sink, struct import_counts *counts)
{
	uint64_t h = hash_bytes(&p->ip, sizeof p->ip, p->vlan);

	if (t->slots == NULL)
		t->slots = must_alloc(SLOTS, sizeof *t->slots);
	h = hash_bytes(&p->mac, sizeof p->mac, h);
	struct presence *way = &t->slots[h & (SLOTS - WAYS)], *oldest = way;
	for (int i = 0; i < WAYS; i++) {
		struct presence *s = &way[i];
		if (is_same(s, p)) {
			/* lines come by the end of what they tell: first may go back */
			if (p->last / HOUR != s->last / HOUR) {
				tell(s, sink, counts);
				*s = *p;
				s->packets += p->packets == 0;
				return;
			}
			s->first = p->first < s->first ? p->first : s->first;
			s->last = p->last > s->last ? p->last : s->last;
			s->packets += p->packets;
			return;
		}
		if (s->packets == 0 || (oldest->packets > 0 && s->last < oldest->last))
			oldest = s;
	}
	tell(oldest, sink, counts);
	*oldest = *p;
	oldest->packets += p->packets == 0; /* 0 means that the place is free */
}

void
presence_flush(struct presence_table *t, const struct import_sink *sink,
    struct import_counts *counts)
{
	for (size_t i = 0; t->slots != NULL && i < SLOTS; i++)
		tell(&t->slots[i], sink, counts);
}
