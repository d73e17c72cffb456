/* SPDX-License-Identifier: ISC */
/*
 * Signatures of TCP in p0f's notation (docs/README of p0f 3, "TCP signatures"):
 * ver:ittl:olen:mss:wsize,scale:olayout:quirks:pclass. In a pattern `*` stands
 * for any field, and for either half of `wsize,scale`; several values of one
 * field stand with `|` between them. A wanted initial TTL of 64 fits `61+3` too, a
 * TTL that was seen and its distance from the initial one, which is the path's.
 */
#include "knowledge/rule.h"

static bool
one_of(struct text wanted, struct text got)
{
	struct text one;

	while (text_split(&wanted, '|', &one))
		if (text_is(one, "*") || text_equal(one, got))
			return true;
	return false;
}

static bool
ttl_fits(struct text wanted, struct text got)
{
	unsigned long long seen, away;
	struct text ttl;
	char initial[] = "255";
	size_t n = sizeof initial - 1;

	got.len = text_find(got, '-', 0);
	if (!text_split(&got, '+', &ttl))
		return false;
	if (got.s == NULL || !text_number(ttl, &seen) || !text_number(got, &away) ||
	    away == 0)
		return one_of(wanted, ttl);
	if (seen > 255 || away > 255 - seen)
		return false;
	for (seen += away; n > 0 && seen > 0; seen /= 10)
		initial[--n] = (char)('0' + seen % 10);
	return one_of(wanted, (struct text){ initial + n, sizeof initial - 1 - n });
}

static bool
window_fits(struct text wanted, struct text got)
{
	struct text want_size, want_scale, got_size, got_scale;

	if (!text_split(&wanted, ',', &want_size) || !text_split(&got, ',', &got_size))
		return false;
	if (!text_split(&wanted, ',', &want_scale))
		want_scale = text_of("*");
	if (!text_split(&got, ',', &got_scale))
		got_scale = text_of("");
	return one_of(want_size, got_size) && one_of(want_scale, got_scale);
}

/* Every quirk wanted is there; `*` alone wants none. */
static bool
quirks_fit(struct text wanted, struct text got)
{
	struct text want, have;

	if (text_is(wanted, "*"))
		return true;
	while (text_split(&wanted, ',', &want)) {
		struct text rest = got;
		bool found = false;
		while (!found && text_split(&rest, ',', &have))
			found = text_equal(want, have);
		if (!found)
			return false;
	}
	return true;
}

bool
tcp_matches(struct text pattern, struct text value)
{
	enum { VERSION_FIELD, TTL, OLEN, MSS, WINDOW, LAYOUT, QUIRKS, PAYLOAD, FIELDS };
	struct text want, got;

	for (int i = 0; i < FIELDS; i++) {
		if (!text_split(&pattern, ':', &want) || !text_split(&value, ':', &got))
			return false;
		bool fits = i == TTL ? ttl_fits(want, got)
		    : i == WINDOW    ? window_fits(want, got)
		    : i == QUIRKS    ? quirks_fit(want, got)
		                     : one_of(want, got);
		if (!fits)
			return false;
	}
	return value.s == NULL;
}
