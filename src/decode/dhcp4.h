/* SPDX-License-Identifier: ISC */
#ifndef DECODE_DHCP4_H
#define DECODE_DHCP4_H

#include "decode/decode.h"

/* One option of a client, as an access server that heard it passes it on. */
void dhcp4_option(const struct context *, struct addr client, uint8_t code,
    struct cursor value);

#endif
