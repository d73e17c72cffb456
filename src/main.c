/* SPDX-License-Identifier: ISC */
#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
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

static int
unknown(const char *name)
{
	const char *names[32], *near;
	size_t n = 0;

	for (size_t i = 0; commands[i].name != NULL && n < 32; i++)
		if (commands[i].shown)
			names[n++] = commands[i].name;
	near = text_nearest(text_of(name), names, n);
	(void)fprintf(stderr, "interdict: no command is called '%s'", name);
	if (near != NULL)
		(void)fprintf(stderr, "; did you mean %s?", near);
	(void)fputs("\n`interdict --help` lists them.\n", stderr);
	return EXIT_BAD;
}

/* argv[0] is its name. */
static int
run_command(int argc, char **argv)
{
	for (size_t i = 0; commands[i].name != NULL; i++)
		if (strcmp(argv[0], commands[i].name) == 0)
			return commands[i].run(argc, argv);
	return unknown(argv[0]);
}

static int
run(int argc, char **argv)
{
	static char ask[] = "--help";
	const char *name = argc > 1 ? argv[1] : "";

	if (argc < 2) {
		usage(stderr);
		return EXIT_BAD;
	}
	if (strcmp(name, "--version") == 0) {
		(void)puts("interdict " VERSION);
		return EXIT_OK;
	}
	if (strcmp(name, "help") == 0 && argc > 2)
		return run_command(2, (char *[]){ argv[2], ask, NULL });
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 ||
	    strcmp(name, "help") == 0) {
		usage(stdout);
		return EXIT_OK;
	}
	return run_command(argc - 1, argv + 1);
}

int
main(int argc, char **argv)
{
	/* What was large is given back when it is freed, and grows where it stands. */
	(void)mallopt(M_MMAP_THRESHOLD, 32 * 1024 * 1024);
	(void)mallopt(M_TRIM_THRESHOLD, 2 * 1024 * 1024);
	int status = run(argc, argv);

	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	(void)fprintf(stderr, "interdict: cannot write: %s\n", strerror(errno));
	return EXIT_BAD;
}
