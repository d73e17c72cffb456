/* SPDX-License-Identifier: ISC */
#ifndef CMD_OUTPUT_H
#define CMD_OUTPUT_H

#include "base/writer.h"

/*
 * Closes what a command answered. EXIT_OK, or EXIT_BAD with the reason on stderr.
 * A reader that went away, as `| head` does, ends the program without a word.
 */
int output_close(const char *command, struct writer *);
/* In the middle of a long answer: ends the program when nobody can take the rest. */
void output_check(const char *command, struct writer *);

/*
 * A file that stands whole under its name or not at all, readable by its owner alone.
 * What is there already and is no file (a pipe, a terminal) is written to as it is: to
 * replace it would be to remove it. EXIT_OK, or EXIT_BAD with the reason on stderr.
 */
struct new_file {
	struct writer w;
	const char *path;
	int fd;
	char name[4096]; /* what it is called until it is whole, else "" */
};

int file_begin(const char *command, const char *path, struct new_file *);
int file_end(const char *command, struct new_file *);
/* The same in two steps: first all of it is on the disk, then it has its name. */
int file_finish(const char *command, struct new_file *);
int file_place(const char *command, struct new_file *);
/* After file_finish(), in the place of file_place(): as if it had never been. */
void file_forget(struct new_file *);

#endif
