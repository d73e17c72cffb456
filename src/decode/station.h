/* SPDX-License-Identifier: ISC */
#ifndef DECODE_STATION_H
#define DECODE_STATION_H

#include "base/addr.h"

/*
 * Calling-Station-Id and Called-Station-Id of RADIUS (RFC 2865 sections 5.30 and 5.31,
 * RFC 3580 sections 3.20 and 3.21), as access servers spell them.
 */

/* NAS-Port-Type: RFC 2865 section 5.41. */
enum { PORT_ETHERNET = 15, PORT_WIRELESS = 19 };

/*
 * A MAC address at the start of a text in any of its spellings; what follows it in
 * rest. False when there is none. One that is nobody's is of kind ADDR_NONE.
 */
bool station_mac(struct text, struct addr *mac, struct text *rest);

/* The link-layer address of who calls, or none; the type of port is 0 when not told. */
struct addr station_caller(struct text calling, uint32_t port);

/* The SSID behind the address or, of a wireless port, the name of the access point. */
struct text station_ssid(struct text called, uint32_t port);

#endif
