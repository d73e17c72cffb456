/* SPDX-License-Identifier: ISC */
/*
 * floor FILE: what it costs to read a classic pcap at all: read() of 256 KiB, every
 * record header followed, the first 64 bytes of every packet touched.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 256 << 10, FILE_HEAD = 24, HEAD = 16, RECORD_MAX = 1 << 20 };

static uint64_t touched, packets, bytes;

static void
touch(const uint8_t *p, size_t n)
{
	uint64_t word;

	n = n > 64 ? 64 : n;
	for (size_t i = 0; i + sizeof word <= n; i += sizeof word) {
		memcpy(&word, p + i, sizeof word);
		touched ^= word;
	}
}

/* The records that are whole in the buffer; how many bytes they were. */
static size_t
walk(const uint8_t *p, size_t n)
{
	size_t at = 0;
	uint32_t len;

	while (at + HEAD <= n) {
		memcpy(&len, p + at + 8, sizeof len);
		if (len > RECORD_MAX - HEAD || at + HEAD + len > n)
			break;
		touch(p + at + HEAD, len);
		packets++;
		bytes += len;
		at += HEAD + len;
	}
	return at;
}

int
main(int argc, char **argv)
{
	int fd = argc == 2 ? open(argv[1], O_RDONLY | O_CLOEXEC) : -1;
	uint8_t *buf = malloc(BLOCK + RECORD_MAX);
	uint8_t head[FILE_HEAD];
	size_t have = 0;
	ssize_t got;

	if (fd < 0 || buf == NULL || read(fd, head, sizeof head) != FILE_HEAD) {
		(void)fprintf(stderr, "usage: floor FILE\n");
		return 2;
	}
	while ((got = read(fd, buf + have, BLOCK)) > 0) {
		have += (size_t)got;
		size_t done = walk(buf, have);
		have -= done;
		memmove(buf, buf + done, have);
		if (have > RECORD_MAX)
			break;
	}
	(void)printf("%" PRIu64 " packets, %" PRIu64 " bytes, %" PRIx64 "\n", packets,
	    bytes, touched);
	free(buf);
	return 0;
}
