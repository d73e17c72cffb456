/* SPDX-License-Identifier: ISC */
/* A packet of a real capture with the addresses of another host. */
#include <string.h>

#include "gen.h"

enum { GATEWAYS = 8, DHCP_SERVER = 67, DHCP_CLIENT = 68, BOOTP_HEAD = 240 };

static void
new_mac(const struct replica *r, uint8_t *mac)
{
	static const uint8_t nobody[6] = { 0 };
	const struct station *t = source_station(r->source, mac);
	uint64_t h;

	if ((mac[0] & 1) != 0 || memcmp(mac, nobody, 6) == 0)
		return;
	/* The maker stays; many clients share a gateway. */
	if (t != NULL && t->gateway) {
		h = hash_mix(r->key % GATEWAYS, 1);
		memcpy(mac, "\0\x1b\x2b", 3);
	} else {
		h = hash_bytes(mac, 6, r->key);
	}
	mac[3] = (uint8_t)(h >> 32);
	mac[4] = (uint8_t)(h >> 40);
	mac[5] = (uint8_t)(h >> 48);
}

static void
new_addr(const struct replica *r, bool v6, uint8_t *addr)
{
	const struct host *h = source_host(r->source, v6, addr);

	if (h == NULL || !h->client)
		return;
	if (!v6) {
		set32(addr, 0x0a010000U + r->base + h->index);
		return;
	}
	uint64_t id = hash_mix(r->key, h->index);
	memcpy(addr + 8, &id, sizeof id);
}

static void
new_arp(const struct replica *r, uint8_t *f, size_t n)
{
	if (n < 42)
		return;
	new_mac(r, f + 22);
	new_addr(r, false, f + 28);
	new_mac(r, f + 32);
	new_addr(r, false, f + 38);
}

/* chaddr wherever it stands, addresses in the head and in options 50 and 54. */
static void
new_dhcp(const struct replica *r, uint8_t *dhcp, size_t n)
{
	uint8_t old[6];

	if (n < BOOTP_HEAD)
		return;
	memcpy(old, dhcp + 28, 6);
	new_mac(r, dhcp + 28);
	new_addr(r, false, dhcp + 12);
	new_addr(r, false, dhcp + 16);
	for (size_t i = BOOTP_HEAD; i + 6 <= n; i++) {
		if (memcmp(dhcp + i, old, 6) == 0)
			memcpy(dhcp + i, dhcp + 28, 6);
		else if ((dhcp[i] == 50 || dhcp[i] == 54) && dhcp[i + 1] == 4)
			new_addr(r, false, dhcp + i + 2);
	}
}

/* Where the transport checksum stands that covers the addresses; 0: nowhere. */
static size_t
sum_at(const struct layout *l, size_t n)
{
	size_t at = l->transport;

	if (at == 0)
		return 0;
	if (l->proto == PROTO_TCP)
		at += 16;
	else if (l->proto == PROTO_UDP)
		at += 6;
	else if (l->proto == PROTO_ICMP6)
		at += 2;
	else
		return 0;
	return at + 2 <= n ? at : 0;
}

static void
new_ports(const struct replica *r, uint8_t *ports)
{
	if (get16(ports) == r->old_port)
		set16(ports, r->new_port);
	else if (get16(ports + 2) == r->old_port)
		set16(ports + 2, r->new_port);
}

static void
new_packet(const struct replica *r, uint8_t *f, size_t n, const struct layout *l)
{
	size_t len = net_addr_len(l), sum = sum_at(l, n);
	uint8_t *from = f + net_addr_at(l), old[32], ports[4] = { 0 };

	memcpy(old, from, 2 * len);
	new_addr(r, l->v6, from);
	new_addr(r, l->v6, from + len);
	if (!l->v6)
		set16(f + l->net + 10,
		    checksum_mend(get16(f + l->net + 10), old, from, 2 * len));
	if (sum == 0)
		return;
	uint16_t s = get16(f + sum);
	bool none = l->proto == PROTO_UDP && s == 0;
	s = checksum_mend(s, old, from, 2 * len);
	if (r->old_port != 0 && l->proto != PROTO_ICMP6) {
		memcpy(ports, f + l->transport, 4);
		new_ports(r, f + l->transport);
		s = checksum_mend(s, ports, f + l->transport, 4);
	}
	if (!none)
		set16(f + sum, s);
}

void
replica_render(const struct replica *r, const struct packet *p, uint8_t *out)
{
	struct layout l;

	memcpy(out, p->bytes, p->len);
	l = layout_of(out, p->len);
	new_mac(r, out);
	new_mac(r, out + 6);
	if (l.ether == ETHER_ARP)
		new_arp(r, out, p->len);
	if (l.net == 0)
		return;
	new_packet(r, out, p->len, &l);
	if (l.transport == 0 || l.v6 || l.proto != PROTO_UDP)
		return;
	uint16_t port = get16(out + l.transport);
	if (port == DHCP_SERVER || port == DHCP_CLIENT) {
		new_dhcp(r, out + l.payload, p->len - l.payload);
		set16(out + l.transport + 6, 0); /* RFC 768: none */
	}
}
