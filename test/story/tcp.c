/* SPDX-License-Identifier: ISC */
/* A TCP connection without loss (RFC 9293), with each side's own SYN. */
#include "story/tcp.h"

enum { MSS = 1460, SEGMENT = 1400, SERVER_WINDOW = 65160 };

static void
put_octet(struct tcp_head *h, unsigned b)
{
	if (h->n_options < sizeof h->options)
		h->options[h->n_options++] = (uint8_t)b;
}

static void
put_octets32(struct tcp_head *h, uint32_t n)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		put_octet(h, n >> shift & 255);
}

/* One option of a SYN by its name in traits.tsv. */
static void
syn_option(struct tcp_head *h, struct text name, uint32_t stamp, uint32_t echo)
{
	if (text_is(name, "mss")) {
		put_octet(h, 2);
		put_octet(h, 4);
		put_octet(h, MSS >> 8);
		put_octet(h, MSS & 255);
	} else if (text_is(name, "nop"))
		put_octet(h, 1);
	else if (text_is(name, "eol"))
		put_octet(h, 0);
	else if (text_is(name, "sackOK")) {
		put_octet(h, 4);
		put_octet(h, 2);
	} else if (text_is(name, "ts")) {
		put_octet(h, 8);
		put_octet(h, 10);
		put_octets32(h, stamp);
		put_octets32(h, echo);
	} else if (text_starts(name, text_of("ws"))) {
		put_octet(h, 3);
		put_octet(h, 3);
		put_octet(h,
		    list_number((struct text){ name.s + 2, name.len - 2 }, 10));
	}
}

static void
syn_options(struct tcp_head *h, const char *names, uint32_t stamp, uint32_t echo)
{
	struct text rest = text_of(names), name;

	while (text_split(&rest, ',', &name))
		syn_option(h, name, stamp, echo);
}

/* Between a frame and the next one of the same exchange. */
static void
wait_a_little(struct tcp *t, bool far)
{
	int64_t us = (far ? 4000 : 300) + dice_below(t->dice, far ? 20000 : 400);

	t->now += us * 1000;
	t->clock[0] += (uint32_t)(us / 1000);
	t->clock[1] += (uint32_t)(us / 1000);
}

static void
shoot(struct tcp *t, bool by_client, struct tcp_head *h, struct text payload)
{
	const struct end *from = by_client ? &t->client : &t->server;
	const struct end *to = by_client ? &t->server : &t->client;

	h->seq = t->next[by_client ? 0 : 1];
	if (h->flags & TCP_ACK)
		h->ack = t->next[by_client ? 1 : 0];
	film_tcp(t->film, t->now, t->vlan, from, to, h, payload);
	t->next[by_client ? 0 : 1] += (uint32_t)payload.len +
	    ((h->flags & (TCP_SYN | TCP_FIN)) != 0);
}

static void
shoot_plain(struct tcp *t, bool by_client, unsigned flags, struct text payload)
{
	struct tcp_head h = { .flags = (uint8_t)(flags | TCP_ACK),
		.window = by_client ? 2058 : 501 };
	unsigned me = by_client ? 0 : 1;

	if (t->stamps) {
		put_octet(&h, 1);
		put_octet(&h, 1);
		syn_option(&h, text_of("ts"), t->clock[me], t->clock[1 - me]);
	}
	shoot(t, by_client, &h, payload);
}

static void
open_client(struct tcp *t)
{
	struct tcp_head h = { .flags = TCP_SYN, .window = 64240 };

	if (t->trait == NULL) {
		t->stamps = true;
		syn_options(&h, "mss,sackOK,ts,nop,ws7", t->clock[0], 0);
	} else {
		h.window = t->trait->window;
		h.flags |= t->trait->ecn ? TCP_ECE | TCP_CWR : 0;
		for (size_t i = 0; i < t->trait->syn.n; i++) {
			t->stamps |= text_is(t->trait->syn.item[i], "ts");
			syn_option(&h, t->trait->syn.item[i], t->clock[0], 0);
		}
		while (h.n_options % 4 != 0)
			put_octet(&h, 0);
	}
	shoot(t, true, &h, (struct text){ "", 0 });
}

void
tcp_open(struct tcp *t)
{
	struct tcp_head h = { .flags = TCP_SYN | TCP_ACK, .window = SERVER_WINDOW };
	struct text nothing = { "", 0 };

	for (size_t i = 0; i < 2; i++) {
		t->next[i] = (uint32_t)dice_throw(t->dice);
		t->clock[i] = (uint32_t)dice_throw(t->dice) >> 2;
	}
	open_client(t);
	wait_a_little(t, true);
	syn_options(&h,
	    t->stamps ? "mss,sackOK,ts,nop,ws7" : "mss,nop,nop,sackOK,nop,ws7",
	    t->clock[1], t->clock[0]);
	shoot(t, false, &h, nothing);
	wait_a_little(t, false);
	shoot_plain(t, true, 0, nothing);
	wait_a_little(t, false);
}

void
tcp_send(struct tcp *t, bool by_client, struct text payload)
{
	while (payload.len > 0) {
		size_t n = payload.len < SEGMENT ? payload.len : SEGMENT;

		shoot_plain(t, by_client, n == payload.len ? TCP_PSH : 0,
		    (struct text){ payload.s, n });
		payload.s += n;
		payload.len -= n;
		wait_a_little(t, false);
	}
	wait_a_little(t, true);
}

void
tcp_close(struct tcp *t)
{
	struct text nothing = { "", 0 };

	shoot_plain(t, true, TCP_FIN, nothing);
	wait_a_little(t, true);
	shoot_plain(t, false, TCP_FIN, nothing);
	wait_a_little(t, false);
	shoot_plain(t, true, 0, nothing);
}
