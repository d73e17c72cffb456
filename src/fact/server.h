/* SPDX-License-Identifier: ISC */
#ifndef FACT_SERVER_H
#define FACT_SERVER_H

#include "base/addr.h"
#include "base/cursor.h"
#include "base/writer.h"
#include "fact/fact.h"

/*
 * Servers that are told by their address alone: official services of the site
 * (ip.service), and networks that knowledge says are of an app (ip.contact). Whoever
 * reads packets or flows is given the list, and says what a client contacted.
 */
struct server {
	struct prefix net;
	uint16_t port;      /* 0: any */
	enum fact_key said; /* FACT_IP_SERVICE or FACT_IP_CONTACT */
};

struct servers {
	struct server *list;
	size_t n;
};

void servers_add(struct servers *, struct server);
void servers_free(struct servers *);
/*
 * A bit for each beginning of two bytes that an address of a server may have: datagrams
 * have no first one, so each is held against this.
 */
enum { SERVER_STARTS = 65536 / 8 };
void servers_mark(const struct servers *, uint8_t starts[SERVER_STARTS]);

static inline bool
server_may_be(const uint8_t *starts, struct addr a)
{
	unsigned start = (unsigned)a.b[0] << 8 | a.b[1];

	return starts[start / 8] >> start % 8 & 1;
}

/*
 * What the first packet of a client says by whom it goes to: at most a service, a
 * contact, and the port of a push service (ip.push: Apple's 5223, Google's 5228).
 */
void servers_tell(const struct servers *, const struct sighting *,
    void (*say)(void *, enum fact_key, struct text), void *state);

/* Between processes. The reader allocates; false on a message out of range. */
void servers_write(struct writer *, const struct servers *);
bool servers_read(struct cursor *, struct servers *);

#endif
