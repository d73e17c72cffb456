/* SPDX-License-Identifier: ISC */
/*
 * The multicast groups that a host joins: reports of IGMP, versions 1 to 3.
 * RFC 1112 appendix I, RFC 2236, RFC 3376.
 */
#include "decode/membership.h"

enum { REPORT_1 = 0x12, REPORT_2 = 0x16, REPORT_3 = 0x22 };

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

enum decoded
igmp_decode(struct cursor c, const struct context *ctx)
{
	uint8_t type = cur_u8(&c);

	cur_skip(&c, 1 + 2); /* response time, checksum */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (type == REPORT_3)
		return membership_read(c, ADDR_IP4, say_group, ctx);
	if (type != REPORT_1 && type != REPORT_2)
		return DECODED_NOT_MINE; /* a query or a farewell */
	struct addr group = addr_read(&c, ADDR_IP4);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	say_group(ctx, group);
	return DECODED;
}
