/* SPDX-License-Identifier: ISC */
/*
 * DNS queries: the names a host looks up. RFC 1035 section 4; RFC 7766 for TCP. Of
 * answers the gateways of mobile networks are kept.
 */
#include "decode/decode.h"
#include "decode/dnsname.h"
#include "decode/epdg.h"
#include "decode/line.h"

/*
 * QR and opcode: a standard query has neither. Servers answer one question a
 * message; the limit is for those who would have us read thousands.
 */
enum { QR_AND_OPCODE = 0xf800, ANSWER = 0x8000, QUESTIONS_MAX = 64 };

enum decoded
dns_decode(struct cursor c, const struct context *ctx)
{
	struct cursor message = c;

	cur_skip(&c, 2); /* id */
	uint16_t flags = cur_u16(&c), questions = cur_u16(&c);
	cur_skip(&c, 3 * 2); /* counts of the other sections */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if ((flags & QR_AND_OPCODE) == ANSWER)
		epdg_learn(ctx->epdgs, message);
	if ((flags & QR_AND_OPCODE) != 0)
		return DECODED_NOT_MINE;

	for (unsigned i = 0; i < questions && i < QUESTIONS_MAX; i++) {
		char buf[4 * DNS_NAME_MAX];
		struct line l = line_over(buf, sizeof buf);
		struct dns_name name;
		bool good = dns_name_read(&c, message, &name);
		cur_skip(&c, 2 + 2); /* type, class */
		if (!cur_ok(&c))
			return ctx->cut ? DECODED_SHORT : DECODED_BAD;
		if (!good)
			return DECODED_BAD;
		dns_name_print(&name, &l);
		say(ctx, FACT_DNS_QUERY, ctx->seen.src_ip, line_text(&l));
	}
	return DECODED;
}

/*
 * Messages behind a length each (RFC 7766 section 8); the first must be whole. What
 * has only begun is left for the next segment.
 */
enum decoded
dns_tcp_decode(struct cursor c, const struct context *ctx)
{
	struct cursor message = cur_block16(&c), rest;
	enum decoded how;

	if (!cur_ok(&c))
		return DECODED_SHORT;
	do {
		how = dns_decode(message, ctx);
		rest = c;
		message = cur_block16(&c);
	} while (how == DECODED && cur_ok(&c));
	if (how == DECODED && ctx->rest != NULL)
		ctx->rest->unread = cur_left(&rest);
	return how == DECODED_SHORT ? DECODED_BAD : how;
}
