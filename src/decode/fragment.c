/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/time.h"
#include "decode/walk.h"

enum {
	DATAGRAM_MAX = 65536,
	HOLES_MAX = 24, /* ranges that have come, not yet joined */
	PATIENCE_S = 30 /* RFC 1122 section 3.3.2 asks for 60; bursts come sooner */
};

struct range {
	uint32_t from, to;
};

struct slot {
	uint64_t key;  /* 0: free */
	uint64_t lent; /* the frame in which its datagram is read */
	int64_t time;
	uint32_t total; /* 0 until the last fragment has come */
	unsigned n;
	struct range have[HOLES_MAX]; /* sorted, apart */
	uint8_t *bytes;
};

struct fragments {
	size_t n;
	struct slot *slots;
};

struct fragments *
fragments_new(size_t slots)
{
	struct fragments *f = must_alloc(1, sizeof *f);

	f->n = slots;
	f->slots = must_alloc(slots, sizeof *f->slots);
	return f;
}

void
fragments_free(struct fragments *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->slots[i].bytes);
	free(f->slots);
	free(f);
}

/*
 * NULL when every slot lends its bytes to this frame: what was put together there may
 * be a tunnel's, with a fragment inside that must not be put where it is read from.
 */
static struct slot *
find(struct walk *w, uint64_t key)
{
	struct fragments *f = w->d->fragments;
	struct slot *oldest = NULL;

	for (size_t i = 0; i < f->n; i++) {
		struct slot *s = &f->slots[i];
		if (s->key == key && w->ctx.seen.time - s->time < PATIENCE_S * SECOND)
			return s;
		if (s->lent == w->d->counts.frames)
			continue;
		if (oldest == NULL || s->key == 0 ||
		    (oldest->key != 0 && s->time < oldest->time))
			oldest = s;
	}
	if (oldest == NULL)
		return NULL;
	w->d->counts.fragments_lost += oldest->key != 0;
	if (oldest->bytes == NULL)
		oldest->bytes = must_alloc(1, DATAGRAM_MAX);
	oldest->key = key;
	oldest->total = 0;
	oldest->n = 0;
	return oldest;
}

/* Copies what is new of [from, to) and joins the ranges; false: too many holes. */
static bool
fill(struct slot *s, uint32_t from, uint32_t to, const uint8_t *bytes)
{
	struct range joined = { from, to }, rest[HOLES_MAX + 1];
	uint32_t at = from;
	unsigned n = 0;
	bool placed = false;

	for (unsigned i = 0; i < s->n; i++) {
		struct range r = s->have[i];
		if (at < to && at < r.from) { /* the gap before this range */
			uint32_t end = to < r.from ? to : r.from;
			memcpy(s->bytes + at, bytes + (at - from), end - at);
		}
		if (r.to > at)
			at = r.to;
		if (r.to < joined.from || r.from > joined.to) {
			if (r.from > joined.to && !placed) {
				rest[n++] = joined;
				placed = true;
			}
			if (n <= HOLES_MAX)
				rest[n++] = r;
		} else {
			joined.from = r.from < joined.from ? r.from : joined.from;
			joined.to = r.to > joined.to ? r.to : joined.to;
		}
		if (n > HOLES_MAX)
			return false;
	}
	if (at < to)
		memcpy(s->bytes + at, bytes + (at - from), to - at);
	if (!placed)
		rest[n++] = joined;
	if (n > HOLES_MAX)
		return false;
	memcpy(s->have, rest, n * sizeof rest[0]);
	s->n = n;
	return true;
}

struct cursor
fragments_add(struct walk *w, uint32_t id, uint8_t proto, size_t offset, bool more,
    struct cursor bytes)
{
	const struct sighting *seen = &w->ctx.seen;
	struct cursor none = { .spent = false };
	size_t end = offset + cur_left(&bytes);

	if (cur_left(&bytes) == 0 || end > DATAGRAM_MAX || w->ctx.cut)
		return none;
	uint64_t key = hash_mix(hash_bytes(&seen->src_ip, sizeof seen->src_ip, id),
	                   hash_bytes(&seen->dst_ip, sizeof seen->dst_ip, proto)) |
	    1;
	struct slot *s = find(w, key);
	if (s == NULL) {
		w->d->counts.fragments_lost++;
		return none;
	}
	s->time = seen->time;
	if (!more)
		s->total = (uint32_t)end;
	if (!fill(s, (uint32_t)offset, (uint32_t)end, bytes.at)) {
		s->key = 0;
		w->d->counts.fragments_lost++;
		return none;
	}
	if (s->total == 0 || s->have[0].from > 0 || s->have[0].to < s->total)
		return none;
	s->key = 0;
	s->lent = w->d->counts.frames;
	return cur_over(s->bytes, s->total);
}
