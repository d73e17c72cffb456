/* SPDX-License-Identifier: ISC */
#ifndef CAPTURE_STREAM_H
#define CAPTURE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/cursor.h"

/*
 * The bytes of a file in order, unpacked on the way when they are packed. The
 * packed form is known by its first bytes, never by a name.
 */
struct unpacker {
	const char *name;
	void *(*start)(void); /* never NULL */
	/*
	 * Takes bytes from `in` and writes at most `room` bytes; how many, or -1
	 * with *why when the packed data is damaged. 0: it wants more.
	 */
	ssize_t (*step)(void *state, struct cursor *in, uint8_t *out, size_t room,
	    const char **why);
	bool (*may_end)(const void *state); /* the packed data is whole here */
	void (*stop)(void *state);
};

extern const struct unpacker gzip_unpacker, zstd_unpacker;

struct stream {
	int fd;
	const struct unpacker *unpacker; /* NULL: plain */
	void *state;
	uint8_t *packed;
	struct cursor in; /* packed bytes that were read and not yet taken */
	bool ended;
	char why[160]; /* what ended it, when that was not its proper end */
};

/* Takes fd over. */
void stream_open(struct stream *, int fd);
/* At least one byte and at most n; 0 at the end or after a failure (`why`). */
size_t stream_read(struct stream *, uint8_t *to, size_t n);
/* False when these first bytes of a plain stream are not packed. */
bool stream_unpack(struct stream *, struct cursor first);
void stream_close(struct stream *);

#endif
