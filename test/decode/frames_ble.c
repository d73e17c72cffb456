/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pair of Bluetooth LE, test/decode/ble/LINK.pcap.
 * All of it is made up from the documents of the protocol, with addresses of RFC 7042.
 * From the root of the tree:
 *
 *	cc -o build/frames_ble test/decode/frames_ble.c && build/frames_ble
 */
#include "frames.h"

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
	/* The headers of versions 2 and 1, and of none; a checksum that was wrong. */
	static const struct {
		const char *bytes;
		size_t n;
	} headers[] = {
		{ BYTES("\0\x1c\0\2\2\0\6\x0a\1\x25\x35\0\0\0\0\0\0") },
		{ BYTES("\0\6\x1c\1\3\0\6\x0a\1\x25\x35\0\0\0\0\0\0") },
		{ BYTES("\xbe\xef\6\4\0\0\0\x1b\1\x25\x35\0\0\0\0\0\0") },
		{ BYTES("\xbe\xef\6\5\0\0\0\x1b\0\x25\x35\0\0\0\0\0\0") },
	};
	for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
		f.n = 0;
		add(&f, headers[i].bytes, headers[i].n);
		add(&f, BYTES(shout));
		record(&f);
	}
	/* On an auxiliary channel: at twice the speed, and in code with its indicator.
	 */
	f.n = 0;
	add(&f,
	    BYTES("\0\x21\0\3\6\0\2\x0a\x11\5\x35\0\0\0\0\0\0\xd6\xbe\x89\x8e"
	          "\x47\x0e\x07\x01\x17\0\0\0\0\xc0\5\x09pace\0\0\0"));
	record(&f);
	f.n = 0;
	add(&f,
	    BYTES("\0\x21\0\3\7\0\2\x0a\x21\5\x35\0\0\0\0\0\0\xd6\xbe\x89\x8e"
	          "\0\x47\x0d\x07\x01\x17\0\0\0\0\xc0\4\x09"
	          "far\0\0\0"));
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
	make_ble();
	return 0;
}
