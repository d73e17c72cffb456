/* SPDX-License-Identifier: ISC */
#include "proc/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIPE_SIZE = 1024 * 1024, ARGUMENTS_MOST = 32, KEPT_MOST = 8 };

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif

/* What a child keeps of the environment. */
static const char *const kept[] = { "LANG", "LC_ALL", "LC_CTYPE", "ASAN_OPTIONS",
	"UBSAN_OPTIONS", "LSAN_OPTIONS", NULL };

/* Everything that is made ready before fork(). */
struct start {
	char *argv[ARGUMENTS_MOST + 3];
	char *env[KEPT_MOST + 1];
	int *fds; /* in the child's order from 3 on */
	size_t n;
	int failed; /* pipe that tells why exec did not happen */
	pid_t parent;
};

static void
choose_environment(struct start *s)
{
	size_t n = 0;

	for (size_t i = 0; kept[i] != NULL; i++) {
		const char *value = getenv(kept[i]);
		const char *first = "";
#ifdef SANITIZED
		/* both need what the sandbox forbids */
		if (strcmp(kept[i], "ASAN_OPTIONS") == 0)
			first = "detect_leaks=0:symbolize=0:";
#endif
		if (value == NULL && first[0] == '\0')
			continue;
		if (asprintf(&s->env[n++], "%s=%s%s", kept[i], first,
		        value != NULL ? value : "") < 0)
			FAULT("out of memory");
	}
	s->env[n] = NULL;
}

static void
choose_arguments(struct start *s, const char *role, char *const extra[])
{
	size_t n = 0;

	s->argv[n++] = strdup("interdict");
	s->argv[n++] = strdup(role);
	for (size_t i = 0; extra != NULL && extra[i] != NULL; i++) {
		if (i == ARGUMENTS_MOST)
			FAULT("a child with too many arguments");
		s->argv[n++] = strdup(extra[i]);
	}
	s->argv[n] = NULL;
	for (size_t i = 0; i < n; i++)
		if (s->argv[i] == NULL)
			FAULT("out of memory");
}

static void
start_free(struct start *s)
{
	for (size_t i = 0; s->argv[i] != NULL; i++)
		free(s->argv[i]);
	for (size_t i = 0; s->env[i] != NULL; i++)
		free(s->env[i]);
	free(s->fds);
}

/*
 * Puts each descriptor into its place: first all of them above every place, so
 * that none lands on another that is still to be moved.
 */
static int
place_descriptors(struct start *s, int null)
{
	int above = CHILD_TO_PARENT + (int)s->n;

	s->failed = fcntl(s->failed, F_DUPFD_CLOEXEC, above);
	if (s->failed < 0)
		return -1;
	for (size_t i = 0; i < s->n; i++) {
		s->fds[i] = fcntl(s->fds[i], F_DUPFD_CLOEXEC, above);
		if (s->fds[i] < 0)
			return -1;
	}
	if (dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		return -1;
	for (size_t i = 0; i < s->n; i++)
		if (dup2(s->fds[i], CHILD_TO_PARENT + (int)i) < 0)
			return -1;
	return close_range((unsigned)above, ~0U, CLOSE_RANGE_CLOEXEC);
}

__attribute__((noreturn)) static void
become_child(struct start *s)
{
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGINT, SIG_IGN);
	(void)signal(SIGTERM, SIG_IGN);
	(void)signal(SIGHUP, SIG_IGN);
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	/* no new privileges: else capabilities of the file would undo the next line */
	if (null >= 0 && place_descriptors(s, null) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == s->parent)
		(void)execve("/proc/self/exe", s->argv, s->env);
	int why = errno;
	(void)!write(s->failed, &why, sizeof why);
	_exit(127);
}

/* The child's two pipes; all ends or none. */
static int
open_pipes(int to[2], int from[2], int failed[2])
{
	if (pipe2(to, O_CLOEXEC) != 0)
		return -1;
	if (pipe2(from, O_CLOEXEC) == 0) {
		if (pipe2(failed, O_CLOEXEC) == 0) {
			/* fewer turns between the two processes; refused to some */
			(void)fcntl(from[1], F_SETPIPE_SZ, PIPE_SIZE);
			return 0;
		}
		(void)close(from[0]);
		(void)close(from[1]);
	}
	(void)close(to[0]);
	(void)close(to[1]);
	return -1;
}

static pid_t
fork_child(struct start *s, int told)
{
	pid_t pid = fork();
	int why = 0;

	if (pid == 0)
		become_child(s);
	(void)close(s->failed);
	if (pid > 0 && read(told, &why, sizeof why) == sizeof why) {
		(void)waitpid(pid, NULL, 0);
		errno = why;
		return -1;
	}
	return pid;
}

int
child_input(const char *name, const char *what, struct err *err)
{
	bool standard = strcmp(name, "-") == 0;
	int fd = standard ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, CHILD_TO_PARENT)
	                  : open(name, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) != 0)
		(void)err_set(err, "cannot open %s: %s", name, strerror(errno));
	else if (S_ISDIR(st.st_mode))
		(void)err_set(err, "%s is a folder; name the %ss in it", name, what);
	else if (isatty(fd))
		(void)err_set(err, "%s is a terminal; name a %s", name, what);
	else
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

int
child_start(const char *role, char *const extra[], const int *fds, size_t n,
    struct child *child, struct err *err)
{
	struct start s = { .n = n + 2, .parent = getpid() };
	int to[2], from[2], failed[2];

	if (open_pipes(to, from, failed) != 0)
		return err_set(err, "no pipe to the %s: %s", role, strerror(errno));
	choose_arguments(&s, role, extra);
	choose_environment(&s);
	s.fds = must_alloc(s.n, sizeof *s.fds);
	s.fds[0] = from[1];
	s.fds[1] = to[0];
	if (n > 0)
		memcpy(s.fds + 2, fds, n * sizeof *fds);
	s.failed = failed[1];
	(void)signal(SIGPIPE, SIG_IGN);
	pid_t pid = fork_child(&s, failed[0]);
	int why = errno;
	start_free(&s);
	(void)close(failed[0]);
	(void)close(from[1]);
	(void)close(to[0]);
	*child = (struct child){ role, pid, from[0], to[1] };
	if (pid > 0)
		return 0;
	(void)close(from[0]);
	(void)close(to[1]);
	*child = (struct child){ role, -1, -1, -1 };
	return err_set(err, "the %s cannot be started: %s", role, strerror(why));
}

int
child_wait(struct child *child, struct err *err)
{
	int status = 0;
	pid_t pid;

	if (child->to >= 0)
		(void)close(child->to);
	if (child->from >= 0)
		(void)close(child->from);
	child->to = child->from = -1;
	do
		pid = waitpid(child->pid, &status, 0);
	while (pid < 0 && errno == EINTR);
	child->pid = -1;
	if (pid < 0)
		return err_set(err, "the %s cannot be waited for: %s", child->role,
		    strerror(errno));
	if (WIFSIGNALED(status))
		return err_set(err, "the %s was killed by signal %d (%s)", child->role,
		    WTERMSIG(status), strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) != 0)
		return err_set(err, "the %s ended with status %d", child->role,
		    WEXITSTATUS(status));
	return 0;
}

void
child_kill(const struct child *child)
{
	if (child->pid > 0)
		(void)kill(child->pid, SIGKILL);
}
