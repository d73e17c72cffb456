/* SPDX-License-Identifier: ISC */
#include "directive/classtree.h"

#include <stdlib.h>

/* The taxonomy's words of one attribute, each once. */
static size_t
known_words(enum class_attribute a, const struct hypothesis *all, size_t n,
    struct arena *arena, const char **out)
{
	const char **from = arena_take(arena, n * sizeof *from);
	size_t found = 0;

	for (size_t i = 0; i < n; i++) {
		struct text t = a == CLASS_VENDOR ? all[i].vendor
		    : a == CLASS_OS               ? all[i].os
		                                  : all[i].kind;
		bool again = false;
		/* Most are the very same text as one before. */
		for (size_t j = 0; j < found && !again; j++)
			again = t.s == from[j];
		for (size_t j = 0; j < found && !again; j++)
			again = text_is_word(t, out[j]);
		if (again)
			continue;
		from[found] = t.s;
		out[found++] = arena_string(arena, t);
	}
	return found;
}

static bool
is_known(struct text word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is_word(word, words[i]))
			return true;
	return false;
}

/* Orders write a maker out: the longest known word in "Huawei Technologies Company". */
static const char *
known_within(struct text v, const char *const *words, size_t n)
{
	const char *best = NULL;

	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(words[i]);
		for (size_t at = 0; at + len <= v.len && len > 2; at++)
			if ((best == NULL || len > strlen(best)) &&
			    (at == 0 || v.s[at - 1] == ' ') &&
			    (at + len == v.len || v.s[at + len] == ' ') &&
			    text_is_word((struct text){ v.s + at, len }, words[i]))
				best = words[i];
	}
	return best;
}

static void
check_part(const struct class_part *e, enum class_attribute a, const char *const *words,
    size_t n, const char *file, unsigned line, struct complaints *to)
{
	for (const struct class_part *m = e->first; m != NULL; m = m->next)
		check_part(m, a, words, n, file, line, to);
	if (e->node != CLASS_TEST || e->attribute != a)
		return;
	for (size_t i = 0; i < e->n; i++) {
		struct text v = e->values[i].text;
		if (is_known(v, words, n))
			continue;
		const char *near = known_within(v, words, n);
		if (near == NULL)
			near = text_nearest(v, words, n);
		/* Makers and systems go on appearing; what a thing can be is a list. */
		(a == CLASS_KIND ? complain : caution)(to, file, line,
		    e->values[i].column, "the knowledge has no %s '%.*s': %s%s%s%s",
		    class_attribute_names[a], v.len < 60 ? (int)v.len : 60, v.s,
		    a == CLASS_KIND ? "interdict-directive(5) lists the kinds"
		                    : "no device can be decided by it",
		    near != NULL ? "; do you mean '" : "", near != NULL ? near : "",
		    near != NULL ? "'?" : "");
	}
}

void
class_check_words(const struct class *c, const struct hypothesis *all, size_t n,
    const char *file, struct complaints *to)
{
	static const enum class_attribute checked[] = { CLASS_VENDOR, CLASS_KIND,
		CLASS_OS };
	struct arena arena = { 0 };

	for (size_t i = 0; i < 3 && n > 0; i++) {
		const char **words = arena_take(&arena, n * sizeof *words);
		size_t found = known_words(checked[i], all, n, &arena, words);
		check_part(c->root, checked[i], words, found, file, c->line, to);
	}
	arena_free(&arena);
}
