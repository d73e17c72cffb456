/* SPDX-License-Identifier: ISC */
#include "device/device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "office.h"

static const int64_t morning = INT64_C(1679994723) * SECOND;

static void
hear(struct office *o, const char *mac, const char *ip, const char *subject,
    enum fact_key key, const char *value, uint8_t ttl, int64_t time)
{
	struct sighting s = { .time = time,
		.frame = 1,
		.src_mac = address(mac),
		.src_ip = address(ip),
		.dst_mac = address("02:00:00:00:00:fe"),
		.dst_ip = address("192.0.2.1"),
		.ttl = ttl };
	struct fact f = { .key = key,
		.value = text_of(value),
		.subject = address(subject),
		.seen = &s };

	register_fact(o->devices, &f);
}

static size_t
pieces(const struct device *d)
{
	size_t n;

	(void)device_evidence(d, &n);
	return n;
}

TEST(facts_of_a_mac_and_of_its_address_are_one_device)
{
	struct office o = open_office();
	const char *mac = "a4:83:e7:00:00:01";

	hear(&o, mac, "", mac, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 0, morning);
	hear(&o, mac, "", mac, FACT_ARP_ADDRESS, "10.0.0.5", 0, morning);
	hear(&o, mac, "10.0.0.5", "10.0.0.5", FACT_HTTP_USER_AGENT,
	    "CaptiveNetworkSupport-390.60.1 wispr", 61, morning + SECOND);
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 1);
	const struct device *d = find(&o, mac);
	if (OK(d != NULL)) {
		EQ(d->n_ips, 1);
		EQ(pieces(d), 2);
		EQ(d->n_labels, 1);
		EQ(d->labels[0].is_default, false);
		SAME(d->belief.kind.value.s, "phone");
		OK(find(&o, "10.0.0.5") == d);
		EQ(d->first_seen, morning);
		EQ(d->last_seen, morning + SECOND);
		EQ(strlen(d->id), 18);
	}
	close_office(&o);
}

TEST(a_router_is_not_the_devices_behind_it)
{
	struct office o = open_office();
	const char *router = "00:1b:0c:00:00:01";

	hear(&o, router, "10.0.0.1", router, FACT_ARP_ADDRESS, "10.0.0.1", 0, morning);
	hear(&o, router, "10.9.0.7", "10.9.0.7", FACT_DHCP_HOSTNAME, "Annas-iPad", 63,
	    morning);
	hear(&o, router, "10.9.0.8", "10.9.0.8", FACT_TCP_SYN,
	    "4:127+1:0:1460:65535,8:mss,nop,ws,nop,nop,sok:df,id+:0", 127, morning);
	hear(&o, router, "93.184.216.34", "93.184.216.34", FACT_HTTP_SERVER,
	    "Microsoft-IIS/10.0", 52, morning);
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 3);
	const struct device *r = find(&o, router);
	const struct device *pad = find(&o, "10.9.0.7");
	if (OK(r != NULL && pad != NULL)) {
		EQ(r->is_router, true);
		EQ(pieces(r), 0);
		EQ(pad->n_macs, 0);
		SAME(pad->belief.kind.leading.s, "tablet");
	}
	OK(find(&o, "93.184.216.34") == NULL);
	close_office(&o);
}

TEST(an_address_that_moves_to_another_mac_takes_nothing_along)
{
	struct office o = open_office();
	const char *a = "a4:83:e7:00:00:01", *b = "f0:18:98:00:00:02";

	hear(&o, a, "", a, FACT_DHCP_ADDRESS, "10.0.0.5", 0, morning);
	hear(&o, a, "10.0.0.5", "10.0.0.5", FACT_HTTP_USER_AGENT,
	    "Foo/1.0 (iPhone; iOS 15.4; Scale/3.00)", 64, morning);
	hear(&o, b, "", b, FACT_DHCP_ADDRESS, "10.0.0.5", 0, morning + DAY);
	hear(&o, b, "10.0.0.5", "10.0.0.5", FACT_HTTP_USER_AGENT,
	    "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", 128, morning + DAY);
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 2);
	const struct device *x = find(&o, a), *y = find(&o, b);
	if (OK(x != NULL && y != NULL)) {
		SAME(x->belief.os.value.s, "iOS");
		SAME(y->belief.os.value.s, "Windows");
		OK(!x->belief.several && !y->belief.several);
	}
	close_office(&o);
}

TEST(a_mac_with_many_addresses_by_ttl_alone_is_a_proxy)
{
	struct office o = open_office();
	char ip[32];

	for (int i = 1; i <= 9; i++) {
		(void)snprintf(ip, sizeof ip, "10.0.1.%d", i);
		hear(&o, "00:1b:0c:00:00:01", ip, ip, FACT_HTTP_USER_AGENT,
		    "Mozilla/5.0 (Windows NT 10.0; Win64; x64)", 128, morning);
	}
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 10);
	EQ(find(&o, "00:1b:0c:00:00:01")->is_router, true);
	close_office(&o);
}

TEST(a_small_reach_to_a_group_makes_no_router)
{
	struct office o = open_office();
	const char *mac = "00:1b:0c:00:00:01", *ip = "10.0.1.1";
	struct sighting s = { .time = morning,
		.frame = 1,
		.src_mac = address(mac),
		.src_ip = address(ip),
		.dst_mac = address("01:00:5e:7f:ff:fa"),
		.dst_ip = address("239.255.255.250"),
		.proto = 17,
		.ttl = 2 };
	struct fact f = { .key = FACT_SSDP_SERVER,
		.value = text_of("Linux UPnP/1.0 Sonos/70.3-35220 (ZPS9)"),
		.subject = address(ip),
		.seen = &s };

	register_fact(o.devices, &f);
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 1);
	if (OK(find(&o, mac) != NULL)) {
		OK(!find(&o, mac)->is_router);
		SAME(find(&o, mac)->belief.kind.value.s, "speaker");
	}
	close_office(&o);
}

TEST(a_client_on_a_link_without_macs_is_its_address)
{
	struct office o = open_office();

	hear(&o, "", "203.0.113.9", "203.0.113.9", FACT_HTTP_USER_AGENT,
	    "Foo/1.0 (iPhone; iOS 15.4; Scale/3.00)", 57, morning);
	hear(&o, "", "198.51.100.1", "198.51.100.1", FACT_HTTP_SERVER, "Apache", 57,
	    morning);
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 1);
	SAME(find(&o, "203.0.113.9")->belief.kind.value.s, "phone");
	close_office(&o);
}

TEST(presence_becomes_stays_with_short_silences_closed)
{
	struct office o = open_office();
	struct presence p = { .mac = address("a4:83:e7:00:00:01"),
		.ip = address("10.0.0.5"),
		.ttl = 64,
		.vlan = 7 };
	static const int hours[] = { 0, 1, 2, 8, 9 };

	for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
		p.first = morning + hours[i] * HOUR;
		p.last = p.first + HOUR / 2;
		register_presence(o.devices, &p);
	}
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, "a4:83:e7:00:00:01");
	if (OK(d != NULL)) {
		EQ(d->n_stays, 2);
		EQ(d->stays[0].first, morning);
		EQ(d->stays[0].last, morning + 2 * HOUR + HOUR / 2);
		EQ(d->stays[1].vlan, 7);
		EQ(d->last_seen, morning + 9 * HOUR + HOUR / 2);
	}
	close_office(&o);
}

TEST(a_host_that_nobody_asked_for_is_not_kept)
{
	struct office o = open_office();
	const char *mac = "a4:83:e7:00:00:01";

	register_want_host(o.devices, text_of(".gov.example"));
	hear(&o, mac, "10.0.0.5", "10.0.0.5", FACT_TLS_SNI, "mail.gov.example", 64,
	    morning);
	hear(&o, mac, "10.0.0.5", "10.0.0.5", FACT_TLS_SNI, "diary.example", 64,
	    morning);
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, mac);
	if (OK(d != NULL)) {
		EQ(d->n_uses, 1);
		EQ(pieces(d), 0);
		SAME(d->uses[0].value.s, "mail.gov.example");
	}
	close_office(&o);
}

TEST(the_same_facts_in_another_order_give_the_same_devices)
{
	static const struct {
		const char *mac, *value;
		enum fact_key key;
	} facts[] = {
		{ "a4:83:e7:00:00:01", "Lucas-iPhone", FACT_DHCP_HOSTNAME },
		{ "a4:83:e7:00:00:01", "1,121,3,6,15,119,252", FACT_DHCP_PARAMETERS },
		{ "f0:18:98:00:00:02", "DESKTOP-7F3K2QA", FACT_DHCP_HOSTNAME },
		{ "f0:18:98:00:00:02", "MSFT 5.0", FACT_DHCP_VENDOR_CLASS },
		{ "f0:18:98:00:00:03", "android-dhcp-13", FACT_DHCP_VENDOR_CLASS },
	};
	enum { N = sizeof facts / sizeof *facts };
	struct office a = open_office(), b = open_office();
	size_t n;

	for (size_t i = 0; i < N; i++) {
		hear(&a, facts[i].mac, "", facts[i].mac, facts[i].key, facts[i].value,
		    0, morning + (int64_t)i);
		hear(&b, facts[N - 1 - i].mac, "", facts[N - 1 - i].mac,
		    facts[N - 1 - i].key, facts[N - 1 - i].value, 0,
		    morning + (int64_t)(N - 1 - i));
	}
	register_settle(a.devices, TIME_NONE);
	register_settle(b.devices, TIME_NONE);
	(void)knowledge_hypotheses(a.knowledge, &n);
	EQ(register_count(a.devices), register_count(b.devices));
	for (size_t i = 0; i < register_count(a.devices); i++) {
		const struct device *x = register_device(a.devices, i);
		const struct device *y = register_device(b.devices, i);
		SAME(x->id, y->id);
		EQ(x->first_seen, y->first_seen);
		OK(memcmp(x->belief.p, y->belief.p, n * sizeof *x->belief.p) == 0);
	}
	close_office(&a);
	close_office(&b);
}

TEST(evidence_of_a_device_is_explained_strongest_first)
{
	struct office o = open_office();
	const char *mac = "a4:83:e7:00:00:01";

	hear(&o, mac, "", mac, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 0, morning);
	hear(&o, mac, "", mac, FACT_DHCP_PARAMETERS, "1,121,3,6,15,119,252", 0,
	    morning);
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, mac);
	OK(d != NULL && pieces(d) == 2);
	close_office(&o);
}

TEST(what_is_said_a_thousand_times_is_one_piece_of_evidence)
{
	struct office o = open_office();
	const char *mac = "a4:83:e7:00:00:01";
	char name[32];
	size_t n;

	for (int i = 0; i < 1000; i++) {
		hear(&o, mac, "", mac, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 0,
		    morning + i * SECOND);
		(void)snprintf(name, sizeof name, "Phone-%d", i % 100);
		hear(&o, mac, "", mac, FACT_MDNS_NAME, name, 0, morning - i * SECOND);
	}
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, mac);
	if (OK(d != NULL)) {
		const struct evidence *e = device_evidence(d, &n);
		EQ(n, 1);
		EQ(e[0].count, 1000);
		EQ(e[0].first, morning);
		EQ(e[0].last, morning + 999 * SECOND);
		EQ(d->n_labels, 101);
		EQ(d->labels[1].last - d->labels[1].first, 900 * SECOND);
	}
	close_office(&o);
}

TEST(a_full_register_drops_those_that_were_silent_longest)
{
	struct office o = open_office();
	char mac[18];

	register_free(o.devices);
	o.devices = register_new(o.knowledge, 250); /* a thousand endpoints */
	for (int i = 0; i < 3000; i++) {
		(void)snprintf(mac, sizeof mac, "a4:83:e7:00:%02x:%02x", i >> 8,
		    i & 255);
		hear(&o, mac, "", mac, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 0,
		    morning + i * SECOND);
		hear(&o, "a4:83:e7:ff:ff:ff", "", "a4:83:e7:ff:ff:ff",
		    FACT_DHCP_HOSTNAME, "Anna-iPad", 0, morning + i * SECOND);
	}
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 1000);
	EQ(register_evicted(o.devices), 2001);
	OK(find(&o, mac) != NULL);
	OK(find(&o, "a4:83:e7:00:00:01") == NULL);
	const struct device *busy = find(&o, "a4:83:e7:ff:ff:ff");
	if (OK(busy != NULL)) {
		EQ(pieces(busy), 1);
		SAME(busy->labels[0].value.s, "Anna-iPad");
	}
	close_office(&o);
}

TEST(a_device_that_was_forgotten_is_the_same_again)
{
	struct office o = open_office();
	const char *mac = "a4:83:e7:00:00:01";
	char id[20];

	hear(&o, mac, "", mac, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 0, morning);
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, mac);
	double p = d->belief.kind.p;
	memcpy(id, d->id, sizeof id);
	register_forget(o.devices);
	d = find(&o, mac);
	SAME(d->id, id);
	OK(d->belief.kind.p == p);
	EQ(pieces(d), 1);
	close_office(&o);
}

static void
advertise(struct office *o, struct addr who, enum fact_key key, const char *value)
{
	struct sighting s = { .time = morning, .frame = 1, .src_mac = who };
	struct fact f = { .key = key,
		.value = text_of(value),
		.subject = who,
		.seen = &s };

	register_fact(o->devices, &f);
}

/* c4:61:8b is a block of Apple's; a static random address may begin like it. */
TEST(a_random_bluetooth_address_is_a_device_and_no_makers_block)
{
	struct office o = open_office();
	struct addr random = { ADDR_BLE, { 0xc4, 0x61, 0x8b, 0, 0, 7 } };
	struct addr public = { ADDR_MAC, { 0xc4, 0x61, 0x8b, 0, 0, 7 } };
	struct addr next = { ADDR_BLE, { 0x44, 0x61, 0x8b, 0, 0, 7 } };

	advertise(&o, random, FACT_BLE_MICROSOFT_DEVICE, "15");
	advertise(&o, next, FACT_BLE_MICROSOFT_DEVICE, "15");
	advertise(&o, public, FACT_BLE_APPLE_TYPE, "10");
	register_settle(o.devices, TIME_NONE);
	EQ(register_count(o.devices), 3);
	const struct device *d = register_find(o.devices, random);
	if (OK(d != NULL)) {
		EQ(d->n_macs, 1);
		EQ(d->macs[0].kind, ADDR_BLE);
		SAME(d->belief.os.value.s, "Windows");
		for (size_t i = 0; i < d->n_evidence; i++)
			OK(strcmp(d->evidence[i].rows[0]->family, "oui") != 0);
	}
	const struct device *other = register_find(o.devices, public);
	OK(other != NULL && other != d && strcmp(other->id, d->id) != 0);
	/* As a person writes it, it is a MAC address. */
	OK(find(&o, "44:61:8b:00:00:07") == register_find(o.devices, next));
	close_office(&o);
}
