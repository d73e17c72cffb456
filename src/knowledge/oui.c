/* SPDX-License-Identifier: ISC */
/*
 * The IEEE registry of link-layer address blocks, as Debian's ieee-data ships it:
 * oui.csv (24 bits), mam.csv (28), oui36.csv and iab.csv (36). The files stay in
 * memory as they are; the table holds where each organisation's name stands.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "knowledge/rule.h"

struct block {
	uint64_t key; /* digits, then the address's bits; 0: free */
	const char *name;
};

struct oui {
	struct block *blocks;
	size_t cap, n;
	char *files[4];
	size_t sizes[4];
};

static const char *const registries[4] = { "oui.csv", "mam.csv", "oui36.csv",
	"iab.csv" };

static uint64_t
block_key(uint64_t bits, unsigned digits)
{
	return (uint64_t)digits << 48 | bits;
}

static struct block *
slot(const struct oui *o, uint64_t key)
{
	size_t at = hash_mix(key, 0x0u) & (o->cap - 1);

	while (o->blocks[at].key != 0 && o->blocks[at].key != key)
		at = (at + 1) & (o->cap - 1);
	return &o->blocks[at];
}

static void
grow(struct oui *o)
{
	struct oui bigger = { .cap = o->cap > 0 ? o->cap * 2 : 128 * 1024, .n = o->n };

	bigger.blocks = must_alloc(bigger.cap, sizeof *bigger.blocks);
	for (size_t i = 0; i < o->cap; i++)
		if (o->blocks[i].key != 0)
			*slot(&bigger, o->blocks[i].key) = o->blocks[i];
	free(o->blocks);
	o->blocks = bigger.blocks;
	o->cap = bigger.cap;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One line: registry, digits, name (quoted when it holds a comma), address. */
static void
line(struct oui *o, const char *at, const char *end)
{
	uint64_t bits = 0;
	unsigned digits = 0;

	at = memchr(at, ',', (size_t)(end - at));
	if (at == NULL)
		return;
	for (at++; at < end && digits <= 9; at++, digits++) {
		int d = hex_digit(*at);
		if (d < 0)
			break;
		bits = bits << 4 | (unsigned)d;
	}
	if (at == end || *at != ',' || (digits != 6 && digits != 7 && digits != 9))
		return;
	if (o->n * 2 >= o->cap)
		grow(o);
	struct block *b = slot(o, block_key(bits, digits));
	/* The registry has a few blocks twice; the first stands. */
	if (b->key == 0) {
		b->key = block_key(bits, digits);
		b->name = at + 1;
		o->n++;
	}
}

static int
file_read(const char *folder, const char *name, char **out, size_t *size,
    struct err *err)
{
	char path[4096];
	struct stat st;

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) != 0) {
		(void)err_set(err, "%s: %s", path, strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return -1;
	}
	size_t n = st.st_size > 0 ? (size_t)st.st_size : 0, have = 0;
	char *bytes = malloc(n + 1);
	if (bytes == NULL)
		FAULT("out of memory");
	while (have < n) {
		ssize_t got = read(fd, bytes + have, n - have);
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	(void)close(fd);
	bytes[have] = '\0';
	*out = bytes;
	*size = have;
	return 0;
}

struct oui *
oui_load(const char *folder, struct err *err)
{
	struct oui *o = must_alloc(1, sizeof *o);

	for (size_t i = 0; i < 4; i++) {
		struct err why;
		if (file_read(folder, registries[i], &o->files[i], &o->sizes[i],
		        i == 0 ? err : &why) != 0) {
			if (i > 0)
				continue; /* the small registries may be missing */
			oui_free(o);
			return NULL;
		}
		const char *at = o->files[i], *end = at + o->sizes[i];
		while (at < end) {
			const char *eol = memchr(at, '\n', (size_t)(end - at));
			if (eol == NULL)
				eol = end;
			line(o, at, eol);
			at = eol + 1;
		}
	}
	return o;
}

void
oui_free(struct oui *o)
{
	if (o == NULL)
		return;
	for (size_t i = 0; i < 4; i++)
		free(o->files[i]);
	free(o->blocks);
	free(o);
}

struct text
oui_find(const struct oui *o, struct addr mac, unsigned *digits)
{
	static const unsigned lengths[] = { 9, 7, 6 };
	uint64_t bits = 0;

	for (int i = 0; i < 6; i++)
		bits = bits << 8 | mac.b[i];
	for (size_t i = 0; i < 3 && o->n > 0; i++) {
		const struct block *b = slot(o,
		    block_key(bits >> 4 * (12 - lengths[i]), lengths[i]));
		if (b->key == 0)
			continue;
		bool quoted = *b->name == '"';
		const char *s = b->name + quoted;
		*digits = lengths[i];
		return (struct text){ s, strcspn(s, quoted ? "\"\n" : ",\r\n") };
	}
	*digits = 0;
	return (struct text){ "", 0 };
}

uint64_t
oui_digest(const struct oui *o)
{
	uint64_t h = 0;

	for (size_t i = 0; i < 4; i++)
		h = hash_bytes(o->files[i], o->sizes[i], h);
	return h;
}
