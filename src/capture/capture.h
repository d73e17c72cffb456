/* SPDX-License-Identifier: ISC */
#ifndef CAPTURE_CAPTURE_H
#define CAPTURE_CAPTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "capture/frame.h"

/*
 * A capture is a source of frames: a file in pcap or pcapng, plain or in gzip or
 * zstd, from a descriptor that somebody else opened (so that the process that
 * reads it needs no right to open anything), or a live interface.
 */
struct capture;

/*
 * Takes fd over, and closes it even when it fails. `index` becomes frame.capture.
 * NULL with err when nothing of it can be read: not a capture, or empty. No more
 * than a block is read here.
 */
struct capture *capture_open(int fd, uint32_t index, struct err *);

enum capture_state {
	CAPTURE_FRAME,  /* *frame is filled */
	CAPTURE_END,    /* no more, and all was well */
	CAPTURE_DAMAGED /* no more: capture_damage() says what, at which offset */
};

enum capture_state capture_next(struct capture *, struct frame *);

/*
 * One line about what was wrong: "cut in the middle of a frame at offset 81,920
 * (frame 64)". NULL when nothing was.
 */
const char *capture_damage(const struct capture *);

struct capture_counts {
	uint64_t frames; /* given out */
	uint64_t bytes;  /* captured bytes of these */
	uint64_t cut;    /* frames shorter than they were on the wire (snap length) */
	uint64_t
	    dropped; /* by the kernel (live) or as the file tells (pcapng statistics) */
	uint64_t
	    skipped; /* frames in a block that nobody can read; they have a number */
	uint64_t untimed; /* frames without a time: they get that of the one before */
	uint32_t snaplen; /* the smallest seen, 0 for none stated */
	bool synthetic; /* a section's comment begins with that word: made, not seen */
};

struct capture_counts capture_counts(const struct capture *);
void capture_close(struct capture *);

/*
 * Several captures as one, frames in the order of their times; equal times in
 * the order of the captures. Takes none of them over.
 */
struct merge;
struct merge *merge_new(struct capture *const *, size_t n);
bool merge_next(struct merge *, struct frame *); /* false: all are at their end */
void merge_free(struct merge *);

#endif
