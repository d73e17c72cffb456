/* SPDX-License-Identifier: ISC */
/* A stay turned into frames: joining, announcing, looking up, speaking, leaving. */
#include "story/play.h"

#include <stdlib.h>

#include "story/tcp.h"

enum { LEASE = 28800, TTL_NEAR = 63, TTL_FAR = 52, ABSENT_PERCENT = 4 };

struct visit {
	const struct plan *plan;
	int64_t day, at, until;
};

struct scene {
	const struct story *story;
	struct film *film;
	const struct place *place;
	const struct player *player;
	struct end me, router;
	struct dice dice;
	int64_t now;
	struct writer words;
};

/* The service whose name begins so, 0 when the story has none. */
static uint32_t
service_ip(const struct story *s, const char *prefix)
{
	for (size_t i = 0; i < s->n_services; i++)
		if (text_starts(s->services[i].host, text_of(prefix)))
			return s->services[i].ip;
	return 0;
}

/*
 * Names outside the house lead into the ranges of RFC 5737, so that no frame
 * names a stranger's address.
 */
static uint32_t
ip_of(const struct story *s, struct text host)
{
	uint64_t h = hash_bytes(host.s, host.len, 5737);

	for (size_t i = 0; i < s->n_services; i++)
		if (text_equal(s->services[i].host, host))
			return s->services[i].ip;
	return (h & 256 ? 0xcb007100u : 0xc6336400u) + 1 + (uint32_t)(h >> 32) % 254;
}

/* Guests' addresses go round from day to day; those of the house stay. */
static uint32_t
lease_of(const struct place *p, const struct player *who, int64_t day)
{
	if (!p->guests)
		return p->net + 256 + who->number;
	return p->net + 256 + 10 + (uint32_t)((who->number * 7 + day) % 200);
}

static void
pass(struct scene *s, uint32_t least_us, uint32_t spread_us)
{
	s->now += (int64_t)(least_us + dice_below(&s->dice, spread_us)) * 1000;
}

/* Where a frame for this address goes: a neighbour, or the router. */
static struct end
peer(const struct scene *s, uint32_t ip, uint16_t port)
{
	bool near = ip >> 24 == 10;

	return (struct end){ .mac = s->place->router_mac,
		.ip = ip,
		.port = port,
		.ttl = near ? TTL_NEAR : TTL_FAR };
}

static void
tell_dhcp(struct scene *s, struct dhcp_say *d, unsigned type)
{
	bool answer = type == DHCP_OFFER || type == DHCP_ACK;
	struct end client = { s->player->mac, 0, 68, s->me.ttl };
	struct end all = { MAC_BROADCAST, UINT32_MAX, 67, 0 };
	struct end server = { s->place->router_mac, s->place->router, 67, 64 };
	struct end given = { s->player->mac, s->me.ip, 68, 0 };

	d->type = type;
	s->words.len = 0;
	say_dhcp(&s->words, d);
	if (answer)
		film_udp(s->film, s->now, s->place->vlan, &server, &given,
		    writer_text(&s->words));
	else
		film_udp(s->film, s->now, s->place->vlan, &client, &all,
		    writer_text(&s->words));
	pass(s, 900, 3000);
}

/* The access point asks the house whether it may let the station in. */
static void
ask_radius(struct scene *s)
{
	uint32_t server = service_ip(s->story, "radius.");
	struct end from = { s->place->router_mac, s->place->router, 49200, 64 };
	struct end to = peer(s, server, 1812);

	if (s->player->account.len == 0 || server == 0)
		return;
	s->words.len = 0;
	say_radius(&s->words, (uint8_t)dice_throw(&s->dice), s->player,
	    s->place->router, &s->dice);
	to.mac = (struct addr){ ADDR_MAC, { 0x00, 0xbe, 0x75, 0x10, 0x00, 0x02 } };
	film_udp(s->film, s->now, s->place->vlan, &from, &to, writer_text(&s->words));
	pass(s, 4000, 9000);
}

static void
join(struct scene *s, bool first)
{
	struct dhcp_say d = { .xid = (uint32_t)dice_throw(&s->dice),
		.client = s->player,
		.address = s->me.ip,
		.server = first ? service_ip(s->story, "dhcp.") : 0,
		.relay = s->place->router,
		.router = s->place->router,
		.resolver = service_ip(s->story, "dns."),
		.lease = LEASE };

	ask_radius(s);
	if (first) {
		tell_dhcp(s, &d, DHCP_DISCOVER);
		tell_dhcp(s, &d, DHCP_OFFER);
	}
	tell_dhcp(s, &d, DHCP_REQUEST);
	d.server = service_ip(s->story, "dhcp.");
	tell_dhcp(s, &d, DHCP_ACK);

	struct end probe = s->me, target = s->me;
	probe.ip = 0;
	film_arp(s->film, s->now, s->place->vlan, 1, &probe, &target, true);
	pass(s, 300000, 100000);
	film_arp(s->film, s->now, s->place->vlan, 1, &s->me, &target, true);
	pass(s, 2000, 9000);
	film_arp(s->film, s->now, s->place->vlan, 1, &s->me, &s->router, true);
	pass(s, 200, 300);
	film_arp(s->film, s->now, s->place->vlan, 2, &s->router, &s->me, false);
	pass(s, 2000, 50000);
}

static void
announce(struct scene *s)
{
	uint32_t group = 0xe00000fb;
	struct end from = s->me, all = { mac_of_group(group), group, 5353, 0 };

	if (s->player->trait->services.n == 0 || s->player->host.len == 0)
		return;
	from.port = 5353;
	from.ttl = 255;
	s->words.len = 0;
	say_mdns(&s->words, s->player, s->me.ip);
	film_udp(s->film, s->now, s->place->vlan, &from, &all, writer_text(&s->words));
	pass(s, 100000, 900000);
}

static uint32_t
look_up(struct scene *s, struct text host)
{
	uint32_t ip = ip_of(s->story, host);
	struct end resolver = peer(s, service_ip(s->story, "dns."), 53);
	uint16_t id = (uint16_t)dice_throw(&s->dice);

	s->me.port = (uint16_t)(49152 + dice_below(&s->dice, 16000));
	s->words.len = 0;
	say_dns(&s->words, id, host, NULL);
	film_udp(s->film, s->now, s->place->vlan, &s->me, &resolver,
	    writer_text(&s->words));
	pass(s, 500, 2000);
	s->words.len = 0;
	say_dns(&s->words, id, host, &ip);
	film_udp(s->film, s->now, s->place->vlan, &resolver, &s->me,
	    writer_text(&s->words));
	pass(s, 500, 2000);
	return ip;
}

static struct tcp
connection(struct scene *s, uint32_t ip, uint16_t port)
{
	struct tcp t = { .film = s->film,
		.vlan = s->place->vlan,
		.client = s->me,
		.server = peer(s, ip, port),
		.trait = s->player->trait,
		.now = s->now,
		.dice = &s->dice };

	t.client.port = (uint16_t)(49152 + dice_below(&s->dice, 16000));
	return t;
}

static void
fetch(struct scene *s, struct text host, struct text agent)
{
	if (host.len == 0)
		return;
	struct tcp t = connection(s, look_up(s, host), 80);
	t.now = s->now;
	tcp_open(&t);
	s->words.len = 0;
	say_get(&s->words, host, agent);
	tcp_send(&t, true, writer_text(&s->words));
	s->words.len = 0;
	say_ok(&s->words, (struct text){ "", 0 });
	tcp_send(&t, false, writer_text(&s->words));
	tcp_close(&t);
	s->now = t.now;
}

/* A TLS connection: the hello can be read, the rest is noise. `?`: a look-up. */
static void
speak(struct scene *s, struct text host)
{
	bool only_asks = host.len > 0 && host.s[0] == '?';

	if (only_asks || s->player->trait->hello == NULL) {
		host.s += only_asks;
		host.len -= only_asks;
		(void)look_up(s, host);
		return;
	}
	struct tcp t = connection(s, look_up(s, host), 443);
	struct writer answer;
	t.now = s->now;
	tcp_open(&t);
	s->words.len = 0;
	say_client_hello(&s->words, s->player->trait->hello, host, &s->dice);
	tcp_send(&t, true, writer_text(&s->words));
	writer_to_memory(&answer);
	say_server_hello(&answer, writer_text(&s->words), &s->dice);
	say_sealed(&answer, 120 + dice_below(&s->dice, 400), &s->dice);
	tcp_send(&t, false, writer_text(&answer));
	answer.len = 0;
	put_bytes(&answer, "\x14\3\3\0\1\1", 6);
	say_sealed(&answer, 53, &s->dice);
	say_sealed(&answer, 80 + dice_below(&s->dice, 200), &s->dice);
	tcp_send(&t, true, writer_text(&answer));
	tcp_close(&t);
	(void)writer_close(&answer);
	s->now = t.now;
}

/* The recorder of the house asks a camera for its page; the camera names itself. */
static void
be_asked(struct scene *s)
{
	uint32_t recorder = service_ip(s->story, "recorder.");

	if (recorder == 0)
		return;
	struct tcp t = connection(s, recorder, 0);
	t.server = s->me;
	t.server.port = 80;
	t.client = peer(s, recorder, (uint16_t)(32768 + dice_below(&s->dice, 28000)));
	t.trait = NULL;
	tcp_open(&t);
	s->words.len = 0;
	say_get(&s->words, text_of("camera"), (struct text){ "", 0 });
	tcp_send(&t, true, writer_text(&s->words));
	s->words.len = 0;
	say_ok(&s->words, s->player->trait->server);
	tcp_send(&t, false, writer_text(&s->words));
	tcp_close(&t);
	s->now = t.now;
}

/* One of the things that this kind of device does while it is there. */
static void
do_something(struct scene *s)
{
	const struct trait *k = s->player->trait;

	if (!s->place->guests && k->hello != NULL && s->story->n_services > 0 &&
	    dice_percent(&s->dice, 35))
		speak(s, s->story->services[0].host);
	else if (k->radio.len > 0 && dice_percent(&s->dice, 25))
		fetch(s, k->radio, k->radio_agent);
	else if (k->domains.n > 0)
		speak(s, k->domains.item[dice_below(&s->dice, (uint32_t)k->domains.n)]);
}

/*
 * By another's line: its address and a hop more; what stays on the link (DHCP, ARP,
 * mDNS) is between the two and is not seen.
 */
static void
play_behind(struct scene *s, const struct visit *v)
{
	const struct player *line = v->plan->behind;
	const struct trait *k = s->player->trait;
	int64_t length = v->until - v->at;

	s->me = (struct end){ mac_of(s->story, line, v->plan, v->day),
		lease_of(s->place, line, v->day), 0, (uint8_t)(k->ttl - 1) };
	fetch(s, k->check, k->check_agent);
	for (unsigned i = 0; i < 4; i++) {
		s->now = v->at + length * (int64_t)(i + 1) / 6;
		if (i == 1)
			fetch(s, k->radio, k->radio_agent);
		else
			do_something(s);
	}
}

static void
play_visit(struct story *story, struct film *film, const struct visit *v, bool first)
{
	const struct place *place = v->plan->place;
	struct player today = *v->plan->player;
	const struct player *who = &today;
	const struct trait *k = who->trait;
	struct scene s = { .story = story,
		.film = film,
		.place = place,
		.player = who,
		.dice = dice_for(story->seed, who->name, (uint64_t)v->at),
		.now = v->at };
	int64_t length = v->until - v->at;

	today.mac = mac_of(story, v->plan->player, v->plan, v->day);
	if (v->plan->wired)
		today.number += MOST_DEVICES; /* another interface, another lease */
	s.me = (struct end){ who->mac, lease_of(place, who, v->day), 0, k->ttl };
	s.router = (struct end){ place->router_mac, place->router, 0, 64 };
	writer_to_memory(&s.words);
	if (v->plan->behind != NULL) {
		play_behind(&s, v);
		(void)writer_close(&s.words);
		return;
	}
	join(&s, first);
	announce(&s);
	if (first || dice_percent(&s.dice, 30))
		fetch(&s, k->check, k->check_agent);
	if (first)
		fetch(&s, k->radio, k->radio_agent);
	if (k->server.len > 0)
		be_asked(&s);
	bool long_stay = length > 4 * HOUR && !v->plan->sharp;
	unsigned times = long_stay && dice_percent(&s.dice, 40) ? 2 : 1;
	for (unsigned i = 0; i < times; i++) {
		int64_t slot = v->at + length * (int64_t)(i + 1) / (times + 1);

		if (s.now < slot)
			s.now = slot;
		do_something(&s);
	}
	/* The last sign of life: the device asks for its router again. */
	if (s.now < v->until)
		s.now = v->until;
	film_arp(film, s.now, place->vlan, 1, &s.me, &s.router, true);
	pass(&s, 200, 300);
	film_arp(film, s.now, place->vlan, 2, &s.router, &s.me, false);
	(void)writer_close(&s.words);
}

static int
by_time(const void *a, const void *b)
{
	const struct visit *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->plan < y->plan ? -1 : x->plan > y->plan;
}

/* The visit of a plan on a day; false when there is none. */
static bool
visit_on(const struct story *s, const struct plan *p, int64_t day, struct visit *v)
{
	struct dice d = dice_for(s->seed, p->player->name, (uint64_t)day);
	int64_t midnight = day * DAY - s->hours_ahead * HOUR;

	if (p->workdays && weekday(day) >= 5)
		return false;
	if (p->workdays && day != p->first_day && day != p->last_day &&
	    dice_percent(&d, ABSENT_PERCENT))
		return false;
	*v = (struct visit){ p, day, midnight + p->from * MINUTE,
		midnight + p->until * MINUTE };
	if (!p->sharp) {
		v->at += (int64_t)dice_below(&d, 40 * 60) * SECOND;
		v->until -= (int64_t)dice_below(&d, 40 * 60) * SECOND;
	}
	return true;
}

void
play(struct story *s, struct film *film)
{
	struct visit *visits = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < s->n_plans; i++) {
		const struct plan *p = &s->plans[i];

		for (int64_t day = p->first_day; day <= p->last_day; day++) {
			if (n == cap) {
				cap = cap == 0 ? 1024 : cap * 2;
				visits = must_grow(visits, cap, sizeof *visits);
			}
			if (!p->place->unseen && visit_on(s, p, day, &visits[n]))
				n++;
		}
	}
	qsort(visits, n, sizeof *visits, by_time);
	for (size_t i = 0; i < n; i++) {
		const struct plan *p = visits[i].plan;
		bool *seen = &p->player->known[p->place - s->places];

		play_visit(s, film, &visits[i], !*seen);
		*seen = true;
	}
	free(visits);
}
