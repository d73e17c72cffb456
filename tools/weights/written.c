/* SPDX-License-Identifier: ISC */
/*
 * The rows of android.model: a document tells the line (SM-T are tablets), the labelled
 * models how far that holds. Those whose source says `models counted` are weighed: by
 * the models for which the row is the one that answers.
 */
#include <stdlib.h>
#include <string.h>

#include "models.h"

enum { LEAST = 2 };

/* The models that a row answers, of a maker or of all. */
static void
answered(struct learning *l, const struct rule *r, struct counts *out)
{
	struct model *own = must_alloc(l->n + 1, sizeof *own);
	size_t n = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct rule *best =
		    rules_best(l->k, KEY_ANDROID_MODEL, l->models[i].said).rule;
		if (best != NULL && strcmp(best->row.id, r->row.id) == 0)
			own[n++] = l->models[i];
	}
	models_count(own, n, out);
	free(own);
}

static bool
place_of(const struct learning *l, const struct claim *c, size_t i, unsigned *at)
{
	return value_find(l->k, c->attribute, c->values[i], at);
}

static double
vendor_weight(const struct learning *l, const struct claim *c, const struct counts *n,
    struct tally *t)
{
	unsigned at;

	*t = (struct tally){ .of_yes = 0 };
	for (size_t i = 0; i < c->n; i++)
		if (place_of(l, c, i, &at)) {
			t->yes += n->vendor[at];
			t->of_yes += l->of_vendor[at];
		}
	t->no = n->n - t->yes;
	t->of_no = l->devices - t->of_yes;
	return tally_models(t);
}

/* By the purity of the row, against the share of the kind that its maker has. */
static double
kind_weight(const struct learning *l, const struct rule *r, const struct claim *c,
    const struct counts *n)
{
	const struct claim *first = &r->row.claims[0];
	unsigned kind, maker = NONE;

	if (!place_of(l, c, 0, &kind))
		return c->weight;
	if (first->attribute == ATTR_VENDOR && first->n == 1)
		(void)place_of(l, first, 0, &maker);
	double q = models_share(l, kind, maker);
	return share_weight((n->kind[kind] + q) / (n->with_kind + 1), q, n->with_kind);
}

static void
row_weigh(struct learning *l, const struct rule *r, struct text line)
{
	char *says = arena_string(&l->arena, field(line, 4));
	char vendor[96] = "", kind[64] = "";
	struct counts *n = must_alloc(1, sizeof *n);
	unsigned at;

	answered(l, r, n);
	for (size_t i = 0; i < r->row.n_claims && n->n >= LEAST; i++) {
		const struct claim *c = &r->row.claims[i];
		struct tally t;
		if (c->attribute == ATTR_VENDOR && i == 0) {
			says = put_weight(&l->arena, says, i,
			    vendor_weight(l, c, n, &t));
			(void)snprintf(vendor, sizeof vendor,
			    "vendor %g/%g others %g/%g ", t.yes, t.of_yes, t.no,
			    t.of_no);
		} else if (c->attribute == ATTR_KIND && c->n == 1 &&
		    n->with_kind >= LEAST && place_of(l, c, 0, &at)) {
			says = put_weight(&l->arena, says, i, kind_weight(l, r, c, n));
			(void)snprintf(kind, sizeof kind, "kind %g/%g", n->kind[at],
			    n->with_kind);
		}
	}
	for (unsigned i = 0; i < 10; i++)
		(void)fprintf(l->out, "%s%.*s", i > 0 ? "\t" : "",
		    i == 4 ? (int)strlen(says) : (int)field(line, i).len,
		    i == 4 ? says : field(line, i).s);
	(void)fprintf(l->out, "\t%s%s\n", vendor, kind);
	free(n);
}

bool
is_of_models(const struct rule *r)
{
	return key_set_has(&r->keys, KEY_ANDROID_MODEL) != 0 &&
	    strstr(r->row.source, "models counted") != NULL;
}

static const struct rule *
rule_of(const struct learning *l, struct text line)
{
	for (size_t i = 0; i < l->k->n_tables; i++)
		for (size_t j = 0; j < l->k->tables[i].n; j++) {
			const struct rule *r = l->k->tables[i].rules[j];
			if (text_is(field(line, 0), r->row.id))
				return is_of_models(r) ? r : NULL;
		}
	return NULL;
}

bool
written_weigh(struct learning *l, const char *folder)
{
	char path[4096];
	struct lines t;

	(void)snprintf(path, sizeof path, "%s/ua.tsv", folder);
	if (!lines_load(&l->arena, path, &t) || (l->out = open_new(path)) == NULL)
		return false;
	for (size_t i = 0; i < t.n; i++) {
		const struct rule *r = text_starts(t.list[i], text_of("android.model/"))
		    ? rule_of(l, t.list[i])
		    : NULL;
		if (r != NULL)
			row_weigh(l, r, t.list[i]);
		else
			(void)fprintf(l->out, "%.*s\n", (int)t.list[i].len,
			    t.list[i].s);
	}
	return close_new(l->out, path);
}
