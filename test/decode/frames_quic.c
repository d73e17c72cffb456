/* SPDX-License-Identifier: ISC */
/*
 * Writes the captures of the golden pairs of QUIC and DTLS: test/decode/quic,
 * test/decode/gquic, test/decode/dtls. Made up from the documents: the hello of RFC
 * 9001 appendix A.2 with another name in it, sealed by libcrypto's own HKDF; addresses
 * of RFC 5737 and RFC 7042, names of RFC 2606. From the root of the tree:
 *
 *	cc -o build/frames_quic test/decode/frames_quic.c -lcrypto && build/frames_quic
 */
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include "frames.h"

enum { TAG = 16, DATAGRAM = 1200 };

static void
add_number(struct bytes *to, uint64_t n, size_t bytes)
{
	while (bytes-- > 0)
		add(to, &(uint8_t){ (uint8_t)(n >> 8 * bytes) }, 1);
}

static const uint8_t *
address(bool station, bool link)
{
	if (link)
		return (const uint8_t *)(station ? "\2\0\0\0\0\7" : "\2\0\0\0\0\1");
	return (const uint8_t *)(station ? "\300\0\2\7" : "\306\x33\x64\1");
}

/* A datagram of the station, or to it; without checksum (RFC 768 allows it). */
static void
datagram(bool up, unsigned port, unsigned peer, const struct bytes *payload)
{
	struct bytes f = { .n = 0 };
	uint32_t sum = 0;

	add(&f, address(!up, true), 6);
	add(&f, address(up, true), 6);
	add(&f, BYTES("\x08\0\x45\0"));
	add_number(&f, 28 + payload->n, 2);
	add(&f, BYTES("\x12\x34\x40\0\x40\x11\0\0"));
	add(&f, address(up, false), 4);
	add(&f, address(!up, false), 4);
	for (size_t i = 14; i < 34; i += 2)
		sum += (uint32_t)f.b[i] << 8 | f.b[i + 1];
	sum = (sum & 0xffff) + (sum >> 16);
	f.b[24] = (uint8_t)(~sum >> 8);
	f.b[25] = (uint8_t)~sum;
	add_number(&f, up ? port : peer, 2);
	add_number(&f, up ? peer : port, 2);
	add_number(&f, 8 + payload->n, 2);
	add_number(&f, 0, 2);
	add(&f, payload->b, payload->n);
	record(&f);
}

struct version {
	uint32_t number;
	const char *salt;
	unsigned initial; /* the type of the packet */
	const char *key, *iv, *hp;
};

static const struct version one = { 1,
	"\x38\x76\x2c\xf7\xf5\x59\x34\xb3\x4d\x17\x9a\xe6\xa4\xc8\x0c\xad\xcc\xbb\x7f"
	"\x0a",
	0, "quic key", "quic iv", "quic hp" };
static const struct version two = { 0x6b3343cf,
	"\x0d\xed\xe3\xde\xf7\x00\xa6\xdb\x81\x93\x81\xbe\x6e\x26\x9d\xcb\xf9\xbd\x2e"
	"\xd9",
	1, "quicv2 key", "quicv2 iv", "quicv2 hp" };
static const struct version draft29 = { 0xff00001d,
	"\xaf\xbf\xec\x28\x99\x93\xd2\x4c\x9e\x97\x86\xf1\x9c\x61\x11\xe0\x43\x90\xa8"
	"\x99",
	0, "quic key", "quic iv", "quic hp" };
static const struct version draft27 = { 0xff00001b,
	"\xc3\xee\xf7\x12\xc7\x2e\xbb\x5a\x11\xa7\xd2\x43\x2b\xb4\x63\x65\xbe\xf9\xf5"
	"\x02",
	0, "quic key", "quic iv", "quic hp" };
static const struct version draft34 = { 0xff000022,
	"\x38\x76\x2c\xf7\xf5\x59\x34\xb3\x4d\x17\x9a\xe6\xa4\xc8\x0c\xad\xcc\xbb\x7f"
	"\x0a",
	0, "quic key", "quic iv", "quic hp" };
static const struct version q050 = { 0x51303530,
	"\x50\x45\x74\xef\xd0\x66\xfe\x2f\x9d\x94\x5c\xfc\xdb\xd3\xa7\xf0\xd3\xb5\x6b"
	"\x45",
	0, "quic key", "quic iv", "quic hp" };
static const struct version t051 = { 0x54303531,
	"\x7a\x4e\xde\xf4\xe7\xcc\xee\x5f\xa4\x50\x6c\x19\x12\x4f\xc8\xcc\xda\x6e\x03"
	"\x3d",
	0, "quic key", "quic iv", "quic hp" };

static void
hkdf(int mode, const void *key, size_t n_key, const void *other, size_t n_other,
    void *to, size_t n)
{
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);
	OSSL_PARAM params[] = {
		OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, "SHA256", 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)key,
		    n_key),
		OSSL_PARAM_construct_octet_string(mode == EVP_KDF_HKDF_MODE_EXTRACT_ONLY
		        ? OSSL_KDF_PARAM_SALT
		        : OSSL_KDF_PARAM_INFO,
		    (void *)other, n_other),
		OSSL_PARAM_construct_end(),
	};

	if (EVP_KDF_derive(ctx, to, n, params) != 1)
		abort();
	EVP_KDF_CTX_free(ctx);
	EVP_KDF_free(kdf);
}

static void
expand(const uint8_t secret[32], const char *label, void *to, size_t n)
{
	struct bytes info = { .n = 0 };

	add_number(&info, n, 2);
	add_number(&info, 6 + strlen(label), 1);
	add(&info, BYTES("tls13 "));
	add(&info, label, strlen(label));
	add_number(&info, 0, 1);
	hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, secret, 32, info.b, info.n, to, n);
}

static void
cipher(const EVP_CIPHER *how, const uint8_t *key, const uint8_t *iv,
    const struct bytes *also, const uint8_t *in, size_t n, struct bytes *to)
{
	EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
	int len = 0;

	if (EVP_EncryptInit_ex(ctx, how, NULL, key, iv) != 1 ||
	    (also != NULL &&
	        EVP_EncryptUpdate(ctx, NULL, &len, also->b, (int)also->n) != 1) ||
	    EVP_EncryptUpdate(ctx, to->b + to->n, &len, in, (int)n) != 1)
		abort();
	to->n += (size_t)len;
	if (also != NULL) {
		(void)EVP_EncryptFinal_ex(ctx, to->b + to->n, &len);
		(void)EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG,
		    to->b + to->n);
		to->n += TAG;
	}
	EVP_CIPHER_CTX_free(ctx);
}

/* What an Initial is: keys_of is the id from which its keys follow. */
struct initial {
	const struct version *version;
	const char *dcid, *keys_of; /* the latter of 8 bytes */
	const char *side;
	const char *token;
	uint8_t number;
	size_t size; /* of the packet, padded; 0: as it comes */
};

/* RFC 9001 section 5, straight down. */
static void
seal(struct bytes *to, const struct initial *p, const struct bytes *frames)
{
	struct bytes header = { .n = 0 }, clear = *frames, sealed = { .n = 0 };
	struct bytes mask = { .n = 0 };
	uint8_t initial[32], secret[32], key[16], iv[12], hp[16];
	size_t n_dcid = strlen(p->dcid);
	size_t overhead = 1 + 4 + 1 + n_dcid + 1 + 1 + strlen(p->token) + 2 + 1 + TAG;

	while (clear.n + overhead < p->size)
		add_number(&clear, 0, 1);
	hkdf(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, p->keys_of, 8, p->version->salt, 20,
	    initial, 32);
	expand(initial, p->side, secret, 32);
	expand(secret, p->version->key, key, 16);
	expand(secret, p->version->iv, iv, 12);
	expand(secret, p->version->hp, hp, 16);
	add_number(&header, 0xc0 | p->version->initial << 4, 1);
	add_number(&header, p->version->number, 4);
	add_number(&header, n_dcid, 1);
	add(&header, p->dcid, n_dcid);
	add_number(&header, 0, 1);
	add_number(&header, strlen(p->token), 1);
	add(&header, p->token, strlen(p->token));
	add_number(&header, 0x4000 | (1 + clear.n + TAG), 2);
	add_number(&header, p->number, 1);
	iv[11] ^= p->number;
	cipher(EVP_aes_128_gcm(), key, iv, &header, clear.b, clear.n, &sealed);
	cipher(EVP_aes_128_ecb(), hp, NULL, NULL, sealed.b + 3, 16, &mask);
	header.b[0] ^= mask.b[0] & 0x0f;
	header.b[header.n - 1] ^= mask.b[1];
	add(to, header.b, header.n);
	add(to, sealed.b, sealed.n);
}

/* RFC 9001 appendix A.2; reserved parameters of RFC 9000 section 18.1 added. */
#define HELLO                                                                          \
	"\1\0\0\xf1\3\3\xeb\xf8\xfa\x56\xf1\x29\x39\xb9\x58\x4a\x38\x96\x47\x2e\xc4"   \
	"\x0b\xb8\x63\xcf\xd3\xe8\x68\x04\xfe\x3a\x47\xf0\x6a\x2b\x69\x48\x4c\0\0\4"   \
	"\x13\1\x13\2\1\0\0\xc4\0\0\0\x10\0\x0e\0\0\x0b"                               \
	"example.com\xff\1\0\1\0\0\x0a\0\x08\0\6\0\x1d\0\x17\0\x18\0\x10\0\7\0\5\4"    \
	"alpn\0\5\0\5\1\0\0\0\0\0\x33\0\x26\0\x24\0\x1d\0\x20\x93\x70\xb2\xc9\xca"     \
	"\xa4\x7f\xba\xba\xf4\x55\x9f\xed\xba\x75\x3d\xe1\x71\xfa\x71\xf5\x0f\x1c"     \
	"\xe1\x5d\x43\xe9\x94\xec\x74\xd7\x48\0\x2b\0\3\2\3\4\0\x0d\0\x10\0\x0e\4"     \
	"\3\5\3\6\3\2\3\x08\4\x08\5\x08\6\0\x2d\0\2\1\1\0\x1c\0\2\x40\1\0\x39\0"       \
	"\x36\4\x08\xff\xff\xff\xff\xff\xff\xff\xff\x1b\0\5\4\x80\0\xff\xff\7\4\x80"   \
	"\0\xff\xff\x08\1\x10\1\4\x80\0\x75\x30\x09\1\x10\x0f\x08\x83\x94\xc8\xf0\x3e" \
	"\x51\x57"                                                                     \
	"\x08\x3a\0\6\4\x80\0\xff\xff"

static void
crypto(struct bytes *to, size_t from, size_t n)
{
	static const uint8_t hello[] = HELLO;

	add_number(to, 6, 1);
	add_number(to, 0x4000 | from, 2);
	add_number(to, 0x4000 | n, 2);
	add(to, hello + from, n);
}

static const size_t whole = sizeof(HELLO) - 1;

static void
whole_in_one(unsigned port, const struct version *v, const char *id)
{
	struct bytes frames = { .n = 0 }, d = { .n = 0 };

	crypto(&frames, 0, whole);
	if (v == &q050 || v == &t051)
		frames.b[0] = 8; /* Google's number of the frame */
	seal(&d, &(struct initial){ v, id, id, "client in", "", 0, DATAGRAM }, &frames);
	datagram(true, port, 443, &d);
}

/* Cut small and shuffled, over two packets, the later part first, with a PING. */
static void
in_pieces(unsigned port)
{
	struct initial p = { &one, "piecemea", "piecemea", "client in", "", 1,
		DATAGRAM };
	struct bytes late = { .n = 0 }, early = { .n = 0 }, d = { .n = 0 };

	crypto(&late, 200, whole - 200);
	crypto(&late, 150, 30);
	add_number(&late, 1, 1);
	crypto(&late, 170, 60);
	seal(&d, &p, &late);
	datagram(true, port, 443, &d);
	d.n = 0;
	p.number = 0;
	crypto(&early, 60, 100);
	crypto(&early, 0, 80);
	seal(&d, &p, &early);
	datagram(true, port, 443, &d);
}

/*
 * Half a hello; a Retry; the whole of it again under the id that the server chose,
 * with the token. Then what the server answers, which is nobody's hello.
 */
static void
after_retry(unsigned port)
{
	struct initial p = { &one, "firsttry", "firsttry", "client in", "", 0,
		DATAGRAM };
	struct bytes half = { .n = 0 }, full = { .n = 0 }, d = { .n = 0 };

	crypto(&half, 0, 100);
	seal(&d, &p, &half);
	datagram(true, port, 443, &d);
	d.n = 0;
	add(&d, BYTES("\xf0\0\0\0\1\0\x08secndtrytoken0123456789abcdef"));
	datagram(false, port, 443, &d);
	d.n = 0;
	p = (struct initial){ &one, "secndtry", "secndtry", "client in", "token", 1,
		DATAGRAM };
	crypto(&full, 0, whole);
	seal(&d, &p, &full);
	datagram(true, port, 443, &d);
	d.n = 0;
	p.side = "server in";
	p.token = "";
	seal(&d, &p, &half);
	datagram(false, port, 443, &d);
}

/*
 * The first half; then, the server having chosen its id, the second half under that
 * id with the old keys, behind an acknowledgement and in front of a coalesced packet.
 */
static void
after_new_id(unsigned port, const char *server)
{
	struct initial p = { &one, "clientid", "clientid", "client in", "", 0,
		DATAGRAM };
	struct bytes frames = { .n = 0 }, d = { .n = 0 };

	crypto(&frames, 0, 100);
	seal(&d, &p, &frames);
	datagram(true, port, 443, &d);
	d.n = frames.n = 0;
	p.dcid = server;
	p.number = 1;
	p.size = 0;
	add(&frames, BYTES("\2\0\0\0\0"));
	crypto(&frames, 100, whole - 100);
	seal(&d, &p, &frames);
	add(&d,
	    BYTES("\xe0\0\0\0\1\x08serverid\0\x40\x20handshake packet, sealed by TLS"));
	datagram(true, port, 443, &d);
}

/* RFC 9000 section 6: an unknown version, the list of the server, and version 1. */
static void
after_negotiation(unsigned port)
{
	struct bytes d = { .n = 0 };

	add(&d, BYTES("\xca\x1a\x2a\x3a\x4a\x08reserved\0"));
	while (d.n < DATAGRAM)
		add_number(&d, 0, 1);
	datagram(true, port, 443, &d);
	d.n = 0;
	add(&d, BYTES("\x80\0\0\0\0\0\x08reserved\0\0\0\1"));
	datagram(false, port, 443, &d);
	whole_in_one(port, &one, "known by");
}

static void
make_quic(void)
{
	struct bytes bad = { .n = 0 };

	begin("quic", "quic", 1);
	whole_in_one(40000, &one, "\x83\x94\xc8\xf0\x3e\x51\x57\x08");
	whole_in_one(40001, &two, "version2");
	whole_in_one(40002, &draft29, "draft-29");
	in_pieces(40003);
	after_retry(40004);
	after_new_id(40005, "serverid");
	after_negotiation(40006);
	/* Sealed by nobody's keys, and bulk data of no known version. */
	add(&bad, BYTES("\xc0\0\0\0\1\x08notakey!\0\0\x40\x20"));
	add(&bad, BYTES("0123456789abcdef0123456789abcdef"));
	datagram(true, 40007, 443, &bad);
	memcpy(bad.b, "\x80\x60\x12\x34\x56", 5);
	datagram(true, 40008, 5004, &bad);
	/* A server without an id; other drafts; and two of Google's. */
	after_new_id(40009, "");
	whole_in_one(40010, &draft27, "draft-27");
	whole_in_one(40011, &draft34, "draft-34");
	whole_in_one(40012, &q050, "googleQ5");
	whole_in_one(40013, &t051, "googleT5");
	end();
}

#define CHLO                                                                      \
	"CHLO\4\0\0\0PAD\0\x08\0\0\0SNI\0\x13\0\0\0VER\0\x17\0\0\0UAID\x31\0\0\0" \
	"--------example.comQ043Chrome/60.0 Windows NT 6.1"

static void
make_gquic(void)
{
	struct bytes d = { .n = 0 };

	begin("gquic", "gquic", 1);
	/* Q043: public flags, id, version, number, hash, STREAM 1 of 16-bit length */
	add(&d,
	    BYTES("\x09"
	          "cidcid43Q043\1hashhashhash\xa0\1\0"));
	add_number(&d, sizeof(CHLO) - 1, 1);
	add(&d, BYTES(CHLO "\0\0\0\0"));
	datagram(true, 40000, 443, &d);
	/* Q046: a long header, the hello in two frames */
	d.n = 0;
	add(&d,
	    BYTES("\xc3Q046\x50"
	          "cidcid46\0\0\0\1hashhashhash\xa0\1\0\x14"));
	add(&d, CHLO, 20);
	add(&d, BYTES("\xa4\1\0\x14\0"));
	add_number(&d, sizeof(CHLO) - 1 - 20, 1);
	add(&d, CHLO + 20, sizeof(CHLO) - 1 - 20);
	datagram(true, 40001, 443, &d);
	end();
}

#define DTLS_BODY                                                        \
	"\xfe\xfd"                                                       \
	"0123456789abcdef0123456789abcdef\0\4cook\0\4\xc0\x2b\0\x2f\1\0" \
	"\0\x1a\0\x0a\0\4\0\2\0\x1d\0\x0d\0\4\0\2\4\3\0\x0e\0\2\0\1\xfd\xe8\0\0"

/* A record with so much of the hello; `seq` is the number of the message. */
static void
dtls_piece(struct bytes *d, unsigned seq, size_t from, size_t n)
{
	add(d, BYTES("\x16\xfe\xff\0\0\0\0\0\0\0\0"));
	add_number(d, 12 + n, 2);
	add_number(d, 1, 1);
	add_number(d, sizeof(DTLS_BODY) - 1, 3);
	add_number(d, seq, 2);
	add_number(d, from, 3);
	add_number(d, n, 3);
	add(d, DTLS_BODY + from, n);
}

static void
dtls_datagram(unsigned port, unsigned seq, size_t from, size_t n)
{
	struct bytes d = { .n = 0 };

	dtls_piece(&d, seq, from, n);
	datagram(true, port, 3478, &d);
}

static void
make_dtls(void)
{
	struct bytes d = { .n = 0 };
	const size_t all = sizeof(DTLS_BODY) - 1;

	begin("dtls", "dtls", 1);
	dtls_datagram(40000, 0, 0, all);
	/* in three pieces that overlap, the last of them first, one of them twice */
	dtls_datagram(40001, 1, 60, all - 60);
	dtls_datagram(40001, 1, 0, 40);
	dtls_datagram(40001, 1, 0, 40);
	dtls_datagram(40001, 1, 30, 35);
	/* in two records of one datagram */
	dtls_piece(&d, 0, 0, 50);
	dtls_piece(&d, 0, 50, all - 50);
	datagram(true, 40002, 3478, &d);
	/* never whole: pieces of two messages, and of two clients */
	dtls_datagram(40003, 0, 0, 50);
	dtls_datagram(40003, 1, 50, all - 50);
	dtls_datagram(40004, 1, 0, 50);
	end();
}

int
main(void)
{
	make_quic();
	make_gquic();
	make_dtls();
	return EXIT_SUCCESS;
}
