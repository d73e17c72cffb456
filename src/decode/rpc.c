/* SPDX-License-Identifier: ISC */
/*
 * DCE/RPC over TCP (The Open Group, C706, section 12.6) as far as an NTLM message goes
 * along, while a client binds: MS-RPCE sections 2.2.2.11 and 2.2.2.12.
 */
#include "decode/decode.h"
#include "decode/ntlm.h"

enum type { BIND = 11, BIND_ACK = 12, ALTER_CONTEXT = 14, ALTER_RESPONSE = 15, AUTH3 };

enum { HEADER = 16, TRAILER = 8, LITTLE_ENDIAN_INTEGERS = 0x10 };
enum { SPNEGO = 9, NTLM = 10 };

static bool
is_wanted(uint8_t type)
{
	return type == BIND || type == BIND_ACK || type == ALTER_CONTEXT ||
	    type == ALTER_RESPONSE || type == AUTH3;
}

enum decoded
rpc_decode(struct cursor c, const struct context *ctx)
{
	struct cursor pdu = c;
	uint8_t version = cur_u8(&c), minor = cur_u8(&c), type = cur_u8(&c);

	cur_skip(&c, 1); /* flags */
	bool little = (cur_u8(&c) & LITTLE_ENDIAN_INTEGERS) != 0;
	cur_skip(&c, 3);
	size_t length = little ? cur_u16le(&c) : cur_u16(&c);
	size_t auth = little ? cur_u16le(&c) : cur_u16(&c);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (version != 5 || minor > 1 || type > 19)
		return DECODED_NOT_MINE;
	if (!is_wanted(type) || auth == 0)
		return DECODED;
	if (length < HEADER + TRAILER + auth || length > STREAM_MAX)
		return DECODED_BAD;
	if (length > cur_left(&pdu))
		return DECODED_SHORT;
	cur_skip(&pdu, length - auth - TRAILER);
	uint8_t kind = cur_u8(&pdu);
	cur_skip(&pdu, TRAILER - 1);
	if (kind == SPNEGO || kind == NTLM)
		ntlm_say(cur_take(&pdu, auth), ctx);
	return DECODED;
}
