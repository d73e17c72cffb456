/* SPDX-License-Identifier: ISC */
/*
 * LDAP, RFC 4511, as far as an NTLM message goes along while a client binds: by SASL
 * (section 4.2), or in the way that Microsoft calls Sicily (MS-ADTS section 5.1.1.1.3).
 * Names, passwords and searches are passed over.
 */
#include "decode/ber.h"
#include "decode/decode.h"
#include "decode/ntlm.h"

enum { SEQUENCE = 0x30, INTEGER = 0x02, BIND_REQUEST = 0x60, BIND_RESPONSE = 0x61 };

enum decoded
ldap_decode(struct cursor c, const struct context *ctx)
{
	if (cur_left(&c) > 0 && cur_peek(&c, 0) != SEQUENCE)
		return DECODED_NOT_MINE;
	cur_skip(&c, 1);
	size_t length = ber_length(&c);
	struct cursor message = c;
	uint8_t tag = cur_u8(&message);
	(void)cur_take(&message, ber_length(&message)); /* number of the message */
	uint8_t operation = cur_u8(&message);
	if (tag != INTEGER && cur_ok(&c) && cur_left(&c) > 0)
		return DECODED_NOT_MINE;
	if (!cur_ok(&message))
		return length > STREAM_MAX ? DECODED_NOT_MINE : DECODED_SHORT;
	if (operation != BIND_REQUEST && operation != BIND_RESPONSE)
		return DECODED;
	if (length > STREAM_MAX)
		return DECODED_BAD;
	if (length > cur_left(&c))
		return DECODED_SHORT;
	ntlm_say(cur_take(&c, length), ctx);
	return DECODED;
}
