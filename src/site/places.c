/* SPDX-License-Identifier: ISC */
/* Segments and services of site.yaml. */
#include <stdio.h>
#include <stdlib.h>

#include "site/tree.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

enum { PLACES_MAX = 4096 };

/* "10.1.2.3/16" belongs to 10.1.0.0/16: the range that was probably meant. */
static bool
without_host_bits(struct text t, char *buf, size_t n)
{
	size_t slash = text_find(t, '/', 0);
	unsigned long long bits;
	struct addr a;
	char text[ADDR_TEXT];

	if (slash == t.len || !addr_parse((struct text){ t.s, slash }, &a) ||
	    a.kind == ADDR_MAC ||
	    !text_number((struct text){ t.s + slash + 1, t.len - slash - 1 }, &bits) ||
	    bits > addr_len(a.kind) * 8)
		return false;
	for (size_t bit = (size_t)bits; bit < addr_len(a.kind) * 8; bit++)
		a.b[bit / 8] &= (uint8_t) ~(0x80U >> bit % 8);
	(void)snprintf(buf, n, "%s/%llu", addr_print(a, text), bits);
	return true;
}

struct prefix *
read_ranges(struct site_reader *r, const struct yaml *y, const char *what, size_t *n)
{
	char buf[ADDR_TEXT + 8];

	*n = 0;
	if (!schema_sequence(&r->s, y, what))
		return NULL;
	struct prefix *list = arena_take(r->s.arena,
	    (schema_count(y) + 1) * sizeof *list);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		if (!schema_scalar(&r->s, item, what))
			continue;
		int len = item->scalar.len < 60 ? (int)item->scalar.len : 60;
		if (prefix_parse(item->scalar, &list[*n]))
			++*n;
		else if (without_host_bits(item->scalar, buf, sizeof buf))
			wrong(&r->s, item,
			    "%s: '%.*s' has bits behind its length: the "
			    "range is %s",
			    what, len, item->scalar.s, buf);
		else
			wrong(&r->s, item,
			    "%s: want a range such as 10.1.0.0/16 or 2001:db8::/32, "
			    "not "
			    "'%.*s'",
			    what, len, item->scalar.s);
	}
	if (y->first == NULL)
		wrong(&r->s, y, "%s: the list is empty", what);
	return list;
}

uint16_t *
read_numbers(struct site_reader *r, const struct yaml *y, const char *what,
    unsigned least, unsigned most, size_t *n)
{
	uint8_t seen[65536 / 8] = { 0 };
	unsigned long long number;

	*n = 0;
	if (!schema_sequence(&r->s, y, what))
		return NULL;
	uint16_t *list = arena_take(r->s.arena, (schema_count(y) + 1) * sizeof *list);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		if (!schema_number(&r->s, item, what, least, most, &number))
			continue;
		if (seen[number / 8] >> number % 8 & 1)
			wrong(&r->s, item, "%s: %llu stands twice", what, number);
		seen[number / 8] |= (uint8_t)(1U << number % 8);
		list[(*n)++] = (uint16_t)number;
	}
	if (y->first == NULL)
		wrong(&r->s, y, "%s: the list is empty", what);
	return list;
}

static void
read_segment(struct site_reader *r, const struct yaml *y, struct segment *out)
{
	static const char *const keys[] = { "name", "official", "ranges", "vlans",
		"ssids" };

	if (!schema_mapping(&r->s, y, "a segment", keys, COUNT(keys)))
		return;
	out->name = schema_text(&r->s, schema_need(&r->s, y, "a segment", "name"),
	    "name");
	out->official = schema_yes(&r->s,
	    schema_need(&r->s, y, "a segment", "official"), "official", false);
	out->ranges = read_ranges(r, yaml_get(y, "ranges"), "ranges", &out->n_ranges);
	out->vlans = read_numbers(r, yaml_get(y, "vlans"), "vlans", 1, 4094,
	    &out->n_vlans);
	out->n_ssids = schema_texts(&r->s, yaml_get(y, "ssids"), "ssids", &out->ssids);
	if (yaml_get(y, "ranges") == NULL && yaml_get(y, "vlans") == NULL &&
	    yaml_get(y, "ssids") == NULL)
		wrong(&r->s, y,
		    "a segment has at least one of ranges, vlans and ssids");
}

static bool
share_text(const char **a, size_t n, const char **b, size_t m, const char **which)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			if (strcmp(a[i], b[j]) == 0) {
				*which = a[i];
				return true;
			}
	return false;
}

/* What two segments may not both be called, hold or be seen on. */
static void
keep_apart(struct site_reader *r, const struct yaml *y, const struct segment *a,
    const struct segment *b)
{
	char text[ADDR_TEXT];
	const char *which;

	if (a->name == NULL || b->name == NULL)
		return;
	if (strcmp(a->name, b->name) == 0)
		wrong(&r->s, y, "segments: the name '%.60s' stands twice", b->name);
	for (size_t i = 0; i < b->n_ranges; i++)
		for (size_t j = 0; j < a->n_ranges; j++)
			if (a->ranges[j].bits == b->ranges[i].bits &&
			    addr_equal(a->ranges[j].net, b->ranges[i].net))
				wrong(&r->s, y,
				    "segments: the range %s/%u of '%.60s' is that of "
				    "'%.60s', too (one within the other would do)",
				    addr_print(b->ranges[i].net, text),
				    b->ranges[i].bits, b->name, a->name);
	for (size_t i = 0; i < b->n_vlans; i++)
		for (size_t j = 0; j < a->n_vlans; j++)
			if (a->vlans[j] == b->vlans[i])
				wrong(&r->s, y,
				    "segments: VLAN %u of '%.60s' is that of '%.60s', "
				    "too",
				    b->vlans[i], b->name, a->name);
	if (share_text(a->ssids, a->n_ssids, b->ssids, b->n_ssids, &which))
		wrong(&r->s, y,
		    "segments: the SSID '%.60s' of '%.60s' is that of '%.60s', too",
		    which, b->name, a->name);
}

static bool
is_list_of_places(struct site_reader *r, const struct yaml *y, const char *what)
{
	if (!schema_sequence(&r->s, y, what))
		return false;
	if (schema_count(y) <= PLACES_MAX)
		return true;
	wrong(&r->s, y, "%s: more than %d", what, PLACES_MAX);
	return false;
}

static size_t
weight(const struct segment *s)
{
	return s->n_ranges + s->n_vlans + s->n_ssids + 1;
}

void
read_segments(struct site_reader *r, const struct yaml *y)
{
	struct site *site = r->site;
	size_t total = 0;

	if (!is_list_of_places(r, y, "segments"))
		return;
	site->segments = arena_take(r->s.arena,
	    (schema_count(y) + 1) * sizeof *site->segments);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		struct segment *s = &site->segments[site->n_segments++];
		read_segment(r, item, s);
		total += weight(s);
	}
	/* Each is compared with each: a site has some hundreds of ranges in all. */
	if (total > PLACES_MAX * 2) {
		wrong(&r->s, y, "segments: more than %d ranges, VLANs and SSIDs",
		    PLACES_MAX * 2);
		return;
	}
	size_t b = 0;
	for (const struct yaml *item = y->first; item != NULL; item = item->next, b++)
		for (size_t a = 0; a < b && r->s.to->errors < YAML_MISTAKES; a++)
			keep_apart(r, item, &site->segments[a], &site->segments[b]);
}

/* A host name, or a point and a domain with all that is below it. */
static void
check_host(struct site_reader *r, const struct yaml *y, const char *host)
{
	const char *why = NULL;
	size_t n = strlen(host);

	if (strncmp(host, "*.", 2) == 0)
		why = "write '.example.org' for a domain and all below it, without '*'";
	else if (strchr(host, '/') != NULL || strchr(host, ':') != NULL)
		why = "want a name alone, without scheme, port or path";
	else if (n > 253 || n < 2 || host[n - 1] == '.' || strstr(host, "..") != NULL)
		why = "want a name such as mail.example.org";
	for (size_t i = 0; i < n && why == NULL; i++)
		if ((uint8_t)host[i] <= 0x20 || strchr("*?\"'<>(){}[]\\,;@", host[i]))
			why = "want letters, digits, '-' and '.'";
	if (why != NULL)
		wrong(&r->s, y, "hosts: '%.60s': %s", host, why);
}

static void
read_service(struct site_reader *r, const struct yaml *y, struct service *out)
{
	static const char *const keys[] = { "name", "hosts", "addresses", "ports" };
	const struct yaml *hosts = yaml_get(y, "hosts");

	if (!schema_mapping(&r->s, y, "a service", keys, COUNT(keys)))
		return;
	out->name = schema_text(&r->s, schema_need(&r->s, y, "a service", "name"),
	    "name");
	out->n_hosts = schema_texts(&r->s, hosts, "hosts", &out->hosts);
	if (hosts != NULL && schema_count(hosts) == out->n_hosts) {
		const struct yaml *item = hosts->first;
		for (size_t i = 0; i < out->n_hosts; i++, item = item->next)
			check_host(r, item, out->hosts[i]);
	}
	out->nets = read_ranges(r, yaml_get(y, "addresses"), "addresses", &out->n_nets);
	out->ports = read_numbers(r, yaml_get(y, "ports"), "ports", 1, 65535,
	    &out->n_ports);
	if (hosts == NULL && yaml_get(y, "addresses") == NULL)
		wrong(&r->s, y, "a service has hosts or addresses");
}

void
read_services(struct site_reader *r, const struct yaml *y)
{
	struct site *site = r->site;

	if (!is_list_of_places(r, y, "services"))
		return;
	site->services = arena_take(r->s.arena,
	    (schema_count(y) + 1) * sizeof *site->services);
	for (const struct yaml *item = y->first; item != NULL; item = item->next) {
		struct service *s = &site->services[site->n_services];
		read_service(r, item, s);
		for (size_t i = 0; i < site->n_services && s->name != NULL; i++)
			if (site->services[i].name != NULL &&
			    strcmp(site->services[i].name, s->name) == 0) {
				wrong(&r->s, item,
				    "services: the name '%.60s' stands twice", s->name);
				break;
			}
		site->n_services++;
	}
}
