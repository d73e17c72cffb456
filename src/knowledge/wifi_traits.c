/* SPDX-License-Identifier: ISC */
#include "knowledge/wifi_traits.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/writer.h"

static void PRINTF_LIKE(2, 3) add(struct wifi_traits *t, const char *format, ...)
{
	char buf[WIFI_TRAIT_TEXT];
	va_list list;

	va_start(list, format);
	int n = vsnprintf(buf, sizeof buf, format, list);
	va_end(list);
	if (n <= 0 || (size_t)n >= sizeof buf || t->n == WIFI_TRAITS_MAX)
		return;
	for (size_t i = 0; i < t->n; i++)
		if (t->list[i].len == (size_t)n &&
		    memcmp(t->list[i].s, buf, (size_t)n) == 0)
			return;
	memcpy(t->list[t->n].s, buf, (size_t)n);
	t->list[t->n++].len = (size_t)n;
}

static unsigned
nibble(char c)
{
	return c >= '0' && c <= '9' ? (unsigned)(c - '0')
	    : c >= 'a' && c <= 'f'  ? (unsigned)(c - 'a') + 10
	                            : 0;
}

/* Numbers are written most significant digit first, extcap byte after byte. */
static void
add_bits(struct wifi_traits *t, char which, struct text name, struct text hex)
{
	bool bytes = text_is(name, "extcap");

	for (size_t i = 0; i < hex.len && i < 64; i++)
		for (unsigned b = 0; b < 4; b++) {
			size_t at = bytes ? i / 2 * 8 + (i % 2 == 0 ? 4 : 0)
			                  : (hex.len - 1 - i) * 4;
			if (nibble(hex.s[i]) >> b & 1)
				add(t, "%c:%.*s.%zu", which, (int)name.len, name.s,
				    at + b);
		}
}

/* name:value */
static void
add_field(struct wifi_traits *t, char which, struct text token, size_t colon)
{
	struct text name = { token.s, colon };
	struct text value = { token.s + colon + 1, token.len - colon - 1 };
	size_t letters = 0;

	if (text_is(name, "wps")) {
		while (letters < value.len && value.s[letters] > '9' &&
		    value.s[letters] != '_')
			letters++;
		add(t, "%c:wps", which);
		add(t, "%c:wps:%.*s", which, (int)letters, value.s);
		return;
	}
	if (!text_is(name, "extcap"))
		add(t, "%c:%.*s", which, (int)token.len, token.s);
	else
		add(t, "%c:extcap#%zu", which, value.len / 2);
	if (text_is(name, "txpow") && value.len == 4) {
		add(t, "%c:txpow/%.2s", which, value.s + 2);
		add(t, "%c:txpow/%.2s..", which, value.s);
	}
	if (text_is(name, "htcap") || text_is(name, "vhtcap") ||
	    text_is(name, "extcap"))
		add_bits(t, which, name, value);
}

/* Up to a comma outside brackets. */
static bool
next_token(struct text *rest, struct text *token)
{
	bool inside = false;
	size_t n = 0;

	if (rest->len == 0)
		return false;
	while (n < rest->len && (inside || rest->s[n] != ',')) {
		inside = rest->s[n] == '(' || (inside && rest->s[n] != ')');
		n++;
	}
	*token = (struct text){ rest->s, n };
	n += n < rest->len;
	rest->s += n;
	rest->len -= n;
	return true;
}

/* The value of a field of this name, "htmcs:"; of others nothing. */
static struct text
value_of(struct text token, const char *name)
{
	struct text start = text_of(name);

	if (!text_starts(token, start))
		return (struct text){ "", 0 };
	return (struct text){ token.s + start.len, token.len - start.len };
}

/* Each stream has an octet of the rates that it can: two digits. */
static unsigned
streams(struct text htmcs)
{
	unsigned n = 0;

	for (size_t i = 0; i + 1 < htmcs.len; i += 2)
		n += nibble(htmcs.s[i]) != 0 || nibble(htmcs.s[i + 1]) != 0;
	return n;
}

/* Operating mode notification, IEEE 802.11-2020 9.4.2.26: bit 62, of octet 7. */
static bool
notifies_mode(struct text extcap)
{
	return extcap.len >= 16 && (nibble(extcap.s[14]) & 4) != 0;
}

/*
 * What class of hardware the radio is, as one trait, since neither half of it tells
 * alone. At 2.4 GHz a radio of 802.11ac has no capabilities of that to announce, but
 * the notification that came with it.
 */
static void
add_radio(struct wifi_traits *t, char which, struct text half)
{
	struct text token, ht = { "", 0 };
	bool is_vht = false;

	while (next_token(&half, &token)) {
		if (value_of(token, "htmcs:").len > 0)
			ht = value_of(token, "htmcs:");
		is_vht |= value_of(token, "vhtcap:").len > 0 ||
		    notifies_mode(value_of(token, "extcap:"));
	}
	add(t, "%c:radio:%c%u", which,
	    is_vht           ? 'v'
	        : ht.len > 0 ? 'h'
	                     : '-',
	    streams(ht));
}

void
wifi_traits_add(struct wifi_traits *t, char which, struct text half)
{
	struct text token, before = { "", 0 };

	if (half.len == 0)
		return;
	add(t, "%c", which);
	add_radio(t, which, half);
	while (next_token(&half, &token)) {
		size_t colon = text_find(token, ':', 0);
		if (colon < token.len) {
			add_field(t, which, token, colon);
			continue;
		}
		add(t, "%c:%.*s", which, (int)token.len, token.s);
		add(t, "%c:%.*s>%.*s", which, (int)before.len, before.s, (int)token.len,
		    token.s);
		before = token;
	}
}

void
wifi_traits_signature(struct wifi_traits *t, struct text signature)
{
	static const char *const names[] = { "probe:", "assoc:" };
	struct text part;

	while (text_split(&signature, '|', &part))
		for (size_t i = 0; i < 2; i++) {
			struct text name = text_of(names[i]);
			if (text_starts(part, name))
				wifi_traits_add(t, names[i][0],
				    (struct text){ part.s + name.len,
				        part.len - name.len });
		}
}
