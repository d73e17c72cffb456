/* SPDX-License-Identifier: ISC */
#ifndef TEST_DECODE_FRAMES_H
#define TEST_DECODE_FRAMES_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/*
 * What the writers of the golden captures, frames.c and frames_NAME.c, put bytes with.
 * Each is one file to compile, so all of it stands here.
 */
#define BYTES(literal) literal, sizeof(literal) - 1

#define STATION "\2\0\0\0\0\7"

struct bytes {
	uint8_t b[4096];
	size_t n;
};

static FILE *out;
static uint32_t clock_ms;

static inline void
add(struct bytes *to, const void *from, size_t n)
{
	if (n > sizeof to->b - to->n)
		abort();
	memcpy(to->b + to->n, from, n);
	to->n += n;
}

static inline void
add8(struct bytes *to, unsigned n)
{
	add(to, (uint8_t[]){ (uint8_t)n }, 1);
}

static inline void
add16(struct bytes *to, unsigned n)
{
	add(to, (uint8_t[]){ (uint8_t)(n >> 8), (uint8_t)n }, 2);
}

static inline void
add_all(struct bytes *to, const struct bytes *from)
{
	add(to, from->b, from->n);
}

/* The Internet checksum, RFC 1071: begun with `sum`, and put in its place. */
static inline uint32_t
sum16(const uint8_t *b, size_t n, uint32_t sum)
{
	for (size_t i = 0; i < n; i++)
		sum += i % 2 == 0 ? (uint32_t)b[i] << 8 : b[i];
	return sum;
}

static inline void
set_sum(struct bytes *in, size_t at, uint32_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	in->b[at] = (uint8_t)(~sum >> 8);
	in->b[at + 1] = (uint8_t)~sum;
}

/* Numbers of the file are in the byte order of the machine. */
static inline void
put32(uint32_t n)
{
	(void)fwrite(&n, sizeof n, 1, out);
}

/* A capture of one link type: 1 is Ethernet. */
static inline void
begin(const char *name, const char *file, uint32_t link)
{
	char path[256];
	uint16_t version[2] = { 2, 4 };

	(void)snprintf(path, sizeof path, "test/decode/%s", name);
	(void)mkdir(path, 0755);
	(void)snprintf(path, sizeof path, "test/decode/%s/%s.pcap", name, file);
	out = fopen(path, "wb");
	if (out == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	clock_ms = 0;
	put32(0xa1b2c3d4);
	(void)fwrite(version, sizeof version, 1, out);
	put32(0);
	put32(0);
	put32(65535);
	put32(link);
}

static inline void
end(void)
{
	if (fclose(out) != 0)
		exit(EXIT_FAILURE);
}

/* Frames are ten milliseconds apart from 2023-04-01T00:00:00Z. */
static inline void
record(const struct bytes *f)
{
	put32(1680307200 + clock_ms / 1000);
	put32(clock_ms % 1000 * 1000);
	put32((uint32_t)f->n);
	put32((uint32_t)f->n);
	(void)fwrite(f->b, f->n, 1, out);
	clock_ms += 10;
}

#endif
