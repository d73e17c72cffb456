/* SPDX-License-Identifier: ISC */
/*
 * TCP (RFC 9293), as far as it can still say something: the first message of each
 * direction of a connection, put together over segments that may come late, twice
 * or overlapping, and those that follow it at a place that it tells. Only connections
 * that wait for such a message are remembered, so bulk data passes by with one look
 * into a small table.
 */
#include <stdlib.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/time.h"
#include "decode/flowkey.h"
#include "decode/gather.h"
#include "decode/walk.h"

enum {
	WAYS = 4,
	LIVE = 30 /* seconds after which an entry was no live one */
};

enum { FIN = 0x01, SYN = 0x02, RST = 0x04, ACK = 0x10 };

struct flow {
	uint64_t key; /* 0: free */
	int64_t time;
	uint32_t start;  /* sequence number of the message's first byte */
	uint16_t buffer; /* its number + 1, 0: none yet */
	bool inside;     /* what starts there goes on in a message */
};

struct buffer {
	uint64_t owner; /* key of its flow, 0: free */
	int64_t time;
	struct gather got;
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
buffer_drop(struct streams *s, struct flow *f)
{
	if (f->buffer > 0)
		s->buffers[f->buffer - 1].owner = 0;
	f->buffer = 0;
}

static void
flow_drop(struct streams *s, struct flow *f)
{
	buffer_drop(s, f);
	f->key = 0;
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
	b->got.n = 0;
	f->buffer = (uint16_t)(i + 1);
	return b;
}

/* Protocols of lines: what most connections carry does not begin like any. */
static bool
may_be_text(const struct cursor *c)
{
	uint8_t first = cur_peek(c, 0);

	return (first >= 'A' && first <= 'Z') || first == '\r' || first == '\n';
}

static enum decoded
offer(struct walk *w, struct cursor bytes, bool inside)
{
	uint16_t from = w->ctx.seen.src_port, to = w->ctx.seen.dst_port;

	w->rest = (struct stream_rest){ 0 };
	w->ctx.inside = inside;
	enum decoded done = DECODED_NOT_MINE;
	if (inside || may_be_text(&bytes))
		done = walk_offer(w, ON_TEXT, 0, bytes);
	if (done == DECODED_NOT_MINE)
		done = walk_offer(w, ON_STREAM, to, bytes);
	if (done == DECODED_NOT_MINE && from != to &&
	    port_is_in(w->d->stream_ports, from))
		done = walk_offer(w, ON_STREAM, from, bytes); /* what the server says */
	if (w->rest.unread >= cur_left(&bytes)) /* nothing was read: no more would be */
		w->rest = (struct stream_rest){ 0 };
	return done;
}

/* Whether something may be said at a place that is known. */
static bool
goes_on(const struct stream_rest *r)
{
	return r->unread > 0 || r->skip > 0 || r->inside;
}

/* How far that is from the first of n bytes that were offered. */
static uint32_t
next_start(const struct stream_rest *r, size_t n)
{
	return (uint32_t)(n - r->unread) + r->skip;
}

/* What a segment leaves begins another message, at its end or later: wait for it. */
static void
wait_for_next(struct walk *w, uint64_t key, uint32_t seq, struct cursor c)
{
	struct flow *f = flow_put(w, key, seq + next_start(&w->rest, cur_left(&c)));

	f->inside = w->rest.inside;
	if (w->rest.unread == 0)
		return;
	cur_skip(&c, cur_left(&c) - w->rest.unread);
	(void)gather_add(&buffer_of(w, f)->got, 0, c);
}

/*
 * The message from its first byte on, in one segment as nearly always. Without a
 * flow, when the connection's beginning was not seen, it starts here.
 */
static void
first_segment(struct walk *w, struct flow *f, uint64_t key, uint32_t seq,
    struct cursor c)
{
	enum decoded done = offer(w, c, f != NULL && f->inside);

	if (done != DECODED_SHORT) {
		if (f != NULL)
			flow_drop(w->d->streams, f);
		if (done == DECODED && goes_on(&w->rest))
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
	(void)gather_add(&buffer_of(w, f)->got, 0, c);
}

static void
later_segment(struct walk *w, struct flow *f, uint32_t offset, struct cursor c)
{
	struct buffer *b = buffer_of(w, f);
	struct cursor before = gather_ready(&b->got);

	if (w->ctx.cut || !gather_add(&b->got, offset, c)) {
		w->d->counts.hello_cut += w->ctx.cut;
		flow_drop(w->d->streams, f);
		return;
	}
	struct cursor ready = gather_ready(&b->got);
	if (cur_left(&ready) == cur_left(&before))
		return;
	enum decoded done = offer(w, ready, f->inside);
	/* What came out of turn is of the next message, where nothing else says so. */
	while (done == DECODED && (goes_on(&w->rest) || b->got.n > 1)) {
		uint32_t read = next_start(&w->rest, cur_left(&ready));
		bool waits = w->rest.unread > 0;
		f->start += read;
		f->inside = w->rest.inside;
		gather_shift(&b->got, read);
		if (b->got.n == 0)
			buffer_drop(w->d->streams, f);
		ready = gather_ready(&b->got);
		if (waits || cur_left(&ready) == 0)
			return;
		done = offer(w, ready, f->inside); /* it had come before */
	}
	if (done != DECODED_SHORT || cur_left(&ready) >= STREAM_MAX)
		flow_drop(w->d->streams, f);
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
	f->time = w->ctx.seen.time;
	if (offset >= UINT32_MAX / 2) { /* begins before: a keep-alive, overlap, body */
		if (0 - offset >= cur_left(&c))
			return;
		cur_skip(&c, 0 - offset);
		offset = 0;
	}
	if (offset == 0 && f->buffer == 0)
		first_segment(w, f, key, f->start, c);
	else if (offset < STREAM_MAX)
		later_segment(w, f, offset, c);
	else
		flow_drop(s, f); /* a new connection of the same ports, or a gap */
}

/* Nothing follows what ends here, unless it waits for what comes late. */
static void
ended(struct walk *w, uint32_t end, bool reset)
{
	struct streams *s = w->d->streams;
	struct flow *f = flow_find(s, flow_key(s->seed, &w->ctx.seen, false));

	if (f != NULL && (reset || f->start - end < UINT32_MAX / 2))
		flow_drop(s, f);
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
			(void)flow_put(w,
			    flow_key(w->d->streams->seed, &w->ctx.seen, false), seq);
	}
	size_t n = cur_left(&segment);
	if (n > 0)
		data(w, flow_key(w->d->streams->seed, &w->ctx.seen, false), seq,
		    segment);
	if ((flags & (RST | FIN)) != 0)
		ended(w, seq + (uint32_t)n, (flags & RST) != 0);
}
