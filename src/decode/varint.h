/* SPDX-License-Identifier: ISC */
#ifndef DECODE_VARINT_H
#define DECODE_VARINT_H

#include "base/cursor.h"

/* RFC 9000 section 16: the two upper bits of the first byte tell the length. */
static inline uint64_t
cur_varint(struct cursor *c)
{
	uint64_t first = cur_peek(c, 0) & 0x3f;

	switch (cur_peek(c, 0) >> 6) {
	case 0:
		return cur_u8(c);
	case 1:
		return cur_u16(c) & 0x3fff;
	case 2:
		return cur_u32(c) & 0x3fffffff;
	default:
		return (cur_u64(c) & UINT64_C(0x00ffffffffffffff)) | first << 56;
	}
}

/* A block behind such a length. */
static inline struct cursor
cur_block_varint(struct cursor *c)
{
	uint64_t n = cur_varint(c);

	return cur_take(c, n > SIZE_MAX ? SIZE_MAX : (size_t)n);
}

#endif
