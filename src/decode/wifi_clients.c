/* SPDX-License-Identifier: ISC */
#include "decode/wifi_clients.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"

/* A floor full of phones, and a stadium's made-up addresses for the asking. */
enum { PLACES = 4096, PLACES_LEAST = 64, WINDOW = 8 };

struct client {
	struct addr address;
	uint64_t last; /* use of the table, counted; 0: free */
	uint16_t len[2];
	char half[2][WIFI_HALF_MAX];
};

struct wifi_clients {
	uint64_t seed, uses, evicted;
	size_t mask; /* of places, a power of two */
	struct client places[];
};

struct wifi_clients *
wifi_clients_new(size_t most)
{
	size_t n = PLACES_LEAST;

	if (most == 0)
		most = PLACES;
	while (n * 2 <= most)
		n *= 2;
	struct wifi_clients *t = must_alloc(1, sizeof *t + n * sizeof *t->places);
	t->mask = n - 1;
	if (getrandom(&t->seed, sizeof t->seed, 0) < 0)
		t->seed = 1;
	return t;
}

void
wifi_clients_free(struct wifi_clients *t)
{
	free(t);
}

uint64_t
wifi_clients_evicted(const struct wifi_clients *t)
{
	return t->evicted;
}

/* The client's place, or one that it may have. */
static struct client *
place(struct wifi_clients *t, struct addr client)
{
	uint64_t hash = hash_bytes(&client, sizeof client, t->seed);
	struct client *oldest = &t->places[hash & t->mask];

	for (unsigned step = 0; step < WINDOW; step++) {
		struct client *c = &t->places[(hash + step) & t->mask];
		if (c->last > 0 && addr_equal(c->address, client))
			return c;
		if (c->last < oldest->last)
			oldest = c;
	}
	t->evicted += oldest->last > 0 && (oldest->len[0] == 0 || oldest->len[1] == 0);
	oldest->address = client;
	oldest->len[0] = oldest->len[1] = 0;
	return oldest;
}

struct text
wifi_clients_keep(struct wifi_clients *t, struct addr client, enum wifi_half which,
    struct text half, bool *fresh)
{
	struct client *c = place(t, client);
	int other = which == WIFI_PROBE ? WIFI_ASSOC : WIFI_PROBE;

	*fresh = !text_equal((struct text){ c->half[which], c->len[which] }, half);
	c->last = ++t->uses;
	if (half.len > 0 && half.len <= WIFI_HALF_MAX) {
		memcpy(c->half[which], half.s, half.len);
		c->len[which] = (uint16_t)half.len;
	}
	return (struct text){ c->half[other], c->len[other] };
}
