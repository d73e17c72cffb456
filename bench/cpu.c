/* SPDX-License-Identifier: ISC */
/*
 * cpu COMMAND [ARGUMENT ...]: runs it with its output thrown away, and prints
 * microseconds of user and system time of it and all that it waited for, the peak
 * of the memory of the whole tree in KiB (looked at every few milliseconds, and at
 * least that of its largest process), and how it ended.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { DEPTH_MAX = 8, LOOK_EVERY_NS = 5000000 };

static long
resident_pages(int pid)
{
	char path[64];
	long size, pages;
	FILE *f;

	(void)snprintf(path, sizeof path, "/proc/%d/statm", pid);
	f = fopen(path, "re");
	if (f == NULL)
		return 0;
	if (fscanf(f, "%ld %ld", &size, &pages) != 2)
		pages = 0;
	(void)fclose(f);
	return pages;
}

/* Resident KiB of a process and its children. */
static long
tree_size(int pid, int depth)
{
	char path[64];
	int child;
	long size = resident_pages(pid) * (sysconf(_SC_PAGESIZE) / 1024);

	(void)snprintf(path, sizeof path, "/proc/%d/task/%d/children", pid, pid);
	FILE *f = depth < DEPTH_MAX ? fopen(path, "re") : NULL;
	if (f == NULL)
		return size;
	while (fscanf(f, "%d", &child) == 1)
		size += tree_size(child, depth + 1);
	(void)fclose(f);
	return size;
}

static long
microseconds(struct timeval t)
{
	return t.tv_sec * 1000000L + t.tv_usec;
}

static void
become(char **argv)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
		_exit(126);
	(void)execvp(argv[0], argv);
	_exit(127);
}

int
main(int argc, char **argv)
{
	const struct timespec pause = { 0, LOOK_EVERY_NS };
	struct rusage use;
	int status;
	long peak = 0;

	if (argc < 2) {
		(void)fprintf(stderr, "usage: cpu COMMAND [ARGUMENT ...]\n");
		return 2;
	}
	pid_t pid = fork();
	if (pid == 0)
		become(argv + 1);
	if (pid < 0)
		return 2;
	while (waitpid(pid, &status, WNOHANG) == 0) {
		long size = tree_size(pid, 0);
		peak = size > peak ? size : peak;
		(void)nanosleep(&pause, NULL);
	}
	if (getrusage(RUSAGE_CHILDREN, &use) != 0)
		return 2;
	peak = use.ru_maxrss > peak ? use.ru_maxrss : peak;
	(void)printf("%ld %ld %ld %d\n", microseconds(use.ru_utime),
	    microseconds(use.ru_stime), peak,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return 0;
}
