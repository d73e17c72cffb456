/* SPDX-License-Identifier: ISC */
/* Lists that orders refer to by name: `--list NAME=FILE`, or from the store. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmd/scan.h"
#include "directive/list.h"
#include "store/store.h"

enum { NAME_MOST = 64, LIST_MOST = 64 << 20, PATH_MOST = 4400 };

/* NAME=FILE; false with a complaint. */
static bool
split(const char *word, char name[NAME_MOST], const char **file,
    struct complaints *wrong)
{
	struct text rest = text_of(word), first;
	bool good = text_split(&rest, '=', &first) && first.len > 0 && rest.len > 0 &&
	    first.len < NAME_MOST;

	if (!good) {
		complain(wrong, word, 0, 0, "want --list NAME=FILE");
		return false;
	}
	memcpy(name, first.s, first.len);
	name[first.len] = '\0';
	*file = rest.s;
	return true;
}

static void
add(struct scan *s, struct list *list)
{
	if (list == NULL)
		return;
	s->lists = must_grow(s->lists, s->n_lists + 1, sizeof(struct list *));
	s->lists[s->n_lists++] = list;
}

void
lists_load(struct scan *s, const struct words *words, struct complaints *wrong)
{
	for (size_t i = 0; i < words->n; i++) {
		char name[NAME_MOST];
		const char *file;
		if (!split(words->list[i], name, &file, wrong))
			continue;
		if (list_find(s->lists, s->n_lists, text_of(name)) != NULL)
			complain(wrong, file, 0, 0, "the list '%s' is given twice",
			    name);
		else
			add(s, list_load(name, file, s->zone, wrong));
	}
}

int
lists_keep(struct scan *s, const struct words *words, const char *actor,
    struct complaints *wrong, struct err *err)
{
	for (size_t i = 0; i < words->n; i++) {
		char name[NAME_MOST];
		const char *file;
		struct text text;
		if (!split(words->list[i], name, &file, wrong) ||
		    !file_read(&s->arena, file, LIST_MOST, &text, wrong))
			continue;
		list_free(list_parse(name, file, text, s->zone, wrong));
		if (store_keep_text(s->store, "list", name, text, time_now(), actor,
		        NULL, err) != 0)
			return -1;
	}
	return 0;
}

int
lists_recall(struct scan *s, struct complaints *wrong, struct err *err)
{
	const char **names;
	size_t n;

	if (store_keys(s->store, "list", &s->arena, &names, &n, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		char file[PATH_MOST];
		struct text text;
		if (store_text(s->store, "list", names[i], &s->arena, &text, err) != 0)
			return -1;
		(void)snprintf(file, sizeof file, "%s (list %s)", store_path(s->store),
		    names[i]);
		add(s,
		    list_parse(names[i], arena_string(&s->arena, text_of(file)), text,
		        s->zone, wrong));
	}
	return 0;
}

void
lists_compare(struct scan *s)
{
	size_t n;
	const struct hypothesis *all = knowledge_hypotheses(s->knowledge, &n);

	for (size_t i = 0; i < s->n_lists; i++)
		list_compare(s->lists[i], all, n);
}

void
lists_forget(struct scan *s)
{
	for (size_t i = 0; i < s->n_lists; i++)
		list_free(s->lists[i]);
	free(s->lists);
	s->lists = NULL;
	s->n_lists = 0;
}
