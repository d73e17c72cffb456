/* SPDX-License-Identifier: ISC */
#include "proc/sandbox.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#include <linux/if_packet.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

enum { NOBODY = 65534 };

static int
by_number(const void *left, const void *right)
{
	const int *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

static int
close_others(const int *keep, size_t n, struct err *err)
{
	int *kept = must_alloc(n + 1, sizeof *kept);
	unsigned from = 0;
	int failed = 0;

	if (n > 0)
		memcpy(kept, keep, n * sizeof *kept);
	kept[n] = STDERR_FILENO;
	qsort(kept, n + 1, sizeof *kept, by_number);
	for (size_t i = 0; i <= n; i++) {
		unsigned fd = (unsigned)kept[i];
		if (fd > from)
			failed |= close_range(from, fd - 1, 0);
		if (fd >= from)
			from = fd + 1;
	}
	failed |= close_range(from, ~0U, 0);
	free(kept);
	return failed == 0
	    ? 0
	    : err_set(err, "sandbox: descriptors stay open: %s", strerror(errno));
}

/* landlock(7); the numbers of what newer kernels can refuse than our headers know. */
static int
enter_landlock(void)
{
	static const uint64_t files[] = { 0, 0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff };
	enum { NEWEST = sizeof files / sizeof *files - 1 };
	struct {
		uint64_t files, network, scope;
	} rules = { 0, 0, 0 };
	int abi = (int)syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);

	if (abi <= 0)
		return 0;
	rules.files = files[abi < NEWEST ? abi : NEWEST];
	if (abi >= 4)
		rules.network = 3; /* bind and connect TCP */
	if (abi >= 6)
		rules.scope = 3; /* abstract Unix sockets and signals */
	int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
	if (fd < 0)
		return 0;
	bool in = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	(void)close(fd);
	return in ? abi : 0;
}

/*
 * To nobody. In a container that maps no such user it stays who it is, and loses
 * its capabilities all the same.
 */
static bool
leave_root(void)
{
	if (geteuid() != 0 && getuid() != 0)
		return true;
	return setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0 &&
	    setresuid(NOBODY, NOBODY, NOBODY) == 0;
}

static bool
drop_capabilities(void)
{
	struct __user_cap_header_struct header = { _LINUX_CAPABILITY_VERSION_3, 0 };
	struct __user_cap_data_struct none[2] = { { 0, 0, 0 }, { 0, 0, 0 } };

	(void)prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
	return syscall(SYS_capset, &header, none) == 0;
}

/* Needs CAP_SETPCAP: without it there is nothing that could come back either. */
static void
drop_bounding_set(void)
{
	for (int cap = 0; prctl(PR_CAPBSET_READ, cap, 0, 0, 0) >= 0; cap++)
		(void)prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
}

static int
drop_rights(struct sandbox *s, struct err *err)
{
	int death = 0;

	s->no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
	(void)prctl(PR_GET_PDEATHSIG, &death, 0, 0, 0);
	pid_t parent = getppid();
	drop_bounding_set();
	s->unprivileged_user = leave_root();
	s->no_capabilities = drop_capabilities();
	/* a change of user clears it: prctl(2) */
	if (death != 0)
		(void)prctl(PR_SET_PDEATHSIG, death, 0, 0, 0);
	if (death != 0 && getppid() != parent)
		return err_set(err, "sandbox: the parent is gone");
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	if (!s->no_new_privileges || !s->no_capabilities)
		return err_set(err, "sandbox: rights cannot be given up: %s",
		    strerror(errno));
	return 0;
}

/* What needs no look at its arguments. */
static const int allowed[] = {
	SCMP_SYS(read),
	SCMP_SYS(readv),
	SCMP_SYS(write),
	SCMP_SYS(writev),
	SCMP_SYS(poll),
	SCMP_SYS(ppoll),
	SCMP_SYS(recvfrom),
	SCMP_SYS(recvmsg),
	SCMP_SYS(lseek),
	SCMP_SYS(close),
	SCMP_SYS(fstat),
	SCMP_SYS(munmap),
	SCMP_SYS(mremap),
	SCMP_SYS(brk),
	SCMP_SYS(madvise),
	SCMP_SYS(futex),
	SCMP_SYS(clock_gettime),
	SCMP_SYS(gettimeofday),
	SCMP_SYS(getrandom),
	SCMP_SYS(rt_sigaction),
	SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(restart_syscall),
	SCMP_SYS(sched_yield),
	SCMP_SYS(getpid),
	SCMP_SYS(gettid),
	SCMP_SYS(exit),
	SCMP_SYS(exit_group),
	SCMP_SYS(sysinfo), /* qsort() asks how much memory there is, over 1 KiB */
#if SANITIZED
	SCMP_SYS(sigaltstack),
	SCMP_SYS(getppid),
	SCMP_SYS(prlimit64),
	SCMP_SYS(sched_getaffinity),
#endif
};

/* What the C library asks in passing, and does without. */
static const struct {
	int call, error;
} refused[] = {
	{ SCMP_SYS(ioctl), ENOTTY }, /* isatty() before the first line */
#if SANITIZED
	/* a report of AddressSanitizer looks for symbols, and is printed without */
	{ SCMP_SYS(open), EPERM },
	{ SCMP_SYS(openat), EPERM },
	{ SCMP_SYS(readlink), EPERM },
	{ SCMP_SYS(readlinkat), EPERM },
	{ SCMP_SYS(stat), EPERM },
	{ SCMP_SYS(access), EPERM },
	{ SCMP_SYS(prctl), EPERM },
#endif
};

/* Memory, but none that could be executed. */
static int
allow_memory(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp not_executable = SCMP_A2_64(SCMP_CMP_MASKED_EQ,
	    PROT_EXEC, 0);

	int failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
	    &not_executable);
	failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
	    &not_executable);
	return failed;
}

static int
allow_by_arguments(scmp_filter_ctx filter)
{
	const struct scmp_arg_cmp statistics[] = {
		SCMP_A1_64(SCMP_CMP_EQ, SOL_PACKET, 0),
		SCMP_A2_64(SCMP_CMP_EQ, PACKET_STATISTICS, 0),
	};
	const struct scmp_arg_cmp failure[] = {
		SCMP_A1_64(SCMP_CMP_EQ, SOL_SOCKET, 0),
		SCMP_A2_64(SCMP_CMP_EQ, SO_ERROR, 0),
	};
	/* the C library's fstat() is newfstatat(fd, "", …, AT_EMPTY_PATH) */
	const struct scmp_arg_cmp of_descriptor[] = {
		SCMP_A0_64(SCMP_CMP_LE, INT32_MAX, 0),
		SCMP_A3_64(SCMP_CMP_EQ, 0x1000, 0),
	};
	const struct scmp_arg_cmp end_itself[] = {
		SCMP_A0_64(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0),
	};

	int failed = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
	    SCMP_SYS(getsockopt), 2, statistics);
	failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(getsockopt),
	    2, failure);
	failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat),
	    2, of_descriptor);
	failed |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
	    end_itself);
	return failed;
}

static int
enter_seccomp(struct err *err)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int failed = filter == NULL ? -ENOMEM : 0;

	if (failed == 0)
		failed = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH,
		    SCMP_ACT_KILL_PROCESS);
	for (size_t i = 0; failed == 0 && i < sizeof allowed / sizeof *allowed; i++)
		failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; failed == 0 && i < sizeof refused / sizeof *refused; i++)
		failed = seccomp_rule_add(filter,
		    SCMP_ACT_ERRNO((uint32_t)refused[i].error), refused[i].call, 0);
	if (failed == 0)
		failed = allow_memory(filter);
	if (failed == 0)
		failed = allow_by_arguments(filter);
	if (failed == 0)
		failed = seccomp_load(filter);
	if (filter != NULL)
		seccomp_release(filter);
	return failed == 0 ? 0
	                   : err_set(err, "sandbox: seccomp: %s", strerror(-failed));
}

int
sandbox_enter(const int *keep, size_t n, struct sandbox *s, struct err *err)
{
	*s = (struct sandbox){ 0 };
	if (close_others(keep, n, err) != 0 || drop_rights(s, err) != 0)
		return -1;
	s->landlock = enter_landlock();
	if (enter_seccomp(err) != 0)
		return -1;
	s->seccomp = true;
	return 0;
}

void
sandbox_print(const struct sandbox *s, struct writer *w)
{
	put(w, s->no_new_privileges ? "no new privileges" : "new privileges possible");
	put(w, s->no_capabilities ? ", no capabilities" : ", capabilities kept");
	put(w, s->unprivileged_user ? ", no root" : ", still root by name");
	if (s->landlock > 0)
		putf(w, ", Landlock %d", s->landlock);
	else
		put(w, ", no Landlock in this kernel");
	put(w, s->seccomp ? ", seccomp" : ", no seccomp");
}
