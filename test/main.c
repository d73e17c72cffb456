/* SPDX-License-Identifier: ISC */
/* unit [WORD]: runs the tests whose file or name holds WORD, else all. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct test *tests;
static unsigned long failures; /* in the test that runs */

void
test_add(struct test *t)
{
	t->next = tests;
	tests = t;
}

bool
test_true(bool held, const char *file, int line, const char *what)
{
	if (!held) {
		failures++;
		(void)printf("%s:%d: not so: %s\n", file, line, what);
	}
	return held;
}

bool
test_equal(intmax_t got, intmax_t want, const char *file, int line, const char *what)
{
	if (got != want) {
		failures++;
		(void)printf("%s:%d: %s is %jd, want %jd\n", file, line, what, got,
		    want);
	}
	return got == want;
}

bool
test_same(const char *got, const char *want, const char *file, int line)
{
	bool same = got != NULL && strcmp(got, want) == 0;

	if (!same) {
		failures++;
		(void)printf("%s:%d: got\n\t%s\nwant\n\t%s\n", file, line,
		    got == NULL ? "(null)" : got, want);
	}
	return same;
}

unsigned long
test_failures(void)
{
	return failures;
}

int
main(int argc, char **argv)
{
	unsigned long passed = 0, failed = 0;

	for (struct test *t = tests; t != NULL; t = t->next) {
		if (argc > 1 && strstr(t->file, argv[1]) == NULL &&
		    strstr(t->name, argv[1]) == NULL)
			continue;
		failures = 0;
		t->run();
		if (failures > 0)
			(void)printf("%s: %s FAILED\n", t->file, t->name);
		failed += failures > 0;
		passed += failures == 0;
	}
	(void)printf("%lu passed, %lu failed\n", passed, failed);
	return failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
