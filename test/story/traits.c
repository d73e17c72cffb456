/* SPDX-License-Identifier: ISC */
/* The tables of traits and hellos: tab-separated, one row a kind of device. */
#include "story/traits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { COLUMNS = 17, FILE_MAX = 1 << 20 };

struct text
slurp(struct arena *arena, const char *path, struct err *err)
{
	struct text t = { NULL, 0 };
	FILE *f = fopen(path, "rb");
	char *s = arena_take(arena, FILE_MAX);

	if (f == NULL) {
		(void)err_set(err, "%s: %s", path, strerror(errno));
		return t;
	}
	size_t n = fread(s, 1, FILE_MAX, f);
	if (ferror(f) || n == FILE_MAX)
		(void)err_set(err, "%s: cannot be read, or is too large", path);
	else
		t = (struct text){ s, n };
	(void)fclose(f);
	return t;
}

unsigned
list_number(struct text t, unsigned base)
{
	char s[16] = { 0 };

	if (t.len >= sizeof s)
		return 0;
	memcpy(s, t.s, t.len);
	return (unsigned)strtoul(s, NULL, (int)base);
}

static struct list
list_of(struct text t, char separator)
{
	struct list l = { .n = 0 };
	struct text item;

	while (l.n < LIST_MAX && text_split(&t, separator, &item))
		if (text_trim(item).len > 0)
			l.item[l.n++] = text_trim(item);
	return l;
}

/* Cuts `host|agent` in two. */
static void
pair(struct text t, struct text *host, struct text *agent)
{
	struct text rest = t;

	*host = *agent = (struct text){ NULL, 0 };
	if (text_split(&rest, '|', host))
		*agent = rest;
}

static const struct hello *
hello_find(const struct traits *t, struct text name)
{
	for (size_t i = 0; i < t->n_hellos; i++)
		if (text_equal(t->hellos[i].name, name))
			return &t->hellos[i];
	return NULL;
}

static int
hello_row(struct traits *t, const struct text *c, struct err *err)
{
	struct hello *h = &t->hellos[t->n_hellos];

	if (t->n_hellos == sizeof t->hellos / sizeof t->hellos[0])
		return err_set(err, "too many hellos");
	h->name = c[0];
	h->versions = list_of(c[1], ',');
	h->ciphers = list_of(c[2], ',');
	h->extensions = list_of(c[3], ',');
	h->groups = list_of(c[4], ',');
	h->signatures = list_of(c[5], ',');
	h->alpn = list_of(c[6], ',');
	h->compression = (uint16_t)list_number(c[7], 10);
	t->n_hellos++;
	return 0;
}

static int
trait_row(struct traits *t, const struct text *c, struct err *err)
{
	struct trait *k = &t->list[t->n];
	struct text syn = c[8], field;

	if (t->n == sizeof t->list / sizeof t->list[0])
		return err_set(err, "too many kinds of device");
	k->name = c[0];
	k->ouis = list_of(c[4], ',');
	k->parameters = list_of(c[5], ',');
	k->vendor_class = c[6];
	k->order = list_of(c[7], ',');
	if (text_split(&syn, ':', &field))
		k->ttl = (uint8_t)list_number(field, 10);
	if (text_split(&syn, ':', &field))
		k->window = (uint16_t)list_number(field, 10);
	if (text_split(&syn, ':', &field))
		k->syn = list_of(field, ',');
	k->ecn = text_is(syn, "ecn");
	if (c[9].len > 0 && (k->hello = hello_find(t, c[9])) == NULL)
		return err_set(err, "no hello is called '%.*s'", (int)c[9].len, c[9].s);
	pair(c[10], &k->check, &k->check_agent);
	pair(c[11], &k->radio, &k->radio_agent);
	k->server = c[12];
	k->services = list_of(c[13], ';');
	k->domains = list_of(c[14], ',');
	k->source = c[16];
	t->n++;
	return 0;
}

/* Calls back for each row; the last column is the source and must be there. */
static int
read_table(struct arena *arena, const char *folder, const char *name, size_t columns,
    int (*row)(struct traits *, const struct text *, struct err *), struct traits *t,
    struct err *err)
{
	char path[4096];
	struct text file, line, cells[COLUMNS];
	unsigned number = 0;

	(void)snprintf(path, sizeof path, "%s/%s", folder, name);
	file = slurp(arena, path, err);
	if (file.s == NULL)
		return -1;
	while (text_split(&file, '\n', &line)) {
		size_t n = 0;

		number++;
		if (line.len == 0 || line.s[0] == '#')
			continue;
		while (n < columns && text_split(&line, '\t', &cells[n]))
			n++;
		if (n != columns || text_trim(cells[n - 1]).len == 0)
			return err_set(err,
			    "%s: line %u: want %zu columns, the last a "
			    "source",
			    path, number, columns);
		if (row(t, cells, err) != 0)
			return err_before(err, "%s: line %u", path, number);
	}
	return 0;
}

int
traits_load(struct arena *arena, const char *folder, struct traits *t, struct err *err)
{
	if (read_table(arena, folder, "hellos.tsv", 10, hello_row, t, err) != 0)
		return -1;
	return read_table(arena, folder, "traits.tsv", COLUMNS, trait_row, t, err);
}

const struct trait *
trait_find(const struct traits *t, struct text name)
{
	for (size_t i = 0; i < t->n; i++)
		if (text_equal(t->list[i].name, name))
			return &t->list[i];
	return NULL;
}
