/* SPDX-License-Identifier: ISC */
/*
 * SNMP versions 1, 2c and, where it is not encrypted, 3; answers and traps of agents:
 * RFC 1157, RFC 3416, RFC 3412; the system group of RFC 3418. Of BER (ITU-T X.690)
 * definite lengths, which RFC 3417 section 8 asks for. The community is a password, and
 * is passed over, and so is a user's name.
 */
#include "decode/ber.h"
#include "decode/decode.h"
#include "decode/line.h"

enum tag {
	TAG_INTEGER = 0x02,
	TAG_OCTETS = 0x04,
	TAG_OID = 0x06,
	TAG_SEQUENCE = 0x30,
	TAG_TIMETICKS = 0x43,
	TAG_ADDRESS = 0x40,
	TAG_RESPONSE = 0xa2,
	TAG_TRAP_V1 = 0xa4,
	TAG_INFORM = 0xa6,
	TAG_TRAP_V2 = 0xa7
};

enum {
	BINDINGS_MAX = 64,
	ARCS_MAX = 32,
	VERSION_2C = 1,
	VERSION_3 = 3,
	ENTERPRISE_SPECIFIC = 6
};

/* One value of that tag; the cursor is spent when it is another or runs out. */
static struct cursor
take(struct cursor *c, enum tag tag)
{
	unsigned got = cur_u8(c);

	return cur_take(c, got == (unsigned)tag ? ber_length(c) : SIZE_MAX);
}

/* X.690 section 8.19: seven bits a byte, the first number stands for two. */
static bool
put_oid(struct line *l, struct cursor oid)
{
	for (unsigned n = 0; n < ARCS_MAX && cur_left(&oid) > 0; n++) {
		uint64_t arc = 0;
		uint8_t byte;
		do {
			byte = cur_u8(&oid);
			arc = arc << 7 | (byte & 0x7f);
		} while ((byte & 0x80) != 0 && cur_left(&oid) > 0 && arc < 1U << 25);
		if ((byte & 0x80) != 0 || arc > UINT32_MAX)
			return false;
		if (n == 0) {
			uint32_t first = arc < 80 ? (uint32_t)arc / 40 : 2;
			line_number(l, first);
			arc -= first * 40;
		}
		line_char(l, '.');
		line_number(l, (uint32_t)arc);
	}
	return cur_left(&oid) == 0;
}

static void
say_oid(const struct context *ctx, struct cursor oid)
{
	char buf[12 * ARCS_MAX];
	struct line l = line_over(buf, sizeof buf);

	if (put_oid(&l, oid))
		say(ctx, FACT_SNMP_SYS_OBJECT_ID, ctx->seen.src_ip, line_text(&l));
}

static void
say_binding(const struct context *ctx, struct cursor name, struct cursor value)
{
	static const struct text system = { "\x2b\6\1\2\1\1", 6 };
	struct text oid = text_from(name);

	if (oid.len != system.len + 2 || !text_starts(oid, system) ||
	    oid.s[oid.len - 1] != '\0')
		return;
	char which = oid.s[system.len];
	if (which == 2) {
		struct cursor id = take(&value, TAG_OID);
		if (cur_ok(&value))
			say_oid(ctx, id);
		return;
	}
	if (which != 1 && which != 5)
		return;
	struct text t = text_unpadded(text_from(take(&value, TAG_OCTETS)));
	if (cur_ok(&value))
		say(ctx, which == 1 ? FACT_SNMP_SYS_DESCR : FACT_SNMP_SYS_NAME,
		    ctx->seen.src_ip, t);
}

static bool
speaks_of_agent(unsigned tag)
{
	return tag == TAG_RESPONSE || tag == TAG_TRAP_V1 || tag == TAG_INFORM ||
	    tag == TAG_TRAP_V2;
}

/*
 * The head of a trap of version 1, RFC 1157 section 4.1.6: of a generic one the
 * enterprise is the agent's sysObjectID (RFC 1215 section 2.1); of another it is whose
 * trap that is. False when it speaks of another than its sender: it was passed on.
 */
static bool
take_trap(struct cursor *pdu, const struct context *ctx)
{
	struct cursor enterprise = take(pdu, TAG_OID), agent = take(pdu, TAG_ADDRESS);
	struct cursor generic = take(pdu, TAG_INTEGER);
	struct addr of = addr_read(&agent, ADDR_IP4);

	(void)take(pdu, TAG_INTEGER); /* specific */
	(void)take(pdu, TAG_TIMETICKS);
	if (!cur_ok(pdu) || !cur_ok(&agent))
		return true; /* bad, as the list will show */
	if (!addr_is_unspecified(of) && !addr_equal(of, ctx->seen.src_ip))
		return false;
	if (cur_u8(&generic) < ENTERPRISE_SPECIFIC && cur_ok(&generic))
		say_oid(ctx, enterprise);
	return true;
}

/*
 * Moves to the PDU: behind the community, or into the scoped PDU of RFC 3412 section 6.
 * False when that is encrypted.
 */
static bool
take_head(struct cursor *message, uint8_t version)
{
	if (version == VERSION_3) {
		(void)take(message,
		    TAG_SEQUENCE);               /* whose turn, flags, security model */
		(void)take(message, TAG_OCTETS); /* security parameters */
		if (cur_peek(message, 0) == TAG_OCTETS)
			return false;
		*message = take(message, TAG_SEQUENCE);
		(void)take(message, TAG_OCTETS); /* context engine */
	}
	(void)take(message, TAG_OCTETS); /* community, or name of the context */
	return true;
}

enum decoded
snmp_decode(struct cursor c, const struct context *ctx)
{
	bool begins = cur_peek(&c, 0) == TAG_SEQUENCE;
	struct cursor message = take(&c, TAG_SEQUENCE);

	if (!cur_ok(&c))
		return begins && ctx->cut ? DECODED_SHORT : DECODED_NOT_MINE;
	struct cursor number = take(&message, TAG_INTEGER);
	uint8_t version = cur_u8(&number);
	if (!cur_ok(&message) || (version > VERSION_2C && version != VERSION_3))
		return DECODED_NOT_MINE;
	if (!take_head(&message, version))
		return DECODED;
	unsigned tag = cur_peek(&message, 0);
	if (!speaks_of_agent(tag))
		return cur_ok(&message) ? DECODED : DECODED_BAD;
	struct cursor pdu = take(&message, (enum tag)tag);
	if (tag == TAG_TRAP_V1 && !take_trap(&pdu, ctx))
		return DECODED;
	for (unsigned i = 0; i < 3 && tag != TAG_TRAP_V1; i++)
		(void)take(&pdu, TAG_INTEGER); /* request, status, index */
	struct cursor list = take(&pdu, TAG_SEQUENCE);
	if (!cur_ok(&message) || !cur_ok(&pdu))
		return DECODED_BAD;
	for (unsigned n = 0; n < BINDINGS_MAX && cur_left(&list) > 0; n++) {
		struct cursor binding = take(&list, TAG_SEQUENCE);
		struct cursor name = take(&binding, TAG_OID);
		if (!cur_ok(&list) || !cur_ok(&binding))
			return DECODED_BAD;
		say_binding(ctx, name, binding);
	}
	return DECODED;
}
