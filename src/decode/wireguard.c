/* SPDX-License-Identifier: ISC */
/*
 * WireGuard on any port: the first message of a handshake (Donenfeld, WireGuard: Next
 * Generation Kernel Network Tunnel, section 5.4.2; wireguard.com/protocol). What goes
 * through the tunnel is not seen.
 */
#include "decode/decode.h"

/*
 * A type of one byte, three of zeros, and a length that is always the same. So far that
 * is what others may send as well; but behind the sender's index there are keys and
 * sealed fields without a zero word, up to the second MAC, which mostly is nothing
 * else.
 */
enum { INITIATION = 0x01000000, LENGTH = 148, MAC2 = 16 };

enum decoded
wireguard_decode(struct cursor c, const struct context *ctx)
{
	if (cur_left(&c) != LENGTH || cur_u32(&c) != INITIATION)
		return DECODED_NOT_MINE;
	cur_skip(&c, 4);
	while (cur_left(&c) > MAC2)
		if (cur_u32(&c) == 0)
			return DECODED_NOT_MINE;
	say_peer(ctx, FACT_HIDDEN_WIREGUARD);
	return DECODED;
}
