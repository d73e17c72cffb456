/* SPDX-License-Identifier: ISC */
#ifndef STORY_TRAITS_H
#define STORY_TRAITS_H

#include "base/addr.h"
#include "base/arena.h"
#include "base/err.h"

/*
 * What each kind of device of a story says on the wire: the rows of traits.tsv
 * and hellos.tsv. A row without a source is refused: nothing here is made up.
 */
enum { LIST_MAX = 64 };

struct list {
	struct text item[LIST_MAX];
	size_t n;
};

struct hello {
	struct text name;
	struct list ciphers, extensions, groups, signatures, alpn, versions;
	uint16_t compression; /* RFC 8879: of the certificate */
};

struct trait {
	struct text name, vendor_class, source;
	struct list ouis;       /* the first three bytes, in hexadecimal */
	struct list parameters; /* option 55 */
	struct list order;      /* of the options of a request */
	struct list syn;        /* mss, nop, wsN, sackOK, ts, eol */
	struct list domains;    /* looked up and spoken to by TLS */
	struct list services;   /* of mDNS: `type|key=value|key=value` */
	uint16_t window;
	uint8_t ttl;
	bool ecn;
	const struct hello *hello;      /* NULL: speaks no TLS */
	struct text check, check_agent; /* the connectivity check at joining */
	struct text radio, radio_agent; /* another plain HTTP request */
	struct text server;             /* answers plain HTTP with this Server */
};

struct traits {
	struct hello hellos[16];
	size_t n_hellos;
	struct trait list[64];
	size_t n;
};

/* Both tables out of the folder; 0, or -1 with err. */
int traits_load(struct arena *, const char *folder, struct traits *, struct err *);
const struct trait *trait_find(const struct traits *, struct text name);

/* A decimal or hexadecimal number of a list; 0 when it is none. */
unsigned list_number(struct text, unsigned base);

/* A whole file into the arena; an empty text with err set when it cannot be read. */
struct text slurp(struct arena *, const char *path, struct err *);

#endif
