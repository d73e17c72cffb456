/* SPDX-License-Identifier: ISC */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct sha256;

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/*
 * A writer collects bytes to go out: into memory that grows, or through a file
 * descriptor in large blocks. An error (no memory, disk full) sticks; what is
 * written after it is dropped, and writer_close() tells.
 */
struct writer {
	char *buf;
	size_t len, cap;
	int fd;             /* -1: memory */
	int error;          /* the errno of the first failure, or 0 */
	uint64_t total;     /* bytes that left through fd */
	struct sha256 *sum; /* over these, if somebody wants it; the caller's */
};

void writer_to_memory(struct writer *);
void writer_to_fd(struct writer *, int fd);
/* Flushes and frees; 0, or the errno of the first failure. fd stays open. */
int writer_close(struct writer *);
int writer_flush(struct writer *);

/* What does not fit as it is: more memory, a flush, an error. */
void put_more(struct writer *, const void *, size_t);

static inline void
put_bytes(struct writer *w, const void *bytes, size_t n)
{
	if (n > w->cap - w->len || w->error != 0) {
		put_more(w, bytes, n);
	} else if (n > 0) {
		memcpy(w->buf + w->len, bytes, n);
		w->len += n;
	}
}

static inline void
put_char(struct writer *w, char c)
{
	put_bytes(w, &c, 1);
}

static inline void
put_text(struct writer *w, struct text t)
{
	put_bytes(w, t.s, t.len);
}

void put(struct writer *, const char *);
void put_number(struct writer *, uint64_t);
/* What %.*f prints, of at most six digits behind the point. */
void put_real(struct writer *, double, unsigned digits);
void put_hex(struct writer *, struct text);
void putf(struct writer *, const char *format, ...) PRINTF_LIKE(2, 3);

/* Fixed width, most significant byte first: what a cursor reads back. */
static inline void
put_u8(struct writer *w, uint8_t n)
{
	put_bytes(w, &n, 1);
}

static inline void
put_u16(struct writer *w, uint16_t n)
{
	uint8_t b[2] = { (uint8_t)(n >> 8), (uint8_t)n };

	put_bytes(w, b, sizeof b);
}

static inline void
put_u32(struct writer *w, uint32_t n)
{
	uint8_t b[4] = { (uint8_t)(n >> 24), (uint8_t)(n >> 16), (uint8_t)(n >> 8),
		(uint8_t)n };

	put_bytes(w, b, sizeof b);
}

static inline void
put_u64(struct writer *w, uint64_t n)
{
	put_u32(w, (uint32_t)(n >> 32));
	put_u32(w, (uint32_t)n);
}

void put_block16(struct writer *, struct text); /* at most 65,535 bytes */

/* The memory writer's bytes so far; valid until the next put. */
static inline struct text
writer_text(const struct writer *w)
{
	return (struct text){ w->buf, w->len };
}

#endif
