/* SPDX-License-Identifier: ISC */
/* A list that is accepted has all of its rows where they are looked for. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "directive/list.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct complaints c = { 0 };
	struct list *list = list_parse("fuzz", "fuzz",
	    (struct text){ (const char *)bytes, n }, zone_find(text_of("UTC")), &c);
	size_t found;

	if ((list == NULL) != (c.errors > 0))
		abort();
	for (size_t i = 0; list != NULL && i < list->n; i++) {
		const struct list_row *row = &list->rows[i];
		if (row->identifier != NULL)
			(void)list_of_identifier(list, text_of(row->identifier),
			    &found);
		else if (row->vendor != NULL)
			(void)list_of_vendor(list, text_of(row->vendor), &found);
		else
			found = 1;
		if (found == 0)
			abort();
	}
	list_free(list);
	complaints_free(&c);
	return 0;
}
