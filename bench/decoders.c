/* SPDX-License-Identifier: ISC */
/*
 * decoders CAPTURE ...: nanoseconds a message of each decoder, without what brings the
 * message to it. The messages are those that the captures have for it; of a later one
 * only what the earlier had too few of. Then what it costs to open a QUIC packet.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "capture/capture.h"
#include "decode/cache.h"
#include "decode/quicseal.h"
#include "decode/walk.h"

enum { ROUNDS = 5, ENOUGH = 32, MOST = 2000, FRAMES_MOST = 400000 };
enum { ROUND_NS = 20 * 1000 * 1000 };

struct message {
	struct cursor bytes;
	struct context ctx;
};

/* By the first row of the decoder's name. */
struct told {
	size_t n, enough;
	uint64_t bytes;
	struct message list[MOST];
};

static const struct decoder *rows;
static struct told told[ROWS_MAX];
static struct fact_sink nobody;

static size_t
first_of(size_t row)
{
	while (row > 0 && rows[row - 1].decode == rows[row].decode)
		row--;
	return row;
}

static struct cursor
copy(struct cursor c)
{
	size_t n = cur_left(&c);
	uint8_t *to = must_alloc(n + 1, 1);

	if (n > 0)
		memcpy(to, c.at, n);
	return cur_over(to, n);
}

/* Stands in every row, in front of the decoder itself. */
static enum decoded
listen(struct cursor c, const struct context *ctx)
{
	struct told *t = &told[first_of(ctx->decoder)];
	enum decoded how = rows[ctx->decoder].decode(c, ctx);

	if (how != DECODED || t->enough >= ENOUGH || t->n == MOST)
		return how;
	struct message *m = &t->list[t->n++];
	m->bytes = copy(c);
	m->ctx = *ctx;
	m->ctx.ip = copy(ctx->ip);
	m->ctx.out = &nobody;
	m->ctx.rest = NULL; /* these go with the walk, and with what decodes */
	m->ctx.clients = NULL;
	m->ctx.epdgs = NULL;
	t->bytes += cur_left(&c);
	return how;
}

static void
ignore_fact(void *state, const struct fact *f)
{
	*(size_t *)state += f->value.len; /* so that it is made */
}

static void
ignore_presence(void *state, const struct presence *p)
{
	(void)state;
	(void)p;
}

static void
collect(const char *path, size_t n)
{
	static struct decoder ears[ROWS_MAX];
	struct decode *d = decode_new(NULL);
	struct presence_sink was = { ignore_presence, NULL };
	struct frame f;
	struct err err;
	struct capture *c = capture_open(open(path, O_RDONLY | O_CLOEXEC), 0, &err);

	if (c == NULL) {
		(void)fprintf(stderr, "decoders: %s: %s\n", path, err.line);
		exit(EXIT_FAILURE);
	}
	for (size_t i = 0; i < n; i++) {
		ears[i] = rows[i];
		ears[i].decode = listen;
		told[i].enough = told[i].n;
	}
	for (unsigned on = 0; on < CARRIERS; on++)
		for (size_t i = 0; i < d->rows[on].n; i++)
			d->rows[on].list[i] = &ears[d->rows[on].list[i] - rows];
	d->first_row = ears;
	for (unsigned i = 0; i < FRAMES_MOST && capture_next(c, &f) == CAPTURE_FRAME;
	     i++)
		decode_frame(d, &f, &nobody, &was);
	capture_close(c);
	decode_free(d);
}

static int64_t
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void
run_all(void *state)
{
	const struct told *t = state;
	const struct decoder *row = &rows[t - told];

	for (size_t i = 0; i < t->n; i++)
		(void)row->decode(t->list[i].bytes, &t->list[i].ctx);
}

/* The quickest of a few rounds, each long enough for the clock. */
static double
cost(void (*run)(void *), void *state, size_t n)
{
	double best = 0;

	for (int round = 0; round < ROUNDS; round++) {
		int64_t start = now(), end;
		size_t times = 0;
		do {
			run(state);
			times++;
		} while ((end = now()) - start < ROUND_NS);
		double each = (double)(end - start) / (double)(times * n);
		if (round == 0 || each < best)
			best = each;
	}
	return best;
}

/* RFC 9001 section 5: keys from an id, then a packet of 1200 bytes. */
static void
open_packet(void *state)
{
	static uint8_t bytes[1200] = { 0xc0, 0, 0, 0, 1, 8, 1, 2, 3, 4, 5, 6, 7, 8, 0,
		0, 0x44, 0x9e };
	struct cursor c = cur_over(bytes, sizeof bytes);
	struct quic_packet p;
	struct quic_keys keys;

	if (!quic_packet_next(&c, &p) || !quic_keys_derive(state, p.row, p.dcid, &keys))
		abort();
	(void)quic_open(state, &keys, &p);
}

int
main(int argc, char **argv)
{
	static size_t sum;
	struct decode_cache *cache = decode_cache_new();
	size_t n;

	nobody = (struct fact_sink){ .take = ignore_fact, .state = &sum };
	rows = decoders(&n);
	for (int i = 1; i < argc; i++)
		collect(argv[i], n);
	(void)printf("  %-10s %10s %10s %12s\n", "decoder", "messages", "bytes each",
	    "ns/message");
	for (size_t i = 0; i < n; i++) {
		struct told *t = &told[i];
		if (first_of(i) != i)
			continue;
		if (t->n == 0) {
			(void)printf("  %-10s %10s\n", rows[i].name, "none");
			continue;
		}
		for (size_t m = 0; m < t->n; m++)
			t->list[m].ctx.cache = cache;
		(void)printf("  %-10s %10zu %10.0f %12.0f\n", rows[i].name, t->n,
		    (double)t->bytes / (double)t->n, cost(run_all, t, t->n));
	}
	struct quic_seal *seal = quic_seal_new();
	(void)printf("  %-10s %10d %10d %12.0f\n", "(quic key)", 1, 1200,
	    cost(open_packet, seal, 1));
	quic_seal_free(seal);
	decode_cache_free(cache);
	return EXIT_SUCCESS;
}
