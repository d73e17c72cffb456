/* SPDX-License-Identifier: ISC */
#include "capture/stream.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

enum { PACKED_BLOCK = 256 * 1024 };

void
stream_open(struct stream *s, int fd)
{
	*s = (struct stream){ .fd = fd };
}

/* read(), once something is there; 0 at the end and after an error, which sticks. */
static size_t
read_some(struct stream *s, uint8_t *to, size_t n)
{
	while (!s->ended) {
		ssize_t got = read(s->fd, to, n);
		if (got > 0)
			return (size_t)got;
		if (got < 0 && errno == EINTR)
			continue;
		/* standard input may have been made non-blocking by its giver */
		if (got < 0 && errno == EAGAIN) {
			(void)poll(&(struct pollfd){ s->fd, POLLIN, 0 }, 1, -1);
			continue;
		}
		s->ended = true;
		if (got < 0)
			(void)snprintf(s->why, sizeof s->why, "cannot be read: %s",
			    strerror(errno));
	}
	return 0;
}

static size_t
read_unpacked(struct stream *s, uint8_t *to, size_t n)
{
	const char *why = NULL;

	for (;;) {
		ssize_t made = s->unpacker->step(s->state, &s->in, to, n, &why);
		if (made > 0)
			return (size_t)made;
		if (made < 0) {
			s->ended = true;
			(void)snprintf(s->why, sizeof s->why,
			    "the %s data is damaged: %s", s->unpacker->name, why);
			return 0;
		}
		if (cur_left(&s->in) > 0)
			continue;
		size_t got = read_some(s, s->packed, PACKED_BLOCK);
		if (got == 0) {
			if (s->why[0] == '\0' && !s->unpacker->may_end(s->state))
				(void)snprintf(s->why, sizeof s->why,
				    "the %s data is cut", s->unpacker->name);
			return 0;
		}
		s->in = cur_over(s->packed, got);
	}
}

size_t
stream_read(struct stream *s, uint8_t *to, size_t n)
{
	if (s->unpacker == NULL)
		return read_some(s, to, n);
	return s->why[0] != '\0' ? 0 : read_unpacked(s, to, n);
}

/* RFC 1952, section 2.3.1; RFC 8878, sections 3.1.1 and 3.1.2 (skippable frames). */
static const struct unpacker *
unpacker_of(struct cursor first)
{
	struct cursor gzip = first;

	if (cur_u16(&gzip) == 0x1f8b)
		return &gzip_unpacker;
	uint32_t magic = cur_u32le(&first);
	if (magic == 0xfd2fb528 || (magic & 0xfffffff0) == 0x184d2a50)
		return &zstd_unpacker;
	return NULL;
}

bool
stream_unpack(struct stream *s, struct cursor first)
{
	const struct unpacker *u = unpacker_of(first);

	if (u == NULL)
		return false;
	size_t n = cur_left(&first) > PACKED_BLOCK ? cur_left(&first) : PACKED_BLOCK;
	s->packed = must_alloc(n, 1);
	memcpy(s->packed, first.at, cur_left(&first));
	s->in = cur_over(s->packed, cur_left(&first));
	s->unpacker = u;
	s->state = u->start();
	return true;
}

void
stream_close(struct stream *s)
{
	if (s->unpacker != NULL)
		s->unpacker->stop(s->state);
	free(s->packed);
	if (s->fd >= 0)
		(void)close(s->fd);
	*s = (struct stream){ .fd = -1 };
}
