/* SPDX-License-Identifier: ISC */
#include "unit/capture/made.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test.h"

void
made_u16(struct made *m, uint16_t n)
{
	put_u16(&m->w, m->big ? n : __builtin_bswap16(n));
}

void
made_u32(struct made *m, uint32_t n)
{
	put_u32(&m->w, m->big ? n : __builtin_bswap32(n));
}

static void
begin(struct made *m)
{
	if (m->w.cap == 0)
		writer_to_memory(&m->w);
}

void
made_pcap(struct made *m, uint32_t magic, uint32_t link)
{
	begin(m);
	made_u32(m, magic);
	made_u16(m, 2);
	made_u16(m, 4);
	made_u32(m, 0);
	made_u32(m, 0);
	made_u32(m, 96);
	made_u32(m, link);
}

void
made_bytes(struct made *m, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++)
		put_u8(&m->w, (uint8_t)n);
}

void
made_record(struct made *m, uint32_t seconds, uint32_t units, uint32_t n,
    uint32_t length)
{
	made_u32(m, seconds);
	made_u32(m, units);
	made_u32(m, n);
	made_u32(m, length);
	made_bytes(m, n);
}

void
made_block(struct made *m, uint32_t type)
{
	begin(m);
	m->block = m->w.len;
	made_u32(m, type);
	made_u32(m, 0);
}

void
made_end(struct made *m)
{
	while ((m->w.len - m->block) % 4 != 0)
		put_u8(&m->w, 0);
	uint32_t length = (uint32_t)(m->w.len - m->block + 4);
	made_u32(m, length);
	memcpy(m->w.buf + m->block + 4, m->w.buf + m->w.len - 4, 4);
}

void
made_section(struct made *m)
{
	made_block(m, 0x0a0d0d0a);
	made_u32(m, 0x1a2b3c4d);
	made_u16(m, 1);
	made_u16(m, 0);
	made_u32(m, UINT32_MAX);
	made_u32(m, UINT32_MAX);
	made_end(m);
}

void
made_interface(struct made *m, uint16_t link, uint32_t snaplen)
{
	made_block(m, 1);
	made_u16(m, link);
	made_u16(m, 0);
	made_u32(m, snaplen);
	made_end(m);
}

void
made_enhanced(struct made *m, uint32_t interface, uint64_t units, uint32_t n,
    uint32_t length)
{
	made_block(m, 6);
	made_u32(m, interface);
	made_u32(m, (uint32_t)(units >> 32));
	made_u32(m, (uint32_t)units);
	made_u32(m, n);
	made_u32(m, length);
	made_bytes(m, n);
	made_end(m);
}

int
made_file(struct made *m)
{
	int fd = memfd_create("made", MFD_CLOEXEC);

	OK(fd >= 0);
	EQ(write(fd, m->w.buf, m->w.len), m->w.len);
	EQ(lseek(fd, 0, SEEK_SET), 0);
	(void)writer_close(&m->w);
	return fd;
}

int
made_pipe(struct made *m, size_t step)
{
	int ends[2];

	EQ(pipe(ends), 0);
	if (fork() == 0) {
		(void)close(ends[0]);
		for (size_t at = 0; at < m->w.len; at += step) {
			size_t n = m->w.len - at < step ? m->w.len - at : step;
			if (write(ends[1], m->w.buf + at, n) < 0)
				break;
		}
		_exit(0);
	}
	(void)close(ends[1]);
	(void)writer_close(&m->w);
	return ends[0];
}

struct capture *
made_open(struct made *m)
{
	struct err err = { "" };
	struct capture *c = capture_open(made_file(m), 0, &err);

	SAME(err.line, "");
	OK(c != NULL);
	return c;
}

const char *
made_walk(struct capture *c, char *line, size_t size)
{
	struct frame f;
	enum capture_state state;
	size_t at = 0;

	line[0] = '\0';
	while ((state = capture_next(c, &f)) == CAPTURE_FRAME && at + 64 < size) {
		size_t n = cur_left(&f.bytes);
		at += (size_t)snprintf(line + at, size - at, "%ju:%zu@%.9g ",
		    (uintmax_t)f.number, n, (double)f.time / 1e9);
		while (cur_left(&f.bytes) > 0)
			EQ(cur_u8(&f.bytes), n & 0xff);
	}
	(void)snprintf(line + at, size - at, "%s",
	    state == CAPTURE_DAMAGED ? capture_damage(c) : "end");
	EQ(capture_next(c, &f), state);
	OK((state == CAPTURE_DAMAGED) == (capture_damage(c) != NULL));
	capture_close(c);
	return line;
}
