/* SPDX-License-Identifier: ISC */
#include "report/scrub.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

/* A word to replace, and the name whose pseudonym stands for it. */
struct word {
	struct text word, of;
	const char *what;
};

enum { WORD_LEAST = 2, WORD_MOST = 255 };

struct scrub {
	const struct pseudonyms *pseudonyms;
	struct word *slots;
	size_t n, cap; /* cap is a power of two */
	bool lengths[WORD_MOST + 1];
};

const char *
personal_kind(enum fact_key key, struct text value)
{
	struct addr a;

	if (addr_parse(value, &a))
		return addr_is_link(a) ? "mac" : "ip";
	switch (key) {
	case FACT_DHCP_RELAY_CIRCUIT:
	case FACT_DHCP_RELAY_REMOTE:
	case FACT_DHCP_VENDOR_OPTIONS:
	case FACT_DHCPV6_RELAY_INTERFACE:
	case FACT_DHCPV6_RELAY_REMOTE:
	case FACT_DHCPV6_VENDOR_OPTIONS:
	case FACT_RADIUS_CALLED_STATION_ID:
	case FACT_RADIUS_CALLING_STATION_ID:
	case FACT_RADIUS_SESSION:
	case FACT_MDNS_TXT:
	case FACT_IP_SERVICE:
		return "id";
	case FACT_DNS_QUERY:
		return text_find(value, '.', 0) == value.len ? "host" : NULL;
	default:
		break;
	}
	if (fact_keep(key) == KEEP_NAME)
		return "host";
	return fact_keep(key) == KEEP_ID ? "id" : NULL;
}

static bool
is_letter(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	    (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
}

static struct word *
slot(const struct scrub *s, struct text word)
{
	size_t i = hash_bytes(word.s, word.len, 0) & (s->cap - 1);

	while (s->slots[i].what != NULL && !text_equal(s->slots[i].word, word))
		i = (i + 1) & (s->cap - 1);
	return &s->slots[i];
}

static void
widen(struct scrub *s)
{
	struct word *old = s->slots;
	size_t cap = s->cap;

	s->cap = cap == 0 ? 64 : cap * 2;
	s->slots = must_alloc(s->cap, sizeof *s->slots);
	for (size_t i = 0; i < cap; i++)
		if (old[i].what != NULL)
			*slot(s, old[i].word) = old[i];
	free(old);
}

void
scrub_add(struct scrub *s, const char *what, struct text word, struct text of)
{
	if (s == NULL || word.len < WORD_LEAST || word.len > WORD_MOST)
		return;
	if (s->n * 2 >= s->cap)
		widen(s);
	struct word *w = slot(s, word);
	if (w->what != NULL)
		return;
	*w = (struct word){ word, of, what };
	s->n++;
	s->lengths[word.len] = true;
}

/* A short number is no name: "row 12" would lose its number to a person 12. */
static bool
tells_of_somebody(struct text id)
{
	bool letter = false;

	for (size_t i = 0; i < id.len; i++)
		letter = letter || !(id.s[i] >= '0' && id.s[i] <= '9');
	return letter ? id.len >= 3 : id.len >= 5;
}

void
scrub_add_person(struct scrub *s, struct text word, struct text id)
{
	struct text part;

	if (!text_equal(word, id) || tells_of_somebody(id))
		scrub_add(s, "person", word, id);
	if (text_find(word, ' ', 0) == word.len)
		return;
	while (text_split(&word, ' ', &part))
		if (part.len >= 4)
			scrub_add(s, "person", part, part);
}

bool
scrub_knows(const struct scrub *s, struct text word)
{
	return word.len >= WORD_LEAST && word.len <= WORD_MOST &&
	    slot(s, word)->what != NULL;
}

static void
add_person(struct scrub *s, const struct person *p)
{
	scrub_add_person(s, text_of(p->id), text_of(p->id));
	if (p->email != NULL)
		scrub_add_person(s, text_of(p->email), text_of(p->id));
	if (p->name != NULL)
		scrub_add_person(s, text_of(p->name), text_of(p->id));
}

struct scrub *
scrub_empty(const struct pseudonyms *key)
{
	struct scrub *s = must_alloc(1, sizeof *s);

	s->pseudonyms = key;
	widen(s);
	return s;
}

struct scrub *
scrub_new(const struct report *r)
{
	const struct people *people = r->matter->people;

	if (r->pseudonyms == NULL)
		return NULL;
	struct scrub *s = scrub_empty(r->pseudonyms);
	for (size_t i = 0; people != NULL && i < people->n_persons; i++)
		add_person(s, &people->persons[i]);
	for (size_t i = 0; people != NULL && i < people->n_custody; i++) {
		const struct custody *c = &people->custody[i];
		struct text id = text_of(c->identifier);
		/* an address is found by its form, under the pseudonym of an address */
		if (c->type != BY_MAC)
			scrub_add(s, c->type == BY_HOSTNAME ? "host" : "id", id, id);
	}
	for (size_t i = 0; i < r->verdicts->n; i++)
		if (r->verdicts->list[i].holder != NULL)
			add_person(s, r->verdicts->list[i].holder);
	return s;
}

void
scrub_free(struct scrub *s)
{
	if (s == NULL)
		return;
	free(s->slots);
	free(s);
}

/* The length of an address at the start of t, its pseudonym into w; or 0. */
static size_t
put_address(const struct scrub *s, struct writer *w, struct text t)
{
	char printed[ADDR_TEXT], buf[64];
	struct addr a;
	size_t n = 0;

	while (n < t.len && n < ADDR_TEXT && t.s[n] != '\0' &&
	    strchr("0123456789abcdefABCDEF:.-", t.s[n]) != NULL)
		n++;
	for (; n > 0 && strchr(":.-", t.s[n - 1]) != NULL; n--)
		;
	if (n < 7 || (n < t.len && is_letter(t.s[n])) ||
	    !addr_parse((struct text){ t.s, n }, &a))
		return 0;
	put(w,
	    pseudonym(s->pseudonyms, addr_is_link(a) ? "mac" : "ip",
	        text_of(addr_print(a, printed)), buf));
	return n;
}

/* The longest known word at the start of t, its pseudonym into w; or 0. */
static size_t
put_word(const struct scrub *s, struct writer *w, struct text t)
{
	char buf[64];
	size_t n = t.len < WORD_MOST ? t.len : WORD_MOST;

	for (; n >= WORD_LEAST; n--) {
		if (!s->lengths[n] || (n < t.len && is_letter(t.s[n])))
			continue;
		const struct word *found = slot(s, (struct text){ t.s, n });
		if (found->what == NULL)
			continue;
		put(w, pseudonym(s->pseudonyms, found->what, found->of, buf));
		return n;
	}
	return 0;
}

void
scrub_put(const struct scrub *s, struct writer *w, struct text t)
{
	if (s == NULL) {
		put_text(w, t);
		return;
	}
	for (size_t i = 0; i < t.len;) {
		struct text rest = { t.s + i, t.len - i };
		bool begins = i == 0 || !is_letter(t.s[i - 1]);
		size_t n = begins ? put_word(s, w, rest) : 0;
		if (n == 0 && begins)
			n = put_address(s, w, rest);
		if (n == 0) {
			put_char(w, t.s[i]);
			n = 1;
		}
		i += n;
	}
}
