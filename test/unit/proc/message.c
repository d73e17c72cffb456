/* SPDX-License-Identifier: ISC */
#include "proc/message.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* What the sensor would have written, to be read by the parent. */
static const char *
refused(const void *bytes, size_t n, struct err *err)
{
	struct inbox in;
	enum message type;
	struct cursor payload;
	int fd = memfd_create("messages", MFD_CLOEXEC), got;

	EQ(write(fd, bytes, n), n);
	EQ(lseek(fd, 0, SEEK_SET), 0);
	inbox_open(&in, fd, ROLE_SENSOR);
	err->line[0] = '\0';
	while ((got = message_next(&in, &type, &payload, err)) > 0)
		OK(cur_left(&payload) < n);
	EQ(got, -1);
	inbox_close(&in);
	(void)close(fd);
	return err->line;
}

TEST(a_message_that_its_sender_may_not_send_is_refused)
{
	struct err err;

	SAME(refused("\1\0\0\0\1x\10\0\0\0\0", 11, &err),
	    "the sensor sent 'config', which it may not");
	SAME(refused("\0\0\0\0\0", 5, &err),
	    "the sensor sent a message of unknown type 0");
	SAME(refused("\377", 1, &err), "the sensor sent a message of unknown type 255");
	SAME(refused("\6\0\0\0\0\1\0\0\0\0", 10, &err),
	    "the sensor sent more after it said that it was done");
	SAME(refused("\1\0\20\0\1", 5, &err),
	    "the sensor sent a message of 1048577 bytes");
	SAME(refused("\1\0\0\0\3ab", 7, &err),
	    "the sensor stopped in the middle of a message");
	SAME(refused("\1\0\0", 3, &err),
	    "the sensor stopped in the middle of a message");
}

enum { MANY = 100000, LONG = MESSAGE_MOST };

static void
send_many(int fd)
{
	struct outbox out;
	char *big = malloc(LONG);

	outbox_open(&out, fd, ROLE_SENSOR);
	for (uint32_t i = 0; i < MANY; i++) {
		struct writer *w = message_begin(&out, MESSAGE_FACT);
		put_u32(w, i);
		for (uint32_t k = 0; k < i % 50; k++)
			put_u8(w, (uint8_t)i);
		if (message_end(&out) != 0)
			_exit(1);
	}
	memset(big, 'x', LONG);
	put_bytes(message_begin(&out, MESSAGE_ERROR), big, LONG);
	(void)message_end(&out);
	(void)message_begin(&out, MESSAGE_DONE);
	(void)message_end(&out);
	free(big);
	_exit(outbox_close(&out));
}

TEST(messages_arrive_whole_and_in_order)
{
	struct inbox in;
	struct err err = { "" };
	enum message type;
	struct cursor payload;
	int ends[2], status = -1;
	uint32_t n = 0;
	bool good = true;

	EQ(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0)
		send_many(ends[1]);
	(void)close(ends[1]);
	inbox_open(&in, ends[0], ROLE_SENSOR);
	while (message_next(&in, &type, &payload, &err) == 1 && type == MESSAGE_FACT) {
		good &= cur_u32(&payload) == n && cur_left(&payload) == n % 50;
		while (cur_left(&payload) > 0)
			good &= cur_u8(&payload) == (n & 0xff);
		n++;
	}
	OK(good);
	EQ(n, MANY);
	EQ(type, MESSAGE_ERROR);
	EQ(cur_left(&payload), LONG);
	EQ(message_next(&in, &type, &payload, &err), 1);
	EQ(type, MESSAGE_DONE);
	EQ(message_next(&in, &type, &payload, &err), 0);
	SAME(err.line, "");
	inbox_close(&in);
	(void)close(ends[0]);
	EQ(waitpid(pid, &status, 0), pid);
	EQ(status, 0);
}

TEST(a_loop_around_poll_never_waits_for_half_a_message)
{
	struct inbox in;
	struct err err = { "" };
	enum message type;
	struct cursor payload;
	int ends[2];

	EQ(pipe(ends), 0);
	inbox_open(&in, ends[0], ROLE_PARENT);
	OK(!message_ready(&in));
	EQ(write(ends[1], "\11\0\0\0\1", 5), 5);
	EQ(inbox_read(&in, &err), 0);
	OK(!message_ready(&in));
	EQ(write(ends[1], "z\11", 2), 2);
	EQ(inbox_read(&in, &err), 0);
	OK(message_ready(&in));
	EQ(message_next(&in, &type, &payload, &err), 1);
	EQ(type, MESSAGE_STOP);
	EQ(cur_u8(&payload), 'z');
	OK(!message_ready(&in));
	(void)close(ends[1]);
	EQ(inbox_read(&in, &err), 0);
	OK(message_ready(&in));
	EQ(message_next(&in, &type, &payload, &err), -1);
	inbox_close(&in);
	(void)close(ends[0]);
}
