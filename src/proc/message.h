/* SPDX-License-Identifier: ISC */
#ifndef PROC_MESSAGE_H
#define PROC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cursor.h"
#include "base/err.h"
#include "base/writer.h"

/*
 * Messages between the processes of this program: a type, a length, a payload
 * that is written field by field with the writer and read back with the cursor.
 * A table says which role may send what; the reader refuses everything else, so
 * that a process which hostile bytes have taken over can say no more than before.
 */
/* A sensor reads captures, a reader files to import: neither may say the other's. */
enum role { ROLE_PARENT, ROLE_SENSOR, ROLE_READER, ROLES };

enum message {
	MESSAGE_FACT = 1,
	MESSAGE_PRESENCE,
	MESSAGE_COUNTS,
	MESSAGE_DAMAGE,
	MESSAGE_PROGRESS,
	MESSAGE_DONE, /* the last one: nothing may follow it */
	MESSAGE_ERROR,
	MESSAGE_CONFIG,
	MESSAGE_STOP,
	MESSAGE_SIGHTING, /* of the facts that follow, until the next one */
	MESSAGE_ROW,      /* of a paper */
	MESSAGE_WRONG,    /* a line that was passed over */
	MESSAGE_IMPORTED, /* a file was read to its end */
	MESSAGES
};

enum { MESSAGE_MOST = 1024 * 1024 };

const char *role_name(enum role);
const char *message_name(enum message);

/* Messages to go out; they leave in batches of 64 KiB. */
struct outbox {
	struct writer w; /* memory: the batch */
	int fd;
	enum role from;
	size_t start; /* of the message at hand */
	int error;    /* the errno of the first failure, or 0; sticks */
};

void outbox_open(struct outbox *, int fd, enum role from);
/*
 * Between these two the payload is put into the writer. A message that this role
 * may not send, or that is too long, is a fault. message_end gives 0, or the
 * errno of the first failure (EPIPE: the other process is gone).
 */
struct writer *message_begin(struct outbox *, enum message);
int message_end(struct outbox *);
/* To be called before waiting for anything. */
int outbox_flush(struct outbox *);
/* Flushes and frees; fd stays open. */
int outbox_close(struct outbox *);

struct inbox {
	int fd;
	enum role from; /* who is at the other end */
	uint8_t *buf;
	size_t cap;
	struct cursor unread;
	bool ended, done;
};

void inbox_open(struct inbox *, int fd, enum role from);
/*
 * The next message: 1, with a view of its payload that is valid until the next
 * call; 0 at the end of them; -1 with err when they break the rules or are cut.
 * It waits when no whole message is there.
 */
int message_next(struct inbox *, enum message *, struct cursor *payload, struct err *);
/* For a loop around poll(): reads once what is there; 0, or -1 with err. */
int inbox_read(struct inbox *, struct err *);
/* True when message_next() will not wait. */
bool message_ready(const struct inbox *);
void inbox_close(struct inbox *);

#endif
