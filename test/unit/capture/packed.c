/* SPDX-License-Identifier: ISC */
#include <stdlib.h>
#include <string.h>

#include <zlib.h>
#include <zstd.h>

#include "test.h"
#include "unit/capture/made.h"

enum { GZIP, ZSTD, FORMS };

/* What stands in w as one more member or frame at the end of out. */
static void
pack(int form, struct text plain, struct writer *out)
{
	size_t room = plain.len + plain.len / 8 + 1024;
	char *packed = malloc(room);

	if (form == GZIP) {
		z_stream z = { .next_in = (Bytef *)(uintptr_t)plain.s,
			.avail_in = (uInt)plain.len,
			.next_out = (Bytef *)packed,
			.avail_out = (uInt)room };
		EQ(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, 0), Z_OK);
		EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
		room -= z.avail_out;
		(void)deflateEnd(&z);
	} else {
		room = ZSTD_compress(packed, room, plain.s, plain.len, 3);
		OK(!ZSTD_isError(room));
	}
	put_bytes(out, packed, room);
	free(packed);
}

static struct text
capture_of(struct made *m, uint32_t frames)
{
	made_pcap(m, 0xa1b2c3d4, LINK_ETHERNET);
	for (uint32_t i = 1; i <= frames; i++)
		made_record(m, i, 0, 60, 60);
	return writer_text(&m->w);
}

TEST(gzip_and_zstd_are_unpacked_over_members_that_cut_a_frame)
{
	for (int form = GZIP; form < FORMS; form++) {
		struct made plain = { 0 }, packed = { 0 };
		char line[512];
		struct err err = { "" };
		struct text t = capture_of(&plain, 3);
		writer_to_memory(&packed.w);
		pack(form, (struct text){ t.s, 50 }, &packed.w);
		pack(form, (struct text){ t.s, 0 }, &packed.w);
		pack(form, (struct text){ t.s + 50, t.len - 50 }, &packed.w);
		struct capture *c = capture_open(made_pipe(&packed, 7), 0, &err);
		SAME(err.line, "");
		SAME(made_walk(c, line, sizeof line), "1:60@1 2:60@2 3:60@3 end");
		(void)writer_close(&plain.w);
	}
}

TEST(a_large_packed_capture_is_streamed)
{
	for (int form = GZIP; form < FORMS; form++) {
		struct made plain = { 0 }, packed = { 0 };
		struct frame f;
		uint64_t n = 0;
		writer_to_memory(&packed.w);
		pack(form, capture_of(&plain, 50000), &packed.w);
		struct capture *c = made_open(&packed);
		while (capture_next(c, &f) == CAPTURE_FRAME)
			n += cur_left(&f.bytes) == 60;
		EQ(n, 50000);
		OK(capture_damage(c) == NULL);
		capture_close(c);
		(void)writer_close(&plain.w);
	}
}

TEST(cut_and_damaged_packed_captures_give_what_can_be_unpacked)
{
	static const char *const want[FORMS][2] = {
		{ "1:60@1 the gzip data is cut, at offset 100 of what it unpacks to "
		  "(after "
		  "frame 1)",
		    "1:60@1 the gzip data is damaged: other bytes follow its end, at "
		    "offset 100 of what it unpacks to (after frame 1)" },
		{ "1:60@1 the zstd data is cut, at offset 100 of what it unpacks to "
		  "(after "
		  "frame 1)",
		    "1:60@1 the zstd data is damaged: Unknown frame descriptor, at "
		    "offset 100 of what it unpacks to (after frame 1)" },
	};

	for (int form = GZIP; form < FORMS; form++) {
		for (int what = 0; what < 2; what++) {
			struct made plain = { 0 }, packed = { 0 };
			char line[512];
			struct text t = capture_of(&plain, 1);
			writer_to_memory(&packed.w);
			pack(form, t, &packed.w);
			if (what == 0) {
				pack(form, (struct text){ t.s + 24, 76 }, &packed.w);
				packed.w.len -= 20 - 2 * (size_t)form; /* most of it */
			} else {
				put(&packed.w, "trailing words");
			}
			SAME(made_walk(made_open(&packed), line, sizeof line),
			    want[form][what]);
			(void)writer_close(&plain.w);
		}
	}
}
