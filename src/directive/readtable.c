/* SPDX-License-Identifier: ISC */
/* Affiliates of a vendor, and the table that says which risk has which deadline. */
#include "directive/tree.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

enum { WORDS_MAX = 16, CASES_MAX = 1024 };

static void
read_affiliate(struct reader *r, const struct yaml *y, struct affiliate *out,
    struct written_affiliate *dates)
{
	static const char *const keys[] = { "vendor", "name", "from", "until" };

	out->from = out->until = TIME_NONE;
	if (!schema_mapping(&r->s, y, "an affiliate", keys, COUNT(keys)))
		return;
	out->vendor = schema_text(&r->s,
	    schema_need(&r->s, y, "an affiliate", "vendor"), "vendor");
	out->name = schema_text(&r->s, schema_need(&r->s, y, "an affiliate", "name"),
	    "name");
	read_day(r, yaml_get(y, "from"), "from", false, &dates->from);
	read_day(r, yaml_get(y, "until"), "until", true, &dates->until);
	out->from = dates->from.given ? dates->from.at : TIME_NONE;
	out->until = dates->until.given ? dates->until.at : TIME_NONE;
	if (out->from != TIME_NONE && out->until != TIME_NONE && out->until < out->from)
		wrong(&r->s, yaml_get(y, "until"), "until: comes before from");
}

void
read_affiliates(struct reader *r, const struct yaml *y)
{
	struct directive *d = r->d;

	if (!schema_sequence(&r->s, y, "affiliates"))
		return;
	if (y->first == NULL)
		wrong(&r->s, y, "affiliates: the list is empty");
	size_t n = schema_count(y) + 1;
	d->affiliates = arena_take(r->s.arena, n * sizeof *d->affiliates);
	d->written = arena_take(r->s.arena, n * sizeof *d->written);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		read_affiliate(r, item, &d->affiliates[d->n_affiliates],
		    &d->written[d->n_affiliates]);
		d->n_affiliates++;
	}
}

static int
value_of(const struct variable *v, const char *word)
{
	for (size_t i = 0; i < v->n; i++)
		if (strcmp(v->values[i], word) == 0)
			return (int)i;
	return -1;
}

static void
read_variable(struct reader *r, const struct yaml *y, struct variable *out)
{
	static const char *const keys[] = { "name", "values", "unknown" };
	const struct yaml *unknown = yaml_get(y, "unknown");

	if (!schema_mapping(&r->s, y, "a variable", keys, COUNT(keys)))
		return;
	out->name = schema_text(&r->s, schema_need(&r->s, y, "a variable", "name"),
	    "name");
	const struct yaml *values = schema_need(&r->s, y, "a variable", "values");
	out->n = schema_texts(&r->s, values, "values", &out->values);
	if (out->n == 1 || out->n > WORDS_MAX)
		wrong(&r->s, values, "values: want 2 to %d of them", WORDS_MAX);
	const char *word = schema_text(&r->s, unknown, "unknown");
	if (word == NULL || out->n == 0)
		return;
	int at = value_of(out, word);
	if (at < 0)
		wrong(&r->s, unknown, "unknown: '%.60s' is none of the values", word);
	out->has_unknown = at >= 0;
	out->unknown = at >= 0 ? (uint8_t)at : 0;
}

static void
read_variables(struct reader *r, const struct yaml *y)
{
	struct directive *d = r->d;

	if (!schema_sequence(&r->s, y, "variables"))
		return;
	size_t n = schema_count(y);
	if (n == 0 || n > VARIABLES_MAX) {
		wrong(&r->s, y, "variables: want 1 to %d of them", VARIABLES_MAX);
		return;
	}
	d->table.variables = arena_take(r->s.arena, n * sizeof *d->table.variables);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		struct variable *v = &d->table.variables[d->table.n_variables++];
		read_variable(r, item, v);
		for (size_t i = 0; i + 1 < d->table.n_variables; i++)
			if (v->name != NULL && d->table.variables[i].name != NULL &&
			    strcmp(v->name, d->table.variables[i].name) == 0)
				wrong(&r->s, item, "variables: '%.60s' stands twice",
				    v->name);
	}
}

/* One value for each variable, in their order. */
static bool
read_case(struct reader *r, const struct yaml *y, struct risk *out)
{
	const struct directive *d = r->d;
	const struct yaml *item = NULL;
	bool good = true;
	size_t i = 0;

	if (!schema_sequence(&r->s, y, "when"))
		return false;
	for (item = y->first; item != NULL; item = item->next, i++) {
		if (i >= d->table.n_variables)
			continue;
		const struct variable *v = &d->table.variables[i];
		const char *word = schema_text(&r->s, item, "when");
		int at = word == NULL ? -1 : value_of(v, word);
		good = good && at >= 0;
		if (word != NULL && at < 0)
			wrong(&r->s, item, "when: '%.60s' is no value of '%.60s'", word,
			    v->name != NULL ? v->name : "");
		out->when[i] = at >= 0 ? (uint8_t)at : 0;
	}
	if (i != d->table.n_variables)
		wrong(&r->s, y, "when: want %zu values, one for each variable",
		    d->table.n_variables);
	return good && i == d->table.n_variables;
}

static bool
read_row(struct reader *r, const struct yaml *y, struct risk *out)
{
	static const char *const keys[] = { "when", "within", "also" };

	if (!schema_mapping(&r->s, y, "a row", keys, COUNT(keys)))
		return false;
	bool good = read_case(r, schema_need(&r->s, y, "a row", "when"), out);
	const struct yaml *within = schema_need(&r->s, y, "a row", "within");
	if (within == NULL || within->kind != YAML_SCALAR ||
	    !text_is(within->scalar, "next upgrade"))
		read_every(r, within, "within", &out->within);
	out->n_also = read_verbs(r, yaml_get(y, "also"), "also", VERBS, &out->also);
	return good;
}

/* Rows must tell all cases apart, and leave none out. */
static void
check_cases(struct reader *r, const struct yaml *y)
{
	const struct directive *d = r->d;
	bool seen[CASES_MAX] = { false };
	size_t cases = 1, missing = 0;

	for (size_t i = 0; i < d->table.n_variables && cases <= CASES_MAX; i++)
		cases *= d->table.variables[i].n;
	if (cases == 0)
		return;
	if (cases > CASES_MAX) {
		wrong(&r->s, y, "table: more than %d cases", CASES_MAX);
		return;
	}
	for (size_t k = 0; k < d->table.n_rows; k++) {
		size_t at = 0;
		for (size_t i = 0; i < d->table.n_variables; i++)
			at = at * d->table.variables[i].n + d->table.rows[k].when[i];
		if (seen[at])
			wrong(&r->s, y, "rows: row %zu has the case of one before it",
			    k + 1);
		seen[at] = true;
	}
	for (size_t i = 0; i < cases; i++)
		missing += !seen[i];
	if (missing > 0)
		wrong(&r->s, y, "rows: %zu of %zu cases have no row", missing, cases);
}

void
read_table(struct reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "list", "variables", "rows" };
	struct directive *d = r->d;
	bool good = true;

	if (!schema_mapping(&r->s, y, "table", keys, COUNT(keys)))
		return;
	d->table.list = schema_text(&r->s, schema_need(&r->s, y, "table", "list"),
	    "list");
	read_variables(r, schema_need(&r->s, y, "table", "variables"));
	const struct yaml *rows = schema_need(&r->s, y, "table", "rows");
	if (!schema_sequence(&r->s, rows, "rows"))
		return;
	if (schema_count(rows) > TABLE_ROWS_MAX) {
		wrong(&r->s, rows, "rows: want at most %d", TABLE_ROWS_MAX);
		return;
	}
	d->table.rows = arena_take(r->s.arena,
	    (schema_count(rows) + 1) * sizeof *d->table.rows);
	for (const struct yaml *item = rows->first; item != NULL; item = item->next)
		good = read_row(r, item, &d->table.rows[d->table.n_rows++]) && good;
	if (good)
		check_cases(r, rows);
}

bool
table_asks(const struct directive *d, enum verb verb)
{
	for (size_t i = 0; i < d->table.n_rows; i++)
		for (size_t k = 0; k < d->table.rows[i].n_also; k++)
			if (d->table.rows[i].also[k] == verb)
				return true;
	return false;
}
