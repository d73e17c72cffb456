/* SPDX-License-Identifier: ISC */
#ifndef TEST_UNIT_DECODE_WIRE_H
#define TEST_UNIT_DECODE_WIRE_H

#include "base/writer.h"
#include "decode/decode.h"

/* Headers for the tests of the walk, each around what is inside. Memory writers. */
static inline void
wire_ethernet(struct writer *w, uint16_t type)
{
	put_bytes(w, "\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02", 12);
	put_u16(w, type);
}

static inline void
wire_ip4(struct writer *w, uint8_t proto, uint16_t id, uint16_t flags, size_t payload)
{
	put_u16(w, 0x4500);
	put_u16(w, (uint16_t)(20 + payload));
	put_u16(w, id);
	put_u16(w, flags);
	put_u8(w, 64);
	put_u8(w, proto);
	put_u16(w, 0);
	put_bytes(w, "\x0a\x00\x00\x02\x0a\x00\x00\x01", 8);
}

static inline void
wire_tcp(struct writer *w, uint32_t seq, uint8_t flags)
{
	put_u16(w, 40000);
	put_u16(w, 80);
	put_u32(w, seq);
	put_u32(w, 0);
	put_u8(w, 0x50);
	put_u8(w, flags);
	put_u16(w, 65535);
	put_u32(w, 0);
}

static inline void
wire_udp(struct writer *w, uint16_t from, uint16_t to, size_t payload)
{
	put_u16(w, from);
	put_u16(w, to);
	put_u16(w, (uint16_t)(8 + payload));
	put_u16(w, 0);
}

#endif
