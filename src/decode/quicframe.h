/* SPDX-License-Identifier: ISC */
#ifndef DECODE_QUICFRAME_H
#define DECODE_QUICFRAME_H

#include "decode/gather.h"
#include "decode/quicpacket.h"

/*
 * The frames of an Initial packet: what they carry of the handshake goes to its
 * place. False when there is a frame that such a packet may not have.
 */
bool quic_frames(struct cursor, const struct quic_version *, struct gather *);

#endif
