/* SPDX-License-Identifier: ISC */
/*
 * Tunnels in which mirrored traffic arrives: GRE (RFC 2784, 2890, 2637), ERSPAN
 * (draft-foschiano-erspan), IP in IP (RFC 2003, 2473), EtherIP (RFC 3378), VXLAN
 * (RFC 7348), GENEVE (RFC 8926), GTP-U (3GPP TS 29.281), CAPWAP data (RFC 5415),
 * L2TP (RFC 2661), TZSP. The device is the inner one.
 */
#include "decode/walk.h"

enum {
	IP_IN_IP = 4,
	IP6_IN_IP = 41,
	GRE = 47,
	ETHERIP = 97,
	CAPWAP_PIECES = 255, /* reserved: no fragments of IP have this protocol */
	PORT_L2TP = 1701,
	PORT_GTP_U = 2152,
	PORT_VXLAN = 4789,
	PORT_CAPWAP_DATA = 5247,
	PORT_GENEVE = 6081,
	PORT_VXLAN_LINUX = 8472,
	PORT_TZSP = 37008
};

static bool
inner_ethernet(struct walk *w, struct cursor c)
{
	if (walk_enter(w))
		walk_ethernet(w, c);
	return true;
}

static bool
inner_ip(struct walk *w, struct cursor c)
{
	uint8_t version = cur_peek(&c, 0) >> 4;

	if (version != 4 && version != 6)
		return false;
	if (walk_enter(w))
		walk_ip(w, c);
	return true;
}

/* What an ethertype says is inside, for GRE and GENEVE. */
static bool
inner_type(struct walk *w, uint16_t type, struct cursor c)
{
	if (type == 0x6558)
		return inner_ethernet(w, c);
	if (type == 0x0800 || type == 0x86dd)
		return inner_ip(w, c);
	if (!walk_enter(w))
		return true;
	walk_ethertype(w, type, c);
	return true;
}

static bool
gre(struct walk *w, struct cursor c)
{
	uint16_t flags = cur_u16(&c), type = cur_u16(&c);
	bool sequence = flags & 0x1000;

	if ((flags & 0x0007) == 1) { /* PPTP: key always, then PPP */
		cur_skip(&c, 4 + (sequence ? 4u : 0) + (flags & 0x0080 ? 4u : 0));
		if (walk_enter(w))
			walk_ppp(w, c);
		return true;
	}
	if (flags & 0x8000)
		cur_skip(&c, 4); /* checksum, offset */
	if (flags & 0x2000)
		cur_skip(&c, 4); /* key */
	if (sequence)
		cur_skip(&c, 4);
	if (type == 0x88be) { /* type I has no sequence number and no header */
		cur_skip(&c, sequence ? 8 : 0);
		return inner_ethernet(w, c);
	}
	if (type == 0x22eb) { /* type III */
		uint8_t last = cur_peek(&c, 11);
		unsigned frame = (cur_peek(&c, 10) & 0x7cu) >> 2; /* 2 is IP */
		cur_skip(&c, 12 + (last & 1 ? 8u : 0)); /* platform subheader */
		return frame == 2 ? inner_ip(w, c) : inner_ethernet(w, c);
	}
	return cur_ok(&c) && inner_type(w, type, c);
}

bool
walk_ip_tunnel(struct walk *w, uint8_t proto, struct cursor c)
{
	switch (proto) {
	case IP_IN_IP:
	case IP6_IN_IP:
		return inner_ip(w, c);
	case GRE:
		return gre(w, c);
	case ETHERIP:
		cur_skip(&c, 2);
		return inner_ethernet(w, c);
	}
	return false;
}

/*
 * RFC 7348 section 5: what is reserved is ignored on receipt; switches that enforce
 * policies put the sender's group there (draft-smith-vxlan-group-policy). Linux's own
 * port before that of IANA has other uses, and there all must be as it was.
 */
static bool
vxlan(struct walk *w, struct cursor c, bool strict)
{
	uint8_t flags = cur_u8(&c);
	uint32_t reserved = cur_u24(&c);

	if ((flags & 0x08) == 0 || (strict && (flags != 0x08 || reserved != 0)))
		return false;
	cur_skip(&c, 4); /* network identifier, reserved */
	return cur_left(&c) >= 14 && inner_ethernet(w, c);
}

static bool
geneve(struct walk *w, struct cursor c)
{
	uint8_t first = cur_u8(&c);

	if (first >> 6 != 0 || (cur_u8(&c) & 0x3f) != 0)
		return false;
	uint16_t type = cur_u16(&c);
	cur_skip(&c, 4 + (first & 0x3fu) * 4u);
	return cur_left(&c) > 0 && inner_type(w, type, c);
}

static bool
gtp_u(struct walk *w, struct cursor c)
{
	uint8_t flags = cur_u8(&c);

	if (flags >> 4 != 3 || cur_u8(&c) != 0xff) /* version 1, G-PDU */
		return false;
	cur_skip(&c, 2 + 4); /* length, tunnel endpoint */
	if (flags & 0x07) {
		cur_skip(&c, 3); /* sequence, N-PDU number */
		uint8_t next = cur_u8(&c);
		if ((flags & 0x04) == 0) /* section 5.1: then it says nothing */
			next = 0;
		for (unsigned n = 0; next != 0 && n < 16 && cur_left(&c) > 0; n++) {
			size_t fours = cur_u8(&c);
			if (fours == 0)
				return false;
			cur_skip(&c, fours * 4 - 2);
			next = cur_u8(&c);
		}
	}
	return cur_left(&c) > 0 && inner_ip(w, c);
}

static bool
capwap(struct walk *w, struct cursor c)
{
	if (cur_u8(&c) != 0) /* version 0, and no DTLS around it */
		return false;
	uint32_t bits = cur_u24(&c);
	size_t header = (bits >> 19) * 4;
	bool native = bits & 0x100, fragment = bits & 0x80, last = bits & 0x40;
	bool keep_alive = bits & 0x08;
	uint16_t id = cur_u16(&c), offset = cur_u16(&c);

	if (header < 8 || keep_alive)
		return header >= 8;
	cur_skip(&c, header - 8);
	if (fragment && cur_ok(&c)) /* section 3.4 */
		c = fragments_add(w, id, CAPWAP_PIECES, offset & 0xfff8, !last, c);
	if (cur_left(&c) == 0 || !walk_enter(w))
		return true;
	if (native)
		walk_wifi_data(w, c);
	else
		walk_ethernet(w, c);
	return true;
}

/* Section 3.1: what is there of a data message's header its first bits say. */
static bool
l2tp(struct walk *w, struct cursor c)
{
	uint16_t bits = cur_u16(&c);

	if ((bits & 0x800f) != 2) /* control, or another version */
		return false;
	if (bits & 0x4000)
		cur_skip(&c, 2); /* length */
	cur_skip(&c, 2 + 2);     /* tunnel, session */
	if (bits & 0x0800)
		cur_skip(&c, 2 + 2); /* sequence numbers */
	if (bits & 0x0200)
		cur_skip(&c, cur_u16(&c)); /* offset */
	if (cur_left(&c) == 0 || !walk_enter(w))
		return true;
	walk_ppp(w, c);
	return true;
}

static bool
tzsp(struct walk *w, struct cursor c)
{
	uint8_t version = cur_u8(&c), type = cur_u8(&c);
	uint16_t protocol = cur_u16(&c);

	if (version != 1 || type > 1)
		return false;
	while (cur_left(&c) > 0) {
		uint8_t tag = cur_u8(&c);
		if (tag == 1) /* end */
			break;
		if (tag != 0)
			(void)cur_block8(&c);
	}
	if (protocol == 1)
		return inner_ethernet(w, c);
	if (protocol == 18 && walk_enter(w)) /* 802.11 */
		walk_wifi_data(w, c);
	return true;
}

bool
walk_udp_tunnel(struct walk *w, struct cursor c)
{
	uint16_t to = w->ctx.seen.dst_port, from = w->ctx.seen.src_port;

	switch (to) {
	case PORT_VXLAN:
	case PORT_VXLAN_LINUX:
		return vxlan(w, c, to == PORT_VXLAN_LINUX);
	case PORT_GENEVE:
		return geneve(w, c);
	case PORT_GTP_U:
		return gtp_u(w, c);
	case PORT_CAPWAP_DATA:
		return capwap(w, c);
	case PORT_TZSP:
		return tzsp(w, c);
	case PORT_L2TP:
		return l2tp(w, c);
	}
	return (from == PORT_CAPWAP_DATA && capwap(w, c)) ||
	    (from == PORT_L2TP && l2tp(w, c));
}
