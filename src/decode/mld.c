/* SPDX-License-Identifier: ISC */
/*
 * The IPv6 multicast groups that a host joins: reports of multicast listener
 * discovery, versions 1 and 2. RFC 2710, RFC 3810.
 */
#include "decode/membership.h"

enum { REPORT_1 = 131, REPORT_2 = 143 };

/*
 * RFC 4291 section 2.7.1: every address has such a group, made of its last bytes. It
 * tells of the address, not of the device.
 */
static bool
is_solicited_node(struct addr group)
{
	static const uint8_t head[13] = { 0xff, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff };

	return memcmp(group.b, head, sizeof head) == 0;
}

static void
say_group(const struct context *ctx, struct addr group)
{
	char buf[ADDR_TEXT];
	struct addr who = ctx->seen.src_ip;

	if (!addr_is_multicast(group) || is_solicited_node(group))
		return;
	if (addr_is_unspecified(who)) /* before it has an address, RFC 3590 */
		who = ctx->seen.src_mac;
	say(ctx, FACT_MLD_GROUP, who, text_of(addr_print(group, buf)));
}

enum decoded
mld_decode(struct cursor c, const struct context *ctx)
{
	uint8_t type = cur_u8(&c);

	if (type != REPORT_1 && type != REPORT_2)
		return DECODED_NOT_MINE;
	/* RFC 2710 section 3: never sent on, so never through a router. */
	if (ctx->seen.ttl != 1)
		return DECODED_BAD;
	cur_skip(&c, 1 + 2); /* code, checksum */
	if (type == REPORT_2)
		return cur_ok(&c) ? membership_read(c, ADDR_IP6, say_group, ctx)
		                  : DECODED_SHORT;
	cur_skip(&c, 2 + 2); /* response delay, reserved */
	struct addr group = addr_read(&c, ADDR_IP6);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	say_group(ctx, group);
	return DECODED;
}
