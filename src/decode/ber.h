/* SPDX-License-Identifier: ISC */
#ifndef DECODE_BER_H
#define DECODE_BER_H

#include "base/cursor.h"

/*
 * A definite length of BER (ITU-T X.690 section 8.1.3) of up to four bytes; of any
 * other form more than there can be, so that the cursor is spent by taking it.
 */
static inline size_t
ber_length(struct cursor *c)
{
	enum { LONG_FORM = 0x80, LENGTH_BYTES_MAX = 4 };
	size_t n = cur_u8(c), bytes = n - LONG_FORM;

	if (n < LONG_FORM)
		return n;
	if (bytes == 0 || bytes > LENGTH_BYTES_MAX)
		return SIZE_MAX;
	for (n = 0; bytes > 0; bytes--)
		n = n << 8 | cur_u8(c);
	return n;
}

#endif
