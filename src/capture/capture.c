/* SPDX-License-Identifier: ISC */
/* Capture files: what they are, their blocks, and what is said of damaged ones. */
#include "capture/capture.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/window.h"

enum { FIRST_ROOM = BLOCK + 64 * 1024 };

/* The buffer doubles when it is full of bytes: a false length alone costs nothing. */
bool
window_fill(struct capture *c, size_t n)
{
	size_t left = cur_left(&c->window);

	if (left > 0)
		memmove(c->buf, c->window.at, left);
	while (left < n) {
		if (left == c->cap) {
			c->cap = c->cap > 0 ? c->cap * 2 : FIRST_ROOM;
			c->buf = must_grow(c->buf, c->cap, 1);
		}
		size_t want = c->cap - left < BLOCK ? c->cap - left : BLOCK;
		size_t got = stream_read(&c->stream, c->buf + left, want);
		if (got == 0)
			break;
		left += got;
		c->read += got;
	}
	c->window = cur_over(c->buf, left);
	return left >= n;
}

bool
window_pass(struct capture *c, uint64_t n)
{
	while (n > 0) {
		if (!window_holds(c, 1))
			return false;
		size_t left = cur_left(&c->window);
		size_t step = n < left ? (size_t)n : left;
		cur_skip(&c->window, step);
		n -= step;
	}
	return true;
}

uint32_t
capture_link(uint32_t number)
{
	return number == LINK_RAW_BSD || number == LINK_RAW_OPENBSD ? LINK_RAW : number;
}

void
capture_snaplen(struct capture *c, uint32_t snaplen)
{
	uint32_t least = c->counts.snaplen;

	if (snaplen > 0 && (least == 0 || snaplen < least))
		c->counts.snaplen = snaplen;
}

struct digits
capture_digits(uint64_t n)
{
	struct digits g;
	size_t at = sizeof g.text, digits = 0;

	g.text[--at] = '\0';
	do {
		if (digits > 0 && digits % 3 == 0)
			g.text[--at] = ',';
		g.text[--at] = (char)('0' + n % 10);
		digits++;
	} while ((n /= 10) > 0);
	memmove(g.text, g.text + at, sizeof g.text - at);
	return g;
}

enum capture_state
capture_damaged(struct capture *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(c->damage, sizeof c->damage, format, args);
	va_end(args);
	return c->state = CAPTURE_DAMAGED;
}

enum capture_state
capture_too_long(struct capture *c, uint32_t claimed)
{
	return capture_damaged(c,
	    "frame %s at offset %s claims %s bytes, more than a frame has",
	    capture_digits(c->number + 1).text, capture_digits(window_offset(c)).text,
	    capture_digits(claimed).text);
}

enum capture_state
capture_ended(struct capture *c, uint64_t offset, bool in_frame)
{
	if (c->stream.why[0] != '\0')
		return capture_damaged(c, "%s, at offset %s%s (after frame %s)",
		    c->stream.why, capture_digits(c->read).text,
		    c->stream.unpacker != NULL ? " of what it unpacks to" : "",
		    capture_digits(c->number).text);
	if (c->read == offset)
		return c->state = CAPTURE_END;
	return capture_damaged(c,
	    "cut in the middle of a %s at offset %s (%sframe %s): the bytes end at "
	    "offset %s",
	    in_frame ? "frame" : "block", capture_digits(offset).text,
	    in_frame ? "" : "after ", capture_digits(c->number + in_frame).text,
	    capture_digits(c->read).text);
}

/* What people hand over in place of a capture, and what to do about it. */
static const struct {
	const char *magic;
	size_t n;
	const char *what;
} strangers[] = {
	{ "BZh", 3, "bzip2: unpack it with bunzip2" },
	{ "\xfd"
	  "7zXZ",
	    5, "xz: unpack it with unxz" },
	{ "\x04\x22\x4d\x18", 4, "lz4: unpack it with lz4 -d" },
	{ "PK\x03\x04", 4, "a zip archive: unpack it with unzip" },
	{ "7z\xbc\xaf", 4, "a 7z archive: unpack it with 7z x" },
	{ "\x1f\x8b", 2, "gzip inside of another packed file: unpack it once" },
	{ "\x28\xb5\x2f\xfd", 4, "zstd inside of another packed file: unpack it once" },
	{ "snoop", 5, "a snoop capture: `editcap FILE NEW.pcapng` converts it" },
	{ "GMBU", 4,
	    "a Network Monitor capture: `editcap FILE NEW.pcapng` converts it" },
	{ "RTSS", 4,
	    "a Network Monitor capture: `editcap FILE NEW.pcapng` converts it" },
	{ "btsnoop", 7, "a btsnoop log: `editcap FILE NEW.pcapng` converts it" },
	{ "TRSNIFF", 7, "a Sniffer capture: `editcap FILE NEW.pcapng` converts it" },
	{ "\xa1\xb2\x34\xcd", 4, "a variety of pcap of which no description is known" },
	{ "\xcd\x34\xb2\xa1", 4, "a variety of pcap of which no description is known" },
};

static void
refuse_stranger(struct cursor first, struct err *err)
{
	const char *what =
	    "want pcap or pcapng, plain or in gzip or zstd; `editcap FILE "
	    "NEW.pcapng` converts other captures";
	char hex[3 * 8 + 1] = "", shown[8 + 1] = "";
	size_t n = cur_left(&first) < 8 ? cur_left(&first) : 8;

	for (size_t i = 0; i < sizeof strangers / sizeof *strangers; i++)
		if (cur_left(&first) >= strangers[i].n &&
		    memcmp(first.at, strangers[i].magic, strangers[i].n) == 0)
			what = strangers[i].what;
	for (size_t i = 0; i < n; i++) {
		unsigned byte = cur_peek(&first, i);
		(void)snprintf(hex + 3 * i, 4, " %02x", byte);
		shown[i] = byte < 0x80 && isgraph((int)byte) ? (char)byte : '.';
	}
	(void)err_set(err, "not a capture: it begins with%s (%s): %s", hex, shown,
	    what);
}

static bool
first_bytes(struct capture *c, struct err *err)
{
	bool four = window_fill(c, 4);

	if (stream_unpack(&c->stream, c->window)) {
		c->window = cur_over(c->buf, 0);
		c->read = 0;
		four = window_fill(c, 4);
	}
	if (four)
		return true;
	const char *packed = c->stream.unpacker != NULL ? c->stream.unpacker->name
	                                                : NULL;
	if (c->stream.why[0] != '\0' && packed != NULL)
		(void)err_set(err, "%s, at offset %s of what it unpacks to",
		    c->stream.why, capture_digits(c->read).text);
	else if (c->stream.why[0] != '\0')
		(void)err_set(err, "%s", c->stream.why);
	else if (c->read > 0)
		refuse_stranger(c->window, err);
	else if (packed != NULL)
		(void)err_set(err, "%s data that unpacks to nothing", packed);
	else
		(void)err_set(err,
		    "empty: it has not one byte; was it copied whole, or is the "
		    "capture still being started?");
	return false;
}

struct capture *
capture_open(int fd, uint32_t index, struct err *err)
{
	struct capture *c = must_alloc(1, sizeof *c);
	enum capture_state state = CAPTURE_END;

	c->index = index;
	stream_open(&c->stream, fd);
	if (first_bytes(c, err)) {
		struct cursor first = c->window;
		if (pcap_is(cur_u32(&first)))
			state = pcap_begin(c);
		else if (pcapng_is(c->window))
			state = pcapng_begin(c);
		else
			refuse_stranger(c->window, err);
	}
	if (state == CAPTURE_DAMAGED)
		(void)err_set(err, "%s", c->damage);
	if (state == CAPTURE_FRAME)
		return c;
	capture_close(c);
	return NULL;
}

enum capture_state
capture_next(struct capture *c, struct frame *frame)
{
	return c->state == CAPTURE_FRAME ? c->next(c, frame) : c->state;
}

const char *
capture_damage(const struct capture *c)
{
	return c->state == CAPTURE_DAMAGED ? c->damage : NULL;
}

struct capture_counts
capture_counts(const struct capture *c)
{
	struct capture_counts counts = c->counts;

	counts.dropped = c->dropped_before;
	for (size_t i = 0; i < c->n; i++)
		counts.dropped += interface_dropped(&c->interfaces[i]);
	return counts;
}

void
capture_close(struct capture *c)
{
	if (c == NULL)
		return;
	stream_close(&c->stream);
	free(c->interfaces);
	free(c->buf);
	free(c);
}
