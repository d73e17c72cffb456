/* SPDX-License-Identifier: ISC */
/* What must hold of every register, however the evidence came to it. */
#include "device/device.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "test.h"

struct event {
	const char *mac, *ip;
	enum fact_key key;
	const char *value;
	int64_t after; /* seconds */
};

static const char *const phone = "a4:83:e7:00:00:01",
                         *const other = "3c:22:fb:00:00:02";

static const struct event story[] = {
	{ "a4:83:e7:00:00:01", "", FACT_DHCP_PARAMETERS, "1,121,3,6,15,119,252", 0 },
	{ "a4:83:e7:00:00:01", "", FACT_DHCP_HOSTNAME, "Lucas-iPhone", 0 },
	{ "a4:83:e7:00:00:01", "", FACT_ARP_ADDRESS, "10.0.0.5", 1 },
	{ "a4:83:e7:00:00:01", "10.0.0.5", FACT_HTTP_USER_AGENT,
	    "CaptiveNetworkSupport-390.60.1 wispr", 2 },
	{ "a4:83:e7:00:00:01", "10.0.0.5", FACT_TLS_SNI, "gateway.icloud.com", 3 },
	{ "a4:83:e7:00:00:01", "10.0.0.5", FACT_DNS_QUERY, "captive.apple.com", 3 },
	{ "3c:22:fb:00:00:02", "", FACT_DHCP_PARAMETERS,
	    "1,121,3,6,15,119,252,95,44,46", 5 },
	{ "3c:22:fb:00:00:02", "", FACT_ARP_ADDRESS, "10.0.0.6", 6 },
	{ "3c:22:fb:00:00:02", "10.0.0.6", FACT_MDNS_MODEL, "MacBookPro14,1", 90000 },
	{ "3c:22:fb:00:00:02", "10.0.0.6", FACT_HTTP_USER_AGENT,
	    "Foo/1 CFNetwork/1496.0.7 Darwin/23.5.0 (x86_64)", 90001 },
	{ "3c:22:fb:00:00:02", "10.0.0.6", FACT_TLS_SNI, "swscan.apple.com", 200000 },
};
enum { EVENTS = sizeof story / sizeof *story };

static struct addr
address(const char *s)
{
	struct addr a = { .kind = ADDR_NONE };

	if (*s != '\0')
		OK(addr_parse(text_of(s), &a));
	return a;
}

static void
hear(struct register_ *r, const struct event *e)
{
	struct sighting s = { .time = INT64_C(1679994723) * SECOND + e->after * SECOND,
		.frame = 1,
		.src_mac = address(e->mac),
		.src_ip = address(e->ip),
		.dst_mac = address("02:00:00:00:00:fe"),
		.dst_ip = address("192.0.2.1"),
		.ttl = 64 };
	struct fact f = { .key = e->key,
		.value = text_of(e->value),
		.subject = address(e->ip[0] != '\0' ? e->ip : e->mac),
		.seen = &s };

	register_fact(r, &f);
}

static struct register_ *
hear_all(struct knowledge *k, const unsigned order[EVENTS])
{
	struct register_ *r = register_new(k, 1000);

	for (unsigned i = 0; i < EVENTS; i++)
		hear(r, &story[order[i]]);
	register_settle(r, TIME_NONE);
	return r;
}

static void
same_belief(const struct register_ *a, const struct register_ *b, const char *mac)
{
	const struct device *x = register_find(a, address(mac));
	const struct device *y = register_find(b, address(mac));

	if (!OK(x != NULL) || !OK(y != NULL))
		return;
	SAME(x->id, y->id);
	OK(x->belief.n == y->belief.n &&
	    memcmp(x->belief.p, y->belief.p, x->belief.n * sizeof *x->belief.p) == 0);
	OK(x->belief.version.p >= y->belief.version.p &&
	    x->belief.version.p <= y->belief.version.p);
	OK(text_equal(x->belief.model.value, y->belief.model.value));
	OK(text_equal(x->belief.kind.value, y->belief.kind.value));
}

/* A small generator of our own, so that a failure can be repeated. */
static unsigned
next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33);
}

TEST(a_register_believes_the_same_in_whatever_order_it_heard)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);
	unsigned order[EVENTS];
	uint64_t state = 1679994723;

	if (!OK(k != NULL))
		return;
	for (unsigned i = 0; i < EVENTS; i++)
		order[i] = i;
	struct register_ *first = hear_all(k, order);
	for (int round = 0; round < 100; round++) {
		for (unsigned i = EVENTS - 1; i > 0; i--) {
			unsigned j = next(&state) % (i + 1), was = order[i];
			order[i] = order[j];
			order[j] = was;
		}
		struct register_ *again = hear_all(k, order);
		EQ(register_count(again), register_count(first));
		same_belief(first, again, phone);
		same_belief(first, again, other);
		register_free(again);
	}
	const struct device *d = register_find(first, address(phone));
	SAME(d != NULL ? d->belief.kind.value.s : "", "phone");
	register_free(first);
	knowledge_free(k);
}

/* Believed of the one fact, more than of nothing at all. */
static void
one_is_enough(struct knowledge *k, enum fact_key key, const char *value,
    const char *vendor)
{
	struct register_ *r = register_new(k, 1000);
	const struct event e = { "02:00:00:00:00:01", "", key, value, 0 };

	hear(r, &e);
	register_settle(r, TIME_NONE);
	const struct device *d = register_find(r, address(e.mac));
	if (OK(d != NULL)) {
		SAME(d->belief.vendor.leading.s, vendor);
		OK(d->belief.vendor.leading_p > 0.5);
	}
	register_free(r);
}

TEST(one_fact_alone_gives_a_belief)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	if (!OK(k != NULL))
		return;
	one_is_enough(k, FACT_DHCP_PARAMETERS, "1,121,3,6,15,119,252", "Apple");
	one_is_enough(k, FACT_TLS_JA4, "t13d2014h2_a09f3c656075_14788d8d241b", "Apple");
	one_is_enough(k, FACT_MDNS_MODEL, "iPhone12,8", "Apple");
	knowledge_free(k);
}

TEST(a_newer_model_or_darwin_is_read_by_its_form_and_says_so)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);
	const struct row *rows[MATCHES_MAX];

	if (!OK(k != NULL))
		return;
	if (EQ(knowledge_match(k, FACT_MDNS_MODEL, text_of("iPhone29,1"), rows), 1))
		SAME(rows[0]->id, "apple.model/any-iphone");
	size_t n = knowledge_match(k, FACT_HTTP_USER_AGENT,
	    text_of("App/1 CFNetwork/4000.1 Darwin/28.3.0"), rows);
	if (EQ(n, 1)) {
		SAME(rows[0]->id, "ua.form/darwin-by-its-form");
		const struct claim *v = &rows[0]->claims[rows[0]->n_claims - 1];
		EQ(v->attribute, ATTR_VERSION);
		SAME(v->min, "28");
		SAME(v->max, "28");
	}
	knowledge_free(k);
}
