/* SPDX-License-Identifier: ISC */
/*
 * Frames through all layers, with what is kept from one to the next: fragments,
 * streams, hellos in pieces. The first byte chooses the link; then come frames, each
 * behind two bytes of length, whose top bit says that the capture cut it, a second
 * apart.
 */
#include <stdlib.h>

#include "base/time.h"
#include "decode/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

/* test/fuzz/run.sh has them in this order. */
static const uint32_t links[] = { LINK_ETHERNET, LINK_NULL, LINK_RAW, LINK_IEEE802_11,
	LINK_LINUX_SLL, LINK_IEEE802_11_PRISM, LINK_IEEE802_11_RADIOTAP,
	LINK_IEEE802_11_AVS, LINK_PPI, LINK_BLUETOOTH_HCI_H4_WITH_PHDR,
	LINK_BLUETOOTH_LE_LL, LINK_BLUETOOTH_LE_LL_WITH_PHDR, LINK_NORDIC_BLE,
	LINK_LINUX_SLL2, LINK_PPP, LINK_BLUETOOTH_HCI_H4, LINK_LOOP };

enum { FEW = 16 };

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

static void
take_presence(void *state, const struct presence *p)
{
	unsigned *sum = state;

	if (p->last < p->first)
		abort();
	*sum += (unsigned)p->first;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	unsigned sum = 0;
	struct fact_sink facts = { .take = take, .state = &sum };
	struct presence_sink presences = { take_presence, &sum };
	struct decode_options few = { .max_addresses = FEW,
		.max_flows = FEW,
		.max_fragments = 2 };
	struct cursor c = cur_over(bytes, len);
	struct frame f = {
		.link = links[cur_u8(&c) % (sizeof links / sizeof *links)],
	};
	struct decode *d = decode_new(&few);

	while (cur_left(&c) > 2) {
		uint16_t length = cur_u16(&c);
		size_t n = length & 0x7fff, left = cur_left(&c);
		f.bytes = cur_take(&c, n < left ? n : left);
		f.length = (uint32_t)cur_left(&f.bytes) + (length >> 15);
		f.number++;
		f.time += SECOND;
		decode_frame(d, &f, &facts, &presences);
	}
	decode_finish(d, &presences);
	decode_free(d);
	return 0;
}
