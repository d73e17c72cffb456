/* SPDX-License-Identifier: ISC */
/*
 * From a link header of 802.11 to the frame, and into it. Radiotap by
 * radiotap.org; AVS by its capture frame format 2.1.1; Prism by linux-wlan-ng's
 * p80211metadef.h; PPI by CACE's header format 1.0.10. Frames by IEEE 802.11-2020,
 * clause 9: management frames go to their decoder, data frames on into what they
 * carry. What is encrypted is counted.
 */
#include "decode/walk.h"

/* What a link header says of the frame behind it. */
enum fcs { FCS_NONE, FCS_THERE, FCS_UNKNOWN };

struct air {
	enum fcs fcs;
	bool bad;    /* it was received with errors */
	bool padded; /* zeros between header and body, to a multiple of four */
};

enum { TYPE_MANAGEMENT, TYPE_CONTROL, TYPE_DATA };

/* Of the second byte of the frame control field, 9.2.4.1. */
enum {
	TO_DS = 0x01,
	FROM_DS = 0x02,
	MORE_FRAGMENTS = 0x04,
	PROTECTED = 0x40,
	ORDER = 0x80 /* an HT control field follows */
};

enum { SUBTYPE_PROBE_REQUEST = 4, SUBTYPE_BEACON = 8 };

/* Table 9-30: to DS and from DS say which address is whose. */
static void
data_addresses(struct walk *w, struct cursor *c, uint8_t flags)
{
	struct sighting *s = &w->ctx.seen;

	cur_skip(c, 2); /* duration */
	struct addr one = addr_read(c, ADDR_MAC), two = addr_read(c, ADDR_MAC);
	struct addr three = addr_read(c, ADDR_MAC);
	bool to_ds = flags & TO_DS, from_ds = flags & FROM_DS;
	cur_skip(c, 2); /* sequence control */
	struct addr four = to_ds && from_ds ? addr_read(c, ADDR_MAC) : three;
	s->dst_mac = to_ds ? three : one;
	s->src_mac = from_ds ? four : two;
}

/* 9.3.2.2.2: addresses, a length and a body, and zeros to a multiple of four. */
static void
aggregate(struct walk *w, struct cursor c)
{
	while (cur_left(&c) >= 14) {
		w->ctx.seen.dst_mac = addr_read(&c, ADDR_MAC);
		w->ctx.seen.src_mac = addr_read(&c, ADDR_MAC);
		size_t length = cur_u16(&c);
		struct cursor body = cur_take(&c, length);
		if (!cur_ok(&c))
			return;
		walk_snap(w, body);
		size_t odd = (14 + length) % 4;
		cur_skip(&c, odd > 0 && cur_left(&c) >= 4 - odd ? 4 - odd : 0);
	}
}

static void
data_frame(struct walk *w, struct cursor c, uint8_t type, uint8_t flags, bool padded)
{
	size_t whole = cur_left(&c);
	uint8_t qos = 0;

	data_addresses(w, &c, flags);
	if (type & 0x80) {
		qos = cur_u8(&c);
		cur_skip(&c, 1);
		cur_skip(&c, flags & ORDER ? 4 : 0);
	}
	if (padded)
		cur_skip(&c, (4 - (whole + 2 - cur_left(&c)) % 4) % 4);
	if (!cur_ok(&c) || (type & 0x40) != 0) /* without data */
		return;
	if (flags & PROTECTED)
		w->d->counts.wifi_protected++;
	else if (qos & 0x80)
		aggregate(w, c);
	else if ((flags & MORE_FRAGMENTS) == 0)
		walk_snap(w, c);
}

void
walk_wifi_data(struct walk *w, struct cursor c)
{
	uint8_t type = cur_u8(&c), flags = cur_u8(&c);

	if ((type & 0x0f) != 0x08) { /* some controllers swap the two bytes */
		uint8_t swapped = type;
		type = flags;
		flags = swapped;
	}
	if ((type & 0x0f) == 0x08)
		data_frame(w, c, type, flags, false);
}

/*
 * 9.3.3.1: all management frames have three addresses. One that only asks who is
 * there, from an address made up for the asking, is no presence of a device.
 */
static void
management_frame(struct walk *w, struct cursor whole)
{
	struct sighting *s = &w->ctx.seen;
	struct cursor c = whole;
	unsigned subtype = cur_u8(&c) >> 4;
	uint8_t flags = cur_u8(&c);

	cur_skip(&c, 2);
	s->dst_mac = addr_read(&c, ADDR_MAC);
	s->src_mac = addr_read(&c, ADDR_MAC);
	cur_skip(&c, 6 + 2); /* BSSID, sequence control */
	if (!cur_ok(&c))
		return;
	if (flags & PROTECTED)
		w->d->counts.wifi_protected++;
	else if ((flags & MORE_FRAGMENTS) == 0)
		(void)walk_offer(w, ON_WIFI, subtype, whole);
	if (subtype == SUBTYPE_PROBE_REQUEST && addr_is_local_admin(s->src_mac))
		s->src_mac = (struct addr){ 0 };
}

/* IEEE 802.3 clause 3.2.9, by half bytes, least significant bit first. */
static uint32_t
check_sequence(struct cursor c)
{
	uint32_t crc = UINT32_MAX;

	while (cur_left(&c) > 0) {
		crc ^= cur_u8(&c);
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc;
}

/* The frame without its check sequence, as far as the capture has that. */
static struct cursor
without_fcs(const struct walk *w, struct cursor c, enum fcs fcs)
{
	size_t captured = cur_left(&w->frame->bytes);
	size_t lost = w->frame->length > captured ? w->frame->length - captured : 0;
	struct cursor body = c;

	if (fcs == FCS_NONE || lost >= 4)
		return c;
	body = cur_take(&c, cur_left(&c) >= 4 - lost ? cur_left(&c) - (4 - lost) : 0);
	if (fcs == FCS_THERE)
		return body;
	if (lost == 0 && cur_u32le(&c) == check_sequence(body) && cur_ok(&c))
		return body;
	c.at = body.at;
	return c;
}

static void
wifi_frame(struct walk *w, struct cursor c, const struct air *air)
{
	uint8_t control = cur_peek(&c, 0), flags = cur_peek(&c, 1);
	unsigned type = control >> 2 & 3;

	if (air->bad) {
		w->d->counts.wifi_bad++;
		return;
	}
	if ((control & 3) != 0 || type == TYPE_CONTROL || cur_left(&c) < 24)
		return;
	c = without_fcs(w, c, air->fcs);
	if (type == TYPE_MANAGEMENT) {
		management_frame(w, c);
	} else if (type == TYPE_DATA) {
		cur_skip(&c, 2);
		data_frame(w, c, control, flags, air->padded);
	}
}

/*
 * Of radiotap the flags alone are wanted: they stand behind the presence words and,
 * when it is there, the time (bit 0), which is aligned to eight bytes.
 */
static void
radiotap(struct walk *w, struct cursor c)
{
	struct cursor all = c, header;
	struct air air = { FCS_NONE, false, false };

	uint8_t version = cur_u8(&c);
	cur_skip(&c, 1);
	size_t length = cur_u16le(&c);
	header = cur_take(&all, length);
	if (version != 0 || length < 8 || !cur_ok(&header)) {
		w->d->counts.wifi_bad++;
		return;
	}
	cur_skip(&header, 4);
	uint32_t present = cur_u32le(&header), more = present;
	while ((more >> 31) != 0 && cur_left(&header) >= 4)
		more = cur_u32le(&header);
	if (present & 1) {
		cur_skip(&header, (length - cur_left(&header)) % 8 == 0 ? 0 : 4);
		cur_skip(&header, 8);
	}
	uint8_t flags = present & 2 ? cur_u8(&header) : 0;
	enum fcs silent = present & 2 ? FCS_NONE : FCS_UNKNOWN;
	if (!cur_ok(&header)) {
		w->d->counts.wifi_bad++;
		return;
	}
	air.fcs = flags & 0x10 ? FCS_THERE : silent;
	air.padded = flags & 0x20;
	air.bad = flags & 0x40;
	wifi_frame(w, all, &air);
}

/* A magic number whose last three digits are the version, then the length. */
static bool
avs(struct walk *w, struct cursor c)
{
	static const struct air air = { FCS_UNKNOWN, false, false };
	struct cursor all = c;

	if ((cur_u32(&c) & 0xfffff000) != 0x80211000)
		return false;
	size_t length = cur_u32(&c);
	if (length < 64) { /* its fields to the end of version 1 */
		w->d->counts.wifi_bad++;
		return true;
	}
	cur_skip(&all, length);
	if (cur_ok(&all))
		wifi_frame(w, all, &air);
	else
		w->d->counts.wifi_bad++;
	return true;
}

/* Numbers in the order of the machine that captured; some write AVS under it. */
static void
prism(struct walk *w, struct cursor c)
{
	static const struct air air = { FCS_UNKNOWN, false, false };
	struct cursor all = c, little = c;

	if (avs(w, c))
		return;
	uint32_t code = cur_u32(&c), length = cur_u32(&c);
	if (code > 0xffff) {
		code = cur_u32le(&little);
		length = cur_u32le(&little);
	}
	if ((code != 0x44 && code != 0x41) || length < 24) {
		w->d->counts.wifi_bad++;
		return;
	}
	cur_skip(&all, length);
	if (cur_ok(&all))
		wifi_frame(w, all, &air);
	else
		w->d->counts.wifi_bad++;
}

/* Fields of a type and a length; type 2 is what 802.11 has in common. */
static void
ppi(struct walk *w, struct cursor c)
{
	enum { COMMON = 2, ALIGNED = 1 };
	struct air air = { FCS_UNKNOWN, false, false };
	struct cursor all = c;

	uint8_t version = cur_u8(&c), flags = cur_u8(&c);
	size_t length = cur_u16le(&c);
	uint32_t link = cur_u32le(&c);
	struct cursor fields = cur_take(&all, length);
	if (version != 0 || length < 8 || !cur_ok(&fields) || !cur_ok(&c)) {
		w->d->counts.wifi_bad++;
		return;
	}
	cur_skip(&fields, 8);
	while (cur_left(&fields) >= 4) {
		uint16_t type = cur_u16le(&fields);
		size_t n = cur_u16le(&fields);
		struct cursor field = cur_take(&fields, n);
		if (type == COMMON && n >= 10) {
			cur_skip(&field, 8); /* the time */
			uint16_t bits = cur_u16le(&field);
			air.fcs = bits & 1 ? FCS_THERE : FCS_NONE;
			air.bad = bits & 4;
		}
		if ((flags & ALIGNED) != 0 && n % 4 != 0)
			cur_skip(&fields, 4 - n % 4);
	}
	if (link == LINK_IEEE802_11)
		wifi_frame(w, all, &air);
	else if (link == LINK_ETHERNET)
		walk_ethernet(w, all);
	else
		w->d->counts.link_unknown++;
}

void
walk_wifi(struct walk *w, uint32_t link, struct cursor c)
{
	static const struct air air = { FCS_UNKNOWN, false, false };

	switch (link) {
	case LINK_IEEE802_11_RADIOTAP:
		radiotap(w, c);
		return;
	case LINK_IEEE802_11_AVS:
		if (!avs(w, c))
			w->d->counts.wifi_bad++;
		return;
	case LINK_IEEE802_11_PRISM:
		prism(w, c);
		return;
	case LINK_PPI:
		ppi(w, c);
		return;
	default:
		wifi_frame(w, c, &air);
	}
}
