/* SPDX-License-Identifier: ISC */
/* What an order's life for one device or person was, in five times. */
#include "directive/verdict_case.h"

#include <stdlib.h>
#include <strings.h>

static int
by_key(const void *a, const void *b)
{
	const struct noticed *x = a, *y = b;
	int order = strcasecmp(x->key, y->key);

	return order != 0
	    ? order
	    : (x->notice->sent > y->notice->sent) - (x->notice->sent < y->notice->sent);
}

static const char *
key_of(const struct judging *j, const char *identifier)
{
	struct addr mac;
	char buf[ADDR_TEXT];

	if (!addr_parse(text_of(identifier), &mac) || mac.kind != ADDR_MAC)
		return identifier;
	return arena_string(j->kept, text_of(addr_print(mac, buf)));
}

void
notices_begin(struct judging *j)
{
	const struct case_file *m = j->matter;
	int64_t start = order_start(j->directive);
	size_t persons = m->people != NULL ? m->people->n_persons : 0;

	j->n_noticed = 0;
	if (m->people == NULL || m->people->n_notices == 0)
		return;
	j->noticed = arena_take(j->kept, m->people->n_notices * sizeof *j->noticed);
	j->noticed_person = arena_take(j->kept,
	    (persons + 1) * sizeof(const struct notice *));
	for (size_t i = 0; i < m->people->n_notices; i++) {
		const struct notice *n = &m->people->notices[i];
		if (strcmp(n->directive, j->directive->id) != 0 || n->sent > m->as_of ||
		    n->sent < start)
			continue;
		if (n->identifier != NULL)
			j->noticed[j->n_noticed++] = (struct noticed){
				key_of(j, n->identifier), n
			};
		if (n->person == NULL || persons == 0)
			continue;
		size_t at = (size_t)(n->person - m->people->persons);
		if (j->noticed_person[at] == NULL ||
		    n->sent < j->noticed_person[at]->sent)
			j->noticed_person[at] = n;
	}
	qsort(j->noticed, j->n_noticed, sizeof *j->noticed, by_key);
}

/* The earlier of one and the first that names this. */
static const struct notice *
earlier(const struct judging *j, const struct notice *best, struct text key)
{
	size_t low = 0, high = j->n_noticed;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *at = j->noticed[middle].key;
		size_t len = strlen(at);
		int order = strncasecmp(at, key.s, len < key.len ? len : key.len);
		if (order < 0 || (order == 0 && len < key.len))
			low = middle + 1;
		else
			high = middle;
	}
	if (low == j->n_noticed || !text_is_word(key, j->noticed[low].key))
		return best;
	const struct notice *n = j->noticed[low].notice;
	return best == NULL || n->sent < best->sent ? n : best;
}

const struct notice *
notice_of(const struct judging *j, const struct subject *s, const struct person *p)
{
	const struct notice *first = NULL;
	char buf[ADDR_TEXT];

	if (j->matter->people == NULL || j->matter->people->n_notices == 0)
		return NULL;
	if (p != NULL)
		first = j->noticed_person[p - j->matter->people->persons];
	if (s == NULL)
		return first;
	for (size_t i = 0; i < s->device->n_macs; i++)
		first = earlier(j, first, text_of(addr_print(s->device->macs[i], buf)));
	for (size_t i = 0; i < s->n_hostnames; i++)
		first = earlier(j, first, s->hostnames[i]);
	for (size_t i = 0; i < s->n_client_ids; i++)
		first = earlier(j, first, s->client_ids[i]);
	if (s->custody != NULL)
		first = earlier(j, first, text_of(s->custody->identifier));
	return first;
}

static bool
is_open(const struct duty *d)
{
	return d->state == DUTY_DUE || d->state == DUTY_FAILED ||
	    d->state == DUTY_UNDECIDED;
}

static bool
binds(const struct duty *d)
{
	return d->obligation->modality == MODALITY_MUST ||
	    d->obligation->modality == MODALITY_SHOULD;
}

/* The next deadline that is open, before one that went by. */
static int64_t
sooner(int64_t best, int64_t due, int64_t as_of)
{
	if (due == TIME_NONE || best == TIME_NONE)
		return due == TIME_NONE ? best : due;
	if ((due >= as_of) != (best >= as_of))
		return due >= as_of ? due : best;
	return due < best ? due : best;
}

void
clocks_set(const struct judging *j, struct verdict *v, const struct subject *s)
{
	struct clocks c = { TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE, TIME_NONE };
	bool open = false;

	if (v->handed != NULL)
		c.first_seen = v->handed->first_seen;
	if (v->duties != j->no_duties) {
		const struct notice *n = notice_of(j, s, v->holder);
		c.warned = n != NULL ? n->sent : TIME_NONE;
	}
	for (size_t i = 0; v->duties != j->no_duties && i < v->n_duties; i++) {
		const struct duty *d = &v->duties[i];
		if (!binds(d))
			continue;
		if (d->failed_since != TIME_NONE &&
		    (c.first_failed == TIME_NONE || d->failed_since < c.first_failed))
			c.first_failed = d->failed_since;
		open |= is_open(d);
		if (is_open(d))
			c.due = sooner(c.due, d->due, j->matter->as_of);
		if (d->state == DUTY_MET && d->met_at > c.met)
			c.met = d->met_at;
	}
	if (open)
		c.met = TIME_NONE;
	v->clocks = c;
}
