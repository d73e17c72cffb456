/* SPDX-License-Identifier: ISC */
/* ARP over Ethernet for IPv4. RFC 826; probes and announcements RFC 5227. */
#include "decode/decode.h"

enum { REQUEST = 1, REPLY = 2, ETHERNET = 1, IEEE_802 = 6, IPV4 = 0x0800 };

enum decoded
arp_decode(struct cursor c, const struct context *ctx)
{
	uint16_t hardware = cur_u16(&c), protocol = cur_u16(&c);
	uint8_t mac_len = cur_u8(&c), ip_len = cur_u8(&c);
	uint16_t operation = cur_u16(&c);

	if (!cur_ok(&c))
		return DECODED_SHORT;
	if ((hardware != ETHERNET && hardware != IEEE_802) || protocol != IPV4 ||
	    mac_len != 6 || ip_len != 4)
		return DECODED_NOT_MINE;
	/* RARP and InARP share the layout, not the meaning. */
	if (operation != REQUEST && operation != REPLY)
		return DECODED_NOT_MINE;

	struct addr mac = addr_read(&c, ADDR_MAC), ip = addr_read(&c, ADDR_IP4);
	cur_skip(&c, 6 + 4); /* the target says nothing of itself */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (addr_is_unspecified(mac) || addr_is_multicast(mac) || addr_is_multicast(ip))
		return DECODED_BAD;
	/* A probe asks with sender 0.0.0.0: it holds nothing yet. */
	if (addr_is_unspecified(ip))
		return DECODED;
	char buf[ADDR_TEXT];
	say(ctx, FACT_ARP_ADDRESS, mac, text_of(addr_print(ip, buf)));
	return DECODED;
}
