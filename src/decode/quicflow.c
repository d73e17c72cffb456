/* SPDX-License-Identifier: ISC */
/*
 * QUIC on any port, as far as the client's hello: who has yet to say it, with which
 * keys, and what has come of it. RFC 9001 section 5.2: the keys of Initial packets
 * follow from the first id that the client chose, and stay when the server chooses
 * another; after a Retry, and for another version, they are made anew.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/err.h"
#include "base/time.h"
#include "decode/flowkey.h"
#include "decode/quicframe.h"
#include "decode/quicseal.h"
#include "decode/walk.h"

enum {
	WAYS = 4,
	LIVE = 30 /* seconds that a hello takes at most, and for which it stands */
};

struct connection {
	uint64_t key; /* 0: free */
	int64_t time;
	uint32_t version;
	uint32_t buffer; /* its number + 1, 0: none */
	bool told;       /* the hello has been read */
	uint8_t dcid_len, dcid[QUIC_CID_MAX];
	struct quic_keys keys;
};

struct piece {
	uint64_t owner; /* key of its connection, 0: free */
	struct gather got;
};

struct quics {
	struct quic_seal *seal;
	struct connection *connections;
	size_t buckets;
	struct piece *pieces;
	size_t n_pieces, next_piece;
	uint64_t seed;
};

struct quics *
quics_new(size_t connections, size_t pieces)
{
	struct quics *q = must_alloc(1, sizeof *q);

	q->buckets = 1;
	while (q->buckets * WAYS < connections)
		q->buckets *= 2;
	q->connections = must_alloc(q->buckets * WAYS, sizeof *q->connections);
	q->n_pieces = pieces;
	q->pieces = must_alloc(pieces, sizeof *q->pieces);
	q->seal = quic_seal_new();
	if (getrandom(&q->seed, sizeof q->seed, 0) < 0)
		q->seed = 1;
	return q;
}

void
quics_free(struct quics *q)
{
	quic_seal_free(q->seal);
	free(q->connections);
	free(q->pieces);
	free(q);
}

static struct connection *
bucket_of(struct quics *q, uint64_t key)
{
	return q->connections + (key >> 1 & (q->buckets - 1)) * WAYS;
}

static bool
is_live(const struct connection *c, int64_t now)
{
	return c->key != 0 && now - c->time < LIVE * SECOND;
}

static struct connection *
find(struct quics *q, uint64_t key, int64_t now)
{
	struct connection *c = bucket_of(q, key);

	for (unsigned i = 0; i < WAYS; i++)
		if (c[i].key == key && is_live(&c[i], now))
			return &c[i];
	return NULL;
}

static void
let_go(struct quics *q, struct connection *c)
{
	if (c->buffer > 0)
		q->pieces[c->buffer - 1].owner = 0;
	c->buffer = 0;
}

/* A place for a newcomer: its old one, a free one, or that of the oldest. */
static struct connection *
place(struct walk *w, uint64_t key)
{
	struct connection *b = bucket_of(w->d->quics, key), *to = b;
	int64_t now = w->ctx.seen.time;

	for (unsigned i = 0; i < WAYS; i++) {
		if (b[i].key == key) {
			to = &b[i];
			break;
		}
		if (to->key != 0 && (b[i].key == 0 || b[i].time < to->time))
			to = &b[i];
	}
	if (is_live(to, now) && to->key != key && !to->told)
		w->d->counts.flows_evicted++;
	let_go(w->d->quics, to);
	to->key = key;
	return to;
}

static struct gather *
buffer_of(struct walk *w, struct connection *c)
{
	struct quics *q = w->d->quics;

	if (c->buffer > 0)
		return &q->pieces[c->buffer - 1].got;
	size_t i = q->next_piece;
	for (size_t tries = 0; tries < q->n_pieces && q->pieces[i].owner != 0; tries++)
		i = (i + 1) % q->n_pieces;
	q->next_piece = (i + 1) % q->n_pieces;
	struct piece *p = &q->pieces[i];
	if (p->owner != 0) {
		struct connection *old = bucket_of(q, p->owner);
		for (unsigned way = 0; way < WAYS; way++)
			if (old[way].key == p->owner)
				old[way] = (struct connection){ .key = 0 };
		w->d->counts.flows_evicted++;
	}
	p->owner = c->key;
	p->got.n = 0;
	c->buffer = (uint32_t)i + 1;
	return &p->got;
}

static bool
same_id(const struct connection *c, struct cursor dcid)
{
	return cur_left(&dcid) == c->dcid_len &&
	    (c->dcid_len == 0 || memcmp(c->dcid, dcid.at, c->dcid_len) == 0);
}

/* The frames of a packet by the keys of this id; spent when they do not fit. */
static struct cursor
try_id(struct quics *q, const struct quic_packet *p, struct cursor dcid,
    struct quic_keys *keys)
{
	if (!quic_keys_derive(q->seal, p->row, dcid, keys))
		return (struct cursor){ .spent = true };
	return quic_open(q->seal, keys, p);
}

/*
 * The frames of the packet, and in *c whose they are. An old connection's keys come
 * first, then those of the packet's own id: a new connection, or the same after a
 * Retry or in another version, whose hello begins anew.
 */
static struct cursor
opened(struct walk *w, uint64_t key, const struct quic_packet *p, struct connection **c)
{
	struct quics *q = w->d->quics;
	struct connection *old = *c;
	struct cursor frames = { .spent = true };
	struct quic_keys keys = { .key = { 0 } };

	if (p->row->salt == NULL) {
		frames = p->body;
		if (old != NULL && old->version == p->version)
			return frames;
	} else if (old != NULL && old->version == p->version) {
		frames = quic_open(q->seal, &old->keys, p);
		if (cur_ok(&frames) || same_id(old, p->dcid))
			return frames;
	}
	if (p->row->salt != NULL)
		frames = try_id(q, p, p->dcid, &keys);
	if (!cur_ok(&frames))
		return frames;
	*c = place(w, key);
	**c = (struct connection){ .key = key,
		.version = p->version,
		.keys = keys,
		.dcid_len = (uint8_t)cur_left(&p->dcid) };
	if ((*c)->dcid_len > 0)
		memcpy((*c)->dcid, p->dcid.at, (*c)->dcid_len);
	return frames;
}

/* True when the packet was understood: a part of a hello, or of one that is over. */
static bool
initial(struct walk *w, const struct quic_packet *p)
{
	struct quics *q = w->d->quics;
	int64_t now = w->ctx.seen.time;
	uint64_t key = flow_key(q->seed, &w->ctx.seen, false);
	struct connection *c = find(q, key, now);

	if (c != NULL && c->told && c->version == p->version)
		return true;
	if (c == NULL && find(q, flow_key(q->seed, &w->ctx.seen, true), now) != NULL)
		return true; /* the server's */
	if (p->cut) {
		w->d->counts.hello_cut += w->ctx.cut;
		return false;
	}
	struct cursor frames = opened(w, key, p, &c);
	if (!cur_ok(&frames))
		return false;
	c->time = now;
	struct gather *got = buffer_of(w, c);
	bool good = quic_frames(frames, p->row, got);
	w->ctx.version = p->version;
	struct cursor hello = gather_ready(got);
	if (!good)
		w->d->counts.bad++;
	else if (cur_left(&hello) == 0 ||
	    walk_offer(w, ON_QUIC, 0, hello) == DECODED_SHORT)
		return true;
	let_go(q, c);
	c->told = true;
	return true;
}

bool
quics_datagram(struct walk *w, struct cursor c)
{
	struct quic_packet p;
	bool known = false;

	while (cur_left(&c) > 0 && quic_packet_next(&c, &p))
		if (p.initial)
			known = initial(w, &p) || known;
	return known;
}
