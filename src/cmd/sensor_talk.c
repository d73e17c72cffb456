/* SPDX-License-Identifier: ISC */
#include "cmd/sensor_talk.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"

enum { SERVICES_MAX = 10000 };

void
config_write(struct writer *w, const struct sensor_config *c)
{
	put_u8(w, c->every);
	put_u8(w, c->live);
	put_u64(w, (uint64_t)c->duration);
	put_u32(w, c->n_captures);
	for (int i = 0; i < FACT_SET_WORDS; i++)
		put_u64(w, c->wanted.bits[i]);
	put_u32(w, (uint32_t)c->n_services);
	for (size_t i = 0; i < c->n_services; i++) {
		const struct service_want *s = &c->services[i];
		put_u8(w, s->net.net.kind);
		put_bytes(w, s->net.net.b, sizeof s->net.net.b);
		put_u8(w, s->net.bits);
		put_u16(w, s->port);
		put_u8(w, s->proto);
	}
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
	out->n_services = cur_u32(c);
	if (!cur_ok(c) || out->n_services > SERVICES_MAX)
		return false;
	out->services = must_alloc(out->n_services, sizeof *out->services);
	for (size_t i = 0; i < out->n_services; i++) {
		struct service_want *s = &out->services[i];
		s->net.net.kind = cur_u8(c);
		struct cursor bytes = cur_take(c, sizeof s->net.net.b);
		if (cur_ok(&bytes))
			memcpy(s->net.net.b, bytes.at, sizeof s->net.net.b);
		s->net.bits = cur_u8(c);
		s->port = cur_u16(c);
		s->proto = cur_u8(c);
		if (s->net.bits > addr_len((enum addr_kind)s->net.net.kind) * 8)
			return false;
	}
	return cur_ok(c);
}

void
config_free(struct sensor_config *c)
{
	free(c->services);
	c->services = NULL;
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
