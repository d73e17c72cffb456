/* SPDX-License-Identifier: ISC */
/* Whether two orders say the same: everything but the file they came from. */
#include "directive/tree.h"

static bool
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static bool
same_list(const char **a, size_t n, const char **b, size_t m)
{
	if (n != m)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(a[i], b[i]) != 0)
			return false;
	return true;
}

static bool
same_authority(const struct directive *a, const struct directive *b)
{
	return same(a->authority.issuer, b->authority.issuer) &&
	    same(a->authority.instrument, b->authority.instrument) &&
	    same(a->authority.legal_basis, b->authority.legal_basis) &&
	    same(a->authority.url, b->authority.url) &&
	    same(a->authority.language, b->authority.language) &&
	    a->authority.issued == b->authority.issued &&
	    a->authority.effective == b->authority.effective &&
	    a->authority.reported == b->authority.reported &&
	    a->authority.listed == b->authority.listed &&
	    a->authority.issued_unknown == b->authority.issued_unknown &&
	    a->authority.effective_unknown == b->authority.effective_unknown &&
	    a->authority.reported_unknown == b->authority.reported_unknown &&
	    a->authority.listed_unknown == b->authority.listed_unknown;
}

static bool
same_sources(const struct directive *a, const struct directive *b)
{
	if (a->n_sources != b->n_sources)
		return false;
	for (size_t i = 0; i < a->n_sources; i++) {
		const struct source *s = &a->sources[i], *t = &b->sources[i];
		if (!same(s->claim, t->claim) || !same(s->source, t->source) ||
		    !same(s->url, t->url) || s->grade != t->grade ||
		    s->confirmed != t->confirmed)
			return false;
	}
	return true;
}

static bool
same_scope(const struct directive *a, const struct directive *b)
{
#define LIST(member)                                              \
	same_list(a->applies_to.member, a->applies_to.n_##member, \
	    b->applies_to.member, b->applies_to.n_##member)
	return LIST(groups) && LIST(not_groups) && LIST(persons) && LIST(ranks) &&
	    LIST(sites) && LIST(segments) &&
	    memcmp(a->applies_to.ownership, b->applies_to.ownership,
	        sizeof a->applies_to.ownership) == 0 &&
	    a->applies_to.all == b->applies_to.all;
#undef LIST
}

static bool
same_obligation(const struct obligation *a, const struct obligation *b)
{
	if (a->verb != b->verb || a->modality != b->modality ||
	    !when_same(&a->from, &b->from) || !when_same(&a->before, &b->before) ||
	    !when_same(&a->by, &b->by) || !when_same(&a->every, &b->every) ||
	    a->until_zero != b->until_zero || a->n_first != b->n_first)
		return false;
	for (size_t i = 0; i < a->n_first; i++)
		if (a->first[i] != b->first[i])
			return false;
	return same_list(a->how, a->n_how, b->how, b->n_how) &&
	    class_equal(a->with, b->with);
}

static bool
same_phase(const struct phase *a, const struct phase *b)
{
	return when_same(&a->from, &b->from) && a->what == b->what &&
	    !(a->at_least < b->at_least) && !(a->at_least > b->at_least) &&
	    a->families == b->families && a->ceiling == b->ceiling &&
	    a->ceiling_unit == b->ceiling_unit;
}

static bool
same_lists(const struct directive *a, const struct directive *b)
{
	if (a->n_obligations != b->n_obligations || a->n_phases != b->n_phases)
		return false;
	for (size_t i = 0; i < a->n_obligations; i++)
		if (!same_obligation(&a->obligations[i], &b->obligations[i]))
			return false;
	for (size_t i = 0; i < a->n_phases; i++)
		if (!same_phase(&a->phases[i], &b->phases[i]))
			return false;
	return true;
}

bool
directive_equal(const struct directive *a, const struct directive *b)
{
	return same(a->id, b->id) && same(a->title, b->title) &&
	    same(a->supersedes, b->supersedes) && a->status == b->status &&
	    a->zone == b->zone && same_authority(a, b) && same_sources(a, b) &&
	    same_scope(a, b) && class_equal(a->object, b->object) &&
	    same(a->object_text, b->object_text) && a->purpose == b->purpose &&
	    same_lists(a, b) && a->exceptions.given == b->exceptions.given &&
	    same_list(a->exceptions.grounds, a->exceptions.n_grounds,
	        b->exceptions.grounds, b->exceptions.n_grounds) &&
	    same(a->exceptions.approver_role, b->exceptions.approver_role) &&
	    a->exceptions.longest == b->exceptions.longest &&
	    a->exceptions.longest_unit == b->exceptions.longest_unit &&
	    a->exceptions.blanket == b->exceptions.blanket &&
	    a->report.given == b->report.given &&
	    same(a->report.to_role, b->report.to_role) &&
	    when_same(&a->report.every, &b->report.every) &&
	    a->report.nil_return == b->report.nil_return;
}
