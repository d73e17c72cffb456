/* SPDX-License-Identifier: ISC */
/*
 * RTSP: RFC 2326, RFC 7826. User-Agent of requests; Server and realm of answers, in
 * which cameras name their makers. Paths and credentials are passed over.
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/field.h"

/* RFC 2326 section 10, and what AirPlay adds. */
static const char *const beginnings[] = { "RTSP/", "OPTIONS ", "DESCRIBE ", "ANNOUNCE ",
	"SETUP ", "PLAY ", "PAUSE ", "TEARDOWN ", "GET_PARAMETER ", "SET_PARAMETER ",
	"RECORD ", "REDIRECT ", "FLUSH ", "GET ", "POST " };

static bool
is_request(struct text line)
{
	struct text tail = line;

	if (line.len < 9)
		return false;
	tail = (struct text){ line.s + line.len - 9, 9 };
	return text_is(tail, " RTSP/1.0") || text_is(tail, " RTSP/2.0");
}

/* RFC 7616 section 3.3: realm="text". */
static struct text
realm_of(struct text value)
{
	static const struct text word = { "realm=\"", 7 };

	for (size_t at = text_find(value, 'r', 0); at < value.len;
	     at = text_find(value, 'r', at + 1)) {
		struct text t = { value.s + at, value.len - at };
		if (!text_starts(t, word))
			continue;
		t = (struct text){ t.s + word.len, t.len - word.len };
		t.len = text_find(t, '"', 0);
		return t;
	}
	return (struct text){ NULL, 0 };
}

enum decoded
rtsp_decode(struct cursor c, const struct context *ctx)
{
	struct text rest = text_from(c), line;
	const char *word = NULL;
	int is = text_begins_any(rest, beginnings,
	    sizeof beginnings / sizeof beginnings[0], &word);
	bool full = ctx->cut || cur_left(&c) >= STREAM_MAX;
	bool answer = word == beginnings[0];
	struct field f;
	char buf[VALUE_MAX] UNSET;

	if (is < 0) /* media between: section 10.12 */
		return DECODED_NOT_MINE;
	bool whole = fields_whole(rest), begun = field_line(&rest, &line);
	if (begun && !answer && !is_request(line))
		return DECODED_NOT_MINE;
	if (is == 0 || (!full && !whole))
		return DECODED_SHORT;
	if (!begun)
		return DECODED_NOT_MINE;
	while (field_next(&rest, &f, buf)) {
		if (!answer && text_is_word(f.name, "user-agent"))
			say(ctx, FACT_RTSP_USER_AGENT, ctx->seen.src_ip, f.value);
		else if (answer && text_is_word(f.name, "server"))
			say(ctx, FACT_RTSP_SERVER, ctx->seen.src_ip, f.value);
		else if (answer && text_is_word(f.name, "www-authenticate"))
			say(ctx, FACT_RTSP_REALM, ctx->seen.src_ip, realm_of(f.value));
	}
	return DECODED;
}
