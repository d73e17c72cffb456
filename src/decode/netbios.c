/* SPDX-License-Identifier: ISC */
#include "decode/netbios.h"

enum { LABEL = 32, POINTER = 0xc0, LABELS_MAX = 8 };

static bool
read_byte(struct cursor *c, uint8_t *out)
{
	uint8_t high = (uint8_t)(cur_u8(c) - 'A'), low = (uint8_t)(cur_u8(c) - 'A');

	*out = (uint8_t)(high << 4 | low);
	return high < 16 && low < 16;
}

/* RFC 1001 section 14.1: the scope's labels up to the root. */
static bool
skip_scope(struct cursor *c)
{
	for (unsigned n = 0; n < LABELS_MAX; n++) {
		uint8_t length = cur_u8(c);
		if (length == 0)
			return cur_ok(c);
		if (length >= POINTER) {
			cur_skip(c, 1);
			return cur_ok(c);
		}
		cur_skip(c, length);
	}
	return false;
}

bool
netbios_read(struct cursor *c, struct netbios_name *name)
{
	uint8_t b = 0;

	if (cur_u8(c) != LABEL)
		return false;
	for (unsigned i = 0; i < NETBIOS_NAME; i++) {
		if (!read_byte(c, &b))
			return false;
		name->bytes[i] = (char)b;
	}
	return read_byte(c, &name->suffix) && skip_scope(c);
}

bool
netbios_read_plain(struct cursor *c, struct netbios_name *name)
{
	for (unsigned i = 0; i < NETBIOS_NAME; i++)
		name->bytes[i] = (char)cur_u8(c);
	name->suffix = cur_u8(c);
	return cur_ok(c);
}

struct text
netbios_text(const struct netbios_name *name)
{
	return text_unpadded((struct text){ name->bytes, NETBIOS_NAME });
}

void
netbios_put(struct line *l, const struct netbios_name *name)
{
	line_put(l, netbios_text(name));
	line_char(l, '<');
	line_char(l, hex_digit(name->suffix >> 4));
	line_char(l, hex_digit(name->suffix));
	line_char(l, '>');
}
