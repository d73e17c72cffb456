/* SPDX-License-Identifier: ISC */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include "base/arena.h"
#include "device/kept.h"
#include "ledger/ledger.h"
#include "people/people.h"

/*
 * The state of an organisation, in one SQLite file: what devices said (folded, as
 * the register has it), which captures and logs that came from, and the ledger, in
 * which everything else stands: papers, orders, verdicts, notices, what was done. What
 * is derived from these two can be thrown away and made again.
 *
 * All of it happens in transactions: what store_commit() has acknowledged is on the
 * disk, and what it has not is as if it had never been.
 */
struct store;

enum store_mode {
	STORE_READ,  /* it must be there; all that is read is of one moment */
	STORE_WRITE, /* it must be there; brought up to date */
	STORE_MAKE   /* the same, and it is made when it is not there */
};

/* NULL with err, which names the file and what to do. */
struct store *store_open(const char *path, enum store_mode, struct err *);
void store_close(struct store *); /* what is not committed is gone */
const char *store_path(const struct store *);

int store_begin(struct store *, struct err *);
int store_commit(struct store *, struct err *);
void store_undo(struct store *);

/* The ledger, ledger.c. What has the same kind and body as a live paper is not
 * written again: *added (may be NULL) tells. Inside a transaction. */
int store_append(struct store *, int64_t time, const char *kind, const char *actor,
    struct text body, bool *added, struct err *);
/* The same of an object of strings, which are sorted: empty values are left out. */
struct pair_of_text {
	const char *key;
	struct text value;
};
int store_append_pairs(struct store *, int64_t time, const char *kind,
    const char *actor, struct pair_of_text *, size_t n, bool *added, struct err *);
/* Those of a kind (NULL: all) from a number on, in order; the callback ends it with
 * anything but 0, which is returned. */
typedef int store_entry(void *state, const struct entry *, struct err *);
int store_entries(struct store *, const char *kind, uint64_t from, store_entry *,
    void *, struct err *);
/* The latest entry's number; 0: there is none. */
uint64_t store_last(struct store *);
/* Signs the latest entry, when that was not done yet. */
int store_sign(struct store *, const struct signer *, int64_t time, struct err *);
typedef int store_head(void *state, const struct head *, struct err *);
int store_heads(struct store *, store_head *, void *, struct err *);

/*
 * Papers: the entries that hold good today, one a key of its kind. Their bodies are
 * objects of strings, the columns of the files. papers.c makes CSV of them again, so
 * that one reader with one strictness reads both.
 */
enum paper_kind {
	KIND_PERSON,
	KIND_CUSTODY,
	KIND_STATEMENT,
	KIND_EXCEPTION,
	KIND_LINK,
	KIND_CORRECTION,
	KINDS_GIVEN, /* so many come as files; the others are written by commands */
	KIND_NOTICE = KINDS_GIVEN,
	KIND_EXAMINATION,
	KIND_WIPING,
	KIND_DISPOSAL,
	KIND_REPLACEMENT,
	KIND_SUBMISSION,
	KINDS
};

const char *paper_kind_name(enum paper_kind); /* "person", "custody" … */
/* Writes the rows of a paper into the ledger; how many were new. -1 with err, or
 * with complaints when it cannot be read. */
long store_paper(struct store *, enum paper_kind, const struct paper *, int64_t time,
    const char *actor, struct arena *, struct complaints *, struct err *);
/* One of them as the file that it was; its file is NULL when there is none. */
int store_paper_back(struct store *, enum paper_kind, struct paper *,
    struct arena *names, struct arena *texts, struct err *);
/*
 * Fills in each paper that is not given (file NULL) from the store. What files are
 * called is told with what is wrong in them; their texts are read once.
 */
int store_papers(struct store *, struct papers *, struct arena *names,
    struct arena *texts, struct err *);
/* A text that holds good today (an order by its id, the site): its bytes; len 0 when
 * there is none. */
int store_text(struct store *, const char *kind, const char *key, struct arena *,
    struct text *, struct err *);
/* The keys of a kind, in order. */
int store_keys(struct store *, const char *kind, struct arena *, const char ***keys,
    size_t *n, struct err *);
/* {"id":…,"text":…}: writes an order or the site down. */
int store_keep_text(struct store *, const char *kind, const char *id, struct text,
    int64_t time, const char *actor, bool *added, struct err *);

/* Makes the papers anew from the ledger; digests of them before and after. */
int store_rebuild(struct store *, char before[65], char after[65], struct err *);

/* One object of strings as canonical JSON, and back. */
void body_put(struct writer *, struct pair_of_text *, size_t n); /* sorts them */
/* The next of such an object's: `rest` is the body at first. False at its end. */
bool body_next(struct text *rest, struct arena *, struct pair_of_text *);
/* The value of a key of such an object, in the arena; s NULL when it has none. */
struct text body_get(struct text body, const char *key, struct arena *);

/* All that holds good of a kind, in the order of their keys. */
typedef int store_paper_take(void *state, const char *key, struct text body,
    struct err *);
int store_live(struct store *, const char *kind, store_paper_take *, void *,
    struct err *);

/* What was judged last, counted, so that `status` need not judge again: tally.c. */
int store_tally_clear(struct store *, struct err *);
/* So many of a word, each word once an order. */
void store_tally_add(struct store *, const char *directive, const char *word,
    uint64_t n);
int store_tally_write(struct store *, int64_t as_of, struct err *);
int64_t store_judged(struct store *); /* as of when, or TIME_NONE */
/* How many entries that a verdict may hang on were written since. */
uint64_t store_unjudged(struct store *);
typedef int store_tally_take(void *state, const char *directive, const char *word,
    uint64_t n, struct err *);
int store_tally(struct store *, store_tally_take *, void *, struct err *);

/* Evidence, facts.c. */
struct stored_input {
	uint32_t id; /* the number that facts of it have */
	const char *name;
	char digest[65]; /* SHA-256, "" for a live interface */
	uint64_t frames, bytes, cut, dropped, skipped;
	const char *damage; /* NULL: whole */
	bool synthetic;
	int64_t added;
	const char *blind; /* what could not be seen: sentences, one a line */
};

int store_inputs(struct store *, struct arena *, struct stored_input **, size_t *n,
    struct err *);
/* Whether an input of this digest is in the store. */
bool store_has_input(struct store *, const char *digest);
/* Writes one down, and gives it its number. */
int store_add_input(struct store *, struct stored_input *, struct err *);
/* Adds all that a register knows; numbers[i] is the stored number of its capture i. */
int store_keep(struct store *, const struct register_ *, const uint32_t *numbers,
    size_t n, struct err *);
/* Gives everything back to a register that has learnt nothing yet; captures come by
 * their place in store_inputs(). */
int store_recall(struct store *, struct register_ *, int64_t as_of, struct err *);
uint64_t store_facts(struct store *); /* how many */

/*
 * Retention, retain.c: inside a transaction, whose undoing undoes it. Each endpoint of
 * a device is marked with how much of it must stay; of several marks the highest
 * counts.
 */
enum retain {
	RETAIN_NOTHING, /* from before the limit */
	RETAIN_LATEST,  /* of each thing that it said, the latest day */
	RETAIN_ALL
};
struct retained { /* what was removed */
	uint64_t facts, stays, addresses;
	char digest[65]; /* BLAKE2b over the facts */
};
/* Whether there is anything from before a day (since 1970-01-01). */
bool store_has_before(struct store *, int64_t day);
/*
 * Writes down that what is from before that day has to stay, and whether that was so:
 * true for the same day as long as nothing older is added.
 */
int store_retain_done(struct store *, int64_t day, struct err *);
bool store_is_retained(struct store *, int64_t day);
int store_retain_mark(struct store *, const struct addr *mac, const struct addr *ip,
    enum retain, uint32_t device, struct err *);
/* Removes what is of a day before `day` (since 1970-01-01) and need not stay. */
int store_retain(struct store *, int64_t day, struct retained *, struct err *);
/* How many facts each marked device lost by it. */
typedef void store_lost(void *state, uint32_t device, uint64_t facts);
int store_retain_lost(struct store *, store_lost *, void *, struct err *);

#endif
