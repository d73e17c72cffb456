/* SPDX-License-Identifier: ISC */
#ifndef DECODE_UPNP_H
#define DECODE_UPNP_H

#include "decode/decode.h"

/* Whether a body is the description of a UPnP device, by its first bytes. */
bool upnp_is_description(struct text body);

/* Says of the sender what the description tells, as far as it is there. */
void upnp_say(struct text body, const struct context *);

#endif
