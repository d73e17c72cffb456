/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pairs of tunnels, test/decode/NAME/NAME.pcap:
 * WireGuard, OpenVPN, IKE, ESP. All of it is synthetic, made up from the documents of
 *the protocols; what would be sealed is filled with numbers of a fixed sequence,
 *addresses are of RFC 5737 and RFC 7042. From the root of the tree:
 *
 *	cc -o build/frames_vpn test/decode/frames_vpn.c && build/frames_vpn
 */
#include "frames.h"

enum { TCP = 6, UDP = 17, ESP = 50 };
enum { SERVER = 1, DEVICE = 7, GATEWAY = 9 };

#define NOW "\x64\x27\x74\x00" /* 2023-04-01T00:00:00Z */
#define LONG_AGO "\x60\x00\x00\x00"
#define SESSION "\x5e\x55\x10\x4e\1\2\3\4"

static void
add32(struct bytes *to, uint32_t n)
{
	add16(to, n >> 16);
	add16(to, n & 0xffff);
}

static void
fill(struct bytes *to, size_t n)
{
	static uint32_t state = 1;

	for (; n > 0; n--) {
		state = state * 1103515245 + 12345;
		add8(to, state >> 16 & 0xff);
	}
}

/* From 192.0.2.FROM to 192.0.2.TO; stations other than the device are behind a router.
 */
static void
packet(unsigned from, unsigned to, unsigned protocol, struct bytes *p, size_t sum_at)
{
	struct bytes f = { .n = 0 };
	uint8_t macs[12] = { 2, 0, 0, 0, 0, to == DEVICE ? DEVICE : 1, 2, 0, 0, 0, 0,
		from == DEVICE ? DEVICE : 1 };
	uint8_t ends[8] = { 192, 0, 2, (uint8_t)from, 192, 0, 2, (uint8_t)to };

	if (sum_at > 0)
		set_sum(p, sum_at,
		    sum16(p->b, p->n, sum16(ends, 8, protocol + (uint32_t)p->n)));
	add(&f, macs, sizeof macs);
	add(&f, BYTES("\x08\0\x45\0"));
	add16(&f, 20 + (unsigned)p->n);
	add(&f, BYTES("\x12\x34\x40\0\x40"));
	add8(&f, protocol);
	add16(&f, 0);
	add(&f, ends, sizeof ends);
	set_sum(&f, 24, sum16(f.b + 14, 20, 0));
	add_all(&f, p);
	record(&f);
}

static void
udp(unsigned from, unsigned from_port, unsigned to, unsigned to_port,
    const struct bytes *message)
{
	struct bytes p = { .n = 0 };

	add16(&p, from_port);
	add16(&p, to_port);
	add16(&p, 8 + (unsigned)message->n);
	add16(&p, 0);
	add_all(&p, message);
	packet(from, to, UDP, &p, 6);
}

static void
up(unsigned port, const struct bytes *message)
{
	udp(DEVICE, 40000, SERVER, port, message);
}

static void
tcp_up(unsigned port, const struct bytes *message)
{
	struct bytes p = { .n = 0 };

	add16(&p, 40000);
	add16(&p, port);
	add32(&p, 100);
	add32(&p, 500);
	add16(&p, 5 << 12 | 0x18);
	add16(&p, 1024);
	add32(&p, 0);
	add_all(&p, message);
	packet(DEVICE, SERVER, TCP, &p, 16);
}

static struct bytes
initiation(void)
{
	struct bytes m = { .n = 0 };

	add(&m, BYTES("\1\0\0\0"));
	fill(&m, 4 + 32 + 48 + 28 + 16); /* index, keys, time, first MAC */
	add(&m, (uint8_t[16]){ 0 }, 16);
	return m;
}

static void
make_wireguard(void)
{
	struct bytes m = initiation();

	begin("wireguard", "wireguard", 1);
	up(51820, &m);
	m.n = 0;
	add(&m, BYTES("\2\0\0\0"));
	fill(&m, 4 + 4 + 32 + 16 + 16);
	add(&m, (uint8_t[16]){ 0 }, 16);
	udp(SERVER, 51820, DEVICE, 40000, &m);
	m.n = 0;
	add(&m, BYTES("\4\0\0\0"));
	fill(&m, 4);
	add(&m, (uint8_t[8]){ 0 }, 8);
	fill(&m, 32);
	up(51820, &m);
	/* On a port of something else; and something else of the same length. */
	m = initiation();
	up(53, &m);
	m.n = 0;
	add(&m, BYTES("\1\0\0\0"));
	fill(&m, 40);
	add(&m, (uint8_t[104]){ 0 }, 104);
	up(51820, &m);
	end();
}

/* The packet that begins a session: in the clear, authenticated, sealed. */
static struct bytes
reset(unsigned first)
{
	struct bytes m = { .n = 0 };

	add8(&m, first);
	add(&m, BYTES(SESSION));
	return m;
}

static struct bytes
reset_authenticated(size_t hmac, const char *when)
{
	struct bytes m = reset(0x38);

	fill(&m, hmac);
	add32(&m, 1);
	add(&m, when, 4);
	add(&m, BYTES("\0\0\0\0\0"));
	return m;
}

static struct bytes
reset_sealed(unsigned first, uint32_t number)
{
	struct bytes m = reset(first);

	add32(&m, number);
	add(&m, BYTES(NOW));
	fill(&m, 32 + 5);
	return m;
}

static void
make_openvpn(void)
{
	struct bytes m = reset(0x38);

	begin("openvpn", "openvpn", 1);
	add(&m, BYTES("\0\0\0\0\0"));
	up(1194, &m);
	m = reset(0x40); /* the server's */
	add(&m, BYTES("\1\0\0\0\0" SESSION "\0\0\0\0"));
	udp(SERVER, 1194, DEVICE, 40000, &m);
	m = reset_authenticated(20, NOW);
	up(1194, &m);
	m = reset_authenticated(64, NOW);
	up(53, &m);
	m = reset_sealed(0x38, 1);
	up(1194, &m);
	m = reset_sealed(0x50, 0x0f000001);
	fill(&m, 288);
	add16(&m, 290);
	up(443, &m);
	/* Of another time, and with a length that is none of these. */
	m = reset_authenticated(20, LONG_AGO);
	up(1194, &m);
	m = reset_authenticated(21, NOW);
	up(1194, &m);
	end();

	begin("openvpn_tcp", "openvpn_tcp", 1);
	for (unsigned i = 0; i < 3; i++) {
		struct bytes framed = { .n = 0 };
		m = reset_authenticated(20, NOW);
		add16(&framed, (unsigned)m.n + (i == 2));
		add_all(&framed, &m);
		tcp_up(i == 1 ? 443 : 1194, &framed);
	}
	end();
}

/* A message of IKE of its header alone: RFC 7296 section 3.1. */
static struct bytes
ike(bool marked, const char *responder, unsigned version, unsigned exchange,
    unsigned flags)
{
	struct bytes m = { .n = 0 };

	if (marked)
		add32(&m, 0);
	add(&m, BYTES("\x11\x22\x33\x44\x55\x66\x77\x88"));
	add(&m, responder, 8);
	add(&m, (uint8_t[]){ 0, (uint8_t)version, (uint8_t)exchange, (uint8_t)flags },
	    4);
	add32(&m, 0);
	add32(&m, 28);
	return m;
}

static struct bytes
esp(uint32_t number, size_t n)
{
	struct bytes m = { .n = 0 };

	add32(&m, UINT32_C(0xc0ffee01));
	add32(&m, number);
	fill(&m, n);
	return m;
}

#define NOBODY "\0\0\0\0\0\0\0\0"
#define SOMEBODY "\x99\xaa\xbb\xcc\xdd\xee\xff\1"

/* A phone calls over Wi-Fi: it looks up its operator's gateway, and agrees on keys. */
static void
call(void)
{
	static const char answer[] =
	    "\x12\x34\x81\x80\0\1\0\2\0\0\0\0"
	    "\4EPDG\3epc\6mnc001\6mcc001\3pub\0133gppnetwork\3org\0\0\1\0\1"
	    "\xc0\x0c\0\5\0\1\0\0\0\x3c\0\4\1a\xc0\x23"
	    "\xc0\x48\0\1\0\1\0\0\0\x3c\0\4\300\0\2\x09";
	struct bytes m = { .n = 0 };

	add(&m, BYTES(answer));
	udp(SERVER, 53, DEVICE, 40000, &m);
	m = ike(false, NOBODY, 0x20, 34, 0x08);
	udp(DEVICE, 500, GATEWAY, 500, &m);
	m = ike(true, SOMEBODY, 0x20, 35, 0x08);
	udp(DEVICE, 4500, GATEWAY, 4500, &m);
	m = esp(1, 60);
	udp(DEVICE, 4500, GATEWAY, 4500, &m);
	udp(GATEWAY, 4500, DEVICE, 4500, &m);
}

static void
make_ike(void)
{
	struct bytes m = ike(false, NOBODY, 0x20, 34, 0x08);

	begin("ike", "ike", 1);
	udp(DEVICE, 500, SERVER, 500, &m);
	m = ike(false, SOMEBODY, 0x20, 34, 0x20);
	udp(SERVER, 500, DEVICE, 500, &m);
	m = ike(true, SOMEBODY, 0x20, 35, 0x08);
	udp(DEVICE, 4500, SERVER, 4500, &m);
	for (uint32_t number = 1; number < 4; number++) {
		m = esp(number, 60);
		udp(DEVICE, 4500, SERVER, 4500, &m);
	}
	m.n = 0;
	add8(&m, 0xff); /* keeps the translation alive */
	udp(DEVICE, 4500, SERVER, 4500, &m);
	call();
	/* Version 1: its first message, and the answer. */
	m = ike(false, NOBODY, 0x10, 2, 0);
	udp(DEVICE, 500, SERVER, 500, &m);
	m = ike(false, SOMEBODY, 0x10, 2, 0);
	udp(SERVER, 500, DEVICE, 500, &m);
	/* Somebody's own port, and WireGuard, of whose index the end is like a number.
	 */
	m = esp(1, 60);
	udp(DEVICE, 4500, SERVER, 40000, &m);
	m.n = 0;
	add(&m, BYTES("\4\0\0\0\0\0\0\1"));
	fill(&m, 60);
	udp(DEVICE, 40000, SERVER, 4500, &m);
	end();

	begin("esp", "esp", 1);
	for (uint32_t number = 1; number < 18; number++) {
		m = esp(number, 60);
		packet(DEVICE, SERVER, ESP, &m, 0);
	}
	m = esp(1, 60);
	packet(SERVER, DEVICE, ESP, &m, 0);
	end();

	begin("ike_tcp", "ike_tcp", 1);
	m.n = 0;
	add(&m, BYTES("IKETCP\0\x22"));
	struct bytes message = ike(true, NOBODY, 0x20, 34, 0x08);
	add_all(&m, &message);
	tcp_up(4500, &m);
	end();
}

int
main(void)
{
	make_wireguard();
	make_openvpn();
	make_ike();
	return EXIT_SUCCESS;
}
