/* SPDX-License-Identifier: ISC */
/*
 * TCP (RFC 9293), as far as it can still say something: the first message of each
 * direction of a connection, put together over segments that may come late, twice
 * or overlapping. Only connections that wait for such a message are remembered, so
 * bulk data passes by with one look into a small table.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/time.h"
#include "decode/walk.h"

enum {
	WAYS = 4,
	RANGES_MAX = 12, /* that came out of order */
	LIVE = 30        /* seconds after which an entry was no live one */
};

enum { FIN = 0x01, SYN = 0x02, RST = 0x04, ACK = 0x10 };

struct flow {
	uint64_t key; /* 0: free */
	int64_t time;
	uint32_t start;  /* sequence number of the message's first byte */
	uint32_t buffer; /* its number + 1, 0: none yet */
};

struct range {
	uint32_t from, to;
};

struct buffer {
	uint64_t owner; /* key of its flow, 0: free */
	int64_t time;
	unsigned n;
	struct range have[RANGES_MAX]; /* sorted, apart */
	uint8_t bytes[STREAM_MAX];
};

struct streams {
	struct flow *flows;
	size_t buckets;
	struct buffer *buffers;
	size_t n_buffers, next_buffer;
	uint64_t seed;
};

struct streams *
streams_new(size_t flows, size_t buffers)
{
	struct streams *s = must_alloc(1, sizeof *s);

	s->buckets = 1;
	while (s->buckets * WAYS < flows)
		s->buckets *= 2;
	s->flows = must_alloc(s->buckets * WAYS, sizeof *s->flows);
	s->n_buffers = buffers;
	s->buffers = must_alloc(buffers, sizeof *s->buffers);
	if (getrandom(&s->seed, sizeof s->seed, 0) < 0)
		s->seed = 1;
	return s;
}

void
streams_free(struct streams *s)
{
	free(s->flows);
	free(s->buffers);
	free(s);
}

/* One direction of one connection. */
static uint64_t
flow_key(const struct streams *s, const struct sighting *seen)
{
	uint64_t a, b, c, d;

	memcpy(&a, seen->src_ip.b, 8);
	memcpy(&b, seen->src_ip.b + 8, 8);
	memcpy(&c, seen->dst_ip.b, 8);
	memcpy(&d, seen->dst_ip.b + 8, 8);
	a = hash_mix(a ^ s->seed, b ^ seen->src_port);
	c = hash_mix(c ^ a, d ^ ((uint64_t)seen->dst_port << 16));
	return (c ^ seen->vlan) | 1;
}

static struct flow *
flow_find(struct streams *s, uint64_t key)
{
	struct flow *f = s->flows + (key >> 1 & (s->buckets - 1)) * WAYS;

	for (unsigned i = 0; i < WAYS; i++)
		if (f[i].key == key)
			return &f[i];
	return NULL;
}

static void
flow_drop(struct streams *s, struct flow *f)
{
	if (f->buffer > 0)
		s->buffers[f->buffer - 1].owner = 0;
	f->key = 0;
	f->buffer = 0;
}

static struct flow *
flow_put(struct walk *w, uint64_t key, uint32_t start)
{
	struct streams *s = w->d->streams;
	struct flow *b = s->flows + (key >> 1 & (s->buckets - 1)) * WAYS, *to = b;
	int64_t now = w->ctx.seen.time;

	for (unsigned i = 0; i < WAYS; i++) {
		if (b[i].key == key || b[i].key == 0) {
			to = &b[i];
			if (b[i].key == key)
				break;
		} else if (to->key != 0 && to->key != key && b[i].time < to->time) {
			to = &b[i];
		}
	}
	if (to->key != 0 && to->key != key && now - to->time < LIVE * SECOND)
		w->d->counts.flows_evicted++;
	if (to->key != 0)
		flow_drop(s, to);
	*to = (struct flow){ .key = key, .time = now, .start = start };
	return to;
}

/* The flow's buffer, taken from the one whose turn it is when none is free. */
static struct buffer *
buffer_of(struct walk *w, struct flow *f)
{
	struct streams *s = w->d->streams;

	if (f->buffer > 0)
		return &s->buffers[f->buffer - 1];
	size_t i = s->next_buffer;
	for (size_t tries = 0; tries < s->n_buffers && s->buffers[i].owner != 0;
	     tries++)
		i = (i + 1) % s->n_buffers;
	s->next_buffer = (i + 1) % s->n_buffers;
	struct buffer *b = &s->buffers[i];
	if (b->owner != 0) {
		struct flow *old = flow_find(s, b->owner);
		w->d->counts.flows_evicted += w->ctx.seen.time - b->time <
		    LIVE * SECOND;
		if (old != NULL)
			flow_drop(s, old);
	}
	b->owner = f->key;
	b->time = w->ctx.seen.time;
	b->n = 0;
	f->buffer = (uint32_t)i + 1;
	return b;
}

/* Copies what is new; what came first stays. False when there are too many gaps. */
static bool
buffer_fill(struct buffer *b, uint32_t from, struct cursor c)
{
	uint32_t to = from + (uint32_t)cur_left(&c);
	unsigned i = 0, last;

	if (to > STREAM_MAX)
		to = STREAM_MAX;
	while (i < b->n && b->have[i].to < from)
		i++;
	uint32_t at = from, low = from, high = to;
	for (last = i; last < b->n && b->have[last].from <= to; last++) {
		struct range r = b->have[last];
		if (at < r.from)
			memcpy(b->bytes + at, c.at + (at - from), r.from - at);
		at = r.to > at ? r.to : at;
		low = r.from < low ? r.from : low;
		high = r.to > high ? r.to : high;
	}
	if (at < to)
		memcpy(b->bytes + at, c.at + (at - from), to - at);
	if (last == i && b->n == RANGES_MAX)
		return false;
	memmove(&b->have[i + 1], &b->have[last], (b->n - last) * sizeof b->have[0]);
	b->n = b->n + 1 - (last - i);
	b->have[i] = (struct range){ low, high };
	return true;
}

/* Lets the first bytes go: they were read. */
static void
buffer_shift(struct buffer *b, uint32_t by)
{
	memmove(b->bytes, b->bytes + by, b->have[b->n - 1].to - by);
	for (unsigned i = 0; i < b->n; i++) {
		b->have[i].from -= i > 0 ? by : 0;
		b->have[i].to -= by;
	}
}

static size_t
buffer_ready(const struct buffer *b)
{
	return b->n > 0 && b->have[0].from == 0 ? b->have[0].to : 0;
}

static enum decoded
offer(struct walk *w, struct cursor bytes)
{
	w->unread = 0;
	enum decoded done = walk_offer(w, ON_STREAM, w->ctx.seen.dst_port, bytes);
	if (w->unread >= cur_left(&bytes)) /* nothing was read: no more would be */
		w->unread = 0;
	return done;
}

/* The last bytes of a segment that was read begin another message: wait for it. */
static void
wait_for_next(struct walk *w, uint64_t key, uint32_t seq, struct cursor c)
{
	size_t read = cur_left(&c) - w->unread;

	cur_skip(&c, read);
	struct flow *f = flow_put(w, key, seq + (uint32_t)read);
	(void)buffer_fill(buffer_of(w, f), 0, c);
}

/*
 * The message from its first byte on, in one segment as nearly always. Without a
 * flow, when the connection's beginning was not seen, it starts here.
 */
static void
first_segment(struct walk *w, struct flow *f, uint64_t key, uint32_t seq,
    struct cursor c)
{
	enum decoded done = offer(w, c);

	if (done != DECODED_SHORT) {
		if (f != NULL)
			flow_drop(w->d->streams, f);
		if (done == DECODED && w->unread > 0)
			wait_for_next(w, key, seq, c);
		return;
	}
	if (w->ctx.cut) { /* the rest will never come */
		w->d->counts.hello_cut++;
		if (f != NULL)
			flow_drop(w->d->streams, f);
		return;
	}
	if (f == NULL)
		f = flow_put(w, key, seq);
	(void)buffer_fill(buffer_of(w, f), 0, c);
}

static void
later_segment(struct walk *w, struct flow *f, uint32_t offset, struct cursor c)
{
	struct buffer *b = buffer_of(w, f);
	size_t before = buffer_ready(b);

	if (w->ctx.cut || !buffer_fill(b, offset, c)) {
		w->d->counts.hello_cut += w->ctx.cut;
		flow_drop(w->d->streams, f);
		return;
	}
	size_t ready = buffer_ready(b);
	if (ready == before)
		return;
	enum decoded done = offer(w, cur_over(b->bytes, ready));
	if (done == DECODED && w->unread > 0) {
		uint32_t read = (uint32_t)(ready - w->unread);
		f->start += read;
		buffer_shift(b, read);
	} else if (done != DECODED_SHORT || ready >= STREAM_MAX) {
		flow_drop(w->d->streams, f);
	}
}

static void
data(struct walk *w, uint64_t key, uint32_t seq, struct cursor c)
{
	struct streams *s = w->d->streams;
	struct flow *f = flow_find(s, key);

	if (f == NULL) {
		first_segment(w, NULL, key, seq, c);
		return;
	}
	uint32_t offset = seq - f->start;
	if (offset >= UINT32_MAX / 2) { /* begins before: a keep-alive or an overlap */
		if (0 - offset >= cur_left(&c))
			return;
		cur_skip(&c, 0 - offset);
		offset = 0;
	}
	f->time = w->ctx.seen.time;
	if (offset == 0 && f->buffer == 0)
		first_segment(w, f, key, seq, c);
	else if (offset < STREAM_MAX)
		later_segment(w, f, offset, c);
	else
		flow_drop(s, f); /* a new connection of the same ports, or a gap */
}

void
streams_segment(struct walk *w, struct cursor segment)
{
	struct cursor c = segment;

	cur_skip(&c, 4);
	uint32_t seq = cur_u32(&c);
	cur_skip(&c, 4);
	size_t header = (cur_u8(&c) >> 4) * 4u;
	uint8_t flags = cur_u8(&c);
	cur_skip(&segment, header);
	if (header < 20 || !cur_ok(&segment) || !cur_ok(&c)) {
		w->d->counts.bad += !w->ctx.cut;
		return;
	}
	if (flags & SYN) {
		c = segment;
		c.at -= header;
		(void)walk_offer(w, ON_TCP, 0, c);
		seq++; /* the SYN itself; data may come with it (RFC 7413) */
		if ((flags & ACK) == 0) /* servers seldom speak out of order */
			(void)flow_put(w, flow_key(w->d->streams, &w->ctx.seen), seq);
	}
	if (cur_left(&segment) > 0) {
		data(w, flow_key(w->d->streams, &w->ctx.seen), seq, segment);
	} else if (flags & RST) {
		struct flow *f = flow_find(w->d->streams,
		    flow_key(w->d->streams, &w->ctx.seen));
		if (f != NULL)
			flow_drop(w->d->streams, f);
	}
}
