/* SPDX-License-Identifier: ISC */
/* Whole files into memory, for the texts that persons write. */
#include "base/yaml.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char *
read_all(int fd, size_t limit, size_t *len)
{
	size_t cap = limit < 65536 ? limit + 1 : 65536;
	char *buf = must_alloc(cap, 1);

	*len = 0;
	for (;;) {
		ssize_t n = read(fd, buf + *len, cap - *len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int kept = errno;
			free(buf);
			errno = kept;
			return NULL;
		}
		*len += (size_t)n;
		if (n == 0 || *len > limit)
			return buf;
		if (*len == cap) {
			cap = cap > limit / 2 ? limit + 1 : cap * 2;
			buf = must_grow(buf, cap, 1);
		}
	}
}

bool
file_read(struct arena *arena, const char *file, size_t limit, struct text *out,
    struct complaints *to)
{
	struct stat st;
	size_t len;
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0 || fstat(fd, &st) < 0) {
		complain(to, file, 0, 0, "cannot be opened: %s", strerror(errno));
		if (fd >= 0)
			(void)close(fd);
		return false;
	}
	char *buf = S_ISDIR(st.st_mode) ? NULL : read_all(fd, limit, &len);
	if (S_ISDIR(st.st_mode))
		complain(to, file, 0, 0, "is a directory, not a file");
	else if (buf == NULL)
		complain(to, file, 0, 0, "cannot be read: %s", strerror(errno));
	else if (len > limit && text_is_other((struct text){ buf, len }) != NULL)
		complain(to, file, 1, 1, "is %s",
		    text_is_other((struct text){ buf, len }));
	else if (len > limit)
		complain(to, file, 0, 0, "is larger than %zu bytes", limit);
	(void)close(fd);
	bool ok = buf != NULL && len <= limit;
	if (ok)
		*out = arena_text(arena, (struct text){ buf, len });
	free(buf);
	return ok;
}
