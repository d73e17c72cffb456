/* SPDX-License-Identifier: ISC */
#include "cmd/bundle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/err.h"

static const char *const known[] = { "report.html", "verdicts.csv", "exceptions.csv",
	"disposals.csv", "report.jsonl", "ocsf.jsonl", "oscal.json", MANIFEST_FILE,
	MANIFEST_SIGNATURE, MANIFEST_KEY };
/* What is not whole yet is called so: no name that anybody gives a folder. */
static const char unfinished[] = ".unfinished-", places[] = "XXXXXX";
enum { KNOWN = sizeof known / sizeof *known };

static bool
is_known(const char *name)
{
	for (size_t i = 0; i < KNOWN; i++)
		if (strcmp(known[i], name) == 0)
			return true;
	return false;
}

/* What a folder holds: nothing, a report and no more, or what is not ours. */
static int
look(const char *path, size_t *files, bool *strange, struct err *err)
{
	DIR *dir = opendir(path);
	const struct dirent *e;

	*files = 0;
	*strange = false;
	if (dir == NULL)
		return err_set(err, "%s: %s", path, strerror(errno));
	while ((e = readdir(dir)) != NULL) {
		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		(*files)++;
		*strange |= !is_known(e->d_name);
	}
	(void)closedir(dir);
	return 0;
}

static void
remove_known(const char *path)
{
	char file[BUNDLE_PATH + 32];

	for (size_t i = 0; i < KNOWN; i++) {
		(void)snprintf(file, sizeof file, "%s/%s", path, known[i]);
		(void)unlink(file);
	}
	(void)rmdir(path);
}

static int
check_target(struct bundle *b, bool force, struct err *err)
{
	struct stat st;
	size_t files;
	bool strange;

	if (lstat(b->to, &st) != 0)
		return errno == ENOENT ? 0
		                       : err_set(err, "%s: %s", b->to, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(err, "%s is there already, and is no folder", b->to);
	if (look(b->to, &files, &strange, err) != 0)
		return -1;
	if (strange)
		return err_set(err,
		    "%s holds files that are no report: name a folder of its own",
		    b->to);
	if (files > 0 && !force)
		return err_set(err,
		    "%s holds a report already; --force puts this one in its place",
		    b->to);
	b->replaces = files > 0;
	return 0;
}

/* Of this report, by its name: mkdtemp() put six characters there. */
static bool
is_leftover(const char *name, const char *base)
{
	size_t n = strlen(base);

	return strncmp(name, base, n) == 0 &&
	    strncmp(name + n, unfinished, sizeof unfinished - 1) == 0 &&
	    strlen(name + n) == sizeof unfinished - 1 + 6;
}

/* Whoever still writes there holds the lock; what is not ours stays. */
static void
remove_leftover(const char *path)
{
	struct err err;
	size_t files;
	bool strange = true;
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);

	if (folder < 0)
		return;
	if (flock(folder, LOCK_EX | LOCK_NB) == 0 &&
	    look(path, &files, &strange, &err) == 0 && !strange)
		remove_known(path);
	(void)close(folder);
}

/* What a report that was killed has left beside the place of this one. */
static void
remove_leftovers(const char *to)
{
	char parent[BUNDLE_PATH], path[BUNDLE_PATH + 256];
	const char *slash = strrchr(to, '/');
	const char *base = slash != NULL ? slash + 1 : to;
	const struct dirent *e;
	DIR *dir;

	(void)snprintf(parent, sizeof parent, "%.*s",
	    slash != NULL ? (int)(slash - to) + 1 : 1, slash != NULL ? to : ".");
	if (base[0] == '\0' || (dir = opendir(parent)) == NULL)
		return;
	while ((e = readdir(dir)) != NULL)
		if (is_leftover(e->d_name, base)) {
			(void)snprintf(path, sizeof path, "%s/%s", parent, e->d_name);
			remove_leftover(path);
		}
	(void)closedir(dir);
}

int
bundle_begin(struct bundle *b, const char *to, bool force, struct err *err)
{
	size_t n = strlen(to);

	*b = (struct bundle){ .folder = -1 };
	while (n > 1 && to[n - 1] == '/')
		n--;
	if (n == 0 || n + sizeof unfinished + sizeof places >= sizeof b->temp)
		return err_set(err, "--to wants the name of a folder");
	(void)snprintf(b->to, sizeof b->to, "%.*s", (int)n, to);
	if (check_target(b, force, err) != 0)
		return -1;
	remove_leftovers(b->to);
	(void)snprintf(b->temp, sizeof b->temp, "%.*s%s%s", (int)n, to, unfinished,
	    places);
	if (mkdtemp(b->temp) == NULL)
		return err_set(err, "cannot make a folder beside %s: %s", b->to,
		    strerror(errno));
	b->folder = open(b->temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (b->folder < 0) {
		int error = errno;
		(void)rmdir(b->temp);
		return err_set(err, "%s: %s", b->temp, strerror(error));
	}
	/* Held as long as the folder is open: see remove_leftover(). */
	(void)flock(b->folder, LOCK_EX | LOCK_NB);
	return 0;
}

static int
write_file(struct bundle *b, const char *name, bundle_printer *print,
    const struct report *r, struct text bytes, struct manifest_file *f)
{
	struct writer w;
	int fd = openat(b->folder, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return errno;
	writer_to_fd(&w, fd);
	w.sum = f != NULL ? sha256_new() : NULL;
	if (print != NULL)
		print(r, &w);
	else
		put_text(&w, bytes);
	struct sha256 *sum = w.sum;
	int error = writer_close(&w);
	if (f != NULL) {
		sha256_take(sum, f->digest);
		sha256_free(sum);
		f->size = w.total;
	}
	if (error == 0 && fsync(fd) != 0)
		error = errno;
	if (close(fd) != 0 && error == 0)
		error = errno;
	return error;
}

static int
written(const struct bundle *b, const char *name, int error, struct err *err)
{
	if (error == 0)
		return 0;
	return err_set(err, "cannot write %s/%s: %s", b->to, name, strerror(error));
}

int
bundle_print(struct bundle *b, const char *name, bundle_printer *print,
    const struct report *r, struct err *err)
{
	struct manifest_file *f = &b->files[b->n];

	if (b->n == MANIFEST_FILES || !is_known(name))
		FAULT("a file that a report does not have");
	f->name = name;
	int error = write_file(b, name, print, r, (struct text){ NULL, 0 }, f);
	b->n += error == 0;
	return written(b, name, error, err);
}

int
bundle_write(struct bundle *b, const char *name, struct text bytes, struct err *err)
{
	return written(b, name, write_file(b, name, NULL, NULL, bytes, NULL), err);
}

/* So that the new name is on the disk too. */
static void
sync_parent(const char *path)
{
	char parent[BUNDLE_PATH];
	const char *slash = strrchr(path, '/');

	(void)snprintf(parent, sizeof parent, "%.*s",
	    slash == NULL       ? 1
	        : slash == path ? 1
	                        : (int)(slash - path),
	    slash == NULL ? "." : path);
	int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
}

static int
swap(struct bundle *b)
{
	return renameat2(AT_FDCWD, b->temp, AT_FDCWD, b->to,
	    b->replaces ? RENAME_EXCHANGE : 0);
}

int
bundle_place(struct bundle *b, struct err *err)
{
	if (fsync(b->folder) != 0 || swap(b) != 0)
		return err_set(err, "cannot put the report to %s: %s", b->to,
		    strerror(errno));
	b->placed = true;
	sync_parent(b->to);
	return 0;
}

void
bundle_end(struct bundle *b, bool keep)
{
	if (b->folder < 0)
		return;
	(void)close(b->folder);
	b->folder = -1;
	if (b->placed && !keep && b->replaces)
		(void)swap(b);
	if (b->placed && !keep && !b->replaces)
		remove_known(b->to);
	else if (!b->placed || b->replaces)
		remove_known(b->temp);
}
