/* SPDX-License-Identifier: ISC */
/*
 * The multicast groups that a host joins: reports of IGMP, versions 1 to 3.
 * RFC 1112 appendix I, RFC 2236, RFC 3376.
 */
#include "decode/decode.h"

enum { REPORT_1 = 0x12, REPORT_2 = 0x16, REPORT_3 = 0x22 };

/* Types of a group record: RFC 3376 section 4.2.12. */
enum record { IS_INCLUDE = 1, IS_EXCLUDE, TO_INCLUDE, TO_EXCLUDE, ALLOW, BLOCK };

static void
say_group(const struct context *ctx, struct addr group)
{
	char buf[ADDR_TEXT];
	struct addr who = ctx->seen.src_ip;

	if (!addr_is_multicast(group))
		return;
	if (addr_is_unspecified(who)) /* not yet configured, RFC 3376 4.2.13 */
		who = ctx->seen.src_mac;
	say(ctx, FACT_IGMP_GROUP, who, text_of(addr_print(group, buf)));
}

/* From sources that it names, or from all but those. */
static bool
is_joined(uint8_t record, unsigned sources)
{
	if (record == IS_EXCLUDE || record == TO_EXCLUDE)
		return true;
	return sources > 0 &&
	    (record == IS_INCLUDE || record == TO_INCLUDE || record == ALLOW);
}

static enum decoded
read_records(struct cursor c, const struct context *ctx)
{
	cur_skip(&c, 2); /* reserved */
	for (unsigned n = cur_u16(&c); n > 0 && cur_ok(&c); n--) {
		uint8_t record = cur_u8(&c);
		size_t auxiliary = cur_u8(&c), sources = cur_u16(&c);
		struct addr group = addr_read(&c, ADDR_IP4);
		cur_skip(&c, (sources + auxiliary) * 4);
		if (cur_ok(&c) && is_joined(record, (unsigned)sources))
			say_group(ctx, group);
	}
	if (cur_ok(&c))
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_BAD;
}

enum decoded
igmp_decode(struct cursor c, const struct context *ctx)
{
	uint8_t type = cur_u8(&c);

	cur_skip(&c, 1 + 2); /* response time, checksum */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (type == REPORT_3)
		return read_records(c, ctx);
	if (type != REPORT_1 && type != REPORT_2)
		return DECODED_NOT_MINE; /* a query or a farewell */
	struct addr group = addr_read(&c, ADDR_IP4);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	say_group(ctx, group);
	return DECODED;
}
