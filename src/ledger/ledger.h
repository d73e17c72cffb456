/* SPDX-License-Identifier: ISC */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

/*
 * The ledger: rows that are only ever appended, each with the hash of the one before,
 * and now and then a signed head. Whoever changes, removes, inserts or moves a row
 * breaks the chain there; whoever writes the whole chain anew breaks the heads; whoever
 * cuts its end breaks the latest head, or an earlier one that somebody else kept.
 *
 * Hash: BLAKE2b-256 (RFC 7693) over the hash before and every field with its length.
 * Signature: Ed25519 (RFC 8032) over the number, time and hash of the head.
 */
enum {
	LEDGER_HASH = 32,
	LEDGER_SIGNATURE = 64,
	LEDGER_PUBLIC = 32,
	LEDGER_SECRET = 64
};
enum { LEDGER_HEX = 2 * LEDGER_SIGNATURE + 1 };

struct entry {
	uint64_t seq; /* from 1 */
	int64_t time; /* when it was written down */
	struct text kind, actor;
	struct text body; /* JSON in canonical form: sorted keys, no blanks */
	uint8_t before[LEDGER_HASH], hash[LEDGER_HASH];
};

struct head {
	uint64_t seq;
	int64_t time;
	uint8_t hash[LEDGER_HASH], signature[LEDGER_SIGNATURE];
};

struct signer {
	uint8_t secret[LEDGER_SECRET], public_key[LEDGER_PUBLIC];
};

/* Of all fields but `hash` itself. */
void entry_hash(const struct entry *, uint8_t out[LEDGER_HASH]);

/*
 * The key file: made on first use with mode 0600, its public half beside it as
 * FILE.pub. One that others may read, or that is no key, is refused. -1 with err.
 */
int signer_load(const char *file, bool make, struct signer *, struct err *);
int public_load(const char *file, uint8_t key[LEDGER_PUBLIC], struct err *);
/* The public half as the line that public_load() reads. */
void public_put(struct writer *, const uint8_t key[LEDGER_PUBLIC]);
/* Any bytes, for what is not a head: a report. */
void sign_bytes(const struct signer *, struct text, uint8_t out[LEDGER_SIGNATURE]);
bool bytes_are_signed(const uint8_t key[LEDGER_PUBLIC], struct text,
    const uint8_t signature[LEDGER_SIGNATURE]);

/* Fills time and signature of a head whose number and hash are set. */
void head_sign(const struct signer *, int64_t time, struct head *);
bool head_is_good(const uint8_t key[LEDGER_PUBLIC], const struct head *);
/* One line of text that head_parse() reads back; for somebody else to keep. */
void head_put(struct writer *, const struct head *);
bool head_parse(struct text, struct head *);

/*
 * Verification: the entries in the order of their numbers, then the heads. What is
 * wrong is told as it is found: the number of the row, and a sentence.
 */
struct ledger_check;
typedef void ledger_wrong(void *state, uint64_t seq, const char *words);

struct ledger_check *ledger_check_new(ledger_wrong *, void *state);
void ledger_check_entry(struct ledger_check *, const struct entry *);
/* key NULL: signatures are not looked at, only that the chain has what they name. */
void ledger_check_head(struct ledger_check *, const struct head *,
    const uint8_t *public_key);
/* How many entries and how many mistakes there were; frees it. */
uint64_t ledger_check_end(struct ledger_check *, uint64_t *entries);

const char *hex_print(const uint8_t *, size_t n, char *buf);
bool hex_parse(struct text, uint8_t *out, size_t n);

#endif
