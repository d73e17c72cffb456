/* SPDX-License-Identifier: ISC */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "capture/capture.h"
#include "test.h"

#define CORPUS "../shared/corpus/"

static uint64_t
frames_in(struct text name)
{
	char path[1024];
	struct err err;
	struct frame f;
	uint64_t n = 0;

	(void)snprintf(path, sizeof path, CORPUS "pcap/%.*s", (int)name.len, name.s);
	struct capture *c = capture_open(open(path, O_RDONLY | O_CLOEXEC), 0, &err);
	if (c != NULL) {
		while (capture_next(c, &f) == CAPTURE_FRAME)
			n = f.number;
		n += capture_counts(c).skipped - (n - capture_counts(c).frames);
	}
	capture_close(c);
	return n;
}

/* Columns: file, repository, licence, use, bytes, packets … */
TEST(the_captures_of_the_corpus_have_as_many_frames_as_tshark_counts)
{
	FILE *f = fopen(CORPUS "catalog.tsv", "r");
	char *line = NULL;
	size_t room = 0, seen = 0;
	ssize_t n;

	if (f == NULL) {
		(void)printf("corpus: skipped: " CORPUS " is not here\n");
		return;
	}
	while ((n = getline(&line, &room, f)) > 0) {
		struct text rest = { line, (size_t)n }, name, field = { "", 0 };
		unsigned long long want = 0;
		(void)text_split(&rest, '\t', &name);
		for (int i = 1; i < 6; i++)
			(void)text_split(&rest, '\t', &field);
		if (seen++ > 0 && text_number(field, &want) &&
		    !EQ(frames_in(name), want))
			(void)printf("\tin %.*s\n", (int)name.len, name.s);
	}
	OK(seen > 100);
	free(line);
	(void)fclose(f);
}
