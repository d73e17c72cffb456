/* SPDX-License-Identifier: ISC */
#include "device/device.h"

#include <string.h>

#include "base/time.h"
#include "device/kept.h"
#include "office.h"

static const char mac[] = "6c:2b:59:00:00:01", router[] = "00:1b:0c:00:00:01";
static const char iphone_ua[] =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 13_4 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/13.1 Mobile/15E148 Safari/604.1";
static const char newer_ua[] =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 14_8 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/14.1 Mobile/15E148 Safari/604.1";
static const char windows_ua[] =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/120.0 Safari/537.36";

/* By TCP from 10.0.0.5; DHCP has no address of its own yet. */
static void
says(struct office *o, const char *from, const char *ip, enum fact_key key,
    const char *value, uint8_t ttl, int64_t time)
{
	struct sighting s = { .time = time,
		.frame = 1,
		.src_mac = address(from),
		.src_ip = address(ip),
		.dst_mac = address("02:00:00:00:00:fe"),
		.dst_ip = address("192.0.2.1"),
		.dst_port = 80,
		.proto = *ip != '\0' ? 6 : 17,
		.ttl = ttl };
	struct fact f = { .key = key,
		.value = text_of(value),
		.subject = *ip != '\0' ? s.src_ip : s.src_mac,
		.seen = &s };

	register_fact(o->devices, &f);
}

TEST(frames_that_come_a_hop_further_are_anothers)
{
	struct office o = open_office();

	says(&o, mac, "", FACT_ARP_ADDRESS, "10.0.0.5", 0, monday);
	says(&o, mac, "", FACT_DHCP_VENDOR_CLASS, "MSFT 5.0", 128, monday);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, iphone_ua, 63, monday + HOUR);
	register_settle(o.devices, TIME_NONE);
	const struct belief *b = &find(&o, mac)->belief;
	OK(b->several && b->n == 0 && b->kind.value.len == 0 && !b->conflict);
	if (OK(b->n_members == 2)) {
		SAME(b->members[0].belief.os.value.s, "Windows");
		SAME(b->members[1].belief.kind.value.s, "phone");
		EQ(b->members[1].key, FACT_HTTP_USER_AGENT);
	}
	close_office(&o);
}

TEST(one_request_for_a_lease_has_one_sender)
{
	struct office o = open_office();

	says(&o, mac, "", FACT_DHCP_VENDOR_CLASS, "MSFT 5.0", 128, monday);
	says(&o, mac, "", FACT_DHCP_PARAMETERS, "1,121,3,6,15,108,114,119,162,252", 128,
	    monday);
	register_settle(o.devices, TIME_NONE);
	OK(!find(&o, mac)->belief.several);
	OK(find(&o, mac)->belief.os.value.len == 0);
	close_office(&o);
}

/* Each name alone is asked for by one system. */
TEST(who_looks_up_the_names_of_all_is_none_of_them)
{
	struct office o = open_office();
	static const char *const names[] = { "time-ios.apple.com", "time.android.com",
		"www.msftconnecttest.com",
		"epdg.epc.mnc001.mcc262.pub.3gppnetwork.org" };

	says(&o, mac, "", FACT_ARP_ADDRESS, "10.0.0.5", 0, monday);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		says(&o, mac, "10.0.0.5", FACT_DNS_QUERY, names[i], 64, monday);
	register_settle(o.devices, TIME_NONE);
	const struct belief *b = &find(&o, mac)->belief;
	OK(b->vendor.value.len == 0 && b->os.value.len == 0 && b->kind.value.len == 0);
	close_office(&o);
}

/* Silk names its own system and Android in one string. */
TEST(one_string_that_names_two_systems_has_one_speaker)
{
	struct office o = open_office();

	says(&o, mac, "", FACT_ARP_ADDRESS, "10.0.0.5", 0, monday);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT,
	    "Mozilla/5.0 (Linux; Android 9; KFMAWI) AppleWebKit/537.36 (KHTML, like "
	    "Gecko) Silk/96.2.18 like Chrome/96.0.4664.175 Safari/537.36",
	    64, monday);
	register_settle(o.devices, TIME_NONE);
	const struct belief *b = &find(&o, mac)->belief;
	OK(!b->several);
	SAME(b->os.value.s, "Fire OS");
	SAME(b->kind.value.s, "tablet");
	close_office(&o);
}

TEST(two_systems_that_speak_by_turns_a_week_apart_are_no_hotspot)
{
	struct office o = open_office();

	says(&o, mac, "", FACT_ARP_ADDRESS, "10.0.0.5", 0, monday);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, iphone_ua, 64, monday);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, windows_ua, 64,
	    monday + 7 * DAY);
	register_settle(o.devices, TIME_NONE);
	OK(!find(&o, mac)->belief.several);
	close_office(&o);
}

/* Its own TTL says that the address is its own, whatever else it passed on. */
TEST(a_hotspot_of_which_no_arp_was_seen_is_no_router)
{
	for (int first = 0; first < 2; first++) {
		struct office o = open_office();
		for (int i = 0; i < 4; i++) {
			bool own = (i + first) % 2 == 0;
			says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT,
			    own ? iphone_ua : windows_ua, own ? 64 : 127,
			    monday + i * HOUR);
		}
		register_settle(o.devices, TIME_NONE);
		EQ(register_count(o.devices), 1);
		const struct device *d = find(&o, mac);
		OK(!d->is_router && d->belief.several && d->belief.n_members == 2);
		close_office(&o);
	}
}

TEST(two_host_names_at_one_time_are_two_machines)
{
	struct office o = open_office();

	for (int i = 0; i < 2; i++) {
		says(&o, mac, "", FACT_DHCP_HOSTNAME, "nb-1", 64,
		    monday + i * 2 * HOUR);
		says(&o, mac, "", FACT_DHCP_HOSTNAME, "vm-7", 64,
		    monday + HOUR + i * 2 * HOUR);
	}
	register_settle(o.devices, TIME_NONE);
	const struct belief *b = &find(&o, mac)->belief;
	OK(b->several && b->n_members == 2);
	close_office(&o);
}

TEST(an_upgrade_counts_and_what_was_before_is_history)
{
	struct office o = open_office();

	says(&o, mac, "", FACT_ARP_ADDRESS, "10.0.0.5", 0, monday);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, newer_ua, 64, monday + 3 * DAY);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, iphone_ua, 64, monday);
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, mac);
	OK(!d->belief.several);
	EQ(d->belief.range.min.part[0], 14);
	EQ(d->belief.range.max.part[0], 14);
	if (OK(d->n_past == 1)) {
		SAME(d->past[0].min, "13.4");
		EQ(d->past[0].last, monday);
	}
	close_office(&o);
}

TEST(the_other_of_two_systems_is_not_taken_for_the_one_that_says_more)
{
	static const char linux_ua[] =
	    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 "
	    "Firefox/115.0";
	struct office o = open_office();

	/* A computer with Windows, and a guest in it behind the same address. */
	says(&o, mac, "", FACT_DHCP_VENDOR_CLASS, "MSFT 5.0", 128, monday);
	says(&o, mac, "10.0.0.5", FACT_TCP_SYN,
	    "4:128+0:0:1460:mss*44,8:mss,nop,ws,nop,nop,sok:df,id+:0", 128,
	    monday + HOUR);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, windows_ua, 128, monday + HOUR);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, linux_ua, 128,
	    monday + 2 * HOUR);
	register_settle(o.devices, TIME_NONE);
	const struct belief *b = &find(&o, mac)->belief;
	OK(b->several && b->os.value.len == 0);
	if (OK(b->n_members == 2)) {
		SAME(b->members[0].belief.os.value.s, "Linux");
		SAME(b->members[1].belief.os.value.s, "Windows");
	}
	close_office(&o);
}

TEST(another_system_on_the_same_interface_is_followed)
{
	static const char linux_ua[] =
	    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 "
	    "Firefox/115.0";
	static const struct {
		int64_t began, ended; /* of Linux; Windows was there on the first day */
		int64_t again;        /* Windows once more; 0: never */
		const char *os;
	} cases[] = { { 20 * DAY, 20 * DAY, 0, "Linux" },
		{ 2 * DAY, 2 * DAY, 0, "Linux" }, { 2 * HOUR, 8 * DAY, 0, "Linux" },
		{ 2 * HOUR, 3 * HOUR, 0, "" }, { 20 * DAY, 30 * DAY, 25 * DAY, "" } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct office o = open_office();
		says(&o, mac, "", FACT_DHCP_VENDOR_CLASS, "MSFT 5.0", 128, monday);
		says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, linux_ua, 64,
		    monday + cases[i].ended);
		says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, windows_ua, 64, monday);
		says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, linux_ua, 64,
		    monday + cases[i].began);
		if (cases[i].again != 0)
			says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, windows_ua, 64,
			    monday + cases[i].again);
		register_settle(o.devices, TIME_NONE);
		const struct belief *b = &find(&o, mac)->belief;
		if (!OK(text_is(b->os.value, cases[i].os)))
			(void)printf("\tcase %zu: %.*s\n", i, (int)b->os.value.len,
			    b->os.value.s);
		OK(b->several == (*cases[i].os == '\0') && !b->conflict);
		close_office(&o);
	}
}

TEST(an_address_behind_a_router_that_goes_to_another_device_starts_anew)
{
	struct office o = open_office();
	const char *ip = "10.9.0.7";

	says(&o, router, "10.0.0.1", FACT_HTTP_USER_AGENT, "x", 64, monday);
	says(&o, router, ip, FACT_HTTP_USER_AGENT, iphone_ua, 63, monday);
	says(&o, router, ip, FACT_HTTP_USER_AGENT, iphone_ua, 63, monday + HOUR);
	says(&o, router, ip, FACT_HTTP_USER_AGENT, windows_ua, 127, monday + 5 * HOUR);
	says(&o, router, ip, FACT_HTTP_USER_AGENT, windows_ua, 127, monday + 6 * HOUR);
	register_settle(o.devices, TIME_NONE);
	size_t found = 0;
	for (size_t i = 0; i < register_count(o.devices); i++)
		found += register_device(o.devices, i)->n_ips == 1 &&
		    addr_equal(register_device(o.devices, i)->ips[0], address(ip));
	EQ(found, 2);
	const struct device *last = find(&o, ip);
	SAME(last->belief.os.value.s, "Windows");
	OK(!last->belief.several);
	EQ(last->first_seen, monday + 5 * HOUR);
	/* Who goes to and fro has not moved. */
	says(&o, router, ip, FACT_HTTP_USER_AGENT, iphone_ua, 63, monday + 7 * HOUR);
	register_settle(o.devices, TIME_NONE);
	OK(find(&o, ip)->belief.several);
	EQ(find(&o, ip)->first_seen, monday);
	close_office(&o);
}

/* The server, behind the router too, told of each lease at that hour and the next. */
static void
leases(struct office *o, const char *who, const char *ip, int hour)
{
	says(o, who, "", FACT_DHCP_ADDRESS, ip, 64, monday + hour * HOUR);
	says(o, who, "", FACT_DHCP_ADDRESS, ip, 64, monday + (hour + 1) * HOUR);
}

TEST(a_lease_that_another_takes_starts_anew_and_is_the_others)
{
	struct office o = open_office();
	const char *anna = "02:00:00:00:00:01", *boris = "02:00:00:00:00:02";
	const char *ip = "10.9.0.7";

	says(&o, router, "10.0.0.1", FACT_HTTP_USER_AGENT, "x", 64, monday);
	/* Alike in all that they say, and by no name. */
	for (int day = 0; day < 2; day++) {
		says(&o, router, ip, FACT_HTTP_USER_AGENT, iphone_ua, 63,
		    monday + (2 + 24 * day) * HOUR);
		leases(&o, day == 0 ? anna : boris, ip, 1 + 24 * day);
	}
	leases(&o, "02:00:00:00:00:03", ip, 60); /* and was not heard */
	register_settle(o.devices, TIME_NONE);
	const struct device *a = find(&o, anna), *b = find(&o, boris);
	OK(a != b && a->n_ips == 1 && b->n_ips == 1);
	EQ(a->n_links, 1);
	EQ(b->n_links, 1);
	SAME(a->belief.os.value.s, "iOS");
	SAME(b->belief.os.value.s, "iOS");
	OK(a->last_seen < b->first_seen);
	OK(find(&o, ip) == b);
	/* Who leases it again while another did is told from nobody. */
	leases(&o, anna, ip, 80);
	register_settle(o.devices, TIME_NONE);
	EQ(find(&o, anna)->n_links, 0);
	close_office(&o);
}

/* Three lessees, one a day, who all say the same hour by hour, and the second another.
 */
static struct office
open_three_lessees(bool by_day)
{
	struct office o = open_office();
	char who[] = "02:00:00:00:00:00";
	const char *ip = "10.9.0.7";

	if (by_day)
		register_by_day(o.devices);
	says(&o, router, "10.0.0.1", FACT_HTTP_USER_AGENT, "x", 64, monday);
	for (int day = 0; day < 3; day++) {
		who[16] = (char)('0' + day);
		leases(&o, who, ip, 24 * day);
		for (int hour = 1; hour < 9; hour++)
			says(&o, router, ip, FACT_HTTP_USER_AGENT,
			    day == 1 ? windows_ua : iphone_ua, day == 1 ? 127 : 63,
			    monday + (24 * day + hour) * HOUR);
	}
	register_settle(o.devices, TIME_NONE);
	return o;
}

TEST(what_another_said_before_and_after_is_not_ones_own_however_it_is_kept)
{
	struct office o = open_three_lessees(false), p = open_three_lessees(true);

	EQ(register_count(o.devices), register_count(p.devices));
	for (size_t i = 0; i < register_count(o.devices); i++) {
		const struct device *d = register_device(o.devices, i),
		                    *e = register_device(p.devices, i);
		SAME(d->id, e->id);
		EQ(d->first_seen, e->first_seen);
		EQ(d->last_seen, e->last_seen);
		OK(!d->belief.several && !e->belief.several);
	}
	SAME(find(&o, "02:00:00:00:00:00")->belief.os.value.s, "iOS");
	SAME(find(&o, "02:00:00:00:00:01")->belief.os.value.s, "Windows");
	SAME(find(&o, "02:00:00:00:00:02")->belief.os.value.s, "iOS");
	close_office(&o);
	close_office(&p);
}

TEST(who_had_an_address_for_a_time_is_known_by_that_time_wherever_it_went)
{
	struct office o = open_office();
	const char *first = "10.9.0.7", *then = "10.9.0.8";

	says(&o, router, "10.0.0.1", FACT_HTTP_USER_AGENT, "x", 64, monday);
	says(&o, router, first, FACT_NTLM_COMPUTER, "ANNA-PC", 127, monday);
	says(&o, router, first, FACT_HTTP_USER_AGENT, windows_ua, 127, monday + HOUR);
	says(&o, router, first, FACT_NTLM_COMPUTER, "BORIS-PC", 127, monday + DAY);
	says(&o, router, first, FACT_HTTP_HOST, "boris.example", 127, monday + DAY);
	says(&o, router, first, FACT_HTTP_USER_AGENT, iphone_ua, 127, monday + DAY);
	says(&o, router, then, FACT_NTLM_COMPUTER, "ANNA-PC", 127, monday + 2 * DAY);
	says(&o, router, then, FACT_HTTP_USER_AGENT, windows_ua, 127, monday + 2 * DAY);
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, then);
	EQ(d->n_ips, 2);
	EQ(d->n_labels, 1);
	SAME(d->belief.os.value.s, "Windows");
	OK(!d->belief.several);
	EQ(d->last_seen, monday + 2 * DAY);
	size_t n;
	const struct evidence *e = device_evidence(d, &n);
	int64_t last = 0;
	for (size_t i = 0; i < n; i++)
		last = e[i].key == FACT_HTTP_USER_AGENT ? e[i].last : last;
	EQ(last, monday + 2 * DAY);
	close_office(&o);
}

TEST(what_is_told_stands_beside_what_the_wire_says)
{
	struct office o = open_office();
	struct told tablet = { .of = TOLD_OF_MAC,
		.mac = address(mac),
		.attribute = ATTR_KIND,
		.value = text_of("tablet"),
		.date = monday,
		.line = 2 };
	struct told phone = tablet;

	says(&o, mac, "", FACT_ARP_ADDRESS, "10.0.0.5", 0, monday);
	says(&o, mac, "10.0.0.5", FACT_HTTP_USER_AGENT, iphone_ua, 64, monday + HOUR);
	register_tell(o.devices, &tablet);
	register_settle(o.devices, monday + DAY);
	const struct device *d = find(&o, mac);
	SAME(d->belief.kind.value.s, "phone");
	if (OK(d->asserted != NULL && d->n_told == 1)) {
		SAME(d->asserted->kind.value.s, "tablet");
		OK(d->asserted->kind.p > 0.999);
		SAME(d->asserted->vendor.leading.s, "Apple");
	}
	phone.value = text_of("phone");
	phone.date = monday + 2 * DAY;
	register_tell(o.devices, &phone);
	register_settle(o.devices, monday + DAY);
	SAME(find(&o, mac)->asserted->kind.value.s, "tablet");
	register_settle(o.devices, monday + 3 * DAY);
	SAME(find(&o, mac)->asserted->kind.value.s, "phone");
	close_office(&o);
}

TEST(to_contact_a_service_is_not_to_have_the_app)
{
	struct office o = open_office();

	says(&o, mac, "", FACT_ARP_ADDRESS, "10.0.0.5", 0, monday);
	says(&o, mac, "10.0.0.5", FACT_TLS_SNI, "www.tiktok.com", 64, monday + HOUR);
	says(&o, mac, "10.0.0.5", FACT_DNS_QUERY, "api.tiktokv.com", 64, monday);
	register_settle(o.devices, TIME_NONE);
	const struct device *d = find(&o, mac);
	if (OK(d->n_apps == 1)) {
		SAME(d->apps[0].name.s, "TikTok");
		EQ(d->apps[0].first, monday);
		EQ(d->apps[0].last, monday + HOUR);
		EQ(d->apps[0].contacts, 2);
		EQ(d->apps[0].speaks, false);
	}
	close_office(&o);
}
