/* SPDX-License-Identifier: ISC */
#include "proc/child.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "proc/message.h"
#include "proc/sandbox.h"
#include "test.h"

/*
 * A child is this program again, and its role the name of a test: the word that the
 * unit runner looks for. So the child's side is a test too, which does nothing when
 * it is not run as a child.
 */
static const char *
as_child(char *buf, size_t size)
{
	FILE *f = fopen("/proc/self/cmdline", "r");
	size_t n = f != NULL ? fread(buf, 1, size - 1, f) : 0;
	const char *role, *order;

	if (f != NULL)
		(void)fclose(f);
	buf[n] = '\0';
	if (strcmp(buf, "interdict") != 0)
		return NULL;
	role = buf + strlen(buf) + 1;
	order = role + strlen(role) + 1;
	return order;
}

static void
tell_what_is_here(void)
{
	extern char **environ;
	struct outbox out;
	char text[256] = "";
	int death = 0;

	outbox_open(&out, CHILD_TO_PARENT, ROLE_SENSOR);
	struct writer *w = message_begin(&out, MESSAGE_FACT);
	ssize_t n = read(CHILD_GIVEN + 1, text, sizeof text - 1);
	putf(w, "%.*s;", (int)n, text);
	n = read(CHILD_FROM_PARENT, text, sizeof text - 1);
	putf(w, "%.*s;", (int)n, text);
	for (int fd = 0; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			putf(w, " %d", fd);
	put(w, ";");
	for (char **e = environ; *e != NULL; e++)
		if (strncmp(*e, "ASAN_OPTIONS=", 13) != 0)
			putf(w, " %s", *e);
	(void)prctl(PR_GET_PDEATHSIG, &death, 0, 0, 0);
	putf(w, "; %d %d", death, read(STDIN_FILENO, text, 1) == 0);
	(void)message_end(&out);
	(void)outbox_close(&out);
}

TEST(child_side_that_does_as_it_is_told)
{
	char line[512];
	const char *order = as_child(line, sizeof line);

	if (order == NULL)
		return;
	if (strcmp(order, "tell") == 0)
		tell_what_is_here();
	if (strcmp(order, "sandbox") == 0) {
		const int keep[] = { CHILD_TO_PARENT, CHILD_FROM_PARENT };
		struct sandbox s;
		struct err err;
		if (sandbox_enter(keep, 2, &s, &err) == 0)
			(void)socket(AF_INET, SOCK_STREAM, 0);
	}
	if (strcmp(order, "three") == 0)
		_exit(3);
	if (strcmp(order, "wait") == 0)
		(void)!read(CHILD_FROM_PARENT, line, 1);
	_exit(0);
}

static struct child
start(const char *order, const int *fds, size_t n)
{
	char *const extra[] = { strdup(order), NULL };
	struct child child = { .pid = -1 };
	struct err err = { "" };

	EQ(child_start("child_side_that_does", extra, fds, n, &child, &err), 0);
	SAME(err.line, "");
	free(extra[0]);
	return child;
}

TEST(a_child_has_what_it_was_given_and_nothing_else)
{
	int given[2] = { memfd_create("a", 0), memfd_create("b", 0) };
	int stray = open("/dev/null", O_RDONLY);
	struct inbox in;
	enum message type;
	struct cursor payload;
	struct err err = { "" };
	char text[256] = "";

	EQ(write(given[1], "gift", 4), 4);
	EQ(lseek(given[1], 0, SEEK_SET), 0);
	(void)setenv("LANG", "C.UTF-8", 1);
	struct child child = start("tell", given, 2);
	EQ(write(child.to, "order", 5), 5);
	inbox_open(&in, child.from, ROLE_SENSOR);
	EQ(message_next(&in, &type, &payload, &err), 1);
	size_t n = cur_left(&payload) < 255 ? cur_left(&payload) : 255;
	memcpy(text, payload.at, n);
	SAME(text, "gift;order; 0 1 2 3 4 5 6; LANG=C.UTF-8; 9 1");
	EQ(message_next(&in, &type, &payload, &err), 0);
	inbox_close(&in);
	EQ(child_wait(&child, &err), 0);
	(void)close(given[0]);
	(void)close(given[1]);
	(void)close(stray);
}

TEST(how_a_child_ended_is_said_in_words)
{
	struct err err;
	struct child child = start("three", NULL, 0);

	EQ(child_wait(&child, &err), -1);
	SAME(err.line, "the child_side_that_does ended with status 3");
	child = start("sandbox", NULL, 0);
	EQ(child_wait(&child, &err), -1);
	SAME(err.line,
	    "the child_side_that_does was killed by signal 31 (Bad system call)");
	child = start("wait", NULL, 0);
	child_kill(&child);
	EQ(child_wait(&child, &err), -1);
	SAME(err.line, "the child_side_that_does was killed by signal 9 (Killed)");
	child = start("wait", NULL, 0);
	EQ(child_wait(&child, &err), 0); /* its pipe ended */
}

TEST(many_descriptors_reach_a_child_in_their_order)
{
	int given[40];
	struct inbox in;
	enum message type;
	struct cursor payload;
	struct err err = { "" };

	for (int i = 0; i < 40; i++) {
		given[i] = memfd_create("many", MFD_CLOEXEC);
		EQ(write(given[i], &(char){ (char)('0' + i) }, 1), 1);
		EQ(lseek(given[i], 0, SEEK_SET), 0);
	}
	struct child child = start("tell", given, 40);
	EQ(write(child.to, "x", 1), 1);
	inbox_open(&in, child.from, ROLE_SENSOR);
	EQ(message_next(&in, &type, &payload, &err), 1);
	EQ(cur_u8(&payload), '1');
	inbox_close(&in);
	EQ(child_wait(&child, &err), 0);
	for (int i = 0; i < 40; i++)
		(void)close(given[i]);
}
