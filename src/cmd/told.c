/* SPDX-License-Identifier: ISC */
/* From the papers to the register: links and corrections that persons wrote. */
#include <stdio.h>
#include <stdlib.h>

#include "base/time.h"
#include "cmd/scan.h"

/* A client id without its separators, as the wire has it. */
static struct text
bare_hex(struct people *p, const char *s)
{
	char *bare = arena_string(&p->arena, text_of(s));
	size_t n = 0;

	for (const char *c = s; *c != '\0'; c++)
		if (*c != ':' && *c != '-')
			bare[n++] = *c;
	return (struct text){ bare, n };
}

static void
complain_of_value(const struct scan *s, const struct correction *c, enum attribute a,
    struct complaints *wrong)
{
	size_t n;
	const struct text *values = knowledge_values(s->knowledge, a, &n);
	const char **words = must_alloc(n, sizeof *words);

	for (size_t i = 0; i < n; i++) {
		words[i] = arena_string(&s->people->arena, values[i]);
		if (text_equal_word(values[i], text_of(c->value))) {
			free(words);
			return;
		}
	}
	const char *near = text_nearest(text_of(c->value), words, n);
	complain(wrong, s->people->corrections_file, c->line, c->value_column,
	    "no %s is called '%s'%s%s%s", c->attribute, c->value,
	    near != NULL ? "; is '" : " (share/knowledge/priors.tsv has those known)",
	    near != NULL ? near : "", near != NULL ? "' meant?" : "");
	free(words);
}

void
corrections_check(const struct scan *s, struct complaints *wrong)
{
	struct version v;
	enum attribute a;

	for (size_t i = 0; s->people != NULL && i < s->people->n_corrections; i++) {
		const struct correction *c = &s->people->corrections[i];
		if (!attribute_find(text_of(c->attribute), &a))
			continue;
		if (a <= ATTR_KIND)
			complain_of_value(s, c, a, wrong);
		else if (a == ATTR_VERSION && !version_parse(text_of(c->value), &v))
			complain(wrong, s->people->corrections_file, c->line,
			    c->value_column, "'%s' is no version (want one like 17.4)",
			    c->value);
		if (c->type == BY_HOSTNAME &&
		    knowledge_is_default_name(s->knowledge, text_of(c->identifier)))
			caution(wrong, s->people->corrections_file, c->line, 0,
			    "'%s' is a maker's default name: it names no device",
			    c->identifier);
	}
}

static void
tell_corrections(struct scan *s)
{
	struct people *p = s->people;

	s->told = must_alloc(p->n_corrections, sizeof *s->told);
	for (size_t i = 0; i < p->n_corrections; i++) {
		const struct correction *c = &p->corrections[i];
		struct told *t = &s->told[i];
		*t = (struct told){ .of = c->type == BY_MAC ? TOLD_OF_MAC
			    : c->type == BY_CLIENT_ID       ? TOLD_OF_ID
			                                    : TOLD_OF_NAME,
			.mac = c->mac,
			.identifier = c->type == BY_CLIENT_ID
			    ? bare_hex(p, c->identifier)
			    : text_of(c->identifier),
			.value = text_of(c->value),
			.by = c->by,
			.reason = c->reason,
			.date = c->date,
			.line = c->line };
		if (attribute_find(text_of(c->attribute), &t->attribute))
			register_tell(s->devices, t);
	}
}

void
scan_tell(struct scan *s)
{
	const struct people *p = s->people;

	if (p == NULL)
		return;
	/* With a store they are told twice: to whom hears, then to whom recalls. */
	free(s->told_links);
	free(s->told);
	s->told_links = must_alloc(p->n_links, sizeof *s->told_links);
	for (size_t i = 0; i < p->n_links; i++) {
		const struct link_claim *c = &p->links[i];
		s->told_links[i] = (struct told_link){ .a = c->a,
			.b = c->b,
			.same = c->same,
			.by = c->by,
			.reason = c->reason,
			.date = c->date,
			.line = c->line };
		register_tell_link(s->devices, &s->told_links[i]);
	}
	tell_corrections(s);
}

/* Addresses of a paper that no device has. */
struct unseen {
	struct addr first;
	unsigned line;
	size_t n;
};

static void
look_for(const struct scan *s, struct unseen *u, struct addr a, unsigned line)
{
	if (register_find(s->devices, a) != NULL)
		return;
	if (u->n++ == 0) {
		u->first = a;
		u->line = line;
	}
}

static void
say_unseen(const struct unseen *u, const char *file)
{
	char address[ADDR_TEXT];

	if (u->n == 0)
		return;
	(void)fprintf(stderr,
	    "interdict: %s: line %u: nobody with the address %s was seen", file,
	    u->line, addr_print(u->first, address));
	if (u->n > 1)
		(void)fprintf(stderr, ", nor with %zu other%s of this file", u->n - 1,
		    u->n > 2 ? "s" : "");
	(void)fputs("\n", stderr);
}

void
told_unseen(const struct scan *s)
{
	const struct people *p = s->people;
	struct unseen links = { .n = 0 }, corrections = { .n = 0 };

	for (size_t i = 0; p != NULL && i < p->n_links; i++) {
		look_for(s, &links, p->links[i].a, p->links[i].line);
		look_for(s, &links, p->links[i].b, p->links[i].line);
	}
	for (size_t i = 0; p != NULL && i < p->n_corrections; i++)
		if (p->corrections[i].type == BY_MAC)
			look_for(s, &corrections, p->corrections[i].mac,
			    p->corrections[i].line);
	if (p != NULL) {
		say_unseen(&links, p->links_file);
		say_unseen(&corrections, p->corrections_file);
	}
}
