/* SPDX-License-Identifier: ISC */
/* Large flows: the real first packets of one, then data from the server. */
#include <string.h>

#include "base/err.h"
#include "gen.h"

enum {
	HTTP = 80,
	HTTPS = 443,
	TCP_HEAD = 32, /* with time stamps, as nearly all bulk data has */
	TCP_DATA = 1388,
	UDP_DATA = 1250,
	UDP_ANSWER = 35,
	EACH = 4,            /* handshakes taken of one source */
	INITIAL_LEAST = 1200 /* RFC 9000 section 14.1 */
};

static bool
is_quic_initial(const struct packet *p, const struct layout *l)
{
	return l->proto == PROTO_UDP && get16(p->bytes + l->transport + 2) == HTTPS &&
	    p->len >= l->payload + INITIAL_LEAST && p->bytes[l->payload] >> 4 == 0xc;
}

static bool
is_open(const struct packet *p, const struct layout *l)
{
	const uint8_t *t = p->bytes + l->transport;

	return l->proto == PROTO_TCP && (t[13] & 0x3f) == FLAG_SYN &&
	    (get16(t + 2) == HTTPS || get16(t + 2) == HTTP);
}

/* 1: the same direction of the same flow; -1: the other one; 0: another flow. */
static int
direction(const struct packet *a, const struct layout *la, const struct packet *b,
    const struct layout *lb)
{
	const uint8_t *x = a->bytes + la->net + 12, *y = b->bytes + lb->net + 12;
	const uint8_t *s = a->bytes + la->transport, *t = b->bytes + lb->transport;

	if (lb->transport == 0 || lb->v6 || lb->proto != la->proto)
		return 0;
	if (memcmp(x, y, 8) == 0 && memcmp(s, t, 4) == 0)
		return 1;
	if (memcmp(x, y + 4, 4) == 0 && memcmp(x + 4, y, 4) == 0 &&
	    get16(s) == get16(t + 2) && get16(s + 2) == get16(t))
		return -1;
	return 0;
}

static bool
asks(const struct packet *p, const struct layout *l, bool *tls)
{
	const uint8_t *data = p->bytes + l->payload;

	if (l->payload == 0 || l->payload + 6 > p->len)
		return false;
	bool hello = data[0] == 0x16 && data[1] == 3 && data[5] == 1;
	*tls = *tls || hello;
	return hello || memcmp(data, "GET ", 4) == 0 || memcmp(data, "POST", 4) == 0;
}

/* Follows the flow that packet i opens; false when nothing is asked in it. */
static bool
follow(const struct source *s, size_t i, struct handshake *h)
{
	const struct packet *first = &s->packets[i];
	struct layout l = layout_of(first->bytes, first->len);
	bool quic = l.proto == PROTO_UDP, asked = quic, answered = quic;
	size_t most = quic ? 6 : sizeof h->packets / sizeof h->packets[0];

	*h = (struct handshake){ .source = s, .proto = l.proto };
	h->port = get16(first->bytes + l.transport);
	for (; i < s->n && h->n < most; i++) {
		const struct packet *p = &s->packets[i];
		struct layout m = layout_of(p->bytes, p->len);
		int way = direction(first, &l, p, &m);
		if (way == 0)
			continue;
		uint8_t flags = quic ? 0 : p->bytes[m.transport + 13];
		if ((flags & (FLAG_FIN | FLAG_RST)) != 0)
			break;
		if (way < 0 && (flags & FLAG_SYN) != 0)
			answered = true;
		if (way > 0 && !quic)
			asked = asks(p, &m, &h->tls) || asked;
		h->packets[h->n++] = p;
	}
	return asked && answered && h->n >= (quic ? 2 : 4);
}

void
handshakes_find(struct handshakes *all, const struct sources *sources)
{
	*all = (struct handshakes){ 0 };
	for (size_t c = 0; c < sources->n; c++) {
		const struct source *s = &sources->list[c];
		unsigned taken = 0;
		for (size_t i = 0; i < s->n && taken < EACH; i++) {
			const struct packet *p = &s->packets[i];
			struct layout l = layout_of(p->bytes, p->len);
			struct handshake h;
			if (l.transport == 0 || l.payload == 0 || l.v6)
				continue;
			if (!is_open(p, &l) && !is_quic_initial(p, &l))
				continue;
			if (!follow(s, i, &h))
				continue;
			all->list = must_grow(all->list, all->n + 1, sizeof h);
			all->list[all->n++] = h;
			taken++;
		}
	}
}

/* The sequence numbers at which the handshake left the two sides. */
static void
find_sequence(struct bulk *b)
{
	const struct handshake *h = b->hello;

	for (size_t i = 0; i < h->n; i++) {
		const struct packet *p = h->packets[i];
		struct layout l = layout_of(p->bytes, p->len);
		const uint8_t *t = p->bytes + l.transport;
		uint32_t end = get32(t + 4) + get16(p->bytes + l.net + 2) -
		    (uint32_t)(l.payload - l.net) + ((t[13] & FLAG_SYN) != 0);
		if (get16(t) == h->port)
			b->ack = end;
		else
			b->seq = end;
	}
}

static void
swap(uint8_t *to, const uint8_t *from, size_t n)
{
	memcpy(to, from + n, n);
	memcpy(to + n, from, n);
}

/* Headers for both directions, out of those of the client's first packet. */
static void
begin(struct bulk *b)
{
	uint8_t frame[FRAME_MAX];
	const struct packet *p = b->hello->packets[0];
	struct layout l = layout_of(p->bytes, p->len);

	replica_render(&b->replica, p, frame);
	size_t net = l.net, transport = net + 20;
	for (int back = 0; back < 2; back++) {
		uint8_t *h = b->head[back];
		memcpy(h, frame, net);
		memcpy(h + net, "\x45\0\0\0\0\0\x40\0\x40", 9);
		h[net + 9] = l.proto;
		memcpy(h + net + 12, frame + l.net + 12, 8);
		memcpy(h + transport, frame + l.transport, 4);
	}
	swap(b->head[1], frame, 6);
	swap(b->head[1] + net + 12, frame + l.net + 12, 4);
	swap(b->head[1] + transport, frame + l.transport, 2);
	b->layout = l;
	b->layout.transport = transport;
	if (l.proto == PROTO_TCP)
		find_sequence(b);
	b->begun = true;
}

static void
set_tcp(struct bulk *b, uint8_t *t, bool data, uint64_t k)
{
	static const uint8_t stamps[] = { 1, 1, 8, 10 };

	set32(t + 4, data ? b->seq : b->ack);
	set32(t + 8, data ? b->ack : b->seq);
	set16(t + 12, TCP_HEAD / 4 << 12 | FLAG_ACK);
	set16(t + 14, data ? 501 : 2048);
	set32(t + 16, 0);
	memcpy(t + 20, stamps, sizeof stamps);
	set32(t + 24, 1000000 + (uint32_t)k);
	set32(t + 28, 2000000 + (uint32_t)k);
}

static void
fill(uint8_t *to, size_t n, uint64_t state)
{
	for (size_t i = 0; i < n; i += 8) {
		uint64_t bytes = draw(&state);
		memcpy(to + i, &bytes, n - i < 8 ? n - i : 8);
	}
}

/* Two packets of data, then one that acknowledges them. */
size_t
bulk_render(struct bulk *b, uint64_t k, uint8_t *out)
{
	if (!b->begun)
		begin(b);
	bool tcp = b->hello->proto == PROTO_TCP, data = k % 3 != 2;
	const uint8_t *head = b->head[data];
	size_t header = tcp ? TCP_HEAD : 8, at = b->layout.transport + header;
	size_t n = data ? (tcp ? TCP_DATA : UDP_DATA) : tcp ? 0 : UDP_ANSWER;

	memcpy(out, head, b->layout.transport + 4);
	set16(out + b->layout.net + 4, b->id++);
	fill(out + at, n, hash_mix(b->replica.key, k));
	if (tcp)
		set_tcp(b, out + b->layout.transport, data, k);
	else
		out[at] = 0x40 | (out[at] & 0x1f); /* RFC 9000: a short header */
	if (tcp && data) {
		static const uint8_t record[] = { 0x17, 3, 3, 0x40, 0x11 };
		if (b->hello->tls && b->sent % 12 == 0)
			memcpy(out + at, record, sizeof record);
		b->seq += (uint32_t)n;
		b->sent++;
	}
	packet_seal(out, at + n, &b->layout);
	return at + n;
}
