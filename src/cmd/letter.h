/* SPDX-License-Identifier: ISC */
#ifndef CMD_LETTER_H
#define CMD_LETTER_H

#include "base/err.h"
#include "base/text.h"

/*
 * A text with places to fill in: {name}, {device} … `{{` is a brace. Lines that begin
 * with # are left out: they are for the writer.
 */
enum letter_place {
	LETTER_NAME,
	LETTER_PERSON,
	LETTER_DEVICE,
	LETTER_WHAT,
	LETTER_TITLE,
	LETTER_DIRECTIVE,
	LETTER_ISSUER,
	LETTER_INSTRUMENT,
	LETTER_VERB,
	LETTER_DUE,
	LETTER_TODAY,
	LETTER_PLACES
};

extern const char *const letter_default[]; /* a template, line by line, up to NULL */

/* Complains of each place that nobody knows, with its line and column. */
bool letter_check(const char *file, struct text, struct complaints *);
/* A template that was checked, filled in. */
void letter_put(struct writer *, struct text, const char *const values[LETTER_PLACES]);

#endif
