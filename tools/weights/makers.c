/* SPDX-License-Identifier: ISC */
/*
 * What the maker of an interface says of the maker of the device. Of the labelled
 * devices whose address is in the block of a maker that a row names, a share p has that
 * vendor (the others have an adapter, a part or a company bought by it). One p is
 * counted for all makers together, of blocks and not of addresses; the weight then
 * brings the vendor's own share r of priors.tsv to p:
 *
 *	w = log(p / (1 - p)) + log((1 - r) / r)
 *
 * So a rare maker's block says as much of its device as a common maker's does.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/accuracy.h"
#include "weights.h"

enum { BLOCK = 3 }; /* octets of an address that are the maker's */

static const char makers_table[] = "oui.tsv";

struct purity {
	size_t right, of;
};

static bool
truth_load(struct truth_table *t, const char *folder, const char *truth)
{
	char path[4096];
	struct text text;
	struct err err = { "" };

	(void)snprintf(path, sizeof path, "%s/aliases.tsv", folder);
	if (!file_load(&t->arena, path, &text))
		return false;
	if (aliases_read(t, path, text, &err) == 0 &&
	    file_load(&t->arena, truth, &text) && truth_read(t, truth, text, &err) == 0)
		return true;
	(void)fprintf(stderr, "weights: %s\n", err.line);
	return false;
}

/* The claim of a row that names one maker. */
static const struct claim *
maker_claim(const struct row *row)
{
	const struct claim *c = row->claims;

	return row->n_claims > 0 && c->attribute == ATTR_VENDOR && c->n == 1 &&
	        !text_is(c->values[0], "other")
	    ? c
	    : NULL;
}

static int
block_order(const void *left, const void *right)
{
	const struct truth_row *a = *(const struct truth_row *const *)left;
	const struct truth_row *b = *(const struct truth_row *const *)right;
	struct text x = a->value[ATTR_VENDOR], y = b->value[ATTR_VENDOR];
	int order = memcmp(a->address.b, b->address.b, BLOCK);

	if (order == 0)
		order = (x.len > y.len) - (x.len < y.len);
	return order != 0 ? order : memcmp(x.s, y.s, x.len);
}

static void
count_block(struct knowledge *k, const struct truth_table *t,
    const struct truth_row *row, struct purity *p)
{
	const struct row *rows[MATCHES_MAX];

	if (knowledge_match_mac(k, row->address, rows) == 0)
		return;
	const struct claim *c = maker_claim(rows[0]);
	/* Those of virtual machines and private addresses are rows by prefix. */
	if (c == NULL || strncmp(rows[0]->id, "oui/", 4) != 0)
		return;
	p->of++;
	p->right += truth_right(t, ATTR_VENDOR, row->value[ATTR_VENDOR], c->values[0]);
}

/* Each block once for each vendor in it: one model may stand in tens of captures. */
static struct purity
count(struct knowledge *k, const struct truth_table *t, const char *without)
{
	const struct truth_row **by = must_alloc(t->n + 1, sizeof *by);
	struct purity p = { 0, 0 };
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++) {
		struct text path = t->rows[i].capture, group = path;
		(void)text_split(&path, '/', &group);
		if (t->rows[i].scored[ATTR_VENDOR] &&
		    t->rows[i].address.kind == ADDR_MAC && !is_left_out(group, without))
			by[n++] = &t->rows[i];
	}
	if (n > 1)
		qsort(by, n, sizeof *by, block_order);
	for (size_t i = 0; i < n; i++)
		if (i == 0 || block_order(&by[i - 1], &by[i]) != 0)
			count_block(k, t, by[i], &p);
	free(by);
	return p;
}

static double
share_of(struct knowledge *k, struct text vendor)
{
	size_t n;
	const struct hypothesis *h = knowledge_hypotheses(k, &n);
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		if (text_equal(h[i].vendor, vendor))
			sum += h[i].prior;
	return sum;
}

static void
row_write(struct knowledge *k, struct arena *arena, const struct rule *r,
    struct text line, const struct purity *p, FILE *out)
{
	const struct claim *c = maker_claim(&r->row);
	struct text says = field(line, 4);
	double share = c != NULL ? share_of(k, c->values[0]) : 0;
	bool counted = share > 0 && key_set_has(&r->keys, KEY_OUI_ORGANISATION);

	if (counted) {
		double pure = ((double)p->right + 1) / ((double)p->of + 2);
		double w = log(pure / (1 - pure)) + log((1 - share) / share);
		says = text_of(put_weight(arena, arena_string(arena, says), 0, w));
	}
	for (unsigned i = 0; i < 10; i++) {
		struct text f = i == 4 ? says : field(line, i);
		(void)fprintf(out, "%s%.*s", i > 0 ? "\t" : "", (int)f.len, f.s);
	}
	if (counted)
		(void)fprintf(out, "\tblocks %zu/%zu share %.5f", p->right, p->of,
		    share);
	(void)fputc('\n', out);
}

static bool
table_write(struct knowledge *k, struct arena *arena, const struct table *table,
    const char *path, const struct purity *p)
{
	struct lines t;
	FILE *out;
	size_t at = 0;

	if (!lines_load(arena, path, &t) || (out = open_new(path)) == NULL)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (text_starts(t.list[i], text_of("#")))
			(void)fprintf(out, "%.*s\n", (int)t.list[i].len, t.list[i].s);
		else if (t.list[i].len > 0 && at < table->n)
			row_write(k, arena, table->rules[at++], t.list[i], p, out);
	return close_new(out, path);
}

bool
makers_weigh(struct knowledge *k, const char *truth, const char *folder,
    const char *without)
{
	struct truth_table t = { .n = 0 };
	struct arena arena = { 0 };
	char path[4096];
	bool ok = truth_load(&t, folder, truth);

	if (ok) {
		struct purity p = count(k, &t, without);
		(void)snprintf(path, sizeof path, "%s/%s", folder, makers_table);
		for (size_t i = 0; ok && i < k->n_tables; i++)
			if (strcmp(k->tables[i].name, makers_table) == 0)
				ok = table_write(k, &arena, &k->tables[i], path, &p);
	}
	truth_free(&t);
	arena_free(&arena);
	return ok;
}
