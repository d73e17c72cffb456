/* SPDX-License-Identifier: ISC */
#include "device/hidden.h"

static const struct {
	const char *word, *about;
} ways[HIDDEN_WAYS] = {
	[HIDDEN_DOH] = { "doh", "DNS over HTTPS" },
	[HIDDEN_DOT] = { "dot", "DNS over TLS" },
	[HIDDEN_DOQ] = { "doq", "DNS over QUIC" },
	[HIDDEN_ECH] = { "ech", "encrypted hellos" },
	[HIDDEN_RELAY] = { "relay", "iCloud Private Relay" },
};

const char *
hidden_word(enum hidden way)
{
	return ways[way].word;
}

const char *
hidden_about(enum hidden way)
{
	return ways[way].about;
}

static unsigned
claim_hides(const struct claim *c)
{
	unsigned hides = 0;

	for (size_t i = 0; i < c->n && c->attribute == ATTR_HIDDEN; i++)
		for (unsigned way = 0; way < HIDDEN_WAYS; way++)
			if (text_is(c->values[i], ways[way].word))
				hides |= 1U << way;
	return hides;
}

unsigned
device_hides(const struct device *d)
{
	unsigned hides = 0;

	for (size_t i = 0; i < d->n_evidence; i++) {
		const struct evidence *e = &d->evidence[i];
		for (size_t j = 0; j < e->n_rows; j++)
			for (size_t c = 0; c < e->rows[j]->n_claims; c++)
				hides |= claim_hides(&e->rows[j]->claims[c]);
	}
	return hides;
}
