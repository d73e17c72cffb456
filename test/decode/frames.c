/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pairs, test/decode/NAME/NAME.pcap. All of it is
 * made up from the documents of the protocols: addresses of RFC 5737, RFC 3849 and
 * RFC 7042, names of RFC 2606. From the root of the tree:
 *
 *	cc -o build/frames test/decode/frames.c && build/frames
 */
#include "frames.h"

#define ROUTER "\2\0\0\0\0\1"
#define STATION4 "\300\0\2\7"
#define ROUTER4 "\300\0\2\1"
#define STATION6 "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\7"
#define ROUTER6 "\xfe\x80\0\0\0\0\0\0\0\0\0\0\0\0\0\1"
#define NOBODY6 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

enum { ICMP6 = 58, UDP = 17, TCP = 6 };
enum { FIN = 1, SYN = 2, PSH = 8, ACK = 16 };

static void
add32(struct bytes *to, uint32_t n)
{
	add16(to, n >> 16);
	add16(to, n & 0xffff);
}

/* Frames are ten milliseconds apart from 2023-04-01T00:00:00Z. */
static void
frame(const char *to, const char *from, unsigned type, const struct bytes *payload)
{
	struct bytes f = { .n = 0 };

	add(&f, to, 6);
	add(&f, from, 6);
	add16(&f, type);
	add(&f, payload->b, payload->n);
	record(&f);
}

struct way {
	const char *to, *from;       /* link layer */
	const char *to_ip, *from_ip; /* 4 bytes, or 16 */
	unsigned version, ttl;
};

static const struct way up4 = { ROUTER, STATION, ROUTER4, STATION4, 4, 64 };
static const struct way down4 = { STATION, ROUTER, STATION4, ROUTER4, 4, 64 };

/* A packet; `sum_at` is where the payload keeps its checksum. */
static void
packet(const struct way *w, uint8_t protocol, struct bytes *payload, size_t sum_at)
{
	struct bytes p = { .n = 0 };
	size_t len = w->version == 4 ? 4 : 16;
	uint32_t sum = protocol + (uint32_t)payload->n;

	sum = sum16((const uint8_t *)w->from_ip, len, sum);
	sum = sum16((const uint8_t *)w->to_ip, len, sum);
	set_sum(payload, sum_at, sum16(payload->b, payload->n, sum));
	if (w->version == 4) {
		add(&p, BYTES("\x45\0"));
		add16(&p, 20 + (unsigned)payload->n);
		add(&p, BYTES("\x12\x34\x40\0"));
		add(&p, (uint8_t[]){ (uint8_t)w->ttl, protocol, 0, 0 }, 4);
	} else {
		add32(&p, UINT32_C(0x60012345));
		add16(&p, (unsigned)payload->n);
		add(&p, (uint8_t[]){ protocol, (uint8_t)w->ttl }, 2);
	}
	add(&p, w->from_ip, len);
	add(&p, w->to_ip, len);
	if (w->version == 4)
		set_sum(&p, 10, sum16(p.b, 20, 0));
	add(&p, payload->b, payload->n);
	frame(w->to, w->from, w->version == 4 ? 0x0800 : 0x86dd, &p);
}

static void
icmp6(const struct way *w, const char *message, size_t n)
{
	struct bytes p = { .n = 0 };

	add(&p, message, n);
	packet(w, ICMP6, &p, 2);
}

static void
udp(const struct way *w, unsigned from, unsigned to, const void *message, size_t n)
{
	struct bytes p = { .n = 0 };

	add16(&p, from);
	add16(&p, to);
	add16(&p, 8 + (unsigned)n);
	add16(&p, 0);
	add(&p, message, n);
	packet(w, UDP, &p, 6);
}

struct segment {
	unsigned from, to, flags, window;
	uint32_t seq, ack;
	const char *options;
	size_t n_options;
};

static void
tcp(const struct way *w, struct segment s, const char *data, size_t n)
{
	struct bytes p = { .n = 0 };

	add16(&p, s.from);
	add16(&p, s.to);
	add32(&p, s.seq);
	add32(&p, s.ack);
	add16(&p, (unsigned)(20 + s.n_options) / 4 << 12 | s.flags);
	add16(&p, s.window);
	add32(&p, 0);
	if (s.n_options > 0)
		add(&p, s.options, s.n_options);
	add(&p, data, n);
	packet(w, TCP, &p, 16);
}

#define LINUX "\2\4\5\xb4\4\2\x08\x0a\0\0\0\1\0\0\0\0\1\3\3\7"
#define APPLE "\2\4\5\xb4\1\3\3\6\1\1\x08\x0a\0\0\0\1\0\0\0\0\4\2\0\0"
#define WINDOWS "\2\4\5\xb4\1\3\3\x08\1\1\4\2"

static void
open_stream(unsigned from, unsigned to)
{
	tcp(&up4, (struct segment){ from, to, SYN, 64240, 99, 0, BYTES(LINUX) }, "", 0);
	tcp(&down4,
	    (struct segment){ to, from, SYN | ACK, 65535, 499, 100, BYTES(WINDOWS) },
	    "", 0);
	tcp(&up4, (struct segment){ from, to, ACK, 502, 100, 500, NULL, 0 }, "", 0);
}

static void
say_up(unsigned from, unsigned to, uint32_t at, const char *data, size_t n)
{
	tcp(&up4, (struct segment){ from, to, ACK | PSH, 502, 100 + at, 500, NULL, 0 },
	    data, n);
}

/* Each text in a segment of its own. */
static void
say_pieces(unsigned from, unsigned to, const char *const *pieces)
{
	open_stream(from, to);
	for (uint32_t at = 0; *pieces != NULL; pieces++) {
		say_up(from, to, at, *pieces, strlen(*pieces));
		at += (uint32_t)strlen(*pieces);
	}
}

static void
say_down(unsigned from, unsigned to, uint32_t ack, const char *data, size_t n)
{
	tcp(&down4,
	    (struct segment){ to, from, ACK | PSH, 1024, 500, 100 + ack, NULL, 0 },
	    data, n);
}

static void
make_arp(void)
{
	static const char all[] = "\xff\xff\xff\xff\xff\xff";
	static const struct {
		const char *bytes;
		size_t n;
	} messages[] = {
		/* probe, announcement, request, reply */
		{ BYTES("\0\1\x08\0\6\4\0\1" STATION "\0\0\0\0\0\0\0\0\0\0" STATION4) },
		{ BYTES(
		    "\0\1\x08\0\6\4\0\1" STATION STATION4 "\0\0\0\0\0\0" STATION4) },
		{ BYTES("\0\1\x08\0\6\4\0\1" STATION STATION4 "\0\0\0\0\0\0" ROUTER4) },
		{ BYTES("\0\1\x08\0\6\4\0\2" ROUTER ROUTER4 STATION STATION4) },
	};

	begin("arp", "arp", 1);
	for (size_t i = 0; i < sizeof messages / sizeof messages[0]; i++) {
		struct bytes p = { .n = 0 };
		add(&p, messages[i].bytes, messages[i].n);
		frame(i == 3 ? STATION : all, i == 3 ? ROUTER : STATION, 0x0806, &p);
	}
	end();
}

static void
make_nd(void)
{
	static const char all[] = "\x33\x33\0\0\0\1";
	static const char group[] = "\xff\2\0\0\0\0\0\0\0\0\0\0\0\0\0\1";
	struct way dad = { all, STATION, group, NOBODY6, 6, 255 };
	struct way up = { ROUTER, STATION, ROUTER6, STATION6, 6, 255 };
	struct way down = { STATION, ROUTER, STATION6, ROUTER6, 6, 255 };
	struct way far = { ROUTER, STATION, ROUTER6, STATION6, 6, 254 };

	begin("nd", "nd", 1);
	icmp6(&dad, BYTES("\207\0\0\0\0\0\0\0" STATION6));
	icmp6(&up, BYTES("\205\0\0\0\0\0\0\0\1\1" STATION));
	icmp6(&down, BYTES("\206\0\0\0\x40\0\7\x08\0\0\0\0\0\0\0\0\1\1" ROUTER));
	icmp6(&up, BYTES("\207\0\0\0\0\0\0\0" ROUTER6 "\1\1" STATION));
	icmp6(&down, BYTES("\210\0\0\0\xe0\0\0\0" ROUTER6 "\2\1" ROUTER));
	icmp6(&far, BYTES("\207\0\0\0\0\0\0\0" ROUTER6 "\1\1" STATION));
	end();
}

static void
dhcp(const struct way *w, char op, const char *given, const char *options, size_t n)
{
	uint8_t message[576] = { (uint8_t)op, 1, 6 };
	unsigned from = op == 1 ? 68 : 67;

	memcpy(message + 4, "\x12\x34\x56\x78", 4);
	memcpy(message + 16, given, 4);
	memcpy(message + 28, STATION, 6);
	memcpy(message + 236, "\x63\x82\x53\x63", 4);
	memcpy(message + 240, options, n);
	udp(w, from, op == 1 ? 67 : 68, message, n < 60 ? 300 : 240 + n);
}

static void
make_dhcp4(void)
{
	static const char all[] = "\xff\xff\xff\xff\xff\xff",
	                  all4[] = "\xff\xff\xff\xff";
	struct way up = { all, STATION, all4, "\0\0\0\0", 4, 64 };

	begin("dhcp4", "dhcp4", 1);
	dhcp(&up, 1, "\0\0\0\0",
	    BYTES("\x35\1\1\x37\6\1\x79\3\6\x0f\x77\x39\2\5\xdc\x3d\7\1" STATION
	          "\x0c\x0a"
	          "iPhone-Ann\xff"));
	dhcp(&down4, 2, STATION4, BYTES("\x35\1\2\x36\4" ROUTER4 "\xff"));
	dhcp(&up, 1, "\0\0\0\0",
	    BYTES(
	        "\x35\1\3\x3c\011MSFT 5.0\0\x51\x0f\4\0\0\2pc\7example\0\x32\4" STATION4
	        "\x36\4" ROUTER4 "\x52\x0a\1\2\0\4\2\4\x0a\0\0\1\xff"));
	dhcp(&down4, 2, STATION4,
	    BYTES("\x35\1\5\x36\4" ROUTER4 "\x33\4\0\0\x0e\x10\xff"));
	end();
}

#define DNS(flags, qd, an) "\x12\x34" flags "\0" qd "\0" an "\0\0\0\0"
#define EXAMPLE "\3www\7example\3com\0\0\1\0\1"

static void
make_dns(void)
{
	static const char ask[] = DNS("\1\0", "\1", "\0") EXAMPLE;
	static const char answer[] = DNS("\x81\x80", "\1", "\1") EXAMPLE
	    "\300\014\0\1\0\1\0\0\0\x3c\0\4" ROUTER4;
	struct bytes framed = { .n = 0 };

	begin("dns", "dns", 1);
	udp(&up4, 40000, 53, BYTES(ask));
	udp(&down4, 53, 40000, BYTES(answer));
	udp(&up4, 40001, 53, BYTES(DNS("\1\0", "\1", "\0") "\4a\tb\n\0\0\1\0\1"));
	udp(&up4, 40002, 53, BYTES(DNS("\1\0", "\1", "\0") "\300\014\0\1\0\1"));
	end();

	begin("dns_tcp", "dns_tcp", 1);
	open_stream(40000, 53);
	add16(&framed, sizeof ask - 1);
	add(&framed, BYTES(ask));
	say_up(40000, 53, 0, (const char *)framed.b, 20);
	say_up(40000, 53, 20, (const char *)framed.b + 20, framed.n - 20);
	end();
}

#define TTL "\0\0\x11\x94"
#define AIRPLAY "\010_airplay\4_tcp\5local\0"
#define MAC_A(ttl, ip) "\3Mac\5local\0\0\1\x80\1" ttl "\0\4" ip
#define MAC_SRV \
	"\3Den" AIRPLAY "\0\x21\x80\1" TTL "\0\021\0\0\0\0\x1b\x58\3Mac\5local\0"
#define MAC_TXT                                                                   \
	"\3Den\014_device-info\4_tcp\5local\0\0\020\x80\1" TTL "\0\040\024model=" \
	"MacBookPro14,1\012osxvers=20"
#define MDNS(flags, qd, an, ns, ar) "\0\0" flags "\0\0" qd "\0" an "\0" ns "\0" ar

static void
make_mdns(void)
{
	static const struct way out4 = { "\1\0\x5e\0\0\xfb", STATION, "\340\0\0\xfb",
		STATION4, 4, 255 };

	begin("mdns", "mdns", 1);
	/* A query whose known answer tells of somebody else, then a probe. */
	udp(&out4, 5353, 5353,
	    BYTES(MDNS("\0", "\1", "\1", "\0", "\0") AIRPLAY "\0\014\0\1" MAC_TXT));
	udp(&out4, 5353, 5353,
	    BYTES(MDNS("\0", "\1", "\0", "\1",
	        "\0") "\3Mac\5local\0\0\xff\x80\1" MAC_A(TTL, STATION4)));
	udp(&out4, 5353, 5353,
	    BYTES(MDNS("\x84", "\0", "\2", "\0", "\1")
	            MAC_SRV MAC_TXT MAC_A(TTL, STATION4)));
	/* For another host, and a goodbye. */
	udp(&out4, 5353, 5353,
	    BYTES(MDNS("\x84", "\0", "\2", "\0", "\1")
	            MAC_SRV MAC_TXT MAC_A(TTL, ROUTER4)));
	udp(&out4, 5353, 5353,
	    BYTES(MDNS("\x84", "\0", "\1", "\0", "\0") MAC_A("\0\0\0\0", STATION4)));
	end();
}

#define RANDOM "0123456789abcdef0123456789abcdef"
#define HELLO_BODY                                                              \
	"\3\3" RANDOM "\0\0\012\x0a\x0a\x13\1\x13\2\xc0\x2f\0\x35\1\0\0\x51"    \
	"\xfa\xfa\0\0\0\0\0\016\0\014\0\0\011a.example\0\012\0\010\0\6\x1a\x1a" \
	"\0\x1d\0\x17\0\013\0\2\1\0\0\015\0\010\0\6\4\3\x08\4\4\1"              \
	"\0\020\0\016\0\014\2h2\010http/1.1\0\x2b\0\7\6\x2a\x2a\3\4\3\3"

static void
make_tls(void)
{
	static const char whole[] = "\x16\3\1\0\x88\1\0\0\x84" HELLO_BODY;
	static const char head[] = "\x16\3\1\0\4\1\0\0\x84\x16\3\1\0\x84" HELLO_BODY;

	begin("tls", "tls", 1);
	open_stream(40000, 443);
	say_up(40000, 443, 0, BYTES(whole));
	/* The same in two records and in segments that come out of order. */
	open_stream(40001, 443);
	say_up(40001, 443, 60, head + 60, sizeof head - 1 - 60);
	say_up(40001, 443, 0, head, 70);
	end();
}

static void
make_http(void)
{
	static const char ask[] =
	    "GET /private?q=1 HTTP/1.1\r\nHost: www.example.com\r\n"
	    "Cookie: secret\r\nUser-Agent: Mozilla/5.0 (iPhone; "
	    "CPU iPhone OS 16_3 like Mac OS X)\r\n\r\n";
	static const char answer[] = "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\n"
	                             "Content-Length: 0\r\n\r\n";

	begin("http", "http", 1);
	open_stream(40000, 80);
	say_up(40000, 80, 0, ask, 30);
	say_up(40000, 80, 30, ask + 30, sizeof ask - 1 - 30);
	say_down(40000, 80, sizeof ask - 1, BYTES(answer));
	open_stream(40001, 8080);
	say_up(40001, 8080, 0, BYTES("CONNECT mail.example.com:443 HTTP/1.1\r\n\r\n"));
	/* Another behind a body in chunks, in which stands what is none. */
	open_stream(40002, 80);
	say_up(40002, 80, 0,
	    BYTES("POST / HTTP/1.1\r\nHost: one.example.com\r\n"
	          "Transfer-Encoding: chunked\r\n\r\n"
	          "1C;x\r\nGET / HTTP/1.1\r\nHost: no\r\n\r\n\r\n"
	          "0\r\nTrailer: x\r\n\r\n"
	          "GET / HTTP/1.1\r\nHost: two.example.com\r\n\r\n"));
	/* Bodies over several segments, of which one begins like a request. */
	say_pieces(40003, 80,
	    (const char *[]){ "PUT / HTTP/1.1\r\nHost: "
	                      "three.example.com\r\nUser-Agent: curl/7.88.1\r\n"
	                      "Content-Length: 68\r\n\r\nten bytes\n",
	        "GET / HTTP/1.1\r\nHost: no\r\n\r\n",
	        "thirty more and two to the end"
	        "\r\nGET / HTTP/1.1\r\nHost: four.example.com\r\nUser-Agent: "
	        "Wget/1.21.3\r\n\r\n",
	        NULL });
	say_pieces(40004, 80,
	    (const char *[]){ "POST / HTTP/1.1\r\nHost: "
	                      "five.example.com\r\nTransfer-Encoding: chunked\r\n\r\n"
	                      "2a\r\nten bytes\n",
	        "GET / HTTP/1.1\r\nHost: no\r\n\r\nend.\r", "\n0",
	        "\r\n\r\nGET / HTTP/1.1\r\nHost: six.example.com\r\nUser-Agent: "
	        "Wget/1.21.3\r\n\r\n",
	        NULL });
	end();
}

static void
make_tcp(void)
{
	struct way up6 = { ROUTER, STATION, ROUTER6, STATION6, 6, 64 };
	struct way far = up4;

	far.ttl = 125;
	begin("tcp", "tcp", 1);
	open_stream(40000, 443);
	tcp(&up6, (struct segment){ 40001, 443, SYN, 65535, 1, 0, BYTES(APPLE) }, "",
	    0);
	tcp(&far, (struct segment){ 40002, 443, SYN, 64240, 1, 0, BYTES(WINDOWS) }, "",
	    0);
	/* Options that run over the header, and a SYN that ends at once. */
	tcp(&up4,
	    (struct segment){ 40003, 443, SYN, 1024, 0, 7, BYTES("\1\x08\x0a\0") }, "",
	    0);
	tcp(&up4, (struct segment){ 40004, 443, SYN | FIN, 1024, 1, 0, NULL, 0 }, "",
	    0);
	end();
}

int
main(void)
{
	make_arp();
	make_nd();
	make_dhcp4();
	make_dns();
	make_mdns();
	make_tls();
	make_http();
	make_tcp();
	return EXIT_SUCCESS;
}
