/* SPDX-License-Identifier: ISC */
/* gzip through zlib: RFC 1952, any number of members. */
#include "capture/stream.h"

#include <stdlib.h>

#define ZLIB_CONST
#include <zlib.h>

#include "base/err.h"

struct gzip {
	z_stream z;
	bool between; /* a member has ended and no other has begun */
};

enum { GZIP_ONLY = 16 + MAX_WBITS };

static void *
gzip_start(void)
{
	struct gzip *g = must_alloc(1, sizeof *g);

	if (inflateInit2(&g->z, GZIP_ONLY) != Z_OK)
		FAULT("zlib does not start");
	return g;
}

/* False when what follows a member is no other. Zeros are padding (tape blocks). */
static bool
next_member(struct gzip *g, struct cursor *in)
{
	while (cur_left(in) > 0 && cur_peek(in, 0) == 0)
		cur_skip(in, 1);
	if (cur_left(in) == 0)
		return true;
	if (cur_peek(in, 0) != 0x1f || inflateReset2(&g->z, GZIP_ONLY) != Z_OK)
		return false;
	g->between = false;
	return true;
}

static ssize_t
gzip_step(void *state, struct cursor *in, uint8_t *out, size_t room, const char **why)
{
	struct gzip *g = state;
	size_t n = cur_left(in);

	if (g->between) {
		if (!next_member(g, in)) {
			*why = "other bytes follow its end";
			return -1;
		}
		if (g->between)
			return 0;
		n = cur_left(in);
	}
	g->z.next_in = in->at;
	g->z.avail_in = (uInt)n;
	g->z.next_out = out;
	g->z.avail_out = (uInt)room;
	int result = inflate(&g->z, Z_NO_FLUSH);
	cur_skip(in, n - g->z.avail_in);
	size_t made = room - g->z.avail_out;
	g->between = result == Z_STREAM_END;
	/* a bad stream stays bad: what was made before is given out first */
	if (made > 0 || result == Z_STREAM_END || result == Z_OK ||
	    result == Z_BUF_ERROR)
		return (ssize_t)made;
	*why = g->z.msg != NULL ? g->z.msg : zError(result);
	return -1;
}

static bool
gzip_may_end(const void *state)
{
	const struct gzip *g = state;

	return g->between;
}

static void
gzip_stop(void *state)
{
	struct gzip *g = state;

	(void)inflateEnd(&g->z);
	free(g);
}

const struct unpacker gzip_unpacker = { "gzip", gzip_start, gzip_step, gzip_may_end,
	gzip_stop };
