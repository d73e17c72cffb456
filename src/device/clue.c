/* SPDX-License-Identifier: ISC */
/*
 * The clues that two addresses may have in common. Identifiers are compared without
 * regard to case; a name that a maker gives, an outer identity that names nobody,
 * and a client id that is the address itself are none.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "device/link.h"

/* What a client id of RFC 4361 begins with, and how long its IAID is. */
enum { CLIENT_ID_DUID = 0xff, IAID_DIGITS = 8, DUID_DIGITS_MIN = 12 };

bool
clue_is_strong(enum clue_kind k)
{
	return k <= CLUE_ADDRESS;
}

/*
 * Assumed, in the order of the table of re-linking clues in HACKING.md; none of them
 * was counted. An account is one person's, who may hold several devices of a kind; an
 * instance is often that of a model; a signature is shared by all devices of one.
 */
double
clue_weight(enum clue_kind k)
{
	static const double ratio[CLUE_KINDS] = {
		[CLUE_DUID] = 10000,
		[CLUE_CLIENT_ID] = 1000,
		[CLUE_DEVICE_ID] = 1000,
		[CLUE_MACHINE] = 1000,
		[CLUE_ADDRESS] = 10000,
		[CLUE_NAME] = 100,
		[CLUE_ACCOUNT] = 9,
		[CLUE_INSTANCE] = 6,
		[CLUE_SIGNATURE] = 1,
	};

	return log(ratio[k]);
}

static struct text
folded(struct linking *l, struct text t)
{
	char *s = arena_string(&l->arena, t);

	for (size_t i = 0; i < t.len; i++)
		if (s[i] >= 'A' && s[i] <= 'Z')
			s[i] = (char)(s[i] - 'A' + 'a');
	return (struct text){ s, t.len };
}

static struct text
without_end(struct text t, const char *end)
{
	struct text e = text_of(end);

	if (t.len > e.len &&
	    text_equal_word((struct text){ t.s + t.len - e.len, e.len }, e))
		t.len -= e.len;
	return t;
}

/* The hardware type of Ethernet and an address (RFC 2132, 9.14). */
static bool
is_own_address(struct text hex, struct addr mac)
{
	char own[16];
	static const char digits[] = "0123456789abcdef";

	if (hex.len != 14 || mac.kind != ADDR_MAC)
		return false;
	own[0] = '0';
	own[1] = '1';
	for (size_t i = 0; i < 6; i++) {
		own[2 + i * 2] = digits[mac.b[i] >> 4];
		own[3 + i * 2] = digits[mac.b[i] & 15];
	}
	return text_equal_word(hex, (struct text){ own, 14 });
}

static bool
client_id_clue(struct text t, struct addr mac, struct clue *c)
{
	if (t.len < 4 || is_own_address(t, mac))
		return false;
	c->kind = CLUE_CLIENT_ID;
	if (t.len >= 2 + IAID_DIGITS + DUID_DIGITS_MIN && (t.s[0] | 32) == 'f' &&
	    (t.s[1] | 32) == 'f') {
		c->kind = CLUE_DUID;
		t.s += 2 + IAID_DIGITS;
		t.len -= 2 + IAID_DIGITS;
	}
	c->text = t;
	return true;
}

/*
 * `host/NAME` and `NAME$` are machines' own accounts (Windows and Samba); an address
 * is that of MAC authentication; the rest are persons', unless they hide who it is.
 */
static bool
account_clue(struct text t, struct clue *c)
{
	struct addr a;
	size_t at = text_find(t, '@', 0);
	struct text user = { t.s, at };

	if (user.len == 0 || addr_parse(t, &a) || text_is_word(user, "anonymous") ||
	    text_is_word(user, "anon") || text_is_word(user, "guest"))
		return false;
	bool host = t.len > 5 && text_is_word((struct text){ t.s, 5 }, "host/");
	c->kind = host || user.s[user.len - 1] == '$' ? CLUE_MACHINE : CLUE_ACCOUNT;
	c->text = t;
	return true;
}

static bool
name_clue(struct text t, enum clue_kind kind, struct clue *c)
{
	t = without_end(without_end(text_trim(t), "."), ".local");
	c->kind = kind;
	c->text = t;
	return t.len >= 2;
}

static bool
clue_of(const struct value *v, struct addr mac, struct clue *c)
{
	enum fact_key key = (enum fact_key)v->key;
	struct text t = { v->s, v->len };

	c->key = key;
	c->value = t;
	switch (key) {
	case FACT_DHCPV6_DUID:
		c->kind = CLUE_DUID;
		c->text = t;
		return t.len >= DUID_DIGITS_MIN;
	case FACT_DHCP_CLIENT_ID:
		return client_id_clue(t, mac, c);
	case FACT_MDNS_DEVICE_ID:
		c->kind = CLUE_DEVICE_ID;
		c->text = t;
		return t.len >= 8;
	case FACT_RADIUS_USER_NAME:
	case FACT_EAP_IDENTITY:
		return account_clue(t, c);
	case FACT_WIFI_SIGNATURE:
		c->kind = CLUE_SIGNATURE;
		c->text = t;
		return true;
	case FACT_MDNS_INSTANCE:
		return !v->is_default && name_clue(t, CLUE_INSTANCE, c);
	default:
		return fact_keep(key) == KEEP_NAME && !v->is_default &&
		    name_clue(t, CLUE_NAME, c);
	}
}

static int
clue_order(const void *left, const void *right)
{
	const struct clue *a = left, *b = right;
	size_t n = a->text.len < b->text.len ? a->text.len : b->text.len;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int order = n > 0 ? memcmp(a->text.s, b->text.s, n) : 0;
	if (order == 0)
		order = (a->text.len > b->text.len) - (a->text.len < b->text.len);
	if (order == 0)
		order = (a->group > b->group) - (a->group < b->group);
	if (order == 0)
		order = (a->key > b->key) - (a->key < b->key);
	return order != 0 ? order : (a->first > b->first) - (a->first < b->first);
}

static void
add(struct linking *l, const struct clue *c, size_t *cap)
{
	if (l->n_clues == *cap) {
		*cap = *cap > 0 ? *cap * 2 : 256;
		l->clues = must_grow(l->clues, *cap, sizeof *l->clues);
	}
	l->clues[l->n_clues] = *c;
	l->clues[l->n_clues++].text = folded(l, c->text);
}

/* Whether some device is known by this IP address alone, at all times. */
static bool
is_behind(const struct register_ *r, struct addr ip)
{
	size_t low = 0, high = r->n_groups;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct group *g = &r->groups[middle];
		int order = addr_order(g->address, ip);
		if (order == 0)
			return g->from == TIME_NONE && g->until == INT64_MAX;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

/*
 * An IP address behind a router is the MAC's that leased it, when no other ever did:
 * the lease was relayed, and the traffic came by the router.
 */
static void
add_leases(struct linking *l, uint32_t g, size_t *cap)
{
	const struct register_ *r = l->r;
	const struct group *group = &r->groups[g];

	for (uint32_t m = 0; m < group->n; m++) {
		const struct endpoint *e = endpoint_at(r, r->members[group->start + m]);
		bool behind = group->address.kind != ADDR_MAC;
		if (e->ip.kind == ADDR_NONE || (!behind && !e->bound) ||
		    !is_behind(r, e->ip))
			continue;
		struct clue c = { .kind = CLUE_ADDRESS,
			.key = FACT_DHCP_ADDRESS,
			.text = { (const char *)&e->ip, sizeof e->ip },
			.group = g,
			.first = e->first,
			.last = e->last };
		add(l, &c, cap);
		l->clues[l->n_clues - 1].text = arena_text(&l->arena, c.text);
	}
}

static void
drop_repetitions(struct linking *l)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->n_clues; i++) {
		struct clue *c = &l->clues[i],
		            *last = kept > 0 ? &l->clues[kept - 1] : NULL;
		if (last != NULL && last->kind == c->kind && last->group == c->group &&
		    text_equal(last->text, c->text)) {
			last->first = c->first < last->first ? c->first : last->first;
			last->last = c->last > last->last ? c->last : last->last;
		} else {
			l->clues[kept++] = *c;
		}
	}
	l->n_clues = kept;
}

static void
index_runs(struct linking *l)
{
	l->runs = arena_take(&l->arena, (l->n_clues + 1) * sizeof *l->runs);
	l->run_of = arena_take(&l->arena, (l->n_clues + 1) * sizeof *l->run_of);
	for (uint32_t i = 0; i < l->n_clues; i++) {
		const struct clue *c = &l->clues[i], *last = i > 0 ? c - 1 : NULL;
		if (last == NULL || last->kind != c->kind ||
		    !text_equal(last->text, c->text))
			l->runs[l->n_runs++] = (struct clue_run){ .start = i };
		l->run_of[i] = (uint32_t)(l->n_runs - 1);
		l->runs[l->n_runs - 1].n++;
	}
}

static void
index_groups(struct linking *l)
{
	uint32_t at = 0;

	for (size_t i = 0; i < l->n_clues; i++)
		l->groups[l->clues[i].group].n_clues++;
	for (size_t g = 0; g < l->r->n_groups; g++) {
		l->groups[g].clues = at;
		at += l->groups[g].n_clues;
		l->groups[g].n_clues = 0;
	}
	l->by_group = arena_take(&l->arena, (at + 1) * sizeof *l->by_group);
	for (uint32_t i = 0; i < l->n_clues; i++) {
		struct linked *g = &l->groups[l->clues[i].group];
		l->by_group[g->clues + g->n_clues++] = i;
	}
}

/* What an endpoint of the group gave. */
static void
add_given(struct linking *l, uint32_t g, const struct endpoint *e, size_t *cap)
{
	const struct register_ *r = l->r;

	for (uint32_t i = e->items; i != NOBODY; i = item_at(r, i)->next) {
		const struct item *item = item_at(r, i);
		int64_t first = sight_at(r, item->sight)->time;
		struct clue c;
		if (first >= r->groups[g].until || item->last < r->groups[g].from ||
		    !clue_of(value_at(r, item->value), e->mac, &c))
			continue;
		c.group = g;
		c.first = first;
		c.last = item->last;
		add(l, &c, cap);
	}
}

void
clues_gather(struct linking *l)
{
	const struct register_ *r = l->r;
	/* Groups are sorted: those without a MAC are the last. */
	bool any_behind = r->n_groups > 0 &&
	    r->groups[r->n_groups - 1].address.kind != ADDR_MAC;
	size_t cap = 0;

	for (uint32_t g = 0; g < r->n_groups; g++) {
		const struct group *group = &r->groups[g];
		for (uint32_t m = 0; m < group->n; m++)
			add_given(l, g, endpoint_at(r, r->members[group->start + m]),
			    &cap);
		if (any_behind)
			add_leases(l, g, &cap);
	}
	if (l->n_clues > 1)
		qsort(l->clues, l->n_clues, sizeof *l->clues, clue_order);
	drop_repetitions(l);
	index_runs(l);
	index_groups(l);
}
