/* SPDX-License-Identifier: ISC */
#include "cmd/sensor_talk.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

void
config_write(struct writer *w, const struct sensor_config *c)
{
	put_u8(w, c->every);
	put_u8(w, c->live);
	put_u64(w, (uint64_t)c->duration);
	put_u32(w, c->n_captures);
	for (int i = 0; i < FACT_SET_WORDS; i++)
		put_u64(w, c->wanted.bits[i]);
	servers_write(w, &c->servers);
}

bool
config_read(struct cursor *c, struct sensor_config *out)
{
	out->every = cur_u8(c) != 0;
	out->live = cur_u8(c) != 0;
	out->duration = (int64_t)cur_u64(c);
	out->n_captures = cur_u32(c);
	for (int i = 0; i < FACT_SET_WORDS; i++)
		out->wanted.bits[i] = cur_u64(c);
	return servers_read(c, &out->servers);
}

void
config_free(struct sensor_config *c)
{
	servers_free(&c->servers);
}

/* The counts in one order, for both directions. */
static size_t
count_list(struct decode_counts *c, uint64_t *list[16])
{
	uint64_t *all[] = { &c->frames, &c->link_unknown, &c->bluetooth,
		&c->wifi_protected, &c->wifi_bad, &c->clients_evicted, &c->bad,
		&c->shorted, &c->hello_cut, &c->fragments_lost, &c->flows_evicted,
		&c->addresses_evicted, &c->tunnelled };

	memcpy(list, all, sizeof all);
	return sizeof all / sizeof all[0];
}

void
counts_write(struct writer *w, const struct decode_counts *c)
{
	struct decode_counts copy = *c;
	uint64_t *list[16];
	size_t n = count_list(&copy, list);

	for (size_t i = 0; i < n; i++)
		put_u64(w, *list[i]);
}

bool
counts_read(struct cursor *c, struct decode_counts *out)
{
	uint64_t *list[16];
	size_t n = count_list(out, list);

	for (size_t i = 0; i < n; i++)
		*list[i] = cur_u64(c);
	return cur_ok(c);
}
