/* SPDX-License-Identifier: ISC */
#include "decode/station.h"

/* So many groups of so many digits, with one sort of separator between. */
struct shape {
	uint8_t groups, least, most;
};

static bool
is_letter_or_digit(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool
is_separator(char c)
{
	return c >= ' ' && c <= '~' && !is_letter_or_digit(c);
}

/* The number that the groups make, and where they end. */
static bool
read_shape(struct text t, const struct shape *s, uint64_t *n, size_t *end)
{
	size_t at = 0;
	char separator = '\0';

	*n = 0;
	for (unsigned group = 0; group < s->groups; group++) {
		uint64_t value = 0;
		size_t digits = 0;
		if (group > 0) {
			if (at == t.len || !is_separator(t.s[at]) ||
			    (group > 1 && t.s[at] != separator))
				return false;
			separator = t.s[at++];
		}
		for (; at < t.len && hex_value(t.s[at]) >= 0; at++, digits++)
			if (digits < s->most)
				value = value << 4 | (uint64_t)hex_value(t.s[at]);
		if (digits < s->least || digits > s->most)
			return false;
		*n = *n << 4 * s->most | value;
	}
	*end = at;
	return at == t.len || !is_letter_or_digit(t.s[at]);
}

/*
 * With dashes, colons, dots or blanks, every two, four or six digits, or with none;
 * some leave a leading zero off. DHCP servers of MikroTik's send the client identifier,
 * 1 and the address (RouterOS Reference Manual, DHCP server: active-client-id).
 */
bool
station_mac(struct text t, struct addr *mac, struct text *rest)
{
	static const struct shape shapes[] = { { 7, 1, 2 }, { 6, 1, 2 }, { 3, 4, 4 },
		{ 2, 6, 6 }, { 1, 12, 12 } };

	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		uint64_t n;
		size_t end;
		if (shapes[i].groups == 7 &&
		    (t.len < 2 || t.s[0] != '1' || t.s[1] != ':'))
			continue;
		if (!read_shape(t, &shapes[i], &n, &end))
			continue;
		*mac = (struct addr){ .kind = ADDR_MAC };
		for (size_t b = 0; b < 6; b++)
			mac->b[b] = (uint8_t)(n >> (40 - 8 * b));
		if (addr_is_multicast(*mac) || (n & UINT64_C(0xffffffffffff)) == 0)
			*mac = (struct addr){ 0 };
		*rest = (struct text){ t.s + end, t.len - end };
		return true;
	}
	return false;
}

static bool
is_ip(struct text t)
{
	struct addr a;

	return addr_parse(t, &a) && !addr_is_link(a);
}

/* Digits alone may be a telephone number: they are an address where ports have such. */
struct addr
station_caller(struct text calling, uint32_t port)
{
	struct text t = text_trim(calling), rest;
	struct addr mac;
	bool number = true;

	if (is_ip(t) || !station_mac(t, &mac, &rest))
		return (struct addr){ 0 };
	for (size_t i = 0; i < t.len; i++)
		number = number && is_digit(t.s[i]);
	if (number && port != PORT_ETHERNET && port != PORT_WIRELESS)
		return (struct addr){ 0 };
	return mac;
}

/*
 * RFC 3580 section 3.20: the access point's address, a colon and the SSID. Controllers
 * can be told to put the name of the access point or its group in the address's place
 * (Cisco: radius callStationIdType; Aruba: called-station-id type), Aruba's also to put
 * a dash in that of the colon.
 */
struct text
station_ssid(struct text called, uint32_t port)
{
	static const struct text none = { "", 0 };
	struct text rest;
	struct addr mac;

	if (is_ip(called))
		return none;
	if (station_mac(called, &mac, &rest))
		return rest.len > 1 ? (struct text){ rest.s + 1, rest.len - 1 } : none;
	size_t colon = text_find(called, ':', 0);
	/* Two digits before it are of an address in no form that is known. */
	if (port != PORT_WIRELESS || colon < 3 || colon + 1 >= called.len)
		return none;
	return (struct text){ called.s + colon + 1, called.len - colon - 1 };
}
