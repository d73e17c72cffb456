/* SPDX-License-Identifier: ISC */
#include "capture/live.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test.h"

/* In a network of its own whose loopback is up; false without the right to. */
static bool
own_network(void)
{
	struct ifreq r = { .ifr_name = "lo" };
	int fd;

	if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
		return false;
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	r.ifr_flags = IFF_UP;
	bool up = ioctl(fd, SIOCSIFFLAGS, &r) == 0;
	(void)close(fd);
	return up;
}

static void
send_raw(int fd, const void *bytes, size_t n)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET,
		.sll_ifindex = (int)if_nametoindex("lo"),
		.sll_halen = ETH_ALEN };

	EQ(sendto(fd, bytes, n, 0, (const struct sockaddr *)&to, sizeof to), n);
}

enum { PLAIN = 14 + 50, TAGGED = 14 + 4 + 50 };

static void
frames_come_back(struct live *l, int out)
{
	static const uint8_t plain[PLAIN] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88,
		0xb5, 7 };
	static const uint8_t tagged[TAGGED] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2,
		0x81, 0, 0x60, 42, 0x88, 0xb5, 9 };
	struct frame f;
	struct err err = { "" };
	uint64_t seen = 0, dropped = 0;

	EQ(live_next(l, &f, 0, &err), 0);
	send_raw(out, plain, sizeof plain);
	send_raw(out, tagged, sizeof tagged);
	EQ(live_next(l, &f, 2000, &err), 1);
	EQ(cur_left(&f.bytes), PLAIN);
	EQ(f.length, PLAIN);
	EQ(f.number, 1);
	EQ(f.capture, 5);
	EQ(f.link, LINK_ETHERNET);
	OK(f.time > INT64_C(1700000000) * 1000000000);
	OK(cur_left(&f.bytes) == PLAIN && memcmp(f.bytes.at, plain, PLAIN) == 0);
	EQ(live_next(l, &f, 2000, &err), 1);
	EQ(f.number, 2);
	EQ(f.length, TAGGED);
	OK(cur_left(&f.bytes) == TAGGED && memcmp(f.bytes.at, tagged, TAGGED) == 0);
	EQ(live_next(l, &f, 0, &err), 0);
	live_counts(l, &seen, &dropped);
	OK(seen >= 2);
	uint64_t again = 0;
	live_counts(l, &again, &dropped);
	EQ(again, seen);
	EQ(dropped, 0);
}

static void
many_go_round_the_ring(struct live *l, int out)
{
	struct frame f;
	struct err err = { "" };
	uint8_t bytes[1514] = { 2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 0x88, 0xb5 };
	unsigned good = 0;

	/* twice what the ring holds */
	for (unsigned i = 0; i < 24000; i++) {
		bytes[20] = (uint8_t)i;
		send_raw(out, bytes, sizeof bytes);
		while (live_next(l, &f, 0, &err) == 1)
			good += cur_peek(&f.bytes, 20) == (good & 0xff) &&
			    cur_left(&f.bytes) == sizeof bytes;
	}
	while (live_next(l, &f, 200, &err) == 1)
		good += cur_peek(&f.bytes, 20) == (good & 0xff);
	EQ(good, 24000);
	SAME(err.line, "");
}

static void
refusals_are_clear(void)
{
	struct err err = { "" };
	struct ifreq r = { .ifr_name = "lo" };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	EQ(live_socket("nowhere0", &err), -1);
	OK(strstr(err.line, "no interface is called 'nowhere0'; there are: lo") !=
	    NULL);
	EQ(ioctl(fd, SIOCSIFFLAGS, &r), 0);
	EQ(live_socket("lo", &err), -1);
	SAME(err.line, "interface 'lo' is down: `ip link set lo up`");
	(void)close(fd);
}

static void
in_own_network(void)
{
	struct err err = { "" };
	struct ifreq r = { .ifr_name = "lo" };
	struct frame f;
	int fd = live_socket("lo", &err), control = socket(AF_INET, SOCK_DGRAM, 0);

	SAME(err.line, "");
	if (!OK(fd >= 0))
		return;
	int out = socket(AF_PACKET, SOCK_RAW, 0);
	struct live *l = live_open(fd, 5, &err);
	if (!OK(l != NULL))
		return;
	frames_come_back(l, out);
	many_go_round_the_ring(l, out);
	EQ(ioctl(control, SIOCSIFFLAGS, &r), 0); /* down */
	EQ(live_next(l, &f, 2000, &err), -1);
	SAME(err.line, "the interface went down or is gone");
	live_close(l);
	(void)close(control);
	(void)close(out);
	refusals_are_clear();
}

TEST(frames_of_a_live_interface_are_those_that_were_sent)
{
	(void)fflush(stdout);
	pid_t pid = fork();
	int status = -1;

	if (pid == 0) {
		if (!own_network())
			_exit(77);
		in_own_network();
		(void)fflush(stdout);
		_exit(test_failures() > 0);
	}
	EQ(waitpid(pid, &status, 0), pid);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		(void)printf("live: skipped: no right to make a network namespace\n");
	else
		EQ(status, 0);
}
