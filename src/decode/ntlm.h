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

/*
 * The same of a field of HTTP that carries one in base64, RFC 4559 section 4:
 * `Negotiate` or `NTLM`. No more than the system's version and the computer's name.
 */
void ntlm_say_field(struct text value, const struct context *);

/* UTF-16, least significant byte first, up to a NUL; as UTF-8. */
void line_utf16(struct line *, struct cursor);

#endif
