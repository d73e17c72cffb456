/* SPDX-License-Identifier: ISC */
/*
 * From the innermost packet to who reads what it carries: TCP (RFC 9293), UDP
 * (RFC 768), ICMPv6, and what IP has beside them.
 */
#include "decode/quicpacket.h"
#include "decode/walk.h"

enum { PROTO_TCP = 6, PROTO_UDP = 17, PROTO_ICMP6 = 58 };

static void
say_server(void *state, enum fact_key key, struct text value)
{
	struct walk *w = state;

	w->ctx.decoder = UINT16_MAX;
	if (wants(&w->ctx, key))
		say(&w->ctx, key, w->ctx.seen.src_ip, value);
}

/* By whom a client's first packet goes to. */
static void
tell_server(struct walk *w)
{
	servers_tell(w->d->servers, &w->ctx.seen, say_server, w);
}

static void
tcp(struct walk *w, struct cursor segment)
{
	struct cursor c = segment;

	w->ctx.seen.src_port = cur_u16(&c);
	w->ctx.seen.dst_port = cur_u16(&c);
	uint8_t flags = cur_peek(&c, 9);
	if ((flags & 0x12) == 0x02)
		tell_server(w);
	if (cur_ok(&c))
		streams_segment(w, segment);
}

/* RFC 6347 section 4.1: a handshake of version 1.0 or 1.2, or of OpenSSL before. */
static bool
is_dtls_handshake(const struct cursor *c)
{
	return cur_peek(c, 0) == 22 &&
	    (cur_peek(c, 1) == 0xfe || (cur_peek(c, 1) == 1 && cur_peek(c, 2) == 0));
}

static bool
is_capital(uint8_t c)
{
	return c >= 'A' && c <= 'Z';
}

/*
 * Whether a datagram can begin what decoders know on any port: WireGuard by its type
 * and length, OpenVPN by its first byte, SIP by three letters.
 */
static bool
may_begin_anywhere(const struct cursor *c)
{
	uint8_t first = cur_peek(c, 0);

	return (first == 1 && cur_left(c) == 148) || first == 0x38 || first == 0x50 ||
	    (is_capital(first) && is_capital(cur_peek(c, 1)) &&
	        is_capital(cur_peek(c, 2)));
}

static void
udp(struct walk *w, struct cursor c)
{
	struct sighting *s = &w->ctx.seen;

	s->src_port = cur_u16(&c);
	s->dst_port = cur_u16(&c);
	size_t length = cur_u16(&c);
	cur_skip(&c, 2);
	if (!cur_ok(&c))
		return;
	if (length >= 8 && length - 8 < cur_left(&c))
		c.end = c.at + (length - 8);
	if (server_may_be(w->d->udp_servers, s->dst_ip))
		tell_server(w);
	if (quic_may_begin(&c) && quics_datagram(w, c))
		return;
	if (is_dtls_handshake(&c) && dtls_datagram(w, c))
		return;
	if (may_begin_anywhere(&c) && walk_offer(w, ON_UDP, 0, c) != DECODED_NOT_MINE)
		return;
	const uint8_t *known = w->d->udp_ports;
	if (!port_is_in(known, s->dst_port) && !port_is_in(known, s->src_port)) {
		walk_search_answer(w, c);
		return;
	}
	if (walk_udp_tunnel(w, c))
		return;
	if (walk_offer(w, ON_UDP, s->dst_port, c) == DECODED_NOT_MINE &&
	    s->src_port != s->dst_port)
		(void)walk_offer(w, ON_UDP, s->src_port, c);
}

void
walk_transport(struct walk *w, uint8_t proto, struct cursor c)
{
	/* The table is larger than any cache: fetched while the packet is read. */
	w->who = presences_expect(w->d->presences, &w->ctx.seen);
	if (proto == PROTO_TCP)
		tcp(w, c);
	else if (proto == PROTO_UDP)
		udp(w, c);
	else if (proto == PROTO_ICMP6)
		(void)walk_offer(w, ON_ICMP6, cur_peek(&c, 0), c);
	else if (!walk_ip_tunnel(w, proto, c))
		(void)walk_offer(w, ON_IP, proto, c);
}
