/* SPDX-License-Identifier: ISC */
/*
 * replay INTERFACE CAPTURE [PER-SECOND [TIMES]]: sends the Ethernet frames of a
 * capture out of an interface, in their order, so many a second (0: as fast as it
 * goes), so many times over. Prints how many frames went.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/time.h"
#include "capture/capture.h"

static int64_t
clock_ns(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * SECOND + t.tv_nsec;
}

static void
sleep_until(int64_t when)
{
	struct timespec t = { (time_t)(when / SECOND), (long)(when % SECOND) };

	(void)clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
}

/* A queue that is full is waited for; what the interface cannot carry is an error. */
static int
send_frame(int fd, const struct sockaddr_ll *to, struct cursor bytes)
{
	size_t n = cur_left(&bytes);

	while (sendto(fd, bytes.at, n, 0, (const struct sockaddr *)to, sizeof *to) < 0)
		if (errno != ENOBUFS && errno != EINTR)
			return -1;
	return 0;
}

struct replay {
	int fd;
	struct sockaddr_ll to;
	int64_t start, per_second;
	uint64_t sent;
};

static int
replay_file(struct replay *r, const char *path, struct err *err)
{
	struct capture *c = capture_open(open(path, O_RDONLY | O_CLOEXEC), 0, err);
	struct frame f;

	if (c == NULL)
		return err_before(err, "%s: ", path);
	while (capture_next(c, &f) == CAPTURE_FRAME) {
		if (f.link != LINK_ETHERNET)
			continue;
		if (r->per_second > 0)
			sleep_until(
			    r->start + (int64_t)r->sent * SECOND / r->per_second);
		if (send_frame(r->fd, &r->to, f.bytes) != 0) {
			(void)err_set(err, "%s: frame %llu: %s", path,
			    (unsigned long long)f.number, strerror(errno));
			capture_close(c);
			return -1;
		}
		r->sent++;
	}
	capture_close(c);
	return 0;
}

int
main(int argc, char **argv)
{
	if (argc < 3 || argc > 5) {
		(void)fprintf(stderr,
		    "usage: replay INTERFACE CAPTURE [PER-SECOND [TIMES]]\n");
		return 2;
	}
	struct replay r = { .fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0),
		.to = { .sll_family = AF_PACKET,
		    .sll_ifindex = (int)if_nametoindex(argv[1]) },
		.start = clock_ns(),
		.per_second = argc > 3 ? strtol(argv[3], NULL, 10) : 0 };
	long times = argc > 4 ? strtol(argv[4], NULL, 10) : 1;
	struct err err = { "" };

	if (r.fd < 0 || r.to.sll_ifindex == 0) {
		(void)fprintf(stderr, "replay: %s: %s\n", argv[1], strerror(errno));
		return 1;
	}
	for (long i = 0; i < times; i++)
		if (replay_file(&r, argv[2], &err) != 0) {
			(void)fprintf(stderr, "replay: %s\n", err.line);
			return 1;
		}
	(void)printf("%llu\n", (unsigned long long)r.sent);
	(void)close(r.fd);
	return 0;
}
