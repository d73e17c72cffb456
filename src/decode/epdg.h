/* SPDX-License-Identifier: ISC */
#ifndef DECODE_EPDG_H
#define DECODE_EPDG_H

#include "base/addr.h"
#include "base/cursor.h"

/*
 * Gateways by which phones reach their operator's network over Wi-Fi, to call: evolved
 * packet data gateways. They are known by the names under which phones look them up
 * (3GPP TS 23.003 section 19.4.2.9), so by the addresses in the answers. The oldest
 * goes out for a newcomer.
 */
struct epdgs;

struct epdgs *epdgs_new(void);
void epdgs_free(struct epdgs *);

/* Keeps the addresses of an answer of DNS, if it is to a question for such a name. */
void epdg_learn(struct epdgs *, struct cursor message);
bool epdg_is(const struct epdgs *, struct addr); /* also of NULL */

#endif
