/* SPDX-License-Identifier: ISC */
/* IPv6 neighbour discovery. RFC 4861 section 4; duplicate detection RFC 4862. */
#include "decode/decode.h"
#include "decode/line.h"

enum {
	ROUTER_SOLICITATION = 133,
	ROUTER_ADVERTISEMENT,
	NEIGHBOUR_SOLICITATION,
	NEIGHBOUR_ADVERTISEMENT
};

enum { OPT_SOURCE = 1, OPT_TARGET = 2, HOP_LIMIT = 255 };

enum { FLAG_ROUTER = 0x80 };

/* The link-layer address in an option; ADDR_NONE when there is none. */
static struct addr
link_address(struct cursor *c, uint8_t wanted)
{
	struct addr found = { 0 };

	while (cur_left(c) > 0) {
		uint8_t type = cur_u8(c);
		size_t len = (size_t)cur_u8(c) * 8;
		if (len == 0) { /* RFC 4861 4.6: such a message is discarded */
			cur_skip(c, SIZE_MAX);
			break;
		}
		struct cursor value = cur_take(c, len - 2);
		if (type == wanted && len == 8 && found.kind == ADDR_NONE)
			found = addr_read(&value, ADDR_MAC);
	}
	return found;
}

static void
bind(const struct context *ctx, struct addr mac, struct addr ip)
{
	char buf[ADDR_TEXT];

	if (mac.kind != ADDR_MAC || ip.kind != ADDR_IP6)
		return;
	if (addr_is_multicast(mac) || addr_is_unspecified(mac))
		return;
	if (addr_is_multicast(ip) || addr_is_unspecified(ip))
		return;
	say(ctx, FACT_ND_ADDRESS, mac, text_of(addr_print(ip, buf)));
}

/*
 * What a router advertises of itself: hop limit, flags and how many seconds it is a
 * default router, such as `ra 64 mo 1800`. Flags of RFC 5175, the P of RFC 9762:
 * managed addresses, other configuration, home agent, prefix delegation preferred.
 */
static void
say_router(const struct context *ctx, struct addr mac, uint8_t hops, uint8_t flags,
    uint16_t lifetime)
{
	static const struct {
		uint8_t bit;
		char letter;
	} letters[] = { { 0x80, 'm' }, { 0x40, 'o' }, { 0x20, 'h' }, { 0x04, 'p' } };
	char buf[32];
	struct line l = line_over(buf, sizeof buf);

	line_word(&l, "ra ");
	line_number(&l, hops);
	line_char(&l, ' ');
	size_t before = l.len;
	for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
		if (flags & letters[i].bit)
			line_char(&l, letters[i].letter);
	if (l.len == before)
		line_char(&l, '-');
	line_char(&l, ' ');
	line_number(&l, lifetime);
	say(ctx, FACT_ND_ROUTER, mac, line_text(&l));
}

enum decoded
nd_decode(struct cursor c, const struct context *ctx)
{
	const struct sighting *seen = &ctx->seen;
	uint8_t type = cur_u8(&c), code = cur_u8(&c);
	bool neighbour = type == NEIGHBOUR_SOLICITATION ||
	    type == NEIGHBOUR_ADVERTISEMENT;
	struct addr target = { 0 };
	uint8_t hops = 0;
	uint16_t lifetime = 0;

	if (type < ROUTER_SOLICITATION || type > NEIGHBOUR_ADVERTISEMENT)
		return DECODED_NOT_MINE;
	/* RFC 4861 6.1, 7.1: from any other hop it came through a router. */
	if (code != 0 || seen->ttl != HOP_LIMIT)
		return DECODED_BAD;
	cur_skip(&c, 2); /* checksum */
	if (type == ROUTER_ADVERTISEMENT)
		hops = cur_u8(&c);
	uint8_t flags = cur_u8(&c);
	if (type == ROUTER_ADVERTISEMENT) {
		lifetime = cur_u16(&c);
		cur_skip(&c, 4 + 4); /* reachable time, retransmission timer */
	} else
		cur_skip(&c, 3); /* reserved */
	if (neighbour)
		target = addr_read(&c, ADDR_IP6);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (neighbour && addr_is_multicast(target))
		return DECODED_BAD;

	uint8_t option = type == NEIGHBOUR_ADVERTISEMENT ? OPT_TARGET : OPT_SOURCE;
	struct addr mac = link_address(&c, option);
	if (!cur_ok(&c))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	if (type == NEIGHBOUR_ADVERTISEMENT)
		bind(ctx, mac, target);
	else if (type == NEIGHBOUR_SOLICITATION && addr_is_unspecified(seen->src_ip))
		bind(ctx, seen->src_mac, target); /* RFC 4862 5.4: its own, tentative */
	else
		bind(ctx, mac, seen->src_ip);
	if (type == ROUTER_ADVERTISEMENT)
		say_router(ctx, seen->src_mac, hops, flags, lifetime);
	else if (type == NEIGHBOUR_ADVERTISEMENT && (flags & FLAG_ROUTER))
		say(ctx, FACT_ND_ROUTER, seen->src_mac, text_of("na"));
	return DECODED;
}
