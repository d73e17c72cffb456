/* SPDX-License-Identifier: ISC */
#include "device/line.h"

#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/time.h"
#include "device/hidden.h"

enum { SHOWN = 40 };

void
line_begin(struct line *l)
{
	members_free(&l->device.belief);
	l->device = (struct device){ .first_seen = TIME_NONE, .last_seen = TIME_NONE };
	l->mac = l->ip = (struct addr){ .kind = ADDR_NONE };
}

static int
address_field(struct line *l, struct text key, struct text value, struct err *err)
{
	bool mac = text_is(key, "mac");
	struct addr *a = mac ? &l->mac : &l->ip;

	if (!addr_parse(value, a) || (a->kind == ADDR_MAC) != mac)
		return err_set(err, "'%.*s' is no %s address",
		    (int)(value.len < SHOWN ? value.len : SHOWN), value.s,
		    mac ? "MAC" : "IP");
	return 0;
}

int
line_field(struct line *l, struct text field, struct err *err)
{
	size_t equal = text_find(field, '=', 0);
	struct text key = { field.s, equal };
	int shown = (int)(key.len < SHOWN ? key.len : SHOWN);

	if (equal == field.len)
		return err_set(err, "'%.*s' is not key=value", shown, key.s);
	struct text value = { field.s + equal + 1, field.len - equal - 1 };
	if (text_is(key, "mac") || text_is(key, "ip"))
		return address_field(l, key, value, err);
	enum fact_key fact = fact_find(key);
	if (fact == FACT_NONE) {
		const char *near = fact_nearest(key);
		return err_set(err, "no fact is called '%.*s'%s%s%s", shown, key.s,
		    near != NULL ? ": do you mean '" : "", near != NULL ? near : "",
		    near != NULL ? "'?" : "");
	}
	if (value.len == 0)
		return err_set(err, "%s has no value", fact_name(fact));
	if (l->device.n_evidence == LINE_FACTS)
		return err_set(err, "more than %d facts", LINE_FACTS);
	l->evidence[l->device.n_evidence++] = (struct evidence){ .key = fact,
		.value = value,
		.first = TIME_NONE,
		.last = TIME_NONE,
		.count = 1 };
	return 0;
}

/* Undoes \t, \n, \\ in place; false on another escape. */
static bool
unescape(char *s, size_t n, size_t *out)
{
	const char *backslash = n > 0 ? memchr(s, '\\', n) : NULL;
	size_t to = backslash == NULL ? n : (size_t)(backslash - s);

	for (size_t from = to; from < n; from++) {
		char c = s[from];
		if (c == '\\') {
			if (++from == n)
				return false;
			c = s[from] == 't' ? '\t' : s[from] == 'n' ? '\n' : s[from];
			if (c == s[from] && c != '\\')
				return false;
		}
		s[to++] = c;
	}
	*out = to;
	return true;
}

int
line_read(struct line *l, char *s, size_t n, struct err *err)
{
	size_t at = 0, len;

	line_begin(l);
	while (at <= n) {
		const char *tab = at < n ? memchr(s + at, '\t', n - at) : NULL;
		size_t end = tab == NULL ? n : (size_t)(tab - s);
		if (!unescape(s + at, end - at, &len))
			return err_set(err,
			    "a backslash stands before neither t, n "
			    "nor another");
		if (line_field(l, (struct text){ s + at, len }, err) != 0)
			return -1;
		at = end + 1;
	}
	return 0;
}

static int
evidence_order(const void *left, const void *right)
{
	const struct evidence *a = left, *b = right;
	size_t n = a->value.len < b->value.len ? a->value.len : b->value.len;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	int order = memcmp(a->value.s, b->value.s, n);
	return order != 0
	    ? order
	    : (a->value.len > b->value.len) - (a->value.len < b->value.len);
}

/* Derived from the address, or where there is none from all that is told. */
static void
name(struct line *l, size_t n)
{
	char hex[SHA256_TEXT], address[ADDR_TEXT + 2];
	struct addr a = l->mac.kind != ADDR_NONE ? l->mac : l->ip;

	if (a.kind != ADDR_NONE) {
		address[0] = a.kind == ADDR_MAC ? 'm' : 'i';
		address[1] = ':';
		(void)addr_print(a, address + 2);
		sha256_hex(address, strlen(address), hex);
	} else {
		struct sha256 *sum = sha256_new();
		for (size_t i = 0; i < n; i++) {
			const struct evidence *e = &l->evidence[i];
			sha256_add(sum, fact_name(e->key), strlen(fact_name(e->key)));
			sha256_add(sum, "=", 1);
			sha256_add(sum, e->value.s, e->value.len);
			sha256_add(sum, "\n", 1);
		}
		sha256_take(sum, hex);
		sha256_free(sum);
	}
	memcpy(l->device.id, "d-", 2);
	memcpy(l->device.id + 2, hex, 16);
	l->device.id[18] = '\0';
}

static void
bound_address(struct line *l, const struct evidence *e)
{
	struct addr a;

	if (fact_keep(e->key) == KEEP_BIND && l->ip.kind == ADDR_NONE &&
	    addr_parse(e->value, &a) && a.kind != ADDR_MAC)
		l->ip = a;
}

void
line_settle(struct line *l, struct knowledge *k)
{
	struct device *d = &l->device;
	struct heard *list = l->heard;
	const struct row *of_mac[MATCHES_MAX];
	size_t n = d->n_evidence, kept = 0, found = 0, n_p;

	if (n > 1)
		qsort(l->evidence, n, sizeof *l->evidence, evidence_order);
	for (size_t i = 0; i < n; i++)
		bound_address(l, &l->evidence[i]);
	name(l, n);
	for (size_t i = 0; i < n; i++) {
		struct evidence e = l->evidence[i];
		enum fact_keep keep = fact_keep(e.key);
		e.n_rows = (uint16_t)knowledge_match(k, e.key, e.value, l->rows[kept]);
		e.rows = l->rows[kept];
		bool plain = false;
		for (size_t r = 0; r < e.n_rows && keep == KEEP_NAME; r++)
			plain |= e.rows[r]->is_default;
		if (keep == KEEP_NAME || keep == KEEP_ID)
			l->labels[d->n_labels++] = (struct label){ e.key, e.value,
				e.first, e.last, plain };
		for (size_t r = 0; r < e.n_rows; r++)
			list[found++] = (struct heard){ .row = e.rows[r],
				.first = TIME_NONE,
				.last = TIME_NONE,
				.key = e.key,
				.value = e.value };
		if (e.n_rows > 0)
			l->evidence[kept++] = e;
	}
	if (l->mac.kind == ADDR_MAC)
		for (size_t i = knowledge_match_mac(k, l->mac, of_mac); i > 0; i--)
			list[found++] = (struct heard){ .row = of_mac[i - 1],
				.first = TIME_NONE,
				.last = TIME_NONE };
	if (l->p == NULL) {
		(void)knowledge_hypotheses(k, &n_p);
		l->p = must_alloc(n_p, sizeof *l->p);
	}
	belief_of_heard(k, list, found, l->p, &d->belief);
	d->evidence = l->evidence;
	d->n_evidence = kept;
	d->hides = 0;
	for (size_t i = 0; i < kept; i++)
		d->hides |= rows_hide(l->evidence[i].rows, l->evidence[i].n_rows);
	d->labels = l->labels;
	d->macs = &l->mac;
	d->n_macs = l->mac.kind != ADDR_NONE;
	d->ips = &l->ip;
	d->n_ips = l->ip.kind != ADDR_NONE;
}

void
line_free(struct line *l)
{
	members_free(&l->device.belief);
	free(l->p);
	l->p = NULL;
}
