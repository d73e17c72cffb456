/* SPDX-License-Identifier: ISC */
#include "cmd/share.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char ieee[] = "/usr/share/ieee-data";

/* `what` in `folder` of the tree that the program lies `up` folders deep in. */
static bool
beside(int up, const char *folder, const char *what, char buf[SHARE_PATH])
{
	char self[SHARE_PATH - 512];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n <= 0)
		return false;
	self[n] = '\0';
	for (int i = 0; i <= up; i++) {
		char *slash = strrchr(self, '/');
		if (slash == NULL)
			return false;
		*slash = '\0';
	}
	int len = snprintf(buf, SHARE_PATH, "%s/%s/%s", self, folder, what);
	return len > 0 && len < SHARE_PATH && access(buf, R_OK) == 0;
}

const char *
share_path(const char *what, char buf[SHARE_PATH])
{
	const char *set = getenv("INTERDICT_SHARE");

	if (set != NULL && *set != '\0')
		(void)snprintf(buf, SHARE_PATH, "%s/%s", set, what);
	/* bin/interdict, wherever it was installed to; or build/VARIANT/interdict */
	else if (!beside(1, "share/interdict", what, buf) &&
	    !beside(2, "share", what, buf))
		(void)snprintf(buf, SHARE_PATH, "%s/%s", SHARE, what);
	return buf;
}

struct knowledge *
share_knowledge(struct err *err)
{
	char folder[SHARE_PATH];

	return knowledge_load(share_path("knowledge", folder),
	    access(ieee, R_OK) == 0 ? ieee : NULL, err);
}
