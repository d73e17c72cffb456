/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pairs of DHCPv6, multicast reports, EAPOL, RADIUS
 * and Bluetooth LE, test/decode/NAME/NAME.pcap. All of it is made up from the documents
 * of the protocols: addresses of RFC 5737, RFC 3849 and RFC 7042, names of RFC 2606.
 * From the root of the tree:
 *
 *	cc -o build/frames_radio test/decode/frames_radio.c && build/frames_radio
 */
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

int
main(void)
{
	make_dhcp6();
	return 0;
}
