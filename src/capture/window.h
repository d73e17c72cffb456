/* SPDX-License-Identifier: ISC */
#ifndef CAPTURE_WINDOW_H
#define CAPTURE_WINDOW_H

#include "capture/capture.h"
#include "capture/stream.h"

/*
 * What the readers of pcap and pcapng share: the window on the bytes that were
 * read and not yet walked. A frame is a view into it; what straddles two blocks
 * is moved to the front before the next block is read behind it.
 */
enum {
	BLOCK = 256 * 1024,      /* one read() */
	FRAME_MOST = 256 * 1024, /* a frame, where no larger snap length is stated */
	RECORD_MOST = 64 * 1024 * 1024, /* a frame or block that is held in memory */
	INTERFACES_MOST = 65536         /* of one section */
};

/* The times of pcap's 32 bits of seconds: 1970 to 2106. */
#define TIME_MOST (INT64_C(4294967296) * INT64_C(1000000000))

/* An interface of a pcapng section. */
struct interface {
	uint32_t link, snaplen;
	uint64_t multiple; /* nanoseconds in a unit of its time, or 0 … */
	uint64_t divide;   /* … units in a nanosecond, or 0 … */
	uint8_t bits;      /* … a unit is 2^-bits seconds */
	int64_t offset;    /* seconds to add */
	uint64_t dropped_in_frames, dropped_in_statistics;
};

/* The statistics are a total; what the frames say is used where there are none. */
static inline uint64_t
interface_dropped(const struct interface *i)
{
	return i->dropped_in_statistics > 0 ? i->dropped_in_statistics
	                                    : i->dropped_in_frames;
}

struct capture {
	struct cursor window;
	bool big; /* the file's numbers have their most significant byte first */
	bool swapped_lengths;
	uint32_t header;   /* bytes of a pcap record's header */
	uint32_t fraction; /* nanoseconds of a unit of its time */
	uint32_t link, most;
	struct capture_counts counts;
	uint64_t number; /* of the last frame, given out or skipped */
	int64_t time;
	uint32_t index;
	enum capture_state state; /* CAPTURE_FRAME while it goes on */
	enum capture_state (*next)(struct capture *, struct frame *);

	uint8_t *buf;
	size_t cap;
	uint64_t read; /* the offset of the window's end */
	struct stream stream;

	struct interface *interfaces;
	size_t n, room;
	uint64_t dropped_before; /* in sections that are over */
	char damage[320];
};

/* Reads until n bytes stand in the window; false: the stream ends before. */
bool window_fill(struct capture *, size_t n);

/* The one test of bounds of each record: n bytes stand in the window. */
static inline bool
window_holds(struct capture *c, size_t n)
{
	return cur_left(&c->window) >= n || window_fill(c, n);
}

static inline uint64_t
window_offset(const struct capture *c)
{
	return c->read - cur_left(&c->window);
}

/* Passes over n bytes without keeping them; false: the stream ends before. */
bool window_pass(struct capture *, uint64_t n);

static inline uint32_t
word(struct cursor *c, bool big)
{
	return big ? cur_u32(c) : cur_u32le(c);
}

static inline uint16_t
half(struct cursor *c, bool big)
{
	return big ? cur_u16(c) : cur_u16le(c);
}

/* DLT_RAW was written as it stood on the system: it becomes LINK_RAW. */
uint32_t capture_link(uint32_t number);
void capture_snaplen(struct capture *, uint32_t snaplen);

/* 1234567 as "1,234,567". */
struct digits {
	char text[28];
};
struct digits capture_digits(uint64_t);

/* Ends the capture with one line; returns CAPTURE_DAMAGED. */
enum capture_state capture_damaged(struct capture *, const char *format, ...)
    PRINTF_LIKE(2, 3);
/* The record at the window's front claims more bytes than a frame has. */
enum capture_state capture_too_long(struct capture *, uint32_t claimed);
/* The stream ended: properly at `offset`, or inside what begins there. */
enum capture_state capture_ended(struct capture *, uint64_t offset, bool in_frame);

bool pcap_is(uint32_t magic);
enum capture_state pcap_begin(struct capture *);
bool pcapng_is(struct cursor first);
enum capture_state pcapng_begin(struct capture *);

#endif
