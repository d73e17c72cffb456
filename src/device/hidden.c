/* SPDX-License-Identifier: ISC */
#include "device/hidden.h"

#include <string.h>

#include "device/register.h"

static const struct {
	const char *word, *about;
} ways[HIDDEN_WAYS] = {
	[HIDDEN_DOH] = { "doh", "DNS over HTTPS" },
	[HIDDEN_DOT] = { "dot", "DNS over TLS" },
	[HIDDEN_DOQ] = { "doq", "DNS over QUIC" },
	[HIDDEN_ECH] = { "ech", "encrypted hellos" },
	[HIDDEN_RELAY] = { "relay", "iCloud Private Relay" },
	[HIDDEN_VPN] = { "vpn", "VPN tunnels" },
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
rows_hide(const struct row *const *rows, size_t n)
{
	unsigned hides = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t c = 0; c < rows[i]->n_claims; c++)
			hides |= claim_hides(&rows[i]->claims[c]);
	return hides;
}

size_t
register_hiding(const struct register_ *r, size_t of[HIDDEN_WAYS])
{
	size_t any = 0;

	memset(of, 0, HIDDEN_WAYS * sizeof *of);
	for (size_t i = 0; i < r->n_groups; i++) {
		const struct group *g = &r->groups[i];
		unsigned hides = 0;
		for (uint32_t m = 0; m < g->n; m++)
			hides |= endpoint_at(r, r->members[g->start + m])->hides;
		any += hides != 0;
		for (unsigned way = 0; way < HIDDEN_WAYS; way++)
			of[way] += hides >> way & 1;
	}
	return any;
}

/* Core Specification, volume 6 part B 1.3.2: private are those that begin with 0. */
static bool
is_passing(const struct endpoint *e)
{
	return e->mac.kind == ADDR_BLE && (e->mac.b[0] & 0x80) == 0;
}

size_t
register_passing(const struct register_ *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_groups; i++) {
		const struct group *g = &r->groups[i];
		bool passing = true;
		for (uint32_t m = 0; m < g->n && passing; m++)
			passing = is_passing(endpoint_at(r, r->members[g->start + m]));
		n += passing;
	}
	return n;
}
