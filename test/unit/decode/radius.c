/* SPDX-License-Identifier: ISC */
#include "base/writer.h"
#include "decode/station.h"
#include "unit/decode/heard.h"

static bool
spelled(const char *text, const char *mac)
{
	struct addr found;
	struct text rest;

	return station_mac(text_of(text), &found, &rest) &&
	    addr_equal(found, addr_of(mac));
}

TEST(a_mac_address_is_read_in_every_spelling_of_access_servers)
{
	static const char *const spellings[] = { "02-00-5E-10-00-07",
		"02:00:5e:10:00:07", "0200.5e10.0007", "0200-5e10-0007",
		"0200:5e10:0007", "02005e-100007", "02005E.100007", "02005E100007",
		"02 00 5e 10 00 07", "02.00.5e.10.00.07", "02_00_5e_10_00_07",
		"2:0:5e:10:0:7", "1:2:0:5e:10:0:7", "02-00-5e-10-00-07:Office",
		"02-00-5e-10-00-07-07" };

	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		OK(spelled(spellings[i], "02:00:5e:10:00:07"));
}

TEST(what_is_no_mac_address_is_not_taken_for_one)
{
	static const char *const others[] = { "", "02-00-5e-10-00", "02-00-5e-10-00-",
		"02005e1000071", "0-2005e100007", "02--00-5e-10-00-07",
		"02-00:5e-10-00-07", "-02005e100007", "192.0.2.7", "02005e100007x",
		"0200-5e-10-0007", "0049 30 12 34 56 78" };
	static const char *const nobody[] = { "ff-ff-ff-ff-ff-ff", "00-00-00-00-00-00",
		"01005e100007" };
	struct addr mac;
	struct text rest;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		OK(!station_mac(text_of(others[i]), &mac, &rest));
	for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++) {
		OK(station_mac(text_of(nobody[i]), &mac, &rest));
		EQ(mac.kind, ADDR_NONE);
	}
}

TEST(who_calls_from_an_ipv6_address_has_no_mac_address_in_it)
{
	EQ(station_caller(text_of("2001:0db8:0001::7"), 5).kind, ADDR_NONE);
	EQ(station_caller(text_of("1:2:3:4:5:6:7:8"), 5).kind, ADDR_NONE);
	EQ(station_caller(text_of("02005e100007"), 0).kind, ADDR_MAC);
	EQ(station_caller(text_of("493012345678"), 0).kind, ADDR_NONE);
	EQ(station_caller(text_of("483012345678"), 15).kind, ADDR_MAC);
}

TEST(an_ssid_stands_behind_an_address_or_a_name)
{
	static const struct {
		const char *called, *ssid;
		uint32_t port;
	} rows[] = {
		{ "02-00-00-00-00-01:Office", "Office", 0 },
		{ "02:00:00:00:00:01:Office 2:a", "Office 2:a", 19 },
		{ "020000000001:Office", "Office", 19 },
		{ "0200.0000.0001:Office", "Office", 19 },
		{ "00:00:00:00:00:00:Office", "Office", 19 },
		{ "02-00-00-00-00-01-Office", "Office", 19 },
		{ "AP-floor-2:Office", "Office", 19 },
		{ "192.0.2.1:Office", "Office", 19 },
		{ "AP-floor-2:Office", "", 15 },
		{ "AP-floor-2", "", 19 },
		{ "AP-floor-2:", "", 19 },
		{ "02-00-00-00-00-01", "", 19 },
		{ "02:00:00:00:00", "", 19 },
		{ "2001:db8::1", "", 19 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct text t = station_ssid(text_of(rows[i].called), rows[i].port);
		OK(text_is(t, rows[i].ssid));
	}
}

struct packet {
	char bytes[1024];
	size_t len;
};

static void
attribute(struct packet *p, uint8_t type, const void *value, size_t n)
{
	p->bytes[p->len++] = (char)type;
	p->bytes[p->len++] = (char)(n + 2);
	memcpy(p->bytes + p->len, value, n);
	p->len += n;
	p->bytes[2] = (char)(p->len >> 8);
	p->bytes[3] = (char)p->len;
}

static struct packet
request(uint8_t code)
{
	return (struct packet){ { (char)code, 1, 0, 20 }, 20 };
}

TEST(twelve_digits_are_an_address_on_ethernet_and_a_number_on_the_telephone)
{
	static struct heard h;
	struct packet p = request(1);

	attribute(&p, 1, "ann", 3);
	attribute(&p, 31, "021234567890", 12);
	hear(&h, radius_decode, p.bytes, p.len);
	EQ(h.how, DECODED);
	SAME(h.text, "");
	attribute(&p, 61, "\0\0\0\x0f", 4);
	hear(&h, radius_decode, p.bytes, p.len);
	SAME(h.text,
	    "radius.user_name 02:12:34:56:78:90 ann\n"
	    "radius.calling_station_id 02:12:34:56:78:90 021234567890\n"
	    "radius.nas_port_type 02:12:34:56:78:90 15\n");
}

TEST(passwords_of_radius_are_not_said)
{
	static struct heard h;
	struct packet p = request(1);

	attribute(&p, 31, "02-00-5e-10-00-07", 17);
	attribute(&p, 2, "secretsecretsecr", 16);
	attribute(&p, 3, "\1secretsecretsecr", 17);
	hear(&h, radius_decode, p.bytes, p.len);
	EQ(h.how, DECODED);
	OK(strstr(h.text, "secret") == NULL);
}

TEST(an_eap_identity_in_pieces_is_put_together_and_one_in_answers_is_not_read)
{
	static struct heard h;
	struct packet p = request(1);

	attribute(&p, 79, "\2\1\0\x08\1", 5);
	attribute(&p, 79, "ann", 3);
	attribute(&p, 31, "02-00-5e-10-00-07", 17);
	hear(&h, radius_decode, p.bytes, p.len);
	SAME(h.text,
	    "radius.calling_station_id 02:00:5e:10:00:07 02-00-5e-10-00-07\n"
	    "eap.identity 02:00:5e:10:00:07 ann\n");
	p.bytes[0] = 11;
	hear(&h, radius_decode, p.bytes, p.len);
	SAME(h.text, "radius.calling_station_id 02:00:5e:10:00:07 02-00-5e-10-00-07\n");
}

TEST(wishes_for_an_address_are_no_addresses)
{
	static struct heard h;
	struct packet p = request(2);

	attribute(&p, 1, "ann", 3);
	attribute(&p, 8, "\xff\xff\xff\xfe", 4);
	hear(&h, radius_decode, p.bytes, p.len);
	EQ(h.how, DECODED);
	SAME(h.text, "");
	p.len = 20 + 5; /* nor is what has not the length of one */
	attribute(&p, 8, "\300\0\2\7\0\0", 6);
	attribute(&p, 4, "\300\0\2", 3);
	hear(&h, radius_decode, p.bytes, p.len);
	EQ(h.how, DECODED);
	SAME(h.text, "");
}

TEST(radius_cut_anywhere_says_nothing_false)
{
	struct context ctx = heard_context(NULL);
	struct packet p = request(4);

	attribute(&p, 31, "02-00-5e-10-00-07", 17);
	attribute(&p, 26,
	    "\0\0\0\x09\1\x11"
	    "dhcp-option=\0\x37\0",
	    21);
	attribute(&p, 8, "\300\0\2\7", 4);
	cut_everywhere(radius_decode, p.bytes, p.len, &ctx, false);
}
