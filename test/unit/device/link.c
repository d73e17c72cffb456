/* SPDX-License-Identifier: ISC */
#include "device/device.h"

#include <string.h>

#include "base/time.h"
#include "office.h"

#define FIRST "02:00:00:00:00:01"
#define SECOND_ "02:00:00:00:00:02"
#define THIRD "02:00:00:00:00:03"

TEST(a_name_that_nobody_else_has_links_two_addresses)
{
	struct office o = open_office();

	says_for(&o, FIRST, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 9, 12);
	says_for(&o, SECOND_, FACT_DHCP_HOSTNAME, "lucas-iphone", 33, 36);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 1);
	const struct device *d = find(&o, SECOND_);
	OK(d != NULL && d == find(&o, FIRST) && d->n_macs == 2 && d->n_links == 1);
	const struct link *l = d->links[0];
	EQ(l->state, LINK_SAME);
	OK(l->p >= LINK_SURE && l->n_reasons == 1 &&
	    l->reasons[0].key == FACT_DHCP_HOSTNAME);
	OK(addr_equal(l->a, address(FIRST)));
	EQ(d->first_seen, monday + 9 * HOUR);
	EQ(d->last_seen, monday + 36 * HOUR);
	EQ(d->n_stays, 2);
	close_office(&o);
}

TEST(a_linked_device_keeps_the_id_of_its_first_address)
{
	struct office o = open_office();
	char alone[20];

	says_for(&o, SECOND_, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 9, 12);
	register_settle(o.devices, monday + 40 * HOUR);
	memcpy(alone, find(&o, SECOND_)->id, sizeof alone);
	says_for(&o, FIRST, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 33, 36);
	register_settle(o.devices, monday + 40 * HOUR);
	SAME(find(&o, FIRST)->id, alone);
	close_office(&o);
}

TEST(a_makers_default_name_links_nothing)
{
	struct office o = open_office();

	says_for(&o, FIRST, FACT_DHCP_HOSTNAME, "iPhone", 9, 12);
	says_for(&o, SECOND_, FACT_DHCP_HOSTNAME, "iPhone", 33, 36);
	says_for(&o, FIRST, FACT_MDNS_NAME, "Galaxy-S21", 9, 12);
	says_for(&o, SECOND_, FACT_MDNS_NAME, "Galaxy-S21", 33, 36);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 2);
	EQ(find(&o, FIRST)->n_links, 0);
	close_office(&o);
}

TEST(who_is_there_at_one_time_is_two_whatever_the_name)
{
	struct office o = open_office();

	says_for(&o, FIRST, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 9, 12);
	says_for(&o, SECOND_, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 11, 14);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 2);
	close_office(&o);
}

TEST(a_duid_is_of_one_machine_with_its_interfaces_at_one_time)
{
	struct office o = open_office();
	const char *duid = "00041122334455667788990011223344aabb";

	says_for(&o, FIRST, FACT_DHCPV6_DUID, duid, 9, 12);
	says_for(&o, SECOND_, FACT_DHCP_CLIENT_ID,
	    "ff0000000200041122334455667788990011223344AABB", 11, 14);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 1);
	/* A copied image: another that gives it has another name at the same time. */
	says_for(&o, THIRD, FACT_DHCPV6_DUID, duid, 9, 14);
	says_for(&o, THIRD, FACT_DHCP_HOSTNAME, "lab-3", 9, 14);
	says_for(&o, FIRST, FACT_DHCP_HOSTNAME, "lab-1", 9, 12);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 3);
	close_office(&o);
}

TEST(an_account_alone_is_a_suggestion_and_changes_nothing)
{
	struct office o = open_office();

	says_for(&o, FIRST, FACT_RADIUS_USER_NAME, "lucas@office.example", 9, 12);
	says_for(&o, SECOND_, FACT_RADIUS_USER_NAME, "lucas@office.example", 33, 36);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 2);
	const struct device *d = find(&o, SECOND_);
	OK(d->n_links == 1 && d->links[0]->state == LINK_SUGGESTED);
	OK(d->links[0]->p >= LINK_LIKELY && d->links[0]->p < LINK_SURE);
	EQ(find(&o, FIRST)->n_links, 1);
	close_office(&o);
}

TEST(a_machines_own_account_links_and_an_outer_identity_does_not)
{
	struct office o = open_office();

	says_for(&o, FIRST, FACT_RADIUS_USER_NAME, "host/nb-7.office.example", 9, 12);
	says_for(&o, SECOND_, FACT_EAP_IDENTITY, "host/nb-7.office.example", 33, 36);
	says_for(&o, THIRD, FACT_EAP_IDENTITY, "anonymous@office.example", 9, 12);
	says_for(&o, "02:00:00:00:00:04", FACT_EAP_IDENTITY, "anonymous@office.example",
	    33, 36);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 3);
	OK(find(&o, FIRST) == find(&o, SECOND_));
	close_office(&o);
}

TEST(a_serial_number_or_a_uuid_is_of_one_device)
{
	static const struct {
		enum fact_key key, other;
		const char *value, *same;
		size_t devices;
	} cases[] = {
		{ FACT_WSD_ENDPOINT, FACT_SSDP_UUID,
		    "4f6c1c7e-0d3b-4c5a-9a77-001122334455",
		    "4F6C1C7E-0D3B-4C5A-9A77-001122334455", 1 },
		{ FACT_UPNP_UDN, FACT_SSDP_UUID,
		    "uuid:4f6c1c7e-0d3b-4c5a-9a77-001122334455",
		    "4f6c1c7e-0d3b-4c5a-9a77-001122334455", 1 },
		/* Out of an example: no UUID has this version. */
		{ FACT_WIFI_WPS_UUID, FACT_WIFI_WPS_UUID,
		    "123456789abcdef0123456789abcdef0",
		    "123456789abcdef0123456789abcdef0", 2 },
		{ FACT_RADIUS_DEVICE_IMEI, FACT_INVENTORY_IMEI, "3520991012345678",
		    "352099101234561", 1 },
		{ FACT_INVENTORY_SERIAL, FACT_RADIUS_DEVICE_SERIAL, "F2LX90ABCDEF",
		    "f2lx90abcdef", 1 },
		{ FACT_INVENTORY_SERIAL, FACT_INVENTORY_SERIAL, "0000000000",
		    "0000000000", 2 },
		{ FACT_INVENTORY_SERIAL, FACT_INVENTORY_SERIAL, "To be filled 1",
		    "To be filled 1", 2 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct office o = open_office();
		says_for(&o, FIRST, cases[i].key, cases[i].value, 9, 12);
		says_for(&o, SECOND_, cases[i].other, cases[i].same, 33, 36);
		register_settle(o.devices, monday + 40 * HOUR);
		if (!EQ(register_count(o.devices), cases[i].devices))
			(void)printf("\tof %s\n", cases[i].value);
		close_office(&o);
	}
}

TEST(of_two_that_may_be_it_none_is_taken)
{
	struct office o = open_office();

	says_for(&o, FIRST, FACT_DHCP_HOSTNAME, "Anna", 9, 12);
	says_for(&o, SECOND_, FACT_DHCP_HOSTNAME, "Anna", 10, 13);
	says_for(&o, THIRD, FACT_DHCP_HOSTNAME, "Anna", 33, 36);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 3);
	EQ(find(&o, THIRD)->n_links, 0);
	close_office(&o);
}

TEST(a_persons_word_stands_above_the_machines)
{
	struct office o = open_office();
	struct told_link different = { .a = address(FIRST),
		.b = address(SECOND_),
		.date = monday,
		.line = 2 };
	struct told_link same = { .a = address(SECOND_),
		.b = address(THIRD),
		.same = true,
		.date = monday,
		.line = 3 };

	says_for(&o, FIRST, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 9, 12);
	says_for(&o, SECOND_, FACT_DHCP_HOSTNAME, "Lucas-iPhone", 33, 36);
	says_for(&o, THIRD, FACT_DHCP_HOSTNAME, "iPhone", 34, 35);
	register_tell_link(o.devices, &different);
	register_tell_link(o.devices, &same);
	register_settle(o.devices, monday + 40 * HOUR);
	EQ(register_count(o.devices), 2);
	OK(find(&o, FIRST) != find(&o, SECOND_));
	OK(find(&o, SECOND_) == find(&o, THIRD));
	EQ(find(&o, FIRST)->n_links, 1);
	EQ(find(&o, FIRST)->links[0]->state, LINK_DIFFERENT);
	/* Asked about an earlier time, what was said later is not known. */
	register_settle(o.devices, monday - HOUR);
	EQ(register_count(o.devices), 2);
	OK(find(&o, FIRST) == find(&o, SECOND_));
	close_office(&o);
}

TEST(links_do_not_depend_on_the_order_of_arrival)
{
	struct office o = open_office(), p = open_office();
	static const char *const macs[] = { FIRST, SECOND_, THIRD };

	for (int i = 0; i < 3; i++) {
		says_for(&o, macs[i], FACT_DHCP_HOSTNAME, "Lucas-iPhone", 9 + i * 24,
		    12 + i * 24);
		says_for(&p, macs[2 - i], FACT_DHCP_HOSTNAME, "Lucas-iPhone",
		    9 + (2 - i) * 24, 12 + (2 - i) * 24);
	}
	register_settle(o.devices, monday + 90 * HOUR);
	register_settle(p.devices, monday + 90 * HOUR);
	const struct device *d = find(&o, FIRST), *e = find(&p, FIRST);
	SAME(d->id, e->id);
	OK(d->n_links == 2 && e->n_links == 2);
	for (size_t i = 0; i < 2; i++)
		OK(addr_equal(d->links[i]->a, e->links[i]->a) &&
		    addr_equal(d->links[i]->b, e->links[i]->b) &&
		    d->links[i]->p == e->links[i]->p);
	close_office(&o);
	close_office(&p);
}
