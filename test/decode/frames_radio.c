/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pairs of DHCPv6, multicast reports, EAPOL, RADIUS
 * and Bluetooth LE, test/decode/NAME/NAME.pcap. All of it is made up from the documents
 * of the protocols: addresses of RFC 5737, RFC 3849 and RFC 7042, names of RFC 2606.
 * From the root of the tree:
 *
 *	cc -o build/frames_radio test/decode/frames_radio.c && build/frames_radio
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BYTES(literal) literal, sizeof(literal) - 1

#define STATION "\2\0\0\0\0\7"
#define ROUTER "\2\0\0\0\0\1"
#define STATION4 "\300\0\2\7"
#define ROUTER4 "\300\0\2\1"
#define STATION6 "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\7"
#define ROUTER6 "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1"
#define RELAY6 "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"
#define SERVER6 "\x20\1\x0d\xb8\0\1\0\0\0\0\0\0\0\0\0\2"
#define GIVEN6 "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x77"

enum { UDP = 17 };

struct bytes {
	uint8_t b[2048];
	size_t n;
};

static FILE *out;
static uint32_t clock_ms;

static void
add(struct bytes *to, const void *from, size_t n)
{
	if (n > sizeof to->b - to->n)
		abort();
	memcpy(to->b + to->n, from, n);
	to->n += n;
}

static void
add8(struct bytes *to, unsigned n)
{
	add(to, (uint8_t[]){ (uint8_t)n }, 1);
}

static void
add16(struct bytes *to, unsigned n)
{
	add(to, (uint8_t[]){ (uint8_t)(n >> 8), (uint8_t)n }, 2);
}

static void
add_all(struct bytes *to, const struct bytes *from)
{
	add(to, from->b, from->n);
}

static uint32_t
sum16(const uint8_t *b, size_t n, uint32_t sum)
{
	for (size_t i = 0; i < n; i++)
		sum += i % 2 == 0 ? (uint32_t)b[i] << 8 : b[i];
	return sum;
}

static void
set_sum(struct bytes *in, size_t at, uint32_t sum)
{
	while (sum >> 16 != 0)
		sum = (sum & 0xffff) + (sum >> 16);
	in->b[at] = (uint8_t)(~sum >> 8);
	in->b[at + 1] = (uint8_t)~sum;
}

/* Numbers of the file are in the byte order of the machine. */
static void
put32(uint32_t n)
{
	(void)fwrite(&n, sizeof n, 1, out);
}

/* A capture of one link type: 1 is Ethernet. */
static void
begin(const char *name, const char *file, uint32_t link)
{
	char path[256];
	uint16_t version[2] = { 2, 4 };

	(void)snprintf(path, sizeof path, "test/decode/%s/%s.pcap", name, file);
	out = fopen(path, "wb");
	if (out == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	clock_ms = 0;
	put32(0xa1b2c3d4);
	(void)fwrite(version, sizeof version, 1, out);
	put32(0);
	put32(0);
	put32(65535);
	put32(link);
}

static void
end(void)
{
	if (fclose(out) != 0)
		exit(EXIT_FAILURE);
}

/* Frames are ten milliseconds apart from 2023-04-01T00:00:00Z. */
static void
record(const struct bytes *f)
{
	put32(1680307200 + clock_ms / 1000);
	put32(clock_ms % 1000 * 1000);
	put32((uint32_t)f->n);
	put32((uint32_t)f->n);
	(void)fwrite(f->b, f->n, 1, out);
	clock_ms += 10;
}

static void
frame(const char *to, const char *from, unsigned type, const struct bytes *payload)
{
	struct bytes f = { .n = 0 };

	add(&f, to, 6);
	add(&f, from, 6);
	add16(&f, type);
	add_all(&f, payload);
	record(&f);
}

struct way {
	const char *to, *from;       /* link layer */
	const char *to_ip, *from_ip; /* 4 bytes, or 16 */
	unsigned version, ttl;
	const char *extra; /* IPv4 options, or extension headers that begin with hop by
	                    * hop; a multiple of four or eight bytes */
	size_t n_extra;
};

static const struct way up4 = { ROUTER, STATION, ROUTER4, STATION4, 4, 64, NULL, 0 };
static const struct way down4 = { STATION, ROUTER, STATION4, ROUTER4, 4, 64, NULL, 0 };

/* A packet; `sum_at` is where the payload keeps its checksum. */
static void
packet(const struct way *w, uint8_t protocol, struct bytes *payload, size_t sum_at)
{
	struct bytes p = { .n = 0 };
	size_t len = w->version == 4 ? 4 : 16;
	uint32_t sum = 0;

	if (protocol != 2) { /* IGMP has no pseudo-header */
		sum = protocol + (uint32_t)payload->n;
		sum = sum16((const uint8_t *)w->from_ip, len, sum);
		sum = sum16((const uint8_t *)w->to_ip, len, sum);
	}
	set_sum(payload, sum_at, sum16(payload->b, payload->n, sum));
	if (w->version == 4) {
		add8(&p, 0x45 + (unsigned)w->n_extra / 4);
		add8(&p, 0);
		add16(&p, 20 + (unsigned)(w->n_extra + payload->n));
		add(&p, BYTES("\x12\x34\x40\0"));
		add(&p, (uint8_t[]){ (uint8_t)w->ttl, protocol, 0, 0 }, 4);
	} else {
		add(&p, BYTES("\x60\0\0\0"));
		add16(&p, (unsigned)(w->n_extra + payload->n));
		add8(&p, w->n_extra > 0 ? 0 : protocol);
		add8(&p, w->ttl);
	}
	add(&p, w->from_ip, len);
	add(&p, w->to_ip, len);
	if (w->n_extra > 0)
		add(&p, w->extra, w->n_extra);
	if (w->version == 4)
		set_sum(&p, 10, sum16(p.b, 20 + w->n_extra, 0));
	add_all(&p, payload);
	frame(w->to, w->from, w->version == 4 ? 0x0800 : 0x86dd, &p);
}

static void
udp(const struct way *w, unsigned from, unsigned to, const struct bytes *message)
{
	struct bytes p = { .n = 0 };

	add16(&p, from);
	add16(&p, to);
	add16(&p, 8 + (unsigned)message->n);
	add16(&p, 0);
	add_all(&p, message);
	packet(w, UDP, &p, 6);
}

/* DHCPv6: code, length, value. */
static void
option6(struct bytes *to, unsigned code, const void *value, size_t n)
{
	add16(to, code);
	add16(to, (unsigned)n);
	add(to, value, n);
}

/* A relay's message around another: RFC 8415 section 9. */
static void
relay6(struct bytes *to, unsigned type, unsigned hops, const char *peer,
    const struct bytes *extra, const struct bytes *inner)
{
	add8(to, type);
	add8(to, hops);
	add(to, RELAY6, 16);
	add(to, peer, 16);
	add_all(to, extra);
	option6(to, 9, inner->b, inner->n);
}

#define DUID_LLT "\0\1\0\1\x2b\xb8\x34\0" STATION
#define IA_NA(inner) "\0\0\0\1\0\0\x0e\x10\0\0\x15\x18" inner
#define GIVEN "\0\5\0\x18" GIVEN6 "\0\0\x0e\x10\0\0\x1c\x20"

static void
make_dhcp6(void)
{
	static const struct way up = { "\x33\x33\0\1\0\2", STATION,
		"\xff\2\0\0\0\0\0\0\0\0\0\0\0\1\0\2", STATION6, 6, 1, NULL, 0 };
	static const struct way down = { STATION, ROUTER, STATION6, ROUTER6, 6, 64,
		NULL, 0 };
	static const struct way far = { ROUTER, "\2\0\0\0\0\2", SERVER6, RELAY6, 6, 63,
		NULL, 0 };
	struct bytes ask = { .n = 0 }, answer = { .n = 0 }, inner = { .n = 0 };
	struct bytes near = { .n = 0 }, next = { .n = 0 }, m = { .n = 0 };

	begin("dhcp6", "dhcp6", 1);
	/* A Windows client: all its options, its name, its vendor class. */
	add(&ask, BYTES("\1\x12\x34\x56"));
	option6(&ask, 8, BYTES("\0\0"));
	option6(&ask, 1, BYTES(DUID_LLT));
	option6(&ask, 3, BYTES(IA_NA("")));
	option6(&ask, 39, BYTES("\0\2pc\7example\3com\0"));
	option6(&ask, 16, BYTES("\0\0\1\x37\0\x08MSFT 5.0"));
	option6(&ask, 15, BYTES("\0\3lab\0\4room"));
	option6(&ask, 6, BYTES("\0\x18\0\x17\0\x11\0\x27"));
	udp(&up, 546, 547, &ask);
	/* An advertisement binds nothing, a reply does. */
	add(&answer, BYTES("\2\x12\x34\x56"));
	option6(&answer, 1, BYTES(DUID_LLT));
	option6(&answer, 2, BYTES("\0\3\0\1" ROUTER));
	option6(&answer, 3, BYTES(IA_NA(GIVEN)));
	udp(&down, 547, 546, &answer);
	answer.b[0] = 7;
	udp(&down, 547, 546, &answer);

	/* Behind two relays: the first tells the link-layer address, the client has a
	 * DUID of its maker's (RFC 8415 section 11.3). */
	add(&inner, BYTES("\3\x65\x43\x21"));
	option6(&inner, 1, BYTES("\0\2\0\0\xab\x11\1\2\3\4\5\6\7\x08"));
	option6(&inner, 6, BYTES("\0\x17\0\x18"));
	option6(&inner, 112, BYTES("https://www.example.com/lamp.json"));
	option6(&near, 18, BYTES("ge-0/0/1"));
	option6(&near, 37, BYTES("\0\0\0\x09\1\2\3"));
	option6(&near, 79, BYTES("\0\1" STATION));
	relay6(&next, 12, 0, STATION6, &near, &inner);
	near.n = 0;
	option6(&near, 18, BYTES("vlan-20"));
	relay6(&m, 12, 1, RELAY6, &near, &next);
	udp(&far, 547, 547, &m);
	/* The answer on its way back has no option 79: it speaks of the peer. */
	answer.n = m.n = near.n = 0;
	add(&answer, BYTES("\7\x65\x43\x21"));
	option6(&answer, 1, BYTES("\0\2\0\0\xab\x11\1\2\3\4\5\6\7\x08"));
	option6(&answer, 3, BYTES(IA_NA(GIVEN)));
	relay6(&m, 13, 0, STATION6, &near, &answer);
	udp(&far, 547, 547, &m);
	end();
}

#define MDNS6 "\xff\2\0\0\0\0\0\0\0\0\0\0\0\0\0\xfb"
#define SOLICITED6 "\xff\2\0\0\0\0\0\0\0\0\0\1\xff\0\0\7"
#define SSDP6 "\xff\2\0\0\0\0\0\0\0\0\0\0\0\0\0\x0c"
#define SOURCED6 "\xff\x3e\0\0\0\0\0\0\0\0\0\0\0\0\x12\x34"
#define NOBODY6 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static void
icmp6(const struct way *w, const char *message, size_t n)
{
	struct bytes p = { .n = 0 };

	add(&p, message, n);
	packet(w, 58, &p, 2);
}

/* Behind a hop-by-hop header with the router alert of RFC 2711. */
static void
make_mld(void)
{
	static const char all[] = "\xff\2\0\0\0\0\0\0\0\0\0\0\0\0\0\x16";
	static const char alert[] = "\x3a\0\5\2\0\0\1\0";
	struct way up = { "\x33\x33\0\0\0\x16", STATION, all, STATION6, 6, 1,
		BYTES(alert) };
	struct way before = { "\x33\x33\0\0\0\x16", STATION, all, NOBODY6, 6, 1,
		BYTES(alert) };
	struct way far = { "\x33\x33\0\0\0\x16", STATION, all, STATION6, 6, 64,
		BYTES(alert) };

	begin("mld", "mld", 1);
	/* Joins, the group of an address, a farewell, one source of a group. */
	icmp6(&up,
	    BYTES("\217\0\0\0\0\0\0\4\4\0\0\0" MDNS6 "\4\0\0\0" SOLICITED6
	          "\3\0\0\0" SSDP6 "\5\0\0\1" SOURCED6 SERVER6));
	icmp6(&before, BYTES("\217\0\0\0\0\0\0\1\2\0\0\0" MDNS6));
	icmp6(&up, BYTES("\203\0\0\0\0\0\0\0" SSDP6));
	icmp6(&far, BYTES("\203\0\0\0\0\0\0\0" SSDP6));
	end();
}

static void
igmp(const struct way *w, const char *message, size_t n)
{
	struct bytes p = { .n = 0 };

	add(&p, message, n);
	packet(w, 2, &p, 2);
}

/* Behind the router alert of RFC 2113. */
static void
make_igmp(void)
{
	static const char alert[] = "\x94\4\0\0";
	struct way v3 = { "\1\0\x5e\0\0\x16", STATION, "\340\0\0\x16", STATION4, 4, 1,
		BYTES(alert) };
	struct way v2 = { "\1\0\x5e\0\0\xfb", STATION, "\340\0\0\xfb", STATION4, 4, 1,
		BYTES(alert) };

	begin("igmp", "igmp", 1);
	igmp(&v3,
	    BYTES("\x22\0\0\0\0\0\0\3\4\0\0\0\340\0\0\xfb\3\0\0\0\357\xff\xff\xfa"
	          "\1\0\0\1\xe8\1\2\3" ROUTER4));
	igmp(&v2, BYTES("\x16\0\0\0\340\0\0\xfb"));
	igmp(&v2, BYTES("\x12\0\0\0\357\xff\xff\xfa"));
	igmp(&v2, BYTES("\x11\x64\0\0\0\0\0\0")); /* a query */
	end();
}

/* An EAP response (RFC 3748 section 4). */
static void
response(struct bytes *to, const void *data, size_t n)
{
	add8(to, 2);
	add8(to, 1);
	add16(to, 4 + (unsigned)n);
	add(to, data, n);
}

#define WPS(type, length, value) "\x10" type "\0" length value

static void
make_eapol(void)
{
	static const struct {
		const char *bytes;
		size_t n;
	} said[] = {
		{ BYTES("\1ann@example.com") },
		{ BYTES("\1anonymous@example.com") },
		{ BYTES("\3\x19\x15") },
		{ BYTES("\x0d\0") },
		/* An enrollee's first message: a printer. */
		{ BYTES("\xfe\0\x37\x2a\0\0\0\1\4\0" WPS("\x4a", "\1", "\x10")
		        WPS("\x22", "\1", "\4") WPS("\x21", "\7", "Example")
		            WPS("\x23", "\7", "Printer") WPS("\x24", "\4", "P-12")
		                WPS("\x54", "\x08", "\0\3\0\x50\xf2\4\0\1")
		                    WPS("\x11", "\4", "Desk")) },
	};

	begin("eapol", "eapol", 1);
	for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
		struct bytes eap = { .n = 0 }, p = { .n = 0 };
		response(&eap, said[i].bytes, said[i].n);
		add(&p, BYTES("\1\0"));
		add16(&p, (unsigned)eap.n);
		add_all(&p, &eap);
		frame("\1\x80\xc2\0\0\3", STATION, 0x888e, &p);
	}
	{
		struct bytes start = { .n = 0 };
		add(&start, BYTES("\2\1\0\0"));
		frame("\1\x80\xc2\0\0\3", STATION, 0x888e, &start);
	}
	end();
}

static void
attribute(struct bytes *to, unsigned type, const void *value, size_t n)
{
	add8(to, type);
	add8(to, 2 + (unsigned)n);
	add(to, value, n);
}

static void
vendor(struct bytes *to, uint32_t number, unsigned type, const void *value, size_t n)
{
	add8(to, 26);
	add8(to, 8 + (unsigned)n);
	add16(to, number >> 16);
	add16(to, number & 0xffff);
	attribute(to, type, value, n);
}

static void
radius(unsigned port, unsigned code, const struct bytes *attributes)
{
	struct bytes m = { .n = 0 };

	add8(&m, code);
	add8(&m, 1);
	add16(&m, 20 + (unsigned)attributes->n);
	add(&m, "0123456789abcdef", 16);
	add_all(&m, attributes);
	udp(code == 2 ? &down4 : &up4, code == 2 ? port : 40000,
	    code == 2 ? 40000 : port, &m);
}

static void
make_radius(void)
{
	struct bytes a = { .n = 0 }, eap = { .n = 0 };

	begin("radius", "radius", 1);
	/* Over Wi-Fi: an identity in two pieces. */
	attribute(&a, 1, BYTES("anonymous@example.com"));
	attribute(&a, 2, BYTES("0123456789abcdef")); /* not to be said */
	attribute(&a, 4, BYTES(ROUTER4));
	attribute(&a, 30, BYTES("02-00-00-00-00-01:Office"));
	attribute(&a, 31, BYTES("02-00-00-00-00-07"));
	attribute(&a, 61, BYTES("\0\0\0\x13"));
	attribute(&a, 77, BYTES("CONNECT 54Mbps 802.11g"));
	response(&eap, BYTES("\1ann@example.com"));
	attribute(&a, 79, eap.b, 9);
	attribute(&a, 79, eap.b + 9, eap.n - 9);
	radius(1812, 1, &a);
	/* Accounting with what a switch of Cisco's has heard of the device. */
	a.n = 0;
	attribute(&a, 1, BYTES("ann"));
	attribute(&a, 8, BYTES(STATION4));
	attribute(&a, 31, BYTES("0200.0000.0007"));
	attribute(&a, 32, BYTES("switch-1"));
	attribute(&a, 5, BYTES("\0\0\xc3\x51"));
	attribute(&a, 87, BYTES("GigabitEthernet1/0/1"));
	attribute(&a, 40, BYTES("\0\0\0\1"));
	attribute(&a, 44, BYTES("00023c0c"));
	attribute(&a, 89, BYTES("\x30\x31\x32"));
	attribute(&a, 97, BYTES("\0\x80" GIVEN6));
	attribute(&a, 168, BYTES(STATION6));
	vendor(&a, 9, 1,
	    BYTES("dhcp-option=\0\x37\0\x09\1\x79\3\6\x0f\x6c\x72\x77\xfc"));
	vendor(&a, 9, 1, BYTES("dhcp-option=\0\x0c\0\x0aiPhone-Ann"));
	vendor(&a, 9, 1, BYTES("http-tlv=\0\1\0\x0bMozilla/5.0"));
	vendor(&a, 9, 1, BYTES("cisco-wlan-ssid=Office"));
	vendor(&a, 9, 1, BYTES("audit-session-id=A1001FAC"));
	radius(1813, 4, &a);
	/* A VPN: the address that it calls from, and the client's own word. */
	a.n = 0;
	attribute(&a, 1, BYTES("ben@example.com"));
	attribute(&a, 31, BYTES("198.51.100.9"));
	attribute(&a, 61, BYTES("\0\0\0\5"));
	vendor(&a, 9, 1, BYTES("mdm-tlv=device-platform=apple-ios"));
	vendor(&a, 9, 1, BYTES("mdm-tlv=device-mac=02-00-00-00-00-08"));
	vendor(&a, 9, 1, BYTES("mdm-tlv=device-type=iPhone14,5"));
	vendor(&a, 9, 1, BYTES("mdm-tlv=device-platform-version=16.3"));
	radius(1645, 1, &a);
	/* A broadband router of Juniper's, and an access point of Aruba's. */
	a.n = 0;
	vendor(&a, 4874, 55, BYTES("\x35\1\3\x37\3\1\3\6\x3c\x08MSFT 5.0"));
	vendor(&a, 4874, 56, BYTES("02:00:00:00:00:09"));
	vendor(&a, 14823, 5, BYTES("Guests"));
	vendor(&a, 14823, 12, BYTES("Win 10"));
	radius(1646, 4, &a);
	/* An answer that gives an address, and a telephone number that is no MAC. */
	a.n = 0;
	attribute(&a, 1, BYTES("cay"));
	attribute(&a, 8, BYTES(STATION4));
	radius(1812, 2, &a);
	attribute(&a, 31, BYTES("441234567890"));
	attribute(&a, 61, BYTES("\0\0\0\2"));
	radius(1812, 1, &a);
	end();
}

/* An advertisement without what its link puts around it: header, address, data. */
static void
advertisement(struct bytes *to, unsigned type, bool random, const char *address,
    const void *data, size_t n)
{
	add8(to, type | (random ? 0x40 : 0));
	add8(to, 6 + (unsigned)n);
	for (int i = 5; i >= 0; i--)
		add(to, address + i, 1);
	add(to, data, n);
}

static void
add_access(struct bytes *to)
{
	add(to, BYTES("\xd6\xbe\x89\x8e"));
}

/* Core Specification, volume 6 part B section 3.1.1. */
static void
add_crc(struct bytes *to, const struct bytes *pdu)
{
	uint32_t state = 0xaaaaaa;

	for (size_t i = 0; i < pdu->n * 8; i++) {
		uint32_t bit = (state ^ (uint32_t)(pdu->b[i / 8] >> i % 8)) & 1;
		state = state >> 1 ^ (bit ? 0xda6000 : 0);
	}
	add8(to, state & 0xff);
	add8(to, state >> 8 & 0xff);
	add8(to, state >> 16);
}

#define STATIC_ADDRESS "\xc0\0\0\0\0\x17"
#define RESOLVABLE "\x40\0\0\0\0\x27"
#define NON_RESOLVABLE "\0\0\0\0\0\x37"

static const struct said {
	bool random;
	const char *address;
	const char *data;
	size_t n;
} said[] = {
	{ false, STATION, BYTES("\2\1\6\3\3\x0d\x18\3\x19\x40\0\5\x09Lamp") },
	/* Nearby Info, Hey Siri, AirDrop and Find My, tethering, an action. */
	{ true, RESOLVABLE, BYTES("\2\1\x1a\x0a\xff\x4c\0\x10\5\x1b\x1c\1\2\3") },
	{ true, RESOLVABLE, BYTES("\x0d\xff\x4c\0\x08\x08\1\2\3\4\0\2\5\6") },
	{ true, RESOLVABLE,
	    BYTES("\x0f\xff\x4c\0\5\2\xaa\xbb\x12\2\xcc\xdd\x0f\2\x90\x08") },
	{ true, RESOLVABLE, BYTES("\x0b\xff\x4c\0\x0e\6\1\0\x63\0\7\4") },
	/* Earphones; an accessory of HomeKit's. */
	{ true, NON_RESOLVABLE, BYTES("\x08\xff\x4c\0\7\3\1\x0e\x20") },
	{ true, STATIC_ADDRESS,
	    BYTES("\x12\xff\x4c\0\6\x2d\1\2\2\2\2\2\2\x0a\0\1\0\1\1") },
	/* A laptop of Microsoft's, earphones of Google's, something of Samsung's. */
	{ true, NON_RESOLVABLE, BYTES("\x08\xff\6\0\1\x2f\x20\2\1") },
	{ true, STATIC_ADDRESS, BYTES("\6\x16\x2c\xfe\0\xb7\x27") },
	{ true, STATIC_ADDRESS, BYTES("\5\xff\x75\0\x42\4") },
};

static void
make_ble(void)
{
	enum { ALL = sizeof said / sizeof said[0] };
	static const char shout[] = "\xd6\xbe\x89\x8e\0\x09\7\0\0\0\0\2\2\1\6\1\2\3";
	struct bytes f, p;

	begin("ble", "ble", 251);
	for (size_t i = 0; i < ALL; i++) {
		f.n = p.n = 0;
		advertisement(&p, i % 2 == 0 ? 0 : 2, said[i].random, said[i].address,
		    said[i].data, said[i].n);
		add_access(&f);
		add_all(&f, &p);
		add_crc(&f, &p);
		record(&f);
	}
	f.n = 0; /* noise: its checksum is wrong */
	add(&f, BYTES(shout));
	record(&f);
	end();

	begin("ble", "radio", 256);
	for (unsigned good = 0; good < 2; good++) {
		unsigned flags = good ? 0xc01 : 0x401; /* the checksum was looked at */
		f.n = 0;
		add(&f, BYTES("\x25\xd0\0\0\xd6\xbe\x89\x8e"));
		add8(&f, flags & 0xff);
		add8(&f, flags >> 8);
		if (good == 0) {
			add(&f, BYTES(shout));
		} else {
			p.n = 0;
			advertisement(&p, 0, false, STATION, BYTES("\2\1\6"));
			add_access(&f);
			add_all(&f, &p);
			add_crc(&f, &p);
		}
		record(&f);
	}
	/* On an auxiliary channel, by a header with an address and its set. */
	f.n = 0;
	add(&f,
	    BYTES("\x05\xd0\0\0\xd6\xbe\x89\x8e\1\x0c\xd6\xbe\x89\x8e\x47\x10"
	          "\x09\x09\x17\0\0\0\0\xc0\1\2\4\x09yes\0\0\0"));
	record(&f);
	end();

	begin("ble", "nordic", 272);
	f.n = 0;
	add(&f, BYTES("\0\x1c\0\3\1\0\2\x0a\1\x25\x35\0\0\0\0\0\0"));
	add(&f, BYTES(shout));
	record(&f);
	end();

	begin("ble", "hci", 201);
	f.n = 0; /* a report of two devices, and one in the extended form */
	add(&f,
	    BYTES("\0\0\0\1\4\x3e\x1b\2\2\0\0\7\0\0\0\0\2\3\2\1\6\xc0"
	          "\3\1\x17\0\0\0\0\xc0\2\1\x09\xc0"));
	record(&f);
	f.n = 0;
	add(&f,
	    BYTES("\0\0\0\1\4\x3e\x1f\x0d\1\0\0\1\x27\0\0\0\0\x40\1\0\1\x7f\xc0\0\0"
	          "\0\0\0\0\0\0\0\5\4\x09pen"));
	record(&f);
	end();

	begin("ble", "h4", 187);
	f.n = 0;
	add(&f, BYTES("\4\x3e\x0f\2\1\0\0\7\0\0\0\0\2\3\2\1\6\xc0"));
	record(&f);
	end();

	begin("ble", "monitor", 254);
	f.n = 0;
	add(&f, BYTES("\0\0\0\3\x3e\x0f\2\1\0\0\7\0\0\0\0\2\3\2\1\6\xc0"));
	record(&f);
	end();
}

int
main(void)
{
	make_dhcp6();
	make_mld();
	make_igmp();
	make_eapol();
	make_radius();
	make_ble();
	return 0;
}
