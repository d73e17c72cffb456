/* SPDX-License-Identifier: ISC */
/*
 * Bluetooth Low Energy: from the link to the advertisement. Bluetooth Core
 * Specification 5.4: volume 6 part B section 2 (packets on the air), volume 4 part A
 * (H4) and part E section 7.7.65 (what a controller reports); the headers of sniffers
 * by tcpdump.org/linktypes.html.
 *
 * The sender is its device address: a public one is of the IEEE's registry, a random
 * one (section 1.3.2) is an address of a kind of its own, so that its bytes are not
 * taken for a maker's.
 */
#include "decode/walk.h"

/* The access address of the advertising channels, and where their checksum begins. */
static const uint32_t advertising_access = 0x8e89bed6, advertising_crc = 0xaaaaaa;

/* Types of packets on the advertising channels: table 2.3. */
enum {
	ADV_IND = 0,
	ADV_DIRECT_IND = 1,
	ADV_NONCONN_IND = 2,
	SCAN_RSP = 4,
	ADV_SCAN_IND = 6,
	ADV_EXT_IND = 7
};

enum { PHY_CODED = 2 };

enum { H4_EVENT = 4, MONITOR_EVENT = 3 };

enum { LE_META = 0x3e, LE_REPORT = 0x02, LE_EXTENDED_REPORT = 0x0d };

/* Six bytes, the least significant first. */
static struct addr
device_address(struct cursor *c, bool random)
{
	struct addr a = { .kind = random ? ADDR_BLE : ADDR_MAC };
	struct cursor bytes = cur_take(c, 6);

	if (!cur_ok(&bytes))
		return (struct addr){ 0 };
	for (int i = 5; i >= 0; i--)
		a.b[i] = cur_u8(&bytes);
	return a;
}

static bool
advertise(struct walk *w, struct addr who, struct cursor data)
{
	w->ctx.seen.src_mac = who;
	if (who.kind != ADDR_NONE)
		(void)walk_offer(w, ON_BLE, 0, data);
	return true;
}

/* Section 2.3.4: a header with what its flags say, then the data. */
static bool
extended(struct walk *w, bool random, struct cursor c)
{
	uint8_t length = cur_u8(&c) & 0x3f;
	struct cursor header = cur_take(&c, length);
	uint8_t flags = cur_u8(&header);
	struct addr who = { 0 };

	if (!cur_ok(&c))
		return false;
	if (flags & 0x01)
		who = device_address(&header, random);
	return advertise(w, who, c);
}

/* Each of these is false where there was no advertisement to read. */
static bool
pdu(struct walk *w, struct cursor c)
{
	uint8_t head = cur_u8(&c);
	struct cursor payload = cur_block8(&c);
	bool random = head & 0x40;

	if (!cur_ok(&payload))
		return false;
	if ((head & 0x0f) == ADV_EXT_IND)
		return extended(w, random, payload);
	struct addr who = device_address(&payload, random);
	switch (head & 0x0f) {
	case ADV_DIRECT_IND: /* what follows is the address that it calls */
		return advertise(w, who, (struct cursor){ 0 });
	case ADV_IND:
	case ADV_NONCONN_IND:
	case SCAN_RSP:
	case ADV_SCAN_IND:
		return advertise(w, who, payload);
	}
	return false;
}

/*
 * The checksum of section 3.1.1, in the order of its transmission: where no header of a
 * sniffer says whether it was right, noise would speak of devices that do not exist.
 */
static bool
is_sound(struct cursor c)
{
	uint32_t state = advertising_crc;

	for (size_t n = 2 + cur_peek(&c, 1); n > 0; n--) {
		uint32_t byte = cur_u8(&c);
		for (unsigned bit = 0; bit < 8; bit++) {
			bool one = (state ^ byte >> bit) & 1;
			state >>= 1;
			if (one)
				state = (state | 1u << 23) ^ 0x5a6000;
		}
	}
	uint32_t sent = cur_u8(&c);
	sent |= (uint32_t)cur_u8(&c) << 8;
	sent |= (uint32_t)cur_u8(&c) << 16;
	return cur_ok(&c) && sent == state;
}

static bool
air(struct walk *w, struct cursor c, unsigned phy, bool checked)
{
	if (cur_u32le(&c) != advertising_access)
		return false;
	if (phy == PHY_CODED)
		cur_skip(&c, 1); /* coding indicator */
	return (checked || is_sound(c)) && pdu(w, c);
}

/* LINKTYPE_BLUETOOTH_LE_LL_WITH_PHDR */
static bool
with_radio_header(struct walk *w, struct cursor c)
{
	cur_skip(&c, 1 + 1 + 1 + 1 + 4); /* channel, powers, reference access address */
	uint16_t flags = cur_u16le(&c);
	bool dewhitened = flags & 0x0001, checked = flags & 0x0400;

	if (!dewhitened || (checked && !(flags & 0x0800)))
		return false;
	return air(w, c, flags >> 14, checked);
}

/* The flags of a packet: the lowest one says that its checksum was right. */
static bool
nordic_packet(struct walk *w, uint8_t flags, struct cursor c)
{
	return (flags & 1) != 0 && air(w, c, flags >> 4 & 7, true);
}

/*
 * LINKTYPE_NORDIC_BLE: the header's and the payload's length in a byte each, or since
 * version 2 the payload's in two; then version, counter and what it is. Before there
 * were versions: a mark, what it is, counter, two bytes of nothing, the length; and no
 * length before the flags.
 */
static bool
nordic(struct walk *w, struct cursor c)
{
	enum { MARK_0 = 0xbe, MARK_1 = 0xef, ADVERTISING = 2, PACKET = 6 };
	bool legacy = cur_peek(&c, 0) == MARK_0 && cur_peek(&c, 1) == MARK_1;

	cur_skip(&c, legacy ? 2 : 1 + 2 + 1 + 2);
	uint8_t id = cur_u8(&c);
	if (legacy)
		cur_skip(&c, 2 + 2 + 1);
	if (id != ADVERTISING && id != PACKET) /* a word between sniffer and host */
		return false;
	if (legacy) {
		uint8_t flags = cur_u8(&c);
		cur_skip(&c, 1 + 1 + 2 + 4); /* channel, strength, event, time */
		return nordic_packet(w, flags, c);
	}
	struct cursor event = c;
	uint8_t length = cur_u8(&event), flags = cur_u8(&event);
	cur_skip(&c, length);
	return length >= 2 && nordic_packet(w, flags, c);
}

/* Public and random, and the same of an identity that the controller resolved. */
static bool
address_type(uint8_t type, bool *random)
{
	*random = type & 1;
	return type <= 3;
}

/* Section 7.7.65.2. A frame's presence is that of the last device in it. */
static bool
reports(struct walk *w, struct cursor c)
{
	bool random, read = false;

	for (unsigned n = cur_u8(&c); n > 0; n--) {
		cur_skip(&c, 1); /* event type */
		bool known = address_type(cur_u8(&c), &random);
		struct addr who = device_address(&c, random);
		struct cursor data = cur_block8(&c);
		cur_skip(&c, 1); /* signal strength */
		if (cur_ok(&data) && known)
			read = advertise(w, who, data);
	}
	return read;
}

/* Section 7.7.65.13. */
static bool
extended_reports(struct walk *w, struct cursor c)
{
	bool random, read = false;

	for (unsigned n = cur_u8(&c); n > 0; n--) {
		cur_skip(&c, 2); /* event type */
		bool known = address_type(cur_u8(&c), &random);
		struct addr who = device_address(&c, random);
		cur_skip(&c, 1 + 1 + 1 + 1 + 1 + 2); /* radios, set, powers, interval */
		cur_skip(&c, 1 + 6);                 /* the address that it calls */
		struct cursor data = cur_block8(&c);
		if (cur_ok(&data) && known)
			read = advertise(w, who, data);
	}
	return read;
}

static bool
hci_event(struct walk *w, struct cursor c)
{
	uint8_t code = cur_u8(&c);
	struct cursor event = cur_block8(&c);

	if (code != LE_META || !cur_ok(&event))
		return false;
	uint8_t what = cur_u8(&event);
	if (what == LE_REPORT)
		return reports(w, event);
	return what == LE_EXTENDED_REPORT && extended_reports(w, event);
}

static bool
h4(struct walk *w, struct cursor c)
{
	return cur_u8(&c) == H4_EVENT && hci_event(w, c);
}

bool
walk_bluetooth(struct walk *w, uint32_t link, struct cursor c)
{
	switch (link) {
	case LINK_BLUETOOTH_LE_LL:
		return air(w, c, 0, false);
	case LINK_BLUETOOTH_LE_LL_WITH_PHDR:
		return with_radio_header(w, c);
	case LINK_NORDIC_BLE:
		return nordic(w, c);
	case LINK_BLUETOOTH_HCI_H4:
		return h4(w, c);
	case LINK_BLUETOOTH_HCI_H4_WITH_PHDR:
		cur_skip(&c, 4); /* direction */
		return h4(w, c);
	case LINK_BLUETOOTH_LINUX_MONITOR:
		cur_skip(&c, 2); /* adapter */
		return cur_u16(&c) == MONITOR_EVENT && hci_event(w, c);
	}
	return false;
}
