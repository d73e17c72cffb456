/* SPDX-License-Identifier: ISC */
/* Keyed pseudonyms: HMAC-SHA-256 (RFC 2104, FIPS 180-4), cut to what people read. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "report/report.h"

enum { KEY_LEAST = 32, KEY_MOST = 4096 };

struct pseudonyms {
	crypto_auth_hmacsha256_state keyed; /* after the key, before any name */
};

/* The bytes of an open key file, or -1 with what is wrong with it. */
static ssize_t
key_read(int fd, const char *keyfile, unsigned char key[KEY_MOST + 1], bool *exposed,
    struct err *err)
{
	struct stat st;
	size_t len = 0;
	ssize_t n;

	if (fstat(fd, &st) != 0)
		return err_set(err, "%s: %s", keyfile, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(err, "%s: the key must be a regular file", keyfile);
	*exposed = (st.st_mode & 077) != 0;
	while (len <= KEY_MOST && (n = read(fd, key + len, KEY_MOST + 1 - len)) != 0) {
		if (n < 0 && errno != EINTR)
			return err_set(err, "%s: %s", keyfile, strerror(errno));
		len += n > 0 ? (size_t)n : 0;
	}
	if (len < KEY_LEAST || len > KEY_MOST)
		return err_set(err,
		    "%s: a key has 32 to 4096 bytes; `head -c 32 /dev/urandom > FILE` "
		    "makes one",
		    keyfile);
	return (ssize_t)len;
}

struct pseudonyms *
pseudonyms_load(const char *keyfile, bool *exposed, struct err *err)
{
	unsigned char key[KEY_MOST + 1];
	struct pseudonyms *p = NULL;
	int fd = open(keyfile, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0) {
		(void)err_set(err, "%s: %s", keyfile, strerror(errno));
		return NULL;
	}
	ssize_t n = sodium_init() < 0 ? err_set(err, "libsodium does not start")
	                              : key_read(fd, keyfile, key, exposed, err);
	(void)close(fd);
	if (n > 0) {
		p = must_alloc(1, sizeof *p);
		(void)crypto_auth_hmacsha256_init(&p->keyed, key, (size_t)n);
	}
	sodium_memzero(key, sizeof key);
	return p;
}

struct pseudonyms *
pseudonyms_of(const unsigned char key[32])
{
	struct pseudonyms *p = must_alloc(1, sizeof *p);

	(void)crypto_auth_hmacsha256_init(&p->keyed, key, 32);
	return p;
}

void
pseudonyms_free(struct pseudonyms *p)
{
	if (p == NULL)
		return;
	sodium_memzero(p, sizeof *p);
	free(p);
}

/* Names of hosts and addresses are the same in capitals: one pseudonym for all. */
static void
mac_folded(crypto_auth_hmacsha256_state *state, struct text name)
{
	unsigned char piece[64];

	for (size_t i = 0; i < name.len;) {
		size_t n = 0;
		for (; n < sizeof piece && i < name.len; n++, i++) {
			char c = name.s[i];
			piece[n] = (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a'
			                                                : c);
		}
		(void)crypto_auth_hmacsha256_update(state, piece, n);
	}
}

/* Enough that no two of a large network meet: people are fewer than addresses. */
static size_t
digits_of(const char *what)
{
	return strcmp(what, "d") == 0 ? 16 : strcmp(what, "person") == 0 ? 8 : 10;
}

/*
 * The kind goes in first, ended by a NUL, so that a host called like a person
 * gets another pseudonym: whoever knows the one learns nothing of the other.
 */
const char *
pseudonym(const struct pseudonyms *p, const char *what, struct text name, char buf[64])
{
	unsigned char code[crypto_auth_hmacsha256_BYTES];
	char hex[2 * sizeof code + 1];
	size_t digits = digits_of(what);

	if (p == NULL) {
		size_t n = name.len < 63 ? name.len : 63;
		if (n > 0)
			memcpy(buf, name.s, n);
		buf[n] = '\0';
		return buf;
	}
	crypto_auth_hmacsha256_state state = p->keyed;
	(void)crypto_auth_hmacsha256_update(&state, (const unsigned char *)what,
	    strlen(what) + 1);
	if (strcmp(what, "person") == 0)
		(void)crypto_auth_hmacsha256_update(&state,
		    (const unsigned char *)name.s, name.len);
	else
		mac_folded(&state, name);
	(void)crypto_auth_hmacsha256_final(&state, code);
	sodium_bin2hex(hex, sizeof hex, code, sizeof code);
	(void)snprintf(buf, 64, "%.30s-%.*s", what, (int)digits, hex);
	return buf;
}
