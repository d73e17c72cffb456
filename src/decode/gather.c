/* SPDX-License-Identifier: ISC */
#include "decode/gather.h"

#include <string.h>

bool
gather_add(struct gather *g, uint32_t from, struct cursor c)
{
	size_t end = from + cur_left(&c);
	uint32_t to = end > STREAM_MAX ? STREAM_MAX : (uint32_t)end;
	unsigned i = 0, last;

	if (from >= to)
		return true;
	while (i < g->n && g->have[i].to < from)
		i++;
	uint32_t at = from, low = from, high = to;
	for (last = i; last < g->n && g->have[last].from <= to; last++) {
		struct gather_range r = g->have[last];
		if (at < r.from)
			memcpy(g->bytes + at, c.at + (at - from), r.from - at);
		at = r.to > at ? r.to : at;
		low = r.from < low ? r.from : low;
		high = r.to > high ? r.to : high;
	}
	if (at < to)
		memcpy(g->bytes + at, c.at + (at - from), to - at);
	if (last == i && g->n == GATHER_RANGES)
		return false;
	memmove(&g->have[i + 1], &g->have[last], (g->n - last) * sizeof g->have[0]);
	g->n = g->n + 1 - (last - i);
	g->have[i] = (struct gather_range){ low, high };
	return true;
}

struct cursor
gather_ready(const struct gather *g)
{
	return cur_over(g->bytes, g->n > 0 && g->have[0].from == 0 ? g->have[0].to : 0);
}

void
gather_shift(struct gather *g, uint32_t by)
{
	unsigned gone = 0;

	while (gone < g->n && g->have[gone].to <= by)
		gone++;
	g->n -= gone;
	memmove(&g->have[0], &g->have[gone], g->n * sizeof g->have[0]);
	if (g->n > 0)
		memmove(g->bytes, g->bytes + by, g->have[g->n - 1].to - by);
	for (unsigned i = 0; i < g->n; i++) {
		g->have[i].from -= g->have[i].from > by ? by : g->have[i].from;
		g->have[i].to -= by;
	}
}
