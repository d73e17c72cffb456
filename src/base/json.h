/* SPDX-License-Identifier: ISC */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/time.h"
#include "base/writer.h"

/*
 * A printer of JSON, one call a token, commas by itself. Everything that comes
 * from outside goes through json_string, which escapes and replaces what is not
 * UTF-8 by U+FFFD. Depth is at most 31 levels (a fault of ours beyond).
 */
struct json {
	struct writer *to;
	uint32_t comma; /* bit n: level n has a member already */
	unsigned depth;
	bool after_key;
};

static inline struct json
json_over(struct writer *to)
{
	return (struct json){ .to = to };
}

void json_open(struct json *, char bracket); /* '{' or '[' */
void json_close(struct json *, char bracket);
void json_key(struct json *, const char *);
void json_string(struct json *, struct text);
void json_cstring(struct json *, const char *); /* NULL prints null */
void json_uint(struct json *, uint64_t);
void json_int(struct json *, int64_t);
void json_real(struct json *, double, int digits); /* fixed, digits after the point */
void json_bool(struct json *, bool);
void json_null(struct json *);
void json_raw(struct json *, struct text); /* JSON already, by us */
/* Ends a line of JSON Lines. */
void json_line(struct json *);

/*
 * A line of the contract, interdict-json(5): its time (TIME_NONE: it has none), its
 * event type, and open, for what follows, the object of that name.
 */
void json_event(struct json *, const char *type, int64_t at);
void json_event_end(struct json *);

#endif
