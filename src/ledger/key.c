/* SPDX-License-Identifier: ISC */
/* The key that signs heads and reports, and the half of it that others check by. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/writer.h"
#include "ledger/ledger.h"

static const char secret_word[] = "interdict-secret-key 1 ";
static const char public_word[] = "interdict-public-key 1 ";
enum { LINE_MOST = 256 };

void
sign_bytes(const struct signer *s, struct text t, uint8_t out[LEDGER_SIGNATURE])
{
	(void)crypto_sign_detached(out, NULL, (const uint8_t *)t.s, t.len, s->secret);
}

bool
bytes_are_signed(const uint8_t key[LEDGER_PUBLIC], struct text t,
    const uint8_t signature[LEDGER_SIGNATURE])
{
	return crypto_sign_verify_detached(signature, (const uint8_t *)t.s, t.len,
	           key) == 0;
}

static int
write_line(const char *file, int mode, const char *word, const uint8_t *bytes, size_t n,
    struct err *err)
{
	char hex[LEDGER_HEX], line[LINE_MOST];
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (fd < 0)
		return err_set(err, "cannot make %s: %s", file, strerror(errno));
	int len = snprintf(line, sizeof line, "%s%s\n", word, hex_print(bytes, n, hex));
	bool bad = write(fd, line, (size_t)len) != len || fsync(fd) != 0;
	int kept = errno;
	bad |= close(fd) != 0;
	sodium_memzero(line, sizeof line);
	sodium_memzero(hex, sizeof hex);
	if (!bad)
		return 0;
	(void)unlink(file);
	return err_set(err, "cannot write %s: %s", file, strerror(kept));
}

static int
read_line(const char *file, const char *word, bool secret, uint8_t *out, size_t n,
    struct err *err)
{
	char line[LINE_MOST] = "";
	struct stat st;
	size_t skip = strlen(word);
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return err_set(err, "cannot open the key %s: %s", file,
		    strerror(errno));
	ssize_t got = fstat(fd, &st) == 0 ? read(fd, line, sizeof line - 1) : -1;
	(void)close(fd);
	if (got < 0)
		return err_set(err, "cannot read the key %s: %s", file,
		    strerror(errno));
	if (secret && (st.st_mode & 077) != 0)
		return err_set(err,
		    "the key %s may be read by others (mode %03o): chmod 600 it", file,
		    (unsigned)st.st_mode & 0777);
	while (got > 0 && (line[got - 1] == '\n' || line[got - 1] == '\r'))
		got--;
	bool good = (size_t)got > skip && memcmp(line, word, skip) == 0 &&
	    hex_parse((struct text){ line + skip, (size_t)got - skip }, out, n);
	sodium_memzero(line, sizeof line);
	if (!good)
		return err_set(err, "%s is no %s key of interdict", file,
		    secret ? "secret" : "public");
	return 0;
}

/* Not in the place of one that is lost: others know its public half. */
static int
make(const char *file, struct signer *s, struct err *err)
{
	char name[4096];

	(void)crypto_sign_keypair(s->public_key, s->secret);
	if (snprintf(name, sizeof name, "%s.pub", file) >= (int)sizeof name)
		return err_set(err, "the name of the key is too long");
	if (access(name, F_OK) == 0)
		return err_set(err,
		    "the key %s is gone, and its public half is there: put it back; if "
		    "it is lost, move %s away (keep it: it checks what was signed so "
		    "far), and a new key is made",
		    file, name);
	if (write_line(file, 0600, secret_word, s->secret, LEDGER_SECRET, err) != 0)
		return -1;
	return write_line(name, 0644, public_word, s->public_key, LEDGER_PUBLIC, err);
}

int
signer_load(const char *file, bool may_make, struct signer *s, struct err *err)
{
	if (sodium_init() < 0)
		return err_set(err, "libsodium does not start");
	if (may_make && access(file, F_OK) != 0 && errno == ENOENT)
		return make(file, s, err);
	if (read_line(file, secret_word, true, s->secret, LEDGER_SECRET, err) != 0)
		return -1;
	return crypto_sign_ed25519_sk_to_pk(s->public_key, s->secret);
}

int
public_load(const char *file, uint8_t key[LEDGER_PUBLIC], struct err *err)
{
	if (sodium_init() < 0)
		return err_set(err, "libsodium does not start");
	return read_line(file, public_word, false, key, LEDGER_PUBLIC, err);
}

void
public_put(struct writer *w, const uint8_t key[LEDGER_PUBLIC])
{
	char hex[LEDGER_HEX];

	putf(w, "%s%s\n", public_word, hex_print(key, LEDGER_PUBLIC, hex));
}
