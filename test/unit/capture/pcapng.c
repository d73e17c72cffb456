/* SPDX-License-Identifier: ISC */
#include <string.h>

#include "test.h"
#include "unit/capture/made.h"

TEST(sections_of_either_byte_order_have_interfaces_of_their_own)
{
	struct made m = { .big = true };
	char line[512];

	made_section(&m);
	made_interface(&m, LINK_ETHERNET, 0);
	made_interface(&m, LINK_RAW, 256);
	made_enhanced(&m, 1, 2500000, 61, 61);
	m.big = false;
	made_section(&m);
	made_enhanced(&m, 1, 1, 60, 60); /* described in the section before alone */
	made_interface(&m, LINK_RAW_OPENBSD, 128);
	made_enhanced(&m, 0, 3500000, 59, 80);
	SAME(made_walk(made_open(&m), line, sizeof line), "1:61@2.5 3:59@3.5 end");
}

TEST(counts_tell_of_skipped_and_cut_frames_and_the_least_snap_length)
{
	struct made m = { 0 };
	struct frame f = { .link = 0 };

	made_section(&m);
	made_enhanced(&m, 0, 1, 60, 60);
	made_interface(&m, 14, 128);
	made_interface(&m, LINK_ETHERNET, 0);
	made_enhanced(&m, 0, 1, 59, 80);
	struct capture *c = made_open(&m);
	EQ(capture_next(c, &f), CAPTURE_FRAME);
	EQ(f.link, LINK_RAW);
	EQ(f.number, 2);
	EQ(capture_next(c, &f), CAPTURE_END);
	EQ(capture_counts(c).skipped, 1);
	EQ(capture_counts(c).cut, 1);
	EQ(capture_counts(c).snaplen, 128);
	EQ(capture_counts(c).untimed, 0);
	capture_close(c);
}

static void
interface_with(struct made *m, uint8_t resolution, int64_t offset)
{
	made_block(m, 1);
	made_u16(m, LINK_ETHERNET);
	made_u16(m, 0);
	made_u32(m, 0);
	made_u16(m, 2); /* if_name: of no use here */
	made_u16(m, 4);
	put_bytes(&m->w, "eth0", 4);
	made_u16(m, 9);
	made_u16(m, 1);
	put_u8(&m->w, resolution);
	put_bytes(&m->w, "\0\0\0", 3);
	made_u16(m, 14);
	made_u16(m, 8);
	uint64_t n = (uint64_t)offset;
	made_u32(m, (uint32_t)(m->big ? n >> 32 : n));
	made_u32(m, (uint32_t)(m->big ? n : n >> 32));
	made_u32(m, 0);
	made_end(m);
}

TEST(each_interface_has_its_resolution_and_offset)
{
	static const struct {
		uint8_t resolution;
		int64_t offset;
		uint64_t units;
		int64_t time;
	} cases[] = {
		{ 6, 0, 1500000, 1500000000 },
		{ 9, 0, 1500000001, 1500000001 },
		{ 0, 0, 7, 7000000000 },
		{ 12, 0, 1500000000999, 1500000000 },
		{ 28, 0, UINT64_MAX, 1 },
		{ 29, 0, UINT64_MAX - 1, 0 },
		{ 127, 0, 1, 0 },
		{ 0x80 | 10, 0, 1536, 1500000000 },
		{ 0x80 | 63, 0, UINT64_C(3) << 62, 1500000000 },
		{ 0x80 | 64, 0, UINT64_C(1) << 63, 500000000 },
		{ 0xff, 0, UINT64_MAX, 0 },
		{ 6, 100, 1500000, 101500000000 },
		{ 6, -1, 1500000, 500000000 },
	};

	for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) {
		struct made m = { .big = i % 2 };
		struct frame f = { .time = -1 };
		made_section(&m);
		interface_with(&m, cases[i / 2].resolution, cases[i / 2].offset);
		made_enhanced(&m, 0, cases[i / 2].units, 60, 60);
		struct capture *c = made_open(&m);
		EQ(capture_next(c, &f), CAPTURE_FRAME);
		EQ(f.time, cases[i / 2].time);
		EQ(capture_counts(c).untimed, 0);
		capture_close(c);
	}
}

TEST(a_frame_without_a_possible_time_has_that_of_the_one_before)
{
	struct made m = { 0 };
	struct frame f = { .time = -1 };

	made_section(&m);
	made_interface(&m, LINK_ETHERNET, 0);
	interface_with(&m, 6, INT64_MIN);
	made_enhanced(&m, 0, UINT64_MAX, 60, 60);
	made_enhanced(&m, 0, 1000000, 60, 60);
	made_enhanced(&m, 1, 1000000, 60, 60);
	struct capture *c = made_open(&m);
	EQ(capture_next(c, &f), CAPTURE_FRAME);
	EQ(f.time, 0);
	EQ(capture_next(c, &f), CAPTURE_FRAME);
	EQ(capture_next(c, &f), CAPTURE_FRAME);
	EQ(f.time, 1000000000);
	EQ(capture_counts(c).untimed, 2);
	capture_close(c);
}

TEST(simple_and_obsolete_packets_are_frames)
{
	char line[512];

	for (int big = 0; big < 2; big++) {
		struct made m = { .big = big };
		made_section(&m);
		made_interface(&m, LINK_ETHERNET, 64);
		made_block(&m, 2);
		made_u16(&m, 0);
		made_u16(&m, 5); /* drops */
		made_u32(&m, 0);
		made_u32(&m, 3000000);
		made_u32(&m, 62);
		made_u32(&m, 62);
		made_bytes(&m, 62);
		made_end(&m);
		made_block(&m, 3);
		made_u32(&m, 1000); /* on the wire: the snap length cut it */
		made_bytes(&m, 64);
		made_end(&m);
		made_block(&m, 3);
		made_u32(&m, 33);
		made_bytes(&m, 33);
		made_end(&m);
		SAME(made_walk(made_open(&m), line, sizeof line),
		    "1:62@3 2:64@3 3:33@3 end");
	}
}

TEST(unknown_blocks_are_passed_over_whatever_their_size)
{
	struct made m = { 0 };
	char line[512];

	made_section(&m);
	made_interface(&m, LINK_ETHERNET, 0);
	made_block(&m, 0x80000005);
	for (int i = 0; i < 100; i++)
		made_bytes(&m, 10000);
	made_end(&m);
	made_enhanced(&m, 0, 1000000, 60, 60);
	made_block(&m, 4); /* names: no number */
	made_end(&m);
	made_enhanced(&m, 0, 2000000, 60, 60);
	made_block(&m, 9); /* systemd journal: tshark gives it a number */
	made_end(&m);
	made_enhanced(&m, 0, 3000000, 60, 60);
	SAME(made_walk(made_open(&m), line, sizeof line), "1:60@1 2:60@2 4:60@3 end");
}

static void
statistics(struct made *m, uint32_t interface, uint16_t option, uint32_t n)
{
	made_block(m, 5);
	made_u32(m, interface);
	made_u32(m, 0);
	made_u32(m, 0);
	made_u16(m, option);
	made_u16(m, 8);
	made_u32(m, m->big ? 0 : n);
	made_u32(m, m->big ? n : 0);
	made_end(m);
}

TEST(drops_are_what_the_last_statistics_of_each_interface_tell)
{
	for (int big = 0; big < 2; big++) {
		struct made m = { .big = big };
		struct frame f;
		made_section(&m);
		made_interface(&m, LINK_ETHERNET, 0);
		made_interface(&m, LINK_ETHERNET, 0);
		statistics(&m, 0, 5, 3);
		statistics(&m, 0, 5, 10);
		statistics(&m, 1, 7, 20);
		statistics(&m, 7, 5, 1000); /* no such interface */
		made_section(&m);
		made_interface(&m, LINK_ETHERNET, 0);
		made_block(&m, 6);
		for (int i = 0; i < 5; i++)
			made_u32(&m, 0);
		made_u16(&m, 4); /* epb_dropcount */
		made_u16(&m, 8);
		made_u32(&m, m.big ? 0 : 100);
		made_u32(&m, m.big ? 100 : 0);
		made_end(&m);
		struct capture *c = made_open(&m);
		EQ(capture_next(c, &f), CAPTURE_FRAME);
		EQ(capture_next(c, &f), CAPTURE_END);
		EQ(capture_counts(c).dropped, 130);
		capture_close(c);
	}
}

TEST(damage_in_pcapng_is_told_with_its_block)
{
	char line[512];

	for (int what = 0; what < 4; what++) {
		static const char *const want[] = {
			"1:60@1 two lengths that differ, in the block at offset 140 "
			"(after frame 1)",
			"1:60@1 a frame longer than its block, in the block at offset "
			"140 (after frame 1)",
			"1:60@1 a length too short for a block, in the block at offset "
			"140 (after frame 1)",
			"1:60@1 cut in the middle of a frame at offset 140 (frame 2): "
			"the bytes end at offset 231",
		};
		struct made m = { 0 };
		made_section(&m);
		made_interface(&m, LINK_ETHERNET, 0);
		made_enhanced(&m, 0, 1000000, 60, 60);
		made_enhanced(&m, 0, 1000000, 60, 60);
		if (what == 0)
			m.w.buf[m.w.len - 4]++;
		else if (what == 1)
			m.w.buf[140 + 20] = 100;
		else if (what == 2)
			m.w.buf[140 + 4] = 11;
		else
			m.w.len--;
		SAME(made_walk(made_open(&m), line, sizeof line), want[what]);
	}
}
