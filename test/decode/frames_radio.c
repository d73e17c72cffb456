/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pairs of DHCPv6, multicast reports, EAPOL and
 * RADIUS, test/decode/NAME/NAME.pcap. All of it is made up from the documents
 * of the protocols: addresses of RFC 5737, RFC 3849 and RFC 7042, names of RFC 2606.
 * From the root of the tree:
 *
 *	cc -o build/frames_radio test/decode/frames_radio.c && build/frames_radio
 */
#include "frames.h"

#define ROUTER "\2\0\0\0\0\1"
#define STATION4 "\300\0\2\7"
#define ROUTER4 "\300\0\2\1"
#define STATION6 "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\7"
#define ROUTER6 "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1"
#define RELAY6 "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\1"
#define SERVER6 "\x20\1\x0d\xb8\0\1\0\0\0\0\0\0\0\0\0\2"
#define GIVEN6 "\x20\1\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x77"

enum { UDP = 17 };

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
	vendor(&a, 9, 1,
	    BYTES("cdp-tlv=\0\6\0\x13"
	          "Cisco IP Phone 8841"));
	vendor(&a, 9, 1,
	    BYTES("lldp-tlv=\0\5\0\x0f"
	          "SEP020000000007"));
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
	/* Controllers that name the access point, and a DHCP server with a client id.
	 */
	a.n = 0;
	attribute(&a, 1, BYTES("cora"));
	attribute(&a, 30, BYTES("AP-floor-2:Office"));
	attribute(&a, 31, BYTES("0200-0000-0007"));
	attribute(&a, 61, BYTES("\0\0\0\x13"));
	radius(1812, 1, &a);
	a.n = 0;
	attribute(&a, 1, BYTES("02:00:00:00:00:07"));
	attribute(&a, 30, BYTES("dhcp1"));
	attribute(&a, 31, BYTES("1:2:0:0:0:0:7"));
	attribute(&a, 61, BYTES("\0\0\0\x0f"));
	radius(1812, 1, &a);
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

int
main(void)
{
	make_dhcp6();
	make_mld();
	make_igmp();
	make_eapol();
	make_radius();
	return 0;
}
