/* SPDX-License-Identifier: ISC */
#include <stdio.h>

#include "test.h"
#include "unit/capture/made.h"

/* "capture.number …" of the frames of captures with these times. */
static const char *
merged(const uint32_t (*times)[5], size_t n, char *line, size_t size)
{
	struct capture *captures[8] = { NULL };
	struct frame f;
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		struct made m = { .big = i % 2 };
		struct err err;
		made_pcap(&m, 0xa1b2c3d4, LINK_ETHERNET);
		for (size_t k = 0; k < 5 && times[i][k] > 0; k++)
			made_record(&m, times[i][k], 0, 60 + (uint32_t)i, 100);
		captures[i] = capture_open(made_file(&m), (uint32_t)i, &err);
	}
	struct merge *m = merge_new(captures, n);
	line[0] = '\0';
	while (merge_next(m, &f)) {
		EQ(cur_u8(&f.bytes), 60 + f.capture);
		at += (size_t)snprintf(line + at, size - at, "%s%u.%ju",
		    at > 0 ? " " : "", f.capture, (uintmax_t)f.number);
	}
	OK(!merge_next(m, &f));
	merge_free(m);
	for (size_t i = 0; i < n; i++)
		capture_close(captures[i]);
	return line;
}

TEST(captures_are_merged_by_time_and_equal_times_in_their_order)
{
	static const uint32_t times[][5] = { { 2, 3, 9 }, { 0 }, { 1, 3, 4, 9 },
		{ 3, 9 } };
	char line[256];

	SAME(merged(times, 4, line, sizeof line),
	    "2.1 0.1 0.2 2.2 3.1 2.3 0.3 2.4 3.2");
}

TEST(frames_of_one_capture_keep_its_order_when_their_times_do_not)
{
	static const uint32_t times[][5] = { { 5, 1, 6 }, { 2, 4, 7 } };
	char line[256];

	SAME(merged(times, 1, line, sizeof line), "0.1 0.2 0.3");
	SAME(merged(times, 2, line, sizeof line), "1.1 1.2 0.1 0.2 0.3 1.3");
	SAME(merged(times, 0, line, sizeof line), "");
}
