/* SPDX-License-Identifier: ISC */
#ifndef DECODE_MEMBERSHIP_H
#define DECODE_MEMBERSHIP_H

#include "decode/decode.h"

/*
 * The group records of a multicast report: RFC 3376 section 4.2 (IGMP 3) and RFC 3810
 * section 5.2 (MLD 2) differ in the length of an address alone. `c` stands behind the
 * checksum; `say` is called for each group that the records join.
 */
enum decoded membership_read(struct cursor c, enum addr_kind,
    void (*say)(const struct context *, struct addr group), const struct context *);

#endif
