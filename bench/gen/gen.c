/* SPDX-License-Identifier: ISC */
/*
 * gen mix LIST OUT BYTES CLIENTS   real captures many times over, and bulk flows
 * gen bulk LIST OUT BYTES FLOWS    bulk flows behind real handshakes
 * gen scale LIST OUT HOSTS         seven packets a host
 * LIST names a capture a line. The same arguments give the same capture.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/writer.h"
#include "gen.h"

enum { ROUNDS_MAX = 200, CLIENTS_MAX = 64, SCALE_PERIOD = 1000, MIX_FLOWS = 4000 };
static const int64_t mix_span = 3600LL * 1000000, bulk_span = 600LL * 1000000;

enum from { FROM_REPLICA, FROM_HANDSHAKE, FROM_BULK, FROM_HOST };

/* A packet that is to come: of what, and which of it. */
struct event {
	int64_t at;
	uint32_t of, k;
	enum from from;
};

struct plan {
	struct sources sources;
	struct event *events;
	size_t n, cap;
	struct replica *replicas;
	size_t n_replicas;
	struct handshakes handshakes;
	struct bulk *flows;
	struct hellos hellos;
	uint64_t bytes, chance;
};

static void
plan_add(struct plan *p, int64_t at, enum from from, size_t of, uint64_t k)
{
	if (p->n == p->cap) {
		p->cap = p->cap == 0 ? 1 << 16 : p->cap * 2;
		p->events = must_grow(p->events, p->cap, sizeof *p->events);
	}
	p->events[p->n++] = (struct event){ .at = at,
		.of = (uint32_t)of,
		.k = (uint32_t)k,
		.from = from };
}

static int64_t
draw_below(struct plan *p, int64_t n)
{
	return n <= 0 ? 0 : (int64_t)(draw(&p->chance) % (uint64_t)n);
}

/* Every source in turn until there are so many clients; how many there are. */
static uint32_t
plan_replicas(struct plan *p, uint32_t clients)
{
	uint32_t have = 0;

	for (unsigned round = 0; round < ROUNDS_MAX && have < clients; round++)
		for (size_t c = 0; c < p->sources.n && have < clients; c++) {
			const struct source *s = &p->sources.list[c];
			int64_t start = draw_below(p, mix_span);
			if (round > 0 && s->clients > CLIENTS_MAX)
				continue;
			p->replicas = must_grow(p->replicas, p->n_replicas + 1,
			    sizeof *p->replicas);
			p->replicas[p->n_replicas] = (struct replica){ .source = s,
				.base = have,
				.key = hash_mix(have, p->n_replicas) };
			for (size_t i = 0; i < s->n; i++) {
				plan_add(p, start + s->packets[i].at, FROM_REPLICA,
				    p->n_replicas, i);
				p->bytes += 16 + s->packets[i].len;
			}
			p->n_replicas++;
			have += s->clients;
		}
	return have;
}

/* Sizes of flows differ as widely as real ones: a few carry most (Pareto). */
static double *
weights(struct plan *p, size_t n, double *total)
{
	double *w = must_alloc(n, sizeof *w);

	*total = 0;
	for (size_t i = 0; i < n; i++) {
		double u = (double)(1 + draw_below(p, 1000)) / 1000;
		w[i] = 1 / u;
		*total += w[i];
	}
	return w;
}

static void
plan_flow(struct plan *p, size_t i, uint64_t bytes, int64_t span, uint32_t clients)
{
	const struct handshake *h =
	    &p->handshakes.list[(size_t)draw_below(p, (int64_t)p->handshakes.n)];
	struct bulk *b = &p->flows[i];
	int64_t at = draw_below(p, span - span / 8);
	uint64_t packets = bytes / 1000 + 3;
	int64_t gap = span / 8 / (int64_t)(packets + 1);

	*b = (struct bulk){ .hello = h };
	b->replica = (struct replica){ .source = h->source,
		.base = (uint32_t)draw_below(p, clients),
		.key = hash_mix(i, 777),
		.old_port = h->port,
		.new_port = (uint16_t)(20000 + i % 40000) };
	for (size_t k = 0; k < h->n; k++, at += 900 + draw_below(p, 9000))
		plan_add(p, at, FROM_HANDSHAKE, i, k);
	gap = gap > 2500 ? 2500 : gap < 2 ? 2 : gap;
	for (uint64_t k = 0; k < packets; k++, at += gap / 2 + draw_below(p, gap + 1))
		plan_add(p, at, FROM_BULK, i, k);
}

static void
plan_bulk(struct plan *p, size_t n, uint64_t bytes, int64_t span, uint32_t clients)
{
	double total, *w = weights(p, n, &total);

	handshakes_find(&p->handshakes, &p->sources);
	if (p->handshakes.n == 0) {
		(void)fprintf(stderr, "gen: no handshake in the sources\n");
		exit(2);
	}
	p->flows = must_alloc(n, sizeof *p->flows);
	for (size_t i = 0; i < n; i++)
		plan_flow(p, i, (uint64_t)((double)bytes * w[i] / total), span,
		    clients);
	free(w);
}

static void
plan_scale(struct plan *p, uint32_t hosts)
{
	static const int64_t offset[SCALE_PACKETS] = { 0, 20000, 300000, 1200000,
		1215000, 1215300, 1215900 };

	hellos_find(&p->hellos, &p->sources);
	if (p->hellos.n == 0) {
		(void)fprintf(stderr, "gen: no ClientHello in the sources\n");
		exit(2);
	}
	for (uint32_t i = 0; i < hosts; i++) {
		int64_t at = (int64_t)i * SCALE_PERIOD + draw_below(p, 5000);
		for (unsigned k = 0; k < SCALE_PACKETS; k++)
			plan_add(p, at + offset[k], FROM_HOST, i, k);
	}
}

static int
by_time(const void *a, const void *b)
{
	const struct event *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->of != y->of)
		return x->of < y->of ? -1 : 1;
	return x->k < y->k ? -1 : x->k > y->k;
}

/* The bytes of an event into `frame`; *wire is its length before it was cut. */
static size_t
render(struct plan *p, const struct event *e, uint8_t *frame, uint32_t *wire)
{
	const struct packet *packet;
	const struct replica *r;
	size_t n;

	switch (e->from) {
	case FROM_BULK:
		n = bulk_render(&p->flows[e->of], e->k, frame);
		*wire = (uint32_t)n;
		return n;
	case FROM_HOST:
		n = scale_render(&p->hellos, e->of, e->k, frame);
		*wire = (uint32_t)n;
		return n;
	case FROM_HANDSHAKE:
		packet = p->flows[e->of].hello->packets[e->k];
		r = &p->flows[e->of].replica;
		break;
	default:
		r = &p->replicas[e->of];
		packet = &r->source->packets[e->k];
		break;
	}
	replica_render(r, packet, frame);
	*wire = packet->wire;
	return packet->len;
}

/* A classic pcap, as every peer reads it, in the byte order of this machine. */
static void
put_words(struct writer *w, const uint32_t *words, size_t n)
{
	put_bytes(w, words, n * sizeof *words);
}

static int
write_out(struct plan *p, const char *path)
{
	static uint8_t frame[FRAME_MAX];
	uint32_t head[] = { 0xa1b2c3d4, 4U << 16 | 2, 0, 0, 262144, 1 };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	struct writer w;
	uint64_t bytes = 0;

	if (fd < 0) {
		perror(path);
		return 2;
	}
	qsort(p->events, p->n, sizeof *p->events, by_time);
	writer_to_fd(&w, fd);
	put_words(&w, head, 6);
	for (size_t i = 0; i < p->n; i++) {
		const struct event *e = &p->events[i];
		uint32_t wire;
		uint32_t n = (uint32_t)render(p, e, frame, &wire);
		uint32_t record[] = { 1750000000U + (uint32_t)(e->at / 1000000),
			(uint32_t)(e->at % 1000000), n, wire };
		put_words(&w, record, 4);
		put_bytes(&w, frame, n);
		bytes += n;
	}
	(void)fprintf(stderr, "%s: %zu packets, %" PRIu64 " bytes\n", path, p->n,
	    bytes);
	if (writer_close(&w) != 0 || close(fd) != 0) {
		perror(path);
		return 2;
	}
	return 0;
}

int
main(int argc, char **argv)
{
	static struct plan p;
	const char *mode = argc > 1 ? argv[1] : "";
	bool scale = strcmp(mode, "scale") == 0, mix = strcmp(mode, "mix") == 0;

	if (argc != (scale ? 5 : 6) || (!scale && !mix && strcmp(mode, "bulk") != 0)) {
		(void)fprintf(stderr,
		    "usage: gen mix|bulk LIST OUT BYTES COUNT\n"
		    "       gen scale LIST OUT HOSTS\n");
		return 2;
	}
	sources_read(&p.sources, argv[2]);
	uint64_t size = strtoull(argv[4], NULL, 10);
	uint32_t count = scale ? 0 : (uint32_t)strtoul(argv[5], NULL, 10);
	p.chance = hash_bytes(mode, strlen(mode), 1);
	if (scale) {
		plan_scale(&p, (uint32_t)size);
	} else if (mix) {
		uint32_t clients = plan_replicas(&p, count);
		(void)fprintf(stderr,
		    "%zu replicas, %u clients, %" PRIu64 " bytes of them\n",
		    p.n_replicas, clients, p.bytes);
		if (p.bytes < size)
			plan_bulk(&p, MIX_FLOWS, size - p.bytes, mix_span, clients);
	} else {
		plan_bulk(&p, count, size, bulk_span, count);
	}
	return write_out(&p, argv[3]);
}
