/* SPDX-License-Identifier: ISC */
/* A line of `identify`: read, matched, believed, and its numbers in range. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "device/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static struct knowledge *k; /* loaded once */
	static struct line *line;
	struct err err;

	if (k == NULL) {
		k = knowledge_load("share/knowledge", NULL, &err);
		line = must_alloc(1, sizeof *line);
	}
	char *copy = malloc(n + 1);
	if (k == NULL || copy == NULL)
		abort();
	if (n > 0)
		memcpy(copy, bytes, n);
	if (line_read(line, copy, n, &err) == 0) {
		double sum = 0;
		line_settle(line, k);
		const struct belief *b = &line->device.belief;
		for (size_t i = 0; i < b->n; i++)
			sum += b->p[i];
		if (!(fabs(sum - 1) < 1e-6) || !(b->kind.leading_p <= 1))
			abort();
	}
	free(copy);
	return 0;
}
