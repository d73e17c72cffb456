/* SPDX-License-Identifier: ISC */
#include "device/belief.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/time.h"
#include "device/line.h"
#include "test.h"

static const char iphone_ua[] =
    "http.user_agent=Mozilla/5.0 (iPhone; CPU iPhone OS 13_4 like Mac OS X) "
    "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1 Mobile/15E148 Safari/604.1";
static const char captive_ua[] = "http.user_agent=CaptiveNetworkSupport-390.60.1 wispr";
static const char windows_ua[] =
    "http.user_agent=Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0";

static struct knowledge *
known(void)
{
	struct err err = { "" };
	struct knowledge *k = knowledge_load("share/knowledge", NULL, &err);

	if (!OK(k != NULL))
		(void)printf("\t%s\n", err.line);
	return k;
}

static void
tell(struct knowledge *k, struct line *l, const char *const *facts, size_t n)
{
	struct err err = { "" };

	line_begin(l);
	for (size_t i = 0; i < n; i++)
		if (line_field(l, text_of(facts[i]), &err) != 0)
			OK(false);
	line_settle(l, k);
}

static double
share(struct knowledge *k, const struct belief *b, const char *vendor, const char *kind)
{
	size_t n;
	double p = 0;
	const struct hypothesis *h = knowledge_hypotheses(k, &n);

	for (size_t i = 0; i < n; i++)
		if (text_is(h[i].vendor, vendor) && text_is(h[i].kind, kind))
			p += b->p[i];
	return p;
}

TEST(a_broad_row_of_the_family_leaves_a_narrow_one_its_weight_between_siblings)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *alone[] = { iphone_ua }, *both[] = { iphone_ua, captive_ua };

	tell(k, &l, alone, 1);
	double before = log(share(k, &l.device.belief, "Apple", "phone") /
	    share(k, &l.device.belief, "Apple", "computer"));
	tell(k, &l, both, 2);
	double after = log(share(k, &l.device.belief, "Apple", "phone") /
	    share(k, &l.device.belief, "Apple", "computer"));
	OK(fabs(before - after) < 0.001);
	SAME(l.device.belief.kind.value.s, "phone");
	OK(!l.device.belief.several);
	line_free(&l);
	knowledge_free(k);
}

/* The platform says Cisco, switch; the banner Cisco, IOS, switch or router. */
TEST(a_narrow_claim_counts_against_a_broad_one_that_asks_of_fewer)
{
	static const char *const facts[] = {
		"cdp.platform=cisco WS-C2950-24",
		"cdp.version=Cisco Internetwork Operating System Software IOS (tm) "
		"C2950 Software (C2950-I6K2L2Q4-M), Version 12.1(22)EA14",
	};
	struct knowledge *k = known();
	struct line l = { .p = NULL };

	tell(k, &l, facts, 1);
	double alone = log(share(k, &l.device.belief, "Cisco", "switch") /
	    share(k, &l.device.belief, "Cisco", "router"));
	tell(k, &l, facts, 2);
	double both = log(share(k, &l.device.belief, "Cisco", "switch") /
	    share(k, &l.device.belief, "Cisco", "router"));
	OK(both > alone - 0.5);
	SAME(l.device.belief.kind.value.s, "switch");
	line_free(&l);
	knowledge_free(k);
}

TEST(what_only_says_apple_does_not_say_which)
{
	static const char *const lists[] = {
		"dhcp.parameters=1,121,3,6,15,108,114,119,162,252",
		"dhcp.parameters=1,121,3,6,15,119,252",
		"tcp.syn=4:64+0:0:1460:65535,6:mss,nop,ws,nop,nop,ts,sok,eol+1:df,id+,"
		"ecn:0",
		"tls.ja4=t13d2014h2_a09f3c656075_e42f34c56612",
		"http.user_agent=CaptiveNetworkSupport-390.60.1 wispr",
		"tls.sni=gateway.icloud.com",
	};
	struct knowledge *k = known();
	struct line l = { .p = NULL };

	tell(k, &l, lists, sizeof lists / sizeof *lists);
	SAME(l.device.belief.vendor.value.s, "Apple");
	EQ(l.device.belief.kind.value.len, 0);
	SAME(l.device.belief.kind.leading.s, "phone");
	line_free(&l);
	knowledge_free(k);
}

TEST(a_macintosh_may_be_an_ipad)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *safari[] = {
		"http.user_agent=Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
		"AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15"
	};
	const char *chrome[] = {
		"http.user_agent=Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
		"AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
	};

	tell(k, &l, safari, 1);
	SAME(l.device.belief.vendor.value.s, "Apple");
	EQ(l.device.belief.os.value.len, 0);
	tell(k, &l, chrome, 1);
	SAME(l.device.belief.os.value.s, "macOS");
	line_free(&l);
	knowledge_free(k);
}

TEST(a_known_signature_of_another_makers_interface_names_no_model)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *facts[] = {
		"wifi.signature=wifi4|probe:0,1,3,45,50,htcap:007e,htagg:00,"
		"htmcs:000000ff|assoc:0,1,45,48,50,221(0050f2,2),htcap:000c,htagg:1b,"
		"htmcs:000000ff",
		"mac=00:50:56:00:53:01"
	};

	if (k == NULL)
		return;
	tell(k, &l, facts, 1);
	OK(share(k, &l.device.belief, "Canon", "printer") > 0.9);
	tell(k, &l, facts, 2); /* of a virtual machine */
	OK(share(k, &l.device.belief, "Canon", "printer") < 0.1);
	OK(l.device.belief.model.p < DECIDED_AT);
	line_free(&l);
	knowledge_free(k);
}

TEST(names_are_matched_by_whole_tokens_and_known_forms_only)
{
	static const struct {
		const char *name, *kind;
	} cases[] = {
		{ "dhcp.hostname=Lucas-iPhone", "phone" },
		{ "dhcp.hostname=iPhonediMonica", "phone" },
		{ "dhcp.hostname=Galaxy-S23", "phone" },
		{ "dhcp.hostname=Kalisha", "" },
		{ "dhcp.hostname=biosensor", "" },
		{ "dhcp.hostname=Pixel-Studio-NAS", "" },
		{ "dhcp.hostname=MyiPhoneDock", "" },
	};
	struct knowledge *k = known();
	struct line l = { .p = NULL };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		tell(k, &l, &cases[i].name, 1);
		if (!OK(text_is(l.device.belief.kind.value, cases[i].kind)))
			(void)printf("\t%s is called '%.*s'\n", cases[i].name,
			    (int)l.device.belief.kind.value.len,
			    l.device.belief.kind.value.s);
	}
	line_free(&l);
	knowledge_free(k);
}

/* A whole-token name decides between siblings; a cut-off wants a second family. */
TEST(a_name_decides_the_kind_even_where_that_kind_is_the_rarer)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *facts[] = { "dhcp.hostname=Gabrieles-iPad" };
	const char *trap[] = { "dhcp.hostname=MyiPadStand" };

	tell(k, &l, facts, 1);
	SAME(l.device.belief.kind.value.s, "tablet");
	OK(share(k, &l.device.belief, "Apple", "phone") < 0.1);
	tell(k, &l, trap, 1);
	EQ(l.device.belief.kind.value.len, 0);
	line_free(&l);
	knowledge_free(k);
}

TEST(frozen_tokens_are_not_believed)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *new[] = {
		"http.user_agent=Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS "
		"X) "
		"AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.5.2 Mobile/15E148 "
		"Safari/604.1"
	};
	const char *web_view[] = {
		"http.user_agent=Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS "
		"X) "
		"AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
	};
	const char *check[] = {
		"http.user_agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 "
		"(KHTML, like Gecko) Chrome/60.0.3112.32 Safari/537.36"
	};

	tell(k, &l, new, 1);
	SAME(l.device.belief.version.value.s, "26.5");
	tell(k, &l, web_view, 1);
	EQ(l.device.belief.version.value.len, 0);
	EQ(l.device.belief.range.min.part[0], 18);
	EQ(l.device.belief.range.max.n, 0);
	tell(k, &l, check, 1);
	SAME(l.device.belief.os.leading.s, "Android");
	line_free(&l);
	knowledge_free(k);
}

TEST(an_iphone_named_in_a_windows_phones_user_agent_is_none)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *facts[] = { "http.user_agent=Mozilla/5.0 (Mobile; Windows Phone "
		                "8.1; Android 4.0; ARM; "
		                "Trident/7.0; Touch; rv:11.0; IEMobile/11.0; NOKIA; "
		                "Lumia 520) like iPhone "
		                "OS 7_0_3 Mac OS X AppleWebKit/537 (KHTML, like Gecko) "
		                "Mobile Safari/537" };

	tell(k, &l, facts, 1);
	SAME(l.device.belief.os.leading.s, "Windows Phone");
	OK(share(k, &l.device.belief, "Apple", "phone") < 0.1);
	line_free(&l);
	knowledge_free(k);
}

TEST(two_systems_behind_one_address_are_shown_as_several)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *facts[] = { iphone_ua, windows_ua };

	tell(k, &l, facts, 2);
	OK(l.device.belief.several);
	EQ(l.device.belief.os.value.len, 0);
	EQ(l.device.belief.n, 0);
	if (OK(l.device.belief.n_members == 2)) {
		const struct member *m = l.device.belief.members;
		bool swapped = text_is(m[0].belief.os.value, "Windows");
		SAME(m[swapped].belief.os.value.s, "iOS");
		SAME(m[swapped].belief.kind.value.s, "phone");
		SAME(m[!swapped].belief.os.value.s, "Windows");
		OK(share(k, &m[swapped].belief, "Apple", "phone") > 0.9);
		EQ(m[swapped].key, FACT_HTTP_USER_AGENT);
	}
	tell(k, &l, facts, 1);
	OK(!l.device.belief.several);
	line_free(&l);
	knowledge_free(k);
}

/* A small generator of our own, so that a failure can be repeated. */
static unsigned
next(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33);
}

/* Of one, or of each of several. */
static bool
same_belief(const struct belief *a, const struct belief *b)
{
	bool same = a->n == b->n && a->n_members == b->n_members &&
	    (a->n == 0 || memcmp(a->p, b->p, a->n * sizeof(double)) == 0);

	for (size_t i = 0; same && i < a->n_members; i++) {
		const struct member *m = &a->members[i], *o = &b->members[i];
		same = m->belief.n == o->belief.n && text_equal(m->value, o->value) &&
		    memcmp(m->belief.p, o->belief.p, m->belief.n * sizeof(double)) == 0;
	}
	return same;
}

TEST(the_same_evidence_in_any_order_gives_the_same_belief)
{
	const char *facts[] = { iphone_ua, captive_ua, windows_ua,
		"dhcp.parameters=1,121,3,6,15,119,252", "dhcp.hostname=Annas-iPad",
		"tls.sni=swscan.apple.com", "tls.sni=www.msftconnecttest.com",
		"mdns.model=MacBookPro14,1", "mdns.os_version=osxvers=20",
		"dhcp.vendor_class=android-dhcp-13" };
	enum { N = sizeof facts / sizeof *facts };
	struct knowledge *k = known();
	struct line first = { .p = NULL }, again = { .p = NULL };
	uint64_t state = 2023;

	tell(k, &first, facts, N);
	OK(first.device.belief.n_members >= 2);
	for (int round = 0; round < 200; round++) {
		for (size_t i = N - 1; i > 0; i--) {
			size_t j = next(&state) % (i + 1);
			const char *f = facts[i];
			facts[i] = facts[j];
			facts[j] = f;
		}
		tell(k, &again, facts, N);
		if (!OK(same_belief(&again.device.belief, &first.device.belief)) ||
		    !SAME(again.device.id, first.device.id))
			break;
		EQ(again.device.belief.several, first.device.belief.several);
	}
	line_free(&first);
	line_free(&again);
	knowledge_free(k);
}

TEST(a_trait_fades_when_its_address_goes_on_without_it_and_not_in_silence)
{
	struct knowledge *k = known();
	struct belief now, silent, later;
	const struct row *rows[MATCHES_MAX];
	size_t n = knowledge_match(k, FACT_DHCP_HOSTNAME, text_of("Lucas-iPhone"),
	    rows);
	struct evidence e[2] = { { .key = FACT_DHCP_HOSTNAME,
		                     .value = text_of("Lucas-iPhone"),
		                     .rows = rows,
		                     .n_rows = (uint16_t)n,
		                     .count = 1 },
		{ .key = FACT_DNS_QUERY,
		    .value = text_of("www.example.org"),
		    .first = 180 * DAY,
		    .last = 180 * DAY,
		    .count = 1 } };

	belief_compute(k, e, 1, NULL, 0, &now);
	belief_compute(k, e, 1, NULL, 180 * DAY, &silent);
	belief_compute(k, e, 2, NULL, 180 * DAY, &later);
	SAME(now.kind.value.s, "phone");
	SAME(silent.kind.value.s, "phone");
	EQ(later.kind.value.len, 0);
	OK(later.kind.leading_p < now.kind.leading_p);
	belief_free(&now);
	belief_free(&silent);
	belief_free(&later);
	knowledge_free(k);
}

TEST(a_darwin_number_gives_an_interval_of_versions)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	const char *facts[] = {
		"http.user_agent=Foo/1 CFNetwork/3826.600.41 Darwin/24.6.0",
		"dhcp.hostname=Lucas-iPhone"
	};

	tell(k, &l, facts, 2);
	SAME(l.device.belief.os.value.s, "iOS");
	EQ(l.device.belief.range.min.part[0], 18);
	EQ(l.device.belief.range.min.part[1], 6);
	EQ(l.device.belief.range.max.part[2], 10);
	EQ(l.device.belief.version.value.len, 0);
	line_free(&l);
	knowledge_free(k);
}

TEST(a_site_can_set_a_prior)
{
	struct knowledge *k = known();
	struct line l = { .p = NULL };
	size_t n;
	double sum = 0, apple = 0;

	OK(knowledge_set_prior(k, ATTR_VENDOR, text_of("apple"), 0.5));
	OK(!knowledge_set_prior(k, ATTR_VENDOR, text_of("nobody"), 0.5));
	OK(!knowledge_set_prior(k, ATTR_VENDOR, text_of("Apple"), 1.5));
	const struct hypothesis *h = knowledge_hypotheses(k, &n);
	for (size_t i = 0; i < n; i++) {
		sum += h[i].prior;
		apple += text_is(h[i].vendor, "Apple") ? h[i].prior : 0;
	}
	OK(fabs(sum - 1) < 1e-9 && fabs(apple - 0.5) < 1e-9);
	line_free(&l);
	knowledge_free(k);
}

TEST(a_line_undoes_its_escapes_and_names_what_is_wrong)
{
	struct err err;
	struct line l = { .p = NULL };
	char good[] = "dhcp.hostname=a\\tb\\\\c\\nd=e\tmac=c4:61:8b:35:82:a9";
	char bad_escape[] = "dhcp.hostname=a\\x";
	char bad_key[] = "dhcp.hostnam=a";
	char bad_field[] = "hello";
	char bad_mac[] = "mac=1.2.3.4";

	EQ(line_read(&l, good, sizeof good - 1, &err), 0);
	OK(text_is(l.evidence[0].value, "a\tb\\c\nd=e"));
	EQ(l.mac.kind, ADDR_MAC);
	EQ(line_read(&l, bad_escape, sizeof bad_escape - 1, &err), -1);
	EQ(line_read(&l, bad_key, sizeof bad_key - 1, &err), -1);
	SAME(err.line,
	    "no fact is called 'dhcp.hostnam': do you mean 'dhcp.hostname'?");
	EQ(line_read(&l, bad_field, sizeof bad_field - 1, &err), -1);
	SAME(err.line, "'hello' is not key=value");
	EQ(line_read(&l, bad_mac, sizeof bad_mac - 1, &err), -1);
}
