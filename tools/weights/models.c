/* SPDX-License-Identifier: ISC */
/*
 * android.tsv: what the beginning of an Android's model says of its maker and its kind.
 * The labelled models stand in order, their words parted by blanks; each beginning that
 * at least two of them share is a node of a tree, and a row where it says something
 * that the node above does not. No row is for a string: what was seen is a sample of a
 * series.
 */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "models.h"

enum { LEAST = 2 };

static int
device_order(const void *left, const void *right)
{
	const struct model *a = left, *b = right;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

void
models_count(const struct model *m, size_t n, struct counts *out)
{
	struct model *own = must_alloc(n, sizeof *own);

	memset(out, 0, sizeof *out);
	memcpy(own, m, n * sizeof *own);
	qsort(own, n, sizeof *own, device_order);
	for (size_t i = 0; i < n; i++) {
		if (i + 1 < n && own[i].device == own[i + 1].device &&
		    (own[i + 1].kind != NONE || own[i].kind == NONE))
			continue;
		if (i > 0 && own[i].device == own[i - 1].device && own[i].kind == NONE)
			continue;
		out->vendor[own[i].vendor]++;
		out->n++;
		if (own[i].kind != NONE) {
			out->kind[own[i].kind]++;
			out->with_kind++;
		}
	}
	free(own);
}

/* The value that nearly all have, or NONE. */
static unsigned
conclude(const double *counts, size_t n, double all, double share)
{
	unsigned best = 0;

	for (unsigned i = 1; i < n; i++)
		if (counts[i] > counts[best])
			best = i;
	return counts[best] >= LEAST && counts[best] >= share * all ? best : NONE;
}

static double
within(double w, double low, double high)
{
	return w < low ? low : w > high ? high : w;
}

double
tally_models(const struct tally *t)
{
	return within(tally_weight(t), 0.7, t->yes + t->no < 10 ? 6.9 : 9.2);
}

static bool
is_hypothesis(const struct learning *l, unsigned vendor, unsigned kind, const char *os)
{
	for (size_t i = 0; i < l->k->n_hypotheses; i++) {
		const struct hypothesis *h = &l->k->hypotheses[i];
		if (h->at[ATTR_VENDOR] == vendor && h->at[ATTR_KIND] == kind &&
		    text_is(h->os, os))
			return true;
	}
	return false;
}

static void
print_id(FILE *out, struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (isalnum((unsigned char)t.s[i]) || t.s[i] == '-')
			(void)fputc(t.s[i], out);
		else
			(void)fprintf(out, "_%02x", (unsigned char)t.s[i]);
}

/* The share of the kind among what the taxonomy has of the maker's Androids. */
static double
share_of(const struct learning *l, unsigned vendor, unsigned kind)
{
	double all = 0, of_kind = 0;

	for (size_t i = 0; i < l->k->n_hypotheses; i++) {
		const struct hypothesis *h = &l->k->hypotheses[i];
		if (h->at[ATTR_VENDOR] != vendor ||
		    (!text_is(h->os, "Android") && !text_is(h->os, "Fire OS")))
			continue;
		all += h->prior;
		of_kind += h->at[ATTR_KIND] == kind ? h->prior : 0;
	}
	return all > 0 ? of_kind / all : 0;
}

/* A beginning, and those that it begins with: the models that share each. */
struct path {
	const struct model *m[BEGINNING_MAX + 1];
	size_t n[BEGINNING_MAX + 1], depth;
};

/* Whose models are counted: a maker's (or NONE: all), all or those that say Mobile. */
struct whose {
	unsigned vendor;
	bool says_mobile;
	bool by_maker; /* each counts one: a maker's models are like each other */
};

static int
maker_order(const void *left, const void *right)
{
	const struct model *a = left, *b = right;

	return (a->maker > b->maker) - (a->maker < b->maker);
}

static void
count_makers(struct model *m, size_t n, struct counts *out)
{
	struct counts *one = must_alloc(1, sizeof *one);

	memset(out, 0, sizeof *out);
	qsort(m, n, sizeof *m, maker_order);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && m[end].maker == m[i].maker;)
			end++;
		models_count(m + i, end - i, one);
		for (unsigned k = 0; k < VALUES_MAX && one->with_kind > 0; k++)
			out->kind[k] += one->kind[k] / one->with_kind;
		out->with_kind += one->with_kind > 0;
	}
	free(one);
}

/* Of the models that share the beginning at a depth, and not the next. */
static void
count_at(const struct path *p, size_t depth, const struct whose *w, struct counts *out)
{
	const struct model *m = p->m[depth], *below = NULL;
	size_t n = 0, n_below = 0;
	struct model *own = must_alloc(p->n[depth], sizeof *own);

	if (depth < p->depth) {
		below = p->m[depth + 1];
		n_below = p->n[depth + 1];
	}
	for (size_t i = 0; i < p->n[depth]; i++)
		if ((below == NULL || m + i < below || m + i >= below + n_below) &&
		    (w->vendor == NONE || m[i].vendor == w->vendor) &&
		    (m[i].says_mobile || !w->says_mobile))
			own[n++] = m[i];
	if (w->by_maker)
		count_makers(own, n, out);
	else
		models_count(own, n, out);
	free(own);
}

/*
 * The share of a kind among the devices of a beginning, of the maker that it names: the
 * m-estimate, which takes for what few devices leave open the share among those that
 * share the beginning above it and not this one (SM-T of SM-T11), estimated likewise;
 * at the top that of all the maker's models, and for those what the taxonomy gives him.
 * So two tablets of a line of tablets are as good as sure, and two of a maker of phones
 * not. Where makers share a beginning, makers are counted: fourteen tablets of one
 * foretell little of another's.
 */
static double
share_estimate(const struct path *p, unsigned kind, const struct whose *w, double share)
{
	struct counts *c = must_alloc(1, sizeof *c);

	/* what makers share begins below the top: there it is the base rate itself */
	for (size_t i = w->vendor == NONE ? 1 : 0; i <= p->depth; i++)
		if (i == p->depth || p->n[i] > p->n[i + 1]) {
			count_at(p, i, w, c);
			share = (c->kind[kind] + share) / (c->with_kind + 1);
		}
	free(c);
	return share;
}

static double
logit(double p)
{
	p = within(p, 0.001, 0.999);
	return log(p / (1 - p));
}

/* Of the kind among all, or among what the taxonomy gives the maker. */
double
models_share(const struct learning *l, unsigned kind, unsigned vendor)
{
	return vendor != NONE ? within(share_of(l, vendor, kind), 0.01, 0.99)
	                      : l->of_kind[kind] / l->with_kind;
}

double
share_weight(double share, double base, double n)
{
	double most = n < 10 ? 6.9 : 9.2;

	return within(logit(share) - logit(base), -most, most);
}

static struct whose
whose_of(const struct learning *l, unsigned vendor, bool says_mobile)
{
	bool other = vendor != NONE &&
	    text_is(l->k->values[ATTR_VENDOR][vendor], "other");

	return (struct whose){ vendor, says_mobile, vendor == NONE || other };
}

/*
 * That of a kind by the purity of the beginning, p / (1 - p) * (1 - q) / q. Of a
 * beginning that makers share q is the share of the kind over all; of a maker's own
 * that which the taxonomy gives the maker, which the claim is weighed against: a maker
 * of sets that has phones too is a maker of phones where it says so. From few models no
 * more than a thousand to one.
 */
static double
kind_weight(const struct learning *l, const struct path *path, const struct counts *c,
    unsigned kind, unsigned vendor)
{
	struct whose w = whose_of(l, vendor, false);
	double q = models_share(l, kind, vendor);

	return share_weight(share_estimate(path, kind, &w, q), q, c->with_kind);
}

/*
 * The same of those whose browsers say Mobile, which of most models tells a phone, and
 * of some lines of tablets and sets nothing: their own strings have been counted. What
 * few leave open is what Mobile is worth over all.
 */
static double
mobile_weight(const struct learning *l, const struct path *path, unsigned kind,
    unsigned vendor)
{
	struct whose w = whose_of(l, vendor, false);
	struct counts *c = must_alloc(1, sizeof *c);
	double q = models_share(l, kind, vendor);
	double with = l->of_mobile[kind] / l->of_kind[kind];
	double without = (l->mobile - l->of_mobile[kind]) /
	    (l->with_kind - l->of_kind[kind]);
	double odds = exp(logit(share_estimate(path, kind, &w, q))) * with / without;

	w.says_mobile = true;
	count_at(path, path->depth, &w, c);
	double share = (c->kind[kind] + odds / (1 + odds)) / (c->with_kind + 1);
	free(c);
	return logit(share) - logit(q);
}

/* The kind that the beginning speaks for most, or NONE. */
static unsigned
likeliest(const struct learning *l, const struct path *path, const struct counts *c,
    unsigned vendor)
{
	unsigned best = NONE;
	double most = 0.3;

	for (unsigned i = 0; i < l->k->n_values[ATTR_KIND]; i++)
		if (c->kind[i] >= 2 && kind_weight(l, path, c, i, vendor) > most) {
			most = kind_weight(l, path, c, i, vendor);
			best = i;
		}
	return best;
}

static void
print_claim(struct learning *l, enum attribute a, unsigned value, double weight)
{
	struct text v = l->k->values[a][value];
	bool quoted = memchr(v.s, ' ', v.len) != NULL;

	(void)fprintf(l->out, "%s=%s%.*s%s:%.1f", attribute_name(a), quoted ? "\"" : "",
	    (int)v.len, v.s, quoted ? "\"" : "", weight);
}

/* Of the devices of a kind, or with any, at the end of the path: who says Mobile. */
static double
count_mobile(const struct path *path, unsigned vendor, unsigned kind)
{
	struct whose w = { vendor, true, false };
	struct counts *c = must_alloc(1, sizeof *c);

	count_at(path, path->depth, &w, c);
	double n = kind == NONE ? c->with_kind : c->kind[kind];
	free(c);
	return n;
}

static void
print_begin(struct learning *l, const char *key, struct text t)
{
	(void)fprintf(l->out, "%s/", key);
	print_id(l->out, t);
	(void)fprintf(l->out, "\t%s\tprefix\t%.*s\t", key, (int)t.len, t.s);
}

static void
print_end(struct learning *l, struct text t, const struct tally *vendor, double of_kind,
    double with_kind)
{
	(void)fprintf(l->out,
	    "\thttp\tlabelled User-Agents, models counted\tfacts\t%.*s\tx%.*s\t",
	    (int)t.len, t.s, (int)t.len, t.s);
	if (vendor != NULL)
		(void)fprintf(l->out, "vendor %g/%g others %g/%g", vendor->yes,
		    vendor->of_yes, vendor->no, vendor->of_no);
	if (of_kind >= 0)
		(void)fprintf(l->out, "%skind %g/%g", vendor != NULL ? " " : "",
		    of_kind, with_kind);
	(void)fputc('\n', l->out);
}

/* Vendor NONE: makers share the beginning, and only the kind is told. */
static void
print_row(struct learning *l, const struct path *path, const struct counts *c,
    unsigned vendor, unsigned kind)
{
	struct text t = { path->m[path->depth][0].name.s, path->depth };
	bool named = vendor != NONE, told = kind != NONE, fire = false;

	if (named) {
		if (!told)
			told = (kind = likeliest(l, path, c, vendor)) != NONE;
		fire = told && is_hypothesis(l, vendor, kind, "Fire OS");
		told = fire || (told && is_hypothesis(l, vendor, kind, "Android"));
	}
	struct tally n = { .of_yes = 0 };
	if (named)
		n = (struct tally){ c->vendor[vendor], l->of_vendor[vendor],
			c->n - c->vendor[vendor], l->devices - l->of_vendor[vendor] };
	bool phone = told && text_is(l->k->values[ATTR_KIND][kind], "phone");
	double says = told && !phone ? count_mobile(path, vendor, kind) : 0;
	bool twin = says >= LEAST && says >= 0.9 * count_mobile(path, vendor, NONE);
	for (int mobile = 0; mobile <= twin; mobile++) {
		print_begin(l, mobile ? "android.mobile" : "android.series", t);
		if (named)
			print_claim(l, ATTR_VENDOR, vendor, tally_models(&n));
		if (fire) /* Amazon's Android goes by its own name */
			(void)fputs(" os=\"Fire OS\":6.9", l->out);
		if (named && told)
			(void)fputc(' ', l->out);
		if (told)
			print_claim(l, ATTR_KIND, kind,
			    mobile ? mobile_weight(l, path, kind, vendor)
			           : kind_weight(l, path, c, kind, vendor));
		print_end(l, t, named ? &n : NULL,
		    !told        ? -1
		        : mobile ? says
		                 : c->kind[kind],
		    mobile ? count_mobile(path, vendor, NONE) : c->with_kind);
	}
}

/* The models from m on that share the beginning at the end of the path. */
static void
descend(struct learning *l, struct path *path, const struct model *m, size_t n,
    unsigned above_vendor, unsigned above_kind)
{
	struct counts *c = must_alloc(1, sizeof *c);
	unsigned vendor = above_vendor, kind = above_kind;
	size_t len = path->depth;

	path->m[len] = m;
	path->n[len] = n;
	models_count(m, n, c);
	if (c->n >= LEAST && len >= BEGINNING_MIN && m[0].name.s[len - 1] != ' ') {
		unsigned v = conclude(c->vendor, VALUES_MAX, c->n, 0.9);
		unsigned w = conclude(c->kind, VALUES_MAX, c->with_kind, 0.9);
		vendor = v != NONE ? v : above_vendor;
		kind = w != NONE ? w : above_kind;
		if ((vendor != NONE || kind != NONE) &&
		    (vendor != above_vendor || kind != above_kind))
			print_row(l, path, c, vendor, kind);
	}
	bool deeper = c->n >= LEAST && len < BEGINNING_MAX;
	free(c);
	path->depth++;
	for (size_t i = 0, end; deeper && i < n; i = end) {
		end = i + 1;
		if (m[i].name.len <= len)
			continue;
		while (end < n && m[end].name.len > len &&
		    m[end].name.s[len] == m[i].name.s[len])
			end++;
		descend(l, path, m + i, end - i, vendor, kind);
	}
	path->depth--;
}

bool
models_learn(struct knowledge *k, const char *ua_table, const char *out,
    const char *folder, unsigned without)
{
	struct learning l = { .k = k };
	struct lines t;

	if (!lines_load(&l.arena, ua_table, &t) || (l.out = open_new(out)) == NULL) {
		arena_free(&l.arena);
		return false;
	}
	models_read(&l, &t, without);
	struct counts *all = must_alloc(1, sizeof *all);
	models_count(l.models, l.n, all);
	memcpy(l.of_vendor, all->vendor, sizeof l.of_vendor);
	memcpy(l.of_kind, all->kind, sizeof l.of_kind);
	l.devices = all->n;
	l.with_kind = all->with_kind;
	struct path path = { { l.models }, { l.n }, 0 };
	count_at(&path, 0, &(struct whose){ NONE, true, false }, all);
	memcpy(l.of_mobile, all->kind, sizeof l.of_mobile);
	l.mobile = all->with_kind;
	free(all);
	(void)
	    fputs("# id\tkey\tmatch\tpattern\tsays\tfamily\tsource\tlicence\texample\t"
	          "counterexample\tcounts\n## Written by `make weights`.\n",
	        l.out);
	descend(&l, &path, l.models, l.n, NONE, NONE);
	bool ok = close_new(l.out, out) && written_weigh(&l, folder);
	free(l.models);
	arena_free(&l.arena);
	return ok;
}
