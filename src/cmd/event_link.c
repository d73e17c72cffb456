/* SPDX-License-Identifier: ISC */
/* Who holds a thing that custody knows by another of its names. */
#include <stdio.h>
#include <string.h>

#include "cmd/event.h"
#include "people/index.h"

enum { NAMES_MOST = 64 };

/* A name that goes with a device, and what custody has under it. */
struct other_name {
	enum identifier_type type;
	const char *identifier;
	const struct custody *row;
};

struct other_names {
	const struct device *device;
	const char *person; /* whose rows count; NULL: anybody's */
	struct other_name list[NAMES_MOST];
	size_t n;
};

bool
event_same_name(const char *a, const char *b, enum identifier_type type)
{
	char one[KEY_MAX], two[KEY_MAX];
	struct text x, y;

	return key_of(type, text_of(a), one, &x) && key_of(type, text_of(b), two, &y) &&
	    text_equal(x, y);
}

const struct deed *
event_deed(const struct event *e, const char *identifier, enum identifier_type type,
    enum deed_kind kind, int64_t until)
{
	const struct people *p = e->scan.people;
	const struct deed *found = NULL, *deed;
	struct addr mac;

	if (p == NULL)
		return NULL;
	if (type == BY_MAC)
		deed = addr_parse(text_of(identifier), &mac) ? deeds_of_mac(p, mac)
		                                             : NULL;
	else
		deed = deeds_of_name(p, type, text_of(identifier));
	for (; deed != NULL && deed->date <= until; deed = deed->next_of_thing)
		if (deed->kind == kind)
			found = deed;
	return found;
}

/* What two devices are called proves neither. */
static bool
is_alone(const struct event *e, const struct device *d, struct text name)
{
	const struct register_ *r = e->scan.devices;

	for (size_t i = 0; i < register_count(r); i++) {
		const struct device *other = register_device(r, i);
		for (size_t k = 0; other != d && k < other->n_labels; k++)
			if (fact_keep(other->labels[k].key) != KEEP_ID &&
			    text_equal_word(other->labels[k].value, name))
				return false;
	}
	return true;
}

static void
consider(struct event *e, struct other_names *names, enum identifier_type type,
    struct text name, int64_t at)
{
	const char *identifier = arena_string(&e->scan.arena, name);
	const struct custody *row = event_custody(e, identifier, type, at);

	if (row == NULL ||
	    (names->person != NULL && strcmp(names->person, row->person->id) != 0) ||
	    (type == BY_HOSTNAME && !is_alone(e, names->device, name)))
		return;
	if (names->n < NAMES_MOST)
		names->list[names->n++] = (struct other_name){ type, identifier, row };
}

static void
gather(struct event *e, int64_t at, struct other_names *names)
{
	const struct device *d = names->device;
	char mac[ADDR_TEXT];

	for (size_t i = 0; i < d->n_macs; i++)
		consider(e, names, BY_MAC, text_of(addr_print(d->macs[i], mac)), at);
	for (size_t i = 0; i < d->n_labels; i++) {
		const struct label *l = &d->labels[i];
		if (l->key == FACT_INVENTORY_SERIAL)
			consider(e, names, BY_SERIAL, l->value, at);
		else if (l->key == FACT_INVENTORY_IMEI)
			consider(e, names, BY_IMEI, l->value, at);
		else if (fact_keep(l->key) == KEEP_ID)
			consider(e, names, BY_CLIENT_ID, l->value, at);
		else if (!l->is_default)
			consider(e, names, BY_HOSTNAME, l->value, at);
	}
}

static const char *
link_words(enum identifier_type type)
{
	static const char *const words[] = {
		[BY_MAC] = "which is another address of the same device",
		[BY_SERIAL] = "which an inventory has for this device",
		[BY_IMEI] = "which an inventory has for this device",
		[BY_HOSTNAME] = "which this device calls itself, and no other does",
		[BY_CLIENT_ID] = "which this device gave",
	};

	return words[type];
}

/* What is held counts before what went. */
static const struct other_name *
choose(const struct other_names *names, const struct other_name **rival)
{
	const struct other_name *best = NULL;

	*rival = NULL;
	for (int held = 1; held >= 0 && best == NULL; held--)
		for (size_t i = 0; i < names->n; i++) {
			const struct other_name *one = &names->list[i];
			if ((one->row->event == CUSTODY_ISSUED) != held)
				continue;
			if (best == NULL)
				best = one;
			else if (one->row->person != best->row->person)
				*rival = one;
		}
	return best;
}

bool
event_holding(struct event *e, const char *identifier, enum identifier_type type,
    int64_t at, const char *person, const struct custody **held)
{
	struct other_names names = { .person = person };
	const struct other_name *best, *rival;

	if ((*held = event_custody(e, identifier, type, at)) != NULL)
		return true;
	if ((names.device = event_device(e, identifier, type)) != NULL)
		gather(e, at, &names);
	best = choose(&names, &rival);
	if (best == NULL)
		return true;
	if (rival != NULL) {
		(void)event_refuse(e,
		    "custody knows the device of '%s' as %s '%s' of %s, and as %s '%s' "
		    "of %s: say --person",
		    identifier, identifier_type_name(best->type), best->identifier,
		    best->row->person->id, identifier_type_name(rival->type),
		    rival->identifier, rival->row->person->id);
		return false;
	}
	*held = best->row;
	(void)event_refuse(e, "%s has it, by custody of the %s '%s', %s",
	    best->row->person->id, identifier_type_name(best->type), best->identifier,
	    link_words(best->type));
	return true;
}
