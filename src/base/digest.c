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
