/* SPDX-License-Identifier: ISC */
#include "decode/quicseal.h"

#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "decode/line.h"

enum { HASH = 32, BLOCK = 64, TAG = 16, SAMPLE = 16, DATAGRAM_MAX = 65536 };

/* Everything that libcrypto wants to allocate is allocated once. */
struct quic_seal {
	EVP_MD *sha256;
	EVP_MD_CTX *digest;
	EVP_CIPHER *ecb, *gcm;
	EVP_CIPHER_CTX *mask, *aead;
	uint8_t clear[DATAGRAM_MAX];
};

struct quic_seal *
quic_seal_new(void)
{
	struct quic_seal *s = must_alloc(1, sizeof *s);
	struct quic_keys warm;

	s->sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
	s->digest = EVP_MD_CTX_new();
	s->ecb = EVP_CIPHER_fetch(NULL, "AES-128-ECB", NULL);
	s->gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
	s->mask = EVP_CIPHER_CTX_new();
	s->aead = EVP_CIPHER_CTX_new();
	if (s->sha256 == NULL || s->digest == NULL || s->ecb == NULL ||
	    s->gcm == NULL || s->mask == NULL || s->aead == NULL ||
	    EVP_EncryptInit_ex2(s->mask, s->ecb, NULL, NULL, NULL) != 1 ||
	    EVP_DecryptInit_ex2(s->aead, s->gcm, NULL, NULL, NULL) != 1 ||
	    !quic_keys_derive(s, quic_version_find(1), cur_over("warm", 4), &warm))
		FAULT("libcrypto has no SHA-256 or AES-128");
	return s;
}

void
quic_seal_free(struct quic_seal *s)
{
	if (s == NULL)
		return;
	EVP_MD_CTX_free(s->digest);
	EVP_MD_free(s->sha256);
	EVP_CIPHER_CTX_free(s->mask);
	EVP_CIPHER_CTX_free(s->aead);
	EVP_CIPHER_free(s->ecb);
	EVP_CIPHER_free(s->gcm);
	free(s);
}

/* One of the two hashes of RFC 2104: over the key under a pad, then over bytes. */
static bool
padded_hash(struct quic_seal *s, const uint8_t *key, size_t n, uint8_t pad,
    const void *bytes, size_t len, uint8_t out[HASH])
{
	uint8_t block[BLOCK];

	memset(block, pad, sizeof block);
	for (size_t i = 0; i < n; i++)
		block[i] ^= key[i];
	return EVP_DigestInit_ex2(s->digest, s->sha256, NULL) == 1 &&
	    EVP_DigestUpdate(s->digest, block, sizeof block) == 1 &&
	    EVP_DigestUpdate(s->digest, bytes, len) == 1 &&
	    EVP_DigestFinal_ex(s->digest, out, NULL) == 1;
}

/* HMAC by hand, since libcrypto's allocates for each; the key fits in a block. */
static bool
hmac(struct quic_seal *s, const uint8_t *key, size_t n, const void *bytes, size_t len,
    uint8_t out[HASH])
{
	uint8_t within[HASH];

	return padded_hash(s, key, n, 0x36, bytes, len, within) &&
	    padded_hash(s, key, n, 0x5c, within, sizeof within, out);
}

/* HKDF-Expand-Label of RFC 8446 section 7.1, of at most one block. */
static bool
expand(struct quic_seal *s, const uint8_t secret[HASH], const char *label, uint8_t *out,
    size_t n)
{
	char info[64];
	struct line l = line_over(info, sizeof info);
	uint8_t block[HASH];

	line_char(&l, 0);
	line_char(&l, (char)n);
	line_char(&l, (char)(strlen("tls13 ") + strlen(label)));
	line_word(&l, "tls13 ");
	line_word(&l, label);
	line_char(&l, 0); /* no context */
	line_char(&l, 1); /* RFC 5869 section 2.3: the first block */
	if (!hmac(s, secret, HASH, l.s, l.len, block))
		return false;
	memcpy(out, block, n);
	return true;
}

bool
quic_keys_derive(struct quic_seal *s, const struct quic_version *v, struct cursor dcid,
    struct quic_keys *k)
{
	static const char *const labels[2][3] = {
		{ "quic key", "quic iv", "quic hp" },
		{ "quicv2 key", "quicv2 iv", "quicv2 hp" }, /* RFC 9369 section 3.3.2 */
	};
	const char *const *label = labels[v->dialect == QUIC_TWO];
	uint8_t initial[HASH], client[HASH];

	return hmac(s, (const uint8_t *)v->salt, QUIC_SALT, dcid.at, cur_left(&dcid),
	           initial) &&
	    expand(s, initial, "client in", client, HASH) &&
	    expand(s, client, label[0], k->key, sizeof k->key) &&
	    expand(s, client, label[1], k->iv, sizeof k->iv) &&
	    expand(s, client, label[2], k->hp, sizeof k->hp);
}

/* What covers the first byte and the number of the packet. RFC 9001 section 5.4. */
static bool
mask_of(struct quic_seal *s, const struct quic_keys *k, struct cursor body,
    uint8_t mask[SAMPLE])
{
	int n = 0;

	cur_skip(&body, 4); /* as if the number took the most it can */
	struct cursor sample = cur_take(&body, SAMPLE);
	return cur_ok(&sample) &&
	    EVP_EncryptInit_ex2(s->mask, NULL, k->hp, NULL, NULL) == 1 &&
	    EVP_EncryptUpdate(s->mask, mask, &n, sample.at, SAMPLE) == 1;
}

static bool
also_sealed(struct quic_seal *s, const uint8_t *bytes, size_t n)
{
	int took = 0;

	return EVP_DecryptUpdate(s->aead, NULL, &took, bytes, (int)n) == 1;
}

struct cursor
quic_open(struct quic_seal *s, const struct quic_keys *k, const struct quic_packet *p)
{
	struct cursor body = p->body, none = { .spent = true };
	struct cursor header = p->whole;
	uint8_t mask[SAMPLE], number[4], nonce[sizeof k->iv], tag[TAG];
	int n = 0, last = 0;

	if (!mask_of(s, k, body, mask))
		return none;
	uint8_t first = cur_u8(&header) ^ (mask[0] & 0x0f);
	size_t digits = (first & 3u) + 1;
	memcpy(nonce, k->iv, sizeof nonce);
	/* The first packets of a connection: what is sent is the whole number. */
	for (size_t i = 0; i < digits; i++) {
		number[i] = cur_u8(&body) ^ mask[1 + i];
		nonce[sizeof nonce - digits + i] ^= number[i];
	}
	if (cur_left(&body) < TAG || cur_left(&body) - TAG > sizeof s->clear)
		return none;
	struct cursor sealed = cur_take(&body, cur_left(&body) - TAG);
	memcpy(tag, body.at, TAG);
	header.end = p->body.at;
	if (EVP_DecryptInit_ex2(s->aead, NULL, k->key, nonce, NULL) != 1 ||
	    !also_sealed(s, &first, 1) ||
	    !also_sealed(s, header.at, cur_left(&header)) ||
	    !also_sealed(s, number, digits) ||
	    EVP_DecryptUpdate(s->aead, s->clear, &n, sealed.at,
	        (int)cur_left(&sealed)) != 1 ||
	    EVP_CIPHER_CTX_ctrl(s->aead, EVP_CTRL_AEAD_SET_TAG, TAG, tag) != 1 ||
	    EVP_DecryptFinal_ex(s->aead, s->clear + n, &last) != 1)
		return none;
	return cur_over(s->clear, (size_t)n);
}
