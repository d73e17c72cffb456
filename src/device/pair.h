/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_PAIR_H
#define DEVICE_PAIR_H

#include "base/hash.h"
#include "device/register.h"

/* How the register finds what it knows: addresses and values as it looks them up. */
struct pair {
	struct addr mac, ip; /* either may be none */
};

static inline uint64_t
pair_hash(const struct register_ *r, const struct addr *mac, const struct addr *ip)
{
	return hash_bytes(ip, sizeof *ip, hash_bytes(mac, sizeof *mac, r->seed));
}

static inline uint64_t
value_hash(const struct register_ *r, enum fact_key key, struct text t)
{
	return hash_bytes(t.s, t.len, r->seed ^ key);
}

/*
 * Of an address that is nobody's: broadcast, multicast, unspecified; loopback where
 * there are link-layer addresses (on a loopback link it is the machine itself).
 */
static inline struct addr
somebody(struct addr a, bool on_a_link)
{
	bool loopback = (a.kind == ADDR_IP4 && a.b[0] == 127) ||
	    (a.kind == ADDR_IP6 && a.b[15] == 1 &&
	        memcmp(a.b, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15) == 0);

	if (addr_is_multicast(a) || addr_is_unspecified(a) || (loopback && on_a_link))
		return (struct addr){ .kind = ADDR_NONE };
	return a;
}

static inline struct pair
pair_of(struct addr mac, struct addr ip)
{
	mac = somebody(mac, true);
	return (struct pair){ mac, somebody(ip, mac.kind != ADDR_NONE) };
}

/*
 * Of whom a fact speaks: beside an IP address the MAC of the side that has it. Tells
 * whether the subject sent the frame.
 */
static inline struct pair
pair_of_fact(const struct fact *f, bool *source)
{
	const struct sighting *s = f->seen;
	struct pair who = { f->subject, f->subject };

	if (addr_is_link(f->subject)) {
		*source = addr_equal(f->subject, s->src_mac);
		who.ip = (struct addr){ .kind = ADDR_NONE };
		return who;
	}
	*source = addr_equal(f->subject, s->src_ip);
	if (*source)
		who.mac = s->src_mac;
	else if (addr_equal(f->subject, s->dst_ip))
		who.mac = s->dst_mac;
	else
		who.mac = (struct addr){ .kind = ADDR_NONE };
	return who;
}

#endif
