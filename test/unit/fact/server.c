/* SPDX-License-Identifier: ISC */
#include "fact/server.h"

#include <string.h>

#include "test.h"

struct told {
	unsigned n;
	enum fact_key last;
	char all[256]; /* every value, a blank behind each */
};

static void
hear(void *state, enum fact_key key, struct text value)
{
	struct told *t = state;
	size_t len = strlen(t->all);

	t->n++;
	t->last = key;
	(void)snprintf(t->all + len, sizeof t->all - len, "%.*s ", (int)value.len,
	    value.s);
}

static struct told
contact(const struct servers *s, const char *ip, uint16_t port, uint8_t proto)
{
	struct sighting to = { .dst_port = port, .proto = proto };
	struct told t = { .n = 0 };

	OK(addr_parse(text_of(ip), &to.dst_ip));
	servers_tell(s, &to, hear, &t);
	return t;
}

static void
add(struct servers *s, const char *net, uint16_t port, enum fact_key said)
{
	struct server one = { .port = port, .said = said };

	OK(prefix_parse(text_of(net), &one.net));
	servers_add(s, one);
}

static struct servers
some(void)
{
	struct servers s = { NULL, 0 };

	add(&s, "192.0.2.10", 443, FACT_IP_SERVICE);
	add(&s, "149.154.160.0/20", 0, FACT_IP_CONTACT);
	add(&s, "2001:67c:4e8::/48", 0, FACT_IP_CONTACT);
	add(&s, "192.0.0.0/9", 0, FACT_IP_CONTACT);
	return s;
}

TEST(a_server_is_told_by_its_address_and_port)
{
	struct servers s = some();

	SAME(contact(&s, "149.154.167.51", 443, 6).all, "149.154.167.51 ");
	EQ(contact(&s, "149.154.167.51", 443, 6).last, FACT_IP_CONTACT);
	SAME(contact(&s, "2001:67c:4e8:f002::a", 80, 6).all, "2001:67c:4e8:f002::a ");
	EQ(contact(&s, "149.154.176.1", 443, 6).n, 0);
	SAME(contact(&s, "192.0.2.10", 443, 17).all, "192.0.2.10:443/udp 192.0.2.10 ");
	SAME(contact(&s, "192.0.2.10", 80, 6).all, "192.0.2.10 ");
	SAME(contact(&s, "17.57.144.20", 5223, 6).all, "17.57.144.20:5223 ");
	EQ(contact(&s, "17.57.144.20", 5223, 17).n, 0);
	servers_free(&s);
}

TEST(an_address_that_may_be_of_a_server_has_the_beginning_of_one)
{
	static uint8_t starts[SERVER_STARTS];
	struct servers s = some();
	static const struct {
		const char *ip;
		bool may;
	} asked[] = { { "149.154.1.1", true }, { "192.0.2.10", true },
		{ "192.127.255.255", true }, { "192.128.0.1", false },
		{ "191.255.0.1", false }, { "2001:db8::1", true },
		{ "2a00:1450::1", false }, { "8.8.8.8", false } };

	servers_mark(&s, starts);
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		struct addr a;
		OK(addr_parse(text_of(asked[i].ip), &a));
		EQ(server_may_be(starts, a), asked[i].may);
	}
	servers_free(&s);
}

TEST(servers_go_whole_from_one_process_to_another)
{
	struct servers s = some(), read;
	struct writer w;

	writer_to_memory(&w);
	servers_write(&w, &s);
	struct cursor c = cur_over(w.buf, w.len);
	OK(servers_read(&c, &read));
	EQ(read.n, s.n);
	for (size_t i = 0; i < read.n; i++) {
		OK(addr_equal(read.list[i].net.net, s.list[i].net.net));
		EQ(read.list[i].net.bits, s.list[i].net.bits);
		EQ(read.list[i].port, s.list[i].port);
		EQ(read.list[i].said, s.list[i].said);
	}
	servers_free(&read);
	for (size_t cut = 0; cut < w.len; cut++) {
		c = cur_over(w.buf, cut);
		OK(!servers_read(&c, &read));
		servers_free(&read);
	}
	w.buf[4] = 77; /* no kind of address */
	c = cur_over(w.buf, w.len);
	OK(!servers_read(&c, &read));
	servers_free(&read);
	(void)writer_close(&w);
	servers_free(&s);
}
