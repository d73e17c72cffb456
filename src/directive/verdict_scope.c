/* SPDX-License-Identifier: ISC */
/* To whom and where an order applies: each axis three-valued, all must hold. */
#include "directive/verdict_case.h"

static bool
has_word(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; word != NULL && i < n; i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return false;
}

/* FALSE_ beats UNDECIDED, which beats TRUE_. */
static enum truth
both(enum truth a, enum truth b)
{
	if (a == FALSE_ || b == FALSE_)
		return FALSE_;
	return a == UNDECIDED || b == UNDECIDED ? UNDECIDED : TRUE_;
}

static const char *
first_group(const struct person *p, const char *const *groups, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (person_in_group(p, text_of(groups[i])))
			return groups[i];
	return NULL;
}

/* Groups, persons and ranks are one axis: to be in one of them is enough. */
static enum truth
who(const struct judging *j, const struct person *p, struct telling *t)
{
	const struct directive *d = j->directive;
	const char *const *groups = d->applies_to.groups;
	const char *group = first_group(p, groups, d->applies_to.n_groups);

	if (has_word(d->applies_to.persons, d->applies_to.n_persons, p->id)) {
		because(j, t, "The order names the holder.");
		return TRUE_;
	}
	if (group != NULL) {
		because(j, t,
		    "The holder is in the group %s, to which the order applies.",
		    group);
		return TRUE_;
	}
	if (has_word(d->applies_to.ranks, d->applies_to.n_ranks, p->rank)) {
		because(j, t, "The holder has the rank %s, to which the order applies.",
		    p->rank);
		return TRUE_;
	}
	bool by_roster = d->applies_to.n_groups + d->applies_to.n_ranks > 0;
	if (by_roster && p->line == 0) {
		because(j, t,
		    "Whether the order applies to the holder is not known: there is no "
		    "roster with their groups and rank.");
		return UNDECIDED;
	}
	if (t == NULL)
		return FALSE_;
	if (d->applies_to.n_groups > 0)
		because(j, t,
		    "The order does not apply to the holder: it is for the groups %s.",
		    list_text(j, groups, d->applies_to.n_groups));
	else
		because(j, t, "The order does not apply to the holder.");
	return FALSE_;
}

static enum truth
not_who(const struct judging *j, const struct person *p, struct telling *t)
{
	const struct directive *d = j->directive;
	const char *group = first_group(p, d->applies_to.not_groups,
	    d->applies_to.n_not_groups);

	if (group != NULL) {
		because(j, t,
		    "The order leaves out the group %s, in which the holder is.",
		    group);
		return FALSE_;
	}
	if (p->line > 0)
		return TRUE_;
	because(j, t,
	    "Whether the holder is in a group that the order leaves out is not "
	    "known: there is no roster.");
	return UNDECIDED;
}

static enum truth
at_site(const struct judging *j, const struct person *p, struct telling *t)
{
	const struct directive *d = j->directive;

	if (has_word(d->applies_to.sites, d->applies_to.n_sites, p->site))
		return TRUE_;
	if (p->site == NULL) {
		because(j, t,
		    "The roster does not say at which site the holder works.");
		return UNDECIDED;
	}
	because(j, t, "The order does not apply to the holder's site, %s.", p->site);
	return FALSE_;
}

/* An order that is limited in time binds nobody before and after. */
static enum truth
in_time(const struct judging *j, struct telling *t)
{
	const struct when *from = &j->directive->applies_to.from;
	const struct when *until = &j->directive->applies_to.until;
	char buf[TIME_TEXT];

	if (from->given && j->matter->as_of < from->at) {
		because(j, t, "The order applies only from %s on.",
		    at_text(j, from->at, buf));
		return FALSE_;
	}
	if (until->given && j->matter->as_of > until->at) {
		because(j, t, "The order applied until %s.",
		    at_text(j, until->at, buf));
		return FALSE_;
	}
	return TRUE_;
}

enum truth
scope_of_person(const struct judging *j, const struct person *p, struct telling *t)
{
	const struct directive *d = j->directive;
	enum truth in = in_time(j, t);

	if (in != FALSE_ && !d->applies_to.all)
		in = who(j, p, t);
	if (in != FALSE_ && d->applies_to.n_not_groups > 0)
		in = both(in, not_who(j, p, t));
	if (in != FALSE_ && d->applies_to.n_sites > 0)
		in = both(in, at_site(j, p, t));
	return in;
}

static enum truth
of_nobody(const struct judging *j, const struct subject *s, struct telling *t)
{
	const struct directive *d = j->directive;

	if (in_time(j, t) == FALSE_)
		return FALSE_;
	because(j, t, "No known holder: %s.",
	    s->left != NULL ? "it was seen after the one who had it left"
	        : j->matter->people == NULL || j->matter->people->custody_file == NULL
	        ? "there is no custody file"
	        : "no custody row names this device");
	if (s->n_hostnames > 0)
		because(j, t,
		    "A host name alone proves no holder, whoever it sounds like.");
	if (d->applies_to.all && d->applies_to.n_not_groups == 0 &&
	    d->applies_to.n_sites == 0) {
		because(j, t, "The order applies to everybody.");
		return TRUE_;
	}
	because(j, t, "So it is not known whether the order applies.");
	return UNDECIDED;
}

/*
 * Of a thing whose holder left. In other hands since, it is nobody's that is known.
 * Else the property of the office is still what the order made of it in their hands,
 * until somebody writes down where it went; their own went with them.
 */
static enum truth
of_one_who_left(const struct judging *j, const struct subject *s, struct telling *t)
{
	if (s->last_seen > s->left->left)
		return of_nobody(j, s, t);
	if (s->custody->ownership == OWNED_ISSUED)
		return scope_of_person(j, s->left, t);
	because(j, t,
	    "It went with its owner: nothing was seen of it since. The order does not "
	    "apply any more.");
	return FALSE_;
}

static enum truth
owned(const struct judging *j, const struct subject *s, struct telling *t)
{
	const bool *allowed = j->directive->applies_to.ownership;

	if (allowed[OWNED_ISSUED] && allowed[OWNED_PERSONAL] &&
	    allowed[OWNED_CONTRACTOR])
		return TRUE_;
	if (s->custody == NULL) {
		because(j, t,
		    "Whose property it is, on which the order depends, is not "
		    "known.");
		return UNDECIDED;
	}
	if (allowed[s->custody->ownership])
		return TRUE_;
	because(j, t, "The order does not apply to this kind of property (%s).",
	    ownership_name(s->custody->ownership));
	return FALSE_;
}

bool
has_places(const struct directive *d)
{
	return d->applies_to.n_segments + d->applies_to.n_ssids > 0;
}

/* By its name, or by a wireless network of its. */
static bool
is_meant(const struct directive *d, const struct segment *segment)
{
	if (has_word(d->applies_to.segments, d->applies_to.n_segments, segment->name))
		return true;
	for (size_t i = 0; i < segment->n_ssids; i++)
		if (has_word(d->applies_to.ssids, d->applies_to.n_ssids,
		        segment->ssids[i]))
			return true;
	return false;
}

bool
is_place_of(const struct directive *d, const struct segment *segment)
{
	return !has_places(d) || (segment != NULL && is_meant(d, segment));
}

static enum truth
in_segments(const struct judging *j, const struct subject *s, struct telling *t)
{
	const struct directive *d = j->directive;
	const struct segment *segment;
	bool unknown = j->matter->site == NULL;

	for (size_t i = 0; i < s->device->n_stays; i++) {
		enum place place = place_of(j, &s->device->stays[i], &segment);
		unknown |= place == PLACE_UNKNOWN;
		if (segment != NULL && is_meant(d, segment)) {
			because(j, t,
			    "It was on the segment %s, to which the order applies.",
			    segment->name);
			return TRUE_;
		}
	}
	if (unknown) {
		because(j, t,
		    "Where it was is not known, and the order applies to certain "
		    "segments only.");
		return UNDECIDED;
	}
	if (t == NULL)
		return FALSE_;
	because(j, t, "It was on none of the %s to which the order applies (%s).",
	    d->applies_to.n_segments > 0 ? "segments" : "wireless networks",
	    d->applies_to.n_segments > 0
	        ? list_text(j, d->applies_to.segments, d->applies_to.n_segments)
	        : list_text(j, d->applies_to.ssids, d->applies_to.n_ssids));
	return FALSE_;
}

enum truth
scope_of_device(const struct judging *j, const struct subject *s, struct telling *t)
{
	enum truth in = s->left != NULL ? of_one_who_left(j, s, t)
	    : s->holder == NULL         ? of_nobody(j, s, t)
	                                : scope_of_person(j, s->holder, t);

	if (in != FALSE_)
		in = both(in, owned(j, s, t));
	if (in != FALSE_ && has_places(j->directive))
		in = both(in, in_segments(j, s, t));
	return in;
}
