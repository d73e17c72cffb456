/* SPDX-License-Identifier: ISC */
#include "base/file.h"

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

/* -1: it cannot be read, and why, without its name. */
static int
take(struct arena *arena, const char *file, size_t limit, struct text *out,
    struct err *why)
{
	struct stat st;
	size_t len = 0;
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOCTTY), bad = 0;
	char *buf = NULL;

	if (fd < 0 || fstat(fd, &st) < 0)
		bad = err_set(why, "cannot be opened: %s", strerror(errno));
	else if (S_ISDIR(st.st_mode))
		bad = err_set(why, "is a directory, not a file");
	else if ((buf = read_all(fd, limit, &len)) == NULL)
		bad = err_set(why, "cannot be read: %s", strerror(errno));
	else if (len > limit && text_is_other((struct text){ buf, len }) != NULL)
		bad = err_set(why, "is %s", text_is_other((struct text){ buf, len }));
	else if (len > limit)
		bad = err_set(why, "is larger than %zu bytes", limit);
	else
		*out = arena_text(arena, (struct text){ buf, len });
	free(buf);
	if (fd >= 0)
		(void)close(fd);
	return bad;
}

bool
file_read(struct arena *arena, const char *file, size_t limit, struct text *out,
    struct complaints *to)
{
	struct err why = { "" };

	if (take(arena, file, limit, out, &why) == 0)
		return true;
	complain(to, file, 0, 0, "%s", why.line);
	return false;
}

int
file_text(struct arena *arena, const char *file, size_t limit, struct text *out,
    struct err *err)
{
	return take(arena, file, limit, out, err) == 0 ? 0
	                                               : err_before(err, "%s", file);
}
