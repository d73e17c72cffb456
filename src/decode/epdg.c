/* SPDX-License-Identifier: ISC */
#include "decode/epdg.h"

#include <stdlib.h>

#include "base/err.h"
#include "decode/dnsname.h"

enum { MOST = 256, ANSWERS_MAX = 64, TYPE_A = 1, TYPE_AAAA = 28 };

struct epdgs {
	size_t n, next;
	struct addr at[MOST];
};

struct epdgs *
epdgs_new(void)
{
	return must_alloc(1, sizeof(struct epdgs));
}

void
epdgs_free(struct epdgs *e)
{
	free(e);
}

bool
epdg_is(const struct epdgs *e, struct addr a)
{
	for (size_t i = 0; e != NULL && i < e->n; i++)
		if (addr_equal(e->at[i], a))
			return true;
	return false;
}

static void
keep(struct epdgs *e, struct addr a)
{
	if (epdg_is(e, a))
		return;
	e->at[e->next] = a;
	e->next = (e->next + 1) % MOST;
	e->n += e->n < MOST;
}

/* …epdg.epc.…: operators have names of their own behind it as well. */
static bool
asks_for_gateway(struct cursor c)
{
	bool before = false;

	while (cur_left(&c) > 0) {
		struct text label = text_from(cur_block8(&c));
		if (label.len == 0 || label.len > 63)
			return false;
		if (before && text_is_word(label, "epc"))
			return true;
		before = text_is_word(label, "epdg");
	}
	return false;
}

void
epdg_learn(struct epdgs *e, struct cursor message)
{
	struct cursor c = message;
	struct dns_name name;

	cur_skip(&c, 4); /* id, flags */
	uint16_t questions = cur_u16(&c), answers = cur_u16(&c);
	cur_skip(&c, 2 * 2);
	if (e == NULL || questions != 1 || !asks_for_gateway(c) ||
	    !dns_name_read(&c, message, &name))
		return;
	cur_skip(&c, 2 + 2);
	for (unsigned i = 0; i < answers && i < ANSWERS_MAX; i++) {
		if (!dns_name_read(&c, message, &name))
			return;
		uint16_t type = cur_u16(&c);
		cur_skip(&c, 2 + 4); /* class, time to live */
		struct cursor data = cur_block16(&c);
		if (type == TYPE_A && cur_left(&data) == 4)
			keep(e, addr_read(&data, ADDR_IP4));
		else if (type == TYPE_AAAA && cur_left(&data) == 16)
			keep(e, addr_read(&data, ADDR_IP6));
	}
}
