/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of test/decode/wifi, one for each link header of 802.11. All of
 * it is made up from IEEE 802.11-2020, Wi-Fi Simple Configuration and the documents
 * of the headers. From the root of the tree:
 *
 *	cc -o build/frames_wifi test/decode/frames_wifi.c && build/frames_wifi
 */
#include "frames.h"

#define CLIENT "\0\0\x5e\0\x53\7" /* RFC 7042 */
#define POINT "\0\0\x5e\0\x53\1"
#define ALL "\xff\xff\xff\xff\xff\xff"

enum { RAW = 105, PRISM = 119, RADIOTAP = 127, AVS = 163, PPI = 192 };

/* A frame behind its header, ten milliseconds from the last, from 2023-04-01. */
static void
put(const struct bytes *header, const struct bytes *frame)
{
	struct bytes f = { .n = 0 };

	add_all(&f, header);
	add_all(&f, frame);
	record(&f);
}

/* The check sequence of IEEE 802.3 clause 3.2.9. */
static void
check(struct bytes *f)
{
	uint32_t crc = UINT32_MAX;
	uint8_t b[4];

	for (size_t i = 0; i < f->n; i++) {
		crc ^= f->b[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
	}
	for (int i = 0; i < 4; i++)
		b[i] = (uint8_t)(~crc >> (8 * i));
	add(f, b, sizeof b);
}

static struct bytes
frame(unsigned control, unsigned flags, const char *to, const char *from,
    const char *third)
{
	struct bytes f = { .n = 0 };
	uint8_t start[4] = { (uint8_t)control, (uint8_t)flags, 0, 0 };

	add(&f, start, 4);
	add(&f, to, 6);
	add(&f, from, 6);
	add(&f, third, 6);
	add(&f, "\x10\0", 2);
	return f;
}

static const char ht[] =
    "\x2d\x1a\xad\x01\x17\xff\xff\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
    "\0\0\0\0";

static struct bytes
probe(const char *from)
{
	struct bytes f = frame(0x40, 0, ALL, from, ALL);

	add(&f, BYTES("\0\5aunts\1\4\x02\x04\x0b\x16\x32\4\x0c\x12\x18\x24"));
	add(&f, ht, 28);
	add(&f, BYTES("\x7f\x08\4\0\x08\x84\0\0\0\x40"));
	add(&f,
	    BYTES("\xdd\x49\0\x50\xf2\4"
	          "\x10\x4a\0\1\x10\x10\x21\0\7Example\x10\x23\0\7Phone 7"
	          "\x10\x11\0\6Tester\x10\x54\0\x08\0\x0a\0\x50\xf2\4\0\5"
	          "\x10\x47\0\x10 0123456789abcde"));
	return f;
}

static struct bytes
association(const char *from)
{
	struct bytes f = frame(0, 0, POINT, from, POINT);

	add(&f, BYTES("\x31\4\x0a\0\0\7example\1\4\x02\x04\x0b\x16\x21\2\x02\x12"));
	add(&f, ht, 28);
	add(&f,
	    BYTES("\xdd\7\0\x50\xf2\2\0\1\0\xbf\x0c\x32\x58\x81\x0f\xfa\xff\0\0\xfa"
	          "\xff\0\0"));
	return f;
}

static struct bytes
beacon(unsigned capabilities, const char *ssid, size_t n)
{
	struct bytes f = frame(0x80, 0, ALL, POINT, POINT);
	uint8_t fixed[12] = { 1, 2, 3, 4, 5, 6, 7, 8, 100, 0, (uint8_t)capabilities,
		4 };
	uint8_t head[2] = { 0, (uint8_t)n };

	add(&f, fixed, sizeof fixed);
	add(&f, head, 2);
	add(&f, ssid, n);
	add(&f, BYTES("\1\4\x82\x84\x8b\x96\3\1\1"));
	return f;
}

/* ARP of RFC 826 behind RFC 1042, for inside a data frame. */
static void
add_arp(struct bytes *f)
{
	add(f,
	    BYTES("\xaa\xaa\3\0\0\0\x08\x06\0\1\x08\0\6\4\0\1" CLIENT "\300\0\2\7"
	          "\0\0\0\0\0\0\300\0\2\1"));
}

static void
put_all(const struct bytes *header, int with_check)
{
	struct bytes list[] = { beacon(0x11, "example", 7), probe(CLIENT),
		association(CLIENT), frame(0x08, 1, POINT, CLIENT, ALL) };

	add_arp(&list[3]);
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		if (with_check)
			check(&list[i]);
		put(header, &list[i]);
	}
}

/* An aggregate, one that pads, what is encrypted, what is broken. */
static void
put_more(struct bytes *header)
{
	struct bytes f = frame(0x88, 1, POINT, CLIENT, POINT);
	struct bytes none = { .n = 0 };

	add(&f, BYTES("\x80\0" ALL CLIENT "\0\x24"));
	add_arp(&f);
	add(&f, BYTES("\0\0" ALL CLIENT "\0\x24"));
	add_arp(&f);
	put(header, &f);
	f = frame(0x88, 1, POINT, CLIENT, ALL);
	add(&f, BYTES("\0\0\0\0")); /* padded to 28 */
	add_arp(&f);
	header->b[8] = 0x20;
	put(header, &f);
	header->b[8] = 0x50; /* a bad check sequence */
	f = probe(CLIENT);
	put(header, &f);
	header->b[8] = 0;
	f = frame(0x08, 0x41, POINT, CLIENT, ALL);
	add(&f, BYTES("\0\0\0\x20\0\0\0\0secret"));
	put(header, &f);
	f = probe("\2\0\0\0\0\7"); /* made up for the asking */
	put(header, &f);
	f = beacon(0x11, "\0\0\0", 3); /* hidden */
	put(header, &f);
	f = beacon(0x02, "lan party", 9); /* among stations */
	put(header, &f);
	f = beacon(0x11, "example", 7);
	f.b[37] = 200; /* longer than all that is there */
	put(header, &f);
	header->b[2] = 200; /* longer than the frame */
	put(header, &none);
}

int
main(void)
{
	struct bytes none = { .n = 0 }, tap = { .n = 0 }, avs = { .n = 0 };
	struct bytes prism = { .n = 0 }, ppi = { .n = 0 };

	/* Flags alone; then time and flags, behind a second word of presence. */
	add(&tap, BYTES("\0\0\x09\0\2\0\0\0\0"));
	begin("wifi", "radiotap", RADIOTAP);
	put_all(&tap, 0);
	put_more(&tap);
	end();

	tap.n = 0;
	add(&tap, BYTES("\0\0\x19\0\3\0\0\x80\0\0\0\0\0\0\0\0"));
	add(&tap, BYTES("\1\2\3\4\5\6\7\x08\x10"));
	begin("wifi", "radiotap-fcs", RADIOTAP);
	put_all(&tap, 1);
	end();

	/* No flags, which would tell of the check sequence. */
	tap.n = 0;
	add(&tap, BYTES("\0\0\x08\0\0\0\0\0"));
	begin("wifi", "radiotap-bare", RADIOTAP);
	put_all(&tap, 1);
	put_all(&tap, 0);
	end();

	add(&avs, BYTES("\x80\x21\x10\1\0\0\0\x40"));
	avs.n = 64;
	begin("wifi", "avs", AVS);
	put_all(&avs, 1);
	end();

	add(&prism, BYTES("\x44\0\0\0\x90\0\0\0wlan0"));
	prism.n = 144;
	begin("wifi", "prism", PRISM);
	put_all(&prism, 0);
	put_all(&avs, 0);
	end();

	add(&ppi, BYTES("\0\0\x20\0\x69\0\0\0\2\0\x14\0\1\2\3\4\5\6\7\x08\1\0"));
	ppi.n = 32;
	begin("wifi", "ppi", PPI);
	put_all(&ppi, 1);
	end();

	begin("wifi", "raw", RAW);
	put_all(&none, 1);
	put_all(&none, 0);
	end();
	return 0;
}
