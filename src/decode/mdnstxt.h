/* SPDX-License-Identifier: ISC */
#ifndef DECODE_MDNSTXT_H
#define DECODE_MDNSTXT_H

#include <stdbool.h>

#include "base/text.h"

/*
 * The TXT keys that tell what a thing is, and those of a receiver of AirPlay's that are
 * its own for good (TXT_ID). All others stay unread: many name a person, and tags that
 * change (rpBA, rpAD, rpHN, rpHA, rpHI) are made to be forgotten.
 */
enum txt_meaning { TXT_CLASS, TXT_MODEL, TXT_MAKER, TXT_OS, TXT_ID };

struct txt_key {
	const char *name;
	enum txt_meaning means;
	const char *not_in; /* a service that means something else by it, or NULL */
};

/* The key of `key=value` in the service `_x._tcp`, or NULL. */
const struct txt_key *txt_key_find(struct text service, struct text pair,
    struct text *value);

/*
 * Of a queue of CUPS (rp=printers/NAME): the print server announces it, and the model
 * is that of a printer behind it.
 */
bool txt_is_queue(struct text pair);

#endif
