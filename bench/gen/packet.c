/* SPDX-License-Identifier: ISC */
#include "packet.h"

#include <string.h>

enum { VLAN = 0x8100, QINQ = 0x88a8, HOP_BY_HOP = 0, ROUTING = 43, DESTINATION = 60 };

static void
find_payload(const uint8_t *f, size_t n, struct layout *l)
{
	size_t header = 8;

	if (l->transport + 8 > n) {
		l->transport = 0;
		return;
	}
	if (l->proto == PROTO_TCP && l->transport + 20 <= n)
		header = (size_t)(f[l->transport + 12] >> 4) * 4;
	if (l->transport + header <= n)
		l->payload = l->transport + header;
}

static void
find_transport4(const uint8_t *f, size_t n, struct layout *l)
{
	size_t header = (size_t)(f[l->net] & 15) * 4;

	l->proto = f[l->net + 9];
	if (header < 20 || (get16(f + l->net + 6) & 0x1fff) != 0)
		return;
	l->transport = l->net + header;
	find_payload(f, n, l);
}

static void
find_transport6(const uint8_t *f, size_t n, struct layout *l)
{
	size_t at = l->net + 40;
	uint8_t next = f[l->net + 6];

	while ((next == HOP_BY_HOP || next == ROUTING || next == DESTINATION) &&
	    at + 8 <= n) {
		next = f[at];
		at += ((size_t)f[at + 1] + 1) * 8;
	}
	l->proto = next;
	if (next != PROTO_TCP && next != PROTO_UDP && next != PROTO_ICMP6)
		return;
	l->transport = at;
	find_payload(f, n, l);
}

struct layout
layout_of(const uint8_t *f, size_t n)
{
	struct layout l = { 0 };
	size_t at = 12;

	if (n < 14)
		return l;
	l.ether = get16(f + at);
	for (at += 2; (l.ether == VLAN || l.ether == QINQ) && at + 4 <= n; at += 4)
		l.ether = get16(f + at + 2);
	l.v6 = l.ether == ETHER_IP6;
	if (l.ether == ETHER_IP4 && at + 20 <= n && f[at] >> 4 == 4) {
		l.net = at;
		find_transport4(f, n, &l);
	} else if (l.v6 && at + 40 <= n && f[at] >> 4 == 6) {
		l.net = at;
		find_transport6(f, n, &l);
	}
	return l;
}

static uint16_t
fold(uint32_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static uint32_t
add_up(const uint8_t *p, size_t n, uint32_t sum)
{
	for (; n >= 2; n -= 2, p += 2)
		sum += get16(p);
	return n == 1 ? sum + ((uint32_t)p[0] << 8) : sum;
}

uint16_t
checksum(const uint8_t *p, size_t n, uint32_t start)
{
	return fold(add_up(p, n, start));
}

uint16_t
checksum_mend(uint16_t sum, const uint8_t *old, const uint8_t *new, size_t n)
{
	uint32_t s = (uint16_t)~sum;

	for (size_t i = 0; i + 1 < n; i += 2)
		s += (uint32_t)(uint16_t)~get16(old + i) + get16(new + i);
	return fold(s);
}

void
packet_seal(uint8_t *f, size_t n, const struct layout *l)
{
	uint8_t *ip = f + l->net, *head = f + l->transport;
	size_t len = n - l->transport;
	uint8_t *sum = head + (l->proto == PROTO_TCP ? 16 : 6);

	set16(ip + 2, (unsigned)(n - l->net));
	memset(ip + 10, 0, 2);
	set16(ip + 10, checksum(ip, l->transport - l->net, 0));
	if (l->proto == PROTO_UDP)
		set16(head + 4, (unsigned)len);
	memset(sum, 0, 2);
	uint32_t pseudo = add_up(ip + 12, 8, l->proto + (uint32_t)len);
	set16(sum, checksum(head, len, pseudo));
}
