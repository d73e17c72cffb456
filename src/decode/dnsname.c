/* SPDX-License-Identifier: ISC */
#include "decode/dnsname.h"

#include "base/hash.h"
#include "base/unset.h"

/* More than any packer of names makes; a bound on what a hostile one costs. */
enum { HOPS = 32 };

static bool
append(struct dns_name *name, struct text label)
{
	struct line l = { name->labels, name->len, sizeof name->labels, false };

	line_char(&l, (char)label.len);
	line_put(&l, label);
	name->len = l.len;
	return !l.cut;
}

/* Reads labels up to the root or a pointer; *pointer is 0 at the root. */
static bool
read_labels(struct cursor *c, struct dns_name *name, unsigned *pointer)
{
	*pointer = 0;
	for (;;) {
		unsigned len = cur_u8(c);
		if (len >= 0xc0) {
			*pointer = (len & 0x3f) << 8 | cur_u8(c);
			return cur_ok(c) && *pointer > 0;
		}
		if (len == 0)
			return cur_ok(c);
		if (len > 63) /* RFC 6891 section 5: other types of label are dead */
			return false;
		struct cursor label = cur_take(c, len);
		if (!cur_ok(c) || !append(name, text_from(label)))
			return false;
	}
}

bool
dns_name_read(struct cursor *c, struct cursor message, struct dns_name *name)
{
	unsigned pointer;

	name->len = 0;
	if (!read_labels(c, name, &pointer))
		return false;
	for (int hops = 0; pointer > 0; hops++) {
		struct cursor there = message;
		cur_skip(&there, pointer);
		if (hops == HOPS || !read_labels(&there, name, &pointer))
			return false;
	}
	return true;
}

bool
dns_name_partial(struct cursor *c, struct dns_name *name)
{
	name->len = 0;
	while (cur_left(c) > 0) {
		unsigned len = cur_u8(c);
		if (len == 0)
			break;
		struct cursor label = cur_take(c, len);
		if (len > 63 || !cur_ok(c) || !append(name, text_from(label)))
			return false;
	}
	return true;
}

bool
dns_name_label(const struct dns_name *name, size_t *at, struct text *label)
{
	if (*at >= name->len)
		return false;
	size_t len = (unsigned char)name->labels[*at];
	*label = (struct text){ name->labels + *at + 1, len };
	*at += 1 + len;
	return true;
}

static void
put_byte(struct line *l, char c)
{
	static const char named[] = "abtnvfr"; /* from 7 on, as in C */
	unsigned byte = (unsigned char)c;

	if (byte >= 0x20 && byte != 0x7f) {
		line_char(l, c);
		return;
	}
	line_char(l, '\\');
	if (byte >= '\a' && byte <= '\r') {
		line_char(l, named[byte - '\a']);
		return;
	}
	line_char(l, (char)('0' + (byte >> 6)));
	line_char(l, (char)('0' + (byte >> 3 & 7)));
	line_char(l, (char)('0' + (byte & 7)));
}

void
dns_name_print(const struct dns_name *name, struct line *l)
{
	struct text label;

	if (name->len == 0)
		line_word(l, "<Root>");
	for (size_t at = 0; dns_name_label(name, &at, &label);) {
		for (size_t i = 0; i < label.len; i++)
			put_byte(l, label.s[i]);
		if (at < name->len)
			line_char(l, '.');
	}
}

uint64_t
dns_name_hash(const struct dns_name *name, size_t at)
{
	char folded[DNS_NAME_MAX] UNSET;
	size_t n = 0;

	for (; at < name->len; at++) {
		char c = name->labels[at];
		folded[n++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
	}
	return hash_bytes(folded, n, 0);
}
