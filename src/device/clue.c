/* SPDX-License-Identifier: ISC */
/*
 * The clues that two addresses may have in common. Identifiers are compared without
 * regard to case; a name that a maker gives, an outer identity that names nobody,
 * and a client id that is the address itself are none.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/time.h"
#include "base/unset.h"
#include "device/link.h"

/* What a client id of RFC 4361 begins with, and how long its IAID is. */
enum { CLIENT_ID_DUID = 0xff, IAID_DIGITS = 8, DUID_DIGITS_MIN = 12, SERIAL_MIN = 8 };

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

/*
 * A UUID of the form of RFC 9562, sections 4.1 and 4.2, with its dashes or without:
 * what is made up for an example, and left in a product, seldom has that.
 */
static bool
uuid_clue(struct text t, struct clue *c)
{
	static const struct text prefix = { "uuid:", 5 };
	size_t dashes = 0, digits = 0;

	if (text_starts(t, prefix))
		t = (struct text){ t.s + prefix.len, t.len - prefix.len };
	for (size_t i = 0; i < t.len; i++) {
		dashes += t.s[i] == '-';
		digits += hex_value(t.s[i]) >= 0;
	}
	if (digits != 32 || (dashes != 0 && dashes != 4) || t.len != digits + dashes)
		return false;
	int version = hex_value(t.s[dashes > 0 ? 14 : 12]);
	int variant = hex_value(t.s[dashes > 0 ? 19 : 16]);
	c->kind = CLUE_DEVICE_ID;
	c->text = t;
	return version >= 1 && version <= 8 && variant >= 8 && variant <= 11;
}

/* A serial number in one word, but for one that is a single digit over and over. */
static bool
serial_clue(struct text t, struct clue *c)
{
	bool number = false, varies = false;

	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] <= ' ')
			return false;
		number |= is_digit(t.s[i]);
		varies |= t.s[i] != t.s[0];
	}
	c->kind = CLUE_DEVICE_ID;
	c->text = t;
	return number && varies && t.len >= SERIAL_MIN;
}

/* Type and serial number; a check digit or the software's number follows (3GPP
 * TS 23.003 6.2). */
static bool
imei_clue(struct text t, struct clue *c)
{
	enum { EQUIPMENT = 14 };

	if (t.len < EQUIPMENT || !serial_clue(t, c))
		return false;
	c->text.len = EQUIPMENT;
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

/*
 * Who wants such a name asks first whether another has it, and who has it says so
 * (RFC 6762 8 and 9, RFC 4795 4, RFC 1001 15.1): two that keep it at one time are
 * two interfaces of one host, as far as their link goes.
 */
static bool
is_defended(enum fact_key key)
{
	return key == FACT_MDNS_NAME || key == FACT_LLMNR_NAME || key == FACT_NBNS_NAME;
}

static bool
clue_of(const struct value *v, struct addr mac, struct clue *c)
{
	enum fact_key key = (enum fact_key)v->key;
	struct text t = { v->s, v->len };

	*c = (struct clue){ .key = key, .value = t };
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
	case FACT_WSD_ENDPOINT: /* the same on all interfaces (DPWS 1.1, R0005) */
	case FACT_SSDP_UUID:    /* the same over time (UPnP Device Architecture 2.0) */
	case FACT_UPNP_UDN:
	case FACT_WIFI_WPS_UUID:
		return uuid_clue(t, c);
	case FACT_RADIUS_DEVICE_SERIAL:
	case FACT_INVENTORY_SERIAL:
	case FACT_LLDP_MED_SERIAL:
	case FACT_SADP_SERIAL:
	case FACT_DHIP_SERIAL:
		return serial_clue(t, c);
	case FACT_RADIUS_DEVICE_IMEI:
	case FACT_INVENTORY_IMEI:
		return imei_clue(t, c);
	case FACT_RADIUS_CHARGEABLE_USER_IDENTITY: /* of the user (RFC 4372) */
		c->kind = CLUE_ACCOUNT;
		c->text = t;
		return t.len > 1;
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
		c->is_defended = is_defended(key);
		return fact_keep(key) == KEEP_NAME && !v->is_default &&
		    name_clue(t, CLUE_NAME, c);
	}
}

static int
words_order(struct text a, struct text b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n > 0 ? memcmp(a.s, b.s, n) : 0;

	return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

static int
clue_order(const void *left, const void *right)
{
	const struct clue *a = left, *b = right;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	int order = words_order(a->text, b->text);
	if (order == 0)
		order = (a->group > b->group) - (a->group < b->group);
	if (order == 0)
		order = (a->key > b->key) - (a->key < b->key);
	if (order == 0)
		order = (a->first > b->first) - (a->first < b->first);
	return order != 0 ? order : words_order(a->value, b->value);
}

static void
add(struct linking *l, const struct clue *c)
{
	if (l->n_clues == l->cap_clues) {
		l->cap_clues = l->cap_clues > 0 ? l->cap_clues * 2 : 256;
		l->clues = must_grow(l->clues, l->cap_clues, sizeof *l->clues);
	}
	l->clues[l->n_clues] = *c;
	l->clues[l->n_clues++].text = folded(l, c->text);
}

/* The first of those that are known by this IP address alone, each at its time. */
static uint32_t
first_behind(const struct register_ *r, struct addr ip)
{
	size_t low = 0, high = r->n_groups;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (addr_order(r->groups[middle].address, ip) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

/* That the group had the address, or leased it, in the time of who is known by it. */
static void
add_lease(struct linking *l, uint32_t g, const struct endpoint *e, uint32_t who)
{
	const struct group *w = &l->r->groups[who];
	char text[sizeof e->ip + sizeof who];
	struct clue c = { .kind = CLUE_ADDRESS,
		.key = FACT_DHCP_ADDRESS,
		.text = { text, sizeof text },
		.group = g,
		.first = e->first,
		.last = e->last };

	if (e->first >= w->until || e->last < w->from)
		return;
	memcpy(text, &e->ip, sizeof e->ip);
	memcpy(text + sizeof e->ip, &who, sizeof who);
	add(l, &c);
	l->clues[l->n_clues - 1].text = arena_text(&l->arena, c.text);
}

/*
 * An IP address behind a router is the MAC's that leased it, when no other did at that
 * time: the lease was relayed, and the traffic came by the router.
 */
static void
add_leases(struct linking *l, uint32_t g)
{
	const struct register_ *r = l->r;
	const struct group *group = &r->groups[g];
	bool behind = group->address.kind != ADDR_MAC;

	for (uint32_t m = 0; m < group->n; m++) {
		const struct endpoint *e = endpoint_at(r, r->members[group->start + m]);
		if (e->ip.kind == ADDR_NONE || (!behind && !e->bound))
			continue;
		if (behind) {
			add_lease(l, g, e, g);
			continue;
		}
		for (uint32_t who = first_behind(r, e->ip);
		     who < r->n_groups && addr_equal(r->groups[who].address, e->ip);
		     who++)
			add_lease(l, g, e, who);
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
			last->is_defended |= c->is_defended;
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
			l->runs[l->n_runs++] = (struct clue_run){ .start = i,
				.first = c->first,
				.last = c->last };
		struct clue_run *run = &l->runs[l->n_runs - 1];
		l->run_of[i] = (uint32_t)(l->n_runs - 1);
		run->n++;
		run->first = c->first < run->first ? c->first : run->first;
		run->last = c->last > run->last ? c->last : run->last;
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

/*
 * Most clues are given by one group alone, and link nothing. So all of them are first
 * looked at as hashes, and only a group that shares a hash with another is gathered.
 * Items are walked as they were learnt: so their values and what these say lie side by
 * side, while those of one group are spread all over memory.
 */
struct hint {
	uint32_t group, item, hash;
};

/* What is of an address that changed hands comes last, with when its group said it. */
struct hints {
	struct hint *list;
	size_t n, cap, n_items;
	struct saying *said;
	size_t n_said, cap_said;
};

static uint32_t
clue_hash(const struct linking *l, const struct clue *c)
{
	char few[256] UNSET;
	size_t n = c->text.len < sizeof few ? c->text.len : sizeof few;

	for (size_t i = 0; i < n; i++) {
		char b = c->text.s[i];
		few[i] = b >= 'A' && b <= 'Z' ? (char)(b - 'A' + 'a') : b;
	}
	return (uint32_t)hash_bytes(few, n, l->r->seed ^ c->kind);
}

static bool
clue_of_item(const struct register_ *r, uint32_t i, struct clue *c)
{
	const struct item *item = item_at(r, i);

	if (!clue_of(value_at(r, item->value), endpoint_at(r, item->endpoint)->mac, c))
		return false;
	c->first = sight_at(r, item->sight)->time;
	c->last = item->last;
	return true;
}

/* Of each endpoint the group, or the first of the parts of one. */
static uint32_t *
groups_by_endpoint(const struct register_ *r)
{
	uint32_t *of = must_alloc(r->endpoints.n, sizeof *of);

	memset(of, 0xff, r->endpoints.n * sizeof *of);
	for (uint32_t g = (uint32_t)r->n_groups; g-- > 0;)
		for (uint32_t m = 0; m < r->groups[g].n; m++)
			of[r->members[r->groups[g].start + m]] = g;
	return of;
}

static void
hint_add(struct hints *h, uint32_t group, uint32_t item, uint32_t hash)
{
	if (h->n == h->cap) {
		h->cap = h->cap > 0 ? h->cap * 2 : 1024;
		h->list = must_grow(h->list, h->cap, sizeof *h->list);
	}
	h->list[h->n++] = (struct hint){ group, item, hash };
}

/* Parts of an address that changed hands have the same endpoints. */
static bool
is_part(const struct group *g)
{
	return g->from != TIME_NONE || g->until != INT64_MAX;
}

static void
hints_of_part(const struct linking *l, uint32_t g, struct hints *h)
{
	struct saying few[FEW_SAYINGS], *said;
	struct clue c;
	size_t n;

	said = group_sayings(l->r, &l->r->groups[g], few, &n);
	for (size_t i = 0; i < n; i++) {
		if (!clue_of_item(l->r, said[i].item, &c))
			continue;
		hint_add(h, g, said[i].item, clue_hash(l, &c));
		if (h->n_said == h->cap_said) {
			h->cap_said = h->cap_said > 0 ? h->cap_said * 2 : 64;
			h->said = must_grow(h->said, h->cap_said, sizeof *h->said);
		}
		h->said[h->n_said++] = said[i];
	}
	if (said != few)
		free(said);
}

static void
hints_gather(const struct linking *l, struct hints *h)
{
	const struct register_ *r = l->r;
	uint32_t *of = groups_by_endpoint(r);
	struct clue c;

	for (uint32_t i = 0; i < r->items.n; i++) {
		const struct item *item = item_at(r, i);
		uint32_t g = item->endpoint == NOBODY ? NOBODY : of[item->endpoint];
		if (g != NOBODY && !is_part(&r->groups[g]) && clue_of_item(r, i, &c))
			hint_add(h, g, i, clue_hash(l, &c));
	}
	free(of);
	h->n_items = h->n;
	for (uint32_t g = 0; g < r->n_groups; g++)
		if (is_part(&r->groups[g]))
			hints_of_part(l, g, h);
}

/* Marks the groups that gave what another gave before, and those others. */
static void
hints_compare(const struct hints *h, bool *shares)
{
	struct slots who = { 0 }; /* by hash: the group that gave it first */

	slots_reserve(&who, h->n);
	for (size_t i = 0; i < h->n; i++) {
		const struct hint *hint = &h->list[i];
		size_t at;
		if (i + 16 < h->n)
			slots_expect(&who, h->list[i + 16].hash);
		uint32_t first = slots_first(&who, hint->hash, &at);
		if (first == SLOT_NONE)
			slots_add(&who, hint->hash, hint->group);
		else if (first != hint->group)
			shares[first] = shares[hint->group] = true;
	}
	slots_free(&who);
}

/* The clues of each group that has one of them in common with another, or of all. */
static void
hints_take(struct linking *l, const struct hints *h, bool all)
{
	bool *shares = must_alloc(l->r->n_groups, sizeof *shares);
	struct clue c;

	if (!all)
		hints_compare(h, shares);
	for (size_t i = 0; i < h->n; i++) {
		const struct hint *hint = &h->list[i];
		if ((!all && !shares[hint->group]) ||
		    !clue_of_item(l->r, hint->item, &c))
			continue;
		c.group = hint->group;
		if (i >= h->n_items) {
			c.first = h->said[i - h->n_items].first;
			c.last = h->said[i - h->n_items].last;
		}
		add(l, &c);
	}
	free(shares);
}

void
clues_gather(struct linking *l)
{
	const struct register_ *r = l->r;
	/* Groups are sorted: those without a MAC are the last. */
	bool any_behind = r->n_groups > 0 &&
	    r->groups[r->n_groups - 1].address.kind != ADDR_MAC;
	struct hints h = { .list = NULL };

	for (uint32_t g = 0; any_behind && g < r->n_groups; g++)
		add_leases(l, g);
	hints_gather(l, &h);
	/* Any may share a lease with an address behind a router. */
	hints_take(l, &h, any_behind);
	free(h.list);
	free(h.said);
	if (l->n_clues > 1)
		qsort(l->clues, l->n_clues, sizeof *l->clues, clue_order);
	drop_repetitions(l);
	index_runs(l);
	index_groups(l);
}
