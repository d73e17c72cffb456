/* SPDX-License-Identifier: ISC */
/* How a person, a phone or an excuse is found among a hundred thousand. */
#include "people/index.h"

#include "base/hash.h"

void
map_new(struct arena *arena, struct map *m, size_t most)
{
	m->size = 16;
	while (m->size / 2 < most)
		m->size *= 2;
	m->slots = arena_take(arena, m->size * sizeof *m->slots);
}

static struct map_slot *
slot_of(const struct map *m, struct text key)
{
	size_t at = (size_t)hash_bytes(key.s, key.len, 0) & (m->size - 1);

	while (m->slots[at].value != NULL && !text_equal(m->slots[at].key, key))
		at = (at + 1) & (m->size - 1);
	return &m->slots[at];
}

void **
map_place(struct map *m, struct text key)
{
	struct map_slot *slot = slot_of(m, key);

	if (slot->value == NULL)
		slot->key = key;
	return &slot->value;
}

void *
map_get(const struct map *m, struct text key)
{
	return m->size == 0 ? NULL : slot_of(m, key)->value;
}

struct text
key_of_mac(struct addr mac, char buf[KEY_MAX])
{
	buf[0] = 'm';
	memcpy(buf + 1, mac.b, 6);
	return (struct text){ buf, 7 };
}

static bool
is_separator(char c)
{
	return c == ':' || c == '-' || c == '.' || c == ' ';
}

bool
key_of(enum identifier_type type, struct text t, char buf[KEY_MAX], struct text *key)
{
	static const char letters[] = {
		[BY_MAC] = 'm',
		[BY_SERIAL] = 's',
		[BY_IMEI] = 'i',
		[BY_HOSTNAME] = 'h',
		[BY_CLIENT_ID] = 'c',
	};
	bool digits = type == BY_IMEI || type == BY_CLIENT_ID;
	struct addr mac;
	size_t n = 0;

	if (type == BY_MAC) {
		if (!addr_parse(t, &mac) || mac.kind != ADDR_MAC)
			return false;
		*key = key_of_mac(mac, buf);
		return true;
	}
	if (type == BY_HOSTNAME && t.len > 1 && t.s[t.len - 1] == '.')
		t.len--;
	if (t.len == 0 || t.len + 1 > KEY_MAX)
		return false;
	buf[n++] = letters[type];
	for (size_t i = 0; i < t.len; i++) {
		if (digits && is_separator(t.s[i]))
			continue;
		buf[n] = t.s[i];
		if (buf[n] >= 'A' && buf[n] <= 'Z')
			buf[n] = (char)(buf[n] - 'A' + 'a');
		n++;
	}
	*key = (struct text){ buf, n };
	return n > 1;
}

const struct person *
person_find(const struct people *p, struct text id)
{
	return p->index == NULL ? NULL : map_get(&p->index->persons, id);
}

bool
person_in_group(const struct person *p, struct text group)
{
	for (size_t i = 0; i < p->n_groups; i++)
		if (text_is(group, p->groups[i]))
			return true;
	return false;
}

bool
person_has_left(const struct person *p, int64_t at)
{
	return p->left != TIME_NONE && at > p->left;
}

const struct custody *
custody_of_mac(const struct people *p, struct addr mac)
{
	char buf[KEY_MAX];

	if (p->index == NULL || mac.kind != ADDR_MAC)
		return NULL;
	return map_get(&p->index->custody, key_of_mac(mac, buf));
}

const struct custody *
custody_of_name(const struct people *p, enum identifier_type type, struct text name)
{
	char buf[KEY_MAX];
	struct text key;

	if (p->index == NULL || !key_of(type, name, buf, &key))
		return NULL;
	return map_get(&p->index->custody, key);
}

const struct exception *
exceptions_of_mac(const struct people *p, struct addr mac)
{
	char buf[KEY_MAX];

	if (p->index == NULL || mac.kind != ADDR_MAC)
		return NULL;
	return map_get(&p->index->exceptions, key_of_mac(mac, buf));
}

const struct exception *
exceptions_of_name(const struct people *p, struct text name)
{
	char buf[KEY_MAX];
	struct text key;

	if (p->index == NULL || !key_of(BY_HOSTNAME, name, buf, &key))
		return NULL;
	return map_get(&p->index->exceptions, key);
}

const struct custody *
custody_later(const struct custody *best, const struct custody *rows, int64_t at)
{
	for (; rows != NULL; rows = rows->next_of_thing) {
		if (rows->from > at || (rows->until != TIME_NONE && rows->until < at))
			continue;
		if (best == NULL || rows->from > best->from ||
		    (rows->from == best->from && rows->line > best->line))
			best = rows;
	}
	return best;
}

bool
custody_is_held(const struct custody *c, int64_t at)
{
	if (c->event != CUSTODY_ISSUED || c->from > at ||
	    (c->until != TIME_NONE && c->until < at))
		return false;
	for (c = c->next_of_thing; c != NULL; c = c->next_of_thing)
		if (c->from <= at)
			return false;
	return true;
}

const struct custody *
custody_at(const struct people *p, const struct addr *macs, size_t n_macs,
    const struct text *hostnames, size_t n_hostnames, const struct text *client_ids,
    size_t n_client_ids, int64_t at)
{
	const struct custody *best = NULL;

	if (p == NULL)
		return NULL;
	for (size_t i = 0; i < n_macs; i++)
		best = custody_later(best, custody_of_mac(p, macs[i]), at);
	for (size_t i = 0; i < n_hostnames; i++)
		best = custody_later(best,
		    custody_of_name(p, BY_HOSTNAME, hostnames[i]), at);
	for (size_t i = 0; i < n_client_ids; i++)
		best = custody_later(best,
		    custody_of_name(p, BY_CLIENT_ID, client_ids[i]), at);
	return best;
}
