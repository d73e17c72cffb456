/* SPDX-License-Identifier: ISC */
/* An order that is accepted prints to one that is equal; one refused says where. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "directive/directive.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct complaints c = { 0 };
	struct writer w;
	struct directive *d = directive_parse("fuzz",
	    (struct text){ (const char *)bytes, n }, &c);

	if (d == NULL && c.errors == 0)
		abort();
	if (d != NULL) {
		writer_to_memory(&w);
		directive_print(d, &w);
		struct directive *again = directive_parse("again", writer_text(&w), &c);
		if (again == NULL || !directive_equal(d, again))
			abort();
		(void)directives_conflicts((struct directive *[]){ d, again }, 2, NULL,
		    0, &c);
		directive_free(again);
		(void)writer_close(&w);
	}
	directive_free(d);
	complaints_free(&c);
	return 0;
}
