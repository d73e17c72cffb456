/* SPDX-License-Identifier: ISC */
/*
 * Each row of decoders.tsv: the first byte chooses it (its top bit says that the
 * capture cut the frame), the rest is what it reads. For the header of a SYN, the
 * rest is the IP packet.
 */
#include <stdlib.h>

#include "decode/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* Looks at every byte that is said, so that the sanitizer does. */
static void
take(void *state, const struct fact *f)
{
	unsigned *sum = state;

	if (f->value.len == 0 || f->value.len > VALUE_MAX ||
	    f->subject.kind == ADDR_NONE)
		abort();
	for (size_t i = 0; i < f->value.len; i++)
		*sum += (unsigned char)f->value.s[i];
}

static struct cursor
behind_ip(struct cursor c)
{
	bool six = cur_peek(&c, 0) >> 4 == 6;

	cur_skip(&c, six ? 40 : (cur_peek(&c, 0) & 15U) * 4);
	return c;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	unsigned sum = 0;
	struct fact_sink sink = { .take = take, .state = &sum };
	struct cursor c = cur_over(bytes, len);
	uint8_t choice = cur_u8(&c);
	size_t n;
	const struct decoder *rows = decoders(&n), *row = &rows[(choice & 0x7f) % n];
	struct context ctx = {
		.seen = {
			.src_mac = { ADDR_MAC, { 2, 0, 0, 0, 0, 7 } },
			.src_ip = { ADDR_IP4, { 192, 0, 2, 7 } },
			.src_port = 5353,
			.ttl = 255,
		},
		.cut = choice >> 7,
		.wanted = FACT_SET_ALL,
		.out = &sink,
	};

	ctx.ip = row->on == ON_TCP ? c : (struct cursor){ 0 };
	if (row->decode(row->on == ON_TCP ? behind_ip(c) : c, &ctx) > DECODED_NOT_MINE)
		abort();
	return 0;
}
