/* SPDX-License-Identifier: ISC */
/* Many hosts, seven packets each: what a register of devices costs. */
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "base/writer.h"
#include "gen.h"

enum { HELLOS_MAX = 300, HELLO_LEAST = 100, HELLO_MOST = 600, SERVERS = 5000 };
enum { REQUEST = 3, ACK = 5, RESOLVER_PORT = 5353, HEAD = 14 + 20 };

/* SYN options: as Apple sends them, Windows, Linux and Android, small things. */
#define OPTIONS_APPLE "\2\4\5\xb4\1\3\3\6\1\1\10\12\0\0\0\1\0\0\0\0\4\2\0\0"
#define OPTIONS_WINDOWS "\2\4\5\xb4\1\3\3\10\1\1\4\2"
#define OPTIONS_LINUX "\2\4\5\xb4\4\2\10\12\0\0\0\1\0\0\0\0\1\3\3\7"
#define OPTIONS_SMALL "\2\4\5\xb4"
#define BYTES(s)                \
	{                       \
		s, sizeof s - 1 \
	}

/* Kinds of host, in turn. Nobody is recognised by them in earnest. */
static const struct kind {
	const char *oui, *name, *vendor_class, *service;
	struct text parameters, options;
	uint16_t window;
	uint8_t ttl;
} kinds[] = {
	{ "\x3c\x2e\xff", "iPhone", "", "_companion-link",
	    BYTES("\1\171\3\6\17\154\162\167\374"), BYTES(OPTIONS_APPLE), 65535, 64 },
	{ "\x8c\x8d\x28", "DESKTOP", "MSFT 5.0", "_printer",
	    BYTES("\1\3\6\17\37\41\53\54\56\57\167\171\371\374"),
	    BYTES(OPTIONS_WINDOWS), 64240, 128 },
	{ "\x5c\xf6\xdc", "Galaxy-S23", "android-dhcp-13", "_googlecast",
	    BYTES("\1\3\6\17\32\34\63\72\73\53"), BYTES(OPTIONS_LINUX), 65535, 64 },
	{ "\xa4\x83\xe7", "MacBook-Pro", "", "_airplay",
	    BYTES("\1\171\3\6\17\167\374\137\54\56"), BYTES(OPTIONS_APPLE), 65535, 64 },
	{ "\xb8\x27\xeb", "raspberrypi", "dhcpcd-9.4.1:Linux-6.1:aarch64",
	    "_workstation", BYTES("\1\2\3\6\14\17\32\34\52\53\171"),
	    BYTES(OPTIONS_LINUX), 64240, 64 },
	{ "\x24\x0a\xc4", "ESP", "udhcp 1.36.1", "_hap", BYTES("\1\3\6\14\17\34\52"),
	    BYTES(OPTIONS_SMALL), 5744, 255 },
	{ "\x3c\x2a\xf4", "HPLJ", "HP Printer", "_ipp",
	    BYTES("\6\3\1\17\102\103\15\54\14\121\374"), BYTES(OPTIONS_SMALL), 32768,
	    64 },
	{ "\xf4\xf5\xd8", "Pixel-8", "android-dhcp-14", "_spotify-connect",
	    BYTES("\1\3\6\17\32\34\63\72\73\53\162\154"), BYTES(OPTIONS_LINUX), 65535,
	    64 },
	{ "\xf0\x18\x98", "iPad", "", "_raop", BYTES("\1\171\3\6\17\154\162\167\374"),
	    BYTES(OPTIONS_APPLE), 65535, 64 },
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

static const uint8_t gateway[] = { 0, 0x1b, 0x2b, 1, 2, 3 };
static const uint8_t broadcast[] = { 255, 255, 255, 255, 255, 255 };
static const uint8_t mdns_group[] = { 1, 0, 0x5e, 0, 0, 0xfb };

struct one {
	const struct kind *kind;
	uint32_t number, ip, server;
	uint64_t chance;
	uint8_t mac[6];
	char name[40];
};

static struct one
one_of(uint32_t number)
{
	struct one h = { .kind = &kinds[number % KINDS], .number = number };

	h.chance = hash_mix(number, 7);
	h.ip = 0x0a010000U + number;
	h.server = 0x17200000U + (uint32_t)(h.chance % SERVERS) * 3;
	memcpy(h.mac, h.kind->oui, 3);
	h.mac[3] = (uint8_t)(number >> 16);
	h.mac[4] = (uint8_t)(number >> 8);
	h.mac[5] = (uint8_t)number;
	(void)snprintf(h.name, sizeof h.name, "%s-%06X", h.kind->name,
	    number * 2654435761U >> 8);
	return h;
}

static void
put_option(struct writer *w, unsigned code, const void *bytes, size_t n)
{
	if (n == 0)
		return;
	put_u8(w, (uint8_t)code);
	put_u8(w, (uint8_t)n);
	put_bytes(w, bytes, n);
}

static void
put_address(struct writer *w, unsigned code, uint32_t ip)
{
	uint8_t b[4];

	set32(b, ip);
	put_option(w, code, b, sizeof b);
}

static void
put_zeros(struct writer *w, size_t n)
{
	while (n-- > 0)
		put_u8(w, 0);
}

static void
put_dhcp(struct writer *w, const struct one *h, bool answer)
{
	uint8_t type = answer ? ACK : REQUEST, id[7] = { 1 };

	memcpy(id + 1, h->mac, 6);
	put_u32(w, answer ? 0x02010600 : 0x01010600);
	put_u32(w, (uint32_t)h->chance);
	put_zeros(w, 8);
	put_u32(w, answer ? h->ip : 0);
	put_zeros(w, 8);
	put_bytes(w, h->mac, 6);
	put_zeros(w, 10 + 64 + 128);
	put_u32(w, 0x63825363);
	put_option(w, 53, &type, 1);
	if (answer) {
		put_address(w, 54, 0x0a000001);
		put_address(w, 51, 86400);
		put_address(w, 1, 0xff000000);
	} else {
		put_option(w, 61, id, sizeof id);
		put_address(w, 50, h->ip);
		put_option(w, 12, h->name, strlen(h->name));
		put_option(w, 60, h->kind->vendor_class, strlen(h->kind->vendor_class));
		put_option(w, 55, h->kind->parameters.s, h->kind->parameters.len);
	}
	put_u8(w, 255);
	if (w->len < 300)
		put_zeros(w, 300 - w->len);
}

static void
put_label(struct writer *w, const char *label)
{
	put_u8(w, (uint8_t)strlen(label));
	put(w, label);
}

static void
put_record(struct writer *w, unsigned type, bool flush, uint32_t ttl, struct text data)
{
	put_u16(w, (uint16_t)type);
	put_u16(w, flush ? 0x8001 : 1);
	put_u32(w, ttl);
	put_block16(w, data);
}

/* A service, its TXT record and the address of the host (RFC 6762 section 8.3). */
static void
put_mdns(struct writer *w, const struct one *h)
{
	static const struct text service = BYTES("\xc0\x0c"); /* compressed */
	struct writer data;
	uint8_t ip[4];

	writer_to_memory(&data);
	put_bytes(w, "\0\0\x84\0\0\0\0\3\0\0\0\0", 12);
	put_label(w, h->kind->service);
	put_bytes(w, "\4_tcp\5local", 12);
	put_label(&data, h->name);
	put_text(&data, service);
	put_record(w, 12, false, 4500, writer_text(&data));

	put_text(w, writer_text(&data));
	data.len = 0;
	char pair[64];
	(void)snprintf(pair, sizeof pair, "model=%s%u,%u", h->kind->name,
	    h->number % KINDS + 3, h->number % KINDS + 1);
	put_label(&data, pair);
	put_record(w, 16, true, 4500, writer_text(&data));

	put_label(w, h->name);
	put_bytes(w, "\5local", 7);
	set32(ip, h->ip);
	put_record(w, 1, true, 120, (struct text){ (const char *)ip, 4 });
	(void)writer_close(&data);
}

/* Packets 3 to 6: the handshake, and the hello in the last. */
static void
put_tcp(struct writer *w, const struct one *h, unsigned k, const struct hellos *hellos)
{
	uint32_t mine = (uint32_t)(h->chance >> 11),
	         theirs = (uint32_t)(h->chance >> 27);
	bool up = k != 4, syn = k <= 4;
	static const struct text answer = BYTES(OPTIONS_LINUX);
	struct text options = !syn ? (struct text){ "", 0 }
	    : up                   ? h->kind->options
	                           : answer;
	unsigned flags = k == 3 ? FLAG_SYN
	    : k == 4            ? FLAG_SYN | FLAG_ACK
	    : k == 5            ? FLAG_ACK
	                        : FLAG_ACK | FLAG_PSH;

	put_u32(w, up ? mine + (k > 3) : theirs);
	put_u32(w, k == 3 ? 0 : up ? theirs + 1 : mine + 1);
	put_u16(w, (uint16_t)((5 + options.len / 4) << 12 | flags));
	put_u16(w, up ? h->kind->window : 65160);
	put_u32(w, 0);
	put_text(w, options);
	if (k == 6) {
		size_t which = h->chance % hellos->n, from = w->len;
		put_bytes(w, hellos->list[which].bytes, hellos->list[which].n);
		uint64_t state = h->chance;
		for (size_t i = 0; i < 32; i++) /* its random, behind 11 bytes */
			w->buf[from + 11 + i] = (char)draw(&state);
	}
}

/* Ethernet, IPv4 and ports around what a host says. */
static size_t
wrap(const struct one *h, unsigned k, struct text body, uint8_t *out)
{
	bool tcp = k > 2, answer = k == 1, up = k != 4;
	uint16_t port = (uint16_t)(32768 + h->number % 28000);
	size_t header = tcp ? 4 : 8, n = HEAD + header + body.len;

	memcpy(out, k == 0 ? broadcast : k == 2 ? mdns_group : gateway, 6);
	memcpy(out + 6, h->mac, 6);
	if (answer || !up) {
		memcpy(out, h->mac, 6);
		memcpy(out + 6, gateway, 6);
	}
	set16(out + 12, ETHER_IP4);
	memset(out + 14, 0, 20);
	out[14] = 0x45;
	set16(out + 18, h->number);
	out[20] = tcp ? 0x40 : 0;
	out[22] = k == 2 ? 255 : up ? h->kind->ttl : 57; /* RFC 6762 section 11 */
	out[23] = tcp ? PROTO_TCP : PROTO_UDP;
	set32(out + 26, k == 0 ? 0 : answer ? 0x0a000001 : up ? h->ip : h->server);
	set32(out + 30,
	    k == 0       ? 0xffffffff
	        : k == 2 ? 0xe00000fb
	        : answer ? h->ip
	        : up     ? h->server
	                 : h->ip);
	uint16_t from = k == 0 ? 68
	    : answer           ? 67
	    : k == 2           ? RESOLVER_PORT
	    : up               ? port
	                       : 443;
	uint16_t to = k == 0 ? 67
	    : answer         ? 68
	    : k == 2         ? RESOLVER_PORT
	    : up             ? 443
	                     : port;
	set16(out + HEAD, from);
	set16(out + HEAD + 2, to);
	memcpy(out + HEAD + header, body.s, body.len);
	struct layout l = { .net = 14, .transport = HEAD, .proto = out[23] };
	packet_seal(out, n, &l);
	if (n >= 60)
		return n;
	memset(out + n, 0, 60 - n);
	return 60;
}

size_t
scale_render(const struct hellos *hellos, uint32_t number, unsigned k, uint8_t *out)
{
	struct one h = one_of(number);
	struct writer w;

	writer_to_memory(&w);
	if (k < 2)
		put_dhcp(&w, &h, k == 1);
	else if (k == 2)
		put_mdns(&w, &h);
	else
		put_tcp(&w, &h, k, hellos);
	size_t n = wrap(&h, k, writer_text(&w), out);
	(void)writer_close(&w);
	return n;
}

void
hellos_find(struct hellos *all, const struct sources *sources)
{
	*all = (struct hellos){ 0 };
	for (size_t c = 0; c < sources->n && all->n < HELLOS_MAX; c++)
		for (size_t i = 0; i < sources->list[c].n; i++) {
			const struct packet *p = &sources->list[c].packets[i];
			struct layout l = layout_of(p->bytes, p->len);
			const uint8_t *y = p->bytes + l.payload;
			size_t n = l.payload == 0 ? 0 : p->len - l.payload;
			if (l.proto != PROTO_TCP || n < HELLO_LEAST || n > HELLO_MOST)
				continue;
			if (y[0] != 0x16 || y[1] != 3 || y[5] != 1 ||
			    get16(y + 3) + 5U != n)
				continue;
			all->list = must_grow(all->list, all->n + 1, sizeof *all->list);
			all->list[all->n].bytes = y;
			all->list[all->n++].n = n;
			break;
		}
}
