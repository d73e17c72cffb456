/* SPDX-License-Identifier: ISC */
#ifndef CMD_SENSOR_TALK_H
#define CMD_SENSOR_TALK_H

#include "base/cursor.h"
#include "base/writer.h"
#include "decode/decode.h"

/* What parent and sensor say to each other besides facts: both directions of each. */
struct sensor_config {
	bool every, live;
	int64_t duration;
	uint32_t n_captures;
	struct fact_set wanted; /* empty: all */
	struct servers servers; /* config_free(), where it was read */
};

void config_write(struct writer *, const struct sensor_config *);
bool config_read(struct cursor *, struct sensor_config *);
void config_free(struct sensor_config *);

void counts_write(struct writer *, const struct decode_counts *);
bool counts_read(struct cursor *, struct decode_counts *);

#endif
