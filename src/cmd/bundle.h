/* SPDX-License-Identifier: ISC */
#ifndef CMD_BUNDLE_H
#define CMD_BUNDLE_H

#include "report/manifest.h"

/*
 * The folder of a report, written whole or not at all: its files go into a folder
 * beside it, which takes its place when all of them are on the disk. What was there
 * is put back when the step after that fails.
 */
enum { BUNDLE_PATH = 4096 };

struct bundle {
	char to[BUNDLE_PATH], temp[BUNDLE_PATH];
	int folder;    /* the open folder `temp`; -1: none */
	bool replaces; /* a report is there, and may go */
	bool placed;
	struct manifest_file files[MANIFEST_FILES];
	size_t n;
};

typedef void bundle_printer(const struct report *, struct writer *);

int bundle_begin(struct bundle *, const char *to, bool force, struct err *);
/* Writes a file and takes it up into `files`. */
int bundle_print(struct bundle *, const char *name, bundle_printer *,
    const struct report *, struct err *);
/* Writes a file that no manifest names. */
int bundle_write(struct bundle *, const char *name, struct text, struct err *);
int bundle_place(struct bundle *, struct err *);
/* Done: kept, with what it replaced removed; or as if nothing had been. */
void bundle_end(struct bundle *, bool keep);

#endif
