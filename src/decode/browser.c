/* SPDX-License-Identifier: ISC */
/*
 * Announcements of the computer browser: MS-BRWS section 2.2 in a mailslot message
 * (MS-MAIL) in an SMB transaction (MS-CIFS section 2.2.4.33.1) in a NetBIOS datagram
 * (RFC 1002 section 4.4).
 */
#include "decode/decode.h"
#include "decode/netbios.h"

enum { DIRECT_UNIQUE = 0x10, BROADCAST = 0x12, TRANSACTION = 0x25 };
enum { HOST_ANNOUNCEMENT = 0x01, LOCAL_MASTER_ANNOUNCEMENT = 0x0f };
enum { SMB_HEADER = 32 };

static const char mailslot[] = "\\MAILSLOT\\BROWSE";

/* From the SMB's first byte to the data of the transaction; empty if it is another. */
static struct cursor
transaction_data(struct cursor smb)
{
	struct cursor c = smb, none = { 0 };

	if (cur_u32(&c) != 0xff534d42 || cur_u8(&c) != TRANSACTION)
		return none;
	cur_skip(&c, SMB_HEADER - 5);
	size_t words = cur_u8(&c);
	struct cursor parameters = cur_take(&c, words * 2);
	cur_skip(&c, 2); /* how many bytes */
	cur_skip(&parameters, 11 * 2);
	size_t count = cur_u16le(&parameters), offset = cur_u16le(&parameters);
	struct text name = text_unpadded(text_from(c));
	if (!cur_ok(&c) || !cur_ok(&parameters) || !text_is_word(name, mailslot))
		return none;
	cur_skip(&smb, offset);
	return cur_take(&smb, count);
}

static void
say_announcement(struct cursor c, const struct context *ctx)
{
	struct addr who = ctx->seen.src_ip;
	char buf[16], hex[8];
	struct line version = line_over(buf, sizeof buf);
	struct line type = line_over(hex, sizeof hex);

	cur_skip(&c, 1 + 4); /* update count, period */
	struct text name = text_unpadded(text_from(cur_take(&c, 16)));
	line_number(&version, cur_u8(&c));
	line_char(&version, '.');
	line_number(&version, cur_u8(&c));
	uint32_t bits = cur_u32le(&c);
	line_hex16(&type, bits >> 16);
	line_hex16(&type, bits & 0xffff);
	if (!cur_ok(&c))
		return;
	cur_skip(&c, 2 + 2); /* version of the browser, signature */
	say(ctx, FACT_BROWSER_SERVER, who, name);
	say(ctx, FACT_BROWSER_OS_VERSION, who, line_text(&version));
	say(ctx, FACT_BROWSER_SERVER_TYPE, who, line_text(&type));
	say(ctx, FACT_BROWSER_COMMENT, who, text_unpadded(text_from(c)));
}

enum decoded
browser_decode(struct cursor c, const struct context *ctx)
{
	struct netbios_name name;
	uint8_t type = cur_u8(&c);

	cur_skip(&c, 1 + 2 + 4 + 2); /* flags, id, source address and port */
	cur_skip(&c, 2);             /* length */
	uint16_t offset = cur_u16(&c);
	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (type < DIRECT_UNIQUE || type > BROADCAST)
		return DECODED_NOT_MINE;
	if (offset != 0) /* no announcement is so long that it must be in pieces */
		return DECODED;
	if (!netbios_read(&c, &name) || !netbios_read(&c, &name))
		return ctx->cut ? DECODED_SHORT : DECODED_BAD;
	struct cursor data = transaction_data(c);
	uint8_t command = cur_u8(&data);
	if (command == HOST_ANNOUNCEMENT || command == LOCAL_MASTER_ANNOUNCEMENT)
		say_announcement(data, ctx);
	return DECODED;
}
