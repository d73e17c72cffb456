/* SPDX-License-Identifier: ISC */
#ifndef PROC_SANDBOX_H
#define PROC_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/writer.h"

/*
 * The sandbox of a process that reads hostile bytes: it keeps the descriptors that
 * it was given and can neither open, connect, start nor change anything. Layer on
 * layer, so that a kernel which lacks one still has the others.
 */
struct sandbox {
	bool no_new_privileges;
	bool no_capabilities;
	bool unprivileged_user; /* true also when it never was root */
	int landlock;           /* its ABI version; 0: the kernel has none */
	bool seccomp;
};

/*
 * Closes every descriptor but keep[0..n) and standard error, and enters. What the
 * kernel lacks is told by *s; -1 with err when the process would not be safe
 * (no seccomp, or rights that could not be given up): then it must not go on.
 * Allowed afterwards: reading, writing, waiting and memory, and of a live ring its
 * counters. A violation kills the process (SIGSYS).
 */
int sandbox_enter(const int *keep, size_t n, struct sandbox *s, struct err *);

/* "no new privileges, no capabilities, user nobody, Landlock 6, seccomp" */
void sandbox_print(const struct sandbox *, struct writer *);

#endif
