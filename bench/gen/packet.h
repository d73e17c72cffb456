/* SPDX-License-Identifier: ISC */
#ifndef BENCH_PACKET_H
#define BENCH_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reading and changing headers in place: frames of our own making and of captures. */
enum { FRAME_MAX = 70000, PROTO_TCP = 6, PROTO_UDP = 17, PROTO_ICMP6 = 58 };
enum { ETHER_ARP = 0x0806, ETHER_IP4 = 0x0800, ETHER_IP6 = 0x86dd };
enum { FLAG_FIN = 1, FLAG_SYN = 2, FLAG_RST = 4, FLAG_PSH = 8, FLAG_ACK = 16 };

/* Where headers begin in a frame; 0: there is none, or it is cut or a fragment. */
struct layout {
	size_t net, transport, payload;
	uint16_t ether;
	uint8_t proto;
	bool v6;
};

struct layout layout_of(const uint8_t *frame, size_t n);

static inline uint16_t
get16(const uint8_t *p)
{
	return (uint16_t)((unsigned)p[0] << 8 | p[1]);
}

static inline uint32_t
get32(const uint8_t *p)
{
	return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static inline void
set16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static inline void
set32(uint8_t *p, uint32_t v)
{
	set16(p, v >> 16);
	set16(p + 2, v & 0xffff);
}

/* Addresses of a packet: source, and destination right behind it. */
static inline size_t
net_addr_len(const struct layout *l)
{
	return l->v6 ? 16 : 4;
}

static inline size_t
net_addr_at(const struct layout *l)
{
	return l->net + (l->v6 ? 8 : 12);
}

/* The checksum of RFC 1071 over bytes, and mended for bytes that change (RFC 1624). */
uint16_t checksum(const uint8_t *, size_t n, uint32_t start);
uint16_t checksum_mend(uint16_t, const uint8_t *old, const uint8_t *new, size_t n);
/* Sets lengths and checksums of an IPv4 packet with TCP or UDP that ends at n. */
void packet_seal(uint8_t *frame, size_t n, const struct layout *);

#endif
