/* SPDX-License-Identifier: ISC */
#include "base/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct csv_column columns[] = { { "id", true },
		{ "name", false } };
	struct arena arena = { 0 };
	struct complaints complaints = { 0 };
	struct csv csv;
	struct writer w;

	writer_to_memory(&w);
	if (csv_read(&arena, "fuzz", (struct text){ (const char *)bytes, n }, columns,
	        2, &csv, &complaints))
		for (size_t i = 0; i < csv.n; i++)
			csv_put(&w, csv.rows[i].cells[1]);
	(void)writer_close(&w);
	complaints_free(&complaints);
	arena_free(&arena);
	return 0;
}
