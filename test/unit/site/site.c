/* SPDX-License-Identifier: ISC */
#include "site/site.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "test.h"

static const char text[] =
    "zone: UTC\n"
    "segments:\n"
    "- {name: office, official: yes, ranges: [10.0.0.0/8, \"2001:db8::/32\"], vlans: "
    "[10]}\n"
    "- {name: lab, official: yes, ranges: [10.1.0.0/16], vlans: [11]}\n"
    "- {name: guests, official: no, vlans: [99]}\n"
    "services:\n"
    "- {name: mail, hosts: [mail.example.org, .example.net]}\n"
    "- {name: files, addresses: [10.1.2.0/28], ports: [445]}\n"
    "coverage:\n"
    "- {segment: office, since: 2023-01-01, until: 2023-01-31}\n"
    "- {segment: office, since: 2023-02-01, until: 2023-02-28}\n"
    "- {segment: lab, since: 2023-01-01}\n"
    "- {segment: guests, since: never}\n"
    "weekend: [friday, saturday]\n"
    "holidays: [2023-04-06, 2023-01-01, 2023-04-06]\n"
    "priors: {kind: {phone: 0.5}}\n";

static struct site *
load_with(const char *line, struct complaints *c)
{
	char buf[256];

	(void)snprintf(buf, sizeof buf, "zone: Europe/Berlin\n%s\n", line);
	return site_parse("f", text_of(buf), c);
}

static struct site *
load(void)
{
	struct complaints c = { 0 };
	struct site *site = site_parse("f", text_of(text), &c);

	OK(site != NULL && c.n == 0);
	complaints_free(&c);
	return site;
}

static const char *
segment(const struct site *site, const char *ip, uint16_t vlan)
{
	struct addr a = { 0 };

	OK(*ip == '\0' || addr_parse(text_of(ip), &a));
	const struct segment *s = site_segment(site, a, vlan);
	return s != NULL ? s->name : "none";
}

TEST(the_smallest_range_wins_and_a_range_before_a_vlan)
{
	struct site *site = load();

	SAME(segment(site, "10.2.0.1", 0), "office");
	SAME(segment(site, "10.1.0.1", 0), "lab");
	SAME(segment(site, "10.1.0.1", 99), "lab");
	SAME(segment(site, "192.168.0.1", 99), "guests");
	SAME(segment(site, "192.168.0.1", 0), "none");
	SAME(segment(site, "2001:db8::1", 0), "office");
	SAME(segment(site, "", 10), "office");
	site_free(site);
}

TEST(a_name_with_a_point_in_front_is_a_whole_domain)
{
	struct site *site = load();
	const char *service = NULL;

	OK(site_host_is_official(site, text_of("MAIL.example.org."), &service));
	SAME(service, "mail");
	OK(!site_host_is_official(site, text_of("x.mail.example.org"), NULL));
	OK(site_host_is_official(site, text_of("example.net"), NULL));
	OK(site_host_is_official(site, text_of("a.b.example.net"), NULL));
	OK(!site_host_is_official(site, text_of("notexample.net"), NULL));
	OK(!site_host_is_official(site, text_of(""), NULL));
	site_free(site);
}

TEST(a_service_is_an_address_with_its_ports)
{
	struct site *site = load();
	struct addr a;

	OK(addr_parse(text_of("10.1.2.3"), &a));
	OK(site_service(site, a, 445) != NULL);
	OK(site_service(site, a, 80) == NULL);
	site_free(site);
}

TEST(rows_of_coverage_that_touch_cover_together)
{
	struct site *site = load();
	const struct segment *office = &site->segments[0];
	struct civil day = { .year = 2023, .month = 1, .day = 15 };
	int64_t january = civil_to_utc(&day);

	OK(site_covered(site, office, january, january + 30 * DAY));
	OK(!site_covered(site, office, january, january + 60 * DAY));
	OK(!site_covered(site, office, january - 30 * DAY, january));
	OK(site_covered(site, &site->segments[1], january, january + 900 * DAY));
	OK(!site_covered(site, &site->segments[2], january, january + DAY));
	site_free(site);
}

TEST(the_calendar_is_sorted_and_has_no_doubles)
{
	struct site *site = load();

	EQ(site->calendar->n, 2);
	EQ(site->calendar->holidays[0], days_from_civil(2023, 1, 1));
	OK(!calendar_is_business(site->calendar, days_from_civil(2023, 4, 6)));
	OK(!calendar_is_business(site->calendar, days_from_civil(2023, 4, 7)));
	OK(calendar_is_business(site->calendar, days_from_civil(2023, 4, 9)));
	EQ(site->n_priors, 1);
	SAME(site->priors[0].value, "phone");
	site_free(site);
}

TEST(retention_is_counted_back_in_whole_days)
{
	static const struct {
		const char *line;
		int64_t day; /* the first that stays, since 1970-01-01 */
	} cases[] = { { "name: x", INT64_MIN }, { "retention: 30 days", 19785 - 30 },
		{ "retention: 2 weeks", 19785 - 14 }, { "retention: 1 month", 19756 },
		{ "retention: 1 year", 19785 - 366 } };
	/* 2024-03-03 06:00 in Berlin; 2024 has a 29 February */
	int64_t at = 19785 * DAY + 5 * HOUR;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct complaints c = { 0 };
		struct site *site = load_with(cases[i].line, &c);
		OK(site != NULL && site_retains_from(site, at) == cases[i].day);
		site_free(site);
		complaints_free(&c);
	}
}

TEST(a_retention_without_sense_is_refused)
{
	static const char *const lines[] = { "retention: 0 days", "retention: 30",
		"retention: days", "retention: 30 fortnights", "retention: 9999 years",
		"retention: [30 days]" };

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct complaints c = { 0 };
		struct site *site = load_with(lines[i], &c);
		OK(site == NULL && c.errors == 1 && c.list[0].line == 2);
		site_free(site);
		complaints_free(&c);
	}
}
