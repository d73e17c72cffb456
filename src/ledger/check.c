/* SPDX-License-Identifier: ISC */
/* Whether a ledger is whole, and where it is not. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/ledger.h"

struct seen {
	uint64_t seq;
	uint8_t hash[LEDGER_HASH]; /* as its fields give it */
};

struct ledger_check {
	ledger_wrong *wrong;
	void *state;
	struct seen *seen; /* in the order in which they came */
	size_t n, cap;
	uint64_t mistakes;
	uint8_t stored[LEDGER_HASH]; /* of the one before, as it is written there */
};

struct ledger_check *
ledger_check_new(ledger_wrong *wrong, void *state)
{
	struct ledger_check *c = must_alloc(1, sizeof *c);

	c->wrong = wrong;
	c->state = state;
	return c;
}

static void tell(struct ledger_check *c, uint64_t seq, const char *format, ...)
    PRINTF_LIKE(3, 4);

static void
tell(struct ledger_check *c, uint64_t seq, const char *format, ...)
{
	char words[256];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(words, sizeof words, format, args);
	va_end(args);
	c->mistakes++;
	c->wrong(c->state, seq, words);
}

/* The number that an entry had when it was hashed, if it stood elsewhere; or 0. */
static uint64_t
true_place(const struct entry *e)
{
	struct entry moved = *e;
	uint8_t hash[LEDGER_HASH];

	/* Moved by a few places at most is what a person does by hand. */
	for (uint64_t d = 1; d <= 64; d++)
		for (int back = 0; back < 2; back++) {
			moved.seq = back ? e->seq - d : e->seq + d;
			entry_hash(&moved, hash);
			if (memcmp(hash, e->hash, sizeof hash) == 0)
				return moved.seq;
		}
	return 0;
}

static void
check_fields(struct ledger_check *c, const struct entry *e, const uint8_t *hash)
{
	if (memcmp(hash, e->hash, LEDGER_HASH) == 0)
		return;
	uint64_t was = true_place(e);
	if (was != 0)
		tell(c, e->seq,
		    "entry %" PRIu64 " was moved here: it was entry %" PRIu64, e->seq,
		    was);
	else
		tell(c, e->seq,
		    "entry %" PRIu64 " was changed: its fields do not give its hash",
		    e->seq);
}

void
ledger_check_entry(struct ledger_check *c, const struct entry *e)
{
	uint64_t last = c->n > 0 ? c->seen[c->n - 1].seq : 0;
	struct seen now = { .seq = e->seq };

	if (e->seq == 0 || e->seq > INT64_MAX) {
		tell(c, 0,
		    "an entry was inserted before the first: its number is %" PRId64,
		    (int64_t)e->seq);
		return;
	}
	entry_hash(e, now.hash);
	if (e->seq == last + 2)
		tell(c, last + 1, "entry %" PRIu64 " was removed", last + 1);
	else if (e->seq > last + 1)
		tell(c, last + 1, "entries %" PRIu64 " to %" PRIu64 " were removed",
		    last + 1, e->seq - 1);
	else if (e->seq != last + 1)
		tell(c, e->seq, "entry %" PRIu64 " comes after entry %" PRIu64, e->seq,
		    last);
	else if (memcmp(e->before, c->stored, LEDGER_HASH) != 0)
		tell(c, e->seq,
		    "entry %" PRIu64 " does not follow the one before it: one was "
		    "inserted, removed or replaced there",
		    e->seq);
	check_fields(c, e, now.hash);
	if (c->n == c->cap) {
		c->cap = c->cap > 0 ? c->cap * 2 : 1024;
		c->seen = must_grow(c->seen, c->cap, sizeof *c->seen);
	}
	c->seen[c->n++] = now;
	memcpy(c->stored, e->hash, LEDGER_HASH);
}

static const struct seen *
find(const struct ledger_check *c, uint64_t seq)
{
	size_t low = 0, high = c->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (c->seen[middle].seq == seq)
			return &c->seen[middle];
		if (c->seen[middle].seq < seq)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

void
ledger_check_head(struct ledger_check *c, const struct head *h, const uint8_t *key)
{
	uint64_t last = c->n > 0 ? c->seen[c->n - 1].seq : 0;
	const struct seen *at = find(c, h->seq);

	if (key != NULL && !head_is_good(key, h)) {
		tell(c, h->seq,
		    "the head of entry %" PRIu64 " is not signed by this key", h->seq);
		return;
	}
	if (h->seq > last)
		tell(c, last + 1,
		    "the end was cut off: a signed head names entry %" PRIu64
		    ", and the last one is %" PRIu64,
		    h->seq, last);
	else if (at != NULL && memcmp(at->hash, h->hash, LEDGER_HASH) != 0)
		tell(c, h->seq,
		    "entry %" PRIu64 " is not the one that was signed: it or one "
		    "before it was written anew",
		    h->seq);
}

uint64_t
ledger_check_end(struct ledger_check *c, uint64_t *entries)
{
	uint64_t mistakes = c->mistakes;

	if (entries != NULL)
		*entries = c->n;
	free(c->seen);
	free(c);
	return mistakes;
}
