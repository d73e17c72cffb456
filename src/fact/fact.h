/* SPDX-License-Identifier: ISC */
#ifndef FACT_FACT_H
#define FACT_FACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/addr.h"
#include "base/cursor.h"
#include "base/text.h"
#include "base/writer.h"

/*
 * What may be said of a device. The rows are facts.tsv: the key in the
 * standard's words, the family of evidence it belongs to, and what the register
 * does with it.
 */
enum fact_key {
	FACT_NONE,
#define FACT(name, key, family, keep, about) name,
#include "facts.inc"
#undef FACT
	FACT_KEYS
};

enum fact_keep {
	KEEP_SHOW,  /* printed by `facts`; the register has no use for it */
	KEEP_MATCH, /* kept when a row of knowledge matches it */
	KEEP_NAME,  /* matched, and kept as a name that may join a person */
	KEEP_ID,    /* matched, and kept as an identifier that may join a person */
	KEEP_BIND,  /* binds an IP address to a link-layer address in time */
	KEEP_USE    /* use of an official service */
};

const char *fact_name(enum fact_key);
const char *fact_about(enum fact_key);
const char *fact_family(enum fact_key);
enum fact_keep fact_keep(enum fact_key);
enum fact_key fact_find(struct text name);  /* FACT_NONE when there is none */
const char *fact_nearest(struct text name); /* NULL when none is near */

/* A bit a fact: what somebody has a use for. */
enum { FACT_SET_WORDS = 4 };
struct fact_set {
	uint64_t bits[FACT_SET_WORDS];
};

_Static_assert(FACT_KEYS <= FACT_SET_WORDS * 64, "a set has no bit for some facts");

#define FACT_SET_ALL \
	((struct fact_set){ { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX } })

static inline bool
fact_set_has(const struct fact_set *s, enum fact_key key)
{
	return s->bits[key / 64] >> key % 64 & 1;
}

static inline void
fact_set_add(struct fact_set *s, enum fact_key key)
{
	s->bits[key / 64] |= UINT64_C(1) << key % 64;
}

static inline bool
fact_set_is_empty(const struct fact_set *s)
{
	uint64_t any = 0;

	for (int i = 0; i < FACT_SET_WORDS; i++)
		any |= s->bits[i];
	return any == 0;
}

/*
 * When and where a frame was seen and between whom: the innermost addresses,
 * ports and protocol. Shared by all facts of the frame.
 */
struct sighting {
	int64_t time;
	uint64_t frame;   /* from 1, as in the capture file */
	uint32_t capture; /* index of the capture on the command line, from 0 */
	uint16_t vlan;    /* innermost 802.1Q VLAN id, 0 for none */
	uint16_t src_port, dst_port;
	uint8_t proto;                /* IP protocol number, 0 for none */
	uint8_t ttl;                  /* TTL or hop limit, 0 for none */
	struct addr src_mac, dst_mac; /* ADDR_NONE where the link has none */
	struct addr src_ip, dst_ip;
};

/* With which a system sends; on the way each router takes one off. */
static inline bool
ttl_is_initial(uint8_t ttl)
{
	return ttl == 32 || ttl == 64 || ttl == 128 || ttl == 255;
}

/*
 * Which of two TTLs of one address says more of how near it is: one with which it sent
 * itself, whatever else it passed on (a hotspot with a laptop behind); then the higher.
 */
static inline uint8_t
ttl_more(uint8_t a, uint8_t b)
{
	bool near = ttl_is_initial(a);

	return near != ttl_is_initial(b) ? (near ? a : b) : a > b ? a : b;
}

/*
 * The TTL where it says how far a frame came. What goes to a group has the reach that
 * its sender chose (RFC 1112 6.1; SSDP 2 or 4, WS-Discovery and IGMP 1): then none.
 */
static inline uint8_t
ttl_of_way(const struct sighting *s)
{
	return s->ttl < 32 && addr_is_multicast(s->dst_ip) ? 0 : s->ttl;
}

/* One thing said of one address. The value's bytes live as long as the call. */
struct fact {
	enum fact_key key;
	struct text value;
	struct addr subject; /* of which it speaks: not always the sender */
	uint16_t decoder;    /* row of decoders.tsv, by number */
	const struct sighting *seen;
};

/*
 * Where facts go, one at a time; the taker copies what it keeps. `expect`, which may
 * be NULL, is called before a frame is read that may say something, so that what is
 * known of its sender can be fetched meanwhile.
 */
struct fact_sink {
	void (*take)(void *state, const struct fact *);
	void *state;
	void (*expect)(void *state, const struct sighting *);
};

/*
 * That an address was there: emitted by the sensor for each (link-layer address,
 * network address, VLAN) once an hour of capture time while it is active, when
 * it is evicted, and at the end. `ttl` is the one seen in that hour that says most
 * (ttl_more).
 */
struct presence {
	struct addr mac, ip; /* either may be ADDR_NONE, not both */
	uint16_t vlan;
	uint8_t ttl;
	uint32_t capture;
	int64_t first, last;
	uint64_t packets;
};

/*
 * Between processes: field by field, read back through a cursor. Facts of one frame
 * share its sighting, which is said once before them. False on a message that is cut
 * or has a field out of its range.
 */
void sighting_write(struct writer *, const struct sighting *);
bool sighting_read(struct cursor *, struct sighting *);
void fact_write(struct writer *, const struct fact *);
bool fact_read(struct cursor *, struct fact *, const struct sighting *);
void presence_write(struct writer *, const struct presence *);
bool presence_read(struct cursor *, struct presence *);

#endif
