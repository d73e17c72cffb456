/* SPDX-License-Identifier: ISC */
#ifndef DECODE_DNSNAME_H
#define DECODE_DNSNAME_H

#include "base/cursor.h"
#include "base/text.h"
#include "decode/line.h"

/*
 * A domain name taken out of a message: labels behind a length each, without the
 * root. RFC 1035 sections 3.1 and 4.1.4.
 */
enum { DNS_NAME_MAX = 255 };

struct dns_name {
	size_t len;
	char labels[DNS_NAME_MAX];
};

/*
 * The name at c, which moves past it; pointers lead into the message. False when
 * it runs out of the message, is too long, or its pointers go round.
 */
bool dns_name_read(struct cursor *c, struct cursor message, struct dns_name *);
/* The same where no pointer may be, and the root may be left off. */
bool dns_name_partial(struct cursor *c, struct dns_name *);

/* The labels one after the other; *at begins with 0. */
bool dns_name_label(const struct dns_name *, size_t *at, struct text *label);

/*
 * With dots; control characters as in C (\n, \033), other bytes as they are. The
 * root prints as <Root>, as tshark has it.
 */
void dns_name_print(const struct dns_name *, struct line *);
/* Equal names have equal hashes, letters folded; *at as above says from where. */
uint64_t dns_name_hash(const struct dns_name *, size_t at);

#endif
