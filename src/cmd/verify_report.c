/* SPDX-License-Identifier: ISC */
/*
 * Whether a report is as it was signed: by its folder and a public key alone, on any
 * machine, without the store.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/json.h"
#include "cmd/cmd.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/verify_report.h"
#include "ledger/ledger.h"
#include "report/manifest.h"

enum { PATH_MOST = 4200 };

struct checking {
	const char *folder, *key_file; /* NULL: the key in the folder */
	int fd;
	struct arena arena;
	struct manifest manifest;
	uint8_t key[LEDGER_PUBLIC];
	struct writer out;
	size_t mistakes;
	bool json;
};

static void PRINTF_LIKE(3, 4)
    wrong(struct checking *c, const char *file, const char *format, ...)
{
	char words[512];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(words, sizeof words, format, args);
	va_end(args);
	c->mistakes++;
	if (!c->json) {
		putf(&c->out, "%s/%s: %s\n", c->folder, file, words);
		return;
	}
	struct json j = json_over(&c->out);
	json_event(&j, "report_error", TIME_NONE);
	json_key(&j, "file");
	json_cstring(&j, file);
	json_key(&j, "words");
	json_cstring(&j, words);
	json_event_end(&j);
}

/* A regular file of the folder; -1 when it is wrong, which is told. */
static int
open_file(struct checking *c, const char *name)
{
	struct stat st;
	int fd = openat(c->fd, name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);

	if (fd < 0) {
		wrong(c, name,
		    errno == ENOENT ? "it is missing" : "it cannot be read: %s",
		    strerror(errno));
		return -1;
	}
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		wrong(c, name, "it is no regular file");
		(void)close(fd);
		return -1;
	}
	return fd;
}

/* A small file, whole; s NULL when it is wrong, which is told. */
static struct text
read_small(struct checking *c, const char *name, size_t most)
{
	int fd = open_file(c, name);
	char *bytes;
	size_t len = 0;
	ssize_t got = 0;

	if (fd < 0)
		return (struct text){ NULL, 0 };
	bytes = arena_take(&c->arena, most + 1);
	while (len <= most && (got = read(fd, bytes + len, most + 1 - len)) > 0)
		len += (size_t)got;
	(void)close(fd);
	if (got >= 0 && len <= most)
		return (struct text){ bytes, len };
	wrong(c, name, got < 0 ? "it cannot be read" : "it is too long");
	return (struct text){ NULL, 0 };
}

static void
check_file(struct checking *c, const struct manifest_file *f)
{
	static const size_t block = 256 * 1024;
	char digest[SHA256_TEXT];
	uint64_t size = 0;
	ssize_t got;
	int fd = open_file(c, f->name);

	if (fd < 0)
		return;
	struct sha256 *sum = sha256_new();
	uint8_t *bytes = must_alloc(block, 1);
	while ((got = read(fd, bytes, block)) > 0) {
		sha256_add(sum, bytes, (size_t)got);
		size += (uint64_t)got;
	}
	sha256_take(sum, digest);
	sha256_free(sum);
	free(bytes);
	(void)close(fd);
	if (got < 0)
		wrong(c, f->name, "it cannot be read to its end");
	else if (size != f->size)
		wrong(c, f->name, "it was changed: %llu bytes, the manifest says %llu",
		    (unsigned long long)size, (unsigned long long)f->size);
	else if (strcmp(digest, f->digest) != 0)
		wrong(c, f->name,
		    "it was changed: its SHA-256 is not that of the "
		    "manifest");
}

static bool
is_named(const struct checking *c, const char *name)
{
	static const char *const own[] = { MANIFEST_FILE, MANIFEST_SIGNATURE,
		MANIFEST_KEY };

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (strcmp(own[i], name) == 0)
			return true;
	for (size_t i = 0; i < c->manifest.n; i++)
		if (strcmp(c->manifest.files[i].name, name) == 0)
			return true;
	return false;
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* What is there and should not be, by name. */
static void
check_added(struct checking *c)
{
	const char **names = NULL;
	const struct dirent *e;
	DIR *dir = opendir(c->folder);
	size_t n = 0;

	while (dir != NULL && (e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0 ||
		    is_named(c, e->d_name))
			continue;
		names = must_grow(names, n + 1, sizeof *names);
		names[n++] = arena_string(&c->arena, text_of(e->d_name));
	}
	if (dir != NULL)
		(void)closedir(dir);
	if (n > 0)
		qsort(names, n, sizeof *names, by_name);
	for (size_t i = 0; i < n; i++)
		wrong(c, names[i], "it was added: the manifest does not name it");
	free(names);
}

static void
check_signature(struct checking *c, struct text manifest)
{
	uint8_t signature[LEDGER_SIGNATURE];
	struct text line = read_small(c, MANIFEST_SIGNATURE, LEDGER_HEX + 1);

	if (line.s == NULL)
		return;
	if (line.len > 0 && line.s[line.len - 1] == '\n')
		line.len--;
	if (!hex_parse(line, signature, sizeof signature))
		wrong(c, MANIFEST_SIGNATURE, "it is no signature");
	else if (!bytes_are_signed(c->key, manifest, signature))
		wrong(c, MANIFEST_FILE,
		    "it is not what this key has signed: it, its signature or the key "
		    "is another");
}

/* The key that lies there must be that by which it is checked. */
static void
check_key(struct checking *c)
{
	struct text line = read_small(c, MANIFEST_KEY, LEDGER_HEX + 64);
	struct writer w;

	if (line.s == NULL)
		return;
	writer_to_memory(&w);
	public_put(&w, c->key);
	if (!text_equal(line, writer_text(&w)))
		wrong(c, MANIFEST_KEY, "it is not the key by which this was checked");
	(void)writer_close(&w);
}

static void
check(struct checking *c)
{
	struct text manifest = read_small(c, MANIFEST_FILE, MANIFEST_MOST);
	struct err err;

	check_key(c);
	if (manifest.s == NULL)
		return;
	check_signature(c, manifest);
	if (manifest_read(manifest, &c->arena, &c->manifest, &err) != 0) {
		wrong(c, MANIFEST_FILE, "%s", err.line);
		return;
	}
	for (size_t i = 0; i < c->manifest.n; i++)
		check_file(c, &c->manifest.files[i]);
	check_added(c);
}

static void
say(struct checking *c)
{
	char hex[LEDGER_HEX];

	(void)hex_print(c->key, sizeof c->key, hex);
	if (c->json) {
		struct json j = json_over(&c->out);
		json_event(&j, "report_check", TIME_NONE);
		json_key(&j, "files");
		json_uint(&j, c->manifest.n);
		json_key(&j, "as_of");
		json_cstring(&j, c->manifest.as_of);
		json_key(&j, "key");
		json_cstring(&j, hex);
		json_key(&j, "key_given");
		json_bool(&j, c->key_file != NULL);
		json_key(&j, "whole");
		json_bool(&j, c->mistakes == 0);
		json_event_end(&j);
		return;
	}
	if (c->mistakes > 0) {
		putf(&c->out, "%s: NOT whole\n", c->folder);
		return;
	}
	putf(&c->out, "%s: whole: %zu files as of %.16sZ, signed by %s\n", c->folder,
	    c->manifest.n, c->manifest.as_of, hex);
	if (c->key_file == NULL)
		put(&c->out,
		    "The key is the report's own: it shows that the folder is of one "
		    "piece. Who signed\nit is shown by --key FILE, with a key that "
		    "came another way.\n");
}

/* Without --key the one in the folder. A key that was given and cannot be read is
 * nobody's fault but the caller's; one that is missing from the folder is a finding. */
static int
load_key(struct checking *c, struct err *err)
{
	char path[PATH_MOST];

	if (c->key_file != NULL)
		return public_load(c->key_file, c->key, err);
	if (snprintf(path, sizeof path, "%s/" MANIFEST_KEY, c->folder) >=
	    (int)sizeof path)
		return err_set(err, "the name of the folder is too long");
	if (public_load(path, c->key, err) == 0)
		return 0;
	wrong(c, MANIFEST_KEY, "%s", err->line);
	return 1;
}

int
verify_report(const char *folder, const char *key, bool json)
{
	struct checking c = { .folder = folder, .key_file = key, .json = json };
	struct err err;
	int failed = 0;

	c.fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (c.fd < 0) {
		(void)fprintf(stderr, "interdict verify: %s: %s\n", folder,
		    strerror(errno));
		return EXIT_BAD;
	}
	writer_to_fd(&c.out, STDOUT_FILENO);
	if ((failed = load_key(&c, &err)) < 0)
		(void)fprintf(stderr, "interdict verify: %s\n", err.line);
	if (failed == 0)
		check(&c);
	if (failed >= 0)
		say(&c);
	(void)close(c.fd);
	arena_free(&c.arena);
	if (output_close("verify", &c.out) != EXIT_OK || failed < 0)
		return EXIT_BAD;
	return c.mistakes > 0 ? EXIT_FOUND : EXIT_OK;
}
