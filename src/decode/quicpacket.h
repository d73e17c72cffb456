/* SPDX-License-Identifier: ISC */
#ifndef DECODE_QUICPACKET_H
#define DECODE_QUICPACKET_H

#include "base/cursor.h"

/*
 * The packets of a datagram. RFC 9000 section 17.2 (long headers), RFC 9369 (version
 * 2), RFC 8999 (what holds in every version), and Google's own versions by their
 * public documents.
 */
enum quic_dialect {
	QUIC_IETF,       /* version 1 and its drafts */
	QUIC_TWO,        /* the types of packets and the labels of keys are others */
	QUIC_SEALED,     /* Google's Q050, T050, T051: sealed, frames of their own */
	QUIC_LONG_CLEAR, /* Q046: a long header of the old form, nothing sealed */
	QUIC_CLEAR       /* Q024 to Q043: public flags, nothing sealed */
};

enum { QUIC_SALT = 20, QUIC_CID_MAX = 20 };

struct quic_version {
	uint32_t first, last;
	enum quic_dialect dialect;
	const char *salt; /* QUIC_SALT bytes; NULL: nothing is sealed */
};

/* NULL for a version that nobody here can read, and for version negotiation. */
const struct quic_version *quic_version_find(uint32_t version);

struct quic_packet {
	uint32_t version;
	const struct quic_version *row;
	bool initial; /* of the client or of the server: keys will tell */
	bool cut;     /* longer than the datagram */
	struct cursor dcid;
	struct cursor whole; /* from its first byte to its end */
	struct cursor body;  /* from the packet number on; the frames if not sealed */
};

/*
 * The next packet of a datagram that has a long header of a known version. False at
 * the end, or at the first that has not.
 */
bool quic_packet_next(struct cursor *, struct quic_packet *);

/*
 * Bulk traffic asks here: whether a datagram can begin with such a packet, by its
 * first byte.
 */
static inline bool
quic_may_begin(const struct cursor *c)
{
	uint8_t flags = cur_peek(c, 0);

	return (flags & 0x80) != 0 || (flags & 0xc9) == 0x09;
}

#endif
