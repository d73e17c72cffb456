/* SPDX-License-Identifier: ISC */
/*
 * Microsoft's SQL server, MS-TDS section 2.2.3, as far as an NTLM message goes along
 * while a client logs in: LOGIN7, SSPI and the server's answer. Most encrypt them.
 */
#include "decode/decode.h"
#include "decode/ntlm.h"

enum type { ANSWER = 0x04, LOGIN7 = 0x10, SSPI = 0x11 };

enum { HEADER = 8, LAST = 1 };

enum decoded
tds_decode(struct cursor c, const struct context *ctx)
{
	uint8_t type = cur_u8(&c), status = cur_u8(&c);
	size_t length = cur_u16(&c);

	cur_skip(&c, 2 + 1); /* process, number of the packet */
	uint8_t window = cur_u8(&c);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (length < HEADER || window != 0 ||
	    (type != LOGIN7 && type != SSPI && type != ANSWER))
		return DECODED_NOT_MINE;
	if ((status & LAST) == 0 || length > STREAM_MAX)
		return DECODED; /* a table, in several packets */
	if (length - HEADER > cur_left(&c))
		return DECODED_SHORT;
	ntlm_say(cur_take(&c, length - HEADER), ctx);
	return DECODED;
}
