/* SPDX-License-Identifier: ISC */
#include "report/view.h"

#include <stdlib.h>

/* What orders the verdicts of an order for people. */
struct key {
	int64_t at;
	uint32_t verdict; /* among those of the order */
	bool without_device;
	uint8_t standing;
};

static int
by_urgency(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->without_device != y->without_device)
		return x->without_device ? 1 : -1;
	if (x->standing != y->standing)
		return x->standing < y->standing ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->verdict > y->verdict) - (x->verdict < y->verdict);
}

const struct device *
view_device(const struct view *v, size_t number)
{
	if (number == NO_DEVICE)
		return NULL;
	return v->devices != NULL ? v->devices[number]
	                          : register_device(v->report.matter->devices, number);
}

void
view_walked(const struct view *v)
{
	if (v->devices == NULL)
		register_walked(v->report.matter->devices);
}

struct arena
view_lines_begin(struct view *v)
{
	struct arena kept = v->arena;

	v->arena = (struct arena){ NULL, 0 };
	return kept;
}

void
view_line_done(struct view *v)
{
	arena_reset(&v->arena);
	view_walked(v);
}

void
view_lines_end(struct view *v, struct arena kept)
{
	arena_free(&v->arena);
	v->arena = kept;
}

/* Without a register, the devices are those of which the verdicts speak. */
static void
devices_find(struct view *v)
{
	const struct register_ *all = v->report.matter->devices;
	const struct verdicts *list = v->report.verdicts;

	v->first_seen = v->last_seen = TIME_NONE;
	if (all != NULL) {
		v->n_devices = register_count(all);
		register_period(all, &v->first_seen, &v->last_seen);
		return;
	}
	for (size_t i = 0; i < list->n; i++)
		if (list->list[i].device != NO_DEVICE &&
		    list->list[i].device >= v->n_devices)
			v->n_devices = list->list[i].device + 1;
	v->devices = arena_take(&v->arena, (v->n_devices + 1) * sizeof *v->devices);
	for (size_t i = 0; i < list->n; i++) {
		const struct device *d = list->list[i].handed;
		if (d == NULL)
			continue;
		v->devices[list->list[i].device] = d;
		if (v->first_seen == TIME_NONE || d->first_seen < v->first_seen)
			v->first_seen = d->first_seen;
		if (v->last_seen == TIME_NONE || d->last_seen > v->last_seen)
			v->last_seen = d->last_seen;
	}
}

/* Those of persons without a device stand behind all others. */
static size_t
place_of(const struct view *v, const struct verdict *verdict)
{
	return verdict->device == NO_DEVICE ? v->n_devices : verdict->device;
}

/* Hands the verdicts out to their devices: a counting sort by device. */
static void
verdicts_by_device(struct view *v)
{
	const struct verdicts *all = v->report.verdicts;

	v->begin = arena_take(&v->arena, (v->n_devices + 3) * sizeof *v->begin);
	v->of_device = arena_take(&v->arena, (all->n + 1) * sizeof *v->of_device);
	for (size_t i = 0; i < all->n; i++)
		v->begin[place_of(v, &all->list[i]) + 2]++;
	for (size_t i = 1; i < v->n_devices + 3; i++)
		v->begin[i] += v->begin[i - 1];
	for (uint32_t i = 0; i < all->n; i++)
		v->of_device[v->begin[place_of(v, &all->list[i]) + 1]++] = i;
}

static void
order_by_urgency(struct view *v, const struct tally *t)
{
	const struct verdict *list = v->report.verdicts->list + t->first;
	struct key *keys = must_alloc(t->n, sizeof *keys);

	for (uint32_t i = 0; i < t->n; i++) {
		const struct duty *duty = verdict_urgent(&list[i]);
		int64_t at = duty == NULL        ? TIME_NONE
		    : duty->state == DUTY_FAILED ? duty->failed_since
		                                 : duty->due;
		keys[i] = (struct key){ at == TIME_NONE ? INT64_MAX : at, i,
			list[i].device == NO_DEVICE,
			(uint8_t)verdict_standing(&list[i]) };
	}
	qsort(keys, t->n, sizeof *keys, by_urgency);
	for (size_t i = 0; i < t->n; i++)
		v->order[v->n++] = (uint32_t)t->first + keys[i].verdict;
	free(keys);
}

static void
verdicts_by_urgency(struct view *v)
{
	v->order = arena_take(&v->arena,
	    (v->report.verdicts->n + 1) * sizeof *v->order);
	for (size_t t = 0; t < v->summary.n; t++)
		order_by_urgency(v, &v->summary.tallies[t]);
}

enum standing
view_standing(const struct view *v, size_t device)
{
	enum standing worst = STANDS_NOT_COVERED;

	for (size_t i = v->begin[device]; i < v->begin[device + 1]; i++) {
		enum standing s = verdict_standing(
		    &v->report.verdicts->list[v->of_device[i]]);
		if (s < worst)
			worst = s;
	}
	return worst;
}

static const struct zone *
zone_of(const struct case_file *c)
{
	if (c->site != NULL && c->site->zone != NULL)
		return c->site->zone;
	if (c->people != NULL && c->people->zone != NULL)
		return c->people->zone;
	for (size_t i = 0; i < c->n_directives; i++)
		if (c->directives[i]->zone != NULL)
			return c->directives[i]->zone;
	return NULL;
}

/* Names of sites, segments and services, wherever a sentence has one. */
static void
places_hide(struct view *v)
{
	const struct people *people = v->report.matter->people;
	const struct site *site = v->report.matter->site;

	for (size_t i = 0; people != NULL && i < people->n_persons; i++)
		if (people->persons[i].site != NULL) {
			struct text name = text_of(people->persons[i].site);
			scrub_add(v->scrub, "place", name, name);
		}
	for (size_t i = 0; site != NULL && i < site->n_segments; i++) {
		struct text name = text_of(site->segments[i].name);
		scrub_add(v->scrub, "place", name, name);
	}
	for (size_t i = 0; site != NULL && i < site->n_services; i++) {
		struct text name = text_of(site->services[i].name);
		scrub_add(v->scrub, "place", name, name);
	}
}

static void
names_hide(struct view *v)
{
	for (size_t i = 0; v->scrub != NULL && i < v->n_devices; i++) {
		const struct device *d = view_device(v, i);
		/* Names live in the register, the id in the device. */
		struct text id = arena_text(&v->arena, text_of(d->id));
		scrub_add(v->scrub, "d", id, id);
		for (size_t k = 0; k < d->n_labels; k++) {
			struct text name = d->labels[k].value;
			bool is_id = fact_keep(d->labels[k].key) == KEEP_ID;
			scrub_add(v->scrub, is_id ? "id" : "host", name, name);
		}
		view_walked(v);
	}
}

/* In one walk: a register of exceptions asks it of each of them. */
static void
exceptions_mark(struct view *v)
{
	const struct people *people = v->report.matter->people;
	const struct verdicts *all = v->report.verdicts;

	if (people == NULL || people->n_exceptions == 0)
		return;
	v->in_force = arena_take(&v->arena, people->n_exceptions * sizeof(bool));
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].exception != NULL)
			v->in_force[all->list[i].exception - people->exceptions] = true;
}

bool
duty_has_line(const struct view *v, const struct duty *d)
{
	return !v->report.brief || d->state != DUTY_NOT_APPLICABLE;
}

const char *
verdict_state(const struct verdict *v, const struct duty *d)
{
	if (d != NULL)
		return duty_state_name(d->state);
	return v->n_duties > 0 ? duty_state_name(DUTY_NOT_APPLICABLE) : NULL;
}

struct view *
view_new(const struct report *r)
{
	static const struct verdicts none = { .list = NULL };

	if (r->view != NULL)
		return r->view;
	struct view *v = must_alloc(1, sizeof *v);

	v->report = *r;
	if (v->report.verdicts == NULL)
		v->report.verdicts = &none;
	writer_to_memory(&v->scratch);
	v->zone = zone_of(r->matter);
	v->summary = summarise(&v->arena, &v->report);
	devices_find(v);
	verdicts_by_device(v);
	verdicts_by_urgency(v);
	exceptions_mark(v);
	v->scrub = scrub_new(&v->report);
	names_hide(v);
	if (v->report.withhold)
		places_hide(v);
	return v;
}

void
view_share(struct report *r)
{
	r->view = view_new(r);
	r->view->shared = true;
}

void
view_unshare(struct report *r)
{
	struct view *v = r->view;

	r->view = NULL;
	if (v != NULL)
		v->shared = false;
	view_free(v);
}

void
view_free(struct view *v)
{
	if (v == NULL || v->shared)
		return;
	scrub_free(v->scrub);
	(void)writer_close(&v->scratch);
	arena_free(&v->arena);
	free(v);
}
