/* SPDX-License-Identifier: ISC */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/huge.h"

int
err_set(struct err *e, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(e->line, sizeof e->line, format, args);
	va_end(args);
	return -1;
}

int
err_before(struct err *e, const char *format, ...)
{
	struct err was = *e;
	va_list args;

	va_start(args, format);
	int n = vsnprintf(e->line, sizeof e->line, format, args);
	va_end(args);
	if (n < 0 || (size_t)n + 3 > sizeof e->line)
		return -1;
	size_t room = sizeof e->line - (size_t)n - 3, len = strlen(was.line);
	memcpy(e->line + n, ": ", 2);
	if (len > room)
		len = room;
	memcpy(e->line + n + 2, was.line, len);
	e->line[(size_t)n + 2 + len] = '\0';
	return -1;
}

void
fault(const char *file, int line, const char *what)
{
	(void)fprintf(stderr, "interdict: fault at %s:%d: %s\n", file, line, what);
	abort();
}

void *
must_grow(void *old, size_t n, size_t size)
{
	if (size != 0 && n > SIZE_MAX / size)
		FAULT("a table larger than memory");
	void *p = realloc(old, n * size > 0 ? n * size : 1);
	if (p == NULL)
		FAULT("out of memory");
	huge_advise(p, n * size);
	return p;
}

void *
must_alloc(size_t n, size_t size)
{
	void *p = calloc(n > 0 ? n : 1, size > 0 ? size : 1);

	if (p == NULL)
		FAULT("out of memory");
	huge_advise(p, n * size);
	return p;
}

/* What complain() and caution() share. */
__attribute__((format(printf, 6, 0))) static void
add(struct complaints *c, const char *file, unsigned line, unsigned column,
    bool warning, const char *format, va_list args)
{
	char *text = NULL, *name = strdup(file);

	if (c->n == c->cap) {
		c->cap = c->cap > 0 ? c->cap * 2 : 16;
		c->list = must_grow(c->list, c->cap, sizeof *c->list);
	}
	if (name == NULL || vasprintf(&text, format, args) < 0)
		FAULT("out of memory");
	c->list[c->n++] = (struct complaint){ name, line, column, warning, text };
	c->errors += !warning;
}

void
complain(struct complaints *c, const char *file, unsigned line, unsigned column,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(c, file, line, column, false, format, args);
	va_end(args);
}

void
caution(struct complaints *c, const char *file, unsigned line, unsigned column,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add(c, file, line, column, true, format, args);
	va_end(args);
}

static int
by_place(const void *left, const void *right)
{
	const struct complaint *a = left, *b = right;
	int order = strcmp(a->file, b->file);

	if (order == 0)
		order = (a->line > b->line) - (a->line < b->line);
	if (order == 0)
		order = (a->column > b->column) - (a->column < b->column);
	return order != 0 ? order : strcmp(a->text, b->text);
}

void
complaints_print(const struct complaints *c, struct writer *w)
{
	struct complaint *sorted;

	if (c->n == 0)
		return;
	sorted = must_alloc(c->n, sizeof *sorted);
	memcpy(sorted, c->list, c->n * sizeof *sorted);
	qsort(sorted, c->n, sizeof *sorted, by_place);
	for (size_t i = 0; i < c->n; i++) {
		if (i > 0 && by_place(&sorted[i], &sorted[i - 1]) == 0)
			continue; /* told by two who read the same file */
		putf(w, "%s: ", sorted[i].file);
		if (sorted[i].line > 0)
			putf(w, "line %u", sorted[i].line);
		if (sorted[i].line > 0 && sorted[i].column > 0)
			putf(w, ", column %u", sorted[i].column);
		if (sorted[i].line > 0)
			put(w, ": ");
		putf(w, "%s%s\n", sorted[i].warning ? "warning: " : "", sorted[i].text);
	}
	free(sorted);
}

void
complaint_free(struct complaint *c)
{
	free(c->file);
	free(c->text);
}

void
complaints_free(struct complaints *c)
{
	for (size_t i = 0; i < c->n; i++)
		complaint_free(&c->list[i]);
	free(c->list);
	*c = (struct complaints){ 0 };
}
