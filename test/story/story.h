/* SPDX-License-Identifier: ISC */
#ifndef STORY_STORY_H
#define STORY_STORY_H

#include "base/time.h"
#include "story/traits.h"

/*
 * A story: who has which device, and when it is where. Its language is told at
 * the top of share/demo/office.story. Times are instants; dates in the file are
 * by its own clocks.
 */
enum { MOST_PLACES = 16, MOST_PEOPLE = 256, MOST_DEVICES = 2048, MOST_PLANS = 16384 };

struct place {
	struct text name;
	uint32_t net, router;
	uint16_t vlan;
	bool unseen; /* no sensor: what happens there makes no frames */
	bool guests; /* the services of the house cannot be reached from here */
	struct addr router_mac;
};

struct service {
	struct text host;
	uint32_t ip;
};

struct player {
	struct text name; /* in the story */
	const struct trait *trait;
	struct addr mac;
	struct text host;        /* sent in DHCP and mDNS; empty: none */
	struct text called;      /* instance name in mDNS, any script; else the host */
	struct text person;      /* empty: nobody */
	struct text client_id;   /* option 61 in hexadecimal; empty: its address */
	bool duid;               /* … which is a DUID, sent by RFC 4361 */
	struct text account;     /* in 802.1X; empty: none */
	struct addr wired;       /* its other interface, or none */
	unsigned changes;        /* its private address lasts so many days; 0: always */
	bool by_segment;         /* … and is another on each segment */
	unsigned number;         /* from 1: decides its addresses */
	bool known[MOST_PLACES]; /* has had a lease there */
};

/* A stay, or one on each day of a range. */
struct plan {
	struct player *player;
	const struct player *behind; /* whose line it shares, or NULL */
	bool wired;                  /* by its other interface */
	const struct place *place;
	int64_t first_day, last_day; /* since 1970-01-01, by the story's clocks */
	bool workdays;               /* not on Saturdays and Sundays */
	bool sharp;                  /* at exactly these times, on one day */
	int from, until;             /* minutes of the day; until may exceed one */
};

struct story {
	struct arena arena;
	struct traits traits;
	const char *file;
	uint64_t seed;
	int hours_ahead;
	int64_t first_day, last_day;
	struct place places[MOST_PLACES];
	size_t n_places;
	struct service services[MOST_PLACES];
	size_t n_services;
	struct text people[MOST_PEOPLE]; /* ids */
	size_t n_people;
	struct player players[MOST_DEVICES];
	size_t n_players;
	struct plan plans[MOST_PLANS];
	size_t n_plans;
};

/* The address that a device has on a segment on a day. */
struct addr mac_of(const struct story *, const struct player *, const struct plan *,
    int64_t day);

/* 0, or -1 with err: the first mistake and its line. s->traits is loaded before. */
int story_read(struct story *, const char *file, struct err *);

#endif
