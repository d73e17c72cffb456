/* SPDX-License-Identifier: ISC */
#ifndef DECODE_QUICSEAL_H
#define DECODE_QUICSEAL_H

#include "decode/quicpacket.h"

/*
 * The protection of Initial packets: HKDF (RFC 5869), AES-128-GCM and the mask of the
 * header (RFC 9001 section 5). Their keys follow from the id that the client chose for
 * the server, which is on the wire: this protects from mistakes, not from readers.
 */
struct quic_seal;

struct quic_keys {
	uint8_t key[16], iv[12], hp[16];
};

/* Made before the sandbox closes: libcrypto reads its configuration here. */
struct quic_seal *quic_seal_new(void);
void quic_seal_free(struct quic_seal *);

/* The keys of the client's packets. */
bool quic_keys_derive(struct quic_seal *, const struct quic_version *,
    struct cursor dcid, struct quic_keys *);

/*
 * The frames of a sealed packet, which live until the next call; spent when the seal
 * does not fit these keys.
 */
struct cursor quic_open(struct quic_seal *, const struct quic_keys *,
    const struct quic_packet *);

#endif
