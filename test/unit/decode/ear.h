/* SPDX-License-Identifier: ISC */
#ifndef TEST_UNIT_DECODE_EAR_H
#define TEST_UNIT_DECODE_EAR_H

#include <string.h>

#include "test.h"
#include "unit/decode/wire.h"

/* What the walk said last, and how often it spoke. */
struct heard {
	unsigned facts, presences;
	enum fact_key key;
	char value[128], subject[ADDR_TEXT], mac[ADDR_TEXT];
	uint16_t vlan;
};

static inline void
hear_fact(void *state, const struct fact *f)
{
	struct heard *h = state;
	size_t n = f->value.len < sizeof h->value - 1 ? f->value.len
	                                              : sizeof h->value - 1;

	h->facts++;
	h->key = f->key;
	h->vlan = f->seen->vlan;
	memcpy(h->value, f->value.s, n);
	h->value[n] = '\0';
	(void)addr_print(f->subject, h->subject);
	(void)addr_print(f->seen->src_mac, h->mac);
}

static inline void
hear_presence(void *state, const struct presence *p)
{
	struct heard *h = state;

	(void)p;
	h->presences++;
}

struct ear {
	struct decode *d;
	struct heard heard;
	uint64_t frames;
};

static inline struct ear
ear_new(void)
{
	static const struct decode_options options = { .max_addresses = 4096,
		.max_flows = 1024 };

	return (struct ear){ .d = decode_new(&options) };
}

static inline void
ear_hear(struct ear *e, uint32_t link, const struct writer *w)
{
	struct fact_sink out = { .take = hear_fact, .state = &e->heard };
	struct presence_sink was = { hear_presence, &e->heard };
	struct frame f = { .bytes = cur_over(w->buf, w->len),
		.length = (uint32_t)w->len,
		.link = link,
		.number = ++e->frames };

	decode_frame(e->d, &f, &out, &was);
}

#endif
