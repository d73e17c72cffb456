/* SPDX-License-Identifier: ISC */
/* The table of decoders. Its rows are decoders.tsv; nothing is listed here. */
#include "decode/decode.h"

static const struct decoder rows[] = {
#define DECODER(name, on, key, source, about) \
	{ #name, on, key, source, about, name##_decode },
#include "decoders.inc"
#undef DECODER
};

const struct decoder *
decoders(size_t *n)
{
	*n = sizeof rows / sizeof rows[0];
	return rows;
}

void
say(const struct context *ctx, enum fact_key key, struct addr subject,
    struct text value)
{
	if (!wants(ctx, key) || key == FACT_NONE || subject.kind == ADDR_NONE ||
	    value.len == 0 || value.len > VALUE_MAX)
		return;
	struct fact f = {
		.key = key,
		.value = value,
		.subject = subject,
		.decoder = ctx->decoder,
		.seen = &ctx->seen,
	};
	ctx->out->take(ctx->out->state, &f);
}

void
say_bytes(const struct context *ctx, enum fact_key key, struct addr subject,
    struct cursor value)
{
	say(ctx, key, subject, text_from(value));
}

void
say_peer(const struct context *ctx, enum fact_key key)
{
	char buf[ADDR_TEXT];

	if (wants(ctx, key))
		say(ctx, key, ctx->seen.src_ip,
		    text_of(addr_print(ctx->seen.dst_ip, buf)));
}
