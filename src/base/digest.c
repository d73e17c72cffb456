/* SPDX-License-Identifier: ISC */
#include "base/digest.h"

#include <openssl/evp.h>
#include <stdlib.h>

#include "base/err.h"

struct sha256 {
	EVP_MD_CTX *context;
};

/* Without a type it is that of before: to look it up again costs more than to hash. */
static void
begin(struct sha256 *s, const EVP_MD *type)
{
	if (EVP_DigestInit_ex(s->context, type, NULL) != 1)
		FAULT("SHA-256 is not to be had");
}

struct sha256 *
sha256_new(void)
{
	struct sha256 *s = must_alloc(1, sizeof *s);

	s->context = EVP_MD_CTX_new();
	if (s->context == NULL)
		FAULT("out of memory");
	begin(s, EVP_sha256());
	return s;
}

void
sha256_add(struct sha256 *s, const void *bytes, size_t n)
{
	if (EVP_DigestUpdate(s->context, bytes, n) != 1)
		FAULT("SHA-256 failed");
}

void
sha256_take(struct sha256 *s, char out[SHA256_TEXT])
{
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	if (EVP_DigestFinal_ex(s->context, raw, &n) != 1 || n != 32)
		FAULT("SHA-256 failed");
	for (unsigned i = 0; i < n; i++) {
		out[i * 2] = "0123456789abcdef"[raw[i] >> 4];
		out[i * 2 + 1] = "0123456789abcdef"[raw[i] & 15];
	}
	out[SHA256_TEXT - 1] = '\0';
	begin(s, NULL);
}

void
sha256_free(struct sha256 *s)
{
	if (s != NULL)
		EVP_MD_CTX_free(s->context);
	free(s);
}

void
sha256_hex(const void *bytes, size_t n, char out[SHA256_TEXT])
{
	struct sha256 *s = sha256_new();

	sha256_add(s, bytes, n);
	sha256_take(s, out);
	sha256_free(s);
}

/* A random one, drawn once: names of this program are in no other space. */
static const unsigned char name_space[16] = { 0x3d, 0x9b, 0x1f, 0x62, 0x7c, 0x04, 0x4e,
	0x8a, 0x91, 0x55, 0xd0, 0x2e, 0x86, 0xb7, 0x13, 0xca };

const char *
uuid_of(const void *name, size_t n, char out[UUID_TEXT])
{
	static EVP_MD_CTX *c; /* to look SHA-1 up costs more than to hash a name */
	const EVP_MD *first = c == NULL ? EVP_sha1() : NULL;
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	size_t at = 0;

	if (c == NULL)
		c = EVP_MD_CTX_new();
	if (c == NULL || EVP_DigestInit_ex(c, first, NULL) != 1 ||
	    EVP_DigestUpdate(c, name_space, sizeof name_space) != 1 ||
	    EVP_DigestUpdate(c, name, n) != 1 ||
	    EVP_DigestFinal_ex(c, raw, &len) != 1 || len < 16)
		FAULT("SHA-1 is not to be had");
	raw[6] = (unsigned char)((raw[6] & 0x0f) | 0x50);
	raw[8] = (unsigned char)((raw[8] & 0x3f) | 0x80);
	for (unsigned i = 0; i < 16; i++) {
		if (i == 4 || i == 6 || i == 8 || i == 10)
			out[at++] = '-';
		out[at++] = "0123456789abcdef"[raw[i] >> 4];
		out[at++] = "0123456789abcdef"[raw[i] & 15];
	}
	out[at] = '\0';
	return out;
}
