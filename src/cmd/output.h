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

#endif
