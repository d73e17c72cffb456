/* SPDX-License-Identifier: ISC */
#ifndef DECODE_RADIUS_H
#define DECODE_RADIUS_H

#include "decode/decode.h"

/* What the attributes of vendors add to RADIUS: radiusvendor.c. */

/* The link-layer address of the user's device out of a Vendor-Specific attribute. */
struct addr radius_vendor_mac(struct cursor);
/* Everything else that one tells of the user's device. */
void radius_vendor_say(const struct context *, struct addr user, struct cursor);

#endif
