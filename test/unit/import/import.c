/* SPDX-License-Identifier: ISC */
/* Every reader on every cut of its golden inputs, packed ones, and bad encodings. */
#include "import/import.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/hash.h"
#include "base/time.h"
#include "import/hex.h"
#include "test.h"

/* What was said: how much, and a hash of all of it in its order. */
struct heard {
	uint64_t facts, presences, rows, wrong, hash;
	char first[256]; /* complaint */
};

static void
fact(void *state, const struct fact *f)
{
	struct heard *h = state;

	h->facts++;
	h->hash = hash_bytes(f->value.s, f->value.len, h->hash ^ f->key);
	h->hash = hash_bytes(&f->subject, sizeof f->subject, h->hash);
	h->hash = hash_mix(h->hash, (uint64_t)f->seen->time);
	OK(f->seen->frame > 0);
}

static void
presence(void *state, const struct presence *p)
{
	struct heard *h = state;

	h->presences++;
	h->hash = hash_mix(h->hash, (uint64_t)p->first ^ (uint64_t)p->last);
	OK(p->packets > 0 && p->last >= p->first);
}

static void
row(void *state, const struct paper_row *r)
{
	struct heard *h = state;
	const char *names[PAPER_CELLS];
	size_t n = paper_columns(r->kind, names);

	h->rows++;
	for (size_t i = 0; i < n; i++)
		h->hash = hash_bytes(r->cells[i].s, r->cells[i].len, h->hash);
}

static void
wrong(void *state, const struct import_wrong *w)
{
	struct heard *h = state;

	if (h->wrong++ == 0)
		(void)snprintf(h->first, sizeof h->first, "%llu:%llu: %s",
		    (unsigned long long)w->line, (unsigned long long)w->column,
		    w->text);
}

static struct heard
hear(struct text bytes, enum import_format format, bool strict,
    struct import_counts *counts)
{
	struct heard h = { 0 };
	struct import_sink sink = { fact, presence, row, wrong, &h };
	struct import_options options = { .format = format,
		.as_of = 1680000000 * SECOND,
		.strict = strict };
	int fd = memfd_create("import", MFD_CLOEXEC);

	EQ(write(fd, bytes.s, bytes.len), bytes.len);
	EQ(lseek(fd, 0, SEEK_SET), 0);
	(void)import_read(fd, 0, &options, &sink, counts);
	EQ(h.wrong > counts->wrong, false);
	EQ(h.facts, counts->facts);
	return h;
}

static struct text
read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *s = malloc(1 << 20);
	struct text t = { s, f != NULL && s != NULL ? fread(s, 1, 1 << 20, f) : 0 };

	if (f != NULL)
		(void)fclose(f);
	return t;
}

static void
forget(struct text t)
{
	free((void *)(uintptr_t)t.s);
}

static enum import_format
format_of(const char *path)
{
	char name[64] = "";

	(void)sscanf(path, "test/import/%63[^/]", name);
	return import_find(text_of(name));
}

TEST(every_cut_of_every_input_is_read_without_a_fault)
{
	struct import_counts counts, whole;
	glob_t g;

	EQ(glob("test/import/*/*.in", 0, NULL, &g), 0);
	OK(g.gl_pathc >= IMPORTS);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct text t = read_file(g.gl_pathv[i]);
		enum import_format format = format_of(g.gl_pathv[i]);
		OK(format != IMPORT_UNKNOWN);
		struct heard all = hear(t, format, false, &whole);
		for (size_t n = 0; n < t.len; n += 1 + n / 20) {
			struct text cut = { t.s, n };
			struct heard h = hear(cut, format, false, &counts);
			OK(h.rows <= all.rows + 1);
		}
		forget(t);
	}
	globfree(&g);
}

TEST(every_input_is_recognised_and_read_twice_says_the_same)
{
	struct import_counts counts;
	glob_t g;

	EQ(glob("test/import/*/*.in", 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct text t = read_file(g.gl_pathv[i]);
		struct heard a = hear(t, IMPORT_UNKNOWN, false, &counts);
		EQ(counts.format, format_of(g.gl_pathv[i]));
		struct heard b = hear(t, IMPORT_UNKNOWN, false, &counts);
		EQ(a.hash, b.hash);
		EQ(a.facts + a.rows, b.facts + b.rows);
		forget(t);
	}
	globfree(&g);
}

/* A reader of one format must stand the input of every other one. */
TEST(every_reader_stands_what_is_meant_for_another)
{
	struct import_counts counts;
	glob_t g;

	EQ(glob("test/import/*/*.in", 0, NULL, &g), 0);
	for (size_t i = 0; i < g.gl_pathc; i++) {
		struct text t = read_file(g.gl_pathv[i]);
		for (unsigned f = 0; f < IMPORTS; f++)
			(void)hear(t, (enum import_format)f, f % 2 == 0, &counts);
		forget(t);
	}
	globfree(&g);
}

static const char event[] =
    "{\"timestamp\":\"2023-03-28T09:12:03+0000\",\"event_type\":\"dns\","
    "\"src_ip\":\"192.0.2.7\",\"dns\":{\"type\":\"query\",\"rrname\":\"a.example\"}}\n";

TEST(packed_input_is_unpacked_and_cut_packed_input_is_said_to_be_cut)
{
	struct text plain = text_of(event);
	struct import_counts counts;
	char packed[1024];
	z_stream z = { 0 };

	EQ(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
	z.next_in = (Bytef *)(uintptr_t)plain.s;
	z.avail_in = (uInt)plain.len;
	z.next_out = (Bytef *)packed;
	z.avail_out = sizeof packed;
	EQ(deflate(&z, Z_FINISH), Z_STREAM_END);
	size_t n = sizeof packed - z.avail_out;
	(void)deflateEnd(&z);
	struct heard h = hear((struct text){ packed, n }, IMPORT_UNKNOWN, false,
	    &counts);
	EQ(h.facts, 1);
	OK(!counts.stopped);
	h = hear((struct text){ packed, n - 6 }, IMPORT_UNKNOWN, false, &counts);
	OK(counts.stopped);
	OK(strstr(h.first, "the gzip data is cut") != NULL);
	n = ZSTD_compress(packed, sizeof packed, plain.s, plain.len, 3);
	h = hear((struct text){ packed, n }, IMPORT_UNKNOWN, false, &counts);
	EQ(h.facts, 1);
}

static const char *
complaint(struct text t, char buf[256])
{
	struct import_counts counts;
	struct heard h = hear(t, IMPORT_UNKNOWN, false, &counts);

	(void)snprintf(buf, 256, "%s", h.first);
	return buf;
}

TEST(what_is_no_text_of_ours_is_said_to_be_that)
{
	char buf[256];

	SAME(complaint((struct text){ "\xff\xfe{\0\"\0", 6 }, buf),
	    "0:0: this is UTF-16: save the file as UTF-8");
	SAME(complaint((struct text){ "i\0d\0,\0n\0a\0m\0e\0", 14 }, buf),
	    "0:0: this is UTF-16: save the file as UTF-8");
	SAME(complaint((struct text){ "", 0 }, buf), "0:0: the file is empty");
	SAME(complaint(text_of("id,name\rx,y\r"), buf),
	    "0:0: its lines end in CR alone: save the file with line ends of Unix or "
	    "Windows");
	SAME(complaint(text_of("Device ID,Device name,OS,OS version,Serial number,"
	                       "Primary user UPN,Model,Manufacturer,IMEI\n"
	                       "1,B\xfcro,iOS,16,S,a@x,M,Apple,\n"),
	         buf),
	    "2:4: the byte 0xfc is no UTF-8: save the file as UTF-8");
	OK(strstr(complaint(text_of("hello\n"), buf), "of no known format") != NULL);
	SAME(complaint(text_of("\xef\xbb\xbfid,name\nx\n"), buf),
	    "2:1: 1 cell, where the header has 2 (a comma inside a cell wants the cell "
	    "in "
	    "quotes)");
}

TEST(a_line_without_an_end_is_passed_over_and_the_next_one_is_read)
{
	size_t n = 5 << 20;
	char *s = malloc(n + 2 * sizeof event);
	struct import_counts counts;

	memcpy(s, event, sizeof event - 1);
	memset(s + sizeof event - 1, 'x', n);
	s[sizeof event - 1 + n] = '\n';
	memcpy(s + sizeof event + n, event, sizeof event - 1);
	struct text t = { s, n + 2 * sizeof event - 1 };
	struct heard h = hear(t, IMPORT_UNKNOWN, false, &counts);
	EQ(h.facts, 2);
	EQ(h.wrong, 1);
	OK(strstr(h.first, "2:0: longer than") != NULL);
	h = hear(t, IMPORT_UNKNOWN, true, &counts);
	EQ(h.facts, 1);
	OK(counts.stopped);
	free(s);
}

TEST(a_dotted_quad_is_read_as_inet_pton_reads_it)
{
	static const char letters[] = "0129.25:f ";
	struct addr quick = { 0 }, slow = { 0 };
	uint64_t seed = 7;
	char buf[20];

	for (unsigned i = 0; i < 200000; i++) {
		size_t n = hash_mix(seed, i) % 17;
		for (size_t k = 0; k < n; k++)
			buf[k] = letters[hash_mix(seed + k, i) % (sizeof letters - 1)];
		struct text t = { buf, n };
		bool a = addr_of(t, &quick), b = addr_parse(t, &slow);
		if (a != b || (a && !addr_equal(quick, slow)))
			OK(false);
	}
	OK(addr_of(text_of("192.0.2.255"), &quick));
	EQ(quick.b[3], 255);
}

TEST(rows_and_counts_come_back_from_another_process_as_they_were)
{
	struct text cells[PAPER_CELLS] = { { "anna", 4 }, { "Anna A.", 7 } };
	struct text back[PAPER_CELLS];
	struct paper_row sent = { PAPER_PERSON, cells, 3, 17 }, got;
	struct import_counts counts = { .format = IMPORT_SCIM, .lines = 5, .other = 2 };
	struct import_counts counts_back;
	struct writer w;

	for (size_t i = 2; i < PAPER_CELLS; i++)
		cells[i] = text_of("");
	writer_to_memory(&w);
	paper_row_write(&w, &sent);
	struct cursor c = cur_over(w.buf, w.len);
	OK(paper_row_read(&c, &got, back));
	EQ(got.line, 17);
	OK(text_is(back[1], "Anna A."));
	for (size_t n = 0; n < w.len; n++) {
		c = cur_over(w.buf, n);
		OK(!paper_row_read(&c, &got, back));
	}
	w.len = 0;
	import_counts_write(&w, &counts);
	c = cur_over(w.buf, w.len);
	OK(import_counts_read(&c, &counts_back));
	EQ(counts_back.format, IMPORT_SCIM);
	EQ(counts_back.other, 2);
	(void)writer_close(&w);
}
