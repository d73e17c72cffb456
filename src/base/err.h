/* SPDX-License-Identifier: ISC */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/writer.h"

/*
 * One line of text about an operation that failed. The function that fails sets
 * it and returns -1; a caller on the way up may put its own words in front.
 */
struct err {
	char line[512];
};

int err_set(struct err *, const char *format, ...) PRINTF_LIKE(2, 3); /* returns -1 */
int err_before(struct err *, const char *format, ...) PRINTF_LIKE(2, 3);

/* A fault of ours, not of the input: says file and line, and ends the process. */
#define FAULT(what) fault(__FILE__, __LINE__, what)
__attribute__((noreturn)) void fault(const char *file, int line, const char *what);

/* malloc, calloc, realloc that end the process when there is no memory. */
void *must_alloc(size_t n, size_t size);
void *must_grow(void *, size_t n, size_t size);

/*
 * Complaints about a text that a person wrote (an order, a roster): all of them
 * are collected, each with its place, so that one run shows every mistake.
 */
struct complaint {
	char *file;      /* as named by the person; a copy: it outlives what was read */
	unsigned line;   /* from 1; 0: the file as a whole */
	unsigned column; /* from 1, in characters; 0: the line as a whole */
	bool warning;    /* true: worth a word, not a reason to refuse */
	char *text;
};
void complaint_free(struct complaint *); /* of one that is left out */

struct complaints {
	struct complaint *list;
	size_t n, cap;
	size_t errors; /* how many are no warnings */
};

void complain(struct complaints *, const char *file, unsigned line, unsigned column,
    const char *format, ...) PRINTF_LIKE(5, 6);
void caution(struct complaints *, const char *file, unsigned line, unsigned column,
    const char *format, ...) PRINTF_LIKE(5, 6);
/* In the order of file, line, column: `file: line 3, column 7: text`. */
void complaints_print(const struct complaints *, struct writer *);
void complaints_free(struct complaints *);

#endif
