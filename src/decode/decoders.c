/* SPDX-License-Identifier: ISC */
#include "decode/decode.h"

static const struct decoder rows[] = {
#define DECODER(name, on, key, source, about) \
	{ #name, on, key, source, about, name##_decode },
#include "decoders.inc"
#undef DECODER
	{ 0 },
};

const struct decoder *
decoders(size_t *n)
{
	*n = sizeof rows / sizeof rows[0] - 1;
	return rows;
}

void
say(const struct context *c, enum fact_key key, struct addr subject, struct text value)
{
	struct fact f = { key, value, subject, c->decoder, &c->seen };

	if (value.len > 0)
		c->out->take(c->out->state, &f);
}

void
say_bytes(const struct context *c, enum fact_key key, struct addr subject,
    struct cursor value)
{
	say(c, key, subject, text_from(value));
}
