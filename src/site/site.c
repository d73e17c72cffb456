/* SPDX-License-Identifier: ISC */
/* site.yaml: strict, every mistake at once; and the questions that are asked of it. */
#include "site/site.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/time.h"
#include "site/tree.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

enum { FILE_BYTES = 1024 * 1024 };

static const struct segment *
find_segment(struct site_reader *r, const struct yaml *y)
{
	const struct site *site = r->site;
	const char *name = schema_text(&r->s, y, "segment");

	if (name == NULL)
		return NULL;
	for (size_t i = 0; i < site->n_segments; i++)
		if (site->segments[i].name != NULL &&
		    strcmp(site->segments[i].name, name) == 0)
			return &site->segments[i];
	const char **names = arena_take(r->s.arena,
	    (site->n_segments + 1) * sizeof *names);
	size_t n = 0;
	for (size_t i = 0; i < site->n_segments; i++)
		if (site->segments[i].name != NULL)
			names[n++] = site->segments[i].name;
	const char *near = text_nearest(text_of(name), names, n);
	wrong(&r->s, y, "segment: none is called '%.60s'%s%s%s", name,
	    near != NULL ? ": do you mean '" : "", near != NULL ? near : "",
	    near != NULL ? "'?" : "");
	return NULL;
}

static void
read_cover(struct site_reader *r, const struct yaml *y, struct coverage *out)
{
	static const char *const keys[] = { "segment", "since", "until" };
	const struct yaml *since, *until = yaml_get(y, "until");

	out->since = out->until = TIME_NONE;
	if (!schema_mapping(&r->s, y, "a coverage", keys, COUNT(keys)))
		return;
	out->segment = find_segment(r, schema_need(&r->s, y, "a coverage", "segment"));
	since = schema_need(&r->s, y, "a coverage", "since");
	if (since != NULL && since->kind == YAML_SCALAR &&
	    text_is(since->scalar, "never")) {
		if (until != NULL)
			wrong(&r->s, until, "until: what never began has no end");
		return;
	}
	(void)schema_date(&r->s, since, "since", false, &out->since, NULL);
	(void)schema_date(&r->s, until, "until", true, &out->until, NULL);
	if (out->since != TIME_NONE && out->until != TIME_NONE &&
	    out->until <= out->since)
		wrong(&r->s, until, "until: does not come after since");
}

static void
read_coverage(struct site_reader *r, const struct yaml *y)
{
	struct site *site = r->site;

	if (!schema_sequence(&r->s, y, "coverage"))
		return;
	site->coverage = arena_take(r->s.arena,
	    (schema_count(y) + 1) * sizeof *site->coverage);
	for (const struct yaml *item = y->first; item != NULL; item = item->next)
		read_cover(r, item, &site->coverage[site->n_coverage++]);
}

/* N days, weeks, months or years */
static void
read_retention(struct site_reader *r, const struct yaml *y)
{
	unsigned long long n;
	struct text number, rest;
	enum unit unit;
	int times;

	if (y == NULL || !schema_scalar(&r->s, y, "retention"))
		return;
	rest = y->scalar;
	(void)text_split(&rest, ' ', &number);
	if (text_number(number, &n) && n > 0 && n <= 1200 &&
	    unit_find(text_trim(rest), &unit, &times) && unit != UNIT_HOURS) {
		r->site->retention = (int)n * times;
		r->site->retention_unit = unit;
		return;
	}
	wrong(&r->s, y,
	    "retention: want a number from 1 to 1200 and days, weeks, months or years, "
	    "such as '180 days', not '%.*s'",
	    y->scalar.len < 40 ? (int)y->scalar.len : 40, y->scalar.s);
}

static void
read_site(struct site_reader *r, const struct yaml *y)
{
	static const char *const keys[] = { "name", "zone", "segments", "services",
		"coverage", "weekend", "holidays", "holidays-file", "priors",
		"retention" };
	struct site *site = r->site;

	if (!schema_mapping(&r->s, y, "a site", keys, COUNT(keys)))
		return;
	site->name = schema_text(&r->s, yaml_get(y, "name"), "name");
	site->zone = r->s.zone = schema_zone(&r->s,
	    schema_need(&r->s, y, "a site", "zone"));
	read_segments(r, yaml_get(y, "segments"));
	read_services(r, yaml_get(y, "services"));
	read_coverage(r, yaml_get(y, "coverage"));
	read_calendar(r, y);
	read_priors(r, yaml_get(y, "priors"));
	read_retention(r, yaml_get(y, "retention"));
}

struct site *
site_parse(const char *file, struct text t, struct complaints *to)
{
	struct site *site = must_alloc(1, sizeof *site);
	struct arena tree = { 0 };
	size_t before = to->errors;
	struct site_reader r = { .s = { .arena = &site->arena, .file = file, .to = to },
		.site = site };

	site->file = arena_string(&site->arena, text_of(file));
	const struct yaml *y = yaml_read(&tree, file, t, to);
	if (y != NULL)
		read_site(&r, y);
	arena_free(&tree);
	if (to->errors >= YAML_MISTAKES)
		caution(to, file, 0, 0, "has more mistakes than are told");
	if (y == NULL || to->errors > before) {
		site_free(site);
		return NULL;
	}
	return site;
}

struct site *
site_load(const char *file, struct complaints *to)
{
	struct arena bytes = { 0 };
	struct site *site = NULL;
	struct text t;

	if (file_read(&bytes, file, FILE_BYTES, &t, to))
		site = site_parse(file, t, to);
	arena_free(&bytes);
	return site;
}

void
site_free(struct site *site)
{
	if (site != NULL)
		arena_free(&site->arena);
	free(site);
}

const struct segment *
site_segment(const struct site *site, struct addr ip, uint16_t vlan)
{
	const struct segment *by_range = NULL, *by_vlan = NULL;
	int best = -1;

	for (size_t i = 0; i < site->n_segments; i++) {
		const struct segment *s = &site->segments[i];
		for (size_t j = 0; j < s->n_ranges; j++)
			if (s->ranges[j].bits > best && prefix_has(&s->ranges[j], ip)) {
				best = s->ranges[j].bits;
				by_range = s;
			}
		for (size_t j = 0; j < s->n_vlans && vlan != 0; j++)
			if (s->vlans[j] == vlan)
				by_vlan = s;
	}
	return by_range != NULL ? by_range : by_vlan;
}

bool
site_is_watched(const struct site *site, const struct segment *s)
{
	for (size_t i = 0; i < site->n_coverage; i++)
		if (site->coverage[i].segment == s &&
		    site->coverage[i].since != TIME_NONE)
			return true;
	return false;
}

int64_t
site_retains_from(const struct site *site, int64_t at)
{
	if (site->retention == 0 || at == TIME_NONE)
		return INT64_MIN;
	int64_t limit = zone_add(site->zone, NULL, at, -site->retention,
	    site->retention_unit);
	return limit / DAY - (limit % DAY < 0);
}

static bool
host_matches(struct text host, struct text rule)
{
	if (rule.len == 0 || rule.s[0] != '.')
		return text_equal_word(host, rule);
	struct text domain = { rule.s + 1, rule.len - 1 };
	if (text_equal_word(host, domain))
		return true;
	return host.len > rule.len &&
	    text_equal_word((struct text){ host.s + host.len - rule.len, rule.len },
	        rule);
}

bool
site_host_is_official(const struct site *site, struct text host, const char **service)
{
	if (host.len > 0 && host.s[host.len - 1] == '.')
		host.len--;
	for (size_t i = 0; i < site->n_services; i++)
		for (size_t j = 0; j < site->services[i].n_hosts; j++)
			if (host_matches(host, text_of(site->services[i].hosts[j]))) {
				if (service != NULL)
					*service = site->services[i].name;
				return true;
			}
	return false;
}

static bool
has_port(const struct service *s, uint16_t port)
{
	for (size_t i = 0; i < s->n_ports; i++)
		if (s->ports[i] == port)
			return true;
	return s->n_ports == 0;
}

const struct service *
site_service(const struct site *site, struct addr ip, uint16_t port)
{
	for (size_t i = 0; i < site->n_services; i++) {
		const struct service *s = &site->services[i];
		for (size_t j = 0; j < s->n_nets; j++)
			if (prefix_has(&s->nets[j], ip) && has_port(s, port))
				return s;
	}
	return NULL;
}

bool
site_covered(const struct site *site, const struct segment *segment, int64_t from,
    int64_t to)
{
	int64_t covered = from;
	bool moved = true;

	/* Rows that overlap or touch cover together; each may carry on another. */
	while (moved) {
		moved = false;
		for (size_t i = 0; i < site->n_coverage; i++) {
			const struct coverage *c = &site->coverage[i];
			if (c->segment != segment || c->since == TIME_NONE ||
			    c->since > covered)
				continue;
			if (c->until == TIME_NONE || c->until >= to)
				return true;
			if (c->until >= covered) {
				covered = c->until + 1;
				moved = true;
			}
		}
	}
	return false;
}
