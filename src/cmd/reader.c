/* SPDX-License-Identifier: ISC */
/*
 * The reader's own side: configuration in, files in, records out. It shuts itself in
 * before it reads a byte of a file, and speaks in messages alone.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/cmd.h"
#include "cmd/import.h"
#include "fact/known.h"
#include "proc/child.h"
#include "proc/message.h"
#include "proc/sandbox.h"

/* Complaints of one file beyond these are only counted. */
enum { KNOWN_MOST = 1 << 22, WRONG_MOST = 1000 };

struct reading {
	struct reader_config config;
	const struct zone *zone, *papers_zone;
	struct outbox out;
	struct inbox in;
	struct known *known;  /* NULL: everything is said */
	struct sighting seen; /* the last that was told */
	unsigned complaints;  /* of the file at hand */
};

static void
sent(struct reading *r)
{
	if (message_end(&r->out) != 0)
		_exit(EXIT_BAD); /* the parent is gone */
}

static void
say_fact(void *state, const struct fact *f)
{
	struct reading *r = state;

	if (r->known != NULL && !known_news(r->known, f))
		return;
	if (memcmp(&r->seen, f->seen, sizeof r->seen) != 0) {
		r->seen = *f->seen;
		sighting_write(message_begin(&r->out, MESSAGE_SIGHTING), f->seen);
		sent(r);
	}
	fact_write(message_begin(&r->out, MESSAGE_FACT), f);
	sent(r);
}

static void
say_presence(void *state, const struct presence *p)
{
	struct reading *r = state;

	presence_write(message_begin(&r->out, MESSAGE_PRESENCE), p);
	sent(r);
}

static void
say_row(void *state, const struct paper_row *row)
{
	struct reading *r = state;

	paper_row_write(message_begin(&r->out, MESSAGE_ROW), row);
	sent(r);
}

static void
say_wrong(void *state, const struct import_wrong *wrong)
{
	struct reading *r = state;

	if (r->complaints++ >= WRONG_MOST)
		return;
	import_wrong_write(message_begin(&r->out, MESSAGE_WRONG), wrong);
	sent(r);
}

static void
read_files(struct reading *r)
{
	struct import_sink sink = { say_fact, say_presence, say_row, say_wrong, r };
	struct import_counts counts;

	for (uint32_t i = 0; i < r->config.n; i++) {
		struct import_options options = { .format = r->config.format,
			.zone = r->zone,
			.papers_zone = r->papers_zone,
			.as_of = r->config.as_of[i],
			.strict = r->config.strict,
			.own = r->config.own,
			.n_own = r->config.n_own,
			.servers = &r->config.servers };
		r->complaints = 0;
		(void)import_read(CHILD_GIVEN + (int)i, i, &options, &sink, &counts);
		struct writer *w = message_begin(&r->out, MESSAGE_IMPORTED);
		put_u32(w, i);
		import_counts_write(w, &counts);
		sent(r);
		if (counts.stopped && r->config.strict)
			return;
	}
}

static int
say_error(struct reading *r, const struct err *err)
{
	put_block16(message_begin(&r->out, MESSAGE_ERROR), text_of(err->line));
	(void)message_end(&r->out);
	(void)outbox_close(&r->out);
	return EXIT_BAD;
}

static int
find_zone(struct text name, const struct zone **zone, struct err *err)
{
	*zone = name.len > 0 ? zone_find(name) : NULL;
	return name.len == 0 || *zone != NULL
	    ? 0
	    : err_set(err, "the zone is not there any more");
}

/* Zone files are read while there still are files. */
static int
prepare(struct reading *r, struct err *err)
{
	enum message type;
	struct cursor c;

	if (message_next(&r->in, &type, &c, err) != 1 || type != MESSAGE_CONFIG ||
	    !reader_config_read(&c, &r->config))
		return err_set(err, "the reader was not told what to do");
	if (find_zone(r->config.zone, &r->zone, err) != 0 ||
	    find_zone(r->config.papers_zone, &r->papers_zone, err) != 0)
		return -1;
	if (!r->config.every)
		r->known = known_new(KNOWN_MOST);
	size_t n = 2 + r->config.n;
	int *keep = must_alloc(n, sizeof *keep);
	keep[0] = CHILD_TO_PARENT;
	keep[1] = CHILD_FROM_PARENT;
	for (size_t i = 2; i < n; i++)
		keep[i] = CHILD_GIVEN + (int)(i - 2);
	struct sandbox box;
	int failed = sandbox_enter(keep, n, &box, err);
	free(keep);
	return failed;
}

int
cmd_reader(int argc, char **argv)
{
	struct reading r = { 0 };
	struct err err;

	(void)argv;
	if (argc != 1)
		return EXIT_BAD;
	outbox_open(&r.out, CHILD_TO_PARENT, ROLE_READER);
	inbox_open(&r.in, CHILD_FROM_PARENT, ROLE_PARENT);
	if (prepare(&r, &err) != 0)
		return say_error(&r, &err);
	read_files(&r);
	(void)message_begin(&r.out, MESSAGE_DONE);
	(void)message_end(&r.out);
	known_free(r.known);
	reader_config_free(&r.config);
	inbox_close(&r.in);
	zones_free();
	return outbox_close(&r.out) == 0 ? EXIT_OK : EXIT_BAD;
}
