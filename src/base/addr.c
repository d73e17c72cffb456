/* SPDX-License-Identifier: ISC */
#include "base/addr.h"

#include <arpa/inet.h>

/* Addresses are printed for each device and many facts: printf(3) is too slow. */
static void
print_link(const uint8_t b[6], char *at)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < 6; i++) {
		*at++ = digits[b[i] >> 4];
		*at++ = digits[b[i] & 15];
		*at++ = i < 5 ? ':' : '\0';
	}
}

static void
print_ip4(const uint8_t b[4], char *at)
{
	for (size_t i = 0; i < 4; i++) {
		if (b[i] >= 100)
			*at++ = (char)('0' + b[i] / 100);
		if (b[i] >= 10)
			*at++ = (char)('0' + b[i] / 10 % 10);
		*at++ = (char)('0' + b[i] % 10);
		*at++ = i < 3 ? '.' : '\0';
	}
}

const char *
addr_print(struct addr a, char buf[ADDR_TEXT])
{
	buf[0] = '\0';
	if (addr_is_link(a))
		print_link(a.b, buf);
	else if (a.kind == ADDR_IP4)
		print_ip4(a.b, buf);
	else if (a.kind == ADDR_IP6)
		(void)inet_ntop(AF_INET6, a.b, buf, ADDR_TEXT);
	return buf;
}

/* Twelve hex digits with one kind of separator after every `group` of them. */
static bool
mac_with(struct text t, char separator, size_t group, struct addr *out)
{
	size_t digits = 0, i = 0;

	*out = (struct addr){ .kind = ADDR_MAC };
	while (i < t.len) {
		if (separator != '\0' && digits > 0 && digits % group == 0 &&
		    digits < 12)
			if (t.s[i++] != separator || i == t.len)
				return false;
		int d = hex_value(t.s[i++]);
		if (d < 0 || digits == 12)
			return false;
		out->b[digits / 2] = (uint8_t)(out->b[digits / 2] << 4 | d);
		digits++;
	}
	return digits == 12;
}

bool
addr_parse(struct text t, struct addr *out)
{
	char z[ADDR_TEXT];

	if (t.len == 17 && (mac_with(t, ':', 2, out) || mac_with(t, '-', 2, out)))
		return true;
	if ((t.len == 14 && mac_with(t, '.', 4, out)) ||
	    (t.len == 12 && mac_with(t, '\0', 12, out)))
		return true;
	if (t.len == 0 || t.len >= sizeof z || memchr(t.s, '\0', t.len) != NULL)
		return false;
	memcpy(z, t.s, t.len);
	z[t.len] = '\0';
	*out = (struct addr){ .kind = ADDR_IP4 };
	if (inet_pton(AF_INET, z, out->b) == 1)
		return true;
	*out = (struct addr){ .kind = ADDR_IP6 };
	return inet_pton(AF_INET6, z, out->b) == 1;
}

bool
addr_is_local_admin(struct addr a)
{
	return a.kind == ADDR_MAC && (a.b[0] & 3) == 2;
}

bool
addr_is_link_local(struct addr a)
{
	if (a.kind == ADDR_IP4)
		return a.b[0] == 169 && a.b[1] == 254;
	return a.kind == ADDR_IP6 && a.b[0] == 0xfe && (a.b[1] & 0xc0) == 0x80;
}

bool
addr_is_private(struct addr a)
{
	if (addr_is_link_local(a))
		return true;
	if (a.kind == ADDR_IP6)
		return (a.b[0] & 0xfe) == 0xfc ||
		    (a.b[15] == 1 &&
		        memcmp(a.b, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 15) == 0);
	return a.kind == ADDR_IP4 &&
	    (a.b[0] == 10 || a.b[0] == 127 ||
	        (a.b[0] == 172 && (a.b[1] & 0xf0) == 16) ||
	        (a.b[0] == 192 && a.b[1] == 168) ||
	        (a.b[0] == 100 && (a.b[1] & 0xc0) == 64));
}

bool
addr_eui64(struct addr ip6, struct addr *mac)
{
	const uint8_t *i = ip6.b + 8;

	if (ip6.kind != ADDR_IP6 || i[3] != 0xff || i[4] != 0xfe)
		return false;
	*mac = (struct addr){ ADDR_MAC,
		{ (uint8_t)(i[0] ^ 2), i[1], i[2], i[5], i[6], i[7] } };
	return true;
}

bool
prefix_has(const struct prefix *p, struct addr a)
{
	size_t whole = p->bits / 8, rest = p->bits % 8;

	if (a.kind != p->net.kind || memcmp(a.b, p->net.b, whole) != 0)
		return false;
	return rest == 0 || ((a.b[whole] ^ p->net.b[whole]) >> (8 - rest)) == 0;
}

bool
prefix_parse(struct text t, struct prefix *out)
{
	size_t slash = text_find(t, '/', 0);
	unsigned long long bits;

	if (!addr_parse((struct text){ t.s, slash }, &out->net) ||
	    out->net.kind == ADDR_MAC)
		return false;
	size_t most = addr_len(out->net.kind) * 8;
	if (slash == t.len)
		bits = most;
	else if (!text_number((struct text){ t.s + slash + 1, t.len - slash - 1 },
	             &bits) ||
	    bits > most)
		return false;
	out->bits = (uint8_t)bits;
	for (size_t bit = (size_t)bits; bit < most; bit++)
		if (out->net.b[bit / 8] & (0x80 >> bit % 8))
			return false;
	return true;
}
