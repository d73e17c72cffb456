/* SPDX-License-Identifier: ISC */
/* Persons and things, as a command names them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "cmd/event.h"

const struct person *
event_person(struct event *e, const char *id)
{
	const struct people *p = e->scan.people;
	const struct person *found = p != NULL ? person_find(p, text_of(id)) : NULL;
	const char *near = NULL;

	if (found != NULL)
		return found;
	if (p == NULL || p->n_persons == 0) {
		(void)event_refuse(e,
		    "there is no roster: `interdict scan --store --roster FILE` gives "
		    "one");
		return NULL;
	}
	const char **ids = must_alloc(p->n_persons, sizeof *ids);
	for (size_t i = 0; i < p->n_persons; i++) {
		ids[i] = p->persons[i].id;
		if (text_is_word(text_of(id), p->persons[i].name))
			near = ids[i];
	}
	if (near == NULL)
		near = text_nearest(text_of(id), ids, p->n_persons);
	(void)event_refuse(e, "the roster has no person '%s'%s%s%s", id,
	    near != NULL ? "; is '" : "", near != NULL ? near : "",
	    near != NULL ? "' meant?" : "");
	free(ids);
	return NULL;
}

enum { ORDERS_NAMED = 8 };

const struct directive *
event_order(struct event *e, const char *id)
{
	size_t n = e->scan.n_directives;
	const char *near = NULL;
	struct writer w;

	writer_to_memory(&w);
	for (size_t i = 0; i < n; i++) {
		const struct directive *d = e->scan.directives[i];
		if (strcmp(d->id, id) == 0) {
			(void)writer_close(&w);
			return d;
		}
		if (near == NULL)
			near = text_nearest(text_of(id), &d->id, 1);
		if (i < ORDERS_NAMED)
			putf(&w, "%s%s", i > 0 ? ", " : "", d->id);
	}
	if (n == 0)
		(void)event_refuse(e,
		    "no order is in the store: `interdict import --directive FILE` "
		    "gives one");
	else if (near != NULL)
		(void)event_refuse(e,
		    "no order '%.100s' is in the store; is '%s' meant?", id, near);
	else
		(void)event_refuse(e,
		    "no order '%.100s' is in the store: it has %.*s%s", id, (int)w.len,
		    w.buf, n > ORDERS_NAMED ? " and others" : "");
	(void)writer_close(&w);
	return NULL;
}

static const struct custody *
rows_of(const struct people *p, enum identifier_type type, const char *identifier)
{
	struct addr mac;

	if (p == NULL)
		return NULL;
	if (type != BY_MAC)
		return custody_of_name(p, type, text_of(identifier));
	return addr_parse(text_of(identifier), &mac) ? custody_of_mac(p, mac) : NULL;
}

const struct custody *
event_custody(const struct event *e, const char *identifier, enum identifier_type type,
    int64_t at)
{
	const struct custody *c = rows_of(e->scan.people, type, identifier);
	const struct custody *latest = NULL;

	for (; c != NULL; c = c->next_of_thing)
		if (c->from <= at)
			latest = c;
	return latest;
}

/* By its looks alone: a MAC, fifteen digits, or bytes in hexadecimal. */
static bool
by_looks(const char *identifier, enum identifier_type *type)
{
	size_t digits = 0, hex = 0, colons = 0, others = 0;
	struct addr mac;

	if (addr_parse(text_of(identifier), &mac) && mac.kind == ADDR_MAC) {
		*type = BY_MAC;
		return true;
	}
	for (const char *s = identifier; *s != '\0'; s++) {
		if (*s >= '0' && *s <= '9')
			digits++;
		else if ((*s | 32) >= 'a' && (*s | 32) <= 'f')
			hex++;
		else if (*s == ':')
			colons++;
		else if (*s != '-' && *s != ' ')
			others++;
	}
	if (others + hex + colons == 0 && digits == 15)
		*type = BY_IMEI;
	else if (others == 0 && colons > 0)
		*type = BY_CLIENT_ID;
	else
		return false;
	return true;
}

static bool
by_name(struct event *e, const char *identifier, const char *given,
    enum identifier_type *type)
{
	const char *names[5];

	for (int t = BY_MAC; t <= BY_CLIENT_ID; t++) {
		*type = (enum identifier_type)t;
		names[t] = identifier_type_name(*type);
		if (strcmp(given, names[t]) == 0)
			return true;
	}
	const char *near = text_nearest(text_of(given), names, 5);
	(void)event_refuse(e,
	    "--type %s: want mac, serial, imei, hostname or client-id%s%s%s", given,
	    near != NULL ? "; is '" : "", near != NULL ? near : "",
	    near != NULL ? "' meant?" : "");
	(void)identifier;
	return false;
}

bool
event_identifier(struct event *e, const char *identifier, const char *given,
    enum identifier_type *type)
{
	if (given != NULL)
		return by_name(e, identifier, given, type);
	for (int t = BY_MAC; t <= BY_CLIENT_ID; t++) {
		*type = (enum identifier_type)t;
		if (rows_of(e->scan.people, *type, identifier) != NULL)
			return true;
	}
	if (by_looks(identifier, type))
		return true;
	(void)event_refuse(e,
	    "is '%s' a serial number or a host name? Say --type serial or --type "
	    "hostname",
	    identifier);
	return false;
}

struct text
event_option(const char *s)
{
	return text_of(s != NULL ? s : "");
}

/* A client id is compared without what parts its bytes. */
static bool
same_bytes(struct text id, const char *identifier)
{
	size_t i = 0;

	for (const char *s = identifier; *s != '\0'; s++) {
		if (*s == ':' || *s == '-' || *s == '.' || *s == ' ')
			continue;
		if (i == id.len || (id.s[i] | 32) != (*s | 32))
			return false;
		i++;
	}
	return i == id.len;
}

static bool
is_called(const struct device *d, const char *identifier, enum identifier_type type)
{
	for (size_t i = 0; i < d->n_labels; i++) {
		const struct label *l = &d->labels[i];
		bool id = fact_keep(l->key) == KEEP_ID;
		if ((type == BY_SERIAL && l->key == FACT_INVENTORY_SERIAL) ||
		    (type == BY_IMEI && l->key == FACT_INVENTORY_IMEI)) {
			if (text_is_word(l->value, identifier))
				return true;
			continue;
		}
		if (type == BY_CLIENT_ID && id && same_bytes(l->value, identifier))
			return true;
		if (type == BY_HOSTNAME && !id && !l->is_default &&
		    text_is_word(l->value, identifier))
			return true;
	}
	return false;
}

const struct device *
event_device(const struct event *e, const char *identifier, enum identifier_type type)
{
	const struct register_ *r = e->scan.devices;
	struct addr mac;

	if (r == NULL)
		return NULL;
	if (type == BY_MAC)
		return addr_parse(text_of(identifier), &mac) ? register_find(r, mac)
		                                             : NULL;
	for (size_t i = 0; i < register_count(r); i++) {
		const struct device *d = register_device(r, i);
		if (is_called(d, identifier, type))
			return d;
	}
	return NULL;
}
