/* SPDX-License-Identifier: ISC */
#include "cmd/output.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
