/* SPDX-License-Identifier: ISC */
/* Every reader of files to import: the first byte says which, one more by content. */
#include <sys/mman.h>
#include <unistd.h>

#include "base/time.h"
#include "import/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
fact(void *state, const struct fact *f)
{
	*(uint64_t *)state += f->value.len;
}

static void
presence(void *state, const struct presence *p)
{
	*(uint64_t *)state += p->packets;
}

static void
row(void *state, const struct paper_row *r)
{
	struct writer w;
	struct text back[PAPER_CELLS];
	struct paper_row again;

	writer_to_memory(&w);
	paper_row_write(&w, r);
	struct cursor c = cur_over(w.buf, w.len);
	*(uint64_t *)state += paper_row_read(&c, &again, back);
	(void)writer_close(&w);
}

static void
wrong(void *state, const struct import_wrong *w)
{
	*(uint64_t *)state += text_of(w->text).len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	uint64_t sum = 0;
	struct import_sink sink = { fact, presence, row, wrong, &sum };
	struct import_options options = { .as_of = 1680000000 * SECOND };
	struct import_counts counts;

	if (n == 0)
		return 0;
	options.format = (enum import_format)(bytes[0] % (IMPORTS + 1));
	int fd = memfd_create("import", MFD_CLOEXEC);
	if (write(fd, bytes + 1, n - 1) != (ssize_t)(n - 1) ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		(void)close(fd);
		return 0;
	}
	(void)import_read(fd, 0, &options, &sink, &counts);
	return 0;
}
