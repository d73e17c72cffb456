/* SPDX-License-Identifier: ISC */
/* What several addresses say that are not one machine's, and what one machine's do. */
#include <string.h>

#include "base/time.h"
#include "device/device.h"
#include "office.h"

#define RADIO "02:00:00:00:00:01"
#define RADIO_LATER "02:00:00:00:00:02"
#define DOCK "00:e0:4c:00:00:03"
#define PC "f8:b1:56:00:00:04"
#define OTHER_PC "f8:b1:56:00:00:05"
#define DUID "00041122334455667788990011223344aabb"
#define OTHER_DUID "00041122334455667788990011223344ccdd"

static void
settle(struct office *o)
{
	register_settle(o->devices, monday + 200 * HOUR);
}

TEST(an_adapter_that_machines_use_by_turns_is_none_of_them)
{
	struct office o = open_office();

	/* One laptop on its dock on Monday and Thursday, another on Tuesday. */
	for (int day = 0; day < 5; day++) {
		says_for(&o, PC, FACT_DHCPV6_DUID, DUID, 9 + day * 24, 10 + day * 24);
		says_for(&o, OTHER_PC, FACT_DHCPV6_DUID, OTHER_DUID, 12 + day * 24,
		    14 + day * 24);
	}
	says_for(&o, DOCK, FACT_DHCPV6_DUID, DUID, 9, 12);
	says_for(&o, DOCK, FACT_DHCPV6_DUID, OTHER_DUID, 33, 36);
	says_for(&o, DOCK, FACT_DHCPV6_DUID, DUID, 81, 84);
	settle(&o);
	EQ(register_count(o.devices), 3);
	EQ(find(&o, DOCK)->n_links, 0);
	close_office(&o);
}

TEST(an_adapter_that_asks_for_several_is_none_of_them_alone)
{
	struct office o = open_office();

	/* The other machine is seen nowhere else: but two names take turns at the dock.
	 */
	for (int day = 0; day < 4; day++) {
		bool other = day % 2 == 1;
		says_for(&o, DOCK, FACT_DHCPV6_DUID, other ? OTHER_DUID : DUID,
		    9 + day * 24, 12 + day * 24);
		says_for(&o, DOCK, FACT_DHCP_HOSTNAME, other ? "nb-2" : "nb-1",
		    9 + day * 24, 12 + day * 24);
	}
	says_for(&o, PC, FACT_DHCPV6_DUID, DUID, 14, 16);
	says_for(&o, PC, FACT_DHCP_VENDOR_CLASS, "MSFT 5.0", 14, 16);
	says_for(&o, DOCK, FACT_DHCP_VENDOR_CLASS, "MSFT 5.0", 9, 84);
	settle(&o);
	EQ(register_count(o.devices), 2);
	const struct device *d = find(&o, DOCK);
	OK(d->belief.several);
	OK(d->n_links == 1 && d->links[0]->state == LINK_SUGGESTED);
	close_office(&o);
}

TEST(a_machine_installed_anew_keeps_its_interfaces)
{
	struct office o = open_office();

	says_for(&o, RADIO, FACT_DHCPV6_DUID, DUID, 9, 10);
	says_for(&o, PC, FACT_DHCPV6_DUID, DUID, 11, 14);
	says_for(&o, PC, FACT_DHCPV6_DUID, OTHER_DUID, 33, 36);
	says_for(&o, RADIO_LATER, FACT_DHCPV6_DUID, OTHER_DUID, 57, 60);
	settle(&o);
	EQ(register_count(o.devices), 1);
	close_office(&o);
}

TEST(what_links_two_with_a_third_makes_no_machine_of_the_two)
{
	struct office o = open_office();

	/* By turns, and no DUID of the one is the other's: they give another name. */
	says_for(&o, PC, FACT_RADIUS_USER_NAME, "host/nb-1.office.example", 9, 14);
	says_for(&o, PC, FACT_DHCP_HOSTNAME, "nb-1", 9, 14);
	says_for(&o, DOCK, FACT_RADIUS_USER_NAME, "host/nb-1.office.example", 15, 16);
	says_for(&o, DOCK, FACT_DHCPV6_DUID, OTHER_DUID, 33, 36);
	says_for(&o, OTHER_PC, FACT_DHCPV6_DUID, OTHER_DUID, 10, 13);
	says_for(&o, OTHER_PC, FACT_DHCP_HOSTNAME, "nb-2", 10, 13);
	settle(&o);
	OK(find(&o, PC) != find(&o, OTHER_PC));
	close_office(&o);
}

TEST(radios_that_change_their_address_are_not_there_at_one_time)
{
	struct office o = open_office();
	char mac[] = "02:00:00:00:01:00";

	/* Beside an interface that is there all week come five addresses of the radio.
	 */
	says_for(&o, PC, FACT_DHCPV6_DUID, DUID, 9, 130);
	for (int day = 0; day < 5; day++) {
		mac[16] = (char)('0' + day);
		says_for(&o, mac, FACT_DHCPV6_DUID, DUID, 10 + day * 24, 14 + day * 24);
	}
	settle(&o);
	EQ(register_count(o.devices), 1);
	/* Four addresses of makers' are no machine. */
	mac[0] = mac[1] = '0';
	for (int n = 0; n < 3; n++) {
		mac[16] = (char)('0' + n);
		says_for(&o, mac, FACT_DHCPV6_DUID, DUID, 10, 14);
	}
	settle(&o);
	EQ(register_count(o.devices), 9);
	close_office(&o);
}

TEST(who_takes_the_name_of_another_machine_is_not_that_machine)
{
	struct office o = open_office();

	says_for(&o, PC, FACT_DHCP_HOSTNAME, "pc-17", 9, 12);
	says_for(&o, PC, FACT_RADIUS_USER_NAME, "host/pc-17.office.example", 9, 12);
	says_for(&o, PC, FACT_DHCPV6_DUID, DUID, 9, 12);
	says_for(&o, OTHER_PC, FACT_DHCP_HOSTNAME, "pc-17", 57, 60);
	says_for(&o, OTHER_PC, FACT_RADIUS_USER_NAME, "host/pc-17.office.example", 57,
	    60);
	says_for(&o, OTHER_PC, FACT_DHCPV6_DUID, OTHER_DUID, 57, 60);
	settle(&o);
	EQ(register_count(o.devices), 2);
	close_office(&o);
}

TEST(who_comes_under_a_name_when_another_has_gone_for_good_is_another)
{
	struct office o = open_office();

	for (int day = 0; day < 4; day++) {
		const char *pc = day < 2 ? PC : OTHER_PC;
		says_for(&o, pc, FACT_DHCP_HOSTNAME, "pc-17", 9 + day * 24,
		    17 + day * 24);
		says_for(&o, pc, FACT_RADIUS_USER_NAME, "host/pc-17.office.example",
		    9 + day * 24, 17 + day * 24);
	}
	settle(&o);
	EQ(register_count(o.devices), 2);
	const struct device *d = find(&o, PC);
	OK(d->n_links == 1 && d->links[0]->state == LINK_SUGGESTED);
	/* Both go on by turns: two interfaces. */
	says_for(&o, PC, FACT_DHCP_HOSTNAME, "pc-17", 105, 110);
	settle(&o);
	EQ(register_count(o.devices), 1);
	close_office(&o);
}

TEST(copies_that_take_turns_under_names_of_their_own_are_two)
{
	struct office o = open_office();

	for (int day = 0; day < 4; day++) {
		says_for(&o, day % 2 ? PC : OTHER_PC, FACT_DHCPV6_DUID, DUID,
		    9 + day * 24, 12 + day * 24);
		says_for(&o, day % 2 ? PC : OTHER_PC, FACT_DHCP_HOSTNAME,
		    day % 2 ? "lab-1" : "lab-2", 9 + day * 24, 12 + day * 24);
	}
	settle(&o);
	EQ(register_count(o.devices), 2);
	close_office(&o);
}

TEST(virtual_machines_may_be_copies_with_all_that_they_say)
{
	struct office o = open_office();

	says_for(&o, "00:50:56:00:00:01", FACT_DHCPV6_DUID, DUID, 9, 12);
	says_for(&o, "00:50:56:00:00:01", FACT_DHCP_HOSTNAME, "build-1", 9, 12);
	says_for(&o, "00:0c:29:00:00:02", FACT_DHCPV6_DUID, DUID, 33, 36);
	says_for(&o, "00:0c:29:00:00:02", FACT_DHCP_HOSTNAME, "build-1", 33, 36);
	settle(&o);
	EQ(register_count(o.devices), 2);
	const struct device *d = find(&o, "00:0c:29:00:00:02");
	OK(d->n_links == 1 && d->links[0]->state == LINK_SUGGESTED);
	close_office(&o);
}

TEST(a_duid_that_was_made_elsewhere_may_be_a_copy)
{
	static const struct {
		const char *duid;
		size_t devices;
	} cases[] = {
		{ "000100012a2b2c2df8b156000004", 1 }, /* at one of the two */
		{ "000100012a2b2c2d001122334455", 2 },
		{ "00030001001122334455", 2 },
		{ "000100012a2b2c2d021122334455", 1 }, /* at a private one */
		{ DUID, 1 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct office o = open_office();
		says_for(&o, PC, FACT_DHCPV6_DUID, cases[i].duid, 9, 12);
		says_for(&o, PC, FACT_DHCP_HOSTNAME, "image-pc", 9, 12);
		says_for(&o, OTHER_PC, FACT_DHCPV6_DUID, cases[i].duid, 10, 12);
		says_for(&o, OTHER_PC, FACT_DHCP_HOSTNAME, "image-pc", 10, 12);
		settle(&o);
		if (!EQ(register_count(o.devices), cases[i].devices))
			(void)printf("\tof %s\n", cases[i].duid);
		EQ(find(&o, PC)->n_links, 1);
		/* An account of the machine's is no copy's. */
		says_for(&o, PC, FACT_RADIUS_USER_NAME, "host/pc.office.example", 9,
		    12);
		says_for(&o, OTHER_PC, FACT_RADIUS_USER_NAME, "host/pc.office.example",
		    10, 12);
		settle(&o);
		EQ(register_count(o.devices), 1);
		close_office(&o);
	}
}

TEST(the_maker_of_an_adapter_is_not_that_of_the_machine)
{
	static const char *const interfaces[] = { "8c:16:45:00:00:01", PC };
	struct err err = { "" };
	struct office o = {
		knowledge_load("share/knowledge", "/usr/share/ieee-data", &err), NULL
	};

	if (o.knowledge == NULL)
		return; /* no registry on this machine */
	o.devices = register_new(o.knowledge, 1000);
	for (int i = 0; i < 2; i++) {
		says_for(&o, interfaces[i], FACT_DHCPV6_DUID, DUID, 9, 12);
		says_for(&o, interfaces[i], FACT_DHCP_VENDOR_CLASS, "MSFT 5.0", 9, 12);
	}
	settle(&o);
	EQ(register_count(o.devices), 1);
	close_office(&o);
}

TEST(a_name_that_a_link_leaves_to_one_host_may_be_on_two_interfaces)
{
	struct office o = open_office();

	for (int day = 0; day < 2; day++) {
		const char *radio = day == 0 ? RADIO : RADIO_LATER;
		says_for(&o, radio, FACT_MDNS_MODEL, "MacBookPro18,1", 9 + day * 24,
		    12 + day * 24);
		says_for(&o, radio, FACT_MDNS_NAME, "Annas-Mac", 9 + day * 24,
		    12 + day * 24);
		says_for(&o, DOCK, FACT_MDNS_NAME, "Annas-Mac", 10 + day * 24,
		    12 + day * 24);
	}
	settle(&o);
	/* The radio's addresses are one; what is there beside them is a suggestion. */
	EQ(register_count(o.devices), 2);
	OK(find(&o, RADIO) == find(&o, RADIO_LATER));
	const struct device *d = find(&o, DOCK);
	OK(d->n_links == 1 && d->links[0]->state == LINK_SUGGESTED &&
	    d->links[0]->p >= LINK_LIKELY && d->links[0]->p < LINK_SURE);
	close_office(&o);
}

TEST(phones_of_one_name_at_one_time_are_two_whoever_keeps_the_name)
{
	struct office o = open_office();

	for (int day = 0; day < 2; day++) {
		const char *radio = day == 0 ? RADIO : RADIO_LATER;
		says_for(&o, radio, FACT_MDNS_NAME, "Annas-iPhone", 9 + day * 24,
		    12 + day * 24);
		says_for(&o, "f0:18:98:00:00:01", FACT_MDNS_NAME, "Annas-iPhone",
		    10 + day * 24, 12 + day * 24);
	}
	settle(&o);
	EQ(register_count(o.devices), 3);
	close_office(&o);
}
