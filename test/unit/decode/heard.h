/* SPDX-License-Identifier: ISC */
#ifndef UNIT_DECODE_HEARD_H
#define UNIT_DECODE_HEARD_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "decode/decode.h"

#include "test.h"

/* What a decoder said, as lines of `key subject value`. */
struct heard {
	char text[16384];
	size_t len;
	enum decoded how;
};

static inline void
heard_take(void *state, const struct fact *f)
{
	struct heard *h = state;
	char who[ADDR_TEXT];
	int n = snprintf(h->text + h->len, sizeof h->text - h->len, "%s %s %.*s\n",
	    fact_name(f->key), addr_print(f->subject, who), (int)f->value.len,
	    f->value.s);

	if (n > 0 && h->len + (size_t)n < sizeof h->text)
		h->len += (size_t)n;
}

static inline struct addr
addr_of(const char *text)
{
	struct addr a = { 0 };

	(void)addr_parse(text_of(text), &a);
	return a;
}

/* A datagram or segment from 192.0.2.7 on a station 02:00:00:00:00:07. */
static inline struct context
heard_context(const struct fact_sink *out)
{
	return (struct context){
		.seen = {
			.src_mac = addr_of("02:00:00:00:00:07"),
			.src_ip = addr_of("192.0.2.7"),
			.dst_ip = addr_of("192.0.2.1"),
			.src_port = 5353,
			.ttl = 255,
		},
		.wanted = FACT_SET_ALL,
		.out = out,
	};
}

/* The decoder's words on a copy of the bytes that ends where they end. */
static inline void
hear_in(struct heard *h, decoder_fn decode, const void *bytes, size_t n,
    const struct context *ctx)
{
	struct fact_sink sink = { .take = heard_take, .state = h };
	struct context mine = *ctx;
	uint8_t *copy = malloc(n + (n == 0));

	h->len = 0;
	h->text[0] = '\0';
	if (copy == NULL)
		abort();
	if (n > 0)
		memcpy(copy, bytes, n);
	mine.out = &sink;
	h->how = decode(cur_over(copy, n), &mine);
	free(copy);
}

static inline void
hear(struct heard *h, decoder_fn decode, const void *bytes, size_t n)
{
	struct context ctx = heard_context(NULL);

	hear_in(h, decode, bytes, n, &ctx);
}

/*
 * Cuts the message at every length, as a snap length would and as a broken sender
 * would. Nothing may be read past the cut (the sanitizer watches), and a stream's
 * decoder may say nothing before its message is whole.
 */
static inline void
cut_everywhere(decoder_fn decode, const void *bytes, size_t n,
    const struct context *ctx, bool stream)
{
	static struct heard h;
	struct context mine = *ctx;

	for (size_t len = 0; len < n; len++) {
		mine.cut = false;
		hear_in(&h, decode, bytes, len, &mine);
		if (stream) {
			EQ(h.how, DECODED_SHORT);
			SAME(h.text, "");
		}
		mine.cut = true;
		hear_in(&h, decode, bytes, len, &mine);
		OK(h.how <= DECODED_NOT_MINE);
	}
}

#endif
