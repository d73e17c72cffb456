/* SPDX-License-Identifier: ISC */
/*
 * Zone files: TZif of RFC 8536, and the footer's rule of POSIX.1-2017 section 8.3
 * (with the hours up to 167 of RFC 8536 section 3.3.1) for times past the table.
 */
#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/zonerule.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"

enum { FILE_MAX = 256 * 1024, TYPES_MAX = 256, DAY_SECONDS = 86400 };

struct zone {
	struct zone *next;
	struct arena arena;
	const char *name;
	int64_t *at; /* seconds UTC of each transition, rising */
	uint8_t *type;
	size_t n;
	struct zone_offset *types;
	size_t n_types;
	struct zone_rule rule; /* past the table */
	bool has_rule;
};

/* What is known of the world's zones does not change while a process runs. */
static struct zone *zones;

struct counts {
	uint32_t isut, isstd, leap, times, types, chars;
};

static bool
read_header(struct cursor *c, uint8_t *version, struct counts *n)
{
	if (cur_u32(c) != 0x545a6966) /* "TZif" */
		return false;
	*version = cur_u8(c);
	cur_skip(c, 15);
	n->isut = cur_u32(c);
	n->isstd = cur_u32(c);
	n->leap = cur_u32(c);
	n->times = cur_u32(c);
	n->types = cur_u32(c);
	n->chars = cur_u32(c);
	return cur_ok(c) && n->types >= 1 && n->types <= TYPES_MAX &&
	    n->chars <= 4096 && n->times <= 65536 && n->isut <= n->types &&
	    n->isstd <= n->types && n->leap <= 4096;
}

static bool
read_types(struct zone *z, struct cursor types, struct cursor chars)
{
	for (size_t i = 0; i < z->n_types; i++) {
		struct zone_offset *o = &z->types[i];
		o->seconds = (int32_t)cur_u32(&types);
		(void)cur_u8(&types);
		struct cursor name = chars;
		cur_skip(&name, cur_u8(&types));
		size_t len = 0;
		while (len + 1 < sizeof o->name && cur_peek(&name, len) != 0)
			len++;
		if (len > 0)
			memcpy(o->name, name.at, len);
		if (o->seconds <= -DAY_SECONDS * 2 || o->seconds >= DAY_SECONDS * 2)
			return false;
	}
	return cur_ok(&types);
}

/* The data block of version 1 (times of 4 bytes) or later (of 8). */
static bool
read_block(struct zone *z, struct cursor *c, const struct counts *n, size_t width)
{
	struct cursor times = cur_take(c, n->times * width);
	struct cursor which = cur_take(c, n->times);
	struct cursor types = cur_take(c, n->types * 6);
	struct cursor chars = cur_take(c, n->chars);

	cur_skip(c, n->leap * (width + 4) + n->isstd + n->isut);
	if (!cur_ok(c))
		return false;
	z->n = n->times;
	z->n_types = n->types;
	z->at = arena_take(&z->arena, z->n * sizeof *z->at);
	z->type = arena_take(&z->arena, z->n);
	z->types = arena_take(&z->arena, z->n_types * sizeof *z->types);
	for (size_t i = 0; i < z->n; i++) {
		z->at[i] = width == 8 ? (int64_t)cur_u64(&times)
		                      : (int64_t)(int32_t)cur_u32(&times);
		z->type[i] = cur_u8(&which);
		if (z->type[i] >= z->n_types || (i > 0 && z->at[i] <= z->at[i - 1]))
			return false;
	}
	return read_types(z, types, chars);
}

static bool
read_zone(struct zone *z, struct cursor c)
{
	uint8_t version;
	struct counts n;

	if (!read_header(&c, &version, &n))
		return false;
	if (version == 0)
		return n.leap == 0 && read_block(z, &c, &n, 4);
	cur_skip(&c,
	    (size_t)n.times * 5 + n.types * 6 + n.chars + n.leap * 8 + n.isstd +
	        n.isut);
	/* Leap seconds counted ("right/"): not the time that orders are written in. */
	if (!read_header(&c, &version, &n) || n.leap != 0 || !read_block(z, &c, &n, 8))
		return false;
	struct text footer = text_from(cur_rest(&c));
	if (footer.len < 2 || footer.s[0] != '\n')
		return false;
	footer = (struct text){ footer.s + 1, text_find(footer, '\n', 1) - 1 };
	z->has_rule = footer.len > 0;
	return footer.len == 0 || zone_rule_parse(footer, &z->rule);
}

struct zone *
zone_read(const char *name, struct text bytes)
{
	struct zone *z = must_alloc(1, sizeof *z);

	z->name = arena_string(&z->arena, text_of(name));
	if (read_zone(z, cur_over(bytes.s, bytes.len)))
		return z;
	zone_free(z);
	return NULL;
}

void
zone_free(struct zone *z)
{
	if (z != NULL)
		arena_free(&z->arena);
	free(z);
}

/* No way out of the folder, and nothing but what zone names are made of. */
static bool
is_zone_name(struct text name)
{
	if (name.len == 0 || name.len >= ZONE_TEXT || name.s[0] == '/' ||
	    name.s[name.len - 1] == '/')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.s[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') &&
		    (c == '\0' || strchr("_+-/", c) == NULL))
			return false;
		if (c == '/' && name.s[i - 1] == '/')
			return false;
	}
	return true;
}

static size_t
read_system_file(const char *name, size_t len, char *buf, size_t cap)
{
	char path[sizeof ZONE_FOLDER + 1 + ZONE_TEXT];

	(void)snprintf(path, sizeof path, "%s/%.*s", ZONE_FOLDER, (int)len, name);
	FILE *f = fopen(path, "re");
	if (f == NULL)
		return 0;
	size_t n = fread(buf, 1, cap, f);
	(void)fclose(f);
	return n;
}

static struct zone *
make_utc(void)
{
	struct zone *z = must_alloc(1, sizeof *z);

	z->name = "UTC";
	z->n_types = 1;
	z->types = arena_take(&z->arena, sizeof *z->types);
	memcpy(z->types[0].name, "UTC", 4);
	return z;
}

const struct zone *
zone_find(struct text name)
{
	for (const struct zone *z = zones; z != NULL; z = z->next)
		if (text_is(name, z->name))
			return z;
	if (!is_zone_name(name))
		return NULL;
	struct zone *z;
	if (text_is(name, "UTC")) {
		z = make_utc();
	} else {
		char *buf = must_alloc(FILE_MAX, 1), path[ZONE_TEXT];
		(void)snprintf(path, sizeof path, "%.*s", (int)name.len, name.s);
		size_t n = read_system_file(path, name.len, buf, FILE_MAX);
		z = n > 0 ? zone_read(path, (struct text){ buf, n }) : NULL;
		free(buf);
	}
	if (z != NULL) {
		z->next = zones;
		zones = z;
	}
	return z;
}

const char *
zone_nearest(struct text name, char out[ZONE_TEXT])
{
	char *buf = must_alloc(FILE_MAX, 1);
	size_t n = read_system_file("zone.tab", 8, buf, FILE_MAX), count = 1;
	const char **words = must_alloc(n / 8 + 2, sizeof(char *));
	struct text rest = { buf, n }, line, field;

	/* Country, place, name: the third field, ended here by a NUL. */
	words[0] = "UTC";
	while (n > 0 && n < FILE_MAX && text_split(&rest, '\n', &line)) {
		if (line.len < 8 || line.s[0] == '#')
			continue;
		buf[line.s + line.len - buf] = '\0';
		for (int i = 0; i < 3; i++)
			if (!text_split(&line, '\t', &field))
				field.len = 0;
		if (field.len == 0 || field.len >= ZONE_TEXT)
			continue;
		buf[field.s + field.len - buf] = '\0';
		words[count++] = field.s;
	}
	const char *nearest = text_nearest(name, words, count);
	if (nearest != NULL)
		(void)snprintf(out, ZONE_TEXT, "%s", nearest);
	free(words);
	free(buf);
	return nearest != NULL ? out : NULL;
}

const char *
zone_name(const struct zone *z)
{
	return z->name;
}

void
zones_free(void)
{
	while (zones != NULL) {
		struct zone *next = zones->next;
		zone_free(zones);
		zones = next;
	}
}

/* What the clocks are set to at a time in seconds UTC. */
static const struct zone_offset *
offset_at(const struct zone *z, int64_t t)
{
	size_t low = 0, high = z->n;

	if (z->has_rule && (z->n == 0 || t >= z->at[z->n - 1]))
		return zone_rule_at(&z->rule, t);
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (z->at[mid] <= t)
			low = mid + 1;
		else
			high = mid;
	}
	/* Before the first transition type 0 holds (RFC 8536, section 3.2). */
	return &z->types[low == 0 ? 0 : z->type[low - 1]];
}

static int64_t
seconds_of(int64_t at)
{
	return at / SECOND - (at % SECOND < 0);
}

struct local {
	unsigned n; /* instants at which the clocks show it */
	int64_t first;
};

/*
 * Clocks were set at most once within the two days around; an instant t shows
 * the local time when t + offset(t) is it. In a gap: the first instant after it.
 */
static struct local
find_local(const struct zone *z, int64_t wall)
{
	int64_t before = offset_at(z, wall - DAY_SECONDS)->seconds;
	int64_t after = offset_at(z, wall + DAY_SECONDS)->seconds;
	bool by_before = offset_at(z, wall - before)->seconds == before;
	bool by_after = offset_at(z, wall - after)->seconds == after;

	if (by_before || by_after)
		return (struct local){ before != after && by_before && by_after ? 2 : 1,
			by_before ? wall - before : wall - after };
	int64_t low = wall - after, high = wall - before;
	while (low < high) {
		int64_t mid = low + (high - low) / 2;
		if (offset_at(z, mid)->seconds == before)
			low = mid + 1;
		else
			high = mid;
	}
	return (struct local){ 0, low };
}

int64_t
zone_to_utc(const struct zone *z, const struct civil *c)
{
	int64_t wall = seconds_of(civil_to_utc(c));
	struct local l = find_local(z, wall);

	return l.first * SECOND + (l.n > 0 ? c->nanosecond : 0);
}

bool
zone_moment(const struct zone *z, struct text t, int64_t *at)
{
	struct civil c;
	bool timed;
	int64_t offset;
	bool fixed = offset_cut(&t, &offset);

	if (!civil_parse(t, &c, &timed) || (fixed && !timed))
		return false;
	*at = fixed || z == NULL ? civil_to_utc(&c) - offset : zone_to_utc(z, &c);
	return true;
}

unsigned
zone_shows(const struct zone *z, const struct civil *c)
{
	return find_local(z, seconds_of(civil_to_utc(c))).n;
}

int64_t
zone_day_end(const struct zone *z, const struct civil *c)
{
	struct civil next;

	civil_from_days(days_from_civil(c->year, c->month, c->day) + 1, &next);
	next.hour = next.minute = next.second = next.nanosecond = 0;
	return zone_to_utc(z, &next) - 1;
}

struct civil
zone_from_utc(const struct zone *z, int64_t at)
{
	if (z == NULL)
		return civil_utc(at);
	return civil_utc(at + offset_at(z, seconds_of(at))->seconds * SECOND);
}

const char *
zone_stamp(const struct zone *z, int64_t at, char buf[TIME_TEXT])
{
	struct civil c = zone_from_utc(z, at);

	(void)snprintf(buf, TIME_TEXT, "%04d-%02d-%02d %02d:%02d:%02d", c.year % 10000,
	    c.month, c.day, c.hour, c.minute, c.second);
	return buf;
}

const char *
zone_print(const struct zone *z, int64_t at, char buf[TIME_TEXT])
{
	struct civil c = zone_from_utc(z, at);

	(void)snprintf(buf, TIME_TEXT, "%04d-%02d-%02d %02d:%02d %s", c.year, c.month,
	    c.day, c.hour, c.minute, offset_at(z, seconds_of(at))->name);
	return buf;
}
