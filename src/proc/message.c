/* SPDX-License-Identifier: ISC */
#include "proc/message.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEADER = 5, BATCH = 64 * 1024, BUFFER = 256 * 1024 };

static const struct {
	const char *name;
	bool from[ROLES];
} rules[MESSAGES] = {
	[MESSAGE_FACT] = { "fact", { false, true, true } },
	[MESSAGE_PRESENCE] = { "presence", { false, true, true } },
	[MESSAGE_COUNTS] = { "counts", { false, true, false } },
	[MESSAGE_DAMAGE] = { "damage", { false, true, false } },
	[MESSAGE_PROGRESS] = { "progress", { false, true, false } },
	[MESSAGE_DONE] = { "done", { false, true, true } },
	[MESSAGE_ERROR] = { "error", { false, true, true } },
	[MESSAGE_CONFIG] = { "config", { true, false, false } },
	[MESSAGE_STOP] = { "stop", { true, false, false } },
	[MESSAGE_SIGHTING] = { "sighting", { false, true, true } },
	[MESSAGE_ROW] = { "row", { false, false, true } },
	[MESSAGE_WRONG] = { "wrong", { false, false, true } },
	[MESSAGE_IMPORTED] = { "imported", { false, false, true } },
};

const char *
role_name(enum role role)
{
	static const char *const names[ROLES] = { "parent", "sensor", "reader" };

	return names[role];
}

const char *
message_name(enum message type)
{
	return rules[type].name;
}

static bool
may_send(enum role from, unsigned type)
{
	return type < MESSAGES && rules[type].from[from];
}

void
outbox_open(struct outbox *o, int fd, enum role from)
{
	*o = (struct outbox){ .fd = fd, .from = from };
	writer_to_memory(&o->w);
}

struct writer *
message_begin(struct outbox *o, enum message type)
{
	if (!may_send(o->from, type))
		FAULT("a message that this role may not send");
	o->start = o->w.len;
	put_u8(&o->w, (uint8_t)type);
	put_u32(&o->w, 0);
	return &o->w;
}

int
message_end(struct outbox *o)
{
	if (o->w.error != 0)
		FAULT("out of memory");
	size_t n = o->w.len - o->start - HEADER;
	if (n > MESSAGE_MOST)
		FAULT("a message that is too long");
	char *length = o->w.buf + o->start + 1;
	length[0] = (char)(n >> 24);
	length[1] = (char)(n >> 16);
	length[2] = (char)(n >> 8);
	length[3] = (char)n;
	return o->w.len >= BATCH ? outbox_flush(o) : o->error;
}

int
outbox_flush(struct outbox *o)
{
	size_t done = 0;

	while (done < o->w.len && o->error == 0) {
		ssize_t n = write(o->fd, o->w.buf + done, o->w.len - done);
		if (n >= 0)
			done += (size_t)n;
		else if (errno != EINTR)
			o->error = errno;
	}
	o->w.len = 0;
	return o->error;
}

int
outbox_close(struct outbox *o)
{
	int error = outbox_flush(o);

	(void)writer_close(&o->w);
	return error;
}

void
inbox_open(struct inbox *i, int fd, enum role from)
{
	*i = (struct inbox){ .fd = fd, .from = from };
	i->cap = BUFFER;
	i->buf = must_alloc(i->cap, 1);
	i->unread = cur_over(i->buf, 0);
}

/* The bytes of the message at the front, as far as they tell. */
static size_t
size_at_front(const struct inbox *i)
{
	struct cursor c = i->unread;

	cur_skip(&c, 1);
	return HEADER + (size_t)cur_u32(&c);
}

bool
message_ready(const struct inbox *i)
{
	size_t left = cur_left(&i->unread);

	if (i->ended)
		return true;
	if (left > 0 && (i->done || !may_send(i->from, cur_peek(&i->unread, 0))))
		return true; /* to be refused */
	if (left < HEADER)
		return false;
	size_t size = size_at_front(i);
	return left >= size || size > HEADER + MESSAGE_MOST;
}

int
inbox_read(struct inbox *i, struct err *err)
{
	size_t left = cur_left(&i->unread);
	size_t size = left >= HEADER ? size_at_front(i) : HEADER;

	if (size > HEADER + MESSAGE_MOST)
		return 0; /* message_next() refuses it */
	if (i->unread.at != i->buf && left > 0)
		memmove(i->buf, i->unread.at, left);
	if (size > i->cap) {
		i->cap = size;
		i->buf = must_grow(i->buf, i->cap, 1);
	}
	i->unread = cur_over(i->buf, left);
	if (left == i->cap)
		return 0;
	ssize_t n;
	do
		n = read(i->fd, i->buf + left, i->cap - left);
	while (n < 0 && errno == EINTR);
	if (n < 0 && errno != EAGAIN) {
		i->ended = true;
		return err_set(err, "the messages of the %s cannot be read: %s",
		    role_name(i->from), strerror(errno));
	}
	i->ended = n == 0;
	i->unread = cur_over(i->buf, left + (n > 0 ? (size_t)n : 0));
	return 0;
}

/* What is wrong with the message at the front. */
static int
refuse(const struct inbox *i, struct err *err)
{
	unsigned type = cur_peek(&i->unread, 0);
	const char *name = role_name(i->from);

	if (i->done)
		return err_set(err, "the %s sent more after it said that it was done",
		    name);
	if (!may_send(i->from, type) && (type == 0 || type >= MESSAGES))
		return err_set(err, "the %s sent a message of unknown type %u", name,
		    type);
	if (!may_send(i->from, type))
		return err_set(err, "the %s sent '%s', which it may not", name,
		    rules[type].name);
	if (cur_left(&i->unread) >= HEADER && size_at_front(i) > HEADER + MESSAGE_MOST)
		return err_set(err, "the %s sent a message of %zu bytes", name,
		    size_at_front(i) - HEADER);
	return err_set(err, "the %s stopped in the middle of a message", name);
}

int
message_next(struct inbox *i, enum message *type, struct cursor *payload,
    struct err *err)
{
	while (!message_ready(i))
		if (inbox_read(i, err) != 0)
			return -1;
	size_t left = cur_left(&i->unread);
	if (left == 0)
		return 0;
	if (i->done || !may_send(i->from, cur_peek(&i->unread, 0)) || left < HEADER ||
	    left < size_at_front(i))
		return refuse(i, err);
	*type = (enum message)cur_u8(&i->unread);
	size_t n = cur_u32(&i->unread);
	*payload = cur_take(&i->unread, n);
	i->done = *type == MESSAGE_DONE;
	return 1;
}

void
inbox_close(struct inbox *i)
{
	free(i->buf);
	*i = (struct inbox){ .fd = -1 };
}
