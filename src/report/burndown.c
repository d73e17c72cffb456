/* SPDX-License-Identifier: ISC */
#include "report/burndown.h"

#include <stdlib.h>

enum { DAYS_MOST = 3 * 366 };

static int64_t
day_of(const struct zone *zone, int64_t at)
{
	struct civil c = zone_from_utc(zone, at);

	return days_from_civil(c.year, c.month, c.day);
}

static bool
stops_use(enum verb verb)
{
	return verb == VERB_STOP_USE || verb == VERB_DISCONNECT ||
	    verb == VERB_REMOVE || verb == VERB_NOT_CARRY_IN ||
	    verb == VERB_CEASE_DEPLOY;
}

static void
deadline_find(const struct verdict *list, const struct tally *t, struct burndown *b)
{
	for (size_t i = t->first; i < t->first + t->n; i++) {
		const struct verdict *v = &list[i];
		for (size_t k = 0; v->object == COVERED && k < v->n_duties; k++) {
			const struct duty *d = &v->duties[k];
			if (!stops_use(d->obligation->verb) || d->due == TIME_NONE)
				continue;
			if (b->obligation == NULL) {
				b->obligation = d->obligation;
				b->deadline = d->due;
			} else if (b->obligation == d->obligation &&
			    b->deadline != d->due) {
				b->deadline = TIME_NONE;
				return;
			}
		}
	}
}

struct marks {
	struct burndown *b;
	const struct zone *zone;
	bool *days; /* of one device */
};

static void
mark(struct marks *m, int64_t from, int64_t to)
{
	int64_t first = day_of(m->zone, from) - m->b->first_day;
	int64_t last = day_of(m->zone, to) - m->b->first_day;

	for (int64_t d = first < 0 ? 0 : first; d <= last && d < (int64_t)m->b->n; d++)
		m->days[d] = true;
}

static void
marks_of(struct marks *m, const struct site *site, const struct device *d)
{
	for (size_t i = 0; i < d->n_stays; i++) {
		const struct stay *s = &d->stays[i];
		const struct segment *segment = site == NULL
		    ? NULL
		    : site_segment(site, s->ip, s->vlan);
		if (site == NULL || (segment != NULL && segment->official))
			mark(m, s->first, s->last);
	}
	for (size_t i = 0; i < d->n_uses; i++) {
		mark(m, d->uses[i].first, d->uses[i].first);
		mark(m, d->uses[i].last, d->uses[i].last);
	}
}

/* Adds one device's days to the curves. */
static void
count(struct burndown *b, const bool *days)
{
	size_t first = b->n, last = 0;

	for (size_t i = 0; i < b->n; i++) {
		if (!days[i])
			continue;
		if (first == b->n)
			first = i;
		last = i;
		b->seen[i]++;
	}
	if (first == b->n)
		return;
	b->baseline++;
	for (size_t i = first; i <= last; i++)
		b->still[i]++;
}

/* From the first day of the capture to the time asked about. */
static void
period_find(struct view *v, const struct zone *zone, struct burndown *b)
{
	int64_t as_of = v->report.matter->as_of, last_day = day_of(zone, as_of);
	int64_t first = v->first_seen == TIME_NONE || v->first_seen > as_of
	    ? as_of
	    : v->first_seen;

	b->first_day = day_of(zone, first);
	if (last_day - b->first_day >= DAYS_MOST)
		b->first_day = last_day - DAYS_MOST + 1;
	b->n = (size_t)(last_day - b->first_day + 1);
}

void
burndown_make(struct view *v, const struct tally *t, struct burndown *b)
{
	const struct verdict *list = v->report.verdicts->list;
	const struct site *site = v->report.matter->site;
	const struct zone *zone = t->directive->zone;

	*b = (struct burndown){ .deadline = TIME_NONE, .official = site != NULL };
	period_find(v, zone, b);
	b->seen = arena_take(&v->arena, b->n * sizeof *b->seen);
	b->still = arena_take(&v->arena, b->n * sizeof *b->still);
	deadline_find(list, t, b);
	struct marks m = { b, zone, NULL };
	for (size_t i = t->first; i < t->first + t->n; i++) {
		if (list[i].device == NO_DEVICE || list[i].object != COVERED)
			continue;
		m.days = must_alloc(b->n, sizeof *m.days);
		marks_of(&m, site, view_device(v, list[i].device));
		count(b, m.days);
		free(m.days);
		view_walked(v);
	}
}
