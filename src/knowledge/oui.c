/* SPDX-License-Identifier: ISC */
/*
 * The IEEE registry of link-layer address blocks, as Debian's ieee-data ships it:
 * oui.csv (24 bits), mam.csv (28), oui36.csv and iab.csv (36). The files stay in
 * memory as they are: mapped, for to copy them would cost as much as to read them, and
 * packages replace files instead of writing into them. The table holds where each line
 * stands.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "knowledge/rule.h"

struct file {
	const char *s;
	size_t len; /* 0: it is not there */
};

struct oui {
	/* Where the digits stand: as in all files behind one another, and one; 0: free.
	 */
	uint32_t *blocks;
	size_t cap, n;
	struct file files[4];
};

static const char *const registries[4] = { "oui.csv", "mam.csv", "oui36.csv",
	"iab.csv" };

enum { PLACE_BITS = 30 }; /* of a number in `blocks`; above them stands the file */

static uint64_t
block_key(uint64_t bits, unsigned digits)
{
	return (uint64_t)digits << 48 | bits;
}

/* The digits that end with a comma, as a key; `*at` moves to the comma. 0: no block. */
static uint64_t
key_read(const char **at, const char *end)
{
	uint64_t bits = 0;
	unsigned digits = 0;

	for (; *at < end && digits <= 9; ++*at, digits++) {
		int d = hex_value(**at);
		if (d < 0)
			break;
		bits = bits << 4 | (unsigned)d;
	}
	if (*at == end || **at != ',' || (digits != 6 && digits != 7 && digits != 9))
		return 0;
	return block_key(bits, digits);
}

static struct text
block_text(const struct oui *o, uint32_t block)
{
	const struct file *f = &o->files[block >> PLACE_BITS];
	uint32_t at = block & ((UINT32_C(1) << PLACE_BITS) - 1);

	return (struct text){ f->s + at, f->len - at };
}

/* The place of the block with this key, or a free one. */
static uint32_t *
slot(const struct oui *o, uint64_t key)
{
	size_t at = hash_mix(key, 0x0u) & (o->cap - 1);

	for (; o->blocks[at] != 0; at = (at + 1) & (o->cap - 1)) {
		struct text t = block_text(o, o->blocks[at]);
		const char *digits = t.s;
		if (key_read(&digits, t.s + t.len) == key)
			break;
	}
	return &o->blocks[at];
}

static void
grow(struct oui *o)
{
	uint32_t *old = o->blocks;
	size_t n = o->cap;

	o->cap = n > 0 ? n * 2 : 128 * 1024;
	o->blocks = must_alloc(o->cap, sizeof *o->blocks);
	for (size_t i = 0; i < n; i++) {
		if (old[i] == 0)
			continue;
		struct text t = block_text(o, old[i]);
		const char *digits = t.s;
		*slot(o, key_read(&digits, t.s + t.len)) = old[i];
	}
	free(old);
}

/* One line: registry, digits, name (quoted when it holds a comma), address. */
static void
line(struct oui *o, uint32_t file, const char *at, const char *end)
{
	at = memchr(at, ',', (size_t)(end - at));
	if (at == NULL)
		return;
	const char *digits = ++at;
	uint64_t key = key_read(&at, end);
	if (key == 0)
		return;
	if (o->n * 2 >= o->cap)
		grow(o);
	uint32_t *block = slot(o, key);
	/* The registry has a few blocks twice; the first stands. */
	if (*block == 0) {
		*block = file << PLACE_BITS | (uint32_t)(digits - o->files[file].s);
		o->n++;
	}
}

static int
file_map(const char *folder, const char *name, struct file *out, struct err *err)
{
	char path[4096];
	struct stat st;
	void *map = NULL;

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool there = fd >= 0 && fstat(fd, &st) == 0;
	if (there && st.st_size > 0 && st.st_size < 1 << PLACE_BITS)
		map = mmap(NULL, (size_t)st.st_size, PROT_READ,
		    MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (!there || map == MAP_FAILED)
		(void)err_set(err, "%s: %s", path, strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	if (!there || map == MAP_FAILED)
		return -1;
	*out = (struct file){ map, map != NULL ? (size_t)st.st_size : 0 };
	return 0;
}

struct oui *
oui_load(const char *folder, struct err *err)
{
	struct oui *o = must_alloc(1, sizeof *o);

	for (uint32_t i = 0; i < 4; i++) {
		struct err why;
		struct file *f = &o->files[i];
		if (file_map(folder, registries[i], f, i == 0 ? err : &why) != 0) {
			if (i > 0)
				continue; /* the small registries may be missing */
			oui_free(o);
			return NULL;
		}
		for (size_t at = 0; at < f->len;) {
			const char *eol = memchr(f->s + at, '\n', f->len - at);
			if (eol == NULL)
				eol = f->s + f->len;
			line(o, i, f->s + at, eol);
			at = (size_t)(eol - f->s) + 1;
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
		if (o->files[i].len > 0)
			(void)munmap((void *)(uintptr_t)o->files[i].s, o->files[i].len);
	free(o->blocks);
	free(o);
}

/* Up to what ends the name: the quote or the comma, or the line. */
static struct text
name_of(struct text t)
{
	bool quoted = t.len > 0 && t.s[0] == '"';
	size_t n = 0;

	t.s += quoted;
	t.len -= quoted;
	while (n < t.len && t.s[n] != '\n' &&
	    (quoted ? t.s[n] != '"' : t.s[n] != ',' && t.s[n] != '\r'))
		n++;
	return (struct text){ t.s, n };
}

struct text
oui_find(const struct oui *o, struct addr mac, unsigned *digits)
{
	static const unsigned lengths[] = { 9, 7, 6 };
	uint64_t bits = 0;

	for (int i = 0; i < 6; i++)
		bits = bits << 8 | mac.b[i];
	for (size_t i = 0; i < 3 && o->n > 0; i++) {
		uint32_t block = *slot(o,
		    block_key(bits >> 4 * (12 - lengths[i]), lengths[i]));
		if (block == 0)
			continue;
		*digits = lengths[i];
		struct text t = block_text(o, block);
		return name_of(
		    (struct text){ t.s + lengths[i] + 1, t.len - lengths[i] - 1 });
	}
	*digits = 0;
	return (struct text){ "", 0 };
}

uint64_t
oui_digest(const struct oui *o)
{
	uint64_t h = 0;

	for (size_t i = 0; i < 4; i++)
		h = hash_bytes(o->files[i].s, o->files[i].len, h);
	return h;
}
