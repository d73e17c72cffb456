/* SPDX-License-Identifier: ISC */
#ifndef TEST_UNIT_CAPTURE_MADE_H
#define TEST_UNIT_CAPTURE_MADE_H

#include "base/writer.h"
#include "capture/capture.h"

/* Captures made in memory by tests, number by number in the order they want. */
struct made {
	struct writer w;
	bool big;
	size_t block; /* where the open pcapng block begins */
};

void made_u16(struct made *, uint16_t);
void made_u32(struct made *, uint32_t);
void made_pcap(struct made *, uint32_t magic, uint32_t link);
/* A record of n bytes, each of value n, of a frame that had `length`. */
void made_record(struct made *, uint32_t seconds, uint32_t units, uint32_t n,
    uint32_t length);
void made_bytes(struct made *, uint32_t n);

void made_block(struct made *, uint32_t type);
void made_end(struct made *);
void made_section(struct made *);
void made_interface(struct made *, uint16_t link, uint32_t snaplen);
void made_enhanced(struct made *, uint32_t interface, uint64_t units, uint32_t n,
    uint32_t length);

/* The bytes in a file of their own, to be opened as a capture; frees them. */
int made_file(struct made *);
/* The same through a pipe that a process of its own fills step bytes at a time. */
int made_pipe(struct made *, size_t step);
struct capture *made_open(struct made *);

/* "1:60@1.5 2:…": number, bytes and seconds of each frame, then what ended it. */
const char *made_walk(struct capture *, char *line, size_t size);

#endif
