/* SPDX-License-Identifier: ISC */
#ifndef REPORT_UNICODE_H
#define REPORT_UNICODE_H

#include <stdint.h>

#include "base/text.h"
#include "base/writer.h"

/*
 * What a terminal and a page need to know of Unicode: how many columns a
 * character takes, and which ones a report never repeats.
 */

/* The next character; U+FFFD for each byte that is no UTF-8. */
uint32_t utf8_next(struct text, size_t *i);
void put_utf8(struct writer *, uint32_t);
/* Columns on a terminal, after UAX #11 and the marks that combine: 0, 1 or 2. */
unsigned char_columns(uint32_t);
size_t text_columns(struct text);
/*
 * Prints it with nothing in it that could steer a terminal or turn the direction
 * of what stands beside it: controls, and the overrides of UAX #9, come out as
 * U+FFFD, tabs and line ends as a blank.
 */
void put_clean(struct writer *, struct text);

#endif
