/* SPDX-License-Identifier: ISC */
/*
 * Counts what labelled devices show of each row, and writes the row's weights anew. A
 * claim is counted among the devices for which the row's earlier claims are true, since
 * its weight is given those.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "weights.h"

enum { LEAST = 5, KEY_WORDS = (KEYS + 63) / 64 };

struct device {
	struct text name, label[JOINT_ATTRIBUTES]; /* words with a bar between */
	uint64_t keys[KEY_WORDS];                  /* facts that it shows */
};

struct shown {
	const char *id; /* of a row that a value of the device matches */
	uint32_t device;
};

struct counting {
	struct knowledge *k;
	struct arena arena;
	struct device *devices;
	size_t n_devices;
	uint32_t *slots; /* an open table of devices by name, 0 for none */
	size_t cap;
	struct shown *shown;
	size_t n_shown;
};

static struct device *
device_of(struct counting *c, struct text name)
{
	size_t at = hash_bytes(name.s, name.len, 0) & (c->cap - 1);

	while (c->slots[at] != 0) {
		if (text_equal(c->devices[c->slots[at] - 1].name, name))
			return &c->devices[c->slots[at] - 1];
		at = (at + 1) & (c->cap - 1);
	}
	c->devices[c->n_devices].name = name;
	c->slots[at] = (uint32_t)++c->n_devices;
	return &c->devices[c->n_devices - 1];
}

/* Group, device, key, value, vendor, os, kind. */
static void
example_read(struct counting *c, struct text line)
{
	const struct row *rows[MATCHES_MAX];
	enum fact_key key = fact_find(field(line, 2));

	if (key == FACT_NONE)
		return;
	struct device *d = device_of(c, field(line, 1));
	d->keys[key / 64] |= UINT64_C(1) << key % 64;
	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++)
		if (field(line, 4 + a).len > 0)
			d->label[a] = field(line, 4 + a);
	size_t n = knowledge_match(c->k, key, field(line, 3), rows);
	for (size_t i = 0; i < n; i++)
		c->shown[c->n_shown++] = (struct shown){ rows[i]->id,
			(uint32_t)(d - c->devices) };
}

static int
shown_order(const void *left, const void *right)
{
	const struct shown *a = left, *b = right;
	int order = strcmp(a->id, b->id);

	return order != 0 ? order : (a->device > b->device) - (a->device < b->device);
}

bool
is_left_out(struct text group, const char *without)
{
	char buf[256];
	int n = snprintf(buf, sizeof buf, "|%.*s|", (int)group.len, group.s);

	return without != NULL && n > 0 && (size_t)n < sizeof buf &&
	    strstr(without, buf) != NULL;
}

static void
examples_read(struct counting *c, const struct lines *t, const char *without)
{
	for (c->cap = 64; c->cap < t->n * 2;)
		c->cap *= 2;
	c->slots = must_alloc(c->cap, sizeof *c->slots);
	c->devices = must_alloc(t->n + 1, sizeof *c->devices);
	c->shown = must_alloc(t->n * MATCHES_MAX + 1, sizeof *c->shown);
	for (size_t i = 0; i < t->n; i++)
		if (!is_left_out(field(t->list[i], 0), without))
			example_read(c, t->list[i]);
	qsort(c->shown, c->n_shown, sizeof *c->shown, shown_order);
}

static bool
shows(const struct counting *c, const char *id, uint32_t device)
{
	struct shown want = { id, device };

	return bsearch(&want, c->shown, c->n_shown, sizeof want, shown_order) != NULL;
}

static bool
is_true(const struct claim *claim, struct text label)
{
	struct text one;

	while (text_split(&label, '|', &one))
		for (size_t i = 0; i < claim->n; i++)
			if (text_equal_word(claim->values[i], one))
				return true;
	return false;
}

/* Whether the device is one among which the claim of a row can be counted. */
static bool
is_asked(const struct device *d, const struct rule *r, size_t claim)
{
	uint64_t common = d->keys[FACT_HTTP_USER_AGENT / 64] >>
	        FACT_HTTP_USER_AGENT % 64 &
	    key_set_has(&r->keys, KEY_UA_FORM);

	for (size_t i = 0; i < KEY_WORDS; i++)
		common |= d->keys[i] & r->keys.bits[i];
	if (common == 0 || d->label[r->row.claims[claim].attribute].len == 0)
		return false;
	for (size_t i = 0; i < claim; i++)
		if (r->row.claims[i].weight > 0 &&
		    !is_true(&r->row.claims[i], d->label[r->row.claims[i].attribute]))
			return false;
	return true;
}

static struct tally
claim_count(const struct counting *c, const struct rule *r, size_t claim)
{
	const struct claim *what = &r->row.claims[claim];
	struct tally t = { 0 };

	for (uint32_t i = 0; i < c->n_devices; i++) {
		const struct device *d = &c->devices[i];
		if (!is_asked(d, r, claim))
			continue;
		bool yes = is_true(what, d->label[what->attribute]);
		bool shown = shows(c, r->row.id, i);
		t.of_yes += yes;
		t.of_no += !yes;
		t.yes += yes && shown;
		t.no += !yes && shown;
	}
	return t;
}

/* Enough devices give the estimate; fewer bound what was assumed. */
static double
weigh(const struct tally *t, double assumed, double most)
{
	double low, high, w = assumed;

	if (t->yes + t->no >= MANY) {
		w = tally_weight(t);
	} else {
		tally_bounds(t, &low, &high);
		w = w < low ? low : w > high ? high : w;
	}
	return w > most ? most : w < 0.1 ? 0.1 : w;
}

char *
put_weight(struct arena *a, const char *says, size_t claim, double w)
{
	char *out = arena_take(a, strlen(says) + 16);
	const char *s = says;
	size_t at = 0, n = 0;
	bool quoted = false;

	for (; *s != '\0'; s++) {
		if (*s == '"')
			quoted = !quoted;
		out[n++] = *s;
		if (*s != ':' || quoted || at++ != claim)
			continue;
		n += (size_t)sprintf(out + n, "%.1f", w);
		while (s[1] != '\0' && s[1] != ' ')
			s++;
	}
	return out;
}

static bool
is_countable(const struct rule *r)
{
	/* What was counted elsewhere among more devices stands. */
	return strstr(r->row.source, "measurement") == NULL && r->row.n_claims > 0 &&
	    r->row.claims[0].attribute <= ATTR_KIND;
}

static void
row_write(struct counting *c, const struct rule *r, struct text line, FILE *out)
{
	char *says = arena_string(&c->arena, field(line, 4));
	char counts[512] = "";
	size_t n = 0, numbers = 0;

	if (r != NULL && is_of_models(r)) {
		(void)fprintf(out, "%.*s\n", (int)line.len, line.s);
		return;
	}
	for (size_t i = 0; r != NULL && is_countable(r) && i < r->row.n_claims; i++) {
		const struct claim *claim = &r->row.claims[i];
		size_t place = numbers++;
		if (claim->attribute > ATTR_KIND || claim->weight <= 0)
			continue;
		struct tally t = claim_count(c, r, i);
		if (t.yes + t.no < LEAST || t.of_yes < 1 || t.of_no < 1)
			continue;
		bool told = strcmp(r->row.family, "http") == 0 ||
		    strcmp(r->row.family, "mdns") == 0;
		says = put_weight(&c->arena, says, place,
		    weigh(&t, claim->weight, told ? 11.5 : 6.9));
		int had = snprintf(counts + n, sizeof counts - n,
		    "%s%s=%s%s %g/%g others %g/%g", n > 0 ? " " : "",
		    attribute_name(claim->attribute), claim->values[0].s,
		    claim->n > 1 ? "|..." : "", t.yes, t.of_yes, t.no, t.of_no);
		n += had > 0 && (size_t)had < sizeof counts - n ? (size_t)had : 0;
	}
	for (unsigned i = 0; i < 10; i++)
		(void)fprintf(out, "%s%.*s", i > 0 ? "\t" : "",
		    i == 4 ? (int)strlen(says) : (int)field(line, i).len,
		    i == 4 ? says : field(line, i).s);
	(void)fprintf(out, n > 0 ? "\t%s\n" : "\n", counts);
}

static bool
table_weigh(struct counting *c, const struct table *table, const char *folder)
{
	char path[4096];
	struct lines t;
	FILE *out;
	size_t at = 0;

	(void)snprintf(path, sizeof path, "%s/%s", folder, table->name);
	if (!lines_load(&c->arena, path, &t) || (out = open_new(path)) == NULL)
		return false;
	for (size_t i = 0; i < t.n; i++)
		if (i == 0)
			(void)fputs("# id\tkey\tmatch\tpattern\tsays\tfamily\tsource\t"
			            "licence\texample\tcounterexample\tcounts\n",
			    out);
		else if (text_starts(t.list[i], text_of("#")))
			(void)fprintf(out, "%.*s\n", (int)t.list[i].len, t.list[i].s);
		else
			row_write(c, at < table->n ? table->rules[at++] : NULL,
			    t.list[i], out);
	return close_new(out, path);
}

/* By models.c, makers.c and wifi_weights.c; the last three tell by name. */
static bool
is_made_elsewhere(const char *table)
{
	static const char *const names[] = { "android.tsv", "oui.tsv", "wifi.tsv",
		"models.tsv", "darwin.tsv", "apps.tsv" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(table, names[i]) == 0)
			return true;
	return false;
}

bool
rows_weigh(struct knowledge *k, const char *examples, const char *folder,
    const char *without)
{
	struct counting c = { .k = k };
	struct lines t;
	bool ok = lines_load(&c.arena, examples, &t);

	if (ok)
		examples_read(&c, &t, without);
	for (size_t i = 0; ok && i < k->n_tables; i++) {
		if (!is_made_elsewhere(k->tables[i].name))
			ok = table_weigh(&c, &k->tables[i], folder);
	}
	free(c.slots);
	free(c.devices);
	free(c.shown);
	arena_free(&c.arena);
	return ok;
}
