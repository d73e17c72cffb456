/* SPDX-License-Identifier: ISC */
#ifndef DECODE_FIELD_H
#define DECODE_FIELD_H

#include "decode/decode.h"

/*
 * Text messages in the manner of RFC 822: a first line, fields, an empty line. HTTP,
 * SSDP, SIP and RTSP have it in common (RFC 9112, RFC 3261 section 7, RFC 2326).
 */
struct field {
	struct text name, value;
};

/* -1: begins otherwise; 0: may yet become it; 1: begins so. */
int text_begins(struct text, const char *word);
/* The same for the best of n words; *found is that one, unless all are -1. */
int text_begins_any(struct text, const char *const *words, size_t n,
    const char **found);

/* Cuts a line at LF, without it and a CR before it; false when none is whole. */
bool field_line(struct text *rest, struct text *line);

/* Whether the empty line after the fields is there. */
bool fields_whole(struct text rest);

/*
 * The next field; false at the empty line or where the bytes end. A folded value
 * (RFC 9112 section 5.2) is put together in buf, with a blank for each fold.
 */
bool field_next(struct text *rest, struct field *, char buf[VALUE_MAX]);

/*
 * Moves behind a body of the length that a field states, as far as it is there (RFC
 * 9112 section 6.3, RFC 3261 section 18.3). How many bytes of it are yet to come; with
 * more than SKIP_MAX of them nobody can tell where it ends.
 */
uint32_t skip_body(struct text *rest, struct text length);

#endif
