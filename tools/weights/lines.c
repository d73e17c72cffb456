/* SPDX-License-Identifier: ISC */
/* Tables in, tables out. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "weights.h"

static bool
whole(struct arena *arena, FILE *in, struct text *out)
{
	size_t cap = 1 << 20, n = 0, got;
	char *buf = must_alloc(cap, 1);

	while ((got = fread(buf + n, 1, cap - n, in)) > 0)
		if ((n += got) == cap)
			buf = must_grow(buf, cap *= 2, 1);
	*out = arena_text(arena, (struct text){ buf, n });
	free(buf);
	return ferror(in) == 0;
}

bool
file_load(struct arena *arena, const char *file, struct text *out)
{
	FILE *in = fopen(file, "re");
	bool ok = in != NULL && whole(arena, in, out);

	if (!ok)
		(void)fprintf(stderr, "weights: %s: %s\n", file, strerror(errno));
	if (in != NULL)
		(void)fclose(in);
	return ok;
}

bool
lines_load(struct arena *arena, const char *file, struct lines *out)
{
	struct text all, line;
	size_t n = 1;

	*out = (struct lines){ NULL, 0 };
	if (!file_load(arena, file, &all))
		return false;
	for (size_t i = 0; i < all.len; i++)
		n += all.s[i] == '\n';
	out->list = arena_take(arena, n * sizeof *out->list);
	while (text_split(&all, '\n', &line))
		if (line.len > 0 || all.s != NULL)
			out->list[out->n++] = line;
	return true;
}

struct text
field(struct text line, unsigned i)
{
	struct text f = { "", 0 };

	do
		if (!text_split(&line, '\t', &f))
			return (struct text){ "", 0 };
	while (i-- > 0);
	return f;
}

/* Beside the file that it will replace. */
static void
new_name(const char *file, char buf[4096])
{
	(void)snprintf(buf, 4096, "%s.new", file);
}

FILE *
open_new(const char *file)
{
	char name[4096];

	new_name(file, name);
	FILE *out = fopen(name, "we");
	if (out == NULL)
		(void)fprintf(stderr, "weights: %s: %s\n", name, strerror(errno));
	return out;
}

bool
close_new(FILE *out, const char *file)
{
	char name[4096];
	bool bad = ferror(out) != 0;

	new_name(file, name);
	bad |= fclose(out) != 0;
	if (!bad && rename(name, file) == 0)
		return true;
	(void)fprintf(stderr, "weights: %s: %s\n", name, strerror(errno));
	return false;
}
