/* SPDX-License-Identifier: ISC */
#include "cmd/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/text.h"
#include "cmd/cmd.h"

static void
help(const struct command *c)
{
	(void)printf("usage: interdict %s %s\n\n%s\n", c->name, c->usage, c->about);
	if (c->n_rows > 0)
		(void)printf("\n");
	for (size_t i = 0; i < c->n_rows; i++) {
		const struct option_row *r = &c->rows[i];
		char left[40];
		(void)snprintf(left, sizeof left, "--%s%s%s", r->name,
		    r->value != NULL ? " " : "", r->value != NULL ? r->value : "");
		(void)printf("  %-22s  %s\n", left, r->about);
	}
	(void)printf("  %-22s  %s\n", "--help", "this text");
	if (c->after != NULL)
		(void)printf("\n%s\n", c->after);
}

static void
add(struct words *w, const char *word)
{
	w->list = must_grow(w->list, w->n + 1, sizeof *w->list);
	w->list[w->n++] = word;
}

void
words_free(struct words *w)
{
	free(w->list);
	*w = (struct words){ 0 };
}

static const struct option_row *
find(const struct command *c, struct text name)
{
	for (size_t i = 0; i < c->n_rows; i++)
		if (text_is(name, c->rows[i].name))
			return &c->rows[i];
	return NULL;
}

static int
unknown(const struct command *c, const char *word)
{
	struct text name = text_of(word + strspn(word, "-"));
	const char *names[64] = { "help" };
	size_t n = 1;

	for (size_t i = 0; i < c->n_rows && n < 64; i++)
		names[n++] = c->rows[i].name;
	name.len = text_find(name, '=', 0);
	const char *near = text_nearest(name, names, n);
	(void)fprintf(stderr, "interdict %s: no option is called %.*s%.*s", c->name,
	    (int)(name.s - word), word, (int)name.len, name.s);
	if (near != NULL)
		(void)fprintf(stderr, "; did you mean --%s?", near);
	(void)fprintf(stderr, "\n`interdict %s --help` lists them.\n", c->name);
	return EXIT_BAD;
}

/* One option; *i moves past a value that is a word of its own. */
static int
take(const struct command *c, int argc, char **argv, int *i)
{
	struct text name = text_of(argv[*i] + 2);
	size_t equals = text_find(name, '=', 0);
	const char *value = equals < name.len ? name.s + equals + 1 : NULL;

	name.len = equals;
	const struct option_row *r = find(c, name);
	if (r == NULL)
		return unknown(c, argv[*i]);
	if (r->kind == OPTION_FLAG) {
		if (value != NULL) {
			(void)fprintf(stderr, "interdict %s: --%s takes no value\n",
			    c->name, r->name);
			return EXIT_BAD;
		}
		*(bool *)r->to = true;
		return EXIT_OK;
	}
	if (value == NULL && r->kind == OPTION_STORE)
		value = *i + 1 < argc &&
		        text_ends(text_of(argv[*i + 1]), text_of(".db"))
		    ? argv[++*i]
		    : STORE_FILE;
	if (value == NULL && *i + 1 < argc)
		value = argv[++*i];
	if (value == NULL) {
		(void)fprintf(stderr, "interdict %s: --%s wants a value: %s\n", c->name,
		    r->name, r->value);
		return EXIT_BAD;
	}
	if (r->kind == OPTION_LIST)
		add(r->to, value);
	else if (*(const char **)r->to != NULL) {
		(void)fprintf(stderr, "interdict %s: --%s is given twice\n", c->name,
		    r->name);
		return EXIT_BAD;
	} else
		*(const char **)r->to = value;
	return EXIT_OK;
}

bool
options_read(const struct command *c, int argc, char **argv, struct words *words,
    int *status)
{
	*status = EXIT_OK;
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			while (++i < argc)
				add(words, argv[i]);
			return true;
		}
		if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
			help(c);
			return false;
		}
		if (strncmp(argv[i], "--", 2) == 0) {
			if ((*status = take(c, argc, argv, &i)) != EXIT_OK)
				return false;
		} else if (argv[i][0] == '-' && argv[i][1] != '\0') {
			*status = unknown(c, argv[i]);
			return false;
		} else {
			add(words, argv[i]);
		}
	}
	return true;
}
