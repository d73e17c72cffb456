/* SPDX-License-Identifier: ISC */
#ifndef DEVICE_LINE_H
#define DEVICE_LINE_H

#include "base/err.h"
#include "device/belief.h"

/*
 * A device told in words, without a capture: fields `key=value` (the first `=`
 * splits), where key is a fact's, or `mac` or `ip`. In a line, tabs stand between
 * them, and \t, \n and \\ are a tab, a newline and a backslash.
 */
enum { LINE_FACTS = 64 };

struct line {
	struct device device; /* its arrays are those below */
	struct addr mac, ip;
	struct evidence evidence[LINE_FACTS];
	struct label labels[LINE_FACTS];
	const struct row *rows[LINE_FACTS][MATCHES_MAX];
	struct heard heard[LINE_FACTS * MATCHES_MAX + MATCHES_MAX];
	double *p; /* room of the belief */
};

/* Of a line that is zeroed, or was used before. */
void line_begin(struct line *);
/* One field, without escapes; -1 with what is wrong. Borrows the text. */
int line_field(struct line *, struct text, struct err *);
/* A whole line; undoes its escapes in place. */
int line_read(struct line *, char *, size_t, struct err *);
/* Matches, believes, names: line.device is then as a register would give it. */
void line_settle(struct line *, struct knowledge *);
void line_free(struct line *);

#endif
