/* SPDX-License-Identifier: ISC */
/* EAP over a LAN: the identity of a supplicant. IEEE 802.1X-2020 clause 11. */
#include "decode/eap.h"

enum { EAP_PACKET = 0, VERSION_MAX = 3 };

enum decoded
eapol_decode(struct cursor c, const struct context *ctx)
{
	uint8_t version = cur_u8(&c), type = cur_u8(&c);
	struct cursor body = cur_block16(&c);

	if (!cur_ok(&body))
		return DECODED_SHORT;
	if (version == 0 || version > VERSION_MAX)
		return DECODED_NOT_MINE;
	if (type != EAP_PACKET)
		return DECODED; /* a start, a farewell, keys: no word of the device */
	return eap_read(body, ctx, ctx->seen.src_mac);
}
