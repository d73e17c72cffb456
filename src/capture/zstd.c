/* SPDX-License-Identifier: ISC */
/*
 * zstd through libzstd: RFC 8878, any number of frames. The window, which is the
 * memory that a stranger's file may ask for, is at most 128 MiB: what `zstd -22`
 * makes, and less than `zstd --long=28`.
 */
#include "capture/stream.h"

#include <stdlib.h>

#include <zstd.h>

#include "base/err.h"

enum { WINDOW_LOG = 27, FRAME_HEADER = 18 };

struct zstd {
	ZSTD_DStream *z;
	size_t wanted; /* bytes of its next step; 0 between two frames */
	const char *why;
};

static void *
zstd_start(void)
{
	struct zstd *s = must_alloc(1, sizeof *s);

	s->z = ZSTD_createDStream();
	if (s->z == NULL ||
	    ZSTD_isError(ZSTD_DCtx_setParameter(s->z, ZSTD_d_windowLogMax, WINDOW_LOG)))
		FAULT("libzstd does not start");
	return s;
}

/*
 * Not more than it wants is fed in one step: an error makes the library forget
 * what the same step had unpacked, so a step must not hold a good block and a bad.
 */
static ssize_t
zstd_step(void *state, struct cursor *in, uint8_t *out, size_t room, const char **why)
{
	struct zstd *s = state;
	size_t n = cur_left(in);

	if (s->why == NULL && (n > 0 || s->wanted > 0)) {
		if (s->wanted > 0 && n > s->wanted)
			n = s->wanted;
		else if (s->wanted == 0 && n > FRAME_HEADER)
			n = FRAME_HEADER;
		ZSTD_inBuffer from = { in->at, n, 0 };
		ZSTD_outBuffer to = { out, room, 0 };
		size_t result = ZSTD_decompressStream(s->z, &to, &from);
		cur_skip(in, from.pos);
		if (!ZSTD_isError(result)) {
			s->wanted = result;
			return (ssize_t)to.pos;
		}
		s->why = ZSTD_getErrorName(result);
	}
	if (s->why == NULL)
		return 0;
	*why = s->why;
	return -1;
}

static bool
zstd_may_end(const void *state)
{
	const struct zstd *s = state;

	return s->wanted == 0;
}

static void
zstd_stop(void *state)
{
	struct zstd *s = state;

	(void)ZSTD_freeDStream(s->z);
	free(s);
}

const struct unpacker zstd_unpacker = { "zstd", zstd_start, zstd_step, zstd_may_end,
	zstd_stop };
