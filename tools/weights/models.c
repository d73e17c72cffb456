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

#include "weights.h"

enum { LEAST = 2, BEGINNING_MIN = 2, BEGINNING_MAX = 24, NONE = 0xffff };

static const struct {
	const char *label, *kind;
} kinds[] = {
	{ "smartphone", "phone" },
	{ "phablet", "phone" },
	{ "tablet", "tablet" },
	{ "tv", "tv" },
	{ "wearable", "watch" },
	{ "smart speaker", "speaker" },
	{ "console", "console" },
	{ "portable media player", "media-player" },
	{ "car browser", "vehicle" },
};

struct model {
	struct text name;      /* folded, as the string has it */
	uint64_t device;       /* a digest of brand and model of the label */
	uint16_t vendor, kind; /* places in the knowledge's values */
};

struct learning {
	struct knowledge *k;
	struct arena arena;
	struct model *models;
	size_t n;
	double of_vendor[VALUES_MAX], of_kind[VALUES_MAX]; /* devices */
	double devices, with_kind;
	FILE *out;
};

static struct text
plain(struct arena *a, struct text t)
{
	char *s = arena_string(a, t);
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		if (isalnum((unsigned char)t.s[i]))
			s[n++] = (char)tolower((unsigned char)t.s[i]);
	return (struct text){ s, n };
}

/* Makers that the table knows by another name. */
static struct text
maker(struct text brand)
{
	static const char *const also[][2] = { { "Alcatel One Touch", "Alcatel" },
		{ "POCO", "Xiaomi" }, { "RIM", "BlackBerry" }, { "Redmi", "Xiaomi" },
		{ "Sony Ericsson", "Sony" }, { "SonyEricsson", "Sony" },
		{ "Tecno Mobile", "Tecno" } };

	for (size_t i = 0; i < sizeof also / sizeof *also; i++)
		if (text_is_word(brand, also[i][0]))
			return text_of(also[i][1]);
	return brand;
}

/* The vendor's place; that of "other" for those who are not of the taxonomy. */
static unsigned
vendor_of(struct learning *l, struct text brand)
{
	struct text want = plain(&l->arena, maker(brand));
	unsigned other = NONE;

	for (unsigned i = 0; i < l->k->n_values[ATTR_VENDOR]; i++) {
		struct text have = plain(&l->arena, l->k->values[ATTR_VENDOR][i]);
		if (text_equal(have, want))
			return i;
		if (text_is(have, "other"))
			other = i;
	}
	return other;
}

static unsigned
kind_of(const struct learning *l, struct text label)
{
	unsigned at;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (text_is(label, kinds[i].label) &&
		    value_find(l->k, ATTR_KIND, text_of(kinds[i].kind), &at))
			return at;
	return NONE;
}

static uint64_t
digest(struct text brand, struct text model)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < brand.len + 1 + model.len; i++) {
		char c = i < brand.len ? brand.s[i]
		    : i == brand.len   ? '/'
		                       : model.s[i - brand.len - 1];
		h = (h ^ (uint64_t)tolower((unsigned char)c)) * UINT64_C(1099511628211);
	}
	return h;
}

bool
model_is_kept(struct text brand, struct text model, unsigned part)
{
	unsigned sum = 0;

	for (size_t i = 0; i < brand.len + 1 + model.len; i++) {
		char c = i < brand.len ? brand.s[i]
		    : i == brand.len   ? '/'
		                       : model.s[i - brand.len - 1];
		sum = (sum * 31 + (unsigned char)tolower((unsigned char)c)) % 65521;
	}
	return sum % PARTS == part;
}

static int
model_order(const void *left, const void *right)
{
	const struct model *a = left, *b = right;
	size_t n = a->name.len < b->name.len ? a->name.len : b->name.len;
	int order = memcmp(a->name.s, b->name.s, n);

	if (order == 0)
		order = (a->name.len > b->name.len) - (a->name.len < b->name.len);
	if (order == 0)
		order = (a->device > b->device) - (a->device < b->device);
	return order != 0 ? order : (a->kind > b->kind) - (a->kind < b->kind);
}

static void
read_models(struct learning *l, const struct lines *t, unsigned without)
{
	l->models = must_alloc(t->n, sizeof *l->models);
	for (size_t i = 1; i < t->n; i++) {
		struct text ua = field(t->list[i], 0), brand = field(t->list[i], 3);
		struct text model = field(t->list[i], 4), version;
		struct text name = user_agent_model(ua, &version);
		if (name.len < BEGINNING_MIN || brand.len == 0 || !text_is_utf8(name) ||
		    text_is_word(brand, "Unknown") || text_is_word(brand, "sprd") ||
		    text_is_word(brand, "alps") || model_is_kept(brand, model, without))
			continue;
		char plain[64];
		name = user_agent_series(name, plain);
		char *folded = arena_string(&l->arena, name);
		for (char *c = folded; *c != '\0'; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c - 'A' + 'a');
		l->models[l->n++] = (struct model){ { folded, name.len },
			digest(brand, model), (uint16_t)vendor_of(l, brand),
			(uint16_t)kind_of(l, field(t->list[i], 5)) };
	}
	qsort(l->models, l->n, sizeof *l->models, model_order);
}

static int
device_order(const void *left, const void *right)
{
	const struct model *a = left, *b = right;

	if (a->device != b->device)
		return a->device < b->device ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

/* Devices of some models, by vendor and by kind; a device counts once. */
struct counts {
	double vendor[VALUES_MAX], kind[VALUES_MAX], n, with_kind;
};

static void
count(const struct model *m, size_t n, struct counts *out)
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

/* The estimate; from few models no more than a thousand to one. */
static double
weight_of(const struct tally *t)
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

/*
 * That of a kind by the purity of the beginning, p / (1 - p) * (1 - q) / q, with the
 * m-estimate for p. Of a beginning that makers share q is the share of the kind over
 * all; of a maker's own that which the taxonomy gives the maker, which the claim is
 * weighed against: a maker of sets that has phones too is a maker of phones where it
 * says so.
 */
static double
kind_weight(const struct learning *l, const struct counts *c, unsigned kind,
    unsigned vendor)
{
	double q = vendor != NONE ? within(share_of(l, vendor, kind), 0.01, 0.99)
	                          : l->of_kind[kind] / l->with_kind;
	double p = (c->kind[kind] + q) / (c->with_kind + 1);

	return within(log(p / (1 - p) * (1 - q) / q), -4.6, 4.6);
}

/* The kind that the beginning speaks for most, or NONE. */
static unsigned
likeliest(const struct learning *l, const struct counts *c, unsigned vendor)
{
	unsigned best = NONE;
	double most = 0.3;

	for (unsigned i = 0; i < l->k->n_values[ATTR_KIND]; i++)
		if (c->kind[i] >= 2 && kind_weight(l, c, i, vendor) > most) {
			most = kind_weight(l, c, i, vendor);
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

/* Vendor NONE: makers share the beginning, and only the kind is told. */
static void
print_row(struct learning *l, struct text t, const struct counts *c, unsigned vendor,
    unsigned kind)
{
	bool named = vendor != NONE, told = kind != NONE, fire = false;
	int len = (int)t.len;

	if (named) {
		if (!told)
			told = (kind = likeliest(l, c, vendor)) != NONE;
		fire = told && !is_hypothesis(l, vendor, kind, "Android") &&
		    is_hypothesis(l, vendor, kind, "Fire OS");
		told = fire || (told && is_hypothesis(l, vendor, kind, "Android"));
	}
	(void)fputs("android.series/", l->out);
	print_id(l->out, t);
	(void)fprintf(l->out, "\tandroid.series\tprefix\t%.*s\t", len, t.s);
	struct tally n = { .of_yes = 0 };
	if (named) {
		n = (struct tally){ c->vendor[vendor], l->of_vendor[vendor],
			c->n - c->vendor[vendor], l->devices - l->of_vendor[vendor] };
		print_claim(l, ATTR_VENDOR, vendor, weight_of(&n));
	}
	if (fire) /* Amazon's Android goes by its own name */
		(void)fputs(" os=\"Fire OS\":6.9", l->out);
	if (named && told)
		(void)fputc(' ', l->out);
	if (told)
		print_claim(l, ATTR_KIND, kind, kind_weight(l, c, kind, vendor));
	(void)fprintf(l->out,
	    "\thttp\tlabelled User-Agents, models counted\tfacts\t%.*s\tx%.*s\t", len,
	    t.s, len, t.s);
	if (named)
		(void)fprintf(l->out, "vendor %g/%g others %g/%g", n.yes, n.of_yes,
		    n.no, n.of_no);
	if (told)
		(void)fprintf(l->out, "%skind %g/%g", named ? " " : "", c->kind[kind],
		    c->with_kind);
	(void)fputc('\n', l->out);
}

/* The models from m on that share the first `len` bytes. */
static void
descend(struct learning *l, const struct model *m, size_t n, size_t len,
    unsigned above_vendor, unsigned above_kind)
{
	struct counts *c = must_alloc(1, sizeof *c);
	unsigned vendor = above_vendor, kind = above_kind;

	count(m, n, c);
	if (c->n >= LEAST && len >= BEGINNING_MIN && m[0].name.s[len - 1] != ' ') {
		unsigned v = conclude(c->vendor, VALUES_MAX, c->n, 0.9);
		unsigned w = conclude(c->kind, VALUES_MAX, c->with_kind, 0.9);
		vendor = v != NONE ? v : above_vendor;
		kind = w != NONE ? w : above_kind;
		if ((vendor != NONE || kind != NONE) &&
		    (vendor != above_vendor || kind != above_kind))
			print_row(l, (struct text){ m[0].name.s, len }, c, vendor,
			    kind);
	}
	bool deeper = c->n >= LEAST && len < BEGINNING_MAX;
	free(c);
	for (size_t i = 0, end; deeper && i < n; i = end) {
		end = i + 1;
		if (m[i].name.len <= len)
			continue;
		while (end < n && m[end].name.len > len &&
		    m[end].name.s[len] == m[i].name.s[len])
			end++;
		descend(l, m + i, end - i, len + 1, vendor, kind);
	}
}

bool
models_learn(struct knowledge *k, const char *ua_table, const char *out,
    unsigned without)
{
	struct learning l = { .k = k };
	struct lines t;

	if (!lines_load(&l.arena, ua_table, &t) || (l.out = open_new(out)) == NULL) {
		arena_free(&l.arena);
		return false;
	}
	read_models(&l, &t, without);
	struct counts *all = must_alloc(1, sizeof *all);
	count(l.models, l.n, all);
	memcpy(l.of_vendor, all->vendor, sizeof l.of_vendor);
	memcpy(l.of_kind, all->kind, sizeof l.of_kind);
	l.devices = all->n;
	l.with_kind = all->with_kind;
	free(all);
	(void)
	    fputs("# id\tkey\tmatch\tpattern\tsays\tfamily\tsource\tlicence\texample\t"
	          "counterexample\tcounts\n## Written by `make weights`.\n",
	        l.out);
	descend(&l, l.models, l.n, 0, NONE, NONE);
	free(l.models);
	arena_free(&l.arena);
	return close_new(l.out, out);
}
