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

/* More than any client sends; longer lists have no fingerprint. */
enum { JA_LIST_MAX = 512 };

struct ja_list {
	uint16_t n[JA_LIST_MAX];
	size_t len;
	size_t count; /* with those that are left out of the list */
	bool cut;
};

/* What JA4 is made of, in wire order; all but server name and ALPN, and no GREASE. */
struct ja4 {
	struct ja_list ciphers, extensions, signatures;
};

/* Part a is t13d1516h2. These two are printed as digests, or as zeros when empty. */
enum ja4_part {
	JA4_B, /* the sorted ciphers */
	JA4_C  /* the sorted extensions, and the signature algorithms */
};

/* False when a list is too long. */
bool ja4_read(struct ja4 *, const struct hello *);
void ja4_put_a(struct line *, const struct ja4 *, const struct hello *);
bool ja4_is_empty(const struct ja4 *, enum ja4_part);
/* The part unhashed; sorts its list. */
void ja4_put(struct line *, struct ja4 *, enum ja4_part);
/* The same for all orders of what is sorted, and much cheaper than to sort it. */
uint64_t ja4_hash(const struct ja4 *, enum ja4_part, uint64_t seed);

#endif
