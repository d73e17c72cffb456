/* SPDX-License-Identifier: ISC */
/*
 * From the link to the innermost IP packet. Ethernet II, 802.1Q and 802.1ad,
 * 802.2 SNAP (RFC 1042), MPLS (RFC 3032), PPPoE (RFC 2516); link headers by
 * tcpdump.org/linktypes.html; IPv4 (RFC 791), IPv6 (RFC 8200).
 */
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "decode/cache.h"
#include "decode/epdg.h"
#include "decode/walk.h"
#include "decode/wifi_clients.h"

enum ethertype {
	ETHERTYPE_IP4 = 0x0800,
	ETHERTYPE_ARP = 0x0806,
	ETHERTYPE_TRANSPARENT_BRIDGING = 0x6558,
	ETHERTYPE_VLAN = 0x8100,
	ETHERTYPE_IP6 = 0x86dd,
	ETHERTYPE_MPLS = 0x8847,
	ETHERTYPE_MPLS_MULTICAST = 0x8848,
	ETHERTYPE_PPPOE_SESSION = 0x8864,
	ETHERTYPE_PROVIDER_VLAN = 0x88a8,
	ETHERTYPE_OLD_VLAN = 0x9100,
	LENGTH_MAX = 0x05dc
};

enum {
	PROTO_HOP_BY_HOP = 0,
	PROTO_ROUTING = 43,
	PROTO_FRAGMENT = 44,
	PROTO_AUTH = 51,
	PROTO_NO_NEXT = 59,
	PROTO_DESTINATION = 60,
	PROTO_MOBILITY = 135
};

enum decoded
walk_offer(struct walk *w, enum carrier on, uint32_t key, struct cursor bytes)
{
	const struct row_list *rows = &w->d->rows[on];

	if (!w->expected && w->ctx.out->expect != NULL) {
		w->ctx.out->expect(w->ctx.out->state, &w->ctx.seen);
		w->expected = true;
	}
	for (size_t i = 0; i < rows->n; i++) {
		const struct decoder *row = rows->list[i];
		if (row->key != key && row->key != 0)
			continue;
		w->ctx.decoder = (uint16_t)(row - w->d->first_row);
		enum decoded done = row->decode(bytes, &w->ctx);
		w->d->counts.bad += done == DECODED_BAD;
		w->d->counts.shorted += done == DECODED_SHORT;
		if (done != DECODED_NOT_MINE)
			return done;
	}
	return DECODED_NOT_MINE;
}

bool
walk_enter(struct walk *w)
{
	struct sighting *s = &w->ctx.seen;

	if (++w->tunnels > TUNNELS_MAX)
		return false;
	w->d->counts.tunnelled += w->tunnels == 1;
	s->src_mac = s->dst_mac = s->src_ip = s->dst_ip = (struct addr){ 0 };
	s->vlan = s->src_port = s->dst_port = 0;
	s->proto = s->ttl = 0;
	w->who = 0;
	w->expected = false;
	return true;
}

static void
mpls(struct walk *w, struct cursor c)
{
	for (unsigned labels = 0; labels < 16 && cur_left(&c) >= 4; labels++) {
		if ((cur_u32(&c) & 0x100) == 0) /* not yet the bottom of the stack */
			continue;
		uint8_t nibble = cur_peek(&c, 0) >> 4;
		if (nibble == 4 || nibble == 6) {
			walk_ip(w, c);
		} else if (nibble == 0 && walk_enter(w)) {
			cur_skip(&c, 4); /* control word of a pseudowire, RFC 4448 */
			walk_ethernet(w, c);
		}
		return;
	}
}

static void
pppoe(struct walk *w, struct cursor c)
{
	cur_skip(&c, 4); /* version and type, code, session */
	walk_ppp(w, cur_block16(&c));
}

/* RFC 1661 section 2, RFC 1662 section 3: both of its first fields may be short. */
void
walk_ppp(struct walk *w, struct cursor c)
{
	if (cur_peek(&c, 0) == 0xff && cur_peek(&c, 1) == 0x03)
		cur_skip(&c, 2);
	uint16_t protocol = cur_u8(&c);
	if ((protocol & 1) == 0)
		protocol = (uint16_t)(protocol << 8 | cur_u8(&c));
	if (protocol == 0x0021 || protocol == 0x0057)
		walk_ip(w, c);
}

/* IEEE 802.2 SNAP: an ethertype behind OUI 0 (RFC 1042), else a maker's protocol. */
void
walk_snap(struct walk *w, struct cursor c)
{
	if (cur_u16(&c) != 0xaaaa || cur_u8(&c) != 0x03)
		return;
	uint32_t oui = cur_u24(&c);
	uint16_t protocol = cur_u16(&c);
	if (oui == 0)
		walk_ethertype(w, protocol, c);
	else if (oui <= UINT16_MAX && cur_ok(&c))
		(void)walk_offer(w, ON_SNAP, oui << 16 | protocol, c);
}

/* IEEE 802.3: the length in the place of a type tells the padding. */
static void
snap_of_length(struct walk *w, size_t length, struct cursor c)
{
	walk_snap(w, length < cur_left(&c) ? cur_take(&c, length) : c);
}

void
walk_ethertype(struct walk *w, uint16_t type, struct cursor c)
{
	for (unsigned tags = 0; tags < 4; tags++) {
		if (type != ETHERTYPE_VLAN && type != ETHERTYPE_PROVIDER_VLAN &&
		    type != ETHERTYPE_OLD_VLAN)
			break;
		w->ctx.seen.vlan = cur_u16(&c) & 0x0fff;
		type = cur_u16(&c);
	}
	switch (type) {
	case ETHERTYPE_IP4:
	case ETHERTYPE_IP6:
		walk_ip(w, c);
		return;
	case ETHERTYPE_MPLS:
	case ETHERTYPE_MPLS_MULTICAST:
		mpls(w, c);
		return;
	case ETHERTYPE_PPPOE_SESSION:
		pppoe(w, c);
		return;
	case ETHERTYPE_TRANSPARENT_BRIDGING:
		if (walk_enter(w))
			walk_ethernet(w, c);
		return;
	}
	if (type <= LENGTH_MAX)
		snap_of_length(w, type, c);
	else
		(void)walk_offer(w, ON_ETHER, type, c);
}

void
walk_ethernet(struct walk *w, struct cursor c)
{
	w->ctx.seen.dst_mac = addr_read(&c, ADDR_MAC);
	w->ctx.seen.src_mac = addr_read(&c, ADDR_MAC);
	uint16_t type = cur_u16(&c);

	if (cur_ok(&c))
		walk_ethertype(w, type, c);
}

static void
ip4(struct walk *w, struct cursor c)
{
	struct sighting *s = &w->ctx.seen;
	struct cursor whole = c;
	size_t header = (cur_u8(&c) & 0x0fu) * 4u;

	cur_skip(&c, 1);
	size_t total = cur_u16(&c);
	uint16_t id = cur_u16(&c), flags = cur_u16(&c);
	s->ttl = cur_u8(&c);
	uint8_t proto = cur_u8(&c);
	cur_skip(&c, 2);
	s->src_ip = addr_read(&c, ADDR_IP4);
	s->dst_ip = addr_read(&c, ADDR_IP4);
	/* Total length 0 is TCP segmentation offload: all that was captured. */
	if (total >= header && total < cur_left(&whole))
		whole.end = whole.at + total;
	w->ctx.cut = w->ctx.cut && total > cur_left(&whole);
	w->ctx.ip = whole;
	cur_skip(&whole, header);
	if (!cur_ok(&c) || !cur_ok(&whole) || header < 20)
		return;
	s->proto = proto;
	if ((flags & 0x3fff) != 0)
		whole = fragments_add(w, id, proto, (flags & 0x1fffu) * 8u,
		    (flags & 0x2000) != 0, whole);
	if (cur_left(&whole) > 0)
		walk_transport(w, proto, whole);
}

static void
ip6(struct walk *w, struct cursor c)
{
	struct sighting *s = &w->ctx.seen;

	w->ctx.ip = c;
	cur_skip(&c, 4);
	size_t payload = cur_u16(&c);
	uint8_t next = cur_u8(&c);
	s->ttl = cur_u8(&c);
	s->src_ip = addr_read(&c, ADDR_IP6);
	s->dst_ip = addr_read(&c, ADDR_IP6);
	if (payload > 0 && payload < cur_left(&c)) { /* 0: a jumbogram or offload */
		c.end = c.at + payload;
		w->ctx.ip.end = c.end;
	}
	w->ctx.cut = w->ctx.cut && payload > cur_left(&c);
	for (unsigned headers = 0; headers < 12 && cur_ok(&c); headers++) {
		uint8_t kind = next;
		if (kind == PROTO_FRAGMENT) {
			next = cur_u8(&c);
			cur_skip(&c, 1);
			uint16_t offset = cur_u16(&c);
			uint32_t id = cur_u32(&c);
			if (cur_ok(&c) && (offset & 0xfff9) != 0)
				c = fragments_add(w, id, next, offset & 0xfff8u,
				    (offset & 1) != 0, c);
		} else if (kind == PROTO_HOP_BY_HOP || kind == PROTO_ROUTING ||
		    kind == PROTO_DESTINATION || kind == PROTO_MOBILITY) {
			next = cur_u8(&c);
			size_t eights = cur_u8(&c);
			cur_skip(&c, eights * 8 + 6);
		} else if (kind == PROTO_AUTH) {
			next = cur_u8(&c);
			size_t fours = cur_u8(&c);
			cur_skip(&c, fours * 4 + 6);
		} else {
			s->proto = kind;
			if (cur_left(&c) > 0 && kind != PROTO_NO_NEXT)
				walk_transport(w, kind, c);
			return;
		}
	}
}

void
walk_ip(struct walk *w, struct cursor c)
{
	uint8_t version = cur_peek(&c, 0) >> 4;

	if (version == 4)
		ip4(w, c);
	else if (version == 6)
		ip6(w, c);
}

/* What is below ethertypes here is no length: 4 is 802.2, the rest is not Ethernet. */
static void
walk_cooked(struct walk *w, uint16_t protocol, struct cursor c)
{
	if (protocol == 4)
		walk_snap(w, c);
	else if (protocol > LENGTH_MAX)
		walk_ethertype(w, protocol, c);
}

/* "Linux cooked" headers: an address of the sender alone, when it is Ethernet's. */
static void
cooked(struct walk *w, struct cursor c)
{
	cur_skip(&c, 2); /* packet type */
	uint16_t hardware = cur_u16(&c), length = cur_u16(&c);
	struct cursor address = cur_take(&c, 8);
	uint16_t protocol = cur_u16(&c);

	if (length == 6 && hardware != 772) /* ARPHRD_LOOPBACK */
		w->ctx.seen.src_mac = addr_read(&address, ADDR_MAC);
	walk_cooked(w, protocol, c);
}

static void
cooked2(struct walk *w, struct cursor c)
{
	uint16_t protocol = cur_u16(&c);

	cur_skip(&c, 2 + 4); /* reserved, interface index */
	uint16_t hardware = cur_u16(&c);
	cur_skip(&c, 1); /* packet type */
	uint8_t length = cur_u8(&c);
	struct cursor address = cur_take(&c, 8);
	if (length == 6 && hardware != 772)
		w->ctx.seen.src_mac = addr_read(&address, ADDR_MAC);
	walk_cooked(w, protocol, c);
}

/* The address family in the byte order of the machine that captured. */
static void
loopback(struct walk *w, struct cursor c)
{
	cur_skip(&c, 4);
	walk_ip(w, c);
}

static void
walk_link(struct walk *w, uint32_t link, struct cursor c)
{
	switch (link) {
	case LINK_ETHERNET:
		walk_ethernet(w, c);
		return;
	case LINK_LINUX_SLL:
		cooked(w, c);
		return;
	case LINK_LINUX_SLL2:
		cooked2(w, c);
		return;
	case LINK_NULL:
	case LINK_LOOP:
		loopback(w, c);
		return;
	case LINK_RAW:
	case LINK_RAW_BSD:
	case LINK_RAW_OPENBSD:
	case LINK_IPV4:
	case LINK_IPV6:
		walk_ip(w, c);
		return;
	case LINK_PPP:
	case LINK_PPP_HDLC:
		walk_ppp(w, c);
		return;
	case LINK_IEEE802_11:
	case LINK_IEEE802_11_PRISM:
	case LINK_IEEE802_11_RADIOTAP:
	case LINK_IEEE802_11_AVS:
	case LINK_PPI:
		walk_wifi(w, link, c);
		return;
	case LINK_BLUETOOTH_HCI_H4:
	case LINK_BLUETOOTH_HCI_H4_WITH_PHDR:
	case LINK_BLUETOOTH_LE_LL:
	case LINK_BLUETOOTH_LINUX_MONITOR:
	case LINK_BLUETOOTH_LE_LL_WITH_PHDR:
	case LINK_NORDIC_BLE:
		w->d->counts.bluetooth += !walk_bluetooth(w, link, c);
		return;
	default:
		w->d->counts.link_unknown++;
	}
}

void
decode_frame(struct decode *d, const struct frame *f, const struct fact_sink *out,
    const struct presence_sink *was)
{
	struct walk w = { .d = d, .frame = f };

	w.ctx.seen.time = f->time;
	w.ctx.seen.frame = f->number;
	w.ctx.seen.capture = f->capture;
	w.ctx.cut = f->length > cur_left(&f->bytes);
	w.ctx.cache = d->cache;
	w.ctx.rest = &w.rest;
	w.ctx.clients = d->clients;
	w.ctx.epdgs = d->epdgs;
	w.ctx.out = out;
	w.ctx.wanted = d->wanted;
	d->counts.frames++;
	walk_link(&w, f->link, f->bytes);
	if (w.who == 0)
		w.who = presences_expect(d->presences, &w.ctx.seen);
	presences_touch(d->presences, &w.ctx.seen, w.who, &d->counts.addresses_evicted,
	    was);
}

void
decode_finish(struct decode *d, const struct presence_sink *was)
{
	presences_finish(d->presences, was);
}

struct decode_counts
decode_counts(const struct decode *d)
{
	struct decode_counts counts = d->counts;

	counts.clients_evicted = wifi_clients_evicted(d->clients);
	return counts;
}

/* Capacities: what a network of a million addresses needs. */
enum { ADDRESSES = 1 << 22, FLOWS = 1 << 16, BUFFERS = 1024, FRAGMENTS = 64 };
enum { QUICS = 1 << 14, QUIC_BUFFERS = 256, DTLS_HELLOS = 64 };

static void
mark_port(uint8_t *set, uint32_t port)
{
	set[port / 8] |= (uint8_t)(1u << port % 8);
}

/* The rows by carrier, and a bit for each port that anybody listens to. */
static void
index_rows(struct decode *d)
{
	static const uint16_t tunnels[] = TUNNEL_PORTS;
	size_t n;

	d->first_row = decoders(&n);
	for (size_t i = 0; i < n; i++) {
		const struct decoder *row = &d->first_row[i];
		struct row_list *to = &d->rows[row->on];
		if (to->n == ROWS_MAX)
			FAULT("more decoders of one carrier than ROWS_MAX");
		to->list[to->n++] = row;
		if (row->on == ON_UDP && row->key != 0)
			mark_port(d->udp_ports, row->key & UINT16_MAX);
		if (row->on == ON_STREAM && row->key != 0)
			mark_port(d->stream_ports, row->key & UINT16_MAX);
	}
	for (size_t i = 0; i < sizeof tunnels / sizeof tunnels[0]; i++)
		mark_port(d->udp_ports, tunnels[i]);
}

/* No more buffers than connections; 0 connections are the default number of them. */
static size_t
at_most(size_t flows, size_t buffers)
{
	return flows > 0 && flows < buffers ? flows : buffers;
}

struct decode *
decode_new(const struct decode_options *o)
{
	static const struct decode_options defaults;
	struct decode *d = must_alloc(1, sizeof *d);

	if (o == NULL)
		o = &defaults;
	d->fragments = fragments_new(
	    o->max_fragments > 0 ? o->max_fragments : FRAGMENTS);
	d->streams = streams_new(o->max_flows > 0 ? o->max_flows : FLOWS,
	    at_most(o->max_flows, BUFFERS));
	d->quics = quics_new(o->max_flows > 0 ? o->max_flows : QUICS,
	    at_most(o->max_flows, QUIC_BUFFERS));
	d->dtls_hellos = dtls_hellos_new(at_most(o->max_flows, DTLS_HELLOS));
	d->presences = presences_new(
	    o->max_addresses > 0 ? o->max_addresses : ADDRESSES);
	d->cache = decode_cache_new();
	d->clients = wifi_clients_new(o->max_flows);
	d->epdgs = epdgs_new();
	d->wanted = fact_set_is_empty(&o->wanted) ? FACT_SET_ALL : o->wanted;
	index_rows(d);
	static const struct servers none;
	d->servers = o->servers != NULL ? o->servers : &none;
	servers_mark(d->servers, d->udp_servers);
	return d;
}

void
decode_free(struct decode *d)
{
	if (d == NULL)
		return;
	fragments_free(d->fragments);
	streams_free(d->streams);
	quics_free(d->quics);
	dtls_hellos_free(d->dtls_hellos);
	presences_free(d->presences);
	decode_cache_free(d->cache);
	wifi_clients_free(d->clients);
	epdgs_free(d->epdgs);
	free(d);
}
