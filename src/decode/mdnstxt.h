/* SPDX-License-Identifier: ISC */
#ifndef DECODE_MDNSTXT_H
#define DECODE_MDNSTXT_H

#include "base/text.h"

/*
 * The TXT keys that tell what a thing is. All others stay unread: many name a
 * person or follow a device (deviceid, pk, rpBA, rpAD, rpHN, rpHA, UUID, serial).
 */
enum txt_meaning { TXT_CLASS, TXT_MODEL, TXT_OS };

struct txt_key {
	const char *name;
	enum txt_meaning means;
	const char *not_in; /* a service that means something else by it, or NULL */
};

/* The key of `key=value` in the service `_x._tcp`, or NULL. */
const struct txt_key *txt_key_find(struct text service, struct text pair,
    struct text *value);

#endif
