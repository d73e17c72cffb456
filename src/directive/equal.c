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
	    LIST(sites) && LIST(segments) && LIST(ssids) &&
	    when_same(&a->applies_to.from, &b->applies_to.from) &&
	    when_same(&a->applies_to.until, &b->applies_to.until) &&
	    memcmp(a->applies_to.ownership, b->applies_to.ownership,
	        sizeof a->applies_to.ownership) == 0 &&
	    a->applies_to.all == b->applies_to.all;
#undef LIST
}

static bool
same_verbs(const enum verb *a, size_t n, const enum verb *b, size_t m)
{
	if (n != m)
		return false;
	for (size_t i = 0; i < n; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

static bool
same_obligation(const struct obligation *a, const struct obligation *b)
{
	return a->verb == b->verb && a->modality == b->modality &&
	    when_same(&a->from, &b->from) && when_same(&a->before, &b->before) &&
	    when_same(&a->by, &b->by) && when_same(&a->every, &b->every) &&
	    a->by_table == b->by_table && a->until_zero == b->until_zero &&
	    same_verbs(a->first, a->n_first, b->first, b->n_first) &&
	    same_verbs(a->alternatives, a->n_alternatives, b->alternatives,
	        b->n_alternatives) &&
	    same_list(a->fields, a->n_fields, b->fields, b->n_fields) &&
	    same_list(a->how, a->n_how, b->how, b->n_how) &&
	    class_equal(a->with, b->with);
}

static bool
same_affiliates(const struct directive *a, const struct directive *b)
{
	if (a->n_affiliates != b->n_affiliates)
		return false;
	for (size_t i = 0; i < a->n_affiliates; i++)
		if (!same(a->affiliates[i].vendor, b->affiliates[i].vendor) ||
		    !same(a->affiliates[i].name, b->affiliates[i].name) ||
		    !when_same(&a->written[i].from, &b->written[i].from) ||
		    !when_same(&a->written[i].until, &b->written[i].until))
			return false;
	return true;
}

static bool
same_table(const struct directive *a, const struct directive *b)
{
	if (!same(a->table.list, b->table.list) ||
	    a->table.n_variables != b->table.n_variables ||
	    a->table.n_rows != b->table.n_rows)
		return false;
	for (size_t i = 0; i < a->table.n_variables; i++) {
		const struct variable *v = &a->table.variables[i];
		const struct variable *u = &b->table.variables[i];
		if (!same(v->name, u->name) ||
		    !same_list(v->values, v->n, u->values, u->n) ||
		    v->has_unknown != u->has_unknown || v->unknown != u->unknown)
			return false;
	}
	for (size_t i = 0; i < a->table.n_rows; i++) {
		const struct risk *r = &a->table.rows[i], *q = &b->table.rows[i];
		if (memcmp(r->when, q->when, sizeof r->when) != 0 ||
		    !when_same(&r->within, &q->within) ||
		    !same_verbs(r->also, r->n_also, q->also, q->n_also))
			return false;
	}
	return true;
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
	    same_list(a->not_covered, a->n_not_covered, b->not_covered,
	        b->n_not_covered) &&
	    same_affiliates(a, b) && same_table(a, b) && same_lists(a, b) &&
	    a->exceptions.given == b->exceptions.given &&
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
