/* SPDX-License-Identifier: ISC */
/* What the cells of all papers have in common: words, persons, dates. */
#include "people/papers.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

PRINTF_LIKE(5, 0)
static void
say(const struct reading *r, const struct csv_row *row, size_t column, bool warning,
    const char *format, va_list args)
{
	char text[600];

	(void)vsnprintf(text, sizeof text, format, args);
	(warning ? caution : complain)(r->complaints, r->file, row->lines[column],
	    row->columns[column], "%s", text);
}

void
cell_complain(const struct reading *r, const struct csv_row *row, size_t column,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(r, row, column, false, format, args);
	va_end(args);
}

void
cell_caution(const struct reading *r, const struct csv_row *row, size_t column,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(r, row, column, true, format, args);
	va_end(args);
}

const char *
cell_string(const struct reading *r, const struct csv_row *row, size_t column)
{
	struct text t = row->cells[column];

	return t.len == 0 ? NULL : arena_string(&r->people->arena, t);
}

const char *
cell_common(const struct reading *r, const struct csv_row *row, size_t column)
{
	struct text t = row->cells[column];

	return t.len == 0 ? NULL : lately_string(r->words, &r->people->arena, t);
}

/* Words that a person may have meant are looked for in papers of usual size only. */
enum { NEAR_MAX = 5000 };

static const char *
nearest_person(const struct people *p, struct text id)
{
	const char *near = NULL;

	for (size_t i = 0; i < p->n_persons; i++)
		if (p->persons[i].name != NULL && text_is_word(id, p->persons[i].name))
			return p->persons[i].id;
	if (p->n_persons > NEAR_MAX)
		return NULL;
	const char **ids = must_alloc(p->n_persons, sizeof *ids);
	for (size_t i = 0; i < p->n_persons; i++)
		ids[i] = p->persons[i].id;
	near = text_nearest(id, ids, p->n_persons);
	free(ids);
	return near;
}

struct person *
cell_person(struct reading *r, const struct csv_row *row, size_t column)
{
	struct people *p = r->people;
	struct text id = row->cells[column];
	char quote[CSV_QUOTE];

	if (id.len == 0)
		return NULL;
	void **place = map_place(&p->index->persons, id);
	if (*place != NULL)
		return *place;
	if (p->roster_file != NULL) {
		const char *near = nearest_person(p, id);
		cell_complain(r, row, column, "the roster has no person '%s'%s%s%s",
		    csv_quote(id, quote), near != NULL ? "; is '" : "",
		    near != NULL ? near : "", near != NULL ? "' meant?" : "");
		return NULL;
	}
	if (p->n_persons == r->room)
		FAULT("more persons than cells");
	struct person *person = &p->persons[p->n_persons++];
	person->id = person->name = arena_string(&p->arena, id);
	person->left = TIME_NONE;
	*map_place(&p->index->persons, text_of(person->id)) = person;
	return person;
}

size_t
cell_word(const struct reading *r, const struct csv_row *row, size_t column,
    const char *const *words, size_t n)
{
	char quote[CSV_QUOTE], all[200] = "";
	size_t len = 0;

	if (row->cells[column].len == 0)
		return n; /* the column is required: said already */
	for (size_t i = 0; i < n; i++)
		if (text_is_word(row->cells[column], words[i]))
			return i;
	for (size_t i = 0; i < n && len < sizeof all; i++) {
		int more = snprintf(all + len, sizeof all - len, "%s%s",
		    i == 0           ? ""
		        : i + 1 == n ? " or "
		                     : ", ",
		    words[i]);
		len += more > 0 ? (size_t)more : 0;
	}
	const char *near = text_nearest(row->cells[column], words, n);
	cell_complain(r, row, column, "'%s' is none of %s%s%s%s",
	    csv_quote(row->cells[column], quote), all, near != NULL ? "; is '" : "",
	    near != NULL ? near : "", near != NULL ? "' meant?" : "");
	return n;
}

static int64_t
instant(const struct people *p, const struct civil *c)
{
	return p->zone != NULL ? zone_to_utc(p->zone, c) : civil_to_utc(c);
}

bool
cell_date(const struct reading *r, const struct csv_row *row, size_t column,
    struct span *out)
{
	struct text t = row->cells[column];
	char quote[CSV_QUOTE];
	struct civil c, next;
	bool has_time;

	*out = (struct span){ TIME_NONE, TIME_NONE };
	if (t.len == 0)
		return true;
	if (!civil_parse(t, &c, &has_time)) {
		bool never = text_starts(t, text_of("9999"));
		cell_complain(r, row, column,
		    "'%s' is no date (want one like 2023-03-28 or 2023-03-28 14:30%s)",
		    csv_quote(t, quote),
		    never ? ", or an empty cell when there is no such day" : "");
		return false;
	}
	out->first = out->last = instant(r->people, &c);
	if (!has_time) {
		civil_from_days(days_from_civil(c.year, c.month, c.day) + 1, &next);
		next.hour = next.minute = next.second = next.nanosecond = 0;
		out->last = instant(r->people, &next) - 1;
	}
	return true;
}

void
dates_in_order(const struct reading *r, const struct csv_row *row, size_t from_column,
    const struct span *from, size_t until_column, const struct span *until)
{
	char a[CSV_QUOTE], b[CSV_QUOTE];

	if (from->first == TIME_NONE || until->last == TIME_NONE ||
	    until->last >= from->first)
		return;
	cell_complain(r, row, until_column, "it ends on %s, before it begins on %s",
	    csv_quote(row->cells[until_column], a),
	    csv_quote(row->cells[from_column], b));
}
