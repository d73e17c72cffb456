/* SPDX-License-Identifier: ISC */
#ifndef CMD_CAPTURES_H
#define CMD_CAPTURES_H

#include "base/err.h"
#include "device/device.h"

/*
 * Feeds all that these captures say, in the order of time, to a register; it is not
 * settled. 0, or -1 when nothing of one could be read.
 */
int scan_captures(const char *const *paths, size_t n, struct register_ *, struct err *);

#endif
