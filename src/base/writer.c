/* SPDX-License-Identifier: ISC */
#include "base/writer.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/digest.h"

enum { BLOCK = 64 * 1024 };

void
writer_to_memory(struct writer *w)
{
	*w = (struct writer){ .fd = -1 };
}

void
writer_to_fd(struct writer *w, int fd)
{
	*w = (struct writer){ .fd = fd };
}

int
writer_flush(struct writer *w)
{
	size_t done = 0;

	if (w->fd < 0)
		return w->error;
	while (done < w->len && w->error == 0) {
		ssize_t n = write(w->fd, w->buf + done, w->len - done);
		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			w->error = errno;
	}
	if (w->sum != NULL)
		sha256_add(w->sum, w->buf, done);
	w->total += done;
	w->len = 0;
	return w->error;
}

int
writer_close(struct writer *w)
{
	int error = writer_flush(w);

	free(w->buf);
	*w = (struct writer){ .fd = -1, .error = error, .total = w->total };
	return error;
}

/* Room for n more bytes, or NULL with the error set. */
static char *
room(struct writer *w, size_t n)
{
	if (w->error != 0)
		return NULL;
	if (w->fd >= 0 && w->len + n > BLOCK && w->len > 0 && writer_flush(w) != 0)
		return NULL;
	if (w->len + n > w->cap) {
		size_t cap = w->cap < 256 ? 256 : w->cap;
		while (cap < w->len + n)
			cap *= 2;
		if (w->fd >= 0 && cap < BLOCK)
			cap = BLOCK;
		char *bigger = realloc(w->buf, cap);
		if (bigger == NULL) {
			w->error = ENOMEM;
			return NULL;
		}
		w->buf = bigger;
		w->cap = cap;
	}
	return w->buf + w->len;
}

void
put_more(struct writer *w, const void *bytes, size_t n)
{
	const char *from = bytes;

	while (n > 0 && w->error == 0) {
		/* What goes out needs no more room than a block of it. */
		size_t part = w->fd >= 0 && n > BLOCK ? BLOCK : n;
		char *to = room(w, part);
		if (to == NULL)
			return;
		memcpy(to, from, part);
		w->len += part;
		from += part;
		n -= part;
	}
}

void
put(struct writer *w, const char *s)
{
	put_bytes(w, s, strlen(s));
}

void
put_number(struct writer *w, uint64_t n)
{
	char digits[20];
	size_t at = sizeof digits;

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	put_bytes(w, digits + at, sizeof digits - at);
}

/*
 * Away from where it might be rounded either way, the nearest whole number of the last
 * digit is what printf() finds, too; near there, printf() decides.
 */
void
put_real(struct writer *w, double x, unsigned digits)
{
	static const double scales[] = { 1, 10, 100, 1e3, 1e4, 1e5, 1e6 };
	char text[24];

	if (digits == 0 || digits > 6 || signbit(x) || !(x < 1e4)) {
		putf(w, "%.*f", (int)digits, x);
		return;
	}
	double scaled = x * scales[digits];
	uint64_t whole = (uint64_t)scaled;
	double over = scaled - (double)whole;
	if (over > 0.4999 && over < 0.5001) {
		putf(w, "%.*f", (int)digits, x);
		return;
	}
	whole += over > 0.5;
	put_number(w, whole / (uint64_t)scales[digits]);
	text[0] = '.';
	for (unsigned i = digits; i > 0; i--, whole /= 10)
		text[i] = (char)('0' + whole % 10);
	put_bytes(w, text, digits + 1);
}

void
put_hex(struct writer *w, struct text t)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < t.len; i++) {
		uint8_t b = (uint8_t)t.s[i];
		put_char(w, hex[b >> 4]);
		put_char(w, hex[b & 15]);
	}
}

void
putf(struct writer *w, const char *format, ...)
{
	va_list args, again;

	va_start(args, format);
	va_copy(again, args);
	int n = vsnprintf(NULL, 0, format, args);
	char *to = n < 0 ? NULL : room(w, (size_t)n + 1);
	if (to != NULL) {
		(void)vsnprintf(to, (size_t)n + 1, format, again);
		w->len += (size_t)n;
	}
	va_end(again);
	va_end(args);
}

void
put_block16(struct writer *w, struct text t)
{
	size_t n = t.len > UINT16_MAX ? UINT16_MAX : t.len;

	put_u16(w, (uint16_t)n);
	put_bytes(w, t.s, n);
}
