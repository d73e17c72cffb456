/* SPDX-License-Identifier: ISC */
/*
 * SMB over TCP: what the two ends say of themselves while a session is set up.
 * SMB1: MS-CIFS section 2.2.4.53, MS-SMB section 2.2.4.6; SMB2: MS-SMB2 sections
 * 2.2.3 to 2.2.6; framing: RFC 1002 section 4.3.1, MS-SMB2 section 2.1.
 */
#include "decode/decode.h"
#include "decode/line.h"
#include "decode/ntlm.h"

enum { SESSION_MESSAGE = 0, MESSAGE_MAX = STREAM_MAX - 4 };
enum { SMB1 = 0xff, SMB2 = 0xfe };
enum { SETUP_ANDX = 0x73, UNICODE = 0x8000, REPLY = 0x80 };
enum { NEGOTIATE = 0, SESSION_SETUP = 1, RESPONSE = 1, DIALECTS_MAX = 16 };

/* A string of SMB1 up to its NUL; in UTF-16 it begins at an even place. */
static void
say_string(const struct context *ctx, enum fact_key key, struct cursor *c,
    struct cursor whole, bool unicode)
{
	char buf[512];
	struct line l = line_over(buf, sizeof buf);
	struct cursor rest = *c;

	if (!unicode) {
		struct text t = text_from(rest);
		t.len = text_find(t, '\0', 0);
		cur_skip(c, t.len + 1);
		say(ctx, key, ctx->seen.src_ip, text_trim(t));
		return;
	}
	if ((cur_left(&whole) - cur_left(c)) % 2 != 0)
		cur_skip(c, 1);
	line_utf16(&l, *c);
	while (cur_left(c) >= 2 && cur_u16le(c) != 0)
		;
	say(ctx, key, ctx->seen.src_ip, text_trim(line_text(&l)));
}

static void
skip_string(struct cursor *c, struct cursor whole, bool unicode)
{
	static const struct context nobody;

	say_string(&nobody, FACT_NONE, c, whole, unicode);
}

/*
 * Session setup, request (12 words with GSS-API, 13 without) or response (4 or 3).
 * Then come passwords or a blob; in a request without GSS-API account and domain.
 */
static void
say_setup(struct cursor smb, unsigned words, bool reply, bool unicode,
    struct cursor parameters, struct cursor c, const struct context *ctx)
{
	size_t blob = 0, passwords = 0;

	if (reply && (words == 3 || words == 4)) {
		cur_skip(&parameters, 3 * 2);
		blob = words == 4 ? cur_u16le(&parameters) : 0;
	} else if (!reply && (words == 12 || words == 13)) {
		cur_skip(&parameters, 7 * 2);
		size_t first = cur_u16le(&parameters);
		if (words == 12)
			blob = first;
		else
			passwords = first + cur_u16le(&parameters);
	} else {
		return;
	}
	ntlm_say(cur_take(&c, blob), ctx);
	cur_skip(&c, passwords);
	if (!reply && words == 13) {
		skip_string(&c, smb, unicode);
		skip_string(&c, smb, unicode);
	}
	if (!cur_ok(&c) || !cur_ok(&parameters))
		return;
	say_string(ctx, FACT_SMB_NATIVE_OS, &c, smb, unicode);
	say_string(ctx, FACT_SMB_NATIVE_LAN_MANAGER, &c, smb, unicode);
}

static void
read_smb1(struct cursor smb, const struct context *ctx)
{
	struct cursor c = smb;

	cur_skip(&c, 4);
	uint8_t command = cur_u8(&c);
	cur_skip(&c, 4); /* status */
	uint8_t flags = cur_u8(&c);
	uint16_t flags2 = cur_u16le(&c);
	cur_skip(&c, 20); /* the rest of the header */
	unsigned words = cur_u8(&c);
	struct cursor parameters = cur_take(&c, words * 2u);
	size_t bytes = cur_u16le(&c);
	struct cursor data = cur_take(&c, bytes);
	if (cur_ok(&c) && command == SETUP_ANDX)
		say_setup(smb, words, (flags & REPLY) != 0, (flags2 & UNICODE) != 0,
		    parameters, data, ctx);
}

static void
put_dialect(struct line *l, unsigned dialect)
{
	line_hex16(l, dialect);
}

/* Sections 2.2.3 and 2.2.4. */
static void
read_negotiate(struct cursor c, bool response, const struct context *ctx)
{
	char buf[DIALECTS_MAX * 5];
	struct line l = line_over(buf, sizeof buf);

	cur_skip(&c, 2);
	unsigned count = cur_u16le(&c); /* of a response, the mode of security */
	if (response) {
		put_dialect(&l, cur_u16le(&c));
		if (cur_ok(&c))
			say(ctx, FACT_SMB_DIALECT, ctx->seen.src_ip, line_text(&l));
		return;
	}
	cur_skip(&c, 2 + 2 + 4 + 16 + 8); /* modes, capabilities, GUID, contexts */
	for (unsigned i = 0; i < count && i < DIALECTS_MAX; i++) {
		if (i > 0)
			line_char(&l, ',');
		put_dialect(&l, cur_u16le(&c));
	}
	if (cur_ok(&c))
		say(ctx, FACT_SMB_DIALECTS, ctx->seen.src_ip, line_text(&l));
}

/* Sections 2.2.5 and 2.2.6: the buffer's place counts from the header on. */
static void
read_session_setup(struct cursor smb, struct cursor c, bool response,
    const struct context *ctx)
{
	cur_skip(&c, response ? 2 + 2 : 2 + 1 + 1 + 4 + 4);
	size_t offset = cur_u16le(&c), length = cur_u16le(&c);

	cur_skip(&smb, offset);
	struct cursor blob = cur_take(&smb, length);
	if (cur_ok(&c) && cur_ok(&smb))
		ntlm_say(blob, ctx);
}

static void
read_smb2(struct cursor smb, const struct context *ctx)
{
	struct cursor c = smb;

	cur_skip(&c, 4 + 2 + 2 + 4); /* sizes, credits, status */
	uint16_t command = cur_u16le(&c);
	cur_skip(&c, 2);
	bool response = (cur_u32le(&c) & RESPONSE) != 0;
	cur_skip(&c, 64 - 20);
	if (command == NEGOTIATE)
		read_negotiate(c, response, ctx);
	else if (command == SESSION_SETUP)
		read_session_setup(smb, c, response, ctx);
}

/* Whether it is worth waiting for: not the reads and writes of files. */
static bool
is_wanted(struct cursor smb)
{
	uint8_t version = cur_peek(&smb, 0), command = cur_peek(&smb, 4);

	if (version == SMB1)
		return command == SETUP_ANDX;
	cur_skip(&smb, 12);
	return cur_u16le(&smb) <= SESSION_SETUP;
}

enum decoded
smb_decode(struct cursor c, const struct context *ctx)
{
	uint8_t type = cur_u8(&c);
	uint32_t length = cur_u24(&c);
	uint8_t version = cur_peek(&c, 0);

	if (!cur_ok(&c))
		return DECODED_SHORT;
	if (type != SESSION_MESSAGE)
		return DECODED_NOT_MINE;
	if (cur_left(&c) < 14)
		return length < 14 ? DECODED_NOT_MINE : DECODED_SHORT;
	if ((version != SMB1 && version != SMB2) || cur_peek(&c, 1) != 'S' ||
	    cur_peek(&c, 2) != 'M' || cur_peek(&c, 3) != 'B')
		return DECODED_NOT_MINE;
	if (!is_wanted(c))
		return DECODED;
	if (length > MESSAGE_MAX)
		return DECODED_BAD;
	if (cur_left(&c) < length)
		return DECODED_SHORT;
	if (version == SMB1)
		read_smb1(cur_take(&c, length), ctx);
	else
		read_smb2(cur_take(&c, length), ctx);
	return DECODED;
}
