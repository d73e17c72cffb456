/* SPDX-License-Identifier: ISC */
#ifndef BASE_ADDR_H
#define BASE_ADDR_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/cursor.h"
#include "base/text.h"

/*
 * ADDR_BLE is a random address of Bluetooth LE: of the length of a MAC address and
 * printed like one, but of nobody's registry, whatever its bits. (A public Bluetooth
 * address is a MAC address.)
 */
enum addr_kind { ADDR_NONE, ADDR_MAC, ADDR_IP4, ADDR_IP6, ADDR_BLE };

/* A link-layer or network address, a value. Bytes past its length are zero. */
struct addr {
	uint8_t kind; /* enum addr_kind */
	uint8_t b[16];
};

enum { ADDR_TEXT = 48 }; /* room for any of them printed, with its NUL */

static inline size_t
addr_len(enum addr_kind kind)
{
	static const uint8_t length[] = {
		[ADDR_MAC] = 6,
		[ADDR_IP4] = 4,
		[ADDR_IP6] = 16,
		[ADDR_BLE] = 6,
	};

	return length[kind];
}

/* Of the link layer, as against an IP address. */
static inline bool
addr_is_link(struct addr a)
{
	return a.kind == ADDR_MAC || a.kind == ADDR_BLE;
}

/* Reads one off the wire; ADDR_NONE when the cursor runs out. */
static inline struct addr
addr_read(struct cursor *c, enum addr_kind kind)
{
	struct addr a = { .kind = (uint8_t)kind };
	struct cursor b = cur_take(c, addr_len(kind));

	if (!cur_ok(&b))
		return (struct addr){ 0 };
	memcpy(a.b, b.at, cur_left(&b));
	return a;
}

static inline bool
addr_equal(struct addr a, struct addr b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

static inline int
addr_order(struct addr a, struct addr b)
{
	return memcmp(&a, &b, sizeof a);
}

/* MAC as aa:bb:cc:dd:ee:ff; IPv6 as RFC 5952; "" for none. Returns buf. */
const char *addr_print(struct addr, char buf[ADDR_TEXT]);
/* A MAC (colons, dashes, Cisco dots or bare hex), an IPv4 or an IPv6 address. */
bool addr_parse(struct text, struct addr *);

/* Group bit, 224/4, ff00::/8; all ones too; 240/4 is reserved and used by some. */
static inline bool
addr_is_multicast(struct addr a)
{
	if (a.kind == ADDR_MAC)
		return (a.b[0] & 1) != 0;
	if (a.kind == ADDR_IP4)
		return (a.b[0] & 0xf0) == 224 ||
		    (a.b[0] & a.b[1] & a.b[2] & a.b[3]) == 255;
	return a.kind == ADDR_IP6 && a.b[0] == 0xff;
}

/* All zero. */
static inline bool
addr_is_unspecified(struct addr a)
{
	uint64_t high, low;

	memcpy(&high, a.b, sizeof high);
	memcpy(&low, a.b + 8, sizeof low);
	return (high | low) == 0;
}

bool addr_is_local_admin(struct addr); /* MAC with the U/L bit: not yet "randomised" */
bool addr_is_private(struct addr);     /* RFC 1918, 6598, 4193, link-local, loopback */
bool addr_is_link_local(struct addr);  /* 169.254/16, fe80::/10 */
/* The MAC inside an EUI-64 interface identifier (RFC 4291 appendix A). */
bool addr_eui64(struct addr ip6, struct addr *mac);

/* A range of addresses: network and prefix length. */
struct prefix {
	struct addr net;
	uint8_t bits;
};

/* "10.1.0.0/16", or an address alone; host bits must be zero. */
bool prefix_parse(struct text, struct prefix *);
bool prefix_has(const struct prefix *, struct addr);

#endif
