/* SPDX-License-Identifier: ISC */
/* Identifiers as lease files spell them. */
#include "import/hex.h"

struct text
hex_bare(struct reader *r, struct text t)
{
	char *to = arena_take(&r->arena, t.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		if (t.s[i] != ':' && t.s[i] != '-')
			to[n++] = (char)(t.s[i] >= 'A' && t.s[i] <= 'F' ? t.s[i] | 32
			                                                : t.s[i]);
	return (struct text){ to, n };
}

struct text
hex_of(struct reader *r, struct text bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *to = arena_take(&r->arena, bytes.len * 2 + 1);

	for (size_t i = 0; i < bytes.len; i++) {
		uint8_t b = (uint8_t)bytes.s[i];
		to[2 * i] = digits[b >> 4];
		to[2 * i + 1] = digits[b & 15];
	}
	return (struct text){ to, bytes.len * 2 };
}

bool
addr_of(struct text t, struct addr *out)
{
	struct addr a = { .kind = ADDR_IP4 };
	unsigned part = 0, digits = 0, n = 0;

	for (size_t i = 0; i < t.len && t.len <= 15; i++) {
		unsigned d = (unsigned)(t.s[i] - '0');
		if (d <= 9 && digits < 3 && !(digits > 0 && part == 0)) {
			part = part * 10 + d;
			digits++;
		} else if (t.s[i] == '.' && digits > 0 && n < 3 && part <= 255) {
			a.b[n++] = (uint8_t)part;
			part = digits = 0;
		} else {
			return addr_parse(t, out);
		}
	}
	if (n != 3 || digits == 0 || part > 255)
		return addr_parse(t, out);
	a.b[3] = (uint8_t)part;
	*out = a;
	return true;
}

struct addr
duid_mac(struct text bare)
{
	struct addr mac = { 0 };
	size_t at = 0;

	if (text_starts(bare, text_of("00010001")) && bare.len == 28)
		at = 16;
	else if (text_starts(bare, text_of("00030001")) && bare.len == 20)
		at = 8;
	if (at > 0 && !addr_parse((struct text){ bare.s + at, 12 }, &mac))
		mac = (struct addr){ 0 };
	return mac;
}
