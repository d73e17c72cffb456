/* SPDX-License-Identifier: ISC */
#ifndef PROC_CHILD_H
#define PROC_CHILD_H

#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"

/*
 * This program again, in another role: fork and exec, so that nothing of the
 * parent's memory is there. The child finds a pipe to its parent at descriptor 3,
 * one from it at 4, what it was given from 5 on, and /dev/null at 0 and 1. It dies
 * with its parent, and does not hear the terminal's Ctrl-C: it ends when it is told
 * to. Its environment is empty but for the language and the sanitizers' options.
 */
enum { CHILD_TO_PARENT = 3, CHILD_FROM_PARENT = 4, CHILD_GIVEN = 5 };

struct child {
	const char *role; /* kept, not copied */
	pid_t pid;
	int from, to; /* the parent's ends of the pipes */
};

/*
 * Opens a file that a child is to be given: a name as the user wrote it, "-" for
 * standard input. -1 for a folder or a terminal, which a `what` is not.
 */
int child_input(const char *name, const char *what, struct err *);

/*
 * argv of the child is { "interdict", role, extra[0], …, NULL }. fds stay open
 * here too. From the first child on SIGPIPE is ignored: writing to a child that is
 * gone is an error, not the end.
 */
int child_start(const char *role, char *const extra[], const int *fds, size_t n,
    struct child *, struct err *);

/*
 * Closes both pipes and waits. 0 when it ended with status 0; else -1, and err says
 * how: "the sensor was killed by signal 31 (Bad system call)".
 */
int child_wait(struct child *, struct err *);
/* Ends it without asking; child_wait() is still due. */
void child_kill(const struct child *);

#endif
