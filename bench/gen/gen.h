/* SPDX-License-Identifier: ISC */
#ifndef BENCH_GEN_H
#define BENCH_GEN_H

#include "base/hash.h"
#include "packet.h"

/*
 * Captures to measure on, the same for the same arguments and sources: real
 * captures many times over, each time with other addresses; flows of bulk data
 * behind real handshakes; many hosts that say little each.
 */
struct packet {
	int64_t at; /* microseconds from the first of its source */
	uint32_t len, wire;
	uint8_t *bytes;
};

/* An address of a source; a client gets another one in each replica. */
struct host {
	bool v6, client;
	uint8_t addr[16];
	uint32_t index; /* among the clients */
};

struct station {
	uint8_t mac[6];
	bool gateway; /* more addresses behind it than a host has */
	size_t n;
	uint8_t addr[4][16];
};

struct source {
	struct packet *packets;
	size_t n;
	struct host *hosts;
	size_t n_hosts;
	struct station *stations;
	size_t n_stations;
	uint32_t clients;
};

struct sources {
	struct source *list;
	size_t n;
};

/* Reads the captures named on the lines of a file; unreadable ones are passed over. */
void sources_read(struct sources *, const char *list);
struct host *source_host(const struct source *, bool v6, const uint8_t *addr);
struct station *source_station(const struct source *, const uint8_t *mac);

/* One run of a source: its clients are hosts number `base` and on. */
struct replica {
	const struct source *source;
	uint32_t base;
	uint64_t key;
	uint16_t old_port, new_port; /* of one flow; 0: ports stay */
};

/* A packet as this replica sends it, into `out` of FRAME_MAX bytes. */
void replica_render(const struct replica *, const struct packet *, uint8_t *out);

/* A flow that carries bulk data from the server behind a real handshake. */
struct handshake {
	const struct source *source;
	const struct packet *packets[10];
	size_t n;
	uint16_t port; /* of the client */
	uint8_t proto;
	bool tls;
};

struct handshakes {
	struct handshake *list;
	size_t n;
};

struct bulk {
	const struct handshake *hello;
	struct replica replica;
	uint8_t head[2][128]; /* to the transport header: from client, from server */
	struct layout layout;
	uint32_t seq, ack;
	uint16_t id;
	uint64_t sent;
	bool begun;
};

void handshakes_find(struct handshakes *, const struct sources *);
/* Packet k behind the handshake; its length. */
size_t bulk_render(struct bulk *, uint64_t k, uint8_t *out);

enum { SCALE_PACKETS = 7 };

/* ClientHellos of the sources, for the hosts of a scale capture. */
struct hellos {
	struct {
		const uint8_t *bytes;
		size_t n;
	} * list;
	size_t n;
};

void hellos_find(struct hellos *, const struct sources *);
/* Packet k of a host: DHCP request and answer, mDNS, SYN, SYN-ACK, ACK, hello. */
size_t scale_render(const struct hellos *, uint32_t host, unsigned k, uint8_t *out);

static inline uint64_t
draw(uint64_t *state)
{
	return hash_mix(*state += UINT64_C(0x9e3779b97f4a7c15),
	    UINT64_C(0x94d049bb133111eb));
}

#endif
