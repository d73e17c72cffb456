/* SPDX-License-Identifier: ISC */
/*
 * WS-Discovery 1.1 (OASIS, 2009) and the drafts before it, as ONVIF cameras, printers
 * and Windows speak it over UDP. Announcements and answers are about their sender; a
 * Probe tells what somebody looks for, and nothing of what it is. ONVIF Core
 * Specification section 7.3 has the scopes.
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/field.h"
#include "decode/line.h"
#include "decode/xml.h"

static bool
is_answer(struct text action)
{
	static const char *const answers[] = { "/Hello", "/ProbeMatches",
		"/ResolveMatches" };

	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++)
		if (text_ends(action, text_of(answers[i])))
			return true;
	return false;
}

/* Cuts the next word of a list with blanks of any kind between. */
static bool
next_word(struct text *rest, struct text *word)
{
	while (rest->len > 0 && (unsigned char)rest->s[0] <= ' ')
		*rest = (struct text){ rest->s + 1, rest->len - 1 };
	*word = (struct text){ rest->s, 0 };
	while (word->len < rest->len && (unsigned char)word->s[word->len] > ' ')
		word->len++;
	*rest = (struct text){ rest->s + word->len, rest->len - word->len };
	return word->len > 0;
}

/* Types are qualified names; the prefix is each sender's own choice. */
static struct text
local_name(struct text t)
{
	size_t colon = text_find(t, ':', 0);

	return colon == t.len ? t : (struct text){ t.s + colon + 1, t.len - colon - 1 };
}

static void
say_words(const struct context *ctx, enum fact_key key, const struct xml_element *e)
{
	char buf[VALUE_MAX] UNSET;
	struct line l = line_over(buf, sizeof buf);
	struct text rest, word;

	xml_put(&l, e);
	rest = line_text(&l);
	while (next_word(&rest, &word))
		say(ctx, key, ctx->seen.src_ip,
		    key == FACT_WSD_TYPES ? local_name(word) : word);
}

static void
say_endpoint(const struct context *ctx, struct text address)
{
	static const struct text uuid = { "uuid:", 5 };

	if (text_begins(address, "urn:") == 1)
		address = (struct text){ address.s + 4, address.len - 4 };
	if (text_starts(address, uuid))
		say(ctx, FACT_WSD_ENDPOINT, ctx->seen.src_ip,
		    (struct text){ address.s + uuid.len, address.len - uuid.len });
}

/* XML 1.0 section 4.3.3 and appendix F: a mark of the byte order may come first. */
static struct cursor
without_mark(struct cursor c)
{
	struct cursor rest = c;

	if (cur_u24(&rest) == 0xefbbbf && cur_ok(&rest))
		c = rest;
	while (cur_left(&c) > 0 && cur_peek(&c, 0) <= ' ')
		cur_skip(&c, 1);
	return c;
}

enum decoded
wsd_decode(struct cursor bytes, const struct context *ctx)
{
	struct cursor c = without_mark(bytes);
	struct xml x = { text_from(c) };
	struct xml_element e;
	bool answer = false, soap = false;

	if (cur_peek(&c, 0) != '<')
		return cur_left(&c) > 0 ? DECODED_NOT_MINE : DECODED_SHORT;
	while (xml_next(&x, &e)) {
		if (text_is(e.name, "Action")) {
			answer = is_answer(e.raw);
			soap = true;
		}
		if (!answer)
			continue;
		if (text_is(e.name, "Types"))
			say_words(ctx, FACT_WSD_TYPES, &e);
		else if (text_is(e.name, "Scopes"))
			say_words(ctx, FACT_WSD_SCOPES, &e);
		else if (text_is(e.name, "Address"))
			say_endpoint(ctx, e.raw);
	}
	if (soap)
		return DECODED;
	return ctx->cut ? DECODED_SHORT : DECODED_NOT_MINE;
}
