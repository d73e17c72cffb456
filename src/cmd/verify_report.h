/* SPDX-License-Identifier: ISC */
#ifndef CMD_VERIFY_REPORT_H
#define CMD_VERIFY_REPORT_H

#include <stdbool.h>

/*
 * Checks the folder of a report against its manifest, and that against a public key
 * (NULL: the one in the folder). Says what is wrong; the exit status.
 */
int verify_report(const char *folder, const char *key, bool json);

#endif
