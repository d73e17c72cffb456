/* SPDX-License-Identifier: ISC */
/* The parent's side of the sensor: open, hand over, listen. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "capture/live.h"
#include "cmd/sensor.h"
#include "cmd/sensor_talk.h"
#include "proc/talk.h"

struct run {
	const struct sensor_job *job;
	const struct sensor_taker *taker;
	struct sensor_result *result;
	int *fds;
	size_t n;
	uint64_t total; /* bytes of all inputs, 0 when a pipe is among them */
	struct talk talk;
	/* What was said and is not taken yet; values are views into the inbox. */
	struct sighting seen[SENSOR_BATCH];
	struct fact facts[SENSOR_BATCH];
	struct presence presences[SENSOR_BATCH];
	size_t n_seen, n_facts, n_presences;
	sigset_t unblocked; /* of a live capture: while it waits */
	bool stopping;
};

/* Set by SIGINT and SIGTERM while a live capture runs. */
static volatile sig_atomic_t interrupted;

static void
interrupt(int signal)
{
	(void)signal;
	interrupted = 1;
}

static int
open_capture(struct run *r, size_t i, struct err *err)
{
	int fd = child_input(r->job->captures[i], "capture", err);
	struct stat st;

	if (fd < 0)
		return -1;
	r->fds[r->n++] = fd;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		r->total += (uint64_t)st.st_size;
	return 0;
}

static int
open_all(struct run *r, struct err *err)
{
	const struct sensor_job *job = r->job;
	size_t n = job->interface != NULL ? 1 : job->n_captures;

	r->fds = must_alloc(n, sizeof *r->fds);
	r->result->inputs = must_alloc(n, sizeof *r->result->inputs);
	r->result->n_inputs = n;
	if (job->interface != NULL) {
		(void)snprintf(r->result->inputs[0].name,
		    sizeof r->result->inputs[0].name, "%s", job->interface);
		int fd = live_socket(job->interface, err);
		if (fd < 0)
			return -1;
		r->fds[r->n++] = fd;
		return 0;
	}
	for (size_t i = 0; i < n; i++) {
		(void)snprintf(r->result->inputs[i].name,
		    sizeof r->result->inputs[i].name, "%s", job->captures[i]);
		if (open_capture(r, i, err) != 0)
			return -1;
	}
	return 0;
}

static void
put_config(void *state, struct writer *w)
{
	const struct run *r = state;
	struct sensor_config c = { .every = r->job->every,
		.live = r->job->interface != NULL,
		.duration = r->job->duration,
		.n_captures = (uint32_t)r->result->n_inputs,
		.wanted = r->job->wanted,
		.servers = r->job->servers };

	config_write(w, &c);
}

static bool
take_input(struct run *r, struct cursor c)
{
	uint32_t index = cur_u32(&c);

	if (index >= r->result->n_inputs)
		return false;
	struct sensor_input *in = &r->result->inputs[index];
	in->frames = cur_u64(&c);
	in->bytes = cur_u64(&c);
	in->cut = cur_u64(&c);
	in->dropped = cur_u64(&c);
	in->skipped = cur_u64(&c);
	in->snaplen = cur_u32(&c);
	in->unreadable = cur_u8(&c) != 0;
	in->synthetic = cur_u8(&c) != 0;
	struct text damage = text_from(cur_block16(&c));
	(void)snprintf(in->damage, sizeof in->damage, "%.*s", (int)damage.len,
	    damage.s);
	return cur_ok(&c);
}

static void
show_progress(const struct run *r, struct cursor c)
{
	char when[TIME_TEXT];
	uint32_t index = cur_u32(&c);
	uint64_t bytes = cur_u64(&c);
	int64_t at = (int64_t)cur_u64(&c);

	if (!r->job->progress || index >= r->result->n_inputs)
		return;
	(void)time_print(at, when);
	(void)fprintf(stderr, "\r%.40s: %llu MB", r->result->inputs[index].name,
	    (unsigned long long)(bytes >> 20));
	if (r->total > 0)
		(void)fprintf(stderr, " of %llu", (unsigned long long)(r->total >> 20));
	(void)fprintf(stderr, ", at %.16s\033[K", when);
}

static bool
take_counts(struct run *r, struct cursor c)
{
	bool good = counts_read(&c, &r->result->counts);
	r->result->sandbox_whole = cur_u8(&c) != 0;
	struct text words = text_from(cur_block16(&c));

	(void)snprintf(r->result->sandbox, sizeof r->result->sandbox, "%.*s",
	    (int)words.len, words.s);
	return good && cur_ok(&c);
}

/* Hands on what waits. The last sighting stays: more facts of it may come. */
static void
hand_on(void *state)
{
	struct run *r = state;
	const struct sensor_taker *t = r->taker;

	if (r->n_facts > 0 && t->facts_next != NULL)
		t->facts_next(t->state, r->facts, r->n_facts);
	for (size_t i = 0; i < r->n_facts; i++)
		t->fact(t->state, &r->facts[i]);
	if (r->n_presences > 0 && t->presences_next != NULL)
		t->presences_next(t->state, r->presences, r->n_presences);
	for (size_t i = 0; i < r->n_presences; i++)
		t->presence(t->state, &r->presences[i]);
	if (r->n_seen > 1)
		r->seen[0] = r->seen[r->n_seen - 1];
	r->n_seen = r->n_seen > 0;
	r->n_facts = r->n_presences = 0;
}

static bool
take_sighting(struct run *r, struct cursor c)
{
	if (r->n_seen == SENSOR_BATCH)
		hand_on(r);
	struct sighting *s = &r->seen[r->n_seen++];
	return sighting_read(&c, s) && s->frame != 0 &&
	    s->capture < r->result->n_inputs;
}

static bool
take_fact(struct run *r, struct cursor c)
{
	if (r->n_facts == SENSOR_BATCH || r->n_presences > 0)
		hand_on(r);
	return r->n_seen > 0 &&
	    fact_read(&c, &r->facts[r->n_facts++], &r->seen[r->n_seen - 1]);
}

static bool
take_presence(struct run *r, struct cursor c)
{
	if (r->n_presences == SENSOR_BATCH || r->n_facts > 0)
		hand_on(r);
	return presence_read(&c, &r->presences[r->n_presences++]);
}

static bool
take(void *state, enum message type, struct cursor c)
{
	struct run *r = state;

	switch (type) {
	case MESSAGE_SIGHTING:
		return take_sighting(r, c);
	case MESSAGE_FACT:
		return take_fact(r, c);
	case MESSAGE_PRESENCE:
		return take_presence(r, c);
	case MESSAGE_DAMAGE:
		return take_input(r, c);
	case MESSAGE_PROGRESS:
		show_progress(r, c);
		return true;
	case MESSAGE_COUNTS:
		return take_counts(r, c);
	default:
		return false;
	}
}

/* Ctrl-C ends a live capture with its report: the sensor is told to finish. */
static void
stop_when_told(struct run *r)
{
	if (!interrupted || r->stopping)
		return;
	r->stopping = true;
	(void)message_begin(&r->talk.out, MESSAGE_STOP);
	(void)message_end(&r->talk.out);
	(void)outbox_flush(&r->talk.out);
}

/*
 * Waits for the next message of a live capture. SIGINT and SIGTERM are let through
 * nowhere but in here, so that none falls between the look and the wait.
 */
static int
wait_or_stop(void *state, struct err *err)
{
	struct run *r = state;
	struct pollfd p = { .fd = r->talk.child.from, .events = POLLIN };

	while (!message_ready(&r->talk.in)) {
		stop_when_told(r);
		int n = ppoll(&p, 1, NULL, &r->unblocked);
		if (n > 0 && inbox_read(&r->talk.in, err) != 0)
			return -1;
		if (n < 0 && errno != EINTR)
			return err_set(err, "the sensor cannot be waited for: %s",
			    strerror(errno));
	}
	stop_when_told(r);
	return 0;
}

static int
run(struct run *r, struct err *err)
{
	const struct listener sensor = { ROLE_SENSOR, r, put_config, take,
		r->job->interface != NULL ? wait_or_stop : NULL, hand_on };

	if (open_all(r, err) != 0)
		return -1;
	int status = talk_with_child(&r->talk, &sensor, r->fds, r->n, err);
	if (r->job->progress)
		(void)fputs("\r\033[K", stderr);
	return status;
}

int
sensor_run(const struct sensor_job *job, const struct sensor_taker *taker,
    struct sensor_result *result, struct err *err)
{
	struct run r = { .job = job, .taker = taker, .result = result };
	struct sigaction was[2], now = { .sa_handler = interrupt };
	sigset_t ours;
	bool live = job->interface != NULL;

	*result = (struct sensor_result){ 0 };
	(void)sigemptyset(&now.sa_mask);
	(void)sigemptyset(&ours);
	(void)sigaddset(&ours, SIGINT);
	(void)sigaddset(&ours, SIGTERM);
	interrupted = 0;
	if (live) {
		(void)sigprocmask(SIG_BLOCK, &ours, &r.unblocked);
		(void)sigaction(SIGINT, &now, &was[0]);
		(void)sigaction(SIGTERM, &now, &was[1]);
	}
	int status = run(&r, err);
	if (live) {
		(void)sigprocmask(SIG_SETMASK, &r.unblocked, NULL);
		(void)sigaction(SIGINT, &was[0], NULL);
		(void)sigaction(SIGTERM, &was[1], NULL);
	}
	for (size_t i = 0; i < r.n; i++)
		(void)close(r.fds[i]);
	free(r.fds);
	return status;
}

bool
sensor_job_check(struct sensor_job *job, const char *duration, struct err *err)
{
	bool live = job->interface != NULL;

	if (live && job->n_captures > 0)
		return err_set(err, "a capture or --interface, not both") == 0;
	if (!live && job->n_captures == 0)
		return err_set(err, "name a capture, or --interface") == 0;
	if (duration == NULL)
		return true;
	if (!live)
		return err_set(err, "--for goes with --interface") == 0;
	if (!duration_parse(text_of(duration), &job->duration) || job->duration == 0)
		return err_set(err, "--for '%s' is no duration: write 30s, 10m or 2h",
		           duration) == 0;
	return true;
}

void
sensor_result_free(struct sensor_result *r)
{
	free(r->inputs);
	*r = (struct sensor_result){ 0 };
}

bool
sensor_read_something(const struct sensor_result *r)
{
	bool whole = r->n_inputs > 0;

	for (size_t i = 0; i < r->n_inputs; i++) {
		if (r->inputs[i].frames > 0)
			return true;
		whole &= !r->inputs[i].unreadable && r->inputs[i].damage[0] == '\0';
	}
	return whole;
}
