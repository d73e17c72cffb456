/* SPDX-License-Identifier: ISC */
#include "proc/sandbox.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "test.h"

/* What a sandboxed child does; its exit status, unless it is killed. */
typedef int act(int in, int out);

/* The status of a child that enters the sandbox, tells what it has, and acts. */
static int
in_sandbox(act *what, char *said, size_t size)
{
	int to[2], from[2], status = -1;

	EQ(pipe(to), 0);
	EQ(pipe(from), 0);
	EQ(write(to[1], "hello", 5), 5);
	(void)fflush(stdout);
	pid_t pid = fork();
	if (pid == 0) {
		const int keep[] = { from[1], to[0] };
		struct sandbox s;
		struct err err;
		if (sandbox_enter(keep, 2, &s, &err) != 0) {
			(void)fprintf(stderr, "%s\n", err.line);
			_exit(99);
		}
		_exit(what(to[0], from[1]));
	}
	(void)close(to[0]);
	(void)close(to[1]);
	(void)close(from[1]);
	ssize_t n = read(from[0], said, size - 1);
	said[n > 0 ? n : 0] = '\0';
	(void)close(from[0]);
	EQ(waitpid(pid, &status, 0), pid);
	return status;
}

static int
works(int in, int out)
{
	char word[5];
	struct stat st;
	struct timespec now;
	char *large = malloc(32 * 1024 * 1024), *more;

	if (large == NULL || read(in, word, sizeof word) != sizeof word)
		return 1;
	memset(large, 1, 32 * 1024 * 1024);
	more = realloc(large, 64 * 1024 * 1024);
	if (more == NULL || more[5] != 1 || fstat(out, &st) != 0 ||
	    clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 2;
	free(more);
	return write(out, word, sizeof word) == sizeof word ? 0 : 3;
}

TEST(in_the_sandbox_kept_descriptors_and_memory_work)
{
	char said[64];

	EQ(in_sandbox(works, said, sizeof said), 0);
	SAME(said, "hello");
}

static int
by_value(const void *a, const void *b)
{
	return (*(const int *)a > *(const int *)b) -
	    (*(const int *)a < *(const int *)b);
}

/* The C library of Debian 12 asks for the size of the memory before it takes some. */
static int
sorts(int in, int out)
{
	enum { MANY = 100000 };
	int *list = malloc(MANY * sizeof *list);

	(void)in;
	if (list == NULL)
		return 1;
	for (int i = 0; i < MANY; i++)
		list[i] = MANY - i;
	qsort(list, MANY, sizeof *list, by_value);
	bool good = list[0] == 1 && list[MANY - 1] == MANY;
	free(list);
	return good && write(out, "sorted", 6) == 6 ? 0 : 2;
}

TEST(in_the_sandbox_large_lists_are_sorted)
{
	char said[64];

	EQ(in_sandbox(sorts, said, sizeof said), 0);
	SAME(said, "sorted");
}

static int
closed(int in, int out)
{
	return write(in + 100, "x", 1) < 0 && write(STDIN_FILENO, "x", 1) < 0 &&
	    write(STDOUT_FILENO, "x", 1) < 0 && write(out, "y", 1) == 1;
}

static int
opens(int in, int out)
{
	(void)in;
	int fd = open("/etc/passwd", O_RDONLY);
	return fd >= 0 && write(out, "opened", 6) == 6 ? 0 : 55;
}

static int
connects(int in, int out)
{
	(void)in;
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 && write(out, "socket", 6) == 6;
}

static int
starts(int in, int out)
{
	char *const argv[] = { NULL };

	(void)in;
	(void)execve("/bin/true", argv, argv);
	return (int)write(out, "here still", 10);
}

static int
forks(int in, int out)
{
	(void)in;
	return fork() >= 0 && write(out, "forked", 6) == 6;
}

static int
maps_code(int in, int out)
{
	(void)in;
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS,
	    -1, 0);
	return p != MAP_FAILED && write(out, "mapped", 6) == 6;
}

static int
kills_parent(int in, int out)
{
	(void)in;
	return kill(getppid(), 0) == 0 && write(out, "signalled", 9) == 9;
}

TEST(in_the_sandbox_everything_else_is_stopped)
{
	static act *const acts[] = { opens, connects, starts, forks, maps_code,
		kills_parent };
	char said[64];

	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
		int status = in_sandbox(acts[i], said, sizeof said);
		bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
		/* with sanitizers, opening is an error and not the end */
		bool failed = WIFEXITED(status) && WEXITSTATUS(status) == 55;
		OK(killed || (acts[i] == opens && failed));
		SAME(said, "");
	}
	EQ(in_sandbox(closed, said, sizeof said), 1 << 8);
	SAME(said, "y");
}

static int
aborts(int in, int out)
{
	(void)in;
	(void)out;
	abort();
}

TEST(a_fault_in_the_sandbox_is_seen_as_what_it_is)
{
	char said[64];
	int status = in_sandbox(aborts, said, sizeof said);

	OK(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
}

TEST(the_layers_that_are_active_are_told)
{
	struct sandbox s = { true, true, true, 6, true };
	struct writer w;

	writer_to_memory(&w);
	sandbox_print(&s, &w);
	put_char(&w, '\0');
	SAME(w.buf, "no new privileges, no capabilities, no root, Landlock 6, seccomp");
	(void)writer_close(&w);
}
