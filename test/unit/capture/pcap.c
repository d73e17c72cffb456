/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "test.h"
#include "unit/capture/made.h"

TEST(pcap_is_read_in_both_byte_orders_and_both_units)
{
	static const struct {
		uint32_t magic, units;
		bool big;
	} cases[] = { { 0xa1b2c3d4, 250000, false }, { 0xa1b2c3d4, 250000, true },
		{ 0xa1b23c4d, 250000000, false }, { 0xa1b23c4d, 250000000, true } };
	char line[512];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct made m = { .big = cases[i].big };
		made_pcap(&m, cases[i].magic, LINK_ETHERNET);
		made_record(&m, 10, cases[i].units, 60, 60);
		made_record(&m, 9, 0, 0, 1500);
		made_record(&m, 4000000000, 0, 96, 97);
		SAME(made_walk(made_open(&m), line, sizeof line),
		    "1:60@10.25 2:0@9 3:96@4e+09 end");
	}
}

TEST(kuznetzovs_longer_record_headers_are_read)
{
	char line[512];

	for (int big = 0; big < 2; big++) {
		struct made m = { .big = big };
		made_pcap(&m, 0xa1b2cd34, LINK_ETHERNET);
		for (uint32_t i = 1; i <= 2; i++) {
			made_record(&m, i, 500000, 0, 14);
			put_bytes(&m.w, "ifixprtp", 8);
			memcpy(m.w.buf + m.w.len - 16, big ? "\0\0\0\16" : "\16\0\0\0",
			    4);
			made_bytes(&m, 14);
		}
		SAME(made_walk(made_open(&m), line, sizeof line),
		    "1:14@1.5 2:14@2.5 end");
	}
}

TEST(ixias_longer_file_header_is_read)
{
	struct made m = { 0 };
	char line[512];

	made_pcap(&m, 0x1c0001ac, LINK_ETHERNET);
	made_u32(&m, 30);
	made_record(&m, 1, 0, 14, 14);
	SAME(made_walk(made_open(&m), line, sizeof line), "1:14@1 end");
}

TEST(the_link_type_is_the_lower_half_and_dlt_raw_becomes_raw)
{
	static const uint32_t links[][2] = { { 0xf4000001, LINK_ETHERNET },
		{ 12, LINK_RAW }, { 14, LINK_RAW }, { 276, LINK_LINUX_SLL2 } };

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		struct made m = { 0 };
		struct frame f = { .link = 0 };
		made_pcap(&m, 0xa1b2c3d4, links[i][0]);
		made_record(&m, 1, 0, 14, 20);
		struct capture *c = made_open(&m);
		EQ(capture_next(c, &f), CAPTURE_FRAME);
		EQ(f.link, links[i][1]);
		EQ(f.length, 20);
		struct capture_counts counts = capture_counts(c);
		EQ(counts.frames, 1);
		EQ(counts.bytes, 14);
		EQ(counts.cut, 1);
		EQ(counts.snaplen, 96);
		capture_close(c);
	}
}

TEST(lengths_that_old_writers_swapped_are_swapped_back)
{
	struct made m = { 0 };
	char line[512];

	made_pcap(&m, 0xa1b2c3d4, LINK_ETHERNET);
	m.w.buf[6] = 2; /* version 2.2 */
	made_record(&m, 1, 0, 40, 0);
	memcpy(m.w.buf + 24 + 8, "\144\0\0\0\50\0\0\0", 8);
	SAME(made_walk(made_open(&m), line, sizeof line), "1:40@1 end");
}

TEST(a_cut_pcap_gives_what_is_whole_and_says_where_it_ends)
{
	struct made m = { 0 };
	char line[512];

	made_pcap(&m, 0xa1b2c3d4, LINK_ETHERNET);
	made_record(&m, 1, 0, 2000, 2000);
	made_record(&m, 2, 0, 60, 60);
	m.w.len -= 61;
	SAME(made_walk(made_open(&m), line, sizeof line),
	    "1:2000@1 cut in the middle of a frame at offset 2,040 (frame 2): the "
	    "bytes "
	    "end at offset 2,055");
}

TEST(an_absurd_length_is_damage_and_no_allocation)
{
	struct made m = { 0 };
	char line[512];

	made_pcap(&m, 0xa1b2c3d4, LINK_ETHERNET);
	made_record(&m, 1, 0, 60, 60);
	made_record(&m, 2, 0, 60, 60);
	memset(m.w.buf + 24 + 76 + 8, 0xff, 4);
	SAME(made_walk(made_open(&m), line, sizeof line),
	    "1:60@1 frame 2 at offset 100 claims 4,294,967,295 bytes, more than a "
	    "frame "
	    "has");
}

/* Frames of sizes that fall on every place of a block's edge. */
static void
many(struct made *m)
{
	made_pcap(m, 0xa1b2c3d4, LINK_ETHERNET);
	for (uint32_t i = 0; i < 3000; i++)
		made_record(m, i, 0, i * 7 % 1514, 1514);
	made_record(m, 3000, 0, 262144, 262144);
}

static void
walks_many(int fd)
{
	struct err err = { "" };
	struct capture *c = capture_open(fd, 3, &err);
	struct frame f;
	uint32_t i = 0;

	SAME(err.line, "");
	if (!OK(c != NULL))
		return;
	while (capture_next(c, &f) == CAPTURE_FRAME) {
		size_t n = i < 3000 ? i * 7 % 1514 : 262144;
		bool same = cur_left(&f.bytes) == n && f.number == ++i &&
		    f.capture == 3;
		for (size_t k = 0; k < n; k++)
			same &= cur_u8(&f.bytes) == (n & 0xff);
		OK(same);
	}
	EQ(i, 3001);
	OK(capture_damage(c) == NULL);
	capture_close(c);
}

TEST(frames_that_straddle_blocks_are_whole)
{
	struct made m = { 0 };

	many(&m);
	walks_many(made_file(&m));
}

TEST(a_pipe_that_gives_little_at_a_time_is_read_the_same)
{
	static const size_t steps[] = { 1013, 65536 };

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct made m = { 0 };
		many(&m);
		walks_many(made_pipe(&m, steps[i]));
	}
	struct made m = { 0 };
	char line[512];
	struct err err;
	made_pcap(&m, 0xa1b2c3d4, LINK_ETHERNET);
	made_record(&m, 1, 0, 60, 60);
	SAME(made_walk(capture_open(made_pipe(&m, 1), 0, &err), line, sizeof line),
	    "1:60@1 end");
}

static const char *
refusal(const void *bytes, size_t n, struct err *err)
{
	struct made m = { 0 };

	err->line[0] = '\0';
	writer_to_memory(&m.w);
	put_bytes(&m.w, bytes, n);
	OK(capture_open(made_file(&m), 0, err) == NULL);
	return err->line;
}

TEST(what_is_no_capture_is_refused_by_what_it_is)
{
	struct err err;

	SAME(refusal("", 0, &err),
	    "empty: it has not one byte; was it copied whole, or is the capture still "
	    "being started?");
	SAME(refusal("PK\3\4rest of it", 14, &err),
	    "not a capture: it begins with 50 4b 03 04 72 65 73 74 (PK..rest): a zip "
	    "archive: unpack it with unzip");
	SAME(refusal("hi", 2, &err),
	    "not a capture: it begins with 68 69 (hi): want pcap or pcapng, plain or "
	    "in "
	    "gzip or zstd; `editcap FILE NEW.pcapng` converts other captures");
	SAME(refusal("\xd4\xc3\xb2\xa1\2\0\4\0", 8, &err),
	    "a pcap file that is cut in its header: 8 of 24 bytes");
	SAME(refusal("\x0a\x0d\x0d\x0a\x1c\0\0\0\x4d\x3c\x2b\x1a\1\0", 14, &err),
	    "cut in the middle of a block at offset 0 (after frame 0): the bytes end "
	    "at "
	    "offset 14");
	SAME(refusal("\x0a\x0d\x0d\x0a\x1c\0\0\0abcd", 12, &err),
	    "no byte order, in the block at offset 0 (after frame 0)");
	int folder = open("/", O_RDONLY | O_DIRECTORY);
	OK(capture_open(folder, 0, &err) == NULL);
	SAME(err.line, "cannot be read: Is a directory");
	OK(close(folder) != 0); /* taken over, and closed */
}
