/* SPDX-License-Identifier: ISC */
/*
 * Examinations, wipings, disposals, replacements: what a certificate says of a thing.
 * The fields of a wiping are those of NIST SP 800-88 (Rev. 2, section 4.8).
 */
#include <stdlib.h>

#include "people/papers.h"

enum {
	ID,
	IDENTIFIER,
	TYPE,
	DATE,
	BY,
	PERSON,
	HOW,
	TO,
	TECHNIQUE,
	TOOL,
	LEVEL,
	VERIFIED,
	WITH,
	WITH_TYPE,
	IS
};

const struct csv_column deed_columns[DEED_COLUMNS] = {
	{ "id", false },
	{ "identifier", true },
	{ "type", true },
	{ "date", true },
	{ "by", true },
	{ "person", false },
	{ "how", false },
	{ "to", false },
	{ "technique", false },
	{ "tool", false },
	{ "level", false },
	{ "verified", false },
	{ "with", false },
	{ "with-type", false },
	{ "is", false },
};

static const char *const kinds[DEED_KINDS] = { "examination", "wiping", "disposal",
	"replacement" };
static const char *const ways[] = { "destroy", "return", "release" };
static const char *const levels[] = { "clear", "purge", "destroy" };

enum { NO, MAY, MUST };
static const unsigned char wanted[DEED_KINDS][DEED_COLUMNS] = {
	[DEED_EXAMINATION] = { [PERSON] = MAY },
	[DEED_WIPING] = { [PERSON] = MAY,
	    [TECHNIQUE] = MUST,
	    [TOOL] = MAY,
	    [LEVEL] = MUST,
	    [VERIFIED] = MAY },
	[DEED_DISPOSAL] = { [ID] = MUST, [PERSON] = MAY, [HOW] = MUST, [TO] = MUST },
	[DEED_REPLACEMENT] = { [PERSON] = MUST,
	    [WITH] = MUST,
	    [WITH_TYPE] = MUST,
	    [IS] = MAY },
};

const char *
deed_kind_name(enum deed_kind k)
{
	return kinds[k];
}

static void
check_cells(const struct reading *r, const struct csv_row *row, enum deed_kind kind)
{
	for (size_t i = 0; i < DEED_COLUMNS; i++) {
		bool given = row->cells[i].len > 0;
		if (deed_columns[i].required)
			continue;
		if (given && wanted[kind][i] == NO)
			cell_complain(r, row, i, "a%s %s has no '%s'",
			    kind == DEED_EXAMINATION ? "n" : "", kinds[kind],
			    deed_columns[i].name);
		else if (!given && wanted[kind][i] == MUST)
			cell_complain(r, row, i, "a%s %s wants '%s'",
			    kind == DEED_EXAMINATION ? "n" : "", kinds[kind],
			    deed_columns[i].name);
	}
}

static void
check_words(const struct reading *r, const struct csv_row *row)
{
	(void)cell_word(r, row, HOW, ways, sizeof ways / sizeof *ways);
	(void)cell_word(r, row, LEVEL, levels, sizeof levels / sizeof *levels);
}

static void
read_row(struct reading *r, const struct csv_row *row, enum deed_kind kind)
{
	struct deed *c = &r->people->deeds[r->people->n_deeds];
	size_t errors = r->complaints->errors;
	struct span date;

	*c = (struct deed){ .kind = kind, .line = row->line };
	c->type = cell_identifier(r, row, TYPE, IDENTIFIER, &c->mac);
	c->with_type = cell_identifier(r, row, WITH_TYPE, WITH, &c->with_mac);
	c->person = cell_person(r, row, PERSON);
	check_cells(r, row, kind);
	check_words(r, row);
	if (!cell_date(r, row, DATE, &date) || r->complaints->errors > errors ||
	    date.first == TIME_NONE || row->cells[IDENTIFIER].len == 0)
		return;
	c->date = date.first;
	c->identifier = cell_string(r, row, IDENTIFIER);
	c->by = cell_string(r, row, BY);
	c->id = cell_string(r, row, ID);
	c->how = cell_string(r, row, HOW);
	c->to = cell_string(r, row, TO);
	c->technique = cell_string(r, row, TECHNIQUE);
	c->tool = cell_string(r, row, TOOL);
	c->level = cell_string(r, row, LEVEL);
	c->verified = cell_string(r, row, VERIFIED);
	c->with = cell_string(r, row, WITH);
	c->is = cell_string(r, row, IS);
	r->people->n_deeds++;
}

static void
read_all(struct reading *r, enum deed_kind kind)
{
	for (size_t i = 0; i < r->csv->n; i++)
		read_row(r, &r->csv->rows[i], kind);
}

void
examinations_read(struct reading *r)
{
	read_all(r, DEED_EXAMINATION);
}

void
wipings_read(struct reading *r)
{
	read_all(r, DEED_WIPING);
}

void
disposals_read(struct reading *r)
{
	read_all(r, DEED_DISPOSAL);
}

void
replacements_read(struct reading *r)
{
	read_all(r, DEED_REPLACEMENT);
}

static int
by_time(const void *left, const void *right)
{
	const struct deed *a = *(struct deed *const *)left;
	const struct deed *b = *(struct deed *const *)right;

	if (a->date != b->date)
		return a->date < b->date ? -1 : 1;
	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

/* From the latest to the first: so each list is by time. */
void
deeds_index(struct people *p)
{
	struct deed **rows = must_alloc(p->n_deeds, sizeof(struct deed *));
	char buf[KEY_MAX];
	struct text key;

	map_new(&p->arena, &p->index->deeds, p->n_deeds);
	map_new(&p->arena, &p->index->given, p->n_deeds);
	for (size_t i = 0; i < p->n_deeds; i++)
		rows[i] = &p->deeds[i];
	qsort(rows, p->n_deeds, sizeof(struct deed *), by_time);
	for (size_t i = p->n_deeds; i > 0; i--) {
		struct deed *c = rows[i - 1];
		if (!key_of(c->type, text_of(c->identifier), buf, &key))
			continue;
		void **place = map_place(&p->index->deeds, arena_text(&p->arena, key));
		c->next_of_thing = *place;
		*place = c;
		if (c->with == NULL ||
		    !key_of(c->with_type, text_of(c->with), buf, &key))
			continue;
		place = map_place(&p->index->given, arena_text(&p->arena, key));
		if (*place == NULL)
			*place = c;
	}
	free(rows);
}

const struct deed *
deed_that_gave(const struct people *p, enum identifier_type type, struct text name)
{
	char buf[KEY_MAX];
	struct text key;

	return p->index == NULL || !key_of(type, name, buf, &key)
	    ? NULL
	    : map_get(&p->index->given, key);
}

const struct deed *
deeds_of_mac(const struct people *p, struct addr mac)
{
	char buf[KEY_MAX];

	return p->index == NULL ? NULL
	                        : map_get(&p->index->deeds, key_of_mac(mac, buf));
}

const struct deed *
deeds_of_name(const struct people *p, enum identifier_type type, struct text name)
{
	char buf[KEY_MAX];
	struct text key;

	return p->index == NULL || !key_of(type, name, buf, &key)
	    ? NULL
	    : map_get(&p->index->deeds, key);
}
