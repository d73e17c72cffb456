/* SPDX-License-Identifier: ISC */
#ifndef STORY_TCP_H
#define STORY_TCP_H

#include "story/talk.h"

/* One TCP connection, both sides of it, as the mirror port of a VLAN sees it. */
struct tcp {
	struct film *film;
	uint16_t vlan;
	struct end client, server;
	const struct trait *trait; /* of the client; NULL: a Linux server asks */
	uint32_t next[2];          /* sequence numbers of client and server */
	uint32_t clock[2];         /* their timestamp clocks, in milliseconds */
	bool stamps;
	int64_t now;
	struct dice *dice;
};

void tcp_open(struct tcp *);
void tcp_send(struct tcp *, bool by_client, struct text payload);
void tcp_close(struct tcp *);

#endif
