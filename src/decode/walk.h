/* SPDX-License-Identifier: ISC */
#ifndef DECODE_WALK_H
#define DECODE_WALK_H

#include "decode/decode.h"

/*
 * The inside of decode_frame(): from the link to the innermost packet. A walk is
 * one frame's; it lives on the stack. Each step takes the bytes behind its own
 * header and calls the next; tunnels count, so that nobody digs for ever.
 */
enum { TUNNELS_MAX = 8 };

struct walk {
	struct decode *d;
	struct context ctx;
	const struct frame *frame;
	unsigned tunnels;
	bool expected;           /* whoever listens knows whose facts come */
	uint64_t who;            /* hash of the sender once it is known, else 0 */
	struct stream_rest rest; /* of the last offer of a stream */
};

struct fragments;
struct streams;
struct quics;
struct dtls_hellos;
struct presences;

enum { CARRIERS = ON_BLE + 1, ROWS_MAX = 96 };

struct row_list {
	size_t n;
	const struct decoder *list[ROWS_MAX];
};

/* UDP ports of L2TP, GTP-U, VXLAN, CAPWAP data, GENEVE, TZSP: tunnel.c. */
#define TUNNEL_PORTS                                      \
	{                                                 \
		1701, 2152, 4789, 5247, 6081, 8472, 37008 \
	}

struct decode {
	struct row_list rows[CARRIERS];
	const struct decoder *first_row;
	uint8_t udp_ports[65536 / 8], stream_ports[65536 / 8]; /* with a row */
	struct decode_counts counts;
	struct fragments *fragments;
	struct streams *streams;
	struct quics *quics;
	struct dtls_hellos *dtls_hellos;
	struct presences *presences;
	struct decode_cache *cache;
	struct wifi_clients *clients;
	struct epdgs *epdgs;
	struct fact_set wanted;
	const struct servers *servers;
	uint8_t udp_servers[SERVER_STARTS]; /* servers_mark() */
};

static inline bool
port_is_in(const uint8_t *set, uint16_t port)
{
	return set[port / 8] >> port % 8 & 1;
}

void walk_ethernet(struct walk *, struct cursor);
void walk_ethertype(struct walk *, uint16_t type, struct cursor);
/* IEEE 802.2 LLC with SNAP, RFC 1042: what 802.11 has in the place of an ethertype. */
void walk_snap(struct walk *, struct cursor);
void walk_ppp(struct walk *, struct cursor);
void walk_wifi(struct walk *, uint32_t link, struct cursor); /* a link of 802.11 */
void walk_wifi_data(struct walk *, struct cursor);           /* a data frame of it */
void walk_ip(struct walk *, struct cursor); /* version by its first bits */
/* True when it was an advertisement, and has been read. */
bool walk_bluetooth(struct walk *, uint32_t link, struct cursor);
void walk_transport(struct walk *, uint8_t proto, struct cursor);

/* Into a tunnel: the addresses so far were not the device's. False: too deep. */
bool walk_enter(struct walk *);
/* True when the payload was a tunnel's and has been walked. */
bool walk_udp_tunnel(struct walk *, struct cursor payload);
bool walk_ip_tunnel(struct walk *, uint8_t proto, struct cursor payload);
/* A datagram between ports that nobody listens to. */
void walk_search_answer(struct walk *, struct cursor payload);

/*
 * The decoders of a carrier whose key matches, in their order, until one does
 * not answer DECODED_NOT_MINE. Counts their verdicts.
 */
enum decoded walk_offer(struct walk *, enum carrier, uint32_t key, struct cursor);

/*
 * Fragments of IPv4 (RFC 791, 815), IPv6 (RFC 8200 section 4.5) and CAPWAP (RFC 5415
 * section 3.4). The whole payload when this fragment completes it, else an empty
 * cursor. The bytes live until the next frame. Overlaps keep what came first.
 */
struct fragments *fragments_new(size_t slots);
void fragments_free(struct fragments *);
struct cursor fragments_add(struct walk *, uint32_t id, uint8_t proto, size_t offset,
    bool more, struct cursor bytes);

/* TCP: SYNs and the first messages of each direction. */
struct streams *streams_new(size_t flows, size_t buffers);
void streams_free(struct streams *);
void streams_segment(struct walk *, struct cursor segment);

/* QUIC: the hello of each client. True when the datagram was a part of one. */
struct quics *quics_new(size_t connections, size_t pieces);
void quics_free(struct quics *);
bool quics_datagram(struct walk *, struct cursor datagram);

/*
 * A handshake of DTLS, its hello put together when it comes in pieces. True when the
 * datagram was one.
 */
struct dtls_hellos *dtls_hellos_new(size_t most);
void dtls_hellos_free(struct dtls_hellos *);
bool dtls_datagram(struct walk *, struct cursor datagram);

struct presences *presences_new(size_t most);
void presences_free(struct presences *);
/* Begins to fetch the place of the sender; the hash by which it is touched. */
uint64_t presences_expect(const struct presences *, const struct sighting *);
void presences_touch(struct presences *, const struct sighting *, uint64_t hash,
    uint64_t *evicted, const struct presence_sink *);
void presences_finish(struct presences *, const struct presence_sink *);

#endif
