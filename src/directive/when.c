/* SPDX-License-Identifier: ISC */
/* Points and lengths of time in an order: as they are written, and when they are. */
#include "directive/tree.h"

enum { PIECES = 6 };

struct pieces {
	struct text list[PIECES];
	size_t n;
	bool more;
};

/* Ten years: what hangs on an order longer is a mistake of writing. */
static const int unit_most[] = { [UNIT_HOURS] = 87600,
	[UNIT_DAYS] = 3660,
	[UNIT_BUSINESS_DAYS] = 2600,
	[UNIT_MONTHS] = 120 };

static struct pieces
split(struct text t)
{
	struct pieces p = { .n = 0 };
	struct text word;

	while (text_split(&t, ' ', &word)) {
		word = text_trim(word);
		if (word.len == 0)
			continue;
		if (p.n == PIECES) {
			p.more = true;
			break;
		}
		p.list[p.n++] = word;
	}
	return p;
}

/* UNIT, or "business" UNIT: how many pieces it took, 0 when it is none. */
static size_t
take_unit(const struct pieces *p, size_t at, enum unit *unit, int *times)
{
	size_t took = 1;
	bool business = at < p->n && text_is(p->list[at], "business");

	if (business) {
		took = 2;
		at++;
	}
	if (at >= p->n || !unit_find(p->list[at], unit, times))
		return 0;
	if (!business)
		return took;
	if (*unit != UNIT_DAYS || *times != 1)
		return 0;
	*unit = UNIT_BUSINESS_DAYS;
	return took;
}

static void
wrong_unit(struct reader *r, const struct yaml *y, const char *what,
    const struct pieces *p, size_t at)
{
	static const char *const words[] = { "hours", "days", "business", "weeks",
		"months", "years" };

	if (at >= p->n) {
		wrong(&r->s, y,
		    "%s: want hours, days, business days, weeks, months or years after "
		    "the number",
		    what);
		return;
	}
	if (text_is(p->list[at], "business")) {
		wrong(&r->s, y, "%s: want 'day' or 'days' after 'business'", what);
		return;
	}
	const char *near = text_nearest(p->list[at], words, 6);
	int len = p->list[at].len < 40 ? (int)p->list[at].len : 40;
	wrong(&r->s, y,
	    "%s: want hours, days, business days, weeks, months or years, not "
	    "'%.*s'%s%s%s",
	    what, len, p->list[at].s, near != NULL ? ": do you mean '" : "",
	    near != NULL ? near : "", near != NULL ? "'?" : "");
}

/* [N] UNIT at the start of the pieces: how many it took, 0 with a complaint. */
static size_t
take_length(struct reader *r, const struct yaml *y, const char *what,
    const struct pieces *p, int *n, enum unit *unit)
{
	unsigned long long number = 1;
	size_t at = p->n > 0 && text_number(p->list[0], &number) ? 1 : 0;
	int times = 1;
	size_t took = take_unit(p, at, unit, &times);

	if (took == 0) {
		wrong_unit(r, y, what, p, at);
		return 0;
	}
	unsigned long long most = (unsigned long long)(unit_most[*unit] / times);
	if (number < 1 || number > most) {
		wrong(&r->s, y, "%s: want a number from 1 to %llu of this unit", what,
		    most);
		return 0;
	}
	*n = (int)number * times;
	return at + took;
}

static const char *const unit_plain[] = { [UNIT_HOURS] = "hour",
	[UNIT_DAYS] = "day",
	[UNIT_BUSINESS_DAYS] = "business day",
	[UNIT_MONTHS] = "month" };

static void
put_length(struct writer *w, int n, enum unit unit)
{
	putf(w, "%d %s%s", n, unit_plain[unit], n == 1 ? "" : "s");
}

void
put_every(struct writer *w, int n, enum unit unit)
{
	if (unit == UNIT_DAYS && n == 7)
		put(w, "week");
	else if (n == 1)
		put(w, unit_plain[unit]);
	else
		put_length(w, n, unit);
}

static const char *
keep(struct reader *r, struct writer *w)
{
	const char *text = arena_string(r->s.arena, writer_text(w));

	(void)writer_close(w);
	return text;
}

/* The trigger that a piece names, or TRIGGER_NONE with a complaint. */
static enum trigger
take_trigger(struct reader *r, const struct yaml *y, const char *what, struct text word)
{
	for (int t = TRIGGER_ISSUED; t < TRIGGERS; t++)
		if (text_is(word, trigger_words[t])) {
			if (!r->known[t])
				wrong(&r->s, y,
				    "%s: hangs on '%s', but the authority's date '%s' "
				    "is "
				    "not known",
				    what, trigger_words[t], trigger_words[t]);
			return (enum trigger)t;
		}
	const char *near = text_nearest(word, trigger_words + 1, TRIGGERS - 1);
	wrong(&r->s, y,
	    "%s: want issued, effective, discovered or listed, not '%.*s'%s%s%s", what,
	    word.len < 40 ? (int)word.len : 40, word.s,
	    near != NULL ? ": do you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?" : "");
	return TRIGGER_NONE;
}

static bool
is_trigger(struct text word)
{
	for (int t = TRIGGER_ISSUED; t < TRIGGERS; t++)
		if (text_is(word, trigger_words[t]))
			return true;
	return false;
}

/* offset := TRIGGER | N UNIT "after" TRIGGER */
static bool
read_offset(struct reader *r, const struct yaml *y, const char *what, struct when *w)
{
	struct pieces p = split(y->scalar);
	struct writer out;
	unsigned long long number;

	writer_to_memory(&out);
	if (p.n == 1 && is_trigger(p.list[0])) {
		w->unit = UNIT_DAYS;
		w->trigger = take_trigger(r, y, what, p.list[0]);
		put(&out, trigger_words[w->trigger]);
		w->written = keep(r, &out);
		return true;
	}
	(void)writer_close(&out);
	if (p.n == 0 || !text_number(p.list[0], &number)) {
		wrong(&r->s, y,
		    "%s: want a date such as 2023-04-01, or an offset such as '30 days "
		    "after issued'",
		    what);
		return false;
	}
	size_t at = take_length(r, y, what, &p, &w->n, &w->unit);
	if (at == 0)
		return false;
	if (at >= p.n || !text_is(p.list[at], "after") || at + 2 != p.n || p.more) {
		wrong(&r->s, y,
		    "%s: want 'after' and one of issued, effective, discovered, listed "
		    "behind the length",
		    what);
		return false;
	}
	w->trigger = take_trigger(r, y, what, p.list[at + 1]);
	writer_to_memory(&out);
	put_length(&out, w->n, w->unit);
	putf(&out, " after %s", trigger_words[w->trigger]);
	w->written = keep(r, &out);
	return w->trigger != TRIGGER_NONE;
}

void
read_when(struct reader *r, const struct yaml *y, const char *what, bool end,
    struct when *w)
{
	struct when got = { .end = end, .at = TIME_NONE };

	*w = got;
	if (!schema_scalar(&r->s, y, what))
		return;
	got.line = y->line;
	got.column = y->column;
	got.given = date_like(y->scalar)
	    ? schema_date(&r->s, y, what, end, &got.at, &got.written)
	    : read_offset(r, y, what, &got);
	if (got.given)
		*w = got;
}

void
read_day(struct reader *r, const struct yaml *y, const char *what, bool end,
    struct when *w)
{
	read_when(r, y, what, end, w);
	if (w->given && w->trigger != TRIGGER_NONE) {
		wrong(&r->s, y, "%s: want a date such as 2023-04-01", what);
		w->given = false;
	}
}

void
read_every(struct reader *r, const struct yaml *y, const char *what, struct when *w)
{
	struct when got = { .at = TIME_NONE };

	*w = got;
	if (!schema_scalar(&r->s, y, what))
		return;
	struct pieces p = split(y->scalar);
	size_t took = take_length(r, y, what, &p, &got.n, &got.unit);
	if (took == 0)
		return;
	if (took != p.n || p.more) {
		wrong(&r->s, y, "%s: want a length of time alone, such as '30 days'",
		    what);
		return;
	}
	struct writer out;
	writer_to_memory(&out);
	put_every(&out, got.n, got.unit);
	got.written = keep(r, &out);
	got.given = true;
	got.line = y->line;
	got.column = y->column;
	*w = got;
}

void
read_ceiling(struct reader *r, const struct yaml *y, unsigned *n, enum unit *unit)
{
	unsigned long long number;

	if (!schema_scalar(&r->s, y, "ceiling"))
		return;
	struct pieces p = split(y->scalar);
	bool hour = p.n == 3 && text_is(p.list[2], "hour");
	bool day = p.n == 3 && text_is(p.list[2], "day");
	if (p.more || (!hour && !day) || !text_is(p.list[1], "per") ||
	    !text_number(p.list[0], &number) || number < 1 || number > 1000000) {
		wrong(&r->s, y,
		    "ceiling: want a number of cut-offs such as '20 per hour' or '50 "
		    "per "
		    "day'");
		return;
	}
	*n = (unsigned)number;
	*unit = hour ? UNIT_HOURS : UNIT_DAYS;
}

bool
when_same(const struct when *a, const struct when *b)
{
	if (a->given != b->given)
		return false;
	return !a->given ||
	    (a->end == b->end && a->at == b->at && a->trigger == b->trigger &&
	        a->n == b->n && a->unit == b->unit &&
	        (a->written == NULL || strcmp(a->written, b->written) == 0));
}

static int64_t
trigger_instant(enum trigger t, const struct directive *d, int64_t discovered)
{
	switch (t) {
	case TRIGGER_ISSUED:
		return d->authority.issued;
	case TRIGGER_EFFECTIVE:
		return d->authority.effective;
	case TRIGGER_LISTED:
		return d->authority.listed;
	case TRIGGER_DISCOVERED:
		return discovered;
	case TRIGGER_NONE:
		break;
	}
	return TIME_NONE;
}

int64_t
when_instant(const struct when *w, const struct directive *d,
    const struct calendar *cal, int64_t discovered)
{
	if (!w->given)
		return TIME_NONE;
	if (w->trigger == TRIGGER_NONE)
		return w->at;
	int64_t base = trigger_instant(w->trigger, d, discovered);
	if (base == TIME_NONE)
		return TIME_NONE;
	int64_t at = zone_add(d->zone, cal, base, w->n, w->unit);
	if (w->unit == UNIT_HOURS)
		return at;
	struct civil day = zone_from_utc(d->zone, at);
	day.hour = day.minute = day.second = day.nanosecond = 0;
	return w->end ? zone_day_end(d->zone, &day) : zone_to_utc(d->zone, &day);
}

bool
when_both(const struct reader *r, const struct when *a, const struct when *b,
    int64_t *first, int64_t *second)
{
	const int64_t some_day = r->d->authority.issued != TIME_NONE
	    ? r->d->authority.issued
	    : 0;

	if (!a->given || !b->given || r->d->zone == NULL ||
	    (a->trigger == TRIGGER_DISCOVERED) != (b->trigger == TRIGGER_DISCOVERED))
		return false;
	*first = when_instant(a, r->d, NULL, some_day);
	*second = when_instant(b, r->d, NULL, some_day);
	return *first != TIME_NONE && *second != TIME_NONE;
}

/* What is counted from a discovery before the duty began is not due before that. */
static int64_t
no_sooner(const struct obligation *o, const struct directive *d,
    const struct calendar *cal, int64_t discovered, int64_t due)
{
	int64_t begins = o->from.given && due != TIME_NONE
	    ? when_instant(&o->from, d, cal, discovered)
	    : TIME_NONE;

	return begins != TIME_NONE && due < begins ? begins : due;
}

const struct when *
obligation_end(const struct obligation *o)
{
	return o->before.given ? &o->before : &o->by;
}

int64_t
obligation_due(const struct obligation *o, const struct directive *d,
    const struct calendar *cal, int64_t discovered)
{
	const struct when *end = obligation_end(o);

	if (end->given)
		return no_sooner(o, d, cal, discovered,
		    when_instant(end, d, cal, discovered));
	if (o->from.given && verb_forbids(o->verb))
		return when_instant(&o->from, d, cal, discovered);
	return TIME_NONE;
}

/* No step of a unit is longer than this, so that a turn is never passed over. */
static int64_t
longest_step(enum unit unit)
{
	switch (unit) {
	case UNIT_HOURS:
		return HOUR;
	case UNIT_DAYS:
		return DAY + 2 * HOUR;
	case UNIT_BUSINESS_DAYS:
		return 14 * DAY;
	case UNIT_MONTHS:
		break;
	}
	return 31 * DAY + 2 * HOUR;
}

static int64_t
first_turn(const struct obligation *o, const struct directive *d,
    const struct calendar *cal, int64_t discovered)
{
	const struct when *end = obligation_end(o);
	const struct when *first = end->given ? end : &o->from;

	return no_sooner(o, d, cal, discovered,
	    when_instant(first, d, cal, discovered));
}

int64_t
obligation_turn(const struct obligation *o, const struct directive *d,
    const struct calendar *cal, int64_t discovered, unsigned turn)
{
	int64_t base = first_turn(o, d, cal, discovered);

	if (turn == 0 || base == TIME_NONE ||
	    turn > INT32_MAX / 2 / (unsigned)o->every.n)
		return TIME_NONE;
	return turn == 1
	    ? base
	    : zone_add(d->zone, cal, base, (int)(turn - 1) * o->every.n, o->every.unit);
}

int64_t
obligation_next(const struct obligation *o, const struct directive *d,
    const struct calendar *cal, int64_t discovered, int64_t at, unsigned *turn)
{
	int64_t due = first_turn(o, d, cal, discovered);
	int64_t base = due, step = o->every.n * longest_step(o->every.unit);

	*turn = 1;
	if (!o->every.given || due == TIME_NONE)
		return obligation_due(o, d, cal, discovered);
	if (due >= at)
		return due;
	for (int64_t k = (at - base) / step; due < at; k++) {
		if (k * o->every.n > INT32_MAX / 2)
			return TIME_NONE;
		due = zone_add(d->zone, cal, base, (int)k * o->every.n, o->every.unit);
		*turn = (unsigned)k + 1;
	}
	return due;
}

int64_t
obligation_begins(const struct obligation *o, const struct directive *d,
    const struct calendar *cal, int64_t discovered)
{
	return o->from.given ? when_instant(&o->from, d, cal, discovered)
	                     : d->authority.effective;
}

const struct phase *
directive_phase(const struct directive *d, const struct calendar *cal, int64_t at)
{
	const struct phase *in_force = NULL;

	for (size_t i = 0; i < d->n_phases; i++) {
		int64_t from = when_instant(&d->phases[i].from, d, cal, TIME_NONE);
		if (from != TIME_NONE && from <= at)
			in_force = &d->phases[i];
	}
	return in_force;
}

int64_t
order_start(const struct directive *d)
{
	const int64_t dates[] = { d->authority.issued, d->authority.effective,
		d->authority.reported };
	int64_t start = TIME_NONE;

	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
		if (dates[i] != TIME_NONE && (start == TIME_NONE || dates[i] < start))
			start = dates[i];
	return start;
}
