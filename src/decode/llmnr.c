/* SPDX-License-Identifier: ISC */
/*
 * LLMNR: RFC 4795. A host answers for its own names and no others (section 2.3), so
 * what an answer is about is its sender's; a query tells what somebody looks for.
 */
#include "decode/decode.h"
#include "decode/dnsname.h"

enum { QR = 0x8000, OPCODE = 0x7800, TENTATIVE = 0x0100, CLASS_IN = 1 };
enum { TYPE_A = 1, TYPE_PTR = 12, TYPE_AAAA = 28 };
enum { RECORDS_MAX = 16 };

static void
say_name(const struct context *ctx, enum fact_key key, const struct dns_name *name)
{
	char buf[4 * DNS_NAME_MAX];
	struct line l = line_over(buf, sizeof buf);

	if (name->len == 0)
		return;
	dns_name_print(name, &l);
	say(ctx, key, ctx->seen.src_ip, line_text(&l));
}

/* The name of an address record; of a pointer, that to which the address leads. */
static bool
read_answer(struct cursor *c, struct cursor message, const struct context *ctx)
{
	struct dns_name name, target;

	if (!dns_name_read(c, message, &name))
		return false;
	uint16_t type = cur_u16(c), class = cur_u16(c);
	cur_skip(c, 4); /* time to live */
	struct cursor rdata = cur_block16(c);
	if (!cur_ok(c))
		return false;
	if (class != CLASS_IN)
		return true;
	if (type == TYPE_A || type == TYPE_AAAA)
		say_name(ctx, FACT_LLMNR_NAME, &name);
	else if (type == TYPE_PTR && dns_name_read(&rdata, message, &target))
		say_name(ctx, FACT_LLMNR_NAME, &target);
	return true;
}

static bool
read_answers(struct cursor c, struct cursor message, unsigned count,
    const struct context *ctx)
{
	for (unsigned i = 0; i < count && i < RECORDS_MAX; i++)
		if (!read_answer(&c, message, ctx))
			return false;
	return true;
}

enum decoded
llmnr_decode(struct cursor c, const struct context *ctx)
{
	struct cursor message = c;
	struct dns_name name;

	cur_skip(&c, 2); /* id */
	uint16_t flags = cur_u16(&c), questions = cur_u16(&c), answers = cur_u16(&c);
	cur_skip(&c, 2 * 2); /* counts of the other sections */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if ((flags & OPCODE) != 0)
		return DECODED_NOT_MINE;
	/* Section 2.1.1: one question, and in a query nothing else. */
	if (questions != 1 || ((flags & QR) == 0 && answers != 0))
		return DECODED_BAD;
	bool good = dns_name_read(&c, message, &name);
	cur_skip(&c, 2 + 2); /* type, class */
	if (!good || !cur_ok(&c))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	if ((flags & QR) == 0) {
		say_name(ctx, FACT_LLMNR_QUERY, &name);
		return DECODED;
	}
	/* Section 4.1: with T set its uniqueness is not yet proven. */
	if ((flags & TENTATIVE) != 0 || read_answers(c, message, answers, ctx))
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_BAD;
}

/* Section 2.4: over TCP, behind their length as those of DNS are. */
enum decoded
llmnr_tcp_decode(struct cursor c, const struct context *ctx)
{
	struct cursor message = cur_block16(&c);

	if (!cur_ok(&c))
		return DECODED_SHORT;
	enum decoded how = llmnr_decode(message, ctx);
	if (how == DECODED && ctx->rest != NULL)
		ctx->rest->unread = cur_left(&c);
	return how == DECODED_SHORT ? DECODED_BAD : how;
}
