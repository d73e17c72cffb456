/* SPDX-License-Identifier: ISC */
#include "base/writer.h"
#include "decode/radius.h"
#include "unit/decode/heard.h"

static bool
spelled(const char *text, const char *mac)
{
	struct addr found;
	struct text rest;

	return radius_mac(text_of(text), &found, &rest) &&
	    addr_equal(found, addr_of(mac));
}

TEST(a_mac_address_is_read_in_every_spelling_of_access_servers)
{
	static const char *const spellings[] = { "02-00-5E-10-00-07",
		"02:00:5e:10:00:07", "0200.5e10.0007", "0200-5e10-0007",
		"02005e-100007", "02005E100007", "02 00 5e 10 00 07",
		"02.00.5e.10.00.07", "02-00-5e-10-00-07:Office" };

	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		OK(spelled(spellings[i], "02:00:5e:10:00:07"));
}

TEST(what_is_no_mac_address_is_not_taken_for_one)
{
	static const char *const others[] = { "", "02-00-5e-10-00", "02-00-5e-10-00-0",
		"02005e1000071", "0-2005e100007", "02--00-5e-10-00-07",
		"02-00:5e-10-00-07", "-02005e100007", "192.0.2.7", "ff-ff-ff-ff-ff-ff",
		"00-00-00-00-00-00", "01005e100007" };
	struct addr mac;
	struct text rest;

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		OK(!radius_mac(text_of(others[i]), &mac, &rest));
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
