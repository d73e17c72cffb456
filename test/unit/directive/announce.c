/* SPDX-License-Identifier: ISC */
/* The time asked about walks through the evidence of one device, a day at a time. */
#include "base/time.h"
#include "directive/class.h"
#include "test.h"

enum { DAYS = 240, ROUNDS = 6 };

static const struct {
	enum fact_key key;
	const char *value;
} traits[] = {
	{ FACT_DHCP_PARAMETERS, "1,121,3,6,15,119,252" },
	{ FACT_DHCP_HOSTNAME, "iPhone" },
	{ FACT_TLS_SNI, "gateway.icloud.com" },
	{ FACT_DNS_QUERY, "captive.apple.com" },
	{ FACT_HTTP_USER_AGENT, "CaptiveNetworkSupport-390.60.1 wispr" },
	{ FACT_HTTP_USER_AGENT, "Foo/1 CFNetwork/1496.0.7 Darwin/23.5.0" },
	{ FACT_ARP_ADDRESS, "192.0.2.7" },
};
enum { TRAITS = sizeof traits / sizeof *traits };

static unsigned
next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33);
}

static int64_t
day_at(unsigned day)
{
	return INT64_C(1679994723) * SECOND + day * DAY;
}

static void
hear(struct register_ *r, unsigned day, size_t trait)
{
	struct sighting s = { .time = day_at(day), .frame = 1, .ttl = 64 };
	struct fact f = { .key = traits[trait].key,
		.value = text_of(traits[trait].value),
		.seen = &s };

	OK(addr_parse(text_of("a4:83:e7:00:00:01"), &s.src_mac));
	OK(addr_parse(text_of("192.0.2.7"), &s.src_ip));
	f.subject = s.src_mac;
	register_fact(r, &f);
}

struct walk {
	enum truth was, said; /* without memory, and announced, the day before */
	unsigned fades, takes_back, changes;
};

/* A day on which it was used, and perhaps said something that it had not said lately.
 */
static void
walk_day(struct walk *w, struct register_ *r, const struct class *c,
    struct knowledge *k, unsigned day, bool news)
{
	struct addr mac;

	register_settle(r, day_at(day));
	OK(addr_parse(text_of("a4:83:e7:00:00:01"), &mac));
	const struct device *d = register_find(r, mac);
	if (!OK(d != NULL))
		return;
	struct class_answer now = class_judge(c, d, k, NULL);
	struct class_answer told = class_announce(c, d, k, NULL, day_at(day));
	OK(now.truth == UNDECIDED || told.truth == now.truth);
	if (!news && day > 0 && now.truth != w->was)
		w->fades++;
	if (!news && day > 0 && told.truth != w->said) {
		w->takes_back++;
		OK(told.truth == UNDECIDED && (w->said == TRUE_) != (told.p > 0.5));
	}
	w->changes += day > 0 && told.truth != w->said;
	w->was = now.truth;
	w->said = told.truth;
}

/* The evidence of a device that says much in some weeks and little in others. */
static void
walk_round(struct walk *w, const struct class *c, struct knowledge *k, uint64_t seed)
{
	struct register_ *r = register_new(k, 100);

	for (unsigned day = 0; day < DAYS; day++) {
		bool news = false;
		for (size_t i = 0; i + 1 < TRAITS; i++)
			if (next(&seed) % 60 == 0) {
				hear(r, day, i);
				news = true;
			}
		hear(r, day, TRAITS - 1); /* the address is used */
		walk_day(w, r, c, k, day, news);
	}
	register_free(r);
}

TEST(what_is_announced_does_not_flap_while_belief_fades)
{
	static const char *const classes[] = { "vendor is Apple and kind is phone",
		"os is iOS or os is iPadOS", "vendor is Apple", "not kind is phone" };
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);
	struct arena arena = { 0 };
	struct walk all = { 0 };

	if (!OK(k != NULL))
		return;
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
		struct complaints bad = { 0 };
		const struct class *c = class_parse(&arena, text_of(classes[i]), "f", 1,
		    1, &bad);
		complaints_free(&bad);
		for (uint64_t round = 1; OK(c != NULL) && round <= ROUNDS; round++) {
			struct walk w = { .was = UNDECIDED, .said = UNDECIDED };
			walk_round(&w, c, k, round);
			all.fades += w.fades;
			all.takes_back += w.takes_back;
			all.changes += w.changes;
		}
	}
	OK(all.fades > 0); /* without memory it would go to and fro */
	OK(all.takes_back < all.fades);
	arena_free(&arena);
	knowledge_free(k);
}
