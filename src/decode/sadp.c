/* SPDX-License-Identifier: ISC */
/*
 * Hikvision's SADP: XML over UDP multicast, port 37020; no document is public, the
 * elements are those of answers in public code. A Probe is sent by the installer's
 * tool; only a ProbeMatch, and the Hello of one that starts, come from a device.
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/xml.h"

enum { LOOK = 256 };

static const struct {
	const char *name;
	enum fact_key key;
} wanted[] = {
	{ "DeviceDescription", FACT_SADP_MODEL },
	{ "DeviceSN", FACT_SADP_SERIAL },
	{ "SoftwareVersion", FACT_SADP_FIRMWARE },
};

static bool
is_answer(struct text t)
{
	static const struct text match = { "<ProbeMatch", 11 };
	static const struct text hello = { "<Hello", 6 };

	for (size_t at = text_find(t, '<', 0); at < t.len && at < LOOK;
	     at = text_find(t, '<', at + 1)) {
		struct text tag = { t.s + at, t.len - at };
		if (text_starts(tag, match) || text_starts(tag, hello))
			return true;
	}
	return false;
}

enum decoded
sadp_decode(struct cursor c, const struct context *ctx)
{
	struct xml x = { text_from(c) };
	struct xml_element e;
	struct addr mac = { 0 }, ip = { 0 };
	char address[ADDR_TEXT];

	if (!is_answer(x.rest))
		return DECODED_NOT_MINE;
	while (xml_next(&x, &e)) {
		if (text_is(e.name, "MAC"))
			(void)addr_parse(e.raw, &mac);
		else if (text_is(e.name, "IPv4Address"))
			(void)addr_parse(e.raw, &ip);
		for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
			char buf[VALUE_MAX] UNSET;
			struct line l = line_over(buf, sizeof buf);
			if (!text_is(e.name, wanted[i].name))
				continue;
			xml_put(&l, &e);
			say(ctx, wanted[i].key, ctx->seen.src_ip, line_text(&l));
		}
	}
	if (mac.kind == ADDR_MAC && ip.kind == ADDR_IP4 && !addr_is_unspecified(ip))
		say(ctx, FACT_SADP_ADDRESS, mac, text_of(addr_print(ip, address)));
	return DECODED;
}
