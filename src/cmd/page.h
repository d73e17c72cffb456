/* SPDX-License-Identifier: ISC */
#ifndef CMD_PAGE_H
#define CMD_PAGE_H

#include "cmd/event.h"
#include "report/html.h"

/* A sheet that two persons sign: HTML in one file, nothing from outside, printable. */
struct term {
	const char *name, *value; /* left out when the value is NULL or "" */
};

/*
 * Before event_end(), with which it gets its name: what cannot be printed is not
 * written down either. A mistake fails the event, with the reason on stderr.
 */
void page_write(struct event *, const char *path, const char *title, const char *lead,
    const struct term *, size_t n, const struct written *, const char *left,
    const char *right);

#endif
