/* SPDX-License-Identifier: ISC */
/*
 * SSH: the identification strings of both ends, RFC 4253 section 4.2. A server may
 * send other lines before it; that is believed of the usual port alone.
 */
#include "decode/decode.h"
#include "decode/field.h"

enum { PORT_SSH = 22, BANNER_MAX = 255, LINES_MAX = 32, LOOK = 64 };

/* What follows the string is binary, often in the same segment: one look tells it. */
static bool
is_printable(struct text t)
{
	for (size_t i = 0; i < t.len && i < LOOK; i++)
		if ((t.s[i] < ' ' || t.s[i] > '~') && t.s[i] != '\r' &&
		    t.s[i] != '\n' && t.s[i] != '\t')
			return false;
	return true;
}

enum decoded
ssh_decode(struct cursor c, const struct context *ctx)
{
	struct text rest = text_from(c), line;
	bool full = ctx->cut || cur_left(&c) >= STREAM_MAX;
	bool usual = ctx->seen.dst_port == PORT_SSH || ctx->seen.src_port == PORT_SSH;

	if (!usual && text_begins(rest, "SSH-") < 0)
		return DECODED_NOT_MINE;
	for (unsigned n = 0; n < LINES_MAX && field_line(&rest, &line); n++) {
		if (!is_printable(line))
			return DECODED_NOT_MINE;
		if (text_begins(line, "SSH-") != 1) {
			if (!usual)
				return DECODED_NOT_MINE;
			continue;
		}
		if (line.len > BANNER_MAX)
			return DECODED_BAD;
		say(ctx, FACT_SSH_BANNER, ctx->seen.src_ip, line);
		return DECODED;
	}
	if (!is_printable(rest))
		return DECODED_NOT_MINE;
	return full || cur_left(&c) > LINES_MAX * BANNER_MAX ? DECODED_NOT_MINE
	                                                     : DECODED_SHORT;
}
