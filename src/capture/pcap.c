/* SPDX-License-Identifier: ISC */
/*
 * pcap: draft-ietf-opsawg-pcap, and the relatives that are still met: numbers in
 * either byte order, micro- or nanoseconds, the longer record headers of Kuznetzov's
 * libpcap, the longer file header of Ixia, the swapped lengths before version 2.3.
 */
#include "capture/window.h"

#include "base/time.h"

static const struct variety {
	uint32_t magic;
	uint32_t file_header, record_header;
	uint32_t fraction; /* nanoseconds of a unit */
} varieties[] = {
	{ 0xa1b2c3d4, 24, 16, 1000 }, { 0xa1b23c4d, 24, 16, 1 },
	{ 0xa1b2cd34, 24, 24, 1000 }, /* interface, protocol and packet type follow */
	{ 0x1c0001ac, 28, 16, 1000 }, /* Ixia, hardware: the size of the records … */
	{ 0x1c0001ab, 28, 16, 1000 }, /* … and software */
};

static const struct variety *
variety_of(uint32_t magic)
{
	for (size_t i = 0; i < sizeof varieties / sizeof *varieties; i++)
		if (varieties[i].magic == magic)
			return &varieties[i];
	return NULL;
}

bool
pcap_is(uint32_t magic)
{
	return variety_of(magic) != NULL ||
	    variety_of(__builtin_bswap32(magic)) != NULL;
}

static enum capture_state
pcap_next(struct capture *c, struct frame *frame)
{
	if (!window_holds(c, c->header))
		return capture_ended(c, window_offset(c), true);
	struct cursor header = c->window;
	header.end = header.at + c->header;
	uint32_t seconds = word(&header, c->big);
	uint32_t units = word(&header, c->big);
	uint32_t captured = word(&header, c->big);
	uint32_t length = word(&header, c->big);
	if (c->swapped_lengths && captured > length) {
		uint32_t swap = captured;
		captured = length;
		length = swap;
	}
	if (captured > c->most)
		return capture_too_long(c, captured);
	if (!window_holds(c, c->header + (size_t)captured))
		return capture_ended(c, window_offset(c), true);
	cur_skip(&c->window, c->header);
	frame->bytes = cur_take(&c->window, captured);
	frame->length = length;
	frame->link = c->link;
	frame->capture = c->index;
	frame->number = ++c->number;
	frame->time = (int64_t)seconds * SECOND + (int64_t)units * c->fraction;
	c->counts.frames++;
	c->counts.bytes += captured;
	c->counts.cut += captured < length;
	return CAPTURE_FRAME;
}

enum capture_state
pcap_begin(struct capture *c)
{
	struct cursor peek = c->window;
	uint32_t magic = cur_u32le(&peek);
	const struct variety *v = variety_of(magic);

	c->big = v == NULL;
	if (v == NULL)
		v = variety_of(__builtin_bswap32(magic));
	if (v == NULL)
		return capture_damaged(c, "not a pcap file");
	if (!window_holds(c, v->file_header))
		return capture_damaged(c,
		    "a pcap file that is cut in its header: %s of %s bytes",
		    capture_digits(cur_left(&c->window)).text,
		    capture_digits(v->file_header).text);
	struct cursor header = cur_take(&c->window, v->file_header);
	cur_skip(&header, 4);
	uint16_t major = half(&header, c->big), minor = half(&header, c->big);
	cur_skip(&header, 8); /* time zone and accuracy: always zero */
	uint32_t snaplen = word(&header, c->big);
	/* the upper half tells of frame check sequences, which lie behind the packet */
	c->link = capture_link(word(&header, c->big) & 0xffff);
	c->swapped_lengths = major < 2 || (major == 2 && minor <= 3);
	c->header = v->record_header;
	c->fraction = v->fraction;
	c->most = snaplen <= FRAME_MOST ? FRAME_MOST
	    : snaplen < RECORD_MOST     ? snaplen
	                                : RECORD_MOST;
	capture_snaplen(c, snaplen);
	c->next = pcap_next;
	return CAPTURE_FRAME;
}
