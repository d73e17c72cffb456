/* SPDX-License-Identifier: ISC */
/*
 * OpenVPN on any port: the packet with which a client begins a session (OpenVPN
 * Protocol, openvpn.net; OpenVPN Wire Protocol, openvpn-rfc, sections on control
 * channel packets, tls-auth, tls-crypt and tls-crypt-v2). What goes through the tunnel
 * is not seen.
 */
#include "base/time.h"
#include "decode/decode.h"

/* P_CONTROL_HARD_RESET_CLIENT_V2 and _V3 (with a key of the client), key 0. */
enum { CLIENT_V2 = 7 << 3, CLIENT_V3 = 10 << 3 };

/*
 * The packet in the clear: no acknowledgements (a byte), number 0. Around it, with
 * tls-auth, the HMAC and a number and time against replay; with tls-crypt the latter,
 * a tag, and the packet sealed. The wrapped client key ends in its length.
 */
enum { SESSION = 8, CLEAR = 5, REPLAY = 8, TAG = 32, WRAPPED_KEY = 290 };

/* Negotiation before TLS is offered by the number that is sent (version 2.6). */
enum { EARLY = 0x0f000000, RESENT = 255 };

static bool
is_clear(struct cursor c)
{
	return cur_left(&c) == CLEAR && cur_u8(&c) == 0 && cur_u32(&c) == 0;
}

/* The first packets of a client whose clock is right to the day. */
static bool
is_replay_id(struct cursor *c, int64_t now)
{
	uint32_t number = cur_u32(c);
	int64_t apart = (int64_t)cur_u32(c) * SECOND - now;

	number = number > EARLY ? number - EARLY : number;
	return number > 0 && number <= RESENT && apart < DAY && apart > -DAY;
}

static bool
is_authenticated(struct cursor c, int64_t now)
{
	static const uint8_t hmacs[] = { 16, 20, 28, 32, 48, 64 }; /* MD5 to SHA-512 */
	size_t all = cur_left(&c);

	for (size_t i = 0; i < sizeof hmacs; i++) {
		struct cursor at = c;
		if (all != hmacs[i] + (size_t)REPLAY + CLEAR)
			continue;
		cur_skip(&at, hmacs[i]);
		return is_replay_id(&at, now) && is_clear(at);
	}
	return false;
}

/* With a wrapped key behind it or without. */
static bool
is_sealed(struct cursor c, int64_t now, bool wrapped)
{
	size_t all = cur_left(&c), least = REPLAY + TAG + CLEAR;

	if (!is_replay_id(&c, now))
		return false;
	if (!wrapped)
		return all == least;
	if (all < least + WRAPPED_KEY)
		return false;
	cur_skip(&c, cur_left(&c) - 2);
	size_t key = cur_u16(&c);
	return key >= WRAPPED_KEY && key <= all - least;
}

enum decoded
openvpn_decode(struct cursor c, const struct context *ctx)
{
	uint8_t first = cur_u8(&c);
	int64_t now = ctx->seen.time;

	if (first != CLIENT_V2 && first != CLIENT_V3)
		return DECODED_NOT_MINE;
	cur_skip(&c, SESSION);
	if (first == CLIENT_V2
	        ? !is_clear(c) && !is_authenticated(c, now) && !is_sealed(c, now, false)
	        : !is_sealed(c, now, true))
		return DECODED_NOT_MINE;
	say_peer(ctx, FACT_HIDDEN_OPENVPN);
	return DECODED;
}

/* Behind its length; the client waits for an answer before it sends more. */
enum decoded
openvpn_tcp_decode(struct cursor c, const struct context *ctx)
{
	size_t length = cur_u16(&c);

	return length == cur_left(&c) ? openvpn_decode(c, ctx) : DECODED_NOT_MINE;
}
