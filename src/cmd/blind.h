/* SPDX-License-Identifier: ISC */
#ifndef CMD_BLIND_H
#define CMD_BLIND_H

#include "cmd/scan.h"

/* Blind spots: whole sentences, added to the scan. */
PRINTF_LIKE(2, 3) void blind(struct scan *, const char *format, ...);
/* Of one input, and of all that the sensor counted. */
void blind_input(struct scan *, const struct sensor_input *);
void blind_counts(struct scan *, const struct decode_counts *);
/* Devices that keep from us what they look up or visit, by the way they do it. */
void blind_hidden(struct scan *);
/* Devices that may be the same ones under addresses that pass. */
void blind_passing(struct scan *);
/* Segments of the site that no sensor ever saw. */
void blind_segments(struct scan *);
void blind_forget(struct scan *);

#endif
