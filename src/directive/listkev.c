/* SPDX-License-Identifier: ISC */
/*
 * CISA's catalogue of known exploited vulnerabilities, as the agency publishes it in
 * JSON. It names makers and products and says nothing of versions, so that a product
 * of it is listed and its version is not judged. JSON is a part of YAML, whose reader
 * knows lines and columns. Keys that the catalogue gets later are passed over.
 */
#include "directive/list.h"

#include <stdlib.h>

#include "base/schema.h"

static const char *
need_text(struct schema *s, const struct yaml *entry, const char *key)
{
	return schema_text(s, schema_need(s, entry, "a vulnerability", key), key);
}

static void
read_entry(struct schema *s, const struct yaml *y, struct list_row *out)
{
	out->listed = out->detected = out->ends = TIME_NONE;
	if (y->kind != YAML_MAPPING) {
		wrong(s, y, "vulnerabilities: want a mapping (key: value)");
		return;
	}
	out->line = y->line;
	out->what = need_text(s, y, "cveID");
	out->vendor = need_text(s, y, "vendorProject");
	out->product = need_text(s, y, "product");
	(void)schema_date(s, schema_need(s, y, "a vulnerability", "dateAdded"),
	    "dateAdded", false, &out->listed, NULL);
}

bool
list_read_kev(struct list *list, struct text t, const struct zone *zone,
    struct complaints *to)
{
	struct arena tree = { 0 };
	struct schema s = { .arena = &list->arena,
		.file = list->file,
		.to = to,
		.zone = zone };
	const struct yaml *y = yaml_read_catalogue(&tree, list->file, t, to);
	const struct yaml *all = NULL;

	list->without_versions = true;
	if (y != NULL && y->kind == YAML_MAPPING)
		all = schema_need(&s, y, "a catalogue", "vulnerabilities");
	if (all != NULL && schema_sequence(&s, all, "vulnerabilities")) {
		list->rows = arena_take(&list->arena,
		    (schema_count(all) + 1) * sizeof *list->rows);
		for (const struct yaml *e = all->first; e != NULL; e = e->next)
			read_entry(&s, e, &list->rows[list->n++]);
	}
	arena_free(&tree);
	return all != NULL;
}
