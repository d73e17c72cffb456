/* SPDX-License-Identifier: ISC */
#ifndef DECODE_HELLO_H
#define DECODE_HELLO_H

#include "decode/decode.h"

/*
 * The ClientHello, which TLS, DTLS and QUIC share. What carried it is the first
 * letter of JA4.
 */
enum { CLIENT_HELLO = 1, HANDSHAKE_HEADER = 4 };

enum hello_over { HELLO_TLS = 't', HELLO_QUIC = 'q', HELLO_DTLS = 'd' };

/* The body of the message, behind its handshake header. */
enum decoded hello_read(struct cursor, enum hello_over, const struct context *);

#endif
