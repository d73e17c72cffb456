/* SPDX-License-Identifier: ISC */
/* Any bytes as a capture file, walked to its end. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "capture/capture.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Enough for any input; one that unpacks to more is not walked to its end. */
enum { FRAMES_MOST = 100000 };

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct frame frame;
	struct err err;

	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n || lseek(fd, 0, SEEK_SET) != 0)
		abort();
	struct capture *c = capture_open(fd, 0, &err);
	if (c == NULL)
		return 0;
	for (int i = 0; i < FRAMES_MOST && capture_next(c, &frame) == CAPTURE_FRAME;
	     i++) {
		uint8_t all = 0;
		if (frame.time < 0 || frame.number == 0)
			abort();
		while (cur_left(&frame.bytes) > 0)
			all ^= cur_u8(&frame.bytes);
		/* read, so that the sanitizer looks at every byte */
		*(volatile uint8_t *)&all = all;
	}
	(void)capture_damage(c);
	(void)capture_counts(c);
	capture_close(c);
	return 0;
}
