/* SPDX-License-Identifier: ISC */
#include "fact/fact.h"

#include <string.h>

static const struct {
	const char *name, *family, *about;
	enum fact_keep keep;
} rows[FACT_KEYS] = {
	[FACT_NONE] = { "none", "none", "", KEEP_SHOW },
#define FACT(name, key, family, keep, about) [name] = { key, family, about, keep },
#include "facts.inc"
#undef FACT
};

const char *
fact_name(enum fact_key key)
{
	return rows[key].name;
}

const char *
fact_about(enum fact_key key)
{
	return rows[key].about;
}

const char *
fact_family(enum fact_key key)
{
	return rows[key].family;
}

enum fact_keep
fact_keep(enum fact_key key)
{
	return rows[key].keep;
}

enum fact_key
fact_find(struct text name)
{
	for (unsigned i = 1; i < FACT_KEYS; i++)
		if (text_is(name, rows[i].name))
			return (enum fact_key)i;
	return FACT_NONE;
}

const char *
fact_nearest(struct text name)
{
	const char *names[FACT_KEYS];

	for (unsigned i = 1; i < FACT_KEYS; i++)
		names[i - 1] = rows[i].name;
	return text_nearest(name, names, FACT_KEYS - 1);
}

static void
addr_write(struct writer *w, struct addr a)
{
	put_u8(w, a.kind);
	put_bytes(w, a.b, addr_len((enum addr_kind)a.kind));
}

static struct addr
addr_back(struct cursor *c)
{
	uint8_t kind = cur_u8(c);

	if (kind == ADDR_NONE)
		return (struct addr){ 0 };
	if (kind > ADDR_BLE) {
		cur_skip(c, SIZE_MAX);
		return (struct addr){ 0 };
	}
	return addr_read(c, (enum addr_kind)kind);
}

void
sighting_write(struct writer *w, const struct sighting *s)
{
	put_u64(w, (uint64_t)s->time);
	put_u64(w, s->frame);
	put_u32(w, s->capture);
	put_u16(w, s->vlan);
	put_u16(w, s->src_port);
	put_u16(w, s->dst_port);
	put_u8(w, s->proto);
	put_u8(w, s->ttl);
	addr_write(w, s->src_mac);
	addr_write(w, s->dst_mac);
	addr_write(w, s->src_ip);
	addr_write(w, s->dst_ip);
}

bool
sighting_read(struct cursor *c, struct sighting *s)
{
	memset(s, 0, sizeof *s); /* so that two can be compared as bytes */
	s->time = (int64_t)cur_u64(c);
	s->frame = cur_u64(c);
	s->capture = cur_u32(c);
	s->vlan = cur_u16(c);
	s->src_port = cur_u16(c);
	s->dst_port = cur_u16(c);
	s->proto = cur_u8(c);
	s->ttl = cur_u8(c);
	s->src_mac = addr_back(c);
	s->dst_mac = addr_back(c);
	s->src_ip = addr_back(c);
	s->dst_ip = addr_back(c);
	return cur_ok(c);
}

void
fact_write(struct writer *w, const struct fact *f)
{
	put_u16(w, (uint16_t)f->key);
	put_u16(w, f->decoder);
	addr_write(w, f->subject);
	put_block16(w, f->value);
}

bool
fact_read(struct cursor *c, struct fact *f, const struct sighting *s)
{
	uint16_t key = cur_u16(c);

	f->decoder = cur_u16(c);
	f->subject = addr_back(c);
	f->value = text_from(cur_block16(c));
	f->seen = s;
	if (!cur_ok(c) || key == FACT_NONE || key >= FACT_KEYS)
		return false;
	f->key = (enum fact_key)key;
	return true;
}

void
presence_write(struct writer *w, const struct presence *p)
{
	addr_write(w, p->mac);
	addr_write(w, p->ip);
	put_u16(w, p->vlan);
	put_u8(w, p->ttl);
	put_u32(w, p->capture);
	put_u64(w, (uint64_t)p->first);
	put_u64(w, (uint64_t)p->last);
	put_u64(w, p->packets);
}

bool
presence_read(struct cursor *c, struct presence *p)
{
	p->mac = addr_back(c);
	p->ip = addr_back(c);
	p->vlan = cur_u16(c);
	p->ttl = cur_u8(c);
	p->capture = cur_u32(c);
	p->first = (int64_t)cur_u64(c);
	p->last = (int64_t)cur_u64(c);
	p->packets = cur_u64(c);
	return cur_ok(c) && (p->mac.kind != ADDR_NONE || p->ip.kind != ADDR_NONE);
}
