/* SPDX-License-Identifier: ISC */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A test is a sentence that the code keeps true. TEST() puts it on the list;
 * OK and EQ go on after a failure, so that one run shows them all.
 */
struct test {
	const char *file, *name;
	void (*run)(void);
	struct test *next;
};

void test_add(struct test *);
bool test_true(bool held, const char *file, int line, const char *what);
bool test_equal(intmax_t got, intmax_t want, const char *file, int line,
    const char *what);
bool test_same(const char *got, const char *want, const char *file, int line);
/* Of the test that runs: for a test that goes on in a process of its own. */
unsigned long test_failures(void);

#define TEST(sentence)                                                             \
	static void sentence(void);                                                \
	static struct test test_##sentence = { __FILE__, #sentence, sentence, 0 }; \
	__attribute__((constructor)) static void add_##sentence(void)              \
	{                                                                          \
		test_add(&test_##sentence);                                        \
	}                                                                          \
	static void sentence(void)

#define OK(e) test_true((e), __FILE__, __LINE__, #e)
#define EQ(got, want) \
	test_equal((intmax_t)(got), (intmax_t)(want), __FILE__, __LINE__, #got)
#define SAME(got, want) test_same((got), (want), __FILE__, __LINE__)

#endif
