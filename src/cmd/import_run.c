/* SPDX-License-Identifier: ISC */
/* The parent's side of the reader: open, hand over, listen. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/time.h"
#include "cmd/import.h"
#include "proc/talk.h"

struct run {
	const struct import_job *job;
	const struct import_sink *sink;
	struct import_counts *counts;
	int *fds;
	int64_t *as_of;
	size_t n; /* descriptors that are open */
	struct sighting seen;
};

static int
open_file(struct run *r, size_t i, struct err *err)
{
	int fd = child_input(r->job->files[i], "file", err);
	struct stat st;

	if (fd < 0)
		return -1;
	r->fds[r->n++] = fd;
	r->as_of[i] = r->job->as_of;
	if (r->as_of[i] == TIME_NONE && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		r->as_of[i] = (int64_t)st.st_mtim.tv_sec * SECOND + st.st_mtim.tv_nsec;
	return 0;
}

static int
open_all(struct run *r, struct err *err)
{
	r->fds = must_alloc(r->job->n, sizeof *r->fds);
	r->as_of = must_alloc(r->job->n, sizeof *r->as_of);
	for (size_t i = 0; i < r->job->n; i++) {
		r->counts[i] = (struct import_counts){ .format = IMPORT_UNKNOWN };
		if (open_file(r, i, err) != 0)
			return -1;
	}
	return 0;
}

static void
put_config(void *state, struct writer *w)
{
	const struct run *r = state;
	struct reader_config c = { .n = (uint32_t)r->job->n,
		.format = r->job->format,
		.strict = r->job->strict,
		.every = r->job->every,
		.zone = text_of(r->job->zone != NULL ? r->job->zone : ""),
		.papers_zone = text_of(
		    r->job->papers_zone != NULL ? r->job->papers_zone : ""),
		.as_of = r->as_of,
		.own = r->job->own,
		.n_own = r->job->n_own,
		.servers = r->job->servers };

	reader_config_write(w, &c);
}

static bool
take_row(struct run *r, struct cursor *c)
{
	struct text cells[PAPER_CELLS];
	struct paper_row row;

	if (!paper_row_read(c, &row, cells) || row.file >= r->job->n)
		return false;
	r->sink->row(r->sink->state, &row);
	return true;
}

static bool
take_wrong(struct run *r, struct cursor *c)
{
	struct import_wrong wrong;
	char text[WRONG_TEXT];

	if (!import_wrong_read(c, &wrong, text) || wrong.file >= r->job->n)
		return false;
	r->sink->wrong(r->sink->state, &wrong);
	return true;
}

static bool
take(void *state, enum message type, struct cursor c)
{
	struct run *r = state;
	struct fact fact;
	struct presence presence;
	uint32_t file;

	switch (type) {
	case MESSAGE_SIGHTING:
		return sighting_read(&c, &r->seen) && r->seen.capture < r->job->n;
	case MESSAGE_FACT:
		if (r->seen.frame == 0 || !fact_read(&c, &fact, &r->seen))
			return false;
		r->sink->fact(r->sink->state, &fact);
		return true;
	case MESSAGE_PRESENCE:
		if (!presence_read(&c, &presence) || presence.capture >= r->job->n)
			return false;
		r->sink->presence(r->sink->state, &presence);
		return true;
	case MESSAGE_ROW:
		return take_row(r, &c);
	case MESSAGE_WRONG:
		return take_wrong(r, &c);
	case MESSAGE_IMPORTED:
		file = cur_u32(&c);
		return file < r->job->n && import_counts_read(&c, &r->counts[file]);
	default:
		return false;
	}
}

int
import_run(const struct import_job *job, const struct import_sink *sink,
    struct import_counts *counts, struct err *err)
{
	struct run r = { .job = job, .sink = sink, .counts = counts };
	const struct listener reader = { ROLE_READER, &r, put_config, take, NULL,
		NULL };
	struct talk talk;

	int status = open_all(&r, err);
	if (status == 0)
		status = talk_with_child(&talk, &reader, r.fds, r.n, err);
	for (size_t i = 0; i < r.n; i++)
		(void)close(r.fds[i]);
	free(r.fds);
	free(r.as_of);
	for (size_t i = 0; i < job->n && status == 0 && job->strict; i++)
		if (counts[i].stopped)
			status = err_set(err, "%s has a wrong line: --strict ends here",
			    job->files[i]);
	return status;
}
