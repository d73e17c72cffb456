/* SPDX-License-Identifier: ISC */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "cmd/cmd.h"

static const struct {
	const char *name;
	bool shown;
	const char *about;
	int (*run)(int, char **);
} commands[] = {
#define COMMAND(name, shown, about) { #name, shown, about, cmd_##name },
#include "commands.inc"
#undef COMMAND
	{ NULL, false, NULL, NULL },
};

static void
usage(FILE *to)
{
	(void)fputs("usage: interdict COMMAND [ARGUMENT ...]\n\n", to);
	for (size_t i = 0; commands[i].name != NULL; i++)
		if (commands[i].shown)
			(void)fprintf(to, "  %-10s  %s\n", commands[i].name,
			    commands[i].about);
	(void)fputs("\n`interdict COMMAND --help` tells more; `man interdict` tells "
	            "all.\n",
	    to);
}

int
main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (strcmp(name, "--version") == 0) {
		(void)puts("interdict " VERSION);
		return EXIT_OK;
	}
	if (strcmp(name, "--help") == 0 || strcmp(name, "help") == 0) {
		usage(stdout);
		return EXIT_OK;
	}
	for (size_t i = 0; commands[i].name != NULL; i++)
		if (strcmp(name, commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	if (argc > 1)
		(void)fprintf(stderr, "interdict: no command is called '%s'\n\n", name);
	usage(stderr);
	return EXIT_BAD;
}
