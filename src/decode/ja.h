/* SPDX-License-Identifier: ISC */
#ifndef DECODE_JA_H
#define DECODE_JA_H

#include "base/cursor.h"
#include "decode/line.h"

/*
 * What JA3 and JA4 are made of: the parts of a ClientHello, in wire order, each
 * the list alone without its length. Empty where the hello has none.
 */
struct hello {
	char over; /* enum hello_over, the first letter of JA4 */
	uint16_t legacy_version;
	uint16_t version; /* the highest of supported_versions, else legacy */
	bool has_server_name;
	struct cursor ciphers, extensions; /* extensions with their headers */
	struct cursor groups, formats, signatures;
	struct cursor protocol; /* the first of ALPN */
};

/* RFC 8701: values sent to keep servers tolerant; 0x0a0a, 0x1a1a to 0xfafa. */
static inline bool
is_grease(uint16_t n)
{
	return (n & 0x0f0f) == 0x0a0a && n >> 8 == (n & 0xff);
}

/* The string of which JA3 is the MD5. */
void ja3_put(struct line *, const struct hello *);

/*
 * The three parts of JA4, unhashed: t13d1516h2, the sorted ciphers, and the sorted
 * extensions with the signature algorithms.
 */
struct ja4 {
	struct line a, b, c;
	bool no_extensions; /* c is to be twelve zeros */
};

void ja4_put(struct ja4 *, const struct hello *);

#endif
