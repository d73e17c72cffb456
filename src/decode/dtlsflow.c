/* SPDX-License-Identifier: ISC */
/*
 * A ClientHello of DTLS that comes in pieces: RFC 6347 section 4.2.3. Each piece says
 * how long the message is and where it belongs; they come in any order and again.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/time.h"
#include "decode/flowkey.h"
#include "decode/gather.h"
#include "decode/hello.h"
#include "decode/walk.h"

enum {
	HANDSHAKE = 22,
	RECORD = 13, /* its header */
	HEADERS = RECORD + 12,
	LIVE = 60 /* seconds: the longest wait before a message is sent again */
};

struct piece {
	uint16_t version, seq;
	uint32_t length, from;
	struct cursor bytes;
};

struct half {
	uint64_t key; /* 0: free */
	int64_t time;
	uint16_t seq;
	uint32_t length;
	struct gather got; /* of one record that holds the whole message */
};

struct dtls_hellos {
	uint64_t seed;
	size_t n;
	struct half *halves;
};

struct dtls_hellos *
dtls_hellos_new(size_t most)
{
	struct dtls_hellos *h = must_alloc(1, sizeof *h);

	h->n = most;
	h->halves = must_alloc(most, sizeof *h->halves);
	if (getrandom(&h->seed, sizeof h->seed, 0) < 0)
		h->seed = 1;
	return h;
}

void
dtls_hellos_free(struct dtls_hellos *h)
{
	free(h->halves);
	free(h);
}

/* A record with a piece of a hello, and no more than a piece; *c moves behind it. */
static bool
next_piece(struct cursor *c, struct piece *p)
{
	struct cursor at = *c;
	bool handshake = cur_u8(&at) == HANDSHAKE;

	p->version = cur_u16(&at);
	cur_skip(&at, 2 + 6); /* epoch, sequence number */
	struct cursor record = cur_block16(&at);
	bool hello = cur_u8(&record) == CLIENT_HELLO;
	p->length = cur_u24(&record);
	p->seq = cur_u16(&record);
	p->from = cur_u24(&record);
	uint32_t here = cur_u24(&record);
	p->bytes = cur_take(&record, here);
	if (!cur_ok(&at) || !cur_ok(&record) || !handshake || !hello ||
	    here >= p->length || p->from > p->length - here ||
	    p->length > STREAM_MAX - HEADERS)
		return false;
	*c = at;
	return true;
}

/* The place of the sender: its old one, a free one, or that of the longest silent. */
static struct half *
half_of(struct walk *w, uint64_t key)
{
	struct dtls_hellos *h = w->d->dtls_hellos;
	struct half *to = &h->halves[0];
	int64_t now = w->ctx.seen.time;

	for (size_t i = 0; i < h->n; i++) {
		struct half *at = &h->halves[i];
		if (at->key == key && now - at->time < LIVE * SECOND)
			return at;
		if (to->key != 0 && (at->key == 0 || at->time < to->time))
			to = at;
	}
	w->d->counts.flows_evicted += to->key != 0 && now - to->time < LIVE * SECOND;
	to->key = key;
	to->length = 0;
	return to;
}

/* The header of a record and of a message that is whole in it. */
static void
begin(struct half *h, const struct piece *p)
{
	uint8_t high = (uint8_t)(p->length >> 8), low = (uint8_t)p->length;
	uint32_t all = p->length + (HEADERS - RECORD);
	uint8_t head[HEADERS] = { HANDSHAKE, (uint8_t)(p->version >> 8),
		(uint8_t)p->version, 0, 0, 0, 0, 0, 0, 0, 0, (uint8_t)(all >> 8),
		(uint8_t)all, CLIENT_HELLO, 0, high, low, (uint8_t)(p->seq >> 8),
		(uint8_t)p->seq, 0, 0, 0, 0, high, low };

	h->seq = p->seq;
	h->length = p->length;
	h->got.n = 0;
	(void)gather_add(&h->got, 0, cur_over(head, sizeof head));
}

static void
add(struct walk *w, const struct piece *p)
{
	uint64_t key = flow_key(w->d->dtls_hellos->seed, &w->ctx.seen, false);
	struct half *h = half_of(w, key);

	h->time = w->ctx.seen.time;
	if (h->length != p->length || h->seq != p->seq)
		begin(h, p); /* another hello: with a cookie, or of a new client */
	if (!gather_add(&h->got, HEADERS + p->from, p->bytes)) {
		h->key = 0;
		return;
	}
	struct cursor whole = gather_ready(&h->got);
	if (cur_left(&whole) < HEADERS + p->length)
		return;
	(void)walk_offer(w, ON_DTLS, 0, whole);
	h->key = 0;
}

bool
dtls_datagram(struct walk *w, struct cursor c)
{
	struct piece p;
	bool pieces = false;

	while (cur_left(&c) > 0 && next_piece(&c, &p)) {
		add(w, &p);
		pieces = true;
	}
	return pieces || walk_offer(w, ON_DTLS, 0, c) != DECODED_NOT_MINE;
}
