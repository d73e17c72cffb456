/* SPDX-License-Identifier: ISC */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/writer.h"
#include "ledger/ledger.h"

static const char entry_name[] = "interdict ledger entry 1";
static const char head_name[] = "interdict ledger head 1";

static void
add_number(crypto_generichash_state *h, uint64_t n)
{
	uint8_t b[8];

	for (unsigned i = 0; i < 8; i++)
		b[i] = (uint8_t)(n >> (56 - 8 * i));
	(void)crypto_generichash_update(h, b, sizeof b);
}

static void
add_text(crypto_generichash_state *h, struct text t)
{
	add_number(h, t.len);
	(void)crypto_generichash_update(h, (const uint8_t *)t.s, t.len);
}

void
entry_hash(const struct entry *e, uint8_t out[LEDGER_HASH])
{
	crypto_generichash_state h;

	(void)crypto_generichash_init(&h, NULL, 0, LEDGER_HASH);
	add_text(&h, text_of(entry_name));
	(void)crypto_generichash_update(&h, e->before, LEDGER_HASH);
	add_number(&h, e->seq);
	add_number(&h, (uint64_t)e->time);
	add_text(&h, e->kind);
	add_text(&h, e->actor);
	add_text(&h, e->body);
	(void)crypto_generichash_final(&h, out, LEDGER_HASH);
}

static struct text
head_bytes(const struct head *h, struct writer *w)
{
	writer_to_memory(w);
	put(w, head_name);
	put_u64(w, h->seq);
	put_u64(w, (uint64_t)h->time);
	put_bytes(w, h->hash, LEDGER_HASH);
	return writer_text(w);
}

void
head_sign(const struct signer *s, int64_t time, struct head *h)
{
	struct writer w;

	h->time = time;
	sign_bytes(s, head_bytes(h, &w), h->signature);
	(void)writer_close(&w);
}

bool
head_is_good(const uint8_t key[LEDGER_PUBLIC], const struct head *h)
{
	struct writer w;
	bool good = bytes_are_signed(key, head_bytes(h, &w), h->signature);

	(void)writer_close(&w);
	return good;
}

const char *
hex_print(const uint8_t *bytes, size_t n, char *buf)
{
	for (size_t i = 0; i < n; i++) {
		buf[2 * i] = "0123456789abcdef"[bytes[i] >> 4];
		buf[2 * i + 1] = "0123456789abcdef"[bytes[i] & 15];
	}
	buf[2 * n] = '\0';
	return buf;
}

/* What is signed has one spelling: capitals are none. */
static int
small_hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hex_parse(struct text t, uint8_t *out, size_t n)
{
	if (t.len != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = small_hex_value(t.s[2 * i]);
		int low = small_hex_value(t.s[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}

/* "interdict-head 1 SEQ TIME HASH SIGNATURE" */
void
head_put(struct writer *w, const struct head *h)
{
	char hex[LEDGER_HEX];

	putf(w, "interdict-head 1 %llu %lld ", (unsigned long long)h->seq,
	    (long long)h->time);
	put(w, hex_print(h->hash, LEDGER_HASH, hex));
	put_char(w, ' ');
	put(w, hex_print(h->signature, LEDGER_SIGNATURE, hex));
	put_char(w, '\n');
}

bool
head_parse(struct text t, struct head *h)
{
	struct text rest = text_trim(t), word[6];
	unsigned long long seq, time;
	size_t n = 0;

	while (rest.len > 0 &&
	    (rest.s[rest.len - 1] == '\n' || rest.s[rest.len - 1] == '\r'))
		rest.len--;
	while (n < 6 && text_split(&rest, ' ', &word[n]))
		n++;
	if (n != 6 || rest.len > 0 || !text_is(word[0], "interdict-head") ||
	    !text_is(word[1], "1") || !text_number(word[2], &seq) ||
	    !text_number(word[3], &time) || time > INT64_MAX)
		return false;
	h->seq = seq;
	h->time = (int64_t)time;
	return hex_parse(word[4], h->hash, LEDGER_HASH) &&
	    hex_parse(word[5], h->signature, LEDGER_SIGNATURE);
}
