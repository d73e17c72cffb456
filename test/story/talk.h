/* SPDX-License-Identifier: ISC */
#ifndef STORY_TALK_H
#define STORY_TALK_H

#include "story/dice.h"
#include "story/story.h"
#include "story/wire.h"

/* Payloads, each appended to a memory writer. */
enum { DHCP_DISCOVER = 1, DHCP_OFFER = 2, DHCP_REQUEST = 3, DHCP_ACK = 5 };

struct dhcp_say {
	unsigned type;
	uint32_t xid;
	const struct player *client;
	uint32_t address; /* yiaddr of an answer, option 50 of a request */
	uint32_t server;  /* option 54; 0: left out (RFC 2131, INIT-REBOOT) */
	uint32_t relay, router, resolver, lease;
};

void say_dhcp(struct writer *, const struct dhcp_say *);
/* An Access-Request (RFC 2865) of an access point for a station. */
void say_radius(struct writer *, uint8_t id, const struct player *, uint32_t nas,
    struct dice *);
/* A question for the A record of a name, and with ip its answer. */
void say_dns(struct writer *, uint16_t id, struct text name, const uint32_t *ip);
/* The announcement of a host's own services (RFC 6762, section 8.3). */
void say_mdns(struct writer *, const struct player *, uint32_t ip);
void say_get(struct writer *, struct text host, struct text agent);
void say_ok(struct writer *, struct text server);
void say_client_hello(struct writer *, const struct hello *, struct text host,
    struct dice *);
/* ServerHello, then records that a stranger cannot read. */
void say_server_hello(struct writer *, struct text client_hello, struct dice *);
void say_sealed(struct writer *, size_t n, struct dice *);

#endif
