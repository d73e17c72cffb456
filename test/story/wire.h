/* SPDX-License-Identifier: ISC */
#ifndef STORY_WIRE_H
#define STORY_WIRE_H

#include <stdint.h>

#include "base/addr.h"
#include "base/err.h"
#include "base/writer.h"

/*
 * Frames as a mirror port would see them: Ethernet with an 802.1Q tag, IPv4 with
 * right checksums. They are kept in the order made and written in that of time.
 */
struct end {
	struct addr mac;
	uint32_t ip; /* host order, as everywhere in the story */
	uint16_t port;
	uint8_t ttl;
};

struct shot {
	int64_t at;
	size_t number; /* in the order made: two at one instant keep it */
	size_t from, len;
};

struct film {
	struct writer bytes;
	struct writer scratch;
	struct shot *shots;
	size_t n, cap;
};

enum {
	TCP_FIN = 1,
	TCP_SYN = 2,
	TCP_PSH = 8,
	TCP_ACK = 16,
	TCP_ECE = 64,
	TCP_CWR = 128
};

struct tcp_head {
	uint32_t seq, ack;
	uint16_t window;
	uint8_t flags;
	uint8_t options[40];
	uint8_t n_options; /* a multiple of four */
};

void film_new(struct film *);
void film_free(struct film *);
void film_udp(struct film *, int64_t at, uint16_t vlan, const struct end *from,
    const struct end *to, struct text payload);
void film_tcp(struct film *, int64_t at, uint16_t vlan, const struct end *from,
    const struct end *to, const struct tcp_head *, struct text payload);

/* An ARP message (RFC 826): operation 1 asks, 2 answers; ip 0 is a probe. */
void film_arp(struct film *, int64_t at, uint16_t vlan, unsigned operation,
    const struct end *sender, const struct end *target, bool broadcast);

/* The whole as pcapng, `comment` in the section header and the interface. */
void film_write(struct film *, struct writer *, const char *comment);

extern const struct addr MAC_BROADCAST;
/* 01:00:5e and the low 23 bits of the group (RFC 1112, section 6.4). */
struct addr mac_of_group(uint32_t ip);

#endif
