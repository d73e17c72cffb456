/* SPDX-License-Identifier: ISC */
#include "proc/talk.h"

static int
ask(struct talk *t, const struct listener *l, struct err *err)
{
	l->config(l->state, message_begin(&t->out, MESSAGE_CONFIG));
	if (message_end(&t->out) != 0 || outbox_flush(&t->out) != 0)
		return err_set(err, "the %s did not start", role_name(l->role));
	return 0;
}

static bool
take(struct talk *t, const struct listener *l, enum message type, struct cursor c,
    struct err *err)
{
	struct text words;

	switch (type) {
	case MESSAGE_DONE:
		t->done = true;
		return true;
	case MESSAGE_ERROR:
		words = text_from(cur_block16(&c));
		(void)err_set(err, "%.*s", (int)words.len, words.s);
		return true;
	default:
		return l->take(l->state, type, c);
	}
}

static int
hear(struct talk *t, const struct listener *l, struct err *err)
{
	enum message type;
	struct cursor c;
	int got = 1;

	err->line[0] = '\0';
	while (got > 0) {
		if (l->wait != NULL && l->wait(l->state, err) != 0)
			return -1;
		got = message_next(&t->in, &type, &c, err);
		if (got > 0 && !take(t, l, type, c, err))
			return err_set(err,
			    "the %s sent a message that breaks the rules",
			    role_name(l->role));
		if (l->pause != NULL && (got <= 0 || !message_ready(&t->in)))
			l->pause(l->state);
	}
	return got < 0 || err->line[0] != '\0' ? -1 : 0;
}

int
talk_with_child(struct talk *t, const struct listener *l, const int *fds, size_t n,
    struct err *err)
{
	struct err how;

	t->done = false;
	if (child_start(role_name(l->role), NULL, fds, n, &t->child, err) != 0)
		return -1;
	inbox_open(&t->in, t->child.from, l->role);
	outbox_open(&t->out, t->child.to, ROLE_PARENT);
	int failed = ask(t, l, err) != 0 || hear(t, l, err) != 0;
	(void)outbox_close(&t->out);
	inbox_close(&t->in);
	bool died = child_wait(&t->child, &how) != 0;
	if (died && !t->done && (!failed || err->line[0] == '\0'))
		*err = how;
	return failed || (died && !t->done) ? -1 : 0;
}
