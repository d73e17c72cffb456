/* SPDX-License-Identifier: ISC */
/* The one place of the decoders that knows libcrypto. */
#include "decode/digest.h"

#include <openssl/evp.h>

#include "decode/line.h"

bool
digest_hex(enum digest kind, struct text t, char hex[DIGEST_TEXT])
{
	uint8_t raw[EVP_MAX_MD_SIZE];
	unsigned n = 0;
	const EVP_MD *md = kind == DIGEST_MD5 ? EVP_md5() : EVP_sha256();

	if (EVP_Digest(t.s, t.len, raw, &n, md, NULL) != 1)
		return false;
	struct line l = line_over(hex, DIGEST_TEXT - 1);
	line_hex(&l, cur_over(raw, kind == DIGEST_MD5 ? 16 : 6));
	hex[l.len] = '\0';
	return true;
}
