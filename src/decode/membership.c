/* SPDX-License-Identifier: ISC */
#include "decode/membership.h"

/* Types of a group record: RFC 3376 section 4.2.12, RFC 3810 section 5.2.12. */
enum record { IS_INCLUDE = 1, IS_EXCLUDE, TO_INCLUDE, TO_EXCLUDE, ALLOW, BLOCK };

/* From sources that it names, or from all but those. */
static bool
is_joined(uint8_t record, unsigned sources)
{
	if (record == IS_EXCLUDE || record == TO_EXCLUDE)
		return true;
	return sources > 0 &&
	    (record == IS_INCLUDE || record == TO_INCLUDE || record == ALLOW);
}

enum decoded
membership_read(struct cursor c, enum addr_kind kind,
    void (*say_group)(const struct context *, struct addr), const struct context *ctx)
{
	cur_skip(&c, 2); /* reserved */
	for (unsigned n = cur_u16(&c); n > 0 && cur_ok(&c); n--) {
		uint8_t record = cur_u8(&c);
		size_t auxiliary = cur_u8(&c), sources = cur_u16(&c);
		struct addr group = addr_read(&c, kind);
		cur_skip(&c, sources * addr_len(kind) + auxiliary * 4);
		if (cur_ok(&c) && is_joined(record, (unsigned)sources))
			say_group(ctx, group);
	}
	if (cur_ok(&c))
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_BAD;
}
