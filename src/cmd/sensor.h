/* SPDX-License-Identifier: ISC */
#ifndef CMD_SENSOR_H
#define CMD_SENSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "decode/decode.h"
#include "fact/fact.h"

/*
 * The sensor is the process that reads hostile bytes: it is handed open captures,
 * shuts itself in, and sends facts. This is the parent's side of it: start it,
 * take what it says, learn how it ended.
 */
struct sensor_job {
	const char *const *captures; /* names as given; "-" is standard input */
	size_t n_captures;
	const char *interface;  /* instead of captures: live */
	int64_t duration;       /* of a live capture; 0: until SIGINT or SIGTERM */
	bool every;             /* every fact; else only news (fact/known.h) */
	struct fact_set wanted; /* facts to say; empty: all of them */
	struct servers servers; /* the caller's */
	bool progress;          /* a line on stderr while it works */
};

struct sensor_input {
	char name[256];
	uint64_t frames, bytes, cut, dropped, skipped;
	uint32_t snaplen;
	bool unreadable;  /* nothing of it could be read */
	bool synthetic;   /* it says of itself that it was made, not captured */
	char damage[256]; /* one line, or "" */
};

struct sensor_result {
	struct sensor_input *inputs;
	size_t n_inputs;
	struct decode_counts counts;
	char sandbox[128];  /* the layers that are active, in words */
	bool sandbox_whole; /* false: the kernel lacks one of them */
};

/*
 * Who takes what the sensor says, one by one and in order. What it will be given next
 * is shown to it in batches of SENSOR_BATCH at most before: it may be left NULL.
 */
enum { SENSOR_BATCH = 32 };
struct sensor_taker {
	void (*fact)(void *state, const struct fact *);
	void (*presence)(void *state, const struct presence *);
	void *state;
	void (*facts_next)(void *state, const struct fact *, size_t n);
	void (*presences_next)(void *state, const struct presence *, size_t n);
};

/*
 * Whether captures or an interface were named, not both, and for how long; fills
 * the job's duration from `--for` as written (NULL: not given). False with err.
 */
bool sensor_job_check(struct sensor_job *, const char *duration, struct err *);

/*
 * Runs one to its end. -1 with err when a capture cannot be opened, or when the
 * sensor died; what it said until then has been taken. An input that is no
 * capture is no error here: see sensor_input.
 */
int sensor_run(const struct sensor_job *, const struct sensor_taker *,
    struct sensor_result *, struct err *);
void sensor_result_free(struct sensor_result *);
/* True when at least one input gave a frame, or all were whole and empty. */
bool sensor_read_something(const struct sensor_result *);

#endif
