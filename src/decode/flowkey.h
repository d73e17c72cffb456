/* SPDX-License-Identifier: ISC */
#ifndef DECODE_FLOWKEY_H
#define DECODE_FLOWKEY_H

#include <string.h>

#include "base/hash.h"
#include "fact/fact.h"

/* Never 0. One direction of one connection; of the other with `back`. */
static inline uint64_t
flow_key(uint64_t seed, const struct sighting *seen, bool back)
{
	const struct addr *from = back ? &seen->dst_ip : &seen->src_ip;
	const struct addr *to = back ? &seen->src_ip : &seen->dst_ip;
	uint64_t from_port = back ? seen->dst_port : seen->src_port;
	uint64_t to_port = back ? seen->src_port : seen->dst_port;
	uint64_t a, b, c, d;

	memcpy(&a, from->b, 8);
	memcpy(&b, from->b + 8, 8);
	memcpy(&c, to->b, 8);
	memcpy(&d, to->b + 8, 8);
	a = hash_mix(a ^ seed, b ^ from_port);
	c = hash_mix(c ^ a, d ^ to_port << 16);
	return (c ^ seen->vlan) | 1;
}

#endif
