/* SPDX-License-Identifier: ISC */
#ifndef DECODE_NETBIOS_H
#define DECODE_NETBIOS_H

#include "decode/line.h"

/*
 * A NetBIOS name: fifteen bytes filled with blanks, and a suffix that tells what goes
 * by it. RFC 1001 section 14, RFC 1002 section 4.1.
 */
enum { NETBIOS_NAME = 15 };

struct netbios_name {
	char bytes[NETBIOS_NAME];
	uint8_t suffix;
};

/* In its half-ASCII form, as one label of 32 letters; the labels of its scope are
 * passed over. False when it is anything else. */
bool netbios_read(struct cursor *, struct netbios_name *);
/* Sixteen bytes as they are. */
bool netbios_read_plain(struct cursor *, struct netbios_name *);

struct text netbios_text(const struct netbios_name *);
/* NAME<20> */
void netbios_put(struct line *, const struct netbios_name *);

#endif
