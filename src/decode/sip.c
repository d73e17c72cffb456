/* SPDX-License-Identifier: ISC */
/*
 * SIP: RFC 3261. A proxy passes on the User-Agent of others, so a request counts when
 * it has been through no proxy (one Via, section 18.1.1), and the User-Agent of an
 * answer when it is a registrar's to REGISTER or anybody's to OPTIONS. Names and
 * numbers of those who call are passed over.
 */
#include "base/unset.h"
#include "decode/decode.h"
#include "decode/field.h"

/* RFC 3261, 3262, 3311, 3428, 3515, 3903, 6086, 6665. */
static const char *const beginnings[] = { "SIP/2.0 ", "INVITE ", "ACK ", "BYE ",
	"CANCEL ", "REGISTER ", "OPTIONS ", "PRACK ", "UPDATE ", "MESSAGE ", "REFER ",
	"PUBLISH ", "INFO ", "SUBSCRIBE ", "NOTIFY " };

/* -1: neither a request nor an answer; 0: may become one; 1: is one. */
static int
begins(struct text t, bool *answer)
{
	const char *word = NULL;
	int is = text_begins_any(t, beginnings,
	    sizeof beginnings / sizeof beginnings[0], &word);

	*answer = word == beginnings[0];
	return is;
}

/* METHOD target SIP/2.0 */
static bool
is_request(struct text line)
{
	return text_ends(line, text_of(" SIP/2.0"));
}

/* Section 20.42: several may stand in one field, with commas. */
static unsigned
count_vias(struct text value)
{
	unsigned n = 0;
	struct text one;

	while (text_split(&value, ',', &one))
		n++;
	return n;
}

static bool
is_of_server(struct text cseq)
{
	return text_ends(cseq, text_of(" REGISTER")) ||
	    text_ends(cseq, text_of(" OPTIONS"));
}

struct told {
	struct text user_agent, server, length;
	bool of_server;
	unsigned vias;
};

static void
say_told(const struct told *t, bool answer, const struct context *ctx)
{
	struct addr who = ctx->seen.src_ip;

	if (answer ? t->of_server : t->vias <= 1)
		say(ctx, FACT_SIP_USER_AGENT, who, t->user_agent);
	if (answer)
		say(ctx, FACT_SIP_SERVER, who, t->server);
}

/* Where the value of a field has to live until all are read. */
static struct text *
said_later(struct told *t, struct text name)
{
	if (text_is_word(name, "user-agent"))
		return &t->user_agent;
	return text_is_word(name, "server") ? &t->server : NULL;
}

/*
 * How many bytes of the body are yet to come. A folded value is where it was put
 * together: the next one is then put together elsewhere, for two of them at the most.
 */
static uint32_t
read_fields(struct text *rest, bool answer, const struct context *ctx)
{
	enum { LAST = 2 };
	struct told t = { .vias = 0 };
	struct field f;
	char rooms[(LAST + 1) * VALUE_MAX] UNSET, *room = rooms;

	while (field_next(rest, &f, room)) {
		bool folded = f.value.s >= room && f.value.s < room + VALUE_MAX;
		struct text *later = said_later(&t, f.name);
		if (later != NULL && (!folded || room != rooms + LAST * VALUE_MAX)) {
			*later = f.value;
			room += folded ? VALUE_MAX : 0;
		} else if (text_is_word(f.name, "cseq")) {
			t.of_server = is_of_server(f.value);
		} else if (text_is_word(f.name, "content-length") ||
		    text_is_word(f.name, "l")) {
			t.length = folded ? t.length : f.value;
		} else if (text_is_word(f.name, "via") || text_is_word(f.name, "v")) {
			t.vias += count_vias(f.value);
		}
	}
	say_told(&t, answer, ctx);
	return skip_body(rest, t.length);
}

/* Section 7.5: empty lines before a message say nothing. */
static struct text
message_of(struct text t)
{
	while (t.len > 0 && (t.s[0] == '\r' || t.s[0] == '\n'))
		t = (struct text){ t.s + 1, t.len - 1 };
	return t;
}

/* Says what a message tells; `rest` moves behind it, but for the bytes to skip. */
static enum decoded
read_message(struct text *rest, uint32_t *skip, const struct context *ctx)
{
	struct text line;
	bool answer;

	/* Nothing else is a keep-alive, RFC 5626 section 3.5.1. */
	if (rest->len == 0 || begins(*rest, &answer) < 0)
		return DECODED_NOT_MINE;
	if (!field_line(rest, &line))
		return ctx->cut ? DECODED_SHORT : DECODED_NOT_MINE;
	if (!answer && !is_request(line))
		return DECODED_NOT_MINE;
	*skip = read_fields(rest, answer, ctx);
	return DECODED;
}

enum decoded
sip_decode(struct cursor c, const struct context *ctx)
{
	struct text rest = message_of(text_from(c));
	uint32_t skip;

	return read_message(&rest, &skip, ctx);
}

/*
 * The same over TCP, where the fields may come in pieces, and a message may follow
 * behind the body of another (section 18.3).
 */
enum decoded
sip_tcp_decode(struct cursor c, const struct context *ctx)
{
	struct text t = message_of(text_from(c));
	bool full = ctx->cut || cur_left(&c) >= STREAM_MAX, answer;
	int is = begins(t, &answer);
	struct text first = t, line;
	uint32_t skip = 0;

	if (is < 0 || t.len == 0 ||
	    (field_line(&first, &line) && !answer && !is_request(line)))
		return DECODED_NOT_MINE;
	bool whole = fields_whole(t);
	if (is == 0 || (!full && !whole))
		return DECODED_SHORT;
	enum decoded done = read_message(&t, &skip, ctx);
	while (done == DECODED && skip == 0 && (t = message_of(t)).len > 0 &&
	    begins(t, &answer) == 1 && fields_whole(t))
		if (read_message(&t, &skip, ctx) != DECODED)
			return DECODED;
	if (ctx->rest == NULL || done != DECODED || !whole || skip > SKIP_MAX)
		return done;
	ctx->rest->skip = skip;
	if (!ctx->cut && t.len > 0 && begins(t, &answer) >= 0)
		ctx->rest->unread = t.len;
	return done;
}
