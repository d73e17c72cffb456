/* SPDX-License-Identifier: ISC */
/*
 * NTP: RFC 5905 section 7.3. Of requests, the fields that clients fill in each in
 * its own way: version, leap, stratum, poll, precision, then a letter for each of
 * the rest that is not zero (d root delay, p root dispersion, i reference ID, r o v x
 * the four times), and 123 or - for the port that it sends from. Section 14 of RFC
 * 4330 has clients set nothing but version and mode.
 */
#include "decode/decode.h"
#include "decode/line.h"

enum { CLIENT = 3, PORT = 123, HEADER = 48 };

static void
put_signed(struct line *l, uint8_t byte)
{
	if (byte >= 0x80)
		line_char(l, '-');
	line_number(l, byte >= 0x80 ? 256U - byte : byte);
}

static void
put_set(struct line *l, struct cursor *c)
{
	static const char small[] = "dpi", times[] = "rovx";
	size_t before = l->len;

	for (const char *at = small; *at != '\0'; at++)
		if (cur_u32(c) != 0)
			line_char(l, *at);
	for (const char *at = times; *at != '\0'; at++)
		if (cur_u64(c) != 0)
			line_char(l, *at);
	if (l->len == before)
		line_char(l, '0');
}

enum decoded
ntp_decode(struct cursor c, const struct context *ctx)
{
	char buf[64];
	struct line l = line_over(buf, sizeof buf);
	unsigned first = cur_u8(&c), version = first >> 3 & 7;

	if (cur_left(&c) < HEADER - 1)
		return DECODED_SHORT;
	if ((first & 7) != CLIENT)
		return DECODED_NOT_MINE;
	if (version < 1 || version > 4)
		return DECODED_BAD;
	line_number(&l, version);
	line_char(&l, ':');
	line_number(&l, first >> 6);
	line_char(&l, ':');
	line_number(&l, cur_u8(&c));
	line_char(&l, ':');
	put_signed(&l, cur_u8(&c));
	line_char(&l, ':');
	put_signed(&l, cur_u8(&c));
	line_char(&l, ':');
	put_set(&l, &c);
	line_word(&l, ctx->seen.src_port == PORT ? ":123" : ":-");
	say(ctx, FACT_NTP_CLIENT, ctx->seen.src_ip, line_text(&l));
	return DECODED;
}
