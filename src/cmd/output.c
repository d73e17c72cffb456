/* SPDX-License-Identifier: ISC */
#include "cmd/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cmd.h"

int
output_close(const char *command, struct writer *w)
{
	int error = writer_close(w);

	if (error == 0)
		return EXIT_OK;
	if (error == EPIPE) {
		/* ignored since a child was started, that it may end first */
		(void)signal(SIGPIPE, SIG_DFL);
		(void)raise(SIGPIPE);
	}
	(void)fprintf(stderr, "interdict %s: cannot write: %s\n", command,
	    strerror(error));
	return EXIT_BAD;
}

void
output_check(const char *command, struct writer *w)
{
	if (w->error != 0)
		exit(output_close(command, w));
}

static int
cannot_write(const char *command, const char *path, int error)
{
	(void)fprintf(stderr, "interdict %s: cannot write %s: %s\n", command, path,
	    strerror(error));
	return EXIT_BAD;
}

static int
open_new(const char *path, char *name, size_t size)
{
	struct stat st;

	name[0] = '\0';
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return open(path, O_WRONLY | O_CLOEXEC);
	if ((size_t)snprintf(name, size, "%s.new", path) >= size) {
		name[0] = '\0';
		errno = ENAMETOOLONG;
		return -1;
	}
	/* left behind by a run that was stopped, or laid there by somebody */
	(void)unlink(name);
	return open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

int
file_begin(const char *command, const char *path, struct new_file *f)
{
	f->path = path;
	f->fd = open_new(path, f->name, sizeof f->name);
	if (f->fd < 0)
		return cannot_write(command, path, errno);
	writer_to_fd(&f->w, f->fd);
	return EXIT_OK;
}

int
file_finish(const char *command, struct new_file *f)
{
	int error = writer_close(&f->w);

	if (error == 0 && f->name[0] != '\0' && fsync(f->fd) != 0)
		error = errno;
	if (close(f->fd) != 0 && error == 0)
		error = errno;
	if (error == 0)
		return EXIT_OK;
	file_forget(f);
	return cannot_write(command, f->path, error);
}

int
file_place(const char *command, struct new_file *f)
{
	if (f->name[0] == '\0' || rename(f->name, f->path) == 0)
		return EXIT_OK;
	int error = errno;
	file_forget(f);
	return cannot_write(command, f->path, error);
}

void
file_forget(struct new_file *f)
{
	if (f->name[0] != '\0')
		(void)unlink(f->name);
	f->name[0] = '\0';
}

int
file_end(const char *command, struct new_file *f)
{
	int status = file_finish(command, f);

	return status == EXIT_OK ? file_place(command, f) : status;
}
