/* SPDX-License-Identifier: ISC */
/*
 * QUIC on both sides of its seal, which bytes at random never break. The first byte
 * chooses: a datagram, of which the headers are read and what is not sealed; or the
 * frames of an opened packet of some version, with the hello that they carry. In two
 * pieces, when there is a 0xff between them.
 */
#include <stdlib.h>
#include <string.h>

#include "decode/quicframe.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static const uint32_t versions[] = { 0x00000001, 0x6b3343cf, 0x51303530, 0x51303436,
	0x51303433, 0x51303235 };

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

/* As quicflow.c offers it. */
static void
offer(const struct gather *g, uint32_t version)
{
	unsigned sum = 0;
	struct fact_sink sink = { .take = take, .state = &sum };
	struct context ctx = {
		.seen = { .src_ip = { ADDR_IP4, { 192, 0, 2, 7 } } },
		.version = version,
		.wanted = FACT_SET_ALL,
		.out = &sink,
	};
	struct cursor hello = gather_ready(g);

	if (cur_left(&hello) > 0 && quic_decode(hello, &ctx) == DECODED_NOT_MINE)
		(void)gquic_decode(hello, &ctx);
}

static void
datagram(struct cursor c, struct gather *g)
{
	struct quic_packet p;

	while (cur_left(&c) > 0 && quic_packet_next(&c, &p)) {
		if (cur_left(&p.dcid) > 255)
			abort();
		if (p.initial && p.row->salt == NULL && quic_frames(p.body, p.row, g))
			offer(g, p.version);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct gather g;
	struct cursor c = cur_over(bytes, len);
	uint8_t choice = cur_u8(&c);
	uint32_t version = versions[choice % (sizeof versions / sizeof versions[0])];
	const struct quic_version *row = quic_version_find(version);

	g.n = 0;
	if (choice & 0x80) {
		datagram(c, &g);
		return 0;
	}
	const uint8_t *cut = cur_left(&c) > 0 ? memchr(c.at, 0xff, cur_left(&c)) : NULL;
	if (cut != NULL) {
		struct cursor first = cur_take(&c, (size_t)(cut - c.at));
		cur_skip(&c, 1);
		if (quic_frames(first, row, &g))
			offer(&g, version);
	}
	if (quic_frames(c, row, &g))
		offer(&g, version);
	return 0;
}
