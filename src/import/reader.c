/* SPDX-License-Identifier: ISC */
/* The file at hand, line by line, and the ways out for what it says. */
#include "import/reader.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/eight.h"
#include "base/err.h"

enum { FIRST_ROOM = 256 * 1024, HEAD = 64 * 1024, VALUE_MOST = 4096 };

PRINTF_LIKE(4, 0)
static bool
say_wrong(struct reader *r, uint64_t line, uint64_t column, const char *format,
    va_list args)
{
	char text[600];
	struct import_wrong wrong = { r->seen.capture, line, column, text };

	(void)vsnprintf(text, sizeof text, format, args);
	r->counts->wrong++;
	r->sink->wrong(r->sink->state, &wrong);
	if (r->options->strict)
		r->counts->stopped = true;
	return false;
}

bool
reader_wrong(struct reader *r, uint64_t column, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)say_wrong(r, r->number, column, format, args);
	va_end(args);
	return false;
}

bool
reader_wrong_at(struct reader *r, uint64_t line, uint64_t column, const char *format,
    ...)
{
	va_list args;

	va_start(args, format);
	(void)say_wrong(r, line, column, format, args);
	va_end(args);
	return false;
}

/* Reads on behind what is there; makes room first. False when there is no more. */
static bool
fill(struct reader *r)
{
	if (r->ended)
		return false;
	if (r->from > 0) {
		memmove(r->buf, r->buf + r->from, r->to - r->from);
		r->to -= r->from;
		r->from = 0;
	}
	if (r->to == r->cap) {
		r->cap *= 2;
		r->buf = must_grow(r->buf, r->cap, 1);
	}
	size_t got = stream_read(&r->stream, (uint8_t *)r->buf + r->to, r->cap - r->to);
	r->to += got;
	r->ended = got == 0;
	r->counts->bytes += got;
	if (r->ended && r->stream.why[0] != '\0' && !r->damaged) {
		r->damaged = true;
		(void)reader_wrong_at(r, r->number, 0, "%s", r->stream.why);
		r->counts->stopped = true;
	}
	return !r->ended;
}

/*
 * What is no text: its place, or SIZE_MAX. Eight bytes at a time where all of them are
 * ASCII and no controls, one character at a time where they are not.
 */
static size_t
first_stranger(struct text t)
{
	const uint64_t high = EIGHT_HIGH;
	size_t i = 0;

	while (i < t.len) {
		size_t until = t.len;
		for (; i + 8 <= t.len; i += 8) {
			uint64_t w = eight_at(t.s + i);
			/* tabs, and they alone, become what is no control: logs are
			 * full of them */
			uint64_t tab = w ^ EIGHT_ONES * '\t';
			w |= ~(((tab & ~high) + ~high) | tab | ~high) >> 2;
			/* below 0x20 the subtraction borrows; 0x80 is the bit itself */
			if (((w | (w - EIGHT_ONES * ' ')) & high) != 0) {
				until = i + 8;
				break;
			}
		}
		while (i < until) {
			uint8_t c = (uint8_t)t.s[i];
			size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
			if ((c < ' ' && c != '\t') || n > t.len - i ||
			    (n > 1 && !text_is_utf8((struct text){ t.s + i, n })))
				return i;
			i += n;
		}
	}
	return SIZE_MAX;
}

static uint64_t
column_of(struct text t, size_t at)
{
	uint64_t column = 1;

	for (size_t i = 0; i < at; i++)
		column += ((uint8_t)t.s[i] & 0xc0) != 0x80;
	return column;
}

bool
reader_is_text(struct reader *r, struct text t)
{
	size_t at = first_stranger(t);
	uintptr_t from = (uintptr_t)t.s - (uintptr_t)r->line.s;

	if (at == SIZE_MAX)
		return true;
	unsigned byte = (uint8_t)t.s[at];
	/* a cell that was copied stands nowhere in the line */
	uint64_t column = from < r->line.len || from == 0
	    ? column_of(r->line, (size_t)from + at)
	    : 0;
	if (byte < ' ')
		return reader_wrong(r, column, "a control character (0x%02x)", byte);
	return reader_wrong(r, column,
	    "the byte 0x%02x is no UTF-8: save the file as UTF-8", byte);
}

/* A line as it is there, or the rest of the file. False when nothing is left. */
static bool
cut_line(struct reader *r)
{
	size_t looked = 0;

	for (;;) {
		char *start = r->buf + r->from;
		size_t left = r->to - r->from;
		char *end = left > looked ? memchr(start + looked, '\n', left - looked)
		                          : NULL;
		if (end != NULL) {
			r->line = (struct text){ start, (size_t)(end - start) };
			r->from += r->line.len + 1;
			return true;
		}
		if (left > LINE_MOST) {
			r->skipping = true;
			r->from = r->to; /* what of it was read is not kept */
			left = 0;
		}
		looked = left;
		if (!fill(r)) {
			r->line = (struct text){ r->buf + r->from, r->to - r->from };
			r->from = r->to;
			r->cut = true;
			return r->line.len > 0 || r->skipping;
		}
	}
}

bool
reader_line(struct reader *r)
{
	while (!r->counts->stopped) {
		arena_reset(&r->arena);
		if (!cut_line(r))
			return false;
		r->number++;
		r->counts->lines++;
		if (r->skipping || r->line.len > LINE_MOST) {
			r->skipping = false;
			(void)reader_wrong(r, 0, "longer than %d bytes", LINE_MOST);
			continue;
		}
		if (r->line.len > 0 && r->line.s[r->line.len - 1] == '\r')
			r->line.len--;
		if (reader_is_text(r, r->line))
			return true;
	}
	return false;
}

bool
reader_is_cut(struct reader *r)
{
	return r->cut && !reader_wrong(r, 0, "the file ends within this line");
}

bool
reader_whole(struct reader *r, struct text *out)
{
	while (fill(r))
		if (r->to - r->from > WHOLE_MOST)
			return reader_wrong_at(r, 0, 0, "larger than %d MB: split it",
			    WHOLE_MOST >> 20);
	*out = (struct text){ r->buf + r->from, r->to - r->from };
	r->from = r->to;
	return !r->counts->stopped;
}

void
reader_at(struct reader *r, int64_t time)
{
	uint32_t file = r->seen.capture;

	r->seen = (struct sighting){ .time = time,
		.frame = r->number,
		.capture = file };
}

void
reader_say(struct reader *r, enum fact_key key, struct addr subject, struct text value)
{
	if (subject.kind == ADDR_NONE || value.len == 0 ||
	    addr_is_unspecified(subject) || addr_is_multicast(subject))
		return;
	if (value.len > VALUE_MOST) {
		(void)reader_wrong(r, 0, "the value of %s has %zu bytes: more than %d",
		    fact_name(key), value.len, VALUE_MOST);
		return;
	}
	struct fact f = { .key = key,
		.value = value,
		.subject = subject,
		.decoder = (uint16_t)(IMPORT_DECODER | r->counts->format),
		.seen = &r->seen };
	r->counts->facts++;
	r->sink->fact(r->sink->state, &f);
}

void
reader_bind(struct reader *r, enum fact_key key, struct addr mac, struct addr ip)
{
	char printed[ADDR_TEXT];

	if (!addr_is_link(mac) || (ip.kind != ADDR_IP4 && ip.kind != ADDR_IP6) ||
	    addr_is_unspecified(ip) || addr_is_multicast(ip))
		return;
	reader_say(r, key, mac, text_of(addr_print(ip, printed)));
}

void
reader_there(struct reader *r, struct addr mac, struct addr ip, int64_t first,
    int64_t last, uint64_t packets)
{
	struct presence p = { .mac = mac,
		.ip = ip,
		.vlan = r->seen.vlan,
		.capture = r->seen.capture,
		.first = first,
		.last = last > first ? last : first,
		.packets = packets };

	if (addr_is_multicast(mac) || addr_is_unspecified(mac))
		p.mac = (struct addr){ 0 };
	if (addr_is_multicast(ip) || addr_is_unspecified(ip))
		p.ip = (struct addr){ 0 };
	if (p.mac.kind == ADDR_NONE && p.ip.kind == ADDR_NONE)
		return;
	presence_add(r->presences, &p, r->sink, r->counts);
}

void
reader_bind_there(struct reader *r, enum fact_key key, struct addr mac, struct addr ip)
{
	reader_bind(r, key, mac, ip);
	if (addr_is_link(mac) && ip.kind != ADDR_NONE && !addr_is_unspecified(ip))
		reader_there(r, mac, ip, r->seen.time, r->seen.time, 1);
}

bool
reader_is_of_site(const struct reader *r, struct addr ip)
{
	for (size_t i = 0; i < r->options->n_own; i++)
		if (prefix_has(&r->options->own[i], ip))
			return true;
	return false;
}

bool
reader_is_ours(const struct reader *r, struct addr ip)
{
	return addr_is_private(ip) || reader_is_of_site(r, ip);
}

void
reader_sender_there(struct reader *r)
{
	if (reader_is_ours(r, r->seen.src_ip))
		reader_there(r, r->seen.src_mac, r->seen.src_ip, r->seen.time,
		    r->seen.time, 1);
}

static void
say_server(void *state, enum fact_key key, struct text value)
{
	struct reader *r = state;

	reader_say(r, key, r->seen.src_ip, value);
}

void
reader_contacted(struct reader *r)
{
	static const struct servers none;
	const struct servers *known = r->options->servers;

	if (r->seen.proto == 6 || r->seen.proto == 17)
		servers_tell(known != NULL ? known : &none, &r->seen, say_server, r);
}

void
reader_row(struct reader *r, enum import_paper kind, const struct text *cells)
{
	const char *names[PAPER_CELLS];
	size_t n = paper_columns(kind, names);
	struct paper_row row = { kind, cells, r->seen.capture, r->number };

	for (size_t i = 0; i < n; i++) {
		if (cells[i].len <= CELL_MOST)
			continue;
		(void)reader_wrong(r, 0,
		    "the %s of this %s has %zu bytes: more than %d", names[i],
		    paper_name(kind), cells[i].len, CELL_MOST);
		return;
	}
	r->counts->rows[kind]++;
	r->sink->row(r->sink->state, &row);
}

/* The first bytes, unpacked when they are packed. False: there are none. */
static bool
first_bytes(struct reader *r, struct text *head)
{
	while (r->to - r->from < 4 && fill(r))
		;
	if (stream_unpack(&r->stream, cur_over(r->buf, r->to))) {
		r->to = 0;
		r->counts->bytes = 0;
	}
	while (r->to - r->from < HEAD && fill(r))
		;
	*head = (struct text){ r->buf + r->from,
		r->to - r->from < HEAD ? r->to - r->from : HEAD };
	return head->len > 0;
}

/* All of it would be taken for one line, a header. JSON may have any blanks. */
static bool
is_old_mac(struct text head)
{
	const char *cr = memchr(head.s, '\r', head.len);

	return cr != NULL && memchr(head.s, '\n', head.len) == NULL &&
	    (size_t)(cr - head.s) + 1 < head.len && head.s[0] != '{' &&
	    head.s[0] != '[';
}

/* A byte-order mark says UTF-16 aloud; without one every second byte is NUL. */
static bool
is_utf16(struct text head)
{
	size_t even = 0, odd = 0, n = head.len < 64 ? head.len : 64;

	if (text_starts(head, text_of("\xff\xfe")) ||
	    text_starts(head, text_of("\xfe\xff")))
		return true;
	for (size_t i = 0; i < n; i++)
		*(i % 2 == 0 ? &even : &odd) += head.s[i] == '\0';
	return n >= 8 && (even > n / 3 || odd > n / 3);
}

static bool
recognise(struct reader *r)
{
	struct text head;
	char quote[CSV_QUOTE];

	if (!first_bytes(r, &head))
		return r->counts->stopped
		    ? false
		    : reader_wrong_at(r, 0, 0, "the file is empty");
	if (is_old_mac(head))
		return reader_wrong_at(r, 0, 0,
		    "its lines end in CR alone: save the file with line ends of "
		    "Unix or Windows");
	if (is_utf16(head))
		return reader_wrong_at(r, 0, 0,
		    "this is UTF-16: save the file as UTF-8");
	if (text_is_other(head) != NULL)
		return reader_wrong_at(r, 0, 0, "this is %s", text_is_other(head));
	if (text_starts(head, text_of("\xef\xbb\xbf"))) {
		r->from += 3;
		head = (struct text){ head.s + 3, head.len - 3 };
	}
	r->counts->format = r->options->format != IMPORT_UNKNOWN
	    ? r->options->format
	    : import_recognise(head);
	if (r->counts->format != IMPORT_UNKNOWN)
		return true;
	struct text line = { head.s, text_find(head, '\n', 0) };
	if (!text_is_utf8(line))
		return reader_wrong_at(r, 1, 0,
		    "of no known format, and no text in UTF-8; --list prints the "
		    "formats");
	return reader_wrong_at(r, 1, 0,
	    "of no known format: it begins with '%s'; --list prints the formats, "
	    "--format names one",
	    csv_quote(line, quote));
}

static void (*const readers[])(struct reader *) = {
#define IMPORT(key, function, name, zoned, recognised, source, gives) \
	import_##function##_read,
#include "imports.inc"
#undef IMPORT
};

bool
import_read(int fd, uint32_t file, const struct import_options *options,
    const struct import_sink *sink, struct import_counts *counts)
{
	struct reader r = { .options = options, .sink = sink, .counts = counts };

	*counts = (struct import_counts){ .format = IMPORT_UNKNOWN };
	r.seen.capture = file;
	r.cap = FIRST_ROOM;
	r.buf = must_alloc(r.cap, 1);
	r.presences = presence_table_new();
	stream_open(&r.stream, fd);
	if (recognise(&r))
		readers[counts->format](&r);
	else
		counts->stopped = true;
	presence_flush(r.presences, sink, counts);
	stream_close(&r.stream);
	presence_table_free(r.presences);
	arena_free(&r.arena);
	free(r.buf);
	return !counts->stopped;
}
