/* SPDX-License-Identifier: ISC */
/* What devices say: DHCP (RFC 2131), DNS (RFC 1035), mDNS (RFC 6762), HTTP/1.1. */
#include "story/talk.h"

#include <stdio.h>

enum { BOOTP_LEAST = 300, TYPE_A = 1, TYPE_PTR = 12, TYPE_TXT = 16, TYPE_SRV = 33 };
enum { CLASS_IN = 1, CACHE_FLUSH = 0x8000 };

static void
option(struct writer *w, uint8_t code, struct text value)
{
	put_u8(w, code);
	put_u8(w, (uint8_t)value.len);
	put_text(w, value);
}

static void
option32(struct writer *w, uint8_t code, uint32_t value)
{
	put_u8(w, code);
	put_u8(w, 4);
	put_u32(w, value);
}

static void
zeros(struct writer *w, size_t n)
{
	while (n-- > 0)
		put_u8(w, 0);
}

static void
option_parameters(struct writer *w, const struct list *l)
{
	put_u8(w, 55);
	put_u8(w, (uint8_t)l->n);
	for (size_t i = 0; i < l->n; i++)
		put_u8(w, (uint8_t)list_number(l->item[i], 10));
}

static void
put_digits(struct writer *w, struct text hex)
{
	for (size_t i = 0; i + 1 < hex.len; i += 2)
		put_u8(w, (uint8_t)list_number((struct text){ hex.s + i, 2 }, 16));
}

/* The hardware type and address (RFC 2132, 9.14); or IAID and DUID (RFC 4361, 6.1). */
static void
client_id(struct writer *w, const struct player *p)
{
	size_t n = p->client_id.len / 2;

	put_u8(w, 61);
	if (n == 0) {
		put_u8(w, 7);
		put_u8(w, 1);
		put_bytes(w, p->mac.b, 6);
	} else if (p->duid) {
		put_u8(w, (uint8_t)(5 + n));
		put_u8(w, 0xff);
		put_bytes(w, p->mac.b + 2, 4);
		put_digits(w, p->client_id);
	} else {
		put_u8(w, (uint8_t)n);
		put_digits(w, p->client_id);
	}
}

/* One option of a client, when there is something to say in it. */
static void
client_option(struct writer *w, unsigned code, const struct dhcp_say *d)
{
	const struct player *p = d->client;
	bool request = d->type == DHCP_REQUEST;

	if (code == 53)
		option(w, 53, (struct text){ request ? "\3" : "\1", 1 });
	else if (code == 61) {
		client_id(w, p);
	} else if (code == 50 && request)
		option32(w, 50, d->address);
	else if (code == 54 && request && d->server != 0)
		option32(w, 54, d->server);
	else if (code == 57)
		option(w, 57, (struct text){ "\5\334", 2 }); /* 1500 */
	else if (code == 51 && d->server == 0)
		option32(w, 51, 7776000);
	else if (code == 60 && p->trait->vendor_class.len > 0)
		option(w, 60, p->trait->vendor_class);
	else if (code == 12 && p->host.len > 0)
		option(w, 12, p->host);
	else if (code == 81 && request && p->host.len > 0) {
		put_u8(w, 81);
		put_u8(w, (uint8_t)(3 + p->host.len));
		zeros(w, 3);
		put_text(w, p->host);
	} else if (code == 55)
		option_parameters(w, &p->trait->parameters);
}

static void
server_options(struct writer *w, const struct dhcp_say *d)
{
	put_u8(w, 53);
	put_u8(w, 1);
	put_u8(w, (uint8_t)d->type);
	option32(w, 54, d->server);
	option32(w, 51, d->lease);
	option32(w, 1, 0xffff0000);
	option32(w, 3, d->router);
	option32(w, 6, d->resolver);
}

void
say_dhcp(struct writer *w, const struct dhcp_say *d)
{
	bool answer = d->type == DHCP_OFFER || d->type == DHCP_ACK;
	size_t from = w->len;

	put_u8(w, answer ? 2 : 1);
	put_u8(w, 1);
	put_u8(w, 6);
	put_u8(w, 0);
	put_u32(w, d->xid);
	zeros(w, 8); /* secs, flags, ciaddr */
	put_u32(w, answer ? d->address : 0);
	put_u32(w, 0);
	put_u32(w, answer ? d->relay : 0);
	put_bytes(w, d->client->mac.b, 6);
	zeros(w, 10 + 64 + 128);
	put_u32(w, 0x63825363);
	if (answer)
		server_options(w, d);
	else
		for (size_t i = 0; i < d->client->trait->order.n; i++)
			client_option(w,
			    list_number(d->client->trait->order.item[i], 10), d);
	put_u8(w, 255);
	if (w->len - from < BOOTP_LEAST)
		zeros(w, BOOTP_LEAST - (w->len - from));
}

static void
radius_attribute(struct writer *w, uint8_t type, struct text value)
{
	put_u8(w, type);
	put_u8(w, (uint8_t)(2 + value.len));
	put_text(w, value);
}

void
say_radius(struct writer *w, uint8_t id, const struct player *p, uint32_t nas,
    struct dice *dice)
{
	struct writer body;
	char station[24];

	writer_to_memory(&body);
	radius_attribute(&body, 1, p->account);
	(void)snprintf(station, sizeof station, "%02X-%02X-%02X-%02X-%02X-%02X",
	    p->mac.b[0], p->mac.b[1], p->mac.b[2], p->mac.b[3], p->mac.b[4],
	    p->mac.b[5]);
	put_u8(&body, 4); /* NAS-IP-Address */
	put_u8(&body, 6);
	put_u32(&body, nas);
	put_u8(&body, 61); /* NAS-Port-Type: 802.11 */
	put_u8(&body, 6);
	put_u32(&body, 19);
	radius_attribute(&body, 31, text_of(station));
	put_u8(w, 1);
	put_u8(w, id);
	put_u16(w, (uint16_t)(20 + body.len));
	for (int i = 0; i < 4; i++)
		put_u32(w, (uint32_t)dice_throw(dice));
	put_text(w, writer_text(&body));
	(void)writer_close(&body);
}

/* Labels of a dotted name, without the root. */
static void
put_labels(struct writer *w, struct text name)
{
	struct text label;

	while (text_split(&name, '.', &label)) {
		put_u8(w, (uint8_t)label.len);
		put_text(w, label);
	}
}

void
say_dns(struct writer *w, uint16_t id, struct text name, const uint32_t *ip)
{
	put_u16(w, id);
	put_u16(w, ip != NULL ? 0x8180 : 0x0100);
	put_u16(w, 1);
	put_u16(w, ip != NULL);
	put_u32(w, 0);
	put_labels(w, name);
	put_u8(w, 0);
	put_u16(w, TYPE_A);
	put_u16(w, CLASS_IN);
	if (ip == NULL)
		return;
	put_u16(w, 0xc00c);
	put_u16(w, TYPE_A);
	put_u16(w, CLASS_IN);
	put_u32(w, 300);
	put_u16(w, 4);
	put_u32(w, *ip);
}

static void
put_local(struct writer *w, struct text name)
{
	put_labels(w, name);
	put_labels(w, text_of("local"));
	put_u8(w, 0);
}

static void
put_instance(struct writer *w, const struct player *p, struct text type)
{
	put_u8(w, (uint8_t)p->called.len);
	put_text(w, p->called);
	put_local(w, type);
}

static void
put_record(struct writer *w, uint16_t type, uint32_t ttl, struct text data)
{
	put_u16(w, type);
	put_u16(w, type == TYPE_PTR ? CLASS_IN : CLASS_IN | CACHE_FLUSH);
	put_u32(w, ttl);
	put_block16(w, data);
}

/* PTR, SRV and TXT of one service: `type|key=value|key=value`. */
static void
put_service(struct writer *w, const struct player *p, struct text service)
{
	struct writer data;
	struct text type, pair;

	if (!text_split(&service, '|', &type))
		return;
	writer_to_memory(&data);
	put_instance(&data, p, type);
	put_local(w, type);
	put_record(w, TYPE_PTR, 4500, writer_text(&data));

	data.len = 0;
	put_u32(&data, 0); /* priority, weight */
	put_u16(&data, text_starts(type, text_of("_ipp.")) ? 631 : 49152);
	put_local(&data, p->host);
	put_instance(w, p, type);
	put_record(w, TYPE_SRV, 120, writer_text(&data));

	data.len = 0;
	while (text_split(&service, '|', &pair)) {
		put_u8(&data, (uint8_t)pair.len);
		put_text(&data, pair);
	}
	if (data.len == 0)
		put_u8(&data, 0); /* RFC 6763, section 6.1: never empty */
	put_instance(w, p, type);
	put_record(w, TYPE_TXT, 4500, writer_text(&data));
	(void)writer_close(&data);
}

void
say_mdns(struct writer *w, const struct player *p, uint32_t ip)
{
	const struct list *l = &p->trait->services;

	put_u32(w, 0x8400); /* id 0; an answer, authoritative */
	put_u16(w, 0);
	put_u16(w, (uint16_t)(3 * l->n + 1));
	put_u32(w, 0);
	for (size_t i = 0; i < l->n; i++)
		put_service(w, p, l->item[i]);
	put_local(w, p->host);
	put_u16(w, TYPE_A);
	put_u16(w, CLASS_IN | CACHE_FLUSH);
	put_u32(w, 120);
	put_u16(w, 4);
	put_u32(w, ip);
}

void
say_get(struct writer *w, struct text host, struct text agent)
{
	put(w, "GET / HTTP/1.1\r\nHost: ");
	put_text(w, host);
	if (agent.len > 0) {
		put(w, "\r\nUser-Agent: ");
		put_text(w, agent);
	}
	put(w, "\r\nConnection: close\r\n\r\n");
}

void
say_ok(struct writer *w, struct text server)
{
	put(w, "HTTP/1.1 200 OK\r\n");
	if (server.len > 0) {
		put(w, "Server: ");
		put_text(w, server);
		put(w, "\r\n");
	}
	put(w, "Content-Type: text/plain\r\nContent-Length: 8\r\n\r\nSuccess\n");
}
