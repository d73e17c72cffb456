/* SPDX-License-Identifier: ISC */
/* A class expression that is accepted prints to an equal one and overlaps itself. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "directive/class.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static bool
has_control(const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (bytes[i] < 0x20 || bytes[i] == 0x7f)
			return true;
	return false;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena arena = { 0 };
	struct complaints c = { 0 };
	struct writer w;
	const struct class *class = class_parse(&arena,
	    (struct text){ (const char *)bytes, n }, "fuzz", 1, 1, &c);

	if ((class == NULL) != (c.errors > 0))
		abort();
	if (class != NULL && !has_control(bytes, n)) {
		writer_to_memory(&w);
		class_print(class, &w);
		const struct class *again = class_parse(&arena, writer_text(&w),
		    "again", 1, 1, &c);
		if (again == NULL || !class_equal(class, again))
			abort();
		if (!class_overlaps(class, again, NULL, 0) &&
		    !class_within(class, again, NULL, 0))
			abort();
		(void)writer_close(&w);
	}
	arena_free(&arena);
	complaints_free(&c);
	return 0;
}
