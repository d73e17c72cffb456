/* SPDX-License-Identifier: ISC */
#ifndef DECODE_DIGEST_H
#define DECODE_DIGEST_H

#include <stdbool.h>

#include "base/text.h"

/* Hexadecimal digests as JA3 (MD5) and JA4 (12 digits of SHA-256) print them. */
enum digest { DIGEST_MD5, DIGEST_SHA256_12 };

enum { DIGEST_TEXT = 33 };

/* With a NUL. False when the library refuses, as MD5 under a FIPS policy. */
bool digest_hex(enum digest, struct text, char hex[DIGEST_TEXT]);

#endif
