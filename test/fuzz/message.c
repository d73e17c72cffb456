/* SPDX-License-Identifier: ISC */
/* Any bytes as the messages of one process to another; the first says who sends. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fact/fact.h"
#include "proc/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* As the parent reads them. */
static void
read_payload(enum message type, struct cursor c)
{
	struct sighting seen = { 0 };
	struct fact fact;
	struct presence was;

	if (type == MESSAGE_SIGHTING)
		(void)sighting_read(&c, &seen);
	else if (type == MESSAGE_FACT && fact_read(&c, &fact, &seen) &&
	    fact_name(fact.key) == NULL)
		abort();
	else if (type == MESSAGE_PRESENCE)
		(void)presence_read(&c, &was);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct inbox in;
	struct err err;
	enum message type;
	struct cursor payload;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (n == 0 || fd < 0 || write(fd, bytes + 1, n - 1) != (ssize_t)(n - 1) ||
	    lseek(fd, 0, SEEK_SET) != 0) {
		(void)close(fd);
		return 0;
	}
	inbox_open(&in, fd, bytes[0] % ROLES);
	while (message_next(&in, &type, &payload, &err) == 1) {
		uint8_t all = 0;
		if (message_name(type) == NULL)
			abort();
		read_payload(type, payload);
		while (cur_left(&payload) > 0)
			all ^= cur_u8(&payload);
		/* read, so that the sanitizer looks at every byte */
		*(volatile uint8_t *)&all = all;
	}
	inbox_close(&in);
	(void)close(fd);
	return 0;
}
