/* SPDX-License-Identifier: ISC */
#ifndef CMD_SCAN_H
#define CMD_SCAN_H

#include "cmd/options.h"
#include "cmd/sensor.h"
#include "cmd/share.h"
#include "report/report.h"
#include "store/store.h"

enum { DEVICES_MAX = 1 << 22 };

struct store;

/* A scan: the case, what was read, and what could not be seen. */
struct scan {
	struct arena arena;
	struct arena texts;  /* of papers, while they are read */
	struct store *store; /* NULL: none */
	struct knowledge *knowledge;
	struct register_ *devices;
	struct site *site;            /* may be NULL */
	struct people *people;        /* may be NULL */
	struct told_link *told_links; /* what persons say, as the register takes it */
	struct told *told;
	struct directive **directives;
	size_t n_directives;
	struct list **lists;
	size_t n_lists;
	const struct zone *zone; /* of times without one */
	int64_t as_of; /* TIME_NONE: the last packet's time, set by scan_run */
	struct input *inputs;
	size_t n_inputs;
	struct blind_spot *blind_spots;
	size_t n_blind_spots;
	bool synthetic;
	bool all_warnings; /* of papers that stand in the store, too */
	struct sensor_result seen;
};

/*
 * run.c. With the knowledge loaded: runs the sensor into a register and settles it.
 * Says on stderr what was wrong with an input. -1 with err when nothing could be read.
 */
int scan_run(struct scan *, const struct sensor_job *, bool digests, struct err *);
/* Its parts: the sensor into a new register; which devices there are, and what. */
int scan_hear(struct scan *, const struct sensor_job *, struct err *);
void scan_settle(struct scan *);
/*
 * Servers to tell by their addresses: the site's official services (s->site may be
 * NULL) and what knowledge knows. Services by name go to the register:
 * scan_want_hosts().
 */
struct servers scan_servers(const struct scan *);
void scan_want_hosts(struct scan *);
/*
 * heard.c. The same with a store: what it does not have yet is heard and written down,
 * and what it has in all is what is judged. job.n_captures may be 0: nothing is heard.
 */
int scan_store(struct scan *, const struct sensor_job *, struct err *);
/* Its second half: what the store has, into a new register; as of s->as_of. */
int scan_recall(struct scan *, struct err *);

/* The files that persons wrote; any may be absent. */
struct matter_files {
	const char *const *directives;
	size_t n_directives;
	const char *site;
	struct words lists; /* NAME=FILE each */
	struct papers papers;
};

/* lists.c: what the orders name; with a store they are kept there too. */
int lists_keep(struct scan *, const struct words *, const char *actor,
    struct complaints *, struct err *);
void lists_load(struct scan *, const struct words *, struct complaints *);
int lists_recall(struct scan *, struct complaints *, struct err *);
void lists_forget(struct scan *);
/* With the taxonomy, when the knowledge is loaded. */
void lists_compare(struct scan *);
/*
 * matter.c: reads them, all mistakes at once on stderr. With a store they are written
 * into its ledger first, and everything that holds good there is the matter. Nothing
 * is half taken: false, and nothing has changed.
 */
bool matter_load(struct scan *, const struct matter_files *, const char *actor);

/* SHA-256 of a file's bytes, in hexadecimal; "" of what is no file. */
void file_digest(const char *file, char out[65]);

/* Now, for what is written down; SOURCE_DATE_EPOCH stands in for the clock. */
int64_t time_now(void);
/* Who writes it down: --by as given, else the name of the account. */
const char *actor_name(const char *by, struct arena *);
/*
 * Opens the store of a command, NULL with a line on stderr; its key is made beside it
 * on first use (FILE.key). Says what cannot be done on stderr.
 */
struct store *case_store(const char *command, const char *file, enum store_mode);
/* Signs what the ledger has come to, and commits. -1 with err. */
int case_sign(struct store *, struct err *);
/*
 * All of a case from its store: knowledge, orders, people, devices, settled. False
 * with the reason on stderr.
 */
bool case_recall(struct scan *, const char *command, const char *file,
    const char *as_of, enum store_mode);
/*
 * The same of a store that is open, anew where something was loaded before; TIME_NONE:
 * as of the last time seen, or as of when it was judged last where that is later.
 */
bool case_again(struct scan *, const char *command, int64_t as_of);

/* Orders, site and papers alone, of s->store: no knowledge, no devices. */
bool matter_recall(struct scan *);
/* What one screen shows of them, however many people there are: orders, site,
 * exceptions, whose persons are known by their ids. */
bool matter_glance(struct scan *);
/* The orders and the site alone: where its own devices are, and its zone. */
bool matter_places(struct scan *);

/*
 * All that the store holds of the matter, checked against each other; s->knowledge is
 * there. Mistakes are in the complaints; -1 with err when the store cannot be read. The
 * texts of the papers are the caller's to forget.
 */
int matter_read(struct scan *, struct papers *, struct complaints *, struct err *);
/* Orders, site and people; the rest stays. */
void matter_forget(struct scan *);

/*
 * record.c: judges all orders as of s->as_of and writes down which verdicts changed,
 * and counts for `status`; what is judged as of a time before the last one is not
 * written.
 */
int verdicts_judge(struct scan *, size_t *changed, struct err *);
/* The same, and a list of those of the orders marked in `which` (NULL: of all). */
struct verdicts *verdicts_list(struct scan *, const bool *which, struct err *);

/*
 * Sets as_of from a time as written ("2023-04-02 09:00", NULL: the last packet's),
 * by the clock of the scan's zone. False with err when it is none.
 */
bool scan_as_of(struct scan *, const char *as_of, struct err *);
/* A report on the case with everything that was read and missed. */
struct report scan_report(const struct scan *, const struct case_file *);
struct case_file scan_case(const struct scan *);
void scan_free(struct scan *);

/* told.c: complains of corrections with words that the knowledge does not have. */
void corrections_check(const struct scan *, struct complaints *);
/* Hands the register what persons say of addresses and devices. */
void scan_tell(struct scan *);
/* Says on stderr of which addresses nobody was seen: such a word is without effect. */
void told_unseen(const struct scan *);

#endif
