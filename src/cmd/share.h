/* SPDX-License-Identifier: ISC */
#ifndef CMD_SHARE_H
#define CMD_SHARE_H

#include "knowledge/knowledge.h"

/*
 * Where the program's own files are: $INTERDICT_SHARE, the share/ of the source
 * tree that the program was built in, or the installed one. `what` is a path
 * below it. Returns buf.
 */
enum { SHARE_PATH = 4096 };

const char *share_path(const char *what, char buf[SHARE_PATH]);
/* The knowledge there, with Debian's OUI registry when it is installed. */
struct knowledge *share_knowledge(struct err *);

#endif
