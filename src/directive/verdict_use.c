/* SPDX-License-Identifier: ISC */
/* What was seen of a device since an instant, and whether anybody was looking. */
#include "device/hidden.h"
#include "directive/verdict_case.h"

int64_t
unexcused(const struct excuses *e, int64_t at)
{
	for (size_t i = 0; e != NULL && i < e->n; i++) {
		const struct exception *x = e->list[i];
		if (x->from > at || (x->until != TIME_NONE && x->until < at))
			continue;
		if (x->until == TIME_NONE)
			return INT64_MAX;
		at = x->until + 1;
		i = SIZE_MAX; /* another one may go on from here */
	}
	return at;
}

static bool
is_excused(const struct excuses *e, int64_t at)
{
	return unexcused(e, at) != at;
}

static void
note(struct seen *seen, int64_t first, int64_t last, const char *name, bool service)
{
	if (seen->first == TIME_NONE || first < seen->first) {
		seen->first = first;
		seen->name = name;
		seen->service = service;
	}
	if (last > seen->last)
		seen->last = last;
}

static bool
counts(enum use_kind kind, enum place place)
{
	return kind == USE_OF_ANY || place == PLACE_OFFICIAL;
}

static void
use_of_stays(const struct judging *j, const struct subject *s, enum use_kind kind,
    int64_t from, const struct excuses *e, struct seen *seen)
{
	const struct segment *segment;

	for (size_t i = 0; i < s->device->n_stays; i++) {
		const struct stay *stay = &s->device->stays[i];
		int64_t first = stay->first > from ? stay->first : from;
		int64_t last = stay->last < j->matter->as_of ? stay->last
		                                             : j->matter->as_of;
		if (first > last || !counts(kind, place_of(j, stay, &segment)) ||
		    !is_place_of(j->directive, segment))
			continue;
		first = unexcused(e, first);
		if (first > last)
			continue;
		note(seen, first, is_excused(e, last) ? first : last,
		    segment != NULL ? segment->name : NULL, false);
	}
}

/* A service's uses are folded: of a span only its two ends are proven. */
static void
use_of_services(const struct judging *j, const struct subject *s, int64_t from,
    const struct excuses *e, struct seen *seen)
{
	int64_t as_of = j->matter->as_of;

	for (size_t i = 0; i < s->device->n_uses; i++) {
		const struct evidence *use = &s->device->uses[i];
		const char *name = service_of(j, use);
		int64_t ends[] = { use->first, use->last };
		for (size_t k = 0; name != NULL && k < 2; k++)
			if (ends[k] >= from && ends[k] <= as_of &&
			    !is_excused(e, ends[k]))
				note(seen, ends[k], ends[k], name, true);
	}
}

bool
use_since(const struct judging *j, const struct subject *s, enum use_kind kind,
    int64_t from, const struct excuses *e, struct seen *seen)
{
	*seen = (struct seen){ .first = TIME_NONE, .last = TIME_NONE };
	use_of_stays(j, s, kind, from, e, seen);
	/* Nothing says where a service was used. */
	if (kind != USE_OF_CORE && !has_places(j->directive))
		use_of_services(j, s, from, e, seen);
	/* Where any place counts, that it was seen is enough. */
	if (kind == USE_OF_ANY && !has_places(j->directive) &&
	    seen->first == TIME_NONE && s->last_seen != TIME_NONE &&
	    s->last_seen >= from && !is_excused(e, s->last_seen))
		note(seen, s->last_seen, s->last_seen, NULL, false);
	return seen->first != TIME_NONE;
}

/* Where a segment's coverage from `from` on has its gap, in words. */
static void
tell_gap(const struct judging *j, const struct segment *segment, int64_t from,
    struct telling *t)
{
	const struct site *site = j->matter->site;
	int64_t since = TIME_NONE, until = TIME_NONE;
	char buf[TIME_TEXT];

	for (size_t i = 0; i < site->n_coverage; i++) {
		const struct coverage *c = &site->coverage[i];
		if (c->segment != segment || c->since == TIME_NONE)
			continue;
		if (c->until != TIME_NONE && c->until > until)
			until = c->until;
		if (c->until == TIME_NONE && (since == TIME_NONE || c->since < since))
			since = c->since;
	}
	if (since == TIME_NONE && until == TIME_NONE)
		because(j, t, "The segment %s has no sensor: a blind spot.",
		    segment->name);
	else if (since != TIME_NONE && since > from && since <= j->matter->as_of)
		because(j, t, "The segment %s has had a sensor only since %s.",
		    segment->name, at_text(j, since, buf));
	else if (since == TIME_NONE && until != TIME_NONE && until < j->matter->as_of)
		because(j, t, "The segment %s has had no sensor since %s.",
		    segment->name, at_text(j, until, buf));
	else
		because(j, t,
		    "The segment %s was not covered by a sensor all the time.",
		    segment->name);
}

/* The captures themselves must reach over the time, whatever the site file says. */
static bool
captured_since(const struct judging *j, int64_t from, struct telling *t)
{
	char buf[TIME_TEXT];

	if (j->last_packet == TIME_NONE || j->last_packet < from) {
		because(j, t, "No capture that was read reaches so far.");
		return false;
	}
	if (j->last_packet < j->matter->as_of - DAY) {
		because(j, t,
		    "The captures end on %s, and nothing is known of the time after.",
		    at_text(j, j->last_packet, buf));
		return false;
	}
	if (j->first_seen != TIME_NONE && j->first_seen > from + DAY) {
		because(j, t, "The captures begin only on %s.",
		    at_text(j, j->first_seen, buf));
		return false;
	}
	return true;
}

bool
watched_since(const struct judging *j, enum use_kind kind, int64_t from,
    struct telling *t)
{
	const struct site *site = j->matter->site;
	int64_t as_of = j->matter->as_of;
	int64_t to = j->last_packet < as_of ? j->last_packet : as_of;
	size_t covered = 0, gaps = 0;

	if (site == NULL) {
		because(j, t, "There is no site file that says what the sensors see.");
		return false;
	}
	if (!captured_since(j, from, t))
		return false;
	for (size_t i = 0; i < site->n_segments; i++) {
		const struct segment *segment = &site->segments[i];
		if ((kind != USE_OF_ANY && !segment->official) ||
		    !is_place_of(j->directive, segment))
			continue;
		if (site_covered(site, segment, from, to)) {
			covered++;
		} else {
			gaps++;
			tell_gap(j, segment, from, t);
		}
	}
	if (covered + gaps == 0)
		because(j, t, "No sensor covers a%s segment.",
		    kind == USE_OF_ANY ? "" : "n official");
	if (gaps > 0 || covered == 0)
		return false;
	because(j, t, "Sensors covered %s%zu %ssegment%s all the time since.",
	    covered == 1 ? "" : "all ", covered, kind == USE_OF_ANY ? "" : "official ",
	    covered == 1 ? "" : "s");
	return true;
}

/* Services that a tunnel hides; without one those that are known by name alone. */
static bool
has_services_that_hide(const struct site *site, bool tunnel)
{
	for (size_t i = 0; site != NULL && i < site->n_services; i++)
		if (tunnel ||
		    (site->services[i].n_hosts > 0 && site->services[i].n_nets == 0))
			return true;
	return false;
}

bool
use_may_hide(const struct judging *j, const struct subject *s, enum use_kind kind,
    int64_t from, struct telling *t)
{
	const char *ways[HIDDEN_WAYS];
	bool tunnel = s->device->hides >> HIDDEN_VPN & 1;
	size_t n = 0;

	if (kind != USE_OF_OFFICIAL || s->device->hides == 0 || s->last_seen < from ||
	    !has_services_that_hide(j->matter->site, tunnel))
		return false;
	for (unsigned way = 0; way < HIDDEN_WAYS; way++)
		if (s->device->hides >> way & 1)
			ways[n++] = hidden_about((enum hidden)way);
	because(j, t,
	    tunnel ? "It hides what it does (%s), so it cannot be told whether it used "
	             "official services."
	           : "It hides the names that it looks up (%s), so the names of "
	             "official services cannot tell whether it used them.",
	    list_text(j, ways, n));
	return true;
}
