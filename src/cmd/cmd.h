/* SPDX-License-Identifier: ISC */
#ifndef CMD_CMD_H
#define CMD_CMD_H

/*
 * A subcommand: one file, one row of commands.tsv. It takes its own arguments
 * (argv[0] is its name) and returns the exit status: 0, 1 for "found" or
 * "false", 2 for bad usage or bad input.
 */
enum { EXIT_OK = 0, EXIT_FOUND = 1, EXIT_BAD = 2 };

#define COMMAND(name, shown, about) int cmd_##name(int argc, char **argv);
#include "commands.inc"
#undef COMMAND

#endif
