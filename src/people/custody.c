/* SPDX-License-Identifier: ISC */
/* custody.csv: who holds which thing, since when, and where it went. */
#include "people/papers.h"

#include <stdio.h>
#include <stdlib.h>

enum { IDENTIFIER, TYPE, PERSON, OWNERSHIP, FROM, UNTIL, EVENT };

const struct csv_column custody_columns[CUSTODY_COLUMNS] = {
	{ "identifier", true },
	{ "type", true },
	{ "person", true },
	{ "ownership", true },
	{ "from", true },
	{ "until", false },
	{ "event", true },
};

static const char *const types[] = {
	[BY_MAC] = "mac",
	[BY_SERIAL] = "serial",
	[BY_IMEI] = "imei",
	[BY_HOSTNAME] = "hostname",
	[BY_CLIENT_ID] = "client-id",
};
static const char *const ownerships[] = {
	[OWNED_ISSUED] = "issued",
	[OWNED_PERSONAL] = "personal",
	[OWNED_CONTRACTOR] = "contractor",
};
static const char *const events[] = {
	[CUSTODY_ISSUED] = "issued",
	[CUSTODY_HANDED_IN] = "handed-in",
	[CUSTODY_REPLACED] = "replaced",
	[CUSTODY_RELEASED] = "released",
	[CUSTODY_DESTROYED] = "destroyed",
};
enum { TYPES = 5, OWNERSHIPS = 3, EVENTS = 5 };

/* A row beside what its history is checked by. */
struct entry {
	struct text key;
	struct custody *custody;
	const struct csv_row *row;
	int64_t last_day; /* where the day of `until` begins; INT64_MAX: open */
};

const char *
ownership_name(enum ownership o)
{
	return ownerships[o];
}

const char *
custody_event_name(enum custody_event e)
{
	return events[e];
}

const char *
identifier_type_name(enum identifier_type t)
{
	return types[t];
}

static bool
is_hex(struct text t)
{
	size_t digits = 0;

	for (size_t i = 0; i < t.len; i++) {
		char c = t.s[i];
		if ((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'))
			digits++;
		else if (c != ':' && c != '-')
			return false;
	}
	return digits >= 2 && digits % 2 == 0;
}

/* Fifteen digits, the last of them Luhn's (3GPP TS 23.003, 6.2); 14 and 16 go without.
 */
static void
check_imei(const struct reading *r, const struct csv_row *row, size_t column)
{
	struct text t = row->cells[column];
	unsigned sum = 0, n = 0;
	char quote[CSV_QUOTE];

	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] == ' ' || t.s[i] == '-')
			continue;
		unsigned digit = (unsigned)(t.s[i] - '0');
		if (t.s[i] < '0' || t.s[i] > '9') {
			n = 0;
			break;
		}
		digit <<= n++ % 2;
		sum += digit / 10 + digit % 10;
	}
	if (n < 14 || n > 16)
		cell_complain(r, row, column, "'%s' is no IMEI (want 15 digits)",
		    csv_quote(t, quote));
	else if (n == 15 && sum % 10 != 0)
		cell_caution(r, row, column,
		    "the check digit of the IMEI '%s' is wrong", csv_quote(t, quote));
}

static void
check_identifier(const struct reading *r, const struct csv_row *row, size_t column,
    enum identifier_type type, struct addr *mac)
{
	struct text t = row->cells[column];
	char quote[CSV_QUOTE];

	if (t.len == 0) /* an empty cell was told of */
		return;
	switch (type) {
	case BY_MAC:
		if (!addr_parse(t, mac) || mac->kind != ADDR_MAC)
			cell_complain(r, row, column,
			    "'%s' is no MAC address (want one like 52:54:00:12:34:56)",
			    csv_quote(t, quote));
		else if (addr_is_multicast(*mac) || addr_is_unspecified(*mac))
			cell_complain(r, row, column,
			    "'%s' is no address of a single device",
			    csv_quote(t, quote));
		break;
	case BY_IMEI:
		check_imei(r, row, column);
		break;
	case BY_CLIENT_ID:
		if (!is_hex(t))
			cell_complain(r, row, column,
			    "'%s' is no client id (want hexadecimal, as in "
			    "01:52:54:00:12:34:56)",
			    csv_quote(t, quote));
		break;
	case BY_SERIAL:
	case BY_HOSTNAME:
		if (t.len > KEY_MAX - 2)
			cell_complain(r, row, column,
			    "longer than a name or number can be");
		break;
	}
}

enum identifier_type
cell_identifier(struct reading *r, const struct csv_row *row, size_t type_column,
    size_t column, struct addr *mac)
{
	size_t type = cell_word(r, row, type_column, types, TYPES);

	if (type == TYPES)
		return BY_SERIAL;
	check_identifier(r, row, column, (enum identifier_type)type, mac);
	return (enum identifier_type)type;
}

/* Who left is given nothing any more: the roster may be late, or the row wrong. */
static void
check_holder(const struct reading *r, const struct csv_row *row,
    const struct custody *c)
{
	char quote[CSV_QUOTE];

	if (c->event == CUSTODY_ISSUED && person_has_left(c->person, c->from))
		cell_caution(r, row, PERSON,
		    "'%s' had left by then, as the roster says on line %u",
		    csv_quote(row->cells[PERSON], quote), c->person->line);
}

/* False when it was refused. */
static bool
read_row(struct reading *r, const struct csv_row *row, struct entry *e)
{
	struct custody *c = e->custody;
	size_t errors = r->complaints->errors, type, owner, event;
	struct span from, until;
	char buf[KEY_MAX];
	struct text key;

	c->person = cell_person(r, row, PERSON);
	type = cell_word(r, row, TYPE, types, TYPES);
	owner = cell_word(r, row, OWNERSHIP, ownerships, OWNERSHIPS);
	event = cell_word(r, row, EVENT, events, EVENTS);
	if (cell_date(r, row, FROM, &from) && cell_date(r, row, UNTIL, &until)) {
		dates_in_order(r, row, FROM, &from, UNTIL, &until);
		c->from = from.first;
		c->until = until.last;
		e->last_day = until.last == TIME_NONE ? INT64_MAX : until.first;
	}
	c->type = type < TYPES ? (enum identifier_type)type : BY_SERIAL;
	if (type < TYPES)
		check_identifier(r, row, IDENTIFIER, c->type, &c->mac);
	if (r->complaints->errors > errors || c->person == NULL || type == TYPES ||
	    owner == OWNERSHIPS || event == EVENTS || row->cells[FROM].len == 0 ||
	    !key_of(c->type, row->cells[IDENTIFIER], buf, &key))
		return false;
	e->key = arena_text(&r->people->arena, key);
	e->row = row;
	c->identifier = cell_string(r, row, IDENTIFIER);
	c->ownership = (enum ownership)owner;
	c->event = (enum custody_event)event;
	c->line = row->line;
	check_holder(r, row, c);
	return true;
}

static int
by_thing_and_time(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;
	size_t n = a->key.len < b->key.len ? a->key.len : b->key.len;
	int order = memcmp(a->key.s, b->key.s, n);

	if (order == 0)
		order = (a->key.len > b->key.len) - (a->key.len < b->key.len);
	if (order == 0)
		order = (a->custody->from > b->custody->from) -
		    (a->custody->from < b->custody->from);
	if (order == 0)
		order = (a->custody->line > b->custody->line) -
		    (a->custody->line < b->custody->line);
	return order;
}

static int
by_time(const void *left, const void *right)
{
	const struct custody *a = *(struct custody *const *)left;
	const struct custody *b = *(struct custody *const *)right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->line > b->line) - (a->line < b->line);
}

/*
 * The history of one thing, in time order: nobody is given what another still
 * holds, and nothing happens to what was destroyed. On the day of a handover both may
 * hold it.
 */
static void
check_history(const struct reading *r, const struct entry *e, size_t n)
{
	const struct entry *held = NULL, *destroyed = NULL;

	for (size_t i = 0; i < n; i++, e++) {
		const struct custody *c = e->custody;
		if (destroyed != NULL)
			cell_complain(r, e->row, EVENT,
			    "%s, after line %u says that it was destroyed",
			    events[c->event], destroyed->custody->line);
		if (held != NULL && held->last_day <= c->from)
			held = NULL;
		if (held != NULL && held->custody->person != c->person) {
			if (c->event == CUSTODY_ISSUED)
				cell_complain(r, e->row, PERSON,
				    "two holders at the same time: by line %u '%s' "
				    "holds it already, and no row ends that before",
				    held->custody->line, held->custody->person->id);
			else
				cell_caution(r, e->row, PERSON,
				    "by line %u not this person but '%s' held it then",
				    held->custody->line, held->custody->person->id);
		}
		if (c->event == CUSTODY_DESTROYED)
			destroyed = e;
		if (c->event != CUSTODY_ISSUED)
			held = NULL;
		else if (held == NULL || e->last_day > held->last_day)
			held = e;
	}
}

static void
index_things(struct reading *r, struct entry *entries, size_t n)
{
	struct people *p = r->people;

	qsort(entries, n, sizeof *entries, by_thing_and_time);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1;
		     end < n && text_equal(entries[end].key, entries[i].key); end++)
			entries[end - 1].custody->next_of_thing = entries[end].custody;
		*map_place(&p->index->custody, entries[i].key) = entries[i].custody;
		check_history(r, &entries[i], end - i);
	}
}

/* Each row goes to the front of its person's list: so from the last one on. */
static void
index_persons(struct people *p)
{
	struct custody **rows = must_alloc(p->n_custody, sizeof(struct custody *));

	for (size_t i = 0; i < p->n_custody; i++)
		rows[i] = &p->custody[i];
	qsort(rows, p->n_custody, sizeof(struct custody *), by_time);
	for (size_t i = p->n_custody; i > 0; i--) {
		struct custody *c = rows[i - 1];
		struct person *person = map_get(&p->index->persons,
		    text_of(c->person->id));
		c->next_of_person = person->custody;
		person->custody = c;
	}
	free(rows);
}

void
custody_read(struct reading *r)
{
	struct people *p = r->people;
	struct entry *entries = must_alloc(r->csv->n, sizeof *entries);

	p->custody = arena_take(&p->arena, r->csv->n * sizeof *p->custody);
	map_new(&p->arena, &p->index->custody, r->csv->n);
	for (size_t i = 0; i < r->csv->n; i++) {
		struct entry *e = &entries[p->n_custody];
		e->custody = &p->custody[p->n_custody];
		if (read_row(r, &r->csv->rows[i], e))
			p->n_custody++;
		else
			*e->custody = (struct custody){ 0 };
	}
	index_things(r, entries, p->n_custody);
	index_persons(p);
	free(entries);
}
