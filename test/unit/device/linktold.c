/* SPDX-License-Identifier: ISC */
/* What persons say of two addresses, by whatever addresses they say it. */
#include "base/time.h"
#include "device/device.h"
#include "office.h"

#define ANNA "02:00:00:00:00:01"
#define BORIS "02:00:00:00:00:02"
#define CHLOE "02:00:00:00:00:03"
#define LEASE "10.0.0.7"
#define OTHER "10.0.0.9"

static void
uses(struct office *o, struct addr mac, const char *ip, int from, int until)
{
	struct presence p = { .mac = mac,
		.ip = address(ip),
		.vlan = 20,
		.ttl = 64,
		.first = monday + from * HOUR,
		.last = monday + until * HOUR };

	register_presence(o->devices, &p);
}

static struct told_link
word(const char *a, const char *b, bool same, int hour)
{
	return (struct told_link){ .a = address(a),
		.b = address(b),
		.same = same,
		.date = monday + hour * HOUR,
		.line = 2 };
}

/* One lease on three days, and another address that stays. */
static struct office
open_with_a_lease(void)
{
	struct office o = open_office();

	uses(&o, address(CHLOE), LEASE, 9, 17);
	uses(&o, address(ANNA), LEASE, 33, 41);
	uses(&o, address(BORIS), LEASE, 57, 65);
	uses(&o, address("02:00:00:00:00:09"), OTHER, 9, 65);
	return o;
}

TEST(a_word_on_an_ip_address_is_on_who_had_it_at_its_date)
{
	static const struct {
		int hour;
		const char *whose;
	} cases[] = { { 0, CHLOE }, { 12, CHLOE }, { 24, ANNA }, { 35, ANNA },
		{ 48, BORIS }, { 60, BORIS }, { 90, BORIS } };

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct office o = open_with_a_lease();
		struct told_link same = word(LEASE, OTHER, true, cases[i].hour);
		register_tell_link(o.devices, &same);
		register_settle(o.devices, monday + 100 * HOUR);
		EQ(register_count(o.devices), 3);
		OK(find(&o, OTHER) == find(&o, cases[i].whose));
		close_office(&o);
	}
}

TEST(an_ip_address_is_found_at_who_had_it_last)
{
	struct office o = open_with_a_lease();

	register_settle(o.devices, monday + 100 * HOUR);
	OK(find(&o, LEASE) == find(&o, BORIS));
	close_office(&o);
}

TEST(the_later_word_counts_by_whatever_addresses_it_is_said)
{
	struct office o = open_with_a_lease();
	struct told_link same = word(ANNA, "02:00:00:00:00:09", true, 34);
	struct told_link different = word(OTHER, LEASE, false, 35);

	register_tell_link(o.devices, &different);
	register_tell_link(o.devices, &same);
	register_settle(o.devices, monday + 100 * HOUR);
	EQ(register_count(o.devices), 4);
	EQ(find(&o, ANNA)->n_links, 1);
	/* Before it was said, the earlier one counts. */
	register_settle(o.devices, monday + 34 * HOUR);
	OK(find(&o, ANNA) == find(&o, OTHER));
	close_office(&o);
}

TEST(a_word_may_be_on_a_random_address_of_bluetooth)
{
	struct office o = open_office();
	struct addr random = address("5e:00:00:00:00:01");
	struct told_link same = word("5e:00:00:00:00:01", ANNA, true, 12);

	random.kind = ADDR_BLE;
	uses(&o, random, "", 9, 10);
	uses(&o, address(ANNA), OTHER, 9, 10);
	struct told watch = { .of = TOLD_OF_MAC,
		.mac = address("5e:00:00:00:00:01"),
		.attribute = ATTR_KIND,
		.value = text_of("watch"),
		.date = monday,
		.line = 2 };
	register_tell(o.devices, &watch);
	register_settle(o.devices, monday + 100 * HOUR);
	EQ(find(&o, "5e:00:00:00:00:01")->n_told, 1);
	register_tell_link(o.devices, &same);
	register_settle(o.devices, monday + 100 * HOUR);
	EQ(register_count(o.devices), 1);
	close_office(&o);
}

TEST(a_word_parts_what_a_chain_would_join)
{
	struct office o = open_office();
	struct told_link different = word(ANNA, CHLOE, false, 0);
	static const char *const macs[] = { ANNA, BORIS, CHLOE };

	for (int i = 0; i < 3; i++) {
		struct sighting s = { .time = monday + (9 + 24 * i) * HOUR,
			.frame = 1,
			.src_mac = address(macs[i]) };
		struct fact f = { .key = FACT_DHCPV6_DUID,
			.value = text_of("00041122334455667788990011223344aabb"),
			.subject = s.src_mac,
			.seen = &s };
		register_fact(o.devices, &f);
		uses(&o, address(macs[i]), LEASE, 9 + 24 * i, 12 + 24 * i);
	}
	register_tell_link(o.devices, &different);
	register_settle(o.devices, monday + 100 * HOUR);
	EQ(register_count(o.devices), 2);
	OK(find(&o, ANNA) != find(&o, CHLOE));
	close_office(&o);
}
