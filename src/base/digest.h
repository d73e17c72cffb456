/* SPDX-License-Identifier: ISC */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>

/* SHA-256 (FIPS 180-4), printed as 64 lower-case hex digits and a NUL. */
enum { SHA256_TEXT = 65 };

void sha256_hex(const void *, size_t, char out[SHA256_TEXT]);

/*
 * UUID version 5 (RFC 9562) of a name in a name space of this program: the same name,
 * the same UUID.
 */
enum { UUID_TEXT = 37 };
const char *uuid_of(const void *name, size_t, char out[UUID_TEXT]);

/* SHA-256 over pieces. */
struct sha256;

struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *, const void *, size_t);
/* The digest of what was added; the next piece begins a new one. */
void sha256_take(struct sha256 *, char out[SHA256_TEXT]);
void sha256_free(struct sha256 *);

#endif
