/* SPDX-License-Identifier: ISC */
#include "fact/server.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"

enum { TCP = 6, SERVERS_MOST = 100000, PUSH_APPLE = 5223, PUSH_GOOGLE = 5228 };

void
servers_add(struct servers *s, struct server one)
{
	if ((s->n & (s->n - 1)) == 0) /* room is a power of two */
		s->list = must_grow(s->list, s->n > 0 ? s->n * 2 : 1, sizeof *s->list);
	s->list[s->n++] = one;
}

void
servers_free(struct servers *s)
{
	free(s->list);
	*s = (struct servers){ NULL, 0 };
}

void
servers_mark(const struct servers *s, uint8_t starts[SERVER_STARTS])
{
	for (size_t i = 0; i < s->n; i++) {
		const struct prefix *net = &s->list[i].net;
		unsigned start = (unsigned)net->net.b[0] << 8 | net->net.b[1];
		unsigned last = net->bits >= 16 ? start
		                                : start + (0xffffu >> net->bits);
		for (; start <= last; start++)
			starts[start / 8] |= (uint8_t)(1u << start % 8);
	}
}

static const struct server *
server_of(const struct servers *s, const struct sighting *to, enum fact_key said)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct server *one = &s->list[i];
		if (one->said == said &&
		    (one->port == 0 || one->port == to->dst_port) &&
		    prefix_has(&one->net, to->dst_ip))
			return one;
	}
	return NULL;
}

void
servers_tell(const struct servers *s, const struct sighting *to,
    void (*say)(void *, enum fact_key, struct text), void *state)
{
	char ip[ADDR_TEXT], value[ADDR_TEXT + 16];
	bool is_push = to->proto == TCP &&
	    (to->dst_port == PUSH_APPLE || to->dst_port == PUSH_GOOGLE);
	int n;

	if (server_of(s, to, FACT_IP_SERVICE) != NULL) {
		n = snprintf(value, sizeof value, "%s:%u/%s",
		    addr_print(to->dst_ip, ip), to->dst_port,
		    to->proto == TCP ? "tcp" : "udp");
		say(state, FACT_IP_SERVICE, (struct text){ value, (size_t)n });
	}
	if (server_of(s, to, FACT_IP_CONTACT) != NULL)
		say(state, FACT_IP_CONTACT, text_of(addr_print(to->dst_ip, ip)));
	if (is_push) {
		n = snprintf(value, sizeof value, "%s:%u", addr_print(to->dst_ip, ip),
		    to->dst_port);
		say(state, FACT_IP_PUSH, (struct text){ value, (size_t)n });
	}
}

void
servers_write(struct writer *w, const struct servers *s)
{
	put_u32(w, (uint32_t)s->n);
	for (size_t i = 0; i < s->n; i++) {
		const struct server *one = &s->list[i];
		put_u8(w, one->net.net.kind);
		put_bytes(w, one->net.net.b, sizeof one->net.net.b);
		put_u8(w, one->net.bits);
		put_u16(w, one->port);
		put_u8(w, one->said == FACT_IP_CONTACT);
	}
}

bool
servers_read(struct cursor *c, struct servers *out)
{
	size_t n = cur_u32(c);

	*out = (struct servers){ NULL, 0 };
	if (!cur_ok(c) || n > SERVERS_MOST)
		return false;
	for (size_t i = 0; i < n && cur_ok(c); i++) {
		struct server one = { .net.net.kind = cur_u8(c) };
		struct cursor bytes = cur_take(c, sizeof one.net.net.b);
		if (cur_ok(&bytes) && cur_left(&bytes) == sizeof one.net.net.b)
			memcpy(one.net.net.b, bytes.at, sizeof one.net.net.b);
		one.net.bits = cur_u8(c);
		one.port = cur_u16(c);
		one.said = cur_u8(c) != 0 ? FACT_IP_CONTACT : FACT_IP_SERVICE;
		if ((one.net.net.kind != ADDR_IP4 && one.net.net.kind != ADDR_IP6) ||
		    one.net.bits > addr_len((enum addr_kind)one.net.net.kind) * 8)
			return false;
		servers_add(out, one);
	}
	return cur_ok(c);
}
