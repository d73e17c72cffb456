/* SPDX-License-Identifier: ISC */
/* corrections.csv: what a person says that a device is. */
#include "base/hash.h"
#include "base/slots.h"
#include "people/papers.h"

enum { IDENTIFIER, TYPE, ATTRIBUTE, VALUE, BY, DATE, REASON };

const struct csv_column correction_columns[CORRECTION_COLUMNS] = {
	{ "identifier", true },
	{ "type", true },
	{ "attribute", true },
	{ "value", true },
	{ "by", true },
	{ "date", true },
	{ "reason", false },
};

static const char *const attributes[] = { "vendor", "os", "kind", "version", "model" };
enum { ATTRIBUTES = 5 };

/* Only what the wire shows can be found there: no serial number, no IMEI. */
static void
check_type(const struct reading *r, const struct csv_row *row, enum identifier_type t)
{
	if (row->cells[TYPE].len > 0 && (t == BY_SERIAL || t == BY_IMEI) &&
	    (text_is_word(row->cells[TYPE], "serial") ||
	        text_is_word(row->cells[TYPE], "imei")))
		cell_complain(r, row, TYPE,
		    "no %s is seen on a network: name the device by its mac, hostname "
		    "or "
		    "client-id",
		    identifier_type_name(t));
}

static uint64_t
twin_hash(const struct correction *c)
{
	uint64_t hash = hash_bytes(&c->date, sizeof c->date, c->type);

	if (c->type == BY_MAC)
		return hash_bytes(c->mac.b, sizeof c->mac.b, hash);
	return hash_word(text_of(c->identifier), hash);
}

static bool
is_of_the_same(const struct correction *a, const struct correction *b)
{
	if (a->type != b->type || a->attribute != b->attribute || a->date != b->date)
		return false;
	return a->type == BY_MAC
	    ? addr_equal(a->mac, b->mac)
	    : text_equal_word(text_of(a->identifier), text_of(b->identifier));
}

/* Two words of one time on one attribute: the later line counts, and that is said. */
static void
check_twins(const struct reading *r, const struct csv_row *row,
    const struct correction *c, struct slots *of_time)
{
	uint64_t hash = twin_hash(c);
	const struct people *p = r->people;
	size_t at;

	for (uint32_t i = slots_first(of_time, hash, &at); i != SLOT_NONE;
	     i = slots_next(of_time, hash, &at))
		if (is_of_the_same(&p->corrections[i], c) &&
		    !text_equal_word(text_of(p->corrections[i].value),
		        text_of(c->value)))
			cell_caution(r, row, VALUE,
			    "line %u has another %s of the same device at the same "
			    "time: this line counts, unless you date one later",
			    p->corrections[i].line, c->attribute);
	slots_add(of_time, hash, (uint32_t)p->n_corrections);
}

void
corrections_read(struct reading *r)
{
	struct people *p = r->people;
	struct slots of_time = { NULL, 0, 0 };

	p->corrections = arena_take(&p->arena, r->csv->n * sizeof *p->corrections);
	for (size_t i = 0; i < r->csv->n; i++) {
		const struct csv_row *row = &r->csv->rows[i];
		struct correction c = { .line = row->line };
		size_t errors = r->complaints->errors;
		struct span date;
		c.type = cell_identifier(r, row, TYPE, IDENTIFIER, &c.mac);
		check_type(r, row, c.type);
		size_t attribute = cell_word(r, row, ATTRIBUTE, attributes, ATTRIBUTES);
		(void)cell_date(r, row, DATE, &date);
		if (r->complaints->errors > errors || attribute == ATTRIBUTES ||
		    date.first == TIME_NONE || row->cells[VALUE].len == 0)
			continue;
		c.identifier = cell_string(r, row, IDENTIFIER);
		c.attribute = attributes[attribute];
		c.value = cell_string(r, row, VALUE);
		c.by = cell_string(r, row, BY);
		c.reason = cell_string(r, row, REASON);
		c.date = date.first;
		c.attribute_column = row->columns[ATTRIBUTE];
		c.value_column = row->columns[VALUE];
		check_twins(r, row, &c, &of_time);
		p->corrections[p->n_corrections++] = c;
	}
	slots_free(&of_time);
}
