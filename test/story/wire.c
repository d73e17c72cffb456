/* SPDX-License-Identifier: ISC */
/* Ethernet, ARP, IPv4, UDP and TCP, built field by field, and the capture file. */
#include "story/wire.h"

#include <stdlib.h>

#include "base/time.h"

enum { ETHER_LEAST = 60, PCAPNG_TICK = 1000 };

const struct addr MAC_BROADCAST = { ADDR_MAC, { 255, 255, 255, 255, 255, 255 } };

struct addr
mac_of_group(uint32_t ip)
{
	return (struct addr){ ADDR_MAC,
		{ 0x01, 0, 0x5e, (uint8_t)(ip >> 16 & 0x7f), (uint8_t)(ip >> 8),
		    (uint8_t)ip } };
}

void
film_new(struct film *f)
{
	*f = (struct film){ 0 };
	writer_to_memory(&f->bytes);
	writer_to_memory(&f->scratch);
}

void
film_free(struct film *f)
{
	(void)writer_close(&f->bytes);
	(void)writer_close(&f->scratch);
	free(f->shots);
}

/* The sum of RFC 1071; an odd last byte counts as if a zero followed it. */
static uint32_t
sum(struct text t, uint32_t start)
{
	struct cursor c = cur_over(t.s, t.len);

	while (cur_left(&c) >= 2)
		start += cur_u16(&c);
	if (cur_left(&c) == 1)
		start += (uint32_t)cur_u8(&c) << 8;
	return start;
}

static uint16_t
fold(uint32_t n)
{
	while (n >> 16 != 0)
		n = (n & 0xffff) + (n >> 16);
	return (uint16_t)~n;
}

static uint32_t
sum_pseudo(const struct end *from, const struct end *to, uint8_t protocol, size_t len)
{
	return (from->ip >> 16) + (from->ip & 0xffff) + (to->ip >> 16) +
	    (to->ip & 0xffff) + protocol + (uint32_t)len;
}

static void
begin(struct film *f, int64_t at, uint16_t vlan, struct addr to, struct addr from,
    uint16_t type)
{
	if (f->n == f->cap) {
		f->cap = f->cap == 0 ? 4096 : f->cap * 2;
		f->shots = must_grow(f->shots, f->cap, sizeof *f->shots);
	}
	f->shots[f->n] = (struct shot){ .at = at,
		.number = f->n,
		.from = f->bytes.len };
	put_bytes(&f->bytes, to.b, 6);
	put_bytes(&f->bytes, from.b, 6);
	put_u16(&f->bytes, 0x8100);
	put_u16(&f->bytes, vlan);
	put_u16(&f->bytes, type);
}

static void
end(struct film *f)
{
	struct shot *s = &f->shots[f->n++];

	while (f->bytes.len - s->from < ETHER_LEAST)
		put_u8(&f->bytes, 0);
	s->len = f->bytes.len - s->from;
}

static void
put_ip(struct film *f, const struct end *from, const struct end *to, uint8_t protocol,
    size_t len)
{
	struct writer *w = &f->bytes;
	size_t at = w->len;
	bool tcp = protocol == 6;

	put_u16(w, 0x4500);
	put_u16(w, (uint16_t)(20 + len));
	put_u16(w, (uint16_t)(f->n % 65535 + 1)); /* identification: never zero */
	put_u16(w, tcp ? 0x4000 : 0);             /* don't fragment */
	put_u8(w, from->ttl);
	put_u8(w, protocol);
	put_u16(w, 0);
	put_u32(w, from->ip);
	put_u32(w, to->ip);
	uint16_t check = fold(sum((struct text){ w->buf + at, 20 }, 0));
	w->buf[at + 10] = (char)(check >> 8);
	w->buf[at + 11] = (char)check;
}

void
film_udp(struct film *f, int64_t at, uint16_t vlan, const struct end *from,
    const struct end *to, struct text payload)
{
	struct writer *w = &f->bytes;
	size_t len = 8 + payload.len;
	uint32_t n = sum_pseudo(from, to, 17, len) + from->port + to->port +
	    (uint32_t)len;
	uint16_t check = fold(sum(payload, n));

	begin(f, at, vlan, to->mac, from->mac, 0x0800);
	put_ip(f, from, to, 17, len);
	put_u16(w, from->port);
	put_u16(w, to->port);
	put_u16(w, (uint16_t)len);
	put_u16(w, check == 0 ? 0xffff : check); /* RFC 768: zero says "none" */
	put_text(w, payload);
	end(f);
}

void
film_tcp(struct film *f, int64_t at, uint16_t vlan, const struct end *from,
    const struct end *to, const struct tcp_head *head, struct text payload)
{
	struct writer *t = &f->scratch;
	uint16_t check;

	t->len = 0;
	put_u16(t, from->port);
	put_u16(t, to->port);
	put_u32(t, head->seq);
	put_u32(t, head->ack);
	put_u8(t, (uint8_t)((5 + head->n_options / 4) << 4));
	put_u8(t, head->flags);
	put_u16(t, head->window);
	put_u32(t, 0);
	put_bytes(t, head->options, head->n_options);
	put_text(t, payload);
	check = fold(sum(writer_text(t), sum_pseudo(from, to, 6, t->len)));
	t->buf[16] = (char)(check >> 8);
	t->buf[17] = (char)check;

	begin(f, at, vlan, to->mac, from->mac, 0x0800);
	put_ip(f, from, to, 6, t->len);
	put_text(&f->bytes, writer_text(t));
	end(f);
}

void
film_arp(struct film *f, int64_t at, uint16_t vlan, unsigned operation,
    const struct end *sender, const struct end *target, bool broadcast)
{
	static const struct addr nobody = { ADDR_MAC, { 0 } };
	struct writer *w = &f->bytes;

	begin(f, at, vlan, broadcast ? MAC_BROADCAST : target->mac, sender->mac,
	    0x0806);
	put_u16(w, 1); /* Ethernet */
	put_u16(w, 0x0800);
	put_u16(w, 0x0604);
	put_u16(w, (uint16_t)operation);
	put_bytes(w, sender->mac.b, 6);
	put_u32(w, sender->ip);
	put_bytes(w, operation == 1 ? nobody.b : target->mac.b, 6);
	put_u32(w, target->ip);
	end(f);
}

static int
by_time(const void *a, const void *b)
{
	const struct shot *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static void
put_padded(struct writer *w, struct text t)
{
	put_text(w, t);
	for (size_t n = t.len; n % 4 != 0; n++)
		put_u8(w, 0);
}

static void
put_option(struct writer *w, uint16_t code, struct text value)
{
	put_u16(w, code);
	put_u16(w, (uint16_t)value.len);
	put_padded(w, value);
}

static void
put_block(struct writer *w, uint32_t type, struct text body)
{
	put_u32(w, type);
	put_u32(w, (uint32_t)(12 + body.len));
	put_text(w, body);
	put_u32(w, (uint32_t)(12 + body.len));
}

/* Section header and interface, most significant byte first (pcapng, 4.1, 4.2). */
static void
put_head(struct writer *w, struct writer *body, const char *comment)
{
	body->len = 0;
	put_u32(body, 0x1a2b3c4d);
	put_u32(body, 0x00010000);
	put_u64(body, UINT64_MAX); /* length of the section: not said */
	put_option(body, 1, text_of(comment));
	put_option(body, 4, text_of("interdict's story generator"));
	put_u32(body, 0);
	put_block(w, 0x0a0d0d0a, writer_text(body));

	body->len = 0;
	put_u16(body, 1); /* Ethernet */
	put_u16(body, 0);
	put_u32(body, 262144); /* snap length */
	put_option(body, 1, text_of(comment));
	put_option(body, 2, text_of("mirror (synthetic)"));
	put_option(body, 3, text_of(comment));
	put_option(body, 9, (struct text){ "\006", 1 }); /* microseconds */
	put_u32(body, 0);
	put_block(w, 1, writer_text(body));
}

void
film_write(struct film *f, struct writer *w, const char *comment)
{
	struct writer *body = &f->scratch;

	qsort(f->shots, f->n, sizeof *f->shots, by_time);
	put_head(w, body, comment);
	for (size_t i = 0; i < f->n; i++) {
		const struct shot *s = &f->shots[i];

		body->len = 0;
		put_u32(body, 0);
		put_u64(body, (uint64_t)(s->at / PCAPNG_TICK));
		put_u32(body, (uint32_t)s->len);
		put_u32(body, (uint32_t)s->len);
		put_padded(body, (struct text){ f->bytes.buf + s->from, s->len });
		put_block(w, 6, writer_text(body));
	}
}
