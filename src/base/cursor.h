/* SPDX-License-Identifier: ISC */
#ifndef BASE_CURSOR_H
#define BASE_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A cursor is a read-only window on bytes from the wire, and the only way this
 * program touches them. A read past the end returns zero, empties the cursor
 * and marks it spent; every later read returns zero too. So a decoder reads
 * straight down the page and asks cur_ok() once, where the answer matters.
 */
struct cursor {
	const uint8_t *at;  /* the next byte */
	const uint8_t *end; /* one past the last */
	bool spent;         /* a read went past the end */
};

static inline struct cursor
cur_over(const void *bytes, size_t n)
{
	const uint8_t *at = bytes;

	return (struct cursor){ at, at + n, false };
}

static inline size_t
cur_left(const struct cursor *c)
{
	return (size_t)(c->end - c->at);
}

static inline bool
cur_ok(const struct cursor *c)
{
	return !c->spent;
}

/* The next n bytes as a cursor of their own; c moves past them. */
static inline struct cursor
cur_take(struct cursor *c, size_t n)
{
	struct cursor sub = *c;

	if (n > cur_left(c)) {
		c->at = c->end;
		c->spent = true;
		return *c;
	}
	if (n >
	    0) /* an empty cursor may stand on nothing: NULL + 0 is undefined in C */
		c->at += n;
	sub.end = c->at;
	return sub;
}

static inline void
cur_skip(struct cursor *c, size_t n)
{
	(void)cur_take(c, n);
}

static inline uint8_t
cur_u8(struct cursor *c)
{
	struct cursor b = cur_take(c, 1);

	return b.at < b.end ? b.at[0] : 0;
}

static inline uint16_t
cur_u16(struct cursor *c)
{
	struct cursor b = cur_take(c, 2);

	return b.at < b.end ? (uint16_t)((unsigned)b.at[0] << 8 | b.at[1]) : 0;
}

static inline uint32_t
cur_u24(struct cursor *c)
{
	struct cursor b = cur_take(c, 3);

	return b.at < b.end ? (uint32_t)b.at[0] << 16 | (uint32_t)b.at[1] << 8 | b.at[2]
	                    : 0;
}

static inline uint32_t
cur_u32(struct cursor *c)
{
	struct cursor b = cur_take(c, 4);

	return b.at < b.end ? (uint32_t)b.at[0] << 24 | (uint32_t)b.at[1] << 16 |
	        (uint32_t)b.at[2] << 8 | b.at[3]
	                    : 0;
}

static inline uint64_t
cur_u64(struct cursor *c)
{
	uint64_t high = cur_u32(c);

	return high << 32 | cur_u32(c);
}

/* The same, least significant byte first (capture files, 802.11, SMB). */
static inline uint16_t
cur_u16le(struct cursor *c)
{
	struct cursor b = cur_take(c, 2);

	return b.at < b.end ? (uint16_t)((unsigned)b.at[1] << 8 | b.at[0]) : 0;
}

static inline uint32_t
cur_u32le(struct cursor *c)
{
	struct cursor b = cur_take(c, 4);

	return b.at < b.end ? (uint32_t)b.at[3] << 24 | (uint32_t)b.at[2] << 16 |
	        (uint32_t)b.at[1] << 8 | b.at[0]
	                    : 0;
}

static inline uint64_t
cur_u64le(struct cursor *c)
{
	uint64_t low = cur_u32le(c);

	return (uint64_t)cur_u32le(c) << 32 | low;
}

/* The byte n places ahead, 0 past the end; does not move, does not spend. */
static inline uint8_t
cur_peek(const struct cursor *c, size_t n)
{
	return n < cur_left(c) ? c->at[n] : 0;
}

/* A block behind a length of one, two or three bytes. */
static inline struct cursor
cur_block8(struct cursor *c)
{
	size_t n = cur_u8(c);

	return cur_take(c, n);
}

static inline struct cursor
cur_block16(struct cursor *c)
{
	size_t n = cur_u16(c);

	return cur_take(c, n);
}

static inline struct cursor
cur_block24(struct cursor *c)
{
	size_t n = cur_u24(c);

	return cur_take(c, n);
}

/* All that is left; c is empty after it. */
static inline struct cursor
cur_rest(struct cursor *c)
{
	return cur_take(c, cur_left(c));
}

#endif
