/* SPDX-License-Identifier: ISC */
#ifndef DECODE_EAP_H
#define DECODE_EAP_H

#include "decode/decode.h"

/*
 * An EAP message (RFC 3748), from EAPOL or out of RADIUS: the identity that a
 * supplicant gives, the methods that it takes, and what it says of itself when it
 * enrols by Wi-Fi Protected Setup. `sender` is who sent it when it is a response.
 */
enum decoded eap_read(struct cursor, const struct context *, struct addr sender);

/*
 * True of an identity that is nobody's: empty, of a realm alone (RFC 7542 section
 * 2.4), or by the word that everybody uses. It joins nothing to anybody.
 */
bool eap_is_anonymous(struct text identity);

#endif
