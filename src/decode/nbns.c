/* SPDX-License-Identifier: ISC */
/*
 * NetBIOS name service: RFC 1002 section 4.2. A host registers, refreshes, defends and
 * gives back its own names; a name server answers for others, so an answer counts only
 * when the address in it is the sender's. Queries are not read: they name others.
 */
#include "decode/decode.h"
#include "decode/netbios.h"

enum { RESPONSE = 0x8000, OPCODE_SHIFT = 11, OPCODE_MASK = 15, RCODE = 0x000f };

/* Section 4.2.1.1; 9 is a common misreading of 8, 15 is Microsoft's for many homes. */
enum opcode {
	OP_QUERY = 0,
	OP_REGISTRATION = 5,
	OP_RELEASE = 6,
	OP_REFRESH = 8,
	OP_REFRESH_9 = 9,
	OP_MULTIHOMED = 15
};

enum { TYPE_NB = 0x20, TYPE_NBSTAT = 0x21, CLASS_IN = 1 };
enum { GROUP = 0x8000, NAMES_MAX = 64, ADDRESSES_MAX = 16 };
enum { WORKSTATION = 0x00, SERVER = 0x20, BROWSERS = 0x01 };

static void
say_name(const struct context *ctx, const struct netbios_name *name, bool group)
{
	char buf[NETBIOS_NAME + 8];
	struct line l = line_over(buf, sizeof buf);
	struct text bare = netbios_text(name);

	if (bare.len == 0 || bare.s[0] == '*')
		return;
	netbios_put(&l, name);
	if (group) {
		if (name->suffix != BROWSERS)
			say(ctx, FACT_NBNS_GROUP, ctx->seen.src_ip, line_text(&l));
		return;
	}
	say(ctx, FACT_NBNS_SERVICE, ctx->seen.src_ip, line_text(&l));
	if (name->suffix == WORKSTATION || name->suffix == SERVER)
		say(ctx, FACT_NBNS_NAME, ctx->seen.src_ip, bare);
}

/* Section 4.2.13: flags and address, several times. */
static bool
has_own_address(struct cursor rdata, const struct context *ctx, bool *group)
{
	bool own = false;

	for (unsigned i = 0; i < ADDRESSES_MAX && cur_left(&rdata) >= 6; i++) {
		uint16_t flags = cur_u16(&rdata);
		struct addr ip = addr_read(&rdata, ADDR_IP4);
		if (!addr_equal(ip, ctx->seen.src_ip))
			continue;
		own = true;
		*group = (flags & GROUP) != 0;
	}
	return own;
}

/* Section 4.2.18: all names of a node, then its statistics, which begin with its
 * unit ID. */
static void
say_status(struct cursor rdata, const struct context *ctx)
{
	struct netbios_name name;
	char buf[ADDR_TEXT];
	unsigned count = cur_u8(&rdata);

	for (unsigned i = 0; i < count && i < NAMES_MAX; i++) {
		bool good = netbios_read_plain(&rdata, &name);
		uint16_t flags = cur_u16(&rdata);
		if (!good || !cur_ok(&rdata))
			return;
		say_name(ctx, &name, (flags & GROUP) != 0);
	}
	struct addr unit = addr_read(&rdata, ADDR_MAC);
	if (unit.kind == ADDR_MAC && !addr_is_unspecified(unit))
		say(ctx, FACT_NBNS_UNIT_ID, ctx->seen.src_ip,
		    text_of(addr_print(unit, buf)));
}

/* Behind its name, which an additional record has as a pointer to the question. */
static bool
read_record(struct cursor *c, uint16_t *type, struct cursor *rdata)
{
	*type = cur_u16(c);
	uint16_t class = cur_u16(c);
	cur_skip(c, 4); /* time to live */
	*rdata = cur_block16(c);
	return cur_ok(c) && class == CLASS_IN;
}

/* Section 4.2.2 to 4.2.4 and 4.2.9: the name is the question's, the address a record's.
 */
static enum decoded
read_registration(struct cursor c, const struct context *ctx)
{
	struct netbios_name name;
	struct cursor rdata;
	uint16_t type;
	bool group = false;

	if (!netbios_read(&c, &name))
		return DECODED_BAD;
	cur_skip(&c, 2 + 2); /* type, class */
	if (cur_peek(&c, 0) >= 0xc0) {
		cur_skip(&c, 2);
	} else {
		struct netbios_name again;
		if (!netbios_read(&c, &again))
			return DECODED_BAD;
	}
	if (!read_record(&c, &type, &rdata))
		return DECODED_BAD;
	if (type == TYPE_NB && has_own_address(rdata, ctx, &group))
		say_name(ctx, &name, group);
	return DECODED;
}

static enum decoded
read_answer(struct cursor c, const struct context *ctx)
{
	struct netbios_name name;
	struct cursor rdata;
	uint16_t type;
	bool group = false;

	if (!netbios_read(&c, &name) || !read_record(&c, &type, &rdata))
		return DECODED_BAD;
	if (type == TYPE_NBSTAT)
		say_status(rdata, ctx);
	else if (type == TYPE_NB && has_own_address(rdata, ctx, &group))
		say_name(ctx, &name, group);
	return DECODED;
}

enum decoded
nbns_decode(struct cursor c, const struct context *ctx)
{
	cur_skip(&c, 2); /* id */
	unsigned flags = cur_u16(&c), questions = cur_u16(&c), answers = cur_u16(&c);
	unsigned opcode = flags >> OPCODE_SHIFT & OPCODE_MASK;
	bool response = (flags & RESPONSE) != 0;
	enum decoded how = DECODED;

	cur_skip(&c, 2 * 2); /* counts of the other sections */
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (!response && questions == 1 &&
	    (opcode == OP_REGISTRATION || opcode == OP_RELEASE ||
	        opcode == OP_REFRESH || opcode == OP_REFRESH_9 ||
	        opcode == OP_MULTIHOMED))
		how = read_registration(c, ctx);
	else if (response && questions == 0 && answers > 0 && opcode == OP_QUERY &&
	    (flags & RCODE) == 0)
		how = read_answer(c, ctx);
	return how == DECODED_BAD && ctx->cut ? DECODED_SHORT : how;
}
