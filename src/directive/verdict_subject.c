/* SPDX-License-Identifier: ISC */
/* Of each device, once for all orders: who holds it, and where it was in use. */
#include "directive/verdict_case.h"

#include <stdlib.h>

enum place
place_of(const struct judging *j, const struct stay *stay,
    const struct segment **segment)
{
	const struct site *site = j->matter->site;

	*segment = site == NULL ? NULL : site_segment(site, stay->ip, stay->vlan);
	if (*segment != NULL)
		return (*segment)->official ? PLACE_OFFICIAL : PLACE_GUEST;
	if (stay->ip.kind == ADDR_NONE || addr_is_unspecified(stay->ip) ||
	    addr_is_link_local(stay->ip))
		return PLACE_NOWHERE;
	return PLACE_UNKNOWN;
}

const char *
service_of(const struct judging *j, const struct evidence *use)
{
	const char *service = NULL;

	if (fact_keep(use->key) == KEEP_USE)
		return "an official service";
	if (j->matter->site == NULL ||
	    !site_host_is_official(j->matter->site, use->value, &service))
		return NULL;
	return service != NULL ? service : "an official service";
}

static void
gather_names(const struct judging *j, struct subject *s)
{
	size_t n = s->device->n_labels;

	s->hostnames = arena_take(j->gathered, n * sizeof *s->hostnames);
	s->client_ids = arena_take(j->gathered, n * sizeof *s->client_ids);
	for (size_t i = 0; i < n; i++) {
		const struct label *l = &s->device->labels[i];
		if (fact_keep(l->key) == KEEP_ID)
			s->client_ids[s->n_client_ids++] = l->value;
		else if (!l->is_default)
			s->hostnames[s->n_hostnames++] = l->value;
	}
}

/* A number that is not on the wire, and that an inventory has for its address. */
static const struct custody *
by_number(const struct people *p, const struct label *l)
{
	if (l->key == FACT_INVENTORY_SERIAL)
		return custody_of_name(p, BY_SERIAL, l->value);
	if (l->key == FACT_INVENTORY_IMEI)
		return custody_of_name(p, BY_IMEI, l->value);
	return NULL;
}

static const struct custody *
held_at(const struct judging *j, const struct subject *s, int64_t at)
{
	const struct people *p = j->matter->people;
	const struct custody *best = custody_at(p, s->device->macs, s->device->n_macs,
	    s->hostnames, s->n_hostnames, s->client_ids, s->n_client_ids, at);

	for (size_t i = 0; i < s->device->n_labels; i++)
		best = custody_later(best, by_number(p, &s->device->labels[i]), at);
	return best;
}

static void
gather_holder(struct judging *j, struct subject *s)
{
	int64_t as_of = j->matter->as_of;

	if (j->matter->people == NULL)
		return;
	gather_names(j, s);
	s->custody = held_at(j, s, as_of);
	if (s->custody == NULL) {
		s->custody = held_at(j, s, s->last_seen);
		s->custody_is_over = s->custody != NULL;
	}
	if (s->custody == NULL)
		return;
	/* What went while they were there counts as theirs: that is its history. */
	if (s->custody->event == CUSTODY_ISSUED &&
	    person_has_left(s->custody->person, as_of))
		s->left = s->custody->person;
	else
		s->holder = s->custody->person;
}

/* Among what its holder has. */
void
subject_hold(struct judging *j, struct subject *s)
{
	struct subject **place = &j->of_person[s->holder - j->matter->people->persons];

	s->next_of_holder = *place;
	*place = s;
}

static void
note_official(struct subject *s, int64_t last, const char *name, bool service)
{
	s->use = USE_OFFICIAL;
	if (last <= s->last_official)
		return;
	s->last_official = last;
	s->official_name = name;
	s->official_service = service;
}

static void
gather_use(const struct judging *j, struct subject *s)
{
	const struct device *d = s->device;
	int64_t as_of = j->matter->as_of;
	bool unknown = j->matter->site == NULL, guest = false;
	const struct segment *segment;

	s->last_official = TIME_NONE;
	for (size_t i = 0; i < d->n_stays; i++) {
		const struct stay *stay = &d->stays[i];
		if (stay->first > as_of)
			continue;
		enum place place = place_of(j, stay, &segment);
		guest |= place == PLACE_GUEST;
		unknown |= place == PLACE_UNKNOWN;
		if (place == PLACE_OFFICIAL)
			note_official(s, stay->last < as_of ? stay->last : as_of,
			    segment->name, false);
	}
	for (size_t i = 0; i < d->n_uses; i++) {
		const char *service = service_of(j, &d->uses[i]);
		int64_t last = d->uses[i].last;
		if (service != NULL && d->uses[i].first <= as_of)
			note_official(s, last < as_of ? last : as_of, service, true);
	}
	if (s->use != USE_OFFICIAL)
		s->use = unknown ? USE_UNKNOWN : guest ? USE_GUEST : USE_NONE;
}

void
subject_gather(struct judging *j, struct subject *s, const struct device *d)
{
	int64_t as_of = j->matter->as_of;

	*s = (struct subject){ .device = d,
		.last_seen = d->last_seen < as_of ? d->last_seen : as_of };
	gather_holder(j, s);
	gather_use(j, s);
}

void
subjects_gather(struct judging *j, const struct device *const *devices, size_t n)
{
	j->n_subjects = n;
	for (size_t i = 0; i < n; i++) {
		struct subject *s = &j->subjects[i];
		subject_gather(j, s, devices[i]);
		s->number = i;
		if (j->first_seen == TIME_NONE || s->device->first_seen < j->first_seen)
			j->first_seen = s->device->first_seen;
		if (s->holder != NULL)
			subject_hold(j, s);
	}
}

bool
subject_has(const struct subject *s, const char *identifier)
{
	struct text t = text_of(identifier);
	struct addr mac;

	if (addr_parse(t, &mac) && mac.kind == ADDR_MAC)
		for (size_t i = 0; i < s->device->n_macs; i++)
			if (addr_equal(mac, s->device->macs[i]))
				return true;
	for (size_t i = 0; i < s->n_hostnames; i++)
		if (text_equal_word(t, s->hostnames[i]))
			return true;
	for (size_t i = 0; i < s->n_client_ids; i++)
		if (text_equal_word(t, s->client_ids[i]))
			return true;
	return s->custody != NULL && text_is_word(t, s->custody->identifier);
}
