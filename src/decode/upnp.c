/* SPDX-License-Identifier: ISC */
/*
 * The description of a UPnP device, when it passes by over HTTP: UPnP Device
 * Architecture 2.0 section 2.3. Servers send it behind the head of their answer or in
 * a segment of its own. What stands in the first segment is taken: the device comes
 * first, its icons, services and embedded devices behind it.
 */
#include "decode/upnp.h"

#include "base/unset.h"
#include "decode/xml.h"

static const struct {
	const char *name;
	enum fact_key key;
} wanted[] = {
	{ "deviceType", FACT_UPNP_DEVICE_TYPE },
	{ "friendlyName", FACT_UPNP_FRIENDLY_NAME },
	{ "manufacturer", FACT_UPNP_MANUFACTURER },
	{ "modelName", FACT_UPNP_MODEL },
	{ "modelNumber", FACT_UPNP_MODEL_NUMBER },
	{ "modelDescription", FACT_UPNP_MODEL_DESCRIPTION },
	{ "serialNumber", FACT_UPNP_SERIAL },
	{ "UDN", FACT_UPNP_UDN },
};

enum { WANTED = sizeof wanted / sizeof wanted[0], LOOK = 512 };

bool
upnp_is_description(struct text t)
{
	static const struct text mark = { "urn:schemas-upnp-org:device-1-", 30 };

	if (t.len == 0 || t.s[0] != '<')
		return false;
	for (size_t at = text_find(t, 'u', 0); at < t.len && at < LOOK;
	     at = text_find(t, 'u', at + 1))
		if (text_starts((struct text){ t.s + at, t.len - at }, mark))
			return true;
	return false;
}

/* The first of each: later ones are of embedded devices (section 2.3, deviceList). */
void
upnp_say(struct text t, const struct context *ctx)
{
	struct xml x = { t };
	struct xml_element e;
	bool said[WANTED] = { false };

	while (xml_next(&x, &e)) {
		for (size_t i = 0; i < WANTED; i++) {
			char buf[VALUE_MAX] UNSET;
			struct line l = line_over(buf, sizeof buf);
			if (said[i] || !text_is(e.name, wanted[i].name))
				continue;
			said[i] = true;
			xml_put(&l, &e);
			say(ctx, wanted[i].key, ctx->seen.src_ip, line_text(&l));
		}
	}
}

enum decoded
upnp_decode(struct cursor c, const struct context *ctx)
{
	struct text t;

	if (cur_peek(&c, 0) != '<') /* most of what is offered */
		return cur_left(&c) > 0 ? DECODED_NOT_MINE : DECODED_SHORT;
	t = text_from(c);
	if (!upnp_is_description(t))
		return DECODED_NOT_MINE;
	upnp_say(t, ctx);
	return DECODED;
}
