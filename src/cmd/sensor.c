/* SPDX-License-Identifier: ISC */
/*
 * The sensor's own side: configuration in, captures in, facts out. It shuts itself
 * in before it reads a byte of a capture, and speaks in messages alone.
 */
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/time.h"
#include "capture/capture.h"
#include "capture/live.h"
#include "cmd/cmd.h"
#include "cmd/sensor.h"
#include "cmd/sensor_talk.h"
#include "fact/known.h"
#include "proc/child.h"
#include "proc/message.h"
#include "proc/sandbox.h"

enum {
	KNOWN_MOST = 1 << 18,
	PROGRESS_BYTES = 16 * 1024 * 1024,
	DRAIN_MS = 500 /* by then the kernel has given out a block that is not full */
};

struct sensor {
	struct sensor_config config;
	struct outbox out;
	struct inbox in;
	struct decode *decode;
	struct known *known; /* NULL: everything is said */
	struct capture **captures;
	size_t n_open;
	struct sighting seen; /* the last that was told */
	uint64_t bytes, told;
};

static void
say_fact(void *state, const struct fact *f)
{
	struct sensor *s = state;

	if (s->known != NULL && !known_news(s->known, f))
		return;
	if (memcmp(&s->seen, f->seen, sizeof s->seen) != 0) {
		s->seen = *f->seen;
		sighting_write(message_begin(&s->out, MESSAGE_SIGHTING), f->seen);
		(void)message_end(&s->out);
	}
	fact_write(message_begin(&s->out, MESSAGE_FACT), f);
	if (message_end(&s->out) != 0)
		_exit(EXIT_BAD); /* the parent is gone */
}

static void
expect(void *state, const struct sighting *seen)
{
	const struct sensor *s = state;

	if (s->known != NULL)
		known_expect(s->known, seen);
}

static void
say_presence(void *state, const struct presence *p)
{
	struct sensor *s = state;

	presence_write(message_begin(&s->out, MESSAGE_PRESENCE), p);
	if (message_end(&s->out) != 0)
		_exit(EXIT_BAD);
}

static void
say_input(struct sensor *s, uint32_t index, const struct capture_counts *c,
    const char *damage, bool unreadable)
{
	struct writer *w = message_begin(&s->out, MESSAGE_DAMAGE);

	put_u32(w, index);
	put_u64(w, c->frames);
	put_u64(w, c->bytes);
	put_u64(w, c->cut);
	put_u64(w, c->dropped);
	put_u64(w, c->skipped);
	put_u32(w, c->snaplen);
	put_u8(w, unreadable);
	put_u8(w, c->synthetic);
	put_block16(w, text_of(damage != NULL ? damage : ""));
	(void)message_end(&s->out);
}

static void
say_progress(struct sensor *s, const struct frame *f)
{
	struct writer *w = message_begin(&s->out, MESSAGE_PROGRESS);

	s->told = s->bytes;
	put_u32(w, f->capture);
	put_u64(w, s->bytes);
	put_u64(w, (uint64_t)f->time);
	(void)message_end(&s->out);
	(void)outbox_flush(&s->out);
}

static void
take_frame(struct sensor *s, const struct frame *f)
{
	struct fact_sink facts = { say_fact, s, expect };
	struct presence_sink presences = { say_presence, s };

	decode_frame(s->decode, f, &facts, &presences);
	s->bytes += cur_left(&f->bytes) + 16;
	if (s->bytes - s->told >= PROGRESS_BYTES)
		say_progress(s, f);
}

static void
read_captures(struct sensor *s)
{
	struct capture **open = must_alloc(s->config.n_captures,
	    sizeof(struct capture *));
	struct capture_counts none = { 0 };
	struct frame f;

	s->captures = must_alloc(s->config.n_captures, sizeof(struct capture *));
	for (uint32_t i = 0; i < s->config.n_captures; i++) {
		struct err err;
		s->captures[i] = capture_open(CHILD_GIVEN + (int)i, i, &err);
		if (s->captures[i] == NULL)
			say_input(s, i, &none, err.line, true);
		else
			open[s->n_open++] = s->captures[i];
	}
	struct merge *merge = merge_new(open, s->n_open);
	while (merge_next(merge, &f))
		take_frame(s, &f);
	merge_free(merge);
	for (uint32_t i = 0; i < s->config.n_captures; i++) {
		if (s->captures[i] == NULL)
			continue;
		struct capture_counts c = capture_counts(s->captures[i]);
		say_input(s, i, &c, capture_damage(s->captures[i]), false);
		capture_close(s->captures[i]);
	}
	free(open);
	free(s->captures);
}

/* True when the parent said that it is enough, or is gone. */
static bool
told_to_stop(struct sensor *s)
{
	struct pollfd p = { .fd = s->in.fd, .events = POLLIN };

	/* It may have come with the configuration, in one read. */
	return message_ready(&s->in) || poll(&p, 1, 0) > 0;
}

static int64_t
clock_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

static void
take_live(struct sensor *s, const struct frame *f, struct capture_counts *c)
{
	take_frame(s, f);
	c->frames++;
	c->bytes += cur_left(&f->bytes);
	c->cut += cur_left(&f->bytes) < f->length;
}

/*
 * Time and the parent are looked at whenever the ring is empty, not only after a
 * pause of the network: a little traffic without pause would keep it from them.
 */
static void
read_live(struct sensor *s, struct live *live)
{
	int64_t end = clock_ns() + s->config.duration;
	struct capture_counts c = { 0 };
	struct err err = { "" };
	struct frame f;
	bool stop = false;
	unsigned since_look = 0;
	int wait = 0;

	while (!stop) {
		int got = live_next(live, &f, wait, &err);
		if (got < 0)
			break;
		wait = 0;
		if (got > 0)
			take_live(s, &f, &c);
		if (got == 0 || ++since_look == 1024) {
			wait = got == 0 ? 200 : 0;
			since_look = 0;
			(void)outbox_flush(&s->out);
			stop = told_to_stop(s) ||
			    (s->config.duration > 0 && clock_ns() >= end);
		}
	}
	struct err ignored; /* the interface is gone: its ring is not */
	live_stop(live);
	while (live_next(live, &f, DRAIN_MS, &ignored) > 0)
		take_live(s, &f, &c);
	uint64_t seen;
	live_counts(live, &seen, &c.dropped);
	say_input(s, 0, &c, err.line, false);
	live_close(live);
}

static void
say_done(struct sensor *s, const struct sandbox *box)
{
	struct decode_counts c = decode_counts(s->decode);
	struct writer *w, words;

	writer_to_memory(&words);
	sandbox_print(box, &words);
	w = message_begin(&s->out, MESSAGE_COUNTS);
	counts_write(w, &c);
	put_u8(w,
	    box->no_new_privileges && box->no_capabilities && box->unprivileged_user &&
	        box->landlock > 0 && box->seccomp);
	put_block16(w, writer_text(&words));
	(void)message_end(&s->out);
	(void)message_begin(&s->out, MESSAGE_DONE);
	(void)message_end(&s->out);
	(void)writer_close(&words);
}

static int
say_error(struct sensor *s, const struct err *err)
{
	put_block16(message_begin(&s->out, MESSAGE_ERROR), text_of(err->line));
	(void)message_end(&s->out);
	(void)outbox_close(&s->out);
	return EXIT_BAD;
}

static bool
read_config(struct sensor *s, struct err *err)
{
	enum message type;
	struct cursor c;

	if (message_next(&s->in, &type, &c, err) != 1 || type != MESSAGE_CONFIG ||
	    !config_read(&c, &s->config)) {
		(void)err_set(err, "the sensor was not told what to do");
		return false;
	}
	return true;
}

static int
shut_in(const struct sensor *s, struct sandbox *box, struct err *err)
{
	size_t n = 2 + (s->config.live ? 1 : s->config.n_captures);
	int *keep = must_alloc(n, sizeof *keep);

	keep[0] = CHILD_TO_PARENT;
	keep[1] = CHILD_FROM_PARENT;
	for (size_t i = 2; i < n; i++)
		keep[i] = CHILD_GIVEN + (int)(i - 2);
	int failed = sandbox_enter(keep, n, box, err);
	free(keep);
	return failed;
}

/* Everything that needs memory, a mapping or a file is made before the door closes. */
int
cmd_sensor(int argc, char **argv)
{
	struct sensor s = { 0 };
	struct live *live = NULL;
	struct sandbox box;
	struct err err;

	(void)argv;
	if (argc != 1)
		return EXIT_BAD;
	outbox_open(&s.out, CHILD_TO_PARENT, ROLE_SENSOR);
	inbox_open(&s.in, CHILD_FROM_PARENT, ROLE_PARENT);
	if (!read_config(&s, &err))
		return say_error(&s, &err);
	struct decode_options options = { .servers = &s.config.servers,
		.wanted = s.config.wanted };
	s.decode = decode_new(&options);
	if (!s.config.every)
		s.known = known_new(KNOWN_MOST);
	if (s.config.live && (live = live_open(CHILD_GIVEN, 0, &err)) == NULL)
		return say_error(&s, &err);
	if (shut_in(&s, &box, &err) != 0)
		return say_error(&s, &err);
	if (live != NULL)
		read_live(&s, live);
	else
		read_captures(&s);
	struct presence_sink presences = { say_presence, &s };
	decode_finish(s.decode, &presences);
	say_done(&s, &box);
	decode_free(s.decode);
	known_free(s.known);
	config_free(&s.config);
	inbox_close(&s.in);
	return outbox_close(&s.out) == 0 ? EXIT_OK : EXIT_BAD;
}
