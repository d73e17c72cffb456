/* SPDX-License-Identifier: ISC */
/* corrections.csv: what a person says that a device is. */
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

void
corrections_read(struct reading *r)
{
	struct people *p = r->people;

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
		p->corrections[p->n_corrections++] = c;
	}
}
