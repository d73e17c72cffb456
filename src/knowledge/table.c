/* SPDX-License-Identifier: ISC */
/*
 * Reads the tables of share/knowledge: tab-separated, one header line that starts
 * with `# `, notes that start with `##` (the first word of a note may be the date
 * of the table), and rows of ten fields, with what their weights were counted from
 * (tools/weights) in an eleventh.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "knowledge/rule.h"

enum { HYPOTHESES_MAX = 4096 };
enum {
	ID,
	KEY,
	MATCH,
	PATTERN,
	SAYS,
	FAMILY,
	SOURCE,
	LICENCE,
	EXAMPLE,
	COUNTER,
	FIELDS, /* that must be there */
	COUNTS = FIELDS,
	FIELDS_MOST
};

static const char *const columns[FIELDS_MOST] = { "id", "key", "match", "pattern",
	"says", "family", "source", "licence", "example", "counterexample", "counts" };

static const char *const match_names[] = { "exact", "prefix", "suffix", "list-prefix",
	"token", "word", "pattern", "pcre", "net", "tcp" };

static const char *const own_keys[] = { "oui.organisation", "oui.prefix", "apple.model",
	"android.model", "android.series", "android.mobile", "darwin.release",
	"ua.form", "wifi.kin", "wifi.kind-apple", "wifi.kind-android",
	"wifi.kind-else" };

static unsigned
key_find(struct text t)
{
	for (unsigned i = 0; i < sizeof own_keys / sizeof *own_keys; i++)
		if (text_is(t, own_keys[i]))
			return FACT_KEYS + i;
	return (unsigned)fact_find(t);
}

static int
keys_parse(struct text t, struct keys *out, struct err *err)
{
	struct text one;

	*out = (struct keys){ .names = t };
	while (text_split(&t, ',', &one)) {
		unsigned key = key_find(one);
		if (key == FACT_NONE) {
			out->names.s = NULL;
			return err_set(err, "no fact is called '%.*s'", (int)one.len,
			    one.s);
		}
		out->set.bits[key / 64] |= UINT64_C(1) << key % 64;
		if (out->family == NULL)
			out->family = key < FACT_KEYS ? fact_family((enum fact_key)key)
			                              : "";
	}
	return 0;
}

static int
keys_read(struct knowledge *k, struct text t, struct rule *r, struct err *err)
{
	struct keys *keys = &k->keys; /* as a rule those of the row before */

	if ((keys->names.s == NULL || !text_equal(keys->names, t)) &&
	    keys_parse(t, keys, err) != 0)
		return -1;
	r->keys = keys->set;
	for (size_t i = 0; i < sizeof keys->set.bits / sizeof *keys->set.bits; i++)
		k->has.bits[i] |= keys->set.bits[i];
	if (r->row.family == NULL)
		r->row.family = keys->family;
	return 0;
}

static int
match_read(struct knowledge *k, struct text name, struct text pattern, struct rule *r,
    struct err *err)
{
	size_t i = 0, n = sizeof match_names / sizeof *match_names;

	while (i < n && !text_is(name, match_names[i]))
		i++;
	if (i == n)
		return err_set(err, "no way to match is called '%.*s'", (int)name.len,
		    name.s);
	if (pattern.len == 0)
		return err_set(err, "the pattern is empty");
	r->match = (enum match_kind)i;
	char *kept = arena_string(&k->arena, pattern);
	if (r->match <= MATCH_TOKEN)
		for (char *c = kept; *c != '\0'; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c - 'A' + 'a');
	r->pattern = (struct text){ kept, pattern.len };
	if (r->match == MATCH_PCRE && (r->regex = pcre_new(r->pattern, err)) == NULL)
		return -1;
	if (r->match == MATCH_NET) {
		r->net = arena_take(&k->arena, sizeof *r->net);
		if (!prefix_parse(r->pattern, r->net))
			return err_set(err, "'%s' is no network", kept);
	}
	return 0;
}

static int
row_read(struct knowledge *k, struct text line, struct rule *r, struct err *err)
{
	struct text field[FIELDS_MOST], rest = line;
	size_t n = 0;

	while (n < FIELDS_MOST && text_split(&rest, '\t', &field[n]))
		n++;
	if (n < FIELDS || rest.s != NULL)
		return err_set(err, "want %d fields, with a tab between", FIELDS);
	if (field[ID].len == 0 || field[SOURCE].len == 0 || field[LICENCE].len == 0 ||
	    field[EXAMPLE].len == 0)
		return err_set(err, "id, source, licence and example must be there");
	if (field[FAMILY].len > 0)
		r->row.family = intern(k, field[FAMILY]).s;
	r->row.id = arena_string(&k->arena, field[ID]);
	r->row.source = intern(k, field[SOURCE]).s;
	r->row.licence = intern(k, field[LICENCE]).s;
	r->example = arena_text(&k->arena, field[EXAMPLE]);
	r->counterexample = arena_text(&k->arena, field[COUNTER]);
	if (keys_read(k, field[KEY], r, err) != 0 ||
	    match_read(k, field[MATCH], field[PATTERN], r, err) != 0)
		return -1;
	r->row.is_whole = r->match == MATCH_EXACT &&
	    key_set_has(&r->keys, FACT_WIFI_SIGNATURE);
	return says_read(k, field[SAYS], r, err);
}

static void
date_read(struct knowledge *k, struct text note)
{
	struct civil c;
	bool has_time;
	struct text word;

	note = text_trim((struct text){ note.s + 2, note.len - 2 });
	word = (struct text){ note.s, text_find(note, ' ', 0) };
	if (word.len == 10 && civil_parse(word, &c, &has_time) &&
	    strncmp(word.s, k->date, 10) > 0) {
		memcpy(k->date, word.s, 10);
		k->date[10] = '\0';
	}
}

static int
header_check(struct text line, const char *const *want, size_t least, size_t n,
    struct err *err)
{
	struct text field, rest = { line.s + 2, line.len - 2 };

	for (size_t i = 0; i < n && (i < least || rest.s != NULL); i++)
		if (!text_split(&rest, '\t', &field) || !text_is(field, want[i]))
			return err_set(err, "column %zu is not called '%s'", i + 1,
			    want[i]);
	return rest.s == NULL ? 0 : err_set(err, "there are more than %zu columns", n);
}

/*
 * Calls back for each row, header and notes dealt with. A wrong line ends it, with
 * the file and the line in err.
 */
static int
lines_read(struct knowledge *k, const char *name, struct text t,
    const char *const *want, size_t least, size_t n_want,
    int (*take)(struct knowledge *, struct text, unsigned, void *, struct err *),
    void *state, struct err *err)
{
	struct text line;
	unsigned number = 0;
	bool header = false;

	while (text_split(&t, '\n', &line)) {
		int bad = 0;
		number++;
		if (line.len == 0 && t.s == NULL)
			break;
		if (line.len >= 2 && line.s[0] == '#' && line.s[1] == '#') {
			date_read(k, line);
		} else if (line.len >= 2 && line.s[0] == '#' && !header) {
			bad = header_check(line, want, least, n_want, err);
			header = true;
		} else if (!header) {
			bad = err_set(err, "the first line must name the columns");
		} else if (memchr(line.s, '\0', line.len) != NULL ||
		    !text_is_utf8(line)) {
			bad = err_set(err, "the line is not UTF-8");
		} else {
			bad = take(k, line, number, state, err);
		}
		if (bad != 0)
			return err_before(err, "%s: line %u", name, number);
	}
	return 0;
}

static int
rule_take(struct knowledge *k, struct text line, unsigned number, void *state,
    struct err *err)
{
	struct table *table = state;
	struct rule *r = arena_take(&k->arena, sizeof *r);

	r->line = number;
	r->table = (uint16_t)(table - k->tables);
	if ((table->n & (table->n - 1)) == 0) /* room is a power of two */
		table->rules = must_grow(table->rules, table->n > 0 ? table->n * 2 : 1,
		    sizeof *table->rules);
	table->rules[table->n++] = r;
	return row_read(k, line, r, err);
}

int
table_read(struct knowledge *k, const char *name, struct text t, struct err *err)
{
	if (k->n_tables == TABLES_MAX)
		return err_set(err, "%s: more than %d tables", name, TABLES_MAX);
	struct table *table = &k->tables[k->n_tables++];
	table->name = arena_string(&k->arena, text_of(name));
	k->keys.names.s = NULL; /* of another text, which may be gone */
	return lines_read(k, name, t, columns, FIELDS, FIELDS_MOST, rule_take, table,
	    err);
}

/* A value of the taxonomy, entered when it is new. */
static unsigned
value_enter(struct knowledge *k, enum attribute a, struct text t)
{
	unsigned at;
	size_t n = k->n_values[a];

	if (value_find(k, a, t, &at))
		return at;
	if ((n & (n - 1)) == 0)
		k->values[a] = must_grow(k->values[a], n > 0 ? n * 2 : 1,
		    sizeof *k->values[a]);
	k->values[a][k->n_values[a]++] = intern(k, t);
	uint16_t *first = &k->value_first[a][value_bucket(t)];
	k->value_next[a][n] = *first;
	*first = (uint16_t)(n + 1);
	return (unsigned)n;
}

static int
prior_take(struct knowledge *k, struct text line, unsigned number, void *state,
    struct err *err)
{
	struct text field[4];
	size_t n = 0, had = k->n_hypotheses;
	char digits[24], *end;

	(void)number, (void)state;
	while (n < 4 && text_split(&line, '\t', &field[n]))
		n++;
	if (n < 4 || field[0].len == 0 || field[1].len == 0 || field[2].len == 0 ||
	    field[3].len == 0 || field[3].len >= sizeof digits)
		return err_set(err, "want vendor, os, kind, prior, source");
	memcpy(digits, field[3].s, field[3].len);
	digits[field[3].len] = '\0';
	double prior = strtod(digits, &end);
	if (*end != '\0' || !(prior > 0) || !(prior <= 1e6))
		return err_set(err, "the prior '%s' is not above 0", digits);
	if (had >= HYPOTHESES_MAX)
		return err_set(err, "more than %d hypotheses", HYPOTHESES_MAX);
	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++)
		if (k->n_values[a] == VALUES_MAX)
			return err_set(err, "more than %d words of one attribute",
			    VALUES_MAX);
	if ((had & (had - 1)) == 0)
		k->hypotheses = must_grow(k->hypotheses, had > 0 ? had * 2 : 1,
		    sizeof *k->hypotheses);
	struct hypothesis *h = &k->hypotheses[k->n_hypotheses++];
	*h = (struct hypothesis){ .prior = prior };
	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++)
		h->at[a] = (uint16_t)value_enter(k, (enum attribute)a, field[a]);
	h->vendor = k->values[ATTR_VENDOR][h->at[ATTR_VENDOR]];
	h->os = k->values[ATTR_OS][h->at[ATTR_OS]];
	h->kind = k->values[ATTR_KIND][h->at[ATTR_KIND]];
	return 0;
}

/* The set of hypotheses that have each value. */
static void
sets_build(struct knowledge *k)
{
	k->n_bits = (k->n_hypotheses + 63) / 64;
	for (unsigned a = 0; a < JOINT_ATTRIBUTES; a++) {
		k->is[a] = arena_take(&k->arena, k->n_values[a] * sizeof *k->is[a]);
		for (size_t v = 0; v < k->n_values[a]; v++)
			k->is[a][v] = arena_take(&k->arena,
			    k->n_bits * sizeof *k->is[a][v]);
		for (size_t i = 0; i < k->n_hypotheses; i++)
			k->is[a][k->hypotheses[i].at[a]][i / 64] |= UINT64_C(1)
			    << i % 64;
	}
}

int
priors_read(struct knowledge *k, const char *name, struct text t, struct err *err)
{
	static const char *const want[] = { "vendor", "os", "kind", "prior", "source" };
	double sum = 0;

	if (lines_read(k, name, t, want, 5, 5, prior_take, NULL, err) != 0)
		return -1;
	if (k->n_hypotheses == 0)
		return err_set(err, "%s: no hypotheses", name);
	for (size_t i = 0; i < k->n_hypotheses; i++)
		sum += k->hypotheses[i].prior;
	for (size_t i = 0; i < k->n_hypotheses; i++) {
		k->hypotheses[i].prior /= sum;
		k->hypotheses[i].log_prior = log(k->hypotheses[i].prior);
	}
	sets_build(k);
	return 0;
}

/* Where one of the claim's values is so, and `before` holds. */
static const uint64_t *
claim_holds(struct knowledge *k, const struct claim *c, const uint64_t *before)
{
	unsigned at;

	if (before == NULL && c->n == 1 &&
	    value_find(k, c->attribute, c->values[0], &at))
		return k->is[c->attribute][at];
	uint64_t *holds = arena_take(&k->arena, k->n_bits * sizeof *holds);
	for (size_t v = 0; v < c->n; v++)
		if (value_find(k, c->attribute, c->values[v], &at))
			for (size_t b = 0; b < k->n_bits; b++)
				holds[b] |= k->is[c->attribute][at][b];
	for (size_t b = 0; before != NULL && b < k->n_bits; b++)
		holds[b] &= before[b];
	return holds;
}

/*
 * A claim on vendor, OS or kind holds where its value is so and the row's earlier
 * claims that speak for something hold too: its weight is given those.
 */
void
claims_hold(struct knowledge *k, struct claim *claims, size_t n)
{
	const uint64_t *before = NULL;

	for (size_t i = 0; i < n; i++) {
		struct claim *c = &claims[i];
		if (c->attribute > ATTR_KIND)
			continue;
		c->holds = claim_holds(k, c, before);
		c->asked = before;
		if (c->weight > 0)
			before = c->holds;
	}
}
