/* SPDX-License-Identifier: ISC */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

#include "report/report.h"

/*
 * What a filed report is made of: each file with its size and digest, the orders by
 * the hash of their text, the head of the ledger, the knowledge. It is what is signed.
 */
#define MANIFEST_FILE "manifest.json"
#define MANIFEST_SIGNATURE "manifest.sig"
#define MANIFEST_KEY "manifest.pub"

enum { MANIFEST_FILES = 64, MANIFEST_MOST = 1 << 20 };

struct manifest_file {
	const char *name;
	uint64_t size;
	char digest[65]; /* SHA-256, hexadecimal */
};

struct manifest {
	struct manifest_file files[MANIFEST_FILES];
	size_t n;
	const char *as_of; /* as written */
};

void manifest_print(const struct report *, const struct manifest_file *, size_t n,
    struct writer *);
/* Reads files and as_of back; the strings are of the arena. -1 with err. */
int manifest_read(struct text, struct arena *, struct manifest *, struct err *);

#endif
