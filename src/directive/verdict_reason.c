/* SPDX-License-Identifier: ISC */
/* Reasons: whole sentences that a layperson understands, with dates of the order. */
#include "directive/verdict_case.h"

#include <stdarg.h>
#include <stdio.h>

PRINTF_LIKE(4, 0)
static void
tell(const struct judging *j, struct telling *t, uint64_t evidence, const char *format,
    va_list args)
{
	char text[1200];

	if (t == NULL || t->n == REASONS_MAX || j->quiet)
		return;
	(void)vsnprintf(text, sizeof text, format, args);
	t->list[t->n++] = (struct reason){
		lately_string(j->said, j->arena, text_of(text)), evidence
	};
}

void
because(const struct judging *j, struct telling *t, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(j, t, UINT64_MAX, format, args);
	va_end(args);
}

void
say_evidence(const struct judging *j, struct telling *t, uint64_t evidence,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	tell(j, t, evidence, format, args);
	va_end(args);
}

void
because_text(struct telling *t, char *text)
{
	if (t != NULL && t->n < REASONS_MAX)
		t->list[t->n++] = (struct reason){ text, UINT64_MAX };
}

struct reason *
telling_end(const struct judging *j, const struct telling *t, uint32_t *n)
{
	struct reason *list;

	*n = j->quiet ? 0 : (uint32_t)t->n;
	if (*n == 0)
		return NULL;
	list = arena_take(j->arena, t->n * sizeof *list);
	memcpy(list, t->list, t->n * sizeof *list);
	return list;
}

const char *
at_text(const struct judging *j, int64_t at, char buf[TIME_TEXT])
{
	if (j->quiet)
		return "";
	if (j->directive->zone == NULL)
		return time_print(at, buf);
	return zone_print(j->directive->zone, at, buf);
}

/* Never a 1.00 or 0.00 that is none. */
const char *
p_text(double p, char buf[16])
{
	if (p > 0.994 && p < 1.0)
		(void)snprintf(buf, 16, "over 0.99");
	else if (p > 0.0 && p < 0.006)
		(void)snprintf(buf, 16, "under 0.01");
	else
		(void)snprintf(buf, 16, "%.2f", p);
	return buf;
}

const char *
list_text(const struct judging *j, const char *const *words, size_t n)
{
	struct writer w;

	if (j->quiet)
		return "";
	writer_to_memory(&w);
	for (size_t i = 0; i < n && i < 6; i++)
		putf(&w, "%s%s", i == 0 ? "" : ", ", words[i]);
	if (n > 6)
		putf(&w, " and %zu more", n - 6);
	char *list = arena_string(j->arena, writer_text(&w));
	(void)writer_close(&w);
	return list;
}
