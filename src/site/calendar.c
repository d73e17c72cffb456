/* SPDX-License-Identifier: ISC */
/* Holidays, weekends and priors of site.yaml. */
#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "site/tree.h"

enum { HOLIDAY_BYTES = 256 * 1024, PRIORS_MAX = 1000 };

struct days {
	int64_t *list;
	size_t n, cap;
};

static void
add_day(struct days *d, const struct civil *c)
{
	if (d->n == d->cap) {
		d->cap = d->cap > 0 ? d->cap * 2 : 32;
		d->list = must_grow(d->list, d->cap, sizeof *d->list);
	}
	d->list[d->n++] = days_from_civil(c->year, c->month, c->day);
}

static void
read_holidays(struct site_reader *r, const struct yaml *y, struct days *days)
{
	char why[64];
	struct civil c;
	bool timed;

	if (!schema_sequence(&r->s, y, "holidays"))
		return;
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		if (!schema_scalar(&r->s, item, "holidays"))
			continue;
		int len = item->scalar.len < 40 ? (int)item->scalar.len : 40;
		if (!civil_parse(item->scalar, &c, &timed))
			wrong(&r->s, item, "holidays: '%.*s' is no date: %s", len,
			    item->scalar.s, date_why(item->scalar, why, sizeof why));
		else if (timed)
			wrong(&r->s, item,
			    "holidays: '%.*s': want a day without a time", len,
			    item->scalar.s);
		else
			add_day(days, &c);
	}
}

/* A relative name is meant from the folder of site.yaml. */
static const char *
beside(struct arena *a, const char *site_file, const char *name)
{
	const char *slash = strrchr(site_file, '/');
	size_t folder = slash != NULL && name[0] != '/'
	    ? (size_t)(slash - site_file) + 1
	    : 0;
	size_t n = strlen(name);
	char *path = arena_take(a, folder + n + 1);

	memcpy(path, site_file, folder);
	memcpy(path + folder, name, n);
	return path;
}

/* One day a line, then a blank and words for persons; # begins a comment. */
static void
read_holidays_file(struct site_reader *r, const struct yaml *y, struct days *days)
{
	const char *name = schema_text(&r->s, y, "holidays-file");
	struct text t, line;
	char why[64];
	struct civil c;
	bool timed;

	if (name == NULL)
		return;
	const char *file = beside(r->s.arena, r->site->file, name);
	struct complaints *to = r->s.to, reading = { 0 };
	if (!file_read(r->s.arena, file, HOLIDAY_BYTES, &t, &reading)) {
		wrong(&r->s, y, "holidays-file: '%.200s' %s", file,
		    reading.list[0].text);
		complaints_free(&reading);
		return;
	}
	for (unsigned n = 1; text_split(&t, '\n', &line); n++) {
		line.len = text_find(line, '#', 0);
		line = text_trim(line);
		struct text day = { line.s, text_find(line, ' ', 0) };
		if (line.len == 0)
			continue;
		if (civil_parse(day, &c, &timed))
			add_day(days, &c);
		else if (to->errors < YAML_MISTAKES)
			wrong(&r->s, y, "holidays-file: '%.200s', line %u: %s", file, n,
			    date_why(day, why, sizeof why));
	}
}

static uint8_t
read_weekend(struct site_reader *r, const struct yaml *y)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };
	unsigned bits = 0;

	if (y == NULL || !schema_sequence(&r->s, y, "weekend"))
		return WEEKEND_USUAL;
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		int day = schema_word(&r->s, item, "weekend", names, 7);
		if (day >= 0)
			bits |= 1U << day;
	}
	if (bits == 0x7f)
		wrong(&r->s, y, "weekend: no day is left for business");
	return (uint8_t)bits;
}

static int
by_day(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

void
read_calendar(struct site_reader *r, const struct yaml *y)
{
	struct calendar *c = arena_take(r->s.arena, sizeof *c);
	struct days days = { 0 };

	r->site->calendar = c;
	c->weekend = read_weekend(r, yaml_get(y, "weekend"));
	read_holidays(r, yaml_get(y, "holidays"), &days);
	read_holidays_file(r, yaml_get(y, "holidays-file"), &days);
	if (days.n > 0)
		qsort(days.list, days.n, sizeof *days.list, by_day);
	c->holidays = arena_take(r->s.arena, (days.n + 1) * sizeof *c->holidays);
	for (size_t i = 0; i < days.n; i++)
		if (i == 0 || days.list[i] != days.list[i - 1])
			c->holidays[c->n++] = days.list[i];
	free(days.list);
}

static void
read_shares(struct site_reader *r, const struct yaml *y, const char *attribute)
{
	double sum = 0;

	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		struct prior_override *p = &r->site->priors[r->site->n_priors];
		struct yaml key = { .kind = YAML_SCALAR,
			.line = item->key_line,
			.column = item->key_column,
			.scalar = item->key };
		const char *value = schema_text(&r->s, &key, attribute);
		if (value == NULL || !schema_share(&r->s, item, value, &p->share))
			continue;
		p->attribute = attribute;
		p->value = value;
		sum += p->share;
		r->site->n_priors++;
	}
	if (sum > 1.000001)
		wrong(&r->s, y, "priors: the shares of '%s' add up to more than 1",
		    attribute);
}

void
read_priors(struct site_reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "vendor", "os", "kind" };
	size_t n = 0;

	if (!schema_mapping(&r->s, y, "priors", keys, 3))
		return;
	for (size_t i = 0; i < 3; i++)
		n += schema_count(yaml_get(y, keys[i]));
	if (n > PRIORS_MAX) {
		wrong(&r->s, y, "priors: more than %d", PRIORS_MAX);
		return;
	}
	r->site->priors = arena_take(r->s.arena, (n + 1) * sizeof *r->site->priors);
	for (size_t i = 0; i < 3; i++) {
		const struct yaml *shares = yaml_get(y, keys[i]);
		if (shares == NULL)
			continue;
		if (shares->kind == YAML_MAPPING)
			read_shares(r, shares, keys[i]);
		else if (!shares->bad)
			wrong(&r->s, shares,
			    "priors: want shares of '%s' such as {Apple: 0.4}",
			    keys[i]);
	}
}
