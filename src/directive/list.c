/* SPDX-License-Identifier: ISC */
/* Lists that the site brings: one CSV format, and where a row is found again. */
#include "directive/list.h"

#include <stdlib.h>
#include <strings.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/schema.h"

enum {
	IDENTIFIER,
	VENDOR,
	PRODUCT,
	KIND,
	OS,
	APP,
	COUNTRY,
	BELOW,
	WHAT,
	LISTED,
	DETECTED,
	ENDS,
	VALUES,
	COLUMNS
};
enum { FILE_BYTES = 32 * 1024 * 1024, ROW_VALUES_MAX = 16 };

static const struct csv_column columns[COLUMNS] = {
	[IDENTIFIER] = { "identifier", false },
	[VENDOR] = { "vendor", false },
	[PRODUCT] = { "product", false },
	[KIND] = { "kind", false },
	[OS] = { "os", false },
	[APP] = { "app", false },
	[COUNTRY] = { "country", false },
	[BELOW] = { "below", false },
	[WHAT] = { "what", false },
	[LISTED] = { "listed", false },
	[DETECTED] = { "detected", false },
	[ENDS] = { "ends", false },
	[VALUES] = { "values", false },
};

struct reading {
	struct list *list;
	const struct csv_row *row;
	const struct zone *zone;
	struct complaints *to;
};

static void
wrong_cell(const struct reading *r, size_t column, const char *why)
{
	char buf[CSV_QUOTE];

	complain(r->to, r->list->file, r->row->lines[column], r->row->columns[column],
	    "%s: %s, not '%s'", columns[column].name, why,
	    csv_quote(r->row->cells[column], buf));
}

static const char *
cell_text(const struct reading *r, size_t column)
{
	struct text t = r->row->cells[column];

	return t.len == 0 ? NULL : arena_string(&r->list->arena, t);
}

static int64_t
cell_date(const struct reading *r, size_t column)
{
	struct yaml y = { .kind = YAML_SCALAR, .scalar = r->row->cells[column] };
	struct complaints none = { 0 };
	struct schema s = { .arena = &r->list->arena,
		.file = r->list->file,
		.to = &none,
		.zone = r->zone };
	int64_t at = TIME_NONE;

	if (y.scalar.len > 0 &&
	    (!date_like(y.scalar) ||
	        !schema_date(&s, &y, columns[column].name, false, &at, NULL)))
		wrong_cell(r, column, "want a date such as 2026-02-05");
	complaints_free(&none);
	return at;
}

/* A MAC in one spelling, everything else as it is. */
static const char *
cell_identifier(const struct reading *r)
{
	struct text t = r->row->cells[IDENTIFIER];
	struct addr mac;
	char buf[ADDR_TEXT];

	if (t.len > 0 && addr_parse(t, &mac) && mac.kind == ADDR_MAC)
		return arena_string(&r->list->arena, text_of(addr_print(mac, buf)));
	return cell_text(r, IDENTIFIER);
}

/* "kev=yes exposed=no": the values of variables, each once. */
static void
read_values(const struct reading *r, struct list_row *out)
{
	struct text rest = r->row->cells[VALUES], word;
	struct arena *arena = &r->list->arena;

	if (rest.len == 0)
		return;
	out->values = arena_take(arena, ROW_VALUES_MAX * sizeof *out->values);
	while (text_split(&rest, ' ', &word)) {
		size_t at = text_find(word, '=', 0);
		if (word.len == 0)
			continue;
		if (at == 0 || at + 1 >= word.len || out->n_values == ROW_VALUES_MAX) {
			wrong_cell(r, VALUES, "want at most 16 such as kev=yes");
			return;
		}
		struct list_value *v = &out->values[out->n_values++];
		v->name = arena_string(arena, (struct text){ word.s, at });
		v->value = arena_string(arena,
		    (struct text){ word.s + at + 1, word.len - at - 1 });
		for (size_t i = 0; i + 1 < out->n_values; i++)
			if (strcmp(out->values[i].name, v->name) == 0)
				wrong_cell(r, VALUES, "want each variable once");
	}
}

static void
read_row(const struct reading *r, struct list_row *out)
{
	out->line = r->row->line;
	out->identifier = cell_identifier(r);
	out->vendor = cell_text(r, VENDOR);
	out->product = cell_text(r, PRODUCT);
	out->kind = cell_text(r, KIND);
	out->os = cell_text(r, OS);
	out->app = cell_text(r, APP);
	out->country = cell_text(r, COUNTRY);
	out->what = cell_text(r, WHAT);
	out->listed = cell_date(r, LISTED);
	out->detected = cell_date(r, DETECTED);
	out->ends = cell_date(r, ENDS);
	if (r->row->cells[BELOW].len > 0 &&
	    !version_parse(r->row->cells[BELOW], &out->below))
		wrong_cell(r, BELOW, "want a version such as 16.4");
	read_values(r, out);
	if (out->identifier == NULL && out->vendor == NULL && out->product == NULL &&
	    out->kind == NULL && out->os == NULL && out->app == NULL)
		complain(r->to, r->list->file, out->line, 0,
		    "names nothing: want an identifier, a vendor, product, kind, os or "
		    "app");
}

static bool
read_csv(struct list *list, struct text t, const struct zone *zone,
    struct complaints *to)
{
	struct csv csv;
	struct reading r = { .list = list, .zone = zone, .to = to };

	if (!csv_read(&list->arena, list->file, t, columns, COLUMNS, &csv, to))
		return false;
	list->rows = arena_take(&list->arena, (csv.n + 1) * sizeof *list->rows);
	for (size_t i = 0; i < csv.n; i++) {
		r.row = &csv.rows[i];
		read_row(&r, &list->rows[list->n++]);
	}
	return true;
}

static int
by_vendor(const void *a, const void *b)
{
	const struct list_row *x = *(const struct list_row *const *)a;
	const struct list_row *y = *(const struct list_row *const *)b;
	int order = strcasecmp(x->vendor, y->vendor);

	return order != 0 ? order : x->line < y->line ? -1 : x->line > y->line;
}

static int
by_identifier(const void *a, const void *b)
{
	const struct list_row *x = *(const struct list_row *const *)a;
	const struct list_row *y = *(const struct list_row *const *)b;
	int order = strcasecmp(x->identifier, y->identifier);

	return order != 0 ? order : x->line < y->line ? -1 : x->line > y->line;
}

static void
make_index(struct list *list)
{
	size_t size = (list->n + 1) * sizeof(const struct list_row *);

	list->by_vendor = arena_take(&list->arena, size);
	list->by_identifier = arena_take(&list->arena, size);
	list->others = arena_take(&list->arena, size);
	list->strangers = true;
	for (size_t i = 0; i < list->n; i++) {
		const struct list_row *row = &list->rows[i];
		if (row->identifier != NULL)
			list->by_identifier[list->n_by_identifier++] = row;
		else if (row->vendor != NULL)
			list->by_vendor[list->n_by_vendor++] = row;
		else
			list->others[list->n_others++] = row;
	}
	qsort(list->by_vendor, list->n_by_vendor, sizeof *list->by_vendor, by_vendor);
	qsort(list->by_identifier, list->n_by_identifier, sizeof *list->by_identifier,
	    by_identifier);
}

struct list *
list_parse(const char *name, const char *file, struct text t, const struct zone *zone,
    struct complaints *to)
{
	struct list *list = must_alloc(1, sizeof *list);
	size_t before = to->errors;
	struct text start = text_trim(t);

	list->name = arena_string(&list->arena, text_of(name));
	list->file = file; /* complaints name it after the list is gone */
	bool ok = start.len > 0 && start.s[0] == '{' ? list_read_kev(list, t, zone, to)
	                                             : read_csv(list, t, zone, to);
	if (!ok || to->errors > before) {
		list_free(list);
		return NULL;
	}
	make_index(list);
	return list;
}

struct list *
list_load(const char *name, const char *file, const struct zone *zone,
    struct complaints *to)
{
	struct arena bytes = { 0 };
	struct list *list = NULL;
	struct text t;

	if (file_read(&bytes, file, FILE_BYTES, &t, to))
		list = list_parse(name, file, t, zone, to);
	arena_free(&bytes);
	return list;
}

void
list_free(struct list *list)
{
	if (list != NULL)
		arena_free(&list->arena);
	free(list);
}

void
list_compare(struct list *list, const struct hypothesis *all, size_t n)
{
	list->strangers = false;
	for (size_t i = 0; i < list->n_by_vendor && !list->strangers; i++) {
		bool known = false;
		for (size_t k = 0; k < n && !known; k++)
			known = text_is_word(all[k].vendor, list->by_vendor[i]->vendor);
		list->strangers = !known;
	}
}

const struct list *
list_find(struct list *const *lists, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (text_is_word(name, lists[i]->name))
			return lists[i];
	return NULL;
}

/* strcasecmp of a text that need not end. */
static int
order_of(struct text t, const char *s)
{
	size_t len = strlen(s);
	int order = strncasecmp(t.s, s, t.len < len ? t.len : len);

	return order != 0 ? order : t.len < len ? -1 : t.len > len;
}

static const char *
key_of(const struct list_row *row, bool vendor)
{
	return vendor ? row->vendor : row->identifier;
}

static const struct list_row *const *
rows_of(const struct list_row *const *rows, size_t n, bool vendor, struct text key,
    size_t *found)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (order_of(key, key_of(rows[middle], vendor)) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	*found = 0;
	while (
	    low + *found < n && order_of(key, key_of(rows[low + *found], vendor)) == 0)
		++*found;
	return rows + low;
}

const struct list_row *const *
list_of_vendor(const struct list *list, struct text vendor, size_t *n)
{
	return rows_of(list->by_vendor, list->n_by_vendor, true, vendor, n);
}

const struct list_row *const *
list_of_identifier(const struct list *list, struct text identifier, size_t *n)
{
	return rows_of(list->by_identifier, list->n_by_identifier, false, identifier,
	    n);
}
