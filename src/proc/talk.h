/* SPDX-License-Identifier: ISC */
#ifndef PROC_TALK_H
#define PROC_TALK_H

#include "proc/child.h"
#include "proc/message.h"

/*
 * A whole conversation of the parent with a child that reads hostile bytes: start it,
 * say what is asked of it, take what it says until it is done, wait for its end. A
 * child that dies has said nothing unless it said that it was done.
 */
struct talk {
	struct child child;
	struct inbox in;
	struct outbox out;
	bool done;
};

struct listener {
	enum role role; /* of the child */
	void *state;
	/* Writes the payload of the configuration. */
	void (*config)(void *state, struct writer *);
	/* One message; false when it breaks the rules. Done and error are none of its.
	 */
	bool (*take)(void *state, enum message, struct cursor);
	/* Before each message, instead of waiting for it in there; or NULL. */
	int (*wait)(void *state, struct err *);
	/* When the next message is not there yet, and at the end; or NULL. To wait is
	 * to lose the bytes that the payloads so far were views of. */
	void (*pause)(void *state);
};

int talk_with_child(struct talk *, const struct listener *, const int *fds, size_t n,
    struct err *);

#endif
