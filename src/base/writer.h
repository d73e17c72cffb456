/* SPDX-License-Identifier: ISC */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/text.h"

#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/*
 * A writer collects bytes to go out: into memory that grows, or through a file
 * descriptor in large blocks. An error (no memory, disk full) sticks; what is
 * written after it is dropped, and writer_close() tells.
 */
struct writer {
	char *buf;
	size_t len, cap;
	int fd;         /* -1: memory */
	int error;      /* the errno of the first failure, or 0 */
	uint64_t total; /* bytes that left through fd */
};

void writer_to_memory(struct writer *);
void writer_to_fd(struct writer *, int fd);
/* Flushes and frees; 0, or the errno of the first failure. fd stays open. */
int writer_close(struct writer *);
int writer_flush(struct writer *);

void put_bytes(struct writer *, const void *, size_t);
void put_char(struct writer *, char);
void put(struct writer *, const char *);
void put_text(struct writer *, struct text);
void put_number(struct writer *, uint64_t);
void put_hex(struct writer *, struct text);
void putf(struct writer *, const char *format, ...) PRINTF_LIKE(2, 3);

/* Fixed width, most significant byte first: what a cursor reads back. */
void put_u8(struct writer *, uint8_t);
void put_u16(struct writer *, uint16_t);
void put_u32(struct writer *, uint32_t);
void put_u64(struct writer *, uint64_t);
void put_block16(struct writer *, struct text); /* at most 65,535 bytes */

/* The memory writer's bytes so far; valid until the next put. */
static inline struct text
writer_text(const struct writer *w)
{
	return (struct text){ w->buf, w->len };
}

#endif
