/* SPDX-License-Identifier: ISC */
/* weights: the tables of share/knowledge out of labelled ones. See `make weights`. */
#include <stdlib.h>
#include <string.h>

#include "weights.h"

static const char ieee[] = "/usr/share/ieee-data";

static int
usage(void)
{
	(void)fputs("usage: weights models KNOWLEDGE UA-TABLE OUT [WITHOUT-PART]\n"
	            "       weights rows KNOWLEDGE EXAMPLES [WITHOUT-GROUPS]\n"
	            "       weights makers KNOWLEDGE TRUTH [WITHOUT-GROUPS]\n",
	    stderr);
	return 2;
}

int
main(int argc, char **argv)
{
	struct err err = { "" };
	bool ok = false;

	if (argc < 4)
		return usage();
	bool makers = strcmp(argv[1], "makers") == 0;
	struct knowledge *k = knowledge_load(argv[2], makers ? ieee : NULL, &err);
	if (k == NULL)
		(void)fprintf(stderr, "weights: %s\n", err.line);
	else if (strcmp(argv[1], "models") == 0 && argc >= 5)
		ok = models_learn(k, argv[3], argv[4], argv[2],
		    argc > 5 ? (unsigned)atoi(argv[5]) : NO_PART);
	else if (strcmp(argv[1], "rows") == 0)
		ok = rows_weigh(k, argv[3], argv[2], argc > 4 ? argv[4] : NULL);
	else if (makers)
		ok = makers_weigh(k, argv[3], argv[2], argc > 4 ? argv[4] : NULL);
	knowledge_free(k);
	return ok ? 0 : 1;
}
