/* SPDX-License-Identifier: ISC */
#ifndef IMPORT_HEX_H
#define IMPORT_HEX_H

#include "import/reader.h"

/* "01:52:54:00" as 01525400: in small letters, without colons and dashes. */
struct text hex_bare(struct reader *, struct text);
/* Bytes as hexadecimal. */
struct text hex_of(struct reader *, struct text bytes);

/* As addr_parse: a dotted quad, which most of a log's addresses are, in one pass. */
bool addr_of(struct text, struct addr *);

/*
 * The link-layer address inside a DUID of type 1 or 3 on Ethernet, in hexadecimal
 * without colons (RFC 8415, sections 11.2 and 11.4); ADDR_NONE when there is none.
 */
struct addr duid_mac(struct text bare);

#endif
