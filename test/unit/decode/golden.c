/* SPDX-License-Identifier: ISC */
/*
 * Walks the table of decoders: each must have a capture of its own under
 * test/decode, and each frame of it is cut at every length.
 */
#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture.h"
#include "decode/decode.h"
#include "test.h"

static void
count_fact(void *state, const struct fact *f)
{
	(void)f;
	++*(unsigned *)state;
}

static void
no_presence(void *state, const struct presence *p)
{
	(void)state;
	(void)p;
}

/* Each cut lies in memory of its own length, so that a step beyond it is seen. */
static void
cut_everywhere(struct decode *d, const struct frame *whole)
{
	unsigned facts = 0;
	struct fact_sink out = { .take = count_fact, .state = &facts };
	struct presence_sink was = { no_presence, NULL };
	size_t length = cur_left(&whole->bytes);

	for (size_t n = 0; n <= length; n++) {
		uint8_t *copy = malloc(n > 0 ? n : 1);
		struct frame f = *whole;
		if (copy == NULL)
			return;
		memcpy(copy, whole->bytes.at, n);
		f.bytes = cur_over(copy, n);
		decode_frame(d, &f, &out, &was);
		free(copy);
	}
}

static void
cut_capture(const char *path)
{
	struct decode *d = decode_new(NULL);
	struct err err;
	struct frame f;
	struct capture *c = capture_open(open(path, O_RDONLY | O_CLOEXEC), 0, &err);

	if (OK(c != NULL)) {
		while (capture_next(c, &f) == CAPTURE_FRAME)
			cut_everywhere(d, &f);
		capture_close(c);
	}
	decode_free(d);
}

TEST(each_decoder_survives_its_golden_frames_cut_at_every_length)
{
	size_t n;
	const struct decoder *rows = decoders(&n);

	for (size_t i = 0; i < n; i++) {
		char pattern[128];
		glob_t found;
		if (i > 0 && strcmp(rows[i].name, rows[i - 1].name) == 0)
			continue;
		(void)snprintf(pattern, sizeof pattern, "test/decode/%s/*.pcap",
		    rows[i].name);
		if (!test_true(glob(pattern, 0, NULL, &found) == 0, __FILE__, __LINE__,
		        pattern))
			continue;
		for (size_t g = 0; g < found.gl_pathc; g++)
			cut_capture(found.gl_pathv[g]);
		globfree(&found);
	}
}
