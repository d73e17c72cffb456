/* SPDX-License-Identifier: ISC */
/* Rows of inventories as records. */
#include "import/thing.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/err.h"
#include "base/hash.h"
#include "import/hex.h"

struct seen_word {
	uint64_t hash; /* 0: free */
	uint64_t line;
};

static struct seen_word *
place(struct seen_word *table, size_t cap, uint64_t hash)
{
	size_t i = hash & (cap - 1);

	while (table[i].hash != 0 && table[i].hash != hash)
		i = (i + 1) & (cap - 1);
	return &table[i];
}

bool
things_first(struct things *t, const char *what, struct text id)
{
	char quote[CSV_QUOTE], small[CELL_MOST];
	size_t n = id.len < sizeof small ? id.len : sizeof small;

	for (size_t i = 0; i < n; i++)
		small[i] = (char)(id.s[i] >= 'A' && id.s[i] <= 'Z' ? id.s[i] | 32
		                                                   : id.s[i]);
	uint64_t hash = hash_bytes(small, n, (uint8_t)what[0]) | 1;
	if (t->n * 2 >= t->cap) {
		size_t cap = t->cap > 0 ? t->cap * 2 : 1024;
		struct seen_word *bigger = must_alloc(cap, sizeof *bigger);
		for (size_t i = 0; i < t->cap; i++)
			if (t->seen[i].hash != 0)
				*place(bigger, cap, t->seen[i].hash) = t->seen[i];
		free(t->seen);
		t->seen = bigger;
		t->cap = cap;
	}
	struct seen_word *p = place(t->seen, t->cap, hash);
	if (p->hash != 0)
		return reader_wrong(t->r, 0, "the %s '%s' stands on line %llu already",
		    what, csv_quote(id, quote), (unsigned long long)p->line);
	*p = (struct seen_word){ hash, t->r->number };
	t->n++;
	return true;
}

void
things_end(struct things *t)
{
	free(t->seen);
}

/* What products write when they have nothing to say. */
static struct text
said(struct text t)
{
	static const char *const nothing[] = { "n/a", "none", "null", "unknown", "-",
		"0", "not available", "not set", "unassigned", "to be filled by o.e.m.",
		"00:00:00:00:00:00", "000000000000", "system serial number",
		"default string", "never" };

	for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
		if (text_is_word(t, nothing[i]))
			return (struct text){ "", 0 };
	return t;
}

static bool
date(struct things *t, struct text cell, int64_t *at)
{
	char quote[CSV_QUOTE];

	*at = TIME_NONE;
	/* no date at all, as .NET and Snipe-IT write it */
	if (cell.len == 0 || text_starts(cell, text_of("0001-01-01")) ||
	    text_starts(cell, text_of("0000-00-00")))
		return true;
	if (when_iso(t->r, cell, t->is_utc, at) ||
	    (cell.len >= 9 && when_epoch(cell, at)) ||
	    when_shown(t->r, cell, t->is_utc, at))
		return true;
	*at = TIME_NONE;
	return reader_wrong(t->r, 0,
	    "'%s' is no date (want one like 2023-03-28 09:12:03)",
	    csv_quote(cell, quote));
}

/* Exports put the MEID into the same column (3GPP2 S.R0048: 14 hexadecimal digits, the
 * first of them a letter). */
static bool
is_meid(struct text t)
{
	bool hex = t.len == 14 && !is_digit(t.s[0]);

	for (size_t i = 0; hex && i < t.len; i++)
		hex = hex_value(t.s[i]) >= 0;
	return hex;
}

/* Fourteen to sixteen digits, with blanks and dashes or not (3GPP TS 23.003, 6.2). */
static bool
imei(struct things *t, struct text *cell)
{
	char quote[CSV_QUOTE], *to = arena_take(&t->r->arena, cell->len + 1);
	size_t n = 0;

	if (is_meid(*cell))
		cell->len = 0;
	for (size_t i = 0; i < cell->len; i++) {
		char c = cell->s[i];
		if (c >= '0' && c <= '9')
			to[n++] = c;
		else if (strchr(" -'=\"", c) == NULL)
			return reader_wrong(t->r, 0,
			    "'%s' is no IMEI (want 15 digits: a spreadsheet may have "
			    "rounded it)",
			    csv_quote(*cell, quote));
	}
	if (cell->len > 0 && (n < 14 || n > 16))
		return reader_wrong(t->r, 0, "'%s' is no IMEI (want 15 digits)",
		    csv_quote(*cell, quote));
	*cell = (struct text){ to, n };
	return true;
}

static bool
mac(struct things *t, struct text cell, struct addr *out)
{
	char quote[CSV_QUOTE];

	*out = (struct addr){ 0 };
	if (cell.len == 0)
		return true;
	if (!addr_parse(cell, out) || out->kind != ADDR_MAC || addr_is_multicast(*out))
		return reader_wrong(t->r, 0,
		    "'%s' is no link-layer address of a device",
		    csv_quote(cell, quote));
	return true;
}

/* An organisation's register lists what it has issued, unless it says otherwise. */
static const char *
ownership(struct text t)
{
	static const char *const personal[] = { "personal", "byod", "user owned",
		"user-owned", "personally owned", "1", "yes", "true",
		"personally-owned" };

	for (size_t i = 0; i < sizeof personal / sizeof *personal; i++)
		if (text_is_word(t, personal[i]))
			return "personal";
	return text_is_word(t, "contractor") ? "contractor" : "issued";
}

/*
 * What identifies it best, as a row of custody would; of an inventory's own number
 * custody knows nothing. A name comes last: a hundred phones are called iPhone.
 */
static bool
identify(struct things *t, struct text item[ITEM_COLUMNS], struct text own)
{
	static const struct {
		enum item_column column;
		const char *type;
	} by[] = { { ITEM_SERIAL, "serial" }, { ITEM_IMEI, "imei" },
		{ ITEM_MAC, "mac" } };

	for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
		if (item[by[i].column].len == 0)
			continue;
		item[ITEM_IDENTIFIER] = item[by[i].column];
		item[ITEM_TYPE] = text_of(by[i].type);
		return things_first(t, by[i].type, item[ITEM_IDENTIFIER]);
	}
	item[ITEM_IDENTIFIER] = own.len > 0 ? own : item[ITEM_NAME];
	item[ITEM_TYPE] = text_of(own.len > 0 ? "inventory-id" : "hostname");
	if (own.len > 0)
		return things_first(t, "number", own);
	return item[ITEM_NAME].len > 0 ||
	    reader_wrong(t->r, 0,
	        "nothing that identifies it: no serial number, IMEI, address or name");
}

static void
say_facts(struct things *t, const struct text item[ITEM_COLUMNS], struct addr who)
{
	static const struct {
		enum fact_key key;
		enum item_column column;
	} facts[] = {
		{ FACT_INVENTORY_NAME, ITEM_NAME },
		{ FACT_INVENTORY_MANUFACTURER, ITEM_MANUFACTURER },
		{ FACT_INVENTORY_MODEL, ITEM_MODEL },
		{ FACT_INVENTORY_OS, ITEM_OS },
		{ FACT_INVENTORY_OS_VERSION, ITEM_VERSION },
		{ FACT_INVENTORY_SERIAL, ITEM_SERIAL },
		{ FACT_INVENTORY_IMEI, ITEM_IMEI },
		{ FACT_INVENTORY_USER, ITEM_PERSON },
	};

	if (who.kind == ADDR_NONE)
		return;
	for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
		reader_say(t->r, facts[i].key, who, item[facts[i].column]);
}

static void
say_custody(struct things *t, const struct text item[ITEM_COLUMNS], int64_t since)
{
	struct text cells[CUSTODY_CELLS] = {
		[CUSTODY_IDENTIFIER] = item[ITEM_IDENTIFIER],
		[CUSTODY_TYPE] = item[ITEM_TYPE],
		[CUSTODY_PERSON] = item[ITEM_PERSON],
		[CUSTODY_OWNERSHIP] = item[ITEM_OWNERSHIP],
		[CUSTODY_FROM] = when_cell(t->r, since),
		[CUSTODY_UNTIL] = { "", 0 },
		[CUSTODY_EVENT] = text_of("issued"),
	};

	if (item[ITEM_PERSON].len > 0 && since != TIME_NONE &&
	    !text_is(item[ITEM_TYPE], "inventory-id"))
		reader_row(t->r, PAPER_CUSTODY, cells);
}

void
things_take(struct things *t, const struct text given[THING_FIELDS])
{
	struct text c[THING_FIELDS], item[ITEM_COLUMNS];
	struct addr wifi, wired, ip = { 0 };
	int64_t since, seen;
	char printed[ADDR_TEXT];

	for (unsigned f = 0; f < THING_FIELDS; f++)
		c[f] = said(given[f]);
	for (unsigned i = 0; i < ITEM_COLUMNS; i++)
		item[i] = (struct text){ "", 0 };
	if (!date(t, c[THING_SINCE], &since) || !date(t, c[THING_SEEN], &seen) ||
	    !imei(t, &c[THING_IMEI]) || !mac(t, c[THING_MAC], &wifi) ||
	    !mac(t, c[THING_WIRED_MAC], &wired))
		return;
	c[THING_IP].len = text_find(c[THING_IP], '/', 0);
	(void)addr_parse(c[THING_IP], &ip);
	item[ITEM_NAME] = c[THING_NAME];
	item[ITEM_MANUFACTURER] = c[THING_MANUFACTURER];
	item[ITEM_MODEL] = c[THING_MODEL];
	item[ITEM_OS] = c[THING_OS];
	item[ITEM_VERSION] = c[THING_VERSION];
	item[ITEM_SERIAL] = c[THING_SERIAL];
	item[ITEM_IMEI] = c[THING_IMEI];
	struct addr who = wifi.kind != ADDR_NONE ? wifi : wired;
	item[ITEM_MAC] = arena_text(&t->r->arena, text_of(addr_print(who, printed)));
	item[ITEM_PERSON] = c[c[THING_PERSON].len > 0 ? THING_PERSON : THING_EMAIL];
	item[ITEM_OWNERSHIP] = text_of(ownership(c[THING_OWNERSHIP]));
	item[ITEM_STATE] = c[THING_STATE];
	if (!identify(t, item, c[THING_ID]))
		return;
	if (seen == TIME_NONE)
		seen = since != TIME_NONE ? since : t->r->options->as_of;
	if (since == TIME_NONE)
		since = seen; /* at least then the person held it */
	item[ITEM_SEEN] = when_cell(t->r, seen);
	t->r->counts->records++;
	reader_row(t->r, PAPER_ITEM, item);
	say_custody(t, item, since);
	if (seen == TIME_NONE)
		return;
	reader_at(t->r, seen);
	say_facts(t, item, who.kind != ADDR_NONE ? who : ip);
	if (wifi.kind != ADDR_NONE && wired.kind != ADDR_NONE &&
	    !addr_equal(wifi, wired))
		say_facts(t, item, wired);
}

void
things_read(struct reader *r, const struct table_field fields[THING_FIELDS],
    bool is_utc)
{
	struct things things = { .r = r, .is_utc = is_utc };
	struct text cells[THING_FIELDS];
	struct table table;

	if (!table_open(&table, r, fields, THING_FIELDS))
		return;
	while (table_next(&table, cells))
		things_take(&things, cells);
	things_end(&things);
}

bool
things_left(struct reader *r, struct text *cell)
{
	if (r->options->as_of == TIME_NONE)
		return reader_wrong(r, 0,
		    "whose account is closed has left, but the day of this list is not "
		    "known: want --as-of");
	*cell = when_cell(r, r->options->as_of);
	return true;
}
