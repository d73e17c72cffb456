/* SPDX-License-Identifier: ISC */
#ifndef DECODE_NTLM_H
#define DECODE_NTLM_H

#include "decode/decode.h"
#include "decode/line.h"

/*
 * Says what an NTLM message (MS-NLMP section 2.2.1) tells of its sender: the first in
 * these bytes, behind whatever GSS-API puts before it. Users and secrets are passed
 * over.
 */
void ntlm_say(struct cursor, const struct context *);

/* UTF-16, least significant byte first, up to a NUL; as UTF-8. */
void line_utf16(struct line *, struct cursor);

#endif
